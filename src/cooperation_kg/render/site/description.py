"""What is this dataset, to a catalogue? ``dataset.ttl`` in DCAT 3, VoID and PROV, with what lies beside the pages.

Addresses of files are relative, so that the description is right wherever the folder lies; the dataset has its IRI.
"""

from __future__ import annotations

import hashlib
import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from urllib.parse import quote

from cooperation_kg.graph.triples.values import RDF
from cooperation_kg.graph.vocabulary import DEF, PREFIXES
from cooperation_kg.render.exports import FORMATS
from cooperation_kg.render.site.context import Site

_MEDIA = "https://www.iana.org/assignments/media-types/"
_PREFIXES = {
    "dcat": "http://www.w3.org/ns/dcat#",
    "dcterms": PREFIXES["dcterms"],
    "foaf": PREFIXES["foaf"],
    "prov": PREFIXES["prov"],
    "rdfs": PREFIXES["rdfs"],
    "spdx": "http://spdx.org/rdf/terms#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": PREFIXES["xsd"],
}
KEYWORDS = ("东西部协作", "对口支援", "对口协作", "对口合作", "paired regional cooperation", "counterpart assistance")
CHINA = "http://sws.geonames.org/1814991/"


def dataset_iri(site: Site) -> str:
    """Return the IRI of the dataset itself."""
    return f"{site.corpus.dataset.base}dataset"


def years(site: Site) -> tuple[int, int]:
    """Return the first year that some pairing may have been in force, and the last year the data cover."""
    last = int(site.corpus.dataset.horizon)
    begun = (term.possible_from.year for p in site.kg.derived.pairings.values() for term in p.terms)
    return min(begun, default=last), last


def media_type_of(name: str) -> str:
    """Return the media type of an export by its file name.

    >>> media_type_of("graph.as-of-2018.trig")
    'application/trig'
    """
    return next((f.media_type for f in FORMATS.values() if name.endswith(f.suffix)), "application/octet-stream")


def description(site: Site) -> bytes:
    """Return ``dataset.ttl``: Turtle 1.1, the same bytes every time."""
    head = "".join(f"@prefix {prefix}: <{iri}> .\n" for prefix, iri in sorted(_PREFIXES.items()))
    blocks = [_dataset(site), *_distributions(site), _catalogue(site), _tool()]
    return "\n".join([head, *blocks]).encode()


def _dataset(site: Site) -> str:
    dataset, iri = site.corpus.dataset, dataset_iri(site)
    first, last = years(site)
    said = dataset.description or dataset.title
    lines = [
        "a dcat:Dataset, void:Dataset, prov:Entity",
        f"dcterms:title {_both(dataset.title.in_language)}",
        f"dcterms:description {_both(said.in_language)}",
        f"dcterms:identifier {_text(iri)}",
        f"dcterms:creator {', '.join(_agent(name) for name in dataset.creators)}",
        f"dcterms:publisher {_agent(dataset.creators[0])}",
        f"dcterms:license <{dataset.licence}>",
        "dcterms:language <http://id.loc.gov/vocabulary/iso639-1/zh>, <http://id.loc.gov/vocabulary/iso639-1/en>",
        f"dcat:version {_text(dataset.version)}",
        f"dcat:keyword {', '.join(f'{_text(word)}@{_language(word)}' for word in KEYWORDS)}",
        f'dcterms:temporal [ a dcterms:PeriodOfTime ; dcat:startDate "{first}"^^xsd:gYear ; '
        f'dcat:endDate "{last}"^^xsd:gYear ]',
        f"dcterms:spatial <{CHINA}>",
        "dcat:landingPage <index.html>",
        "foaf:homepage <index.html>",
        *(f"dcat:distribution <#{_local(name)}>" for name in sorted(site.beside)),
        *_void(site),
        "prov:wasGeneratedBy [ a prov:Activity ; prov:wasAssociatedWith <#tool> ; "
        'rdfs:label "由来源读出，每条陈述一个来源"@zh, "read from sources, one source a statement"@en ]',
        *(f"prov:hadPrimarySource <{site.kg.iris.thing('source', s).value}>" for s in sorted(site.corpus.sources)),
    ]
    return _block(f"<{iri}>", lines)


def _void(site: Site) -> Iterator[str]:
    triples = {fact[1:] for fact in site.kg.facts}
    classes = Counter(told[1:-1] for _, predicate, told in triples if predicate == RDF.type)
    used = {predicate[1:-1] for _, predicate, _ in triples}
    yield f"void:triples {len(triples)}"
    yield f"void:entities {len({subject for subject, _, _ in triples})}"
    yield f"void:properties {len(used)}"
    yield f"void:uriSpace {_text(site.corpus.dataset.base)}"
    names = sorted(iri for iri in PREFIXES.values() if any(one.startswith(iri) for one in used))
    yield from (f"void:vocabulary <{iri}>" for iri in names)
    for iri, number in sorted(classes.items()):
        if iri.startswith(DEF):
            yield f"void:classPartition [ void:class <{iri}> ; void:entities {number} ]"
    yield from (f"void:dataDump <{_local(name)}>" for name in sorted(site.beside) if _is_rdf(name))


def _distributions(site: Site) -> Iterator[str]:
    asked = site.asked_for
    of_time = (f"；{asked.words('zh')}", f"; {asked.words('en')}") if asked else ("", "")
    for name, content in sorted(site.beside.items()):
        losing = next(f for f in FORMATS.values() if name.endswith(f.suffix))
        digest = hashlib.sha256(content).hexdigest()
        lines = [
            "a dcat:Distribution",
            f"dcterms:title {_text(name)}",
            f"dcterms:description {_text(f'{losing.zh}{of_time[0]}')}@zh, {_text(f'{losing.en}{of_time[1]}')}@en",
            f"dcterms:license <{site.corpus.dataset.licence}>",
            "dcat:accessURL <downloads.html>",
            f"dcat:downloadURL <{_local(name)}>",
            f"dcat:mediaType <{_MEDIA}{losing.media_type}>",
            f'dcat:byteSize "{len(content)}"^^xsd:nonNegativeInteger',
            "spdx:checksum [ a spdx:Checksum ; spdx:algorithm spdx:checksumAlgorithm_sha256 ; "
            f'spdx:checksumValue "{digest}"^^xsd:hexBinary ]',
        ]
        yield _block(f"<#{_local(name)}>", lines)


def _catalogue(site: Site) -> str:
    """Return the catalogue that lists this one dataset."""
    return _block(
        "<#catalogue>",
        [
            "a dcat:Catalog",
            f"dcterms:title {_both(site.corpus.dataset.title.in_language)}",
            f"dcterms:publisher {_agent(site.corpus.dataset.creators[0])}",
            f"dcat:dataset <{dataset_iri(site)}>",
        ],
    )


def _tool() -> str:
    return _block("<#tool>", ["a prov:SoftwareAgent", 'rdfs:label "cooperation-kg"'])


def _block(subject: str, lines: Iterable[str]) -> str:
    said = " ;\n  ".join(lines)
    return f"{subject} {said} .\n"


def _text(text: str) -> str:
    """Return a text as a Turtle string: what JSON escapes, Turtle escapes alike."""
    return json.dumps(text, ensure_ascii=False)


def _both(said: Callable[[str], str]) -> str:
    """Return a text in both languages."""
    return ", ".join(f"{_text(said(lang))}@{lang}" for lang in ("zh", "en"))


def _agent(name: str) -> str:
    return f"[ a foaf:Agent, prov:Agent ; foaf:name {_text(name)} ]"


def _language(word: str) -> str:
    return "en" if word.isascii() else "zh"


def _local(name: str) -> str:
    """Return the name of a file as a part of an address."""
    return quote(name)


def _is_rdf(name: str) -> bool:
    return media_type_of(name) != FORMATS["graphml"].media_type
