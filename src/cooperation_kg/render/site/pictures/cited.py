"""How are statements cited beside a mark or in a cell? The first few as links, the rest as a count that leads on."""

from __future__ import annotations

from markupsafe import Markup

from cooperation_kg.graph.derive.results import Evidence
from cooperation_kg.render.site.context import Site


def cited(site: Site, evidence: Evidence, at: str, few: int, rest: str = "") -> Markup:
    """Return links to the statements that something rests on.

    Parameters
    ----------
    few: how many are linked; of the others it is said how many they are.
    rest: where those others are found, relative to the page.
    """
    links = [
        Markup('<a class="cite" href="{}">{}</a>').format(site.href(site.address("statement", key) or "", at), key)
        for key in evidence[:few]
    ]
    more = len(evidence) - few
    if more > 0:
        text = f"+{more}"
        links.append(Markup('<a class="cite" href="{}">{}</a>').format(rest, text) if rest else Markup(text))
    return Markup(" ").join(links)
