"""Which query stands behind what the evidence panel of the network shows? A named question with the thing as value."""

from __future__ import annotations

from collections.abc import Mapping

from cooperation_kg.query.library import named_query

QUESTIONS: Mapping[str, tuple[str, str, Mapping[str, str]]] = {
    "pairing": ("pairing-statements", "pairing", {}),
    "place": ("pairings-of", "place", {}),
    "organisation": ("pairings-of", "place", {}),
    "programme": ("statements-of", "thing", {"how": "about"}),
}
"""Kind of thing → the question, the parameter that has the thing as value, and the values of others."""


def panel_queries(*, site_links: bool) -> dict[str, dict[str, str]]:
    """Return by kind of thing the query behind its panel, with ``{iri}`` and ``{lang}`` to be filled in.

    Parameters
    ----------
    site_links: whether the pages of the site lie beside the network; their ``page`` has ``{thing}`` to be filled in.

    >>> panel_queries(site_links=False)["pairing"]["sparql"].count("VALUES ?pairing { <{iri}> }")
    1
    """
    return {
        kind: {"sparql": _sparql(name, parameter, given), "page": _page(name, parameter, given) if site_links else ""}
        for kind, (name, parameter, given) in QUESTIONS.items()
    }


def _sparql(name: str, parameter: str, given: Mapping[str, str]) -> str:
    values = {key: f'"{value}"' for key, value in given.items()}
    text = named_query(name).with_values({**values, parameter: "<{iri}>", "lang": '"{lang}"'})
    return "\n".join(line for line in text.splitlines() if not line.startswith("#"))


def _page(name: str, parameter: str, given: Mapping[str, str]) -> str:
    # the pages of the site draw the network: they import what draws it
    from cooperation_kg.render.site import bundles

    if not bundles.is_there():
        return f"questions.html#{name}"
    rest = "".join(f"&{key}={value}" for key, value in given.items())
    return f"{bundles.PATH}#ask={name}&{parameter}={{thing}}{rest}"
