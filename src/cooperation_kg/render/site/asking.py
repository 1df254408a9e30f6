"""Which named question stands behind a part of a page?"""

from __future__ import annotations

from collections.abc import Mapping

from markupsafe import Markup

from cooperation_kg.render.site.context import Site

QUESTIONS: Mapping[tuple[str, str], str] = {
    ("pairing", "terms"): "pairing-terms",
    ("pairing", "figures"): "pairing-figures",
    ("pairing", "policies"): "pairing-policies",
    ("pairing", "events"): "pairing-events",
    ("pairing", "practices"): "pairing-practices",
    ("pairing", "projects"): "pairing-projects",
    ("pairing", "evidence"): "pairing-statements",
    ("place", "names"): "place-history",
    ("place", "pairings"): "pairings-of",
    ("place", "practices"): "practices-by-field",
    ("programme", "pairings"): "programme-history",
    ("programme", "participants"): "participants",
    ("programme", "phases"): "phases",
    ("programme", "definitions"): "definitions",
    ("policy", "documents"): "policy",
    ("measure", "figures"): "figures",
}
"""Kind of thing and part → the question that asks for it."""
OF_ANY: Mapping[str, str] = {
    "figures": "figures",
    "disagreements": "disagreements",
    "judgements": "judgements",
    "sources": "sources",
    "policies": "policies",
}
"""Part → the question that asks for it of everything."""


def ask(site: Site, kind: str, part: str, at: str) -> Markup:
    """Return the link to the query behind a part, empty where no named question asks for it."""
    name = QUESTIONS.get((kind, part)) or OF_ANY.get(part)
    return site.question(name, at) if name else Markup("")
