"""What is on the page of a thing? Its status, what is missing and disputed, then every part of what is known of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from markupsafe import Markup

from cooperation_kg.query.show import iri_of
from cooperation_kg.query.show.common import sources_part
from cooperation_kg.query.show.parts import Part, only
from cooperation_kg.query.show.things import BUILDERS
from cooperation_kg.query.show.words import HEADINGS
from cooperation_kg.render.html import environment
from cooperation_kg.render.site import ego, linked_data
from cooperation_kg.render.site.applying import caveats_of
from cooperation_kg.render.site.asking import ask
from cooperation_kg.render.site.cells import INFERRED, MANY_ROWS, Cells
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
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
IN_NETWORK = {"place": "n", "organisation": "n", "pairing": "e", "programme": "p"}
"""Kind of thing → how the interactive network selects it."""
DERIVED = frozenset({"status", "terms", "disagreements", "judgements", "pairings", "pairings_inside", "based"})
"""Parts that follow from statements, or are concluded about them, and are said by none."""
NOT_ON_PAGE = {"source": ("kinds", "figures", "statements", "withdrawn")}
"""Parts that a page has in another form: a source's page lists its statements, each with its anchor."""


def pages(site: Site) -> Iterator[Page]:
    """Yield a page for every thing that has one."""
    for kind, identifiers in things(site).items():
        for identifier in identifiers:
            yield thing_page(site, kind, identifier)


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
    made = {code: _Section(site, cells, kind, part) for code, part in parts.items()}
    label, leads = KINDS[kind]
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
            missing=made.pop("missing", None),
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
        crumbs=((leads, label),),
        scripts=("figure.js",),
        twins=(("text/turtle", f"{stem}.ttl"), ("application/ld+json", f"{stem}.jsonld")),
        json_ld=linked_data.head(site, kind, identifier),
    )


def parts_of(site: Site, kind: str, identifier: str) -> tuple[Part, ...]:
    """Return everything known of a thing as parts, the sources of what they cite at the end."""
    parts = only(BUILDERS[kind](site.mentions, identifier, site.asked_for))
    parts = tuple(part for part in parts if part.code not in NOT_ON_PAGE.get(kind, ()))
    cited = [key for part in parts for key in part.cited]
    sources = () if kind == "source" else only([sources_part(site.kg, cited)])
    return (*parts, *sources)


def _shown_here(site: Site, kind: str, identifier: str, parts: Iterable[Part]) -> Iterator[str]:
    """Yield the statements that a page shows: on that of a source its own, not what else speaks of its pairings."""
    if kind == "source":
        yield from (s.key for s in site.corpus.of_source(identifier) if s.withdrawn is None)
    else:
        yield from (key for part in parts for key in part.cited)


def _in_network(site: Site, kind: str, identifier: str, at: str) -> str:
    if kind not in IN_NETWORK:
        return ""
    drawn = {party for pairing in site.kg.derived.pairings.values() for party in pairing.parties}
    if kind in ("place", "organisation") and identifier not in drawn:
        return ""
    state = {"sel": f"{IN_NETWORK[kind]}:{identifier}", "y": site.as_of.text}
    return site.network(at, **state)


class _Section:
    """A part of a page as the template reads it."""

    def __init__(self, site: Site, cells: Cells, kind: str, part: Part) -> None:
        self.code = part.code
        self.title = bi(*HEADINGS[part.code])
        self.inferred = part.code in DERIVED
        self.derives = bool(INFERRED.intersection(part.columns))
        self.lines = [cells.line(line) for line in part.lines]
        self.count = len(part.rows)
        self.folded = len(part.rows) > MANY_ROWS
        self.table = cells.table(_without_ids(part)) if part.rows else Markup("")
        self.ask = ask(site, kind, part.code, cells.at)


def _without_ids(part: Part) -> Part:
    """Return a part without the id of a disagreement, which names nothing that its other columns do not say."""
    kept = [i for i, name in enumerate(part.columns) if name != "disagreement"]
    return replace(
        part,
        columns=tuple(part.columns[i] for i in kept),
        rows=tuple(tuple(row[i] for i in kept) for row in part.rows),
        repeated=tuple(name for name in part.repeated if name != "disagreement"),
    )
