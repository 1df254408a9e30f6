"""Which pairings and programmes are there, and how do they stand at the time asked about?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence

from markupsafe import Markup

from cooperation_kg.curate.registers import Programme
from cooperation_kg.graph.asof import SHOWN, STATUSES, status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.query.show.parts import Cell, Said
from cooperation_kg.query.show.ties import pairings_part, party_thing, status_cell
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import (
    Column,
    Group,
    Listing,
    Row,
    Table,
    concept,
    concept_options,
    dated,
    facet,
    keys_of,
    list_page,
    nothing,
    row,
    sighted,
)

LEVELS = ("province", "prefecture", "county", "township", "village", "zone", "area")
"""From wide to narrow."""
ORGANISATION = Both("机构", "organisation")
STATUS_NOTE = Both(
    "状态是推得的：确定，指来源所载的时段包含所问的时间；可能，指最后一次见于来源之后，没有来源说它继续或结束，"
    "或来源只给出一个时段；无年份，指没有来源说明时间；不存续，指所问的时间在全部时段之外。",
    "The status is inferred. Certain: what sources date contains the time asked about. Possible: after the last "
    "sighting, with no source saying that it went on or ended, or within a span that a source leaves open. Undated: "
    "no source says when. Absent: the time lies outside every term.",
)
SILENCE_NOTE = Both(
    "这里只有来源所说的内容；没有列出，不等于没有发生。",
    "Only what sources state is here; what is not listed may still have happened.",
)
DIRECTION_NOTE = Both(
    "箭头指从支援方到受援方。名称以短横相连的，没有来源说明方向，两栏只是先后。",
    "An arrow leads from the supporter to the recipient. Where a dash joins the names, no source states a direction, "
    "and the two columns are a mere order.",
)


def pairings_page(site: Site) -> Page:
    """Return the list of every pairing, the surest first, and of those what was seen last first."""
    path = "pairings.html"
    since = started(site)
    narrowed = site.as_of.statuses != SHOWN  # asked for the certain alone: the others are left out
    wanted = (
        p for p in site.kg.derived.pairings.values() if not narrowed or status_of(p, site.as_of) in site.as_of.statuses
    )
    pairings = sorted(wanted, key=lambda p: p.slug)
    pairings.sort(key=lambda p: p.last_confirmed.isoformat() if p.last_confirmed else "", reverse=True)
    pairings.sort(key=lambda p: STATUSES.index(status_of(p, site.as_of)))
    rows = tuple(_pairing_row(site, p, since.get(p.slug), path) for p in pairings)
    families = ((f, site.name("programme", f)) for f in families_of(site))
    levels = [*((level, concept("level", level)) for level in LEVELS), ("organisation", ORGANISATION)]
    columns = (
        Column(Both("结对", "Pairing")),
        Column(Both("支援方（或一方）", "Supporter (or one side)")),
        Column(Both("受援方（或另一方）", "Recipient (or the other)")),
        Column(Both("机制", "Programme")),
        Column(Both("状态", "Status")),
        Column(Both("始于", "Since")),
        Column(Both("最近确认", "Last confirmed")),
        Column(Both("陈述", "Statements"), number=True),
        Column(Both("来源", "Sources"), number=True),
    )
    caption = bi(
        f"{len(rows)} 组结对；状态{site.as_of.words('zh')}（推得）。点结对名可见轮次、依据、数字和每一条陈述。",
        f"{len(rows)} pairings; status {site.as_of.words('en')} (inferred). The page of each has its terms, basis, "
        "figures and every statement.",
    )
    lead = bi("两个地区（或机构）在一个机制下的结对。", "Two places (or bodies) tied in one programme.")
    listing = Listing(
        path,
        Both("结对", "Pairings"),
        lead + " " + site.question("pairings", path),
        (Table(columns, (Group(rows),), caption),),
        (
            facet("programme", Both("机制", "Programme"), families, rows),
            facet("status", Both("状态", "Status"), ((s, _status(s)) for s in STATUSES), rows),
            facet("level", Both("层级", "Level"), levels, rows),
        ),
        notes=(STATUS_NOTE, DIRECTION_NOTE, _LEVEL_NOTE, SILENCE_NOTE),
    )
    return list_page(site, listing)


_LEVEL_NOTE = Both(
    "层级取双方中较低的一方；县级结对多在其省级结对之下。",
    "The level is that of the lower side; most pairings of counties stand under one of their provinces.",
)


def _pairing_row(site: Site, pairing: Pairing, since: Cell, path: str) -> Row:
    status = status_of(pairing, site.as_of)
    last = pairing.last_confirmed.isoformat() if pairing.last_confirmed else ""
    parties = [(party_thing(site.kg, party).kind, party) for party in pairing.parties]
    sides = [site.link(kind, party, path) for kind, party in parties]
    names = [*site.name("pairing", pairing.slug), *(site.name(kind, party).zh for kind, party in parties)]
    number = str(len(pairing.evidence))
    own = site.link("pairing", pairing.slug, path)
    return row(
        (
            own,
            *sides,
            site.link("programme", pairing.programme, path),
            status_mark(status),
            _since(since),
            sighted(pairing.last_confirmed),
            site.link("pairing", pairing.slug, path, Markup(number)),
            Markup(str(len({key.rpartition(".")[0] for key in pairing.evidence}))),
        ),
        sorts={4: STATUSES.index(status), 5: _first(pairing), 6: last},
        keys=keys_of(names),
        facets={"programme": pairing.programme, "status": status, "level": _lower(site, pairing)},
    )


def started(site: Site) -> Mapping[str, Cell]:
    """Return since when each dated pairing is, by slug, as its page says it."""
    found = pairings_part(site.kg, "pairings", site.kg.derived.pairings.values(), site.as_of)
    if "since" not in found.columns:
        return {}
    own, since = found.columns.index("pairing"), found.columns.index("since")
    return {getattr(cells[own], "identifier", ""): cells[since] for cells in found.rows}


def _since(cell: Cell) -> Markup:
    return bi(cell.zh, cell.en) if isinstance(cell, Said) else dated(str(cell) if cell else None)


def _first(pairing: Pairing) -> str:
    return min((term.possible_from.isoformat() for term in pairing.terms), default="")


def _lower(site: Site, pairing: Pairing) -> str:
    found = [level_of(site, party) for party in pairing.parties]
    return max(found, key=(*LEVELS, "organisation").index) if "organisation" not in found else "organisation"


def level_of(site: Site, party: str) -> str:
    """Return the level of a party; organisation for a body."""
    return "organisation" if party in site.corpus.registers["organisation"] else site.corpus.place(party).level


def status_mark(status: str) -> Markup:
    """Return a status as a mark of its own."""
    return Markup('<span class="status {}">{}</span>').format(status, bi(*_status(status)))


def _status(status: str) -> Both:
    said = status_cell(status)
    return Both(said.zh, said.en)


def families_of(site: Site) -> tuple[str, ...]:
    """Return the programme families that have pairings, that with most of them first."""
    counted: dict[str, int] = defaultdict(int)
    for pairing in site.kg.derived.pairings.values():
        counted[pairing.programme] += 1
    return tuple(sorted(counted, key=lambda family: (-counted[family], family)))


def tally(site: Site, pairings: Sequence[Pairing]) -> dict[str, int]:
    """Return how many of some pairings have which status as of the time of the site."""
    counted = dict.fromkeys(STATUSES, 0)
    for pairing in pairings:
        counted[status_of(pairing, site.as_of)] += 1
    return counted


def number(count: int) -> Markup:
    """Return a count for a table: nothing is drawn as a dash, for a zero reads as a finding."""
    return Markup(str(count)) if count else nothing()


def programmes_page(site: Site) -> Page:
    """Return the list of programmes: families with the renamings and actions inside them."""
    path = "programmes.html"
    by_family: dict[str, list[Pairing]] = defaultdict(list)
    for pairing in site.kg.derived.pairings.values():
        by_family[pairing.programme].append(pairing)
    programmes = site.corpus.programmes
    order = sorted(
        programmes.values(), key=lambda p: (-len(by_family[p.family_id]), p.family_id, p.family is not None, p.id)
    )
    rows = tuple(_programme_row(site, programme, by_family[programme.id], path) for programme in order)
    columns = (
        Column(Both("机制", "Programme")),
        Column(Both("类别", "Kind")),
        Column(Both("确定", "Certain"), number=True),
        Column(Both("可能", "Possible"), number=True),
        Column(Both("无年份", "Undated"), number=True),
        Column(Both("历年结对", "Ever"), number=True),
        Column(Both("最早可能", "Earliest possible"), number=True),
        Column(Both("最近确认", "Last confirmed")),
        Column(Both("提到它的陈述", "Statements naming it"), number=True),
    )
    caption = bi(
        f"{len(rows)} 个机制；确定、可能、无年份为{site.as_of.words('zh')}的结对数（推得）。"
        "缩进的是同一机制中的更名或专项行动，其结对计在所属机制之下。",
        f"{len(rows)} programmes; certain, possible and undated are numbers of pairings {site.as_of.words('en')} "
        "(inferred). Indented: renamings and actions inside a programme, whose pairings count under it.",
    )
    listing = Listing(
        path,
        Both("机制", "Programmes"),
        bi("国家层面的结对协作框架。", "National frameworks of paired cooperation.")
        + " "
        + site.question("programmes", path),
        (Table(columns, (Group(rows),), caption),),
        (facet("kind", Both("类别", "Kind"), concept_options("programme-kind"), rows),),
        notes=(STATUS_NOTE, SILENCE_NOTE),
    )
    return list_page(site, listing)


def _programme_row(site: Site, programme: Programme, pairings: Sequence[Pairing], path: str) -> Row:
    counted = tally(site, pairings)
    first = min((first for p in pairings if (first := _first(p))), default="")
    last = max((p.last_confirmed for p in pairings if p.last_confirmed), default=None)
    inner = programme.family is not None
    listed = site.href(f"pairings.html#programme={programme.id}", path)
    return row(
        (
            site.link("programme", programme.id, path),
            bi(*concept("programme-kind", programme.type)),
            *(number(counted[status]) for status in ("certain", "possible", "undated")),
            Markup('<a href="{}">{}</a>').format(listed, len(pairings)) if pairings else nothing(),
            Markup(first[:4]) if first else nothing(),
            sighted(last),
            number(len(site.mentions.always.naming("programme", programme.id))),
        ),
        sorts={7: last.isoformat() if last else ""},
        keys=keys_of(programme.names()),
        facets={"kind": programme.type},
        depth=1 if inner else 0,
    )
