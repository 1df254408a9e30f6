"""Which named question stands behind a part of a page, and with which values?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup

from cooperation_kg.query.show.common import LISTS
from cooperation_kg.query.show.parts import Part
from cooperation_kg.render.site.context import Site

Question = tuple[str, Mapping[str, str]]
"""A named question and the values of its parameters; ``{thing}`` and ``{id}`` stand for the thing of the page."""

THING = "{thing}"
NO_FIGURES = ("pairing", "document", "policy-effect", *(kind for kinds in LISTS.values() for kind in kinds))
"""Every kind of statement but that of a figure."""


def _lists(how: str) -> Mapping[str, Question]:
    """Return what asks for the lists of statements: those about a thing, or those that name it at all."""
    return {
        code: ("statements-of", {"thing": THING, "how": how, "kind": ",".join(kinds)}) for code, kinds in LISTS.items()
    }


def _pairings(how: str) -> Question:
    return "pairings-with", {"thing": THING, "how": how}


def _documents(*kinds: str) -> Question:
    return "statements-of", {"thing": THING, "how": "names", "kind": ",".join(kinds)}


BY_KIND: Mapping[str, Mapping[str, Question]] = {
    "pairing": {
        **_lists("about"),
        "name": ("names", {"thing": THING}),
        "terms": ("pairing-terms", {"pairing": THING}),
        "wider": _pairings("wider"),
        "narrower": _pairings("narrower"),
        "parallel": _pairings("parallel"),
        "figures": ("pairing-figures", {"pairing": THING}),
        "events": ("pairing-events", {"pairing": THING}),
        "practices": ("pairing-practices", {"pairing": THING}),
        "projects": ("pairing-projects", {"pairing": THING}),
        "evidence": ("statements-of", {"thing": THING, "how": "about", "kind": "pairing"}),
    },
    "place": {
        **_lists("names"),
        "names": ("place-history", {"place": THING}),
        "pairings": ("pairings-of", {"place": THING}),
        "pairings_inside": _pairings("inside"),
        "inside": ("places-inside", {"place": THING}),
    },
    "programme": {
        **_lists("about"),
        "family": ("programmes", {"member": THING}),
        "pairings": _pairings("programme"),
    },
    "policy": {
        **_lists("about"),
        "documents": _documents("document"),
        "effects": _documents("policy-effect"),
        "based": _pairings("basis"),
        "named": ("statements-of", {"thing": THING, "how": "aside"}),
    },
    "source": {
        "bibliography": ("described", {"thing": THING}),
        "pairings": _pairings("source"),
        "anonymous": ("anonymous-places", {"source": THING}),
        "said": ("statements-of", {"thing": THING, "how": "source"}),
    },
    "organisation": {
        **_lists("names"),
        "pairings": ("pairings-of", {"place": THING}),
        "documents": _documents("document"),
        "credited_sources": ("sources", {"according_to": THING}),
        "credited": ("statements-of", {"thing": THING, "how": "credits"}),
    },
    "project": {**_lists("names"), "effects": _documents("document", "policy-effect")},
    "event": {**_lists("names"), "effects": _documents("document", "policy-effect")},
    "scope": {
        "participants": ("described", {"thing": THING}),
        "pairings": _pairings("scope"),
        "statements": ("statements-of", {"thing": THING, "how": "names", "kind": ",".join(NO_FIGURES)}),
    },
    "measure": {
        "definitions": ("measures", {"measure": "{id}"}),
        "subjects": ("figures", {"measure": "{id}"}),
    },
    "judgement": {"statements": ("statements-of", {"thing": THING, "how": "about"})},
}
"""Kind of thing → part → the question that asks for it."""
OF_ANY: Mapping[str, Question] = {
    "names": ("described", {"thing": THING}),
    "policies": ("policies-of", {"thing": THING}),
    "figures": ("figures", {"thing": THING, "how": "about"}),
    "figures_counted": ("figures", {"thing": THING, "how": "counted"}),
    "money": ("figures", {"thing": THING, "how": "pairings", "unit": "元"}),
    "scopes": ("scopes-with", {"thing": THING}),
    "disagreements": ("disagreements", {"thing": THING}),
    "judgements": ("judgements", {"thing": THING}),
}
"""Part → the question that asks for it, of things of any kind."""


def ask(site: Site, kind: str, identifier: str, part: Part, at: str) -> Markup:
    """Return the link to the query behind a part of the page of a thing."""
    found = asked(kind, identifier, part.code, _sources(part))
    return site.question(found[0], at, found[1]) if found else Markup("")


def asked(kind: str, identifier: str, code: str, sources: Iterable[str] = ()) -> Question | None:
    """Return the question behind a part of what is known of a thing, with its values.

    Parameters
    ----------
    sources: the ids of the documents that the part ``sources`` lists.

    >>> asked("pairing", "east-west.fujian.ningxia", "wider")
    ('pairings-with', {'thing': 'pairing/east-west.fujian.ningxia', 'how': 'wider'})
    """
    if code == "sources":
        return "sources", {"only": " ".join(sources)}
    found = BY_KIND.get(kind, {}).get(code) or OF_ANY.get(code)
    if found is None:
        return None
    name, values = found
    return name, {key: value.format(thing=f"{kind}/{identifier}", id=identifier) for key, value in values.items()}


def _sources(part: Part) -> list[str]:
    """Return the ids of the documents that a part lists."""
    if part.code != "sources":
        return []
    column = part.columns.index("source")
    return sorted(str(row[column]) for row in part.rows)
