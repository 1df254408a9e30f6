"""Which form of an answer does a client want? The ``Accept`` header against what there is (RFC 9110, 12.5.1)."""

from __future__ import annotations

from collections.abc import Mapping

ROWS: Mapping[str, str] = {
    "json": "application/sparql-results+json",
    "xml": "application/sparql-results+xml",
    "csv": "text/csv; charset=utf-8",
    "tsv": "text/tab-separated-values; charset=utf-8",
}
"""What rows and truth values are written as: format → media type; the first where a client has no wish."""
TRIPLES: Mapping[str, str] = {
    "turtle": "text/turtle; charset=utf-8",
    "ntriples": "application/n-triples",
    "jsonld": "application/ld+json",
    "rdfxml": "application/rdf+xml",
}
"""The same for triples."""
ANSWERS: Mapping[str, str] = {
    "json": "application/json",
    "html": "text/html; charset=utf-8",
    "text": "text/plain; charset=utf-8",
}
"""The same for the answers of the API."""
_ALSO = {
    "json": ("application/json",),
    "xml": ("application/xml", "text/xml"),
    "csv": (),
    "tsv": (),
    "turtle": ("application/x-turtle",),
    "ntriples": ("text/plain",),
    "jsonld": ("application/json",),
    "rdfxml": ("application/xml", "text/xml"),
}
_LONGEST = 2_000
Range = tuple[str, str, float]
"""(type, subtype, quality)."""


def best(accept: str, offered: Mapping[str, str]) -> str | None:
    """Return the format that a client wants most, the earlier one where it has no wish; None where nothing suits.

    Parameters
    ----------
    accept: the header; empty for anything.
    offered: format → media type.

    >>> best("text/csv;q=0.5, application/json", ROWS), best("text/*", TRIPLES), best("image/png", ROWS)
    ('json', 'turtle', None)
    """
    ranges = _ranges(accept)
    if not ranges:
        return next(iter(offered)) if not accept.strip() else None
    graded = [(_wanted(form, told.partition(";")[0], ranges), form) for form, told in offered.items()]
    quality, form = max(graded, key=lambda one: one[0])
    return form if quality > 0 else None


def _wanted(form: str, name: str, ranges: list[Range]) -> float:
    """Return how much a form is wanted: by its own name, or by another name for it that is said in full."""
    named = [weight for kind, sub, weight in ranges if f"{kind}/{sub}" in _ALSO.get(form, ())]
    return max([_quality(name, ranges), *named])


def _ranges(accept: str) -> list[Range]:
    """Return what a header asks for; what is no media range is passed over."""
    found = []
    for part in accept[:_LONGEST].split(","):
        name, *parameters = (piece.strip() for piece in part.split(";"))
        kind, slash, sub = name.lower().partition("/")
        if slash and kind and sub:
            found.append((kind, sub, _weight(parameters)))
    return found


def _weight(parameters: list[str]) -> float:
    """Return the ``q`` of a range; 1 where there is none, 0 where it is no number from 0 to 1."""
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip().lower() == "q":
            try:
                weight = float(value)
            except ValueError:
                return 0.0
            return weight if 0 <= weight <= 1 else 0.0
    return 1.0


def _quality(name: str, ranges: list[Range]) -> float:
    """Return how much a media type is wanted: the most exact range that it falls under decides."""
    kind, _, sub = name.partition("/")
    fitting = [
        ((wanted != "*") + (under != "*"), weight)
        for wanted, under, weight in ranges
        if wanted in ("*", kind) and under in ("*", sub)
    ]
    return max(fitting)[1] if fitting else 0.0
