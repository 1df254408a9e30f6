"""What did the years of adjustment do to a thing? One line a year and programme, each pairing with its page."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache

from markupsafe import Markup

from cooperation_kg.render.site.context import Site, bi
from cooperation_kg.render.site.listing import joined
from cooperation_kg.render.site.pictures import years
from cooperation_kg.render.site.pictures.moves import WORDS, Move

TOLD = ("began", "ended", "renewed", "seen", "silent")
"""What is told of a pairing in a year of adjustment: all but that it went on."""


def changes_of(site: Site, kind: str, identifier: str, at: str) -> Iterator[Markup]:
    """Yield what each year of adjustment did to a pairing, or to the pairings of a place or an organisation."""
    for year, by_what in sorted(_moves(site).get((kind, identifier), {}).items()):
        for anchor, moves in by_what.items():
            address = site.href(f"{years.PATH}#{anchor}", at)
            shown = Markup("; ").join(_told(site, what, moves[what], kind, at) for what in TOLD if what in moves)
            family = moves[next(iter(moves))][0].pairing.programme
            yield Markup('<a href="{}">{}</a> {}{}{}').format(
                address, bi(f"{year}年", year), bi(*site.name("programme", family)), bi("：", ": "), shown
            )


def _told(site: Site, what: str, moves: list[Move], kind: str, at: str) -> Markup:
    if kind == "pairing":
        return bi(*WORDS[what])
    links = joined(site.link("pairing", move.pairing.slug, at) for move in moves)
    return Markup("{} {}").format(bi(*WORDS[what]), links)


@lru_cache(maxsize=2)
def _moves(site: Site) -> dict[tuple[str, str], dict[int, dict[str, dict[str, list[Move]]]]]:
    """Return thing → year → anchor of the adjustment → what it did → the moves."""
    found: dict[tuple[str, str], dict[int, dict[str, dict[str, list[Move]]]]] = {}
    organisations = site.corpus.registers["organisation"]
    for one in years.adjustments(site):
        for move in one.moves:
            if move.what not in TOLD:
                continue
            parties = [("organisation" if p in organisations else "place", p) for p in move.pairing.parties]
            for thing in (("pairing", move.pairing.slug), *parties):
                by_what = found.setdefault(thing, {}).setdefault(one.year, {}).setdefault(one.anchor, {})
                by_what.setdefault(move.what, []).append(move)
    return found
