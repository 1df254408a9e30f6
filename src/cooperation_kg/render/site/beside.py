"""What does the page of a thing say beside what is known of it? Where it belongs, its money, always what is missing."""

from __future__ import annotations

from collections.abc import Iterator

from markupsafe import Markup

from cooperation_kg.curate.registers import Place
from cooperation_kg.curate.statements import FigureStatement, PolicyEffectStatement
from cooperation_kg.query.show.figures import figures_part, is_money
from cooperation_kg.query.show.parts import Part, Said
from cooperation_kg.query.show.ties import party_thing
from cooperation_kg.render.site.context import Both, Site, bi

NOTHING_FOUND = Said(
    "没有查出别的缺项；这里只有来源所说的内容，没有列出不等于没有发生",
    "nothing else was found missing; only what sources state is here, and what is not listed may still have happened",
)


def money(site: Site, kind: str, identifier: str) -> Part | None:
    """Return the money that sources state of the pairings of a place or an organisation."""
    if kind not in ("place", "organisation"):
        return None
    own = (slug for slug, pairing in site.kg.derived.pairings.items() if identifier in pairing.parties)
    told = (statement for slug in own for statement in site.mentions.about("pairing", slug))
    figures = [s for s in told if isinstance(s, FigureStatement) and is_money(s.measure)]
    return figures_part(site.mentions, figures, "money", with_subject=True)


def missing_lines(site: Site, kind: str, identifier: str, found: Part | None) -> Iterator[Said]:
    """Yield what is missing on a page; every page says something, if only that nothing was found."""
    lines = found.lines if found else ()
    yield from lines
    if kind == "scope" and site.mentions.about("scope", identifier, "figure"):
        yield Said(
            "这里的数是几组结对合起来说的；各占多少，没有来源说",
            "the figures here are of several pairings together; no source says how much is whose",
        )
    elif kind == "measure":
        known, all_pairings = _with_measure(site, identifier), len(site.kg.derived.pairings)
        yield Said(
            f"{all_pairings}组结对中，{all_pairings - known}组没有这一指标的数字",
            f"{all_pairings - known} of {all_pairings} pairings have no figure of this measure",
        )
    elif not lines:
        yield NOTHING_FOUND


def _with_measure(site: Site, measure: str) -> int:
    """Return how many pairings have a figure of a measure of their own."""
    figures = (s for s in site.mentions.standing if isinstance(s, FigureStatement) and s.measure == measure)
    subjects = {site.mentions.subject(figure) for figure in figures}
    return sum(subject is not None and subject[0] == "pairing" for subject in subjects)


def related(site: Site, kind: str, identifier: str, at: str) -> Iterator[Markup]:
    """Yield links that a reader needs first: both sides of a pairing, and the documents of whole programmes."""
    pairings = site.kg.derived.pairings
    if kind == "pairing":
        for party in pairings[identifier].parties:
            thing = party_thing(site.kg, party)
            yield site.link(thing.kind, thing.identifier, at)
        yield from _policies_of(site, pairings[identifier].programme, at)
    elif kind == "place":
        for family in sorted({p.programme for p in pairings.values() if identifier in p.parties}):
            yield from _policies_of(site, family, at)


def _policies_of(site: Site, programme: str, at: str) -> Iterator[Markup]:
    effects = site.mentions.about("programme", programme, "policy-effect")
    policies = {s.policy for s in effects if isinstance(s, PolicyEffectStatement)}
    if policies:
        zh, en = site.name("programme", programme)
        words = bi(f"{zh}的政策（{len(policies)}）", f"policies of {en} ({len(policies)})")
        page = site.href(f"{site.address('programme', programme)}#policies", at)
        yield Markup('<a href="{}">{}</a>').format(page, words)


def above(site: Site, kind: str, identifier: str) -> Iterator[tuple[str, Both]]:
    """Yield what a thing lies in, the widest first: a place its parents, a pairing its programme."""
    above: list[tuple[str, str]] = []
    if kind == "pairing":
        above.append(("programme", site.kg.derived.pairings[identifier].programme))
    elif kind == "place":
        parent = _parent(site, identifier)
        while parent is not None and ("place", parent) not in above:
            above.insert(0, ("place", parent))
            parent = _parent(site, parent)
    for each, key in above:
        yield site.address(each, key) or "", site.name(each, key)


def _parent(site: Site, identifier: str) -> str | None:
    place = site.corpus.place(identifier)
    return place.parent_at(site.as_of.last_day) if isinstance(place, Place) else place.within
