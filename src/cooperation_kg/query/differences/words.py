"""How are properties and values called? In the words of the ontology, in Chinese and English."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from functools import cache

from cooperation_kg.ontology import Ontology, load_ontology
from cooperation_kg.query.differences.snapshot import Snapshot

# properties that are not of our ontology
OTHER_PROPERTIES: Mapping[str, tuple[str, str]] = {
    "kind": ("种类", "kind"),
    "dcterms:title": ("标题", "title"),
    "dcterms:description": ("内容", "text"),
    "dcterms:creator": ("作者", "creator"),
    "dcterms:publisher": ("出版者", "publisher"),
    "dcterms:language": ("语言", "language"),
    "dcterms:rights": ("许可", "licence"),
    "dcterms:license": ("许可", "licence"),
    "dcterms:subject": ("所查", "subject"),
    "dcterms:hasVersion": ("版本", "version"),
    "geo:lat": ("纬度", "latitude"),
    "geo:long": ("经度", "longitude"),
    "prov:wasQuotedFrom": ("转载自", "reprint of"),
    "schema:sameAs": ("DOI", "DOI"),
    "schema:url": ("网址", "address"),
    "skos:note": ("备注", "note"),
}
_LANGUAGES = {"zh": ("（中文）", " (Chinese)"), "en": ("（英文）", " (English)")}
_YEARS = frozenset({"inForceIn", "possiblyIn"})


@cache
def _ontology() -> Ontology:
    return load_ontology()


def property_words(name: str, lang: str) -> str:
    """Return what a property is called; a name that nobody knows stays as it is.

    >>> property_words("asWritten", "zh"), property_words("term 2 possibleFrom", "en")
    ('原文写法', 'term 2, possible from')
    """
    index = 0 if lang == "zh" else 1
    if name.startswith("term "):
        _, number, own = name.split(" ", 2)
        return (
            f"第{number}轮 {property_words(own, lang)}"
            if lang == "zh"
            else f"term {number}, {property_words(own, lang)}"
        )
    stem, _, language = name.partition("@")
    if stem in OTHER_PROPERTIES:
        words = OTHER_PROPERTIES[stem][index]
    else:
        term = _ontology().terms.get(stem)
        words = term.label(lang) if term else stem
    return words + _LANGUAGES.get(language, ("", ""))[index]


def value_words(name: str, values: Iterable[str], side: Snapshot, lang: str) -> str:
    """Return values in words: names of places and policies, labels of concepts; years as spans.

    Parameters
    ----------
    name: the property they are of.
    side: the state they stand in, where things are called as they were then.
    """
    listed = list(values)
    if not listed:
        return "（无）" if lang == "zh" else "(none)"
    if name in _YEARS:
        return _spans(sorted(map(int, listed)), lang)
    return ("、" if lang == "zh" else ", ").join(_value(value, side, lang) for value in listed)


def _value(value: str, side: Snapshot, lang: str) -> str:
    if value.startswith("statement/"):
        return value.removeprefix("statement/")
    if value.startswith("concept/"):
        _, scheme, notation = value.split("/", 2)
        concept = _ontology().concepts.get(scheme, {}).get(notation)
        return concept.label(lang) if concept else notation
    term = _ontology().terms.get(value)
    if term is not None and term.kind == "class":
        return term.label(lang)
    return side.label(value, lang) or value


def _spans(years: list[int], lang: str) -> str:
    """Return years with runs joined: 1996–1998, 2001."""
    runs: list[list[int]] = []
    for year in years:
        if runs and year == runs[-1][-1] + 1:
            runs[-1].append(year)
        else:
            runs.append([year])
    shown = (str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
    return ("、" if lang == "zh" else ", ").join(shown)
