"""What do machines read? A twin of every page, the description of the dataset, and a few words in each page's head.

The words in the head are schema.org's, with a context of their own: nothing is fetched to read them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from cooperation_kg.curate.registers import Entry, Place, Source
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.citing import Citing
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.description import (
    CHINA,
    KEYWORDS,
    dataset_iri,
    description,
    media_type_of,
    years,
)
from cooperation_kg.render.site.twins import JSON_LD, TURTLE, Twins, iri_of, twins_of

CONTEXT = {"@vocab": "https://schema.org/"}
DESCRIPTION = "dataset.ttl"
# what things of a kind are to schema.org; of what is only said or derived here, a part of this dataset
_TYPES = {
    "place": "AdministrativeArea",
    "organisation": "Organization",
    "policy": "CreativeWork",
    "source": "CreativeWork",
    "project": "Project",
    "event": "Event",
    "measure": "DefinedTerm",
}
_SOURCE_TYPES = {
    "newspaper-article": "NewsArticle",
    "journal-article": "ScholarlyArticle",
    "article": "Article",
    "book": "Book",
    "report": "Report",
    "thesis": "Thesis",
}


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the twins of all pages, and ``dataset.ttl``."""
    yield from Twins(site).files()
    yield from described(site)


def described(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield ``dataset.ttl``, which names what lies beside the pages."""
    yield DESCRIPTION, description(site)


def head(site: Site, kind: str, identifier: str) -> str:
    """Return what the head of a thing's page says to machines: JSON-LD, safe inside ``<script>``.

    Parameters
    ----------
    kind, identifier: a thing that has a page.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> '"@type":"AdministrativeArea"' in head(Site(build_graph(load_corpus())), "place", "beijing")
    True
    """
    iri = iri_of(site, kind, identifier)
    said: dict[str, Any] = {
        "@context": CONTEXT,
        "@id": iri,
        "@type": _TYPES.get(kind, "Dataset"),
        "name": _in_both(site, kind, identifier),
        "identifier": [iri],
        "subjectOf": _record(site, kind, identifier),
    }
    entry = site.corpus.registers.get(kind, {}).get(identifier)
    source = site.corpus.sources.get(identifier) if kind == "source" else None
    if entry is not None and kind != "pairing":
        _add_entry(site, said, entry)
    if source is not None:
        _add_source(said, source)
    return as_json(said)


def dataset_head(site: Site) -> str:
    """Return the description of the dataset for the head of the first page, as ``head`` does for a thing."""
    dataset, citing = site.corpus.dataset, Citing(site)
    first, last = years(site)
    described = dataset.description or dataset.title
    return as_json(
        {
            "@context": CONTEXT,
            "@id": dataset_iri(site),
            "@type": "Dataset",
            "name": [_tagged(dataset.title.in_language(lang), lang) for lang in ("zh", "en")],
            "description": [_tagged(described.in_language(lang), lang) for lang in ("zh", "en")],
            "identifier": dataset_iri(site),
            "version": dataset.version,
            "license": dataset.licence,
            "creator": _creators(site),
            "citation": citing.plain(),
            "keywords": list(KEYWORDS),
            "inLanguage": ["zh", "en"],
            "isAccessibleForFree": True,
            "temporalCoverage": f"{first}/{last}",
            "spatialCoverage": {"@type": "Country", "@id": CHINA, "name": "China"},
            "distribution": [
                *(_download(name, media_type_of(name), len(content)) for name, content in sorted(site.beside.items())),
                _download(DESCRIPTION, TURTLE),
            ],
        }
    )


def _record(site: Site, kind: str, identifier: str) -> dict[str, Any]:
    """Return what the page is: the part of this dataset that speaks of the thing; the first page describes it whole."""
    dataset = site.corpus.dataset
    return {
        "@type": "Dataset",
        "isPartOf": {"@id": dataset_iri(site), "@type": "Dataset"},
        "version": dataset.version,
        "license": dataset.licence,
        "distribution": [
            _download(path.rpartition("/")[2], media_type) for media_type, path in twins_of(kind, identifier)
        ],
    }


def _add_entry(site: Site, said: dict[str, Any], entry: Entry) -> None:
    if others := [name for name in entry.names() if name not in (entry.name.zh, entry.name.en)]:
        said["alternateName"] = others
    if not isinstance(entry, Place):
        return
    if entry.code:
        said["identifier"].append({"@type": "PropertyValue", "propertyID": "GB/T 2260", "value": entry.code})
    if entry.seat:
        said["geo"] = {"@type": "GeoCoordinates", "latitude": entry.seat.lat, "longitude": entry.seat.lon}
    if parent := entry.parent_at(site.as_of.last_day):
        name = _in_both(site, "place", parent)
        said["containedInPlace"] = {"@id": iri_of(site, "place", parent), "@type": "AdministrativeArea", "name": name}


def _add_source(said: dict[str, Any], source: Source) -> None:
    said["@type"] = _SOURCE_TYPES.get(source.type, "CreativeWork")
    said["inLanguage"] = source.language
    more: Mapping[str, object] = {
        "author": [{"@type": "Thing", "name": author} for author in source.authors],
        "publisher": source.publisher and {"@type": "Organization", "name": source.publisher},
        # a date by day, month or year: schema.org knows no other
        "datePublished": source.date.text if source.date and source.date.text.replace("-", "").isdigit() else None,
        "url": source.url,
        "sameAs": f"https://doi.org/{source.doi}" if source.doi else None,
    }
    said |= {name: value for name, value in more.items() if value}


def _in_both(site: Site, kind: str, identifier: str) -> list[dict[str, str]]:
    return [_tagged(name, lang) for lang, name in zip(("zh", "en"), site.name(kind, identifier), strict=True)]


def _tagged(text: str, lang: str) -> dict[str, str]:
    return {"@language": lang, "@value": text}


def _creators(site: Site) -> list[dict[str, str]]:
    return [{"@type": "Organization", "name": name} for name in site.corpus.dataset.creators]


def _download(name: str, media_type: str, size: int | None = None) -> dict[str, Any]:
    said = {"@type": "DataDownload", "contentUrl": name, "encodingFormat": media_type}
    return said if size is None else {**said, "contentSize": f"{size} B"}


__all__ = ["JSON_LD", "TURTLE", "dataset_head", "files", "head", "twins_of"]
