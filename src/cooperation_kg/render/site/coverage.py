"""What has been read, and what is missing? Programme by programme and decade by decade, and what would settle it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from markupsafe import Markup

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.statements import Statement
from cooperation_kg.curate.told import TIMES
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.report import Report, report
from cooperation_kg.query.report.words import WORDS
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.caveats import caveats
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page

PATH = "coverage.html"
NO_TIME = -1
"""The decade of what tells no time."""
MOST_LEADS = 40
_STEPS = (0.0, 0.1, 0.25, 0.5)
Key = tuple[str, int]
"""(programme, first year of a decade)."""


@dataclass(frozen=True)
class Cell:
    """A cell of a matrix: what it says, how dark it is (``h0`` … ``h4``, ``none`` where nothing can be said)."""

    text: Markup
    shade: str


def coverage_page(site: Site) -> Page:
    """Return ``coverage.html``."""
    found = report(site.kg)
    body = (
        environment()
        .get_template("site/coverage.html.j2")
        .render(
            site=site,
            bi=bi,
            path=PATH,
            found=found,
            read=list(_how_read(site)),
            columns=_columns(found),
            told=_told(site, found),
            silent=_silent(site, found),
            leads=list(_leads(site, found)),
            more_leads=max(0, len(found.leads) - MOST_LEADS),
            searched=list(_searched(site)),
            thin=_thin(site, found),
            notes=_notes(site),
            left_out=list(_left_out(site)),
            caveats=list(caveats(site, PATH)),
        )
    )
    return Page(PATH, Both("覆盖与须知", "Coverage and caveats"), Markup(body))


def _how_read(site: Site) -> Iterator[tuple[Markup, list[tuple[Markup, int]]]]:
    """Yield the ways in which sources were read, with their numbers: extent, way, grade."""
    ontology, sources = load_ontology(), site.corpus.sources.values()
    for scheme, values in (
        ("read-extent", [s.read for s in sources]),
        ("reached-by", [s.reached_by for s in sources]),
        ("source-grade", [s.grade for s in sources if s.grade]),
    ):
        counts = Counter(values)
        rows = [
            (concept_link(site, scheme, notation, PATH), counts[notation])
            for notation in ontology.concepts[scheme]
            if counts[notation]
        ]
        yield bi(ontology.schemes[scheme].zh, ontology.schemes[scheme].en), rows


def concept_link(site: Site, scheme: str, notation: str, at: str) -> Markup:
    """Return what a concept is called, as a link to where it is defined."""
    concept = load_ontology().concepts[scheme][notation]
    href = site.href(f"terms.html#{scheme}-{notation}", at)
    return Markup('<a href="{}">{}</a>').format(href, bi(concept.zh, concept.en))


def _order(found: Report) -> list[str]:
    """Return the programmes that have pairings, the largest first."""
    counts = Counter(p.programme for p in found.asked.pairings.values())
    return [name for name, _ in sorted(counts.items(), key=lambda item: (-item[1], item[0]))]


def _columns(found: Report) -> list[int]:
    years = {year for held in found.coverage.years.values() for year in held}
    return sorted({year // 10 * 10 for year in years})


def _told(site: Site, found: Report) -> list[tuple[Markup, list[Cell]]]:
    """Return by programme and decade how many statements tell of it, and from how many sources."""
    statements: dict[Key, set[str]] = defaultdict(set)
    sources: dict[Key, set[str]] = defaultdict(set)
    for statement, programme in _of_programmes(site):
        for decade in _decades(statement):
            statements[programme, decade].add(statement.key)
            sources[programme, decade].add(statement.source)
    columns = [*_columns(found), NO_TIME]
    programmes = [*_order(found), *sorted({p for p, _ in statements} - set(_order(found)))]
    most = max((len(s) for s in sources.values()), default=1)
    return [
        (site.link("programme", programme, PATH), [_count(sources, statements, (programme, d), most) for d in columns])
        for programme in programmes
    ]


def _count(sources: Mapping[Key, set[str]], statements: Mapping[Key, set[str]], key: Key, most: int) -> Cell:
    if key not in statements:
        return Cell(bi("没有", "none"), "none")
    read, said = len(sources[key]), len(statements[key])
    text = Markup('<b>{}</b> <span class="of">{}</span>').format(read, bi(f"{said}条", f"{said} st."))
    return Cell(text, _shade((read / most) ** 0.5))


def _of_programmes(site: Site) -> Iterator[tuple[Statement, str]]:
    """Yield every statement that stands with each programme (family) that it tells of."""
    corpus, pairings = site.corpus, site.kg.derived.pairings
    mentions = site.mentions.always
    proven: dict[str, set[str]] = defaultdict(set)
    for pairing in pairings.values():
        for key in pairing.evidence:
            proven[key].add(pairing.programme)
    for statement in mentions.standing:
        families = set(proven.get(statement.key, ()))
        named = getattr(statement, "programme", None)
        subject = mentions.subject(statement)
        if isinstance(named, str) and named in corpus.programmes:
            families.add(corpus.programmes[named].family_id)
        if subject is not None and subject[0] == "pairing" and subject[1] in pairings:
            families.add(pairings[subject[1]].programme)
        if subject is not None and subject[0] == "programme":
            families.add(corpus.programmes[subject[1]].family_id)
        if subject is not None and subject[0] == "scope":
            families.add(corpus.programmes[site.kg.derived.scopes[subject[1]].programme].family_id)
        yield from ((statement, family) for family in sorted(families))


def _decades(statement: Statement) -> set[int]:
    """Return the decades that a statement's times touch."""
    told = [when for name in TIMES if isinstance(when := getattr(statement, name, None), When)]
    return {year // 10 * 10 for when in told for year in when.years()} or {NO_TIME}


def _silent(site: Site, found: Report) -> list[tuple[Markup, list[Cell]]]:
    """Return by programme and decade in how many years of pairings some figure is told, of how many."""
    held: Counter[Key] = Counter()
    quiet: Counter[Key] = Counter()
    for slug, years in found.coverage.years.items():
        programme = found.asked.pairings[slug].programme
        held.update((programme, year // 10 * 10) for year in years)
    for row in found.coverage.silent:
        quiet[found.asked.pairings[row.pairing].programme, row.year // 10 * 10] += 1
    return [
        (
            site.link("programme", programme, PATH),
            [_share(held[programme, d], quiet[programme, d]) for d in _columns(found)],
        )
        for programme in _order(found)
    ]


def _share(held: int, quiet: int) -> Cell:
    if not held:
        return Cell(bi("没有结对", "no pairing"), "none")
    heard = held - quiet
    text = Markup('<b>{}</b> <span class="of">/ {}</span>').format(heard, held)
    return Cell(text, _shade(heard / held))


def _shade(share: float) -> str:
    """Return how dark a share is: h0 for none, then four steps."""
    return f"h{sum(share > step for step in _STEPS)}"


def _leads(site: Site, found: Report) -> Iterator[tuple[str, Markup, Markup, str]]:
    """Yield rank, what is looked for, what would settle it, and the score, of the first leads."""
    for row in found.records("next")[:MOST_LEADS]:
        kind = row["kind"] if row["kind"] != "wanted" else "judgement"
        name = bi(row["name_zh"], row["name_en"])
        shown = site.link(kind, row["id"], PATH, name) if kind in ("judgement", "pairing") else name
        settles = bi(row["settles_zh"], row["settles_en"])
        yield str(row["rank"]), shown, settles, str(row["score"] or "")


def _searched(site: Site) -> Iterator[tuple[Markup, Markup, str]]:
    """Yield what somebody searched for and did not find, where, and when."""
    for judgement in site.corpus.judgements.values():
        if judgement.kind == "searched" and judgement.what:
            what = bi(judgement.what.in_language("zh"), judgement.what.in_language("en"))
            where = bi(str(judgement.where or ""), str(judgement.where or ""))
            yield site.link("judgement", judgement.id, PATH, what), where, judgement.date.text


def _thin(site: Site, found: Report) -> list[tuple[Markup, list[Markup]]]:
    """Return by reason the sources and entries that say little."""
    by_reason: dict[str, list[Markup]] = defaultdict(list)
    for thin in found.thin:
        by_reason[thin.reason].append(site.link(thin.kind, thin.id, PATH))
    return [(bi(*WORDS[reason]), links) for reason, links in by_reason.items()]


def _notes(site: Site) -> list[tuple[Markup, int]]:
    """Return what became of the rows of the working notes, in numbers."""
    rows = site.corpus.coverage.values()
    entered = [r for r in rows if r.statements]
    whole = sum(not r.left_out and not r.wanted for r in entered)
    counted = (
        (bi("录入为陈述", "entered as statements"), whole),
        (bi("部分录入", "entered in part"), len(entered) - whole),
        (bi("未录入，写明理由", "left out, with the reason"), sum(bool(r.left_out) and not r.statements for r in rows)),
        (bi("待查证", "still wanted"), sum(not r.statements and not r.left_out for r in rows)),
    )
    return list(counted)


def _left_out(site: Site) -> Iterator[tuple[str, Markup, Markup]]:
    """Yield the rows of which something was left out: id, statements entered, reason."""
    for row in site.corpus.coverage.values():
        if row.left_out:
            links = statement_links(site, row.statements)
            yield row.id, links, bi(row.left_out.in_language("zh"), row.left_out.in_language("en"))


def statement_links(site: Site, keys: Iterable[str]) -> Markup:
    """Return statements as links to where they stand on the pages of their sources."""
    return Markup(", ").join(
        Markup('<a href="{}">{}</a>').format(site.href(site.address("statement", key) or "", PATH), key) for key in keys
    )
