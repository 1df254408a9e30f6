"""Which projects, events, organisations and disagreements are there?"""

from __future__ import annotations

from collections.abc import Sequence

from markupsafe import Markup

from cooperation_kg.curate.registers import Event, Organisation, Project
from cooperation_kg.curate.statements import EventStatement, ProjectStatement, Statement
from cooperation_kg.graph.derive.results import Disagreement
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.document_lists import entries
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
    joined,
    keys_of,
    list_page,
    nothing,
    row,
)
from cooperation_kg.render.site.pairing_lists import number
from cooperation_kg.render.site.search import ROLES, roles_of


def projects_page(site: Site) -> Page:
    """Return the lists of projects, events and organisations that have a name of their own."""
    path = "projects.html"
    tables = (_projects(site, path), _events(site, path), _organisations(site, path))
    unnamed = {
        kind: sum(isinstance(s, kind) and getattr(s, s.kind) is None for s in site.mentions.always.standing)
        for kind in (ProjectStatement, EventStatement)
    }
    listing = Listing(
        path,
        Both("项目、事件与机构", "Projects, events and organisations"),
        bi("在多处被提到、因而单独建档的项目、事件和机构。", "Those that several statements speak of."),
        tuple(table for table in tables if table.groups[0].rows),
        jumps=tuple((table.identifier, table.title) for table in tables if table.title and table.groups[0].rows),
        notes=(
            Both(
                f"另有 {unnamed[ProjectStatement]} 条项目陈述、{unnamed[EventStatement]} 条事件陈述没有单独建档，"
                "见所属结对、地区和来源的页面。",
                f"A further {unnamed[ProjectStatement]} statements of projects and {unnamed[EventStatement]} of events "
                "name none of these; they are on the pages of their pairings, places and sources.",
            ),
        ),
    )
    return list_page(site, listing)


def _projects(site: Site, path: str) -> Table:
    held: list[Project] = entries(site, "project")  # type: ignore[assignment]
    rows = tuple(
        row(
            (
                site.link("project", entry.id, path),
                bi(*concept("field", entry.field)) if entry.field else nothing(),
                _places(site, _naming(site, "project", entry.id), path),
                *_said(site, "project", entry.id),
            ),
            keys=keys_of(entry.names()),
        )
        for entry in held
    )
    columns = (
        Column(Both("项目", "Project")),
        Column(Both("领域", "Field")),
        Column(Both("地点", "Places"), sorts=False),
        *_SAID,
    )
    caption = _caption(site, path, len(rows), "project")
    return Table(columns, (Group(rows),), caption, "projects", Both("项目", "Projects"))


def _events(site: Site, path: str) -> Table:
    held: list[Event] = entries(site, "event")  # type: ignore[assignment]
    rows = []
    for entry in held:
        told = [s for s in _naming(site, "event", entry.id) if isinstance(s, EventStatement)]
        dates = dict.fromkeys(s.date.text for s in told if s.date)
        first = min((s.date.earliest for s in told if s.date), default=None)
        cells = (
            site.link("event", entry.id, path),
            joined(dated(text) for text in dates),
            bi(*concept("event-kind", entry.type)),
            _places(site, told, path),
            *_said(site, "event", entry.id),
        )
        rows.append(row(cells, sorts={1: first.isoformat() if first else ""}, keys=keys_of(entry.names())))
    rows.sort(key=lambda one: one.sorts[1] or "9")
    columns = (
        Column(Both("事件", "Event")),
        Column(Both("日期（来源所说）", "Date (as sources say)")),
        Column(Both("类别", "Kind")),
        Column(Both("地点", "Places"), sorts=False),
        *_SAID,
    )
    caption = _caption(site, path, len(rows), "event")
    return Table(columns, (Group(tuple(rows)),), caption, "events", Both("事件", "Events"))


def _organisations(site: Site, path: str) -> Table:
    held: list[Organisation] = entries(site, "organisation")  # type: ignore[assignment]
    roles = roles_of(site)
    rows = tuple(
        row(
            (
                site.link("organisation", entry.id, path),
                bi(*concept("organisation-kind", entry.type)),
                site.link("place", entry.within, path) if entry.within else nothing(),
                bi(*ROLES[roles[entry.id]]) if entry.id in roles else nothing(),
                *_said(site, "organisation", entry.id),
            ),
            keys=keys_of(entry.names()),
        )
        for entry in held
    )
    columns = (
        Column(Both("机构", "Organisation")),
        Column(Both("类别", "Kind")),
        Column(Both("所属地区", "Of")),
        Column(Both("结对中的角色", "Role in pairings")),
        *_SAID,
    )
    caption = _caption(site, path, len(rows), "organisation")
    return Table(columns, (Group(rows),), caption, "organisations", Both("机构", "Organisations"))


_SAID = (
    Column(Both("提到它的陈述", "Statements naming it"), number=True),
    Column(Both("来源", "Sources"), number=True),
)


def _caption(site: Site, path: str, count: int, kind: str) -> Markup:
    return bi(f"{count} 项。", f"{count} entries.") + " " + site.question("register", path, {"kind": kind})


def _naming(site: Site, kind: str, identifier: str) -> list[Statement]:
    return site.mentions.always.naming(kind, identifier)


def _said(site: Site, kind: str, identifier: str) -> tuple[Markup, Markup]:
    statements = _naming(site, kind, identifier)
    return number(len(statements)), number(len({s.source for s in statements}))


def _places(site: Site, statements: Sequence[Statement], path: str) -> Markup:
    named = dict.fromkeys(place for s in statements for place in getattr(s, "places", ()))
    return joined(site.link("place", place, path) for place in named)


def disagreements_page(site: Site) -> Page:
    """Return the list of what sources disagree about, with what each side says and who says it."""
    path = "disagreements.html"
    found = sorted(site.kg.derived.disagreements.values(), key=lambda d: d.slug)
    rows = tuple(_disagreement_row(site, one, path) for one in found)
    columns = (
        Column(Both("关于", "About")),
        Column(Both("何处不一", "What differs")),
        Column(Both("各方所说", "What each side says"), sorts=False),
        Column(Both("裁定", "Judgement"), sorts=False),
    )
    settled = sum(one.settled_by is not None for one in found)
    caption = bi(
        f"{len(rows)} 处，其中 {settled} 处有裁定。裁定不删去任何一方的说法。",
        f"{len(rows)}, of which {settled} have a judgement. A judgement removes no side.",
    )
    listing = Listing(
        path,
        Both("说法不一", "Sources disagree"),
        bi(
            "同一件事，两个以上独立源头说法不同。",
            "Two or more independent origins say different things of one thing.",
        )
        + " "
        + site.question("disagreements", path),
        (Table(columns, (Group(rows),), caption),),
        (facet("kind", Both("何处不一", "What differs"), concept_options("disagreement-kind"), rows),),
    )
    return list_page(site, listing)


def _disagreement_row(site: Site, one: Disagreement, path: str) -> Row:
    kind, identifier = one.about
    cell = site.kg.derived.cells.get(identifier) if kind == "cell" else None
    about = cell.about if cell else one.about
    what = bi(*concept("disagreement-kind", one.kind))
    if cell:
        measure = site.link("measure", cell.measure, path)
        what = Markup("{} · {} {}").format(what, measure, dated(cell.period) if cell.period else "")
    sides = Markup("").join(
        Markup("<li><strong>{}</strong> {}</li>").format(_side(site, one, said, path), _cited(site, keys, path))
        for said, keys in one.sides
    )
    judged = one.settled_by
    return row(
        (
            site.link(*about, path),
            what,
            Markup('<ul class="sides">{}</ul>').format(sides),
            site.link("judgement", judged, path) if judged else bi("未定", "open"),
        ),
        facets={"kind": one.kind},
    )


def _side(site: Site, one: Disagreement, said: str, path: str) -> Markup:
    """Return what one side says: a date in words, a document or event as a link, anything else as it is."""
    if one.kind in ("date", "start", "end"):
        return dated(said)
    named = site.corpus.find(("policy", "event"), said) if one.kind == "basis" else None
    return site.link(*named, path) if named else bi(said, said)


def _cited(site: Site, keys: Sequence[str], path: str) -> Markup:
    links = (site.link("statement", key, path, Markup("{}").format(key)) for key in keys)
    return Markup('<span class="muted">{}</span>').format(Markup(" ").join(links))
