"""What is on the page of a thing? Its status, what is missing and disputed, then every part of what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from cooperation_kg.query.show import iri_of
from cooperation_kg.query.show.common import sources_part
from cooperation_kg.query.show.parts import Cell, Part, only
from cooperation_kg.query.show.things import BUILDERS
from cooperation_kg.render.html import environment
from cooperation_kg.render.site import ego, linked_data
from cooperation_kg.render.site.applying import caveats_of
from cooperation_kg.render.site.asking import ask
from cooperation_kg.render.site.beside import above, missing_lines, money, related
from cooperation_kg.render.site.captions import caption_of, title_of
from cooperation_kg.render.site.cells import INFERRED, MANY_ROWS, Cells
from cooperation_kg.render.site.changed import changes_of
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import BROWSE, FOOTER, Page
from cooperation_kg.render.site.said import statements_of_source

KINDS: Mapping[str, tuple[Both, str]] = {
    "place": (Both("地区", "Place"), "places.html"),
    "pairing": (Both("结对", "Pairing"), "pairings.html"),
    "programme": (Both("协作机制", "Programme"), "programmes.html"),
    "policy": (Both("政策", "Policy"), "policies.html"),
    "source": (Both("来源", "Source"), "sources.html"),
    "organisation": (Both("机构", "Organisation"), "projects.html"),
    "project": (Both("项目", "Project"), "projects.html"),
    "event": (Both("事件", "Event"), "projects.html"),
    "scope": (Both("合并述及的若干结对", "Several pairings spoken of together"), "pairings.html"),
    "measure": (Both("指标", "Measure"), "terms.html"),
    "judgement": (Both("判断", "Judgement"), "coverage.html"),
}
"""Kind of thing → what it is called, and the page that leads to it."""
LISTS = dict((*BROWSE, *FOOTER))
"""The page that leads to a kind of thing → what the navigation calls it."""
IN_NETWORK = {"place": "n", "organisation": "n", "pairing": "e", "programme": "p"}
"""Kind of thing → how the interactive network selects it."""
DERIVED = frozenset(
    {
        "status", "terms", "disagreements", "judgements", "pairings", "pairings_inside", "based", "wider", "narrower",
        "parallel",
    }
)  # fmt: skip
"""Parts that follow from statements, or are concluded about them, and are said by none."""
NOT_ON_PAGE = {"source": ("kinds", "figures", "statements", "withdrawn")}
"""Parts that a page has in another form: a source's page lists its statements, each with its anchor."""
FIRST: Mapping[str, tuple[str, ...]] = {
    "place": ("pairings", "money", "pairings_inside", "policies", "figures", "figures_counted"),
    "pairing": ("terms", "evidence", "policies", "figures"),
    "policy": ("documents", "effects", "based"),
    "organisation": ("pairings", "money", "figures"),
    "programme": ("policies", "pairings", "figures"),
}
"""Kind of thing → the parts that readers come for, in this order; the others follow."""
LAST = ("name", "names", "family", "inside", "judgements", "sources")
"""The parts that stand at the end of such a page."""
LONG_NAME = 36
"""A name longer than this is a sentence, and is set smaller."""


def pages(site: Site, some: Iterable[tuple[str, str]] | None = None) -> Iterator[Page]:
    """Yield a page for every thing that has one, or for some of them: (kind, id)."""
    for kind, identifier in every(site) if some is None else some:
        yield thing_page(site, kind, identifier)


def every(site: Site) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of everything that has a page."""
    for kind, identifiers in things(site).items():
        yield from ((kind, identifier) for identifier in identifiers)


def things(site: Site) -> Mapping[str, Sequence[str]]:
    """Return the ids of everything that has a page, by kind."""
    registers, derived = site.corpus.registers, site.kg.derived
    figures = {s.measure for s in site.mentions.always.standing if s.kind == "figure"}  # type: ignore[attr-defined]
    return {
        "place": [*registers["place"], *site.corpus.anonymous],
        "pairing": [*derived.pairings],
        "programme": [*registers["programme"]],
        "policy": [*registers["policy"]],
        "source": [*site.corpus.sources],
        "organisation": [*registers["organisation"]],
        "project": [*registers["project"]],
        "event": [*registers["event"]],
        "scope": [*derived.scopes],
        "measure": sorted(figures),
        "judgement": [*site.corpus.judgements],
    }


def thing_page(site: Site, kind: str, identifier: str) -> Page:
    """Return the page of one thing."""
    at = site.address(kind, identifier) or ""
    parts = {part.code: part for part in parts_of(site, kind, identifier)}
    cells = Cells(site, at)
    status = parts.pop("status", None)
    missing = Part("missing", lines=tuple(missing_lines(site, kind, identifier, parts.pop("missing", None))))
    made = {part.code: _Section(site, cells, kind, identifier, part) for part in (*_in_order(kind, parts), missing)}
    label, leads = KINDS[kind]
    crumbs = ((leads, LISTS[leads]), *above(site, kind, identifier))
    stem = at.removesuffix(".html")
    body = (
        environment()
        .get_template("site/thing.html.j2")
        .render(
            bi=bi,
            site=site,
            at=at,
            name=site.name(kind, identifier),
            kind=kind,
            label=label,
            identifier=identifier,
            iri=iri_of(site.kg, kind, identifier),
            status=[bi(line.zh, line.en) for line in status.lines] if status else [],
            picture=ego.figure(site, kind, identifier, at),
            network=_in_network(site, kind, identifier, at),
            is_long=len(site.name(kind, identifier).zh) > LONG_NAME,
            related=list(related(site, kind, identifier, at)),
            missing=made.pop("missing"),
            changed=list(changes_of(site, kind, identifier, at)),
            changes=site.href("adjustments.html", at),
            disputed=made.pop("disagreements", None),
            sections=list(made.values()),
            said=statements_of_source(site, identifier, at) if kind == "source" else Markup(""),
            caveats=caveats_of(site, _shown_here(site, kind, identifier, parts.values())),
            stem=stem.rpartition("/")[2],
        )
    )
    return Page(
        at,
        site.name(kind, identifier),
        Markup(body),
        section=leads,
        crumbs=crumbs,
        scripts=("figure.js",),
        twins=(("text/turtle", f"{stem}.ttl"), ("application/ld+json", f"{stem}.jsonld")),
        json_ld=linked_data.head(site, kind, identifier),
    )


def parts_of(site: Site, kind: str, identifier: str) -> tuple[Part, ...]:
    """Return everything known of a thing as parts, the sources of what they cite at the end."""
    parts = only(BUILDERS[kind](site.mentions, identifier, site.asked_for))
    parts = tuple(part for part in parts if part.code not in NOT_ON_PAGE.get(kind, ()))
    parts = only([*parts, money(site, kind, identifier)])
    cited = [key for part in parts for key in part.cited]
    sources = () if kind == "source" else only([sources_part(site.kg, cited)])
    return (*parts, *sources)


def _in_order(kind: str, parts: Mapping[str, Part]) -> Iterator[Part]:
    """Yield parts as a page has them: what readers come for first."""
    first = [code for code in FIRST.get(kind, ()) if code in parts]
    last = [code for code in LAST if code in parts] if kind in FIRST else []
    rest = [code for code in parts if code not in first and code not in last]
    yield from (parts[code] for code in (*first, *rest, *last))


def _shown_here(site: Site, kind: str, identifier: str, parts: Iterable[Part]) -> Iterator[str]:
    """Yield the statements that a page shows: on that of a source its own, not what else speaks of its pairings."""
    if kind == "source":
        yield from (s.key for s in site.corpus.of_source(identifier) if s.withdrawn is None)
    else:
        yield from (key for part in parts for key in part.cited)


def _in_network(site: Site, kind: str, identifier: str, at: str) -> str:
    if kind not in IN_NETWORK:
        return ""
    if kind in ("place", "organisation") and not site.pairings_of(identifier):
        return ""
    state = {"sel": f"{IN_NETWORK[kind]}:{identifier}", "y": site.as_of.text}
    return site.network(at, **state)


class _Section:
    """A part of a page as the template reads it."""

    def __init__(self, site: Site, cells: Cells, kind: str, identifier: str, part: Part) -> None:
        self.code = part.code
        self.title = bi(*title_of(kind, part.code))
        self.inferred = part.code in DERIVED
        self.derives = bool(INFERRED.intersection(part.columns))
        self.lines = [cells.line(line) for line in part.lines]
        self.count = len(part.rows)
        self.tall = len(part.rows) > MANY_ROWS
        as_of = Both(site.as_of.words("zh"), site.as_of.words("en"))
        self.table = cells.table(_trimmed(part, kind), self._caption(as_of)) if part.rows else Markup("")
        self.ask = ask(site, kind, identifier, part, cells.at)

    def _caption(self, as_of: Both) -> Markup:
        said = caption_of(self.code, as_of)
        if said is None:
            return Markup('<caption class="unseen">{}</caption>').format(self.title)
        return Markup('<caption><div class="cap">{}</div></caption>').format(bi(*said))


def _trimmed(part: Part, kind: str) -> Part:
    """Return a part without columns that say nothing here: ids of disagreements, a programme that all rows share."""
    needless = {"disagreement"}
    if kind in ("programme", "pairing") and len({_of_column(part, row, "programme") for row in part.rows}) == 1:
        needless.add("programme")
    kept = [i for i, name in enumerate(part.columns) if name not in needless or part.columns == (name,)]
    return replace(
        part,
        columns=tuple(part.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in part.rows),
        repeated=tuple(name for name in part.repeated if name not in needless),
    )


def _of_column(part: Part, row: tuple[Cell, ...], column: str) -> Cell:
    return row[part.columns.index(column)] if column in part.columns else None
