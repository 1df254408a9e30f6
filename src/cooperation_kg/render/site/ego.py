"""What stands around a thing? A small network for the page of a place, an organisation, a pairing or a programme.

A place stands between those that support it and those that it supports. A pairing stands below the wider one that it
carries out, and above the narrower ones. A programme has its supporters on the left and its recipients on the right.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import lru_cache

from markupsafe import Markup

from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.columns import Between, columns
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.star import Row, bands, star
from cooperation_kg.render.site.svg import colour, dash, programmes
from cooperation_kg.render.site.ties import STATUS_WORDS, UNDATED_DASH, Tie, tie, together

MANY_PARTNERS = 30
"""Above so many partners a place's partners are drawn together by province."""
MANY_PAIRINGS = 60
"""Above so many pairings a programme's parties are drawn together by province."""
HEADS: Mapping[frozenset[bool], tuple[Both, Both]] = {
    frozenset({True}): (Both("支援方", "Supporters"), Both("受援方", "Recipients")),
    frozenset({False}): (Both("一方", "One side"), Both("另一方", "Other side")),
    frozenset({True, False}): (
        Both("支援方或一方", "Supporter or party"),
        Both("受援方或另一方", "Recipient or party"),
    ),
}
"""What stands above the columns of a programme, by whether its pairings have a direction."""
Drawing = tuple[Markup, Sequence[Tie]]


def figure(site: Site, kind: str, identifier: str, at: str) -> Markup:
    """Return the small network of a place, an organisation, a pairing or a programme; empty where there is none.

    Parameters
    ----------
    at: the path of the page on which it will stand; all its links are relative to it.
    """
    drawing = DRAWN[kind](site, identifier, at) if kind in DRAWN else None
    if drawing is None:
        return Markup()
    svg, ties = drawing
    first = min((year for one in ties for year in (*one.certain, *one.possible)), default=0)
    last = max((year for one in ties for year in (*one.certain, *one.possible)), default=0)
    return framed_figure(site, svg, ties, (first, last))


def framed_figure(site: Site, svg: Markup, ties: Iterable[Tie], years: tuple[int, int]) -> Markup:
    """Return a drawing of ties with its legend; its slider is put there by the page's script."""
    drawn = list(ties)
    families = {one.programme for one in drawn}
    statuses = {one.status for one in drawn}
    legend = [
        (f"certain {colour(site, p)}", dash(site, p), bi(*site.name("programme", p)))
        for p in programmes(site)
        if p in families
    ]
    legend += [
        (f"{status} pn", UNDATED_DASH if status == "undated" else "", bi(*words))
        for status, words in STATUS_WORDS.items()
        if status in statuses
    ]
    if any(one.count > 1 for one in drawn):
        legend.append(("many pn", "", bi("多对合画一线", "several pairings in one line")))
    return Markup(
        environment()
        .get_template("site/ego.html.j2")
        .render(
            svg=svg, legend=legend, years=years, as_of=bi(*(site.as_of.words(lang) for lang in ("zh", "en"))), bi=bi
        )
    )


def _party(site: Site, identifier: str, at: str) -> Drawing | None:
    """Draw a place or organisation between its supporters and those that it supports, or is joined with."""
    own = site.pairings_of(identifier)
    if not own:
        return None
    groups = (
        ([p for p in own if p.recipient == identifier], Both("帮扶它的", "Supported by")),
        ([p for p in own if p.supporter == identifier], Both("它帮扶的", "Supports")),
        ([p for p in own if not p.directed], Both("未说明方向", "No direction stated")),
    )
    left, supports, joined = (_headed(_rows(site, identifier, some, at), head) for some, head in groups)
    right = [*supports, *joined]
    svg = star(site, name_of(site, identifier), left, right)
    return svg, [line for side in (left, right) for row in side for line in row.lines]


def _headed(rows: list[Row], head: Both) -> list[Row]:
    return [replace(row, head=head if index == 0 else None) for index, row in enumerate(rows)]


def _rows(site: Site, identifier: str, pairings: list[Pairing], at: str) -> list[Row]:
    partners: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in pairings:
        partners[next((party for party in pairing.parties if party != identifier), identifier)].append(pairing)
    if len(partners) > MANY_PARTNERS:
        return _rows_by_province(site, partners, at)
    rows = [
        Row(name_of(site, partner), link_of(site, partner, at), tuple(tie(site, p, at) for p in _in_order(site, some)))
        for partner, some in partners.items()
    ]
    return sorted(rows, key=lambda row: (_rank(site, row.lines[0].programme), row.name.zh))


def _rows_by_province(site: Site, partners: Mapping[str, list[Pairing]], at: str) -> list[Row]:
    groups: dict[str, dict[str, list[Pairing]]] = defaultdict(lambda: defaultdict(list))
    for partner, some in partners.items():
        for pairing in some:
            groups[province_of(site, partner)][pairing.programme].append(pairing)
    rows = []
    for province, families in groups.items():
        lines = [
            _group(site, some, province, at) for _, some in sorted(families.items(), key=lambda f: _rank(site, f[0]))
        ]
        rows.append(Row(name_of(site, province), link_of(site, province, at), tuple(lines)))
    return sorted(rows, key=lambda row: (_rank(site, row.lines[0].programme), row.name.zh))


def _group(site: Site, pairings: list[Pairing], province: str, at: str) -> Tie:
    if len(pairings) == 1:
        return tie(site, pairings[0], at)
    where = site.network(at, p=pairings[0].programme, sel=f"n:{province}")
    return together(site, pairings, name_of(site, province), where)


def _pairing(site: Site, slug: str, at: str) -> Drawing | None:
    """Draw a pairing below its wider one, beside those of the same parties, above those that carry it out."""
    found = site.kg.derived.pairings
    own = found.get(slug)
    if own is None:
        return None
    above = [_band(site, [found[own.implements]], at)] if own.implements and own.implements in found else []
    same = [p for p in site.pairings_of(own.parties[0]) if p is not own and set(p.parties) == set(own.parties)]
    middle = _band(site, [own, *_in_order(site, same)], at)
    below = list(site.mentions.implementing.get(slug, ()))
    ties = {p.slug: tie(site, p, at) for p in below}
    between = [Between(*sides_of(p), ties[p.slug]) for p in below]
    svg = bands(site, above, middle, _places(site, between, at))
    return svg, [*(line for _, _, lines in (*above, middle) for line in lines), *ties.values()]


def _band(
    site: Site, pairings: Sequence[Pairing], at: str
) -> tuple[tuple[Both, str], tuple[Both, str], tuple[Tie, ...]]:
    left, right = ((name_of(site, p), link_of(site, p, at)) for p in sides_of(pairings[0]))
    return left, right, tuple(tie(site, p, at) for p in pairings)


def _programme(site: Site, identifier: str, at: str) -> Drawing | None:
    """Draw a programme as two columns: who supports, who is supported; by province where they are many."""
    own = [p for p in site.kg.derived.pairings.values() if identifier == p.programme or identifier in p.programmes]
    if not own:
        return None
    pairs: dict[tuple[str, str], list[Pairing]] = defaultdict(list)
    grouped = len(own) > MANY_PAIRINGS
    for pairing in own:
        left, right = sides_of(pairing)
        key = (province_of(site, left), province_of(site, right)) if grouped else (left, right)
        pairs[key].append(pairing)
    between = [Between(*key, _of_pair(site, some, key, at)) for key, some in sorted(pairs.items())]
    heads = HEADS[frozenset(p.directed for p in own)]
    svg, _ = columns(site, _places(site, between, at), heads)
    return svg, [one.line for one in between]


def _of_pair(site: Site, pairings: list[Pairing], key: tuple[str, str], at: str) -> Tie:
    if len(pairings) == 1:
        return tie(site, pairings[0], at)
    names = [name_of(site, party) for party in key]
    named = Both(*(f"{names[0][i]} → {names[1][i]}" for i in (0, 1)))
    province_pair = f"{pairings[0].programme}.{key[0]}.{key[1]}"
    known = province_pair in site.kg.derived.pairings
    address = site.href(site.address("pairing", province_pair) or "", at) if known else ""
    return together(site, pairings, named, address or site.network(at, p=pairings[0].programme, sel=f"n:{key[1]}"))


def _places(
    site: Site, between: Sequence[Between], at: str
) -> tuple[Sequence[Between], Mapping[str, tuple[Both, str]]]:
    parties = {party for one in between for party in (one.left, one.right)}
    return between, {party: (name_of(site, party), link_of(site, party, at)) for party in parties}


def sides_of(pairing: Pairing) -> tuple[str, str]:
    """Return who stands left and right: supporter and recipient, or both parties as they are."""
    if pairing.supporter is not None and pairing.recipient is not None:
        return pairing.supporter, pairing.recipient
    return pairing.parties


def _in_order(site: Site, pairings: Iterable[Pairing]) -> list[Pairing]:
    return sorted(pairings, key=lambda p: (_rank(site, p.programme), p.slug))


def _rank(site: Site, programme: str) -> int:
    return programmes(site).index(programme)


def kind_of(site: Site, party: str) -> str:
    """Return whether a party is a place or an organisation."""
    return "organisation" if party in site.corpus.registers["organisation"] else "place"


def name_of(site: Site, party: str) -> Both:
    """Return the name of a party in both languages."""
    return site.name(kind_of(site, party), party)


def link_of(site: Site, party: str, at: str) -> str:
    """Return the page of a party as reached from another page."""
    return site.href(site.address(kind_of(site, party), party) or "", at)


def province_of(site: Site, party: str) -> str:
    """Return the province in which a place lies at the time asked about; what lies in none stands for itself.

    A place without a level above it that the registers know, an organisation and an unnamed place stay themselves.
    """
    return _province(site, party, site.as_of.last_day)


@lru_cache(maxsize=4096)
def _province(site: Site, party: str, day: date) -> str:
    place = site.corpus.places.get(party)
    while place is not None and place.level != "province":
        parent = place.parent_at(day)
        if parent is None:
            return party
        place = site.corpus.places.get(parent)
    return party if place is None else place.id


DRAWN: Mapping[str, Callable[[Site, str, str], Drawing | None]] = {
    "place": _party,
    "organisation": _party,
    "pairing": _pairing,
    "programme": _programme,
}
"""What draws each kind of thing."""
