"""The coverage as sections to be read: by programme, by measure, by year, and what stands in no year."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping
from typing import TYPE_CHECKING

from cooperation_kg.query.document import Section, table
from cooperation_kg.query.report.coverage import Covered
from cooperation_kg.query.report.matrix import matrix_sections
from cooperation_kg.query.report.names import Names
from cooperation_kg.query.report.rows import searches_of
from cooperation_kg.query.report.words import pick, word, words

if TYPE_CHECKING:
    from cooperation_kg.query.report.record import Report

MOST_MEASURES = 15


def coverage_sections(report: Report, lang: str) -> list[Section | None]:
    """Return the coverage to be read; the matrix is shown where something was asked about by name."""
    heading = word("coverage", lang)
    matrices = matrix_sections(report, lang) if report.asked.is_narrowed else ()
    return [
        Section(heading, tuple(_how_to_read(report, lang))),
        *matrices,
        _by_programme(report, lang),
        _by_measure(report, lang),
        _by_year(report, lang) if not report.asked.is_narrowed else None,
        _elsewhere(report, lang),
        _searches(report, lang),
    ]


def _how_to_read(report: Report, lang: str) -> Iterable[str]:
    states = Counter(row.state for row in report.coverage.rows)
    silent, certain = _silence(report)
    money, whole = _of_year_alone(report)
    what_zh, what_en = ("所问指标的数", "one") if report.asked.measures else ("资金数", "an amount of money")
    any_zh, any_en = (
        ("没有所问指标的数字", "figure asked for") if report.asked.measures else ("全无数字", "figure at all")
    )
    counted = pick("，", ", ", lang).join(f"{word(state, lang)} {n}" for state, n in sorted(states.items()))
    yield pick(
        f"结对×年×指标：{counted or '无'}。其余各指标无人说，也无人查过。",
        f"Pairing × year × measure: {counted or 'none'}. "
        "Of everything else nobody says anything, and nobody is known to have searched.",
        lang,
    )
    yield pick(
        f"{silent} 个结对·年{any_zh}，其中 {certain} 个确定在运作；{money} 个有当年的{what_zh}，"
        f"其中 {whole} 个不限于一部分或某一口径。",
        f"{silent} pairing-years have no {any_en}; in {certain} of them the pairing is certain. {money} have {what_en} "
        f"of that year alone; in {whole} of them one is not limited to a part, a side or a scope of its own.",
        lang,
    )
    yield pick(
        "只算说到该结对本身的数字：说整个机制或几个结对合计的数字，不能说成其中一个的。",
        "Only figures about the pairing itself count: one about a programme, or several pairings together, "
        "says nothing of a single one.",
        lang,
    )


def _silence(report: Report) -> tuple[str, int]:
    """Return in how many years there is no figure, with the share, and how many of these are certain."""
    silent = report.coverage.silent
    certain = sum(row.status == "certain" for row in silent)
    return _share(len(silent), report.coverage.pairing_years), certain


def _of_year_alone(report: Report) -> tuple[str, int]:
    """Return how many years have a figure of their own, with the share, and how many of these one without a scope."""
    rows = report.coverage.rows
    heard = _heard(rows, _of_interest(report))
    found = {key for key, best in heard.items() if best == "year"}
    whole = _heard((row for row in rows if not row.scoped), _of_interest(report))
    unlimited = sum(whole.get(key) == "year" for key in found)
    return _share(len(found), report.coverage.pairing_years), unlimited


def _heard(rows: Iterable[Covered], measures: Collection[str]) -> Mapping[tuple[str, int], str]:
    """Return for each pairing and year the best that is known: year, span or planned."""
    best: dict[tuple[str, int], str] = {}
    order = ("year", "span", "planned-only")
    for row in rows:
        if row.measure in measures and row.state in ("stated", "conflicting", "planned-only"):
            known = row.state if row.state == "planned-only" else row.extent or "span"
            key = row.pairing, row.year
            best[key] = min(best.get(key, known), known, key=order.index)
    return best


def _of_interest(report: Report) -> Collection[str]:
    return set(report.asked.measures) or report.asked.money


def _share(part: int, whole: int) -> str:
    """Return a number with its share; a share of some is never shown as none, nor one of most as all."""
    if not whole:
        return str(part)
    percent = (200 * part + whole) // (2 * whole)
    shown = "<1" if part and not percent else ">99" if part < whole and percent == 100 else str(percent)
    return f"{part} ({shown}%)"


def _counts(report: Report, keys: Collection[tuple[str, int]], heard: Mapping[tuple[str, int], str]) -> list[str]:
    known = Counter(heard.get(key, "") for key in keys)
    silent = {(row.pairing, row.year) for row in report.coverage.silent}.intersection(keys)
    certain = sum(year in report.coverage.certain[slug] for slug, year in keys)
    return [
        str(len(keys)),
        str(certain),
        _share(known["year"], len(keys)),
        _share(known["span"], len(keys)),
        _share(known["planned-only"], len(keys)),
        _share(len(silent), len(keys)),
    ]


def _count_columns(report: Report, lang: str) -> tuple[str, ...]:
    head = word("asked" if report.asked.measures else "money", lang)
    known = (f"{head}{pick('：', ': ', lang)}{word(code, lang)}" for code in ("year", "span", "planned-only"))
    return (*words(("pairing-years", "certain"), lang), *known, word("silent", lang))


def _by_programme(report: Report, lang: str) -> Section:
    keys: dict[str, set[tuple[str, int]]] = defaultdict(set)
    pairings: Counter[str] = Counter()
    for slug, pairing in report.asked.pairings.items():
        pairings[pairing.programme] += 1
        keys[pairing.programme].update((slug, year) for year in report.coverage.years[slug])
    heard, names = _heard(report.coverage.rows, _of_interest(report)), Names(report.kg)
    rows = [
        (names.of("programme", programme, lang), str(n), *_counts(report, keys[programme], heard))
        for programme, n in pairings.most_common()
    ]
    columns = (word("programme", lang), word("pairings", lang), *_count_columns(report, lang))
    return table(pick("按机制", "By programme", lang), columns, rows)


def _by_measure(report: Report, lang: str) -> Section:
    pairings: dict[str, set[str]] = defaultdict(set)
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    for row in report.coverage.rows:
        pairings[row.measure].add(row.pairing)
        counts[row.measure][row.extent if row.state == "stated" else row.state] += 1
    states = ("year", "span", "planned-only", "conflicting", "searched")
    names = Names(report.kg)
    order = sorted(pairings, key=lambda measure: (-len(pairings[measure]), measure))
    rows = [
        (names.measure(m, lang), str(len(pairings[m])), *(str(counts[m][state]) for state in states))
        for m in order[:MOST_MEASURES]
    ]
    columns = (word("measure", lang), word("pairings", lang), *words(states, lang))
    left = len(order) - len(rows)
    more = (pick(f"另有 {left} 个指标", f"… {left} more measures", lang),) if left > 0 else ()
    return table(pick("按指标（结对·年的数目）", "By measure (numbers of pairing-years)", lang), columns, rows, *more)


def _by_year(report: Report, lang: str) -> Section:
    keys: dict[int, set[tuple[str, int]]] = defaultdict(set)
    for slug, years in report.coverage.years.items():
        for year in years:
            keys[year].add((slug, year))
    heard = _heard(report.coverage.rows, _of_interest(report))
    rows = [(str(year), *_counts(report, keys[year], heard)) for year in sorted(keys)]
    return table(pick("按年", "By year", lang), (word("years", lang), *_count_columns(report, lang)), rows)


def _elsewhere(report: Report, lang: str) -> Section:
    found = Counter(why for _, why in report.coverage.elsewhere)
    rows = [(word(why, lang), str(n)) for why, n in found.most_common()]
    heading = pick("不属任何一年的数字", "Figures that are of no single year of the table", lang)
    return table(heading, (word("why", lang), word("count", lang)), rows)


def _searches(report: Report, lang: str) -> Section:
    found = searches_of(report)
    rows = [(one["judgement"], one[f"what_{lang}"], one["where"], one["date"]) for one in found]
    heading = pick("查过未得的", "Searched for, and not found", lang)
    about = sum(one["about_figures"] for one in found)
    line = pick(
        f"其中 {about} 次查的是各结对的数字，计入上面的“查过未得”。",
        f"{about} of them were for figures of pairings, and count as searched above.",
        lang,
    )
    return table(heading, words(("id", "what", "where", "searched-on"), lang), rows, *((line,) if rows else ()))
