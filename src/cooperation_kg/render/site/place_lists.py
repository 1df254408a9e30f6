"""Which places are there? By province, each under what contains it at the time asked about."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from markupsafe import Markup

from cooperation_kg.curate.registers import AnonymousPlace, Place
from cooperation_kg.graph.derive.results import Pairing
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
    facet,
    keys_of,
    list_page,
    nothing,
    row,
)
from cooperation_kg.render.site.pairing_lists import SILENCE_NOTE, STATUS_NOTE, number, tally
from cooperation_kg.render.site.search import ROLES, roles_of

BEYOND = Both("跨省区域", "Areas of several provinces")


def places_page(site: Site) -> Page:
    """Return the list of places, by province, each under what contains it."""
    path = "places.html"
    rows = _Places(site, path)
    groups = tuple(rows.groups())
    everyone = [one for group in groups for one in group.rows]
    columns = (
        Column(Both("地区", "Place")),
        Column(Both("层级", "Level")),
        Column(Both("角色", "Role")),
        Column(Both("确定", "Certain"), number=True),
        Column(Both("可能", "Possible"), number=True),
        Column(Both("无年份", "Undated"), number=True),
        Column(Both("历年结对", "Ever"), number=True),
        Column(Both("提到它的陈述", "Statements naming it"), number=True),
    )
    caption = bi(
        f"{len(everyone)} 个地区；确定、可能、无年份为{site.as_of.words('zh')}的结对数（推得），角色不限年份。",
        f"{len(everyone)} places; certain, possible and undated are numbers of pairings {site.as_of.words('en')} "
        "(inferred); roles are those of any year.",
    )
    listing = Listing(
        path,
        Both("地区", "Places"),
        bi(
            "按省份排列；下辖地区依所问时间的隶属关系缩进。",
            "By province; what lies inside another is indented, as things stood at the time asked about.",
        )
        + " "
        + site.question("pairings-all", path),
        (Table(columns, groups, caption),),
        (
            facet("level", Both("层级", "Level"), concept_options("level"), everyone),
            facet("role", Both("角色", "Role"), ROLES.items(), everyone),
        ),
        jumps=tuple(rows.jumps),
        notes=(
            STATUS_NOTE,
            Both(
                "没有结对的地区也在名录中：来源只提到它，或它包含别的地区。县级地区的结对不计入其省份。",
                "Places without a pairing are in the register because a source names them or they contain others. "
                "Pairings of a county do not count for its province.",
            ),
            SILENCE_NOTE,
        ),
    )
    return list_page(site, listing)


class _Places:
    """Makes the rows of places, group by group."""

    def __init__(self, site: Site, path: str) -> None:
        self.site = site
        self.path = path
        self.roles = roles_of(site)
        self.jumps: list[tuple[str, Both]] = []
        self.pairings: dict[str, list[Pairing]] = defaultdict(list)
        for pairing in site.kg.derived.pairings.values():
            for party in pairing.parties:
                self.pairings[party].append(pairing)
        self.inside: dict[str | None, list[Place]] = defaultdict(list)
        for place in site.corpus.places.values():
            self.inside[self._parent(place)].append(place)
        for places in self.inside.values():
            places.sort(key=lambda place: (place.code or "9", place.id))

    def groups(self) -> Iterator[Group]:
        """Yield a group for each place at the top that contains others, one for all the rest, one for the hidden."""
        tops = self.inside[None]
        for top in tops:
            if top.level != "area" and (self.inside[top.id] or top.level == "province"):
                yield self._group(f"in-{top.id}", Both(*self.site.name("place", top.id)), tuple(self._tree(top, 0)))
        rest = [top for top in tops if top.level == "area" or not (self.inside[top.id] or top.level == "province")]
        if rest:
            yield self._group("in-several", BEYOND, tuple(one for top in rest for one in self._tree(top, 0)))
        if self.site.corpus.anonymous:
            hidden = tuple(self._row(key, place, 0) for key, place in self.site.corpus.anonymous.items())
            yield self._group("anonymous", Both("来源隐去其名", "Names hidden by their source"), hidden)

    def _group(self, identifier: str, title: Both, rows: tuple[Row, ...]) -> Group:
        self.jumps.append((identifier, title))
        return Group(rows, identifier, bi(*title))

    def _tree(self, place: Place, depth: int) -> Iterator[Row]:
        yield self._row(place.id, place, depth)
        for inner in self.inside[place.id]:
            yield from self._tree(inner, depth + 1)

    def _parent(self, place: Place) -> str | None:
        """Return what contains a place at the time asked about; of one that is no more, what contained it last."""
        now = place.parent_at(self.site.as_of.last_day)
        return now or (place.within[-1].parent if place.within else None)

    def _row(self, identifier: str, place: Place | AnonymousPlace, depth: int) -> Row:
        site = self.site
        pairings = self.pairings[identifier]
        counted = tally(site, pairings)
        role = self.roles.get(identifier)
        former = [f.name.zh for f in place.former if f.name.zh != place.name.zh] if isinstance(place, Place) else []
        name = site.link("place", identifier, self.path)
        if former:
            before = "、".join(dict.fromkeys(former))
            name += Markup(' <span class="muted">{}</span>').format(bi(f"曾名{before}", f"formerly {before}"))
        names = place.names() if isinstance(place, Place) else (place.name.zh,)
        return row(
            (
                name,
                bi(*concept("level", place.level)),
                bi(*ROLES[role]) if role else nothing(),
                *(number(counted[status]) for status in ("certain", "possible", "undated")),
                site.link("place", identifier, self.path, Markup(str(len(pairings)))) if pairings else nothing(),
                number(len(site.mentions.always.naming("place", identifier))),
            ),
            keys=keys_of(names),
            facets={"level": place.level, "role": role or ""},
            depth=min(depth, 3),
        )
