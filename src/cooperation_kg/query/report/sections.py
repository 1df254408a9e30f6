"""The parts of the report as sections to be read: summaries first, long lists shortened and saying so."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.query.document import Document, Row, Section, sections, table
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.report.coverage_text import coverage_sections
from cooperation_kg.query.report.names import Names, settles
from cooperation_kg.query.report.rows import factor_text
from cooperation_kg.query.report.standing import FRESHNESS, SingleSource
from cooperation_kg.query.report.thin import REASONS
from cooperation_kg.query.report.words import pick, word, words

if TYPE_CHECKING:
    from cooperation_kg.query.report.leads import Lead
    from cooperation_kg.query.report.record import Report

LONGEST = 30
"""The rows of a list that is shortened to be read; CSV and JSON have them all."""
AGES = ((0, 0), (1, 2), (3, 5), (6, 10), (11, 999))
"""Steps of the years since a pairing was last confirmed."""


def document_of(report: Report, lang: str) -> Document:
    """Return the whole report; ``lang`` is zh or en."""
    parts = [section for part in report.parts for section in _PARTS[part](report, lang)]
    return Document(_title(report, lang), tuple(_lead(report, lang)), sections(*parts))


def shortened(rows: Sequence[Row], part: str, lang: str, most: int = LONGEST) -> tuple[Sequence[Row], tuple[str, ...]]:
    """Return the first rows, and a line that says how many are left out and where they are."""
    left = len(rows) - most
    if left <= 0:
        return rows, ()
    command = f"--part {part} -f csv"
    line = pick(f"另有 {left} 行：同一命令加 {command}", f"… {left} more: the same command with {command}", lang)
    return rows[:most], (line,)


def _title(report: Report, lang: str) -> str:
    things = [found for found in (report.asked.about, report.asked.programme) if found is not None]
    names = Names(report.kg)
    named = pick("、", ", ", lang).join(names.of(kind, key, lang) for kind, key, _ in things)
    head = pick("记录缺什么", "What the record lacks", lang)
    return f"{head}{pick('：', ': ', lang)}{named}" if named else head


def _lead(report: Report, lang: str) -> Iterable[str]:
    asked, coverage = report.asked, report.coverage
    horizon = report.kg.corpus.dataset.horizon
    pairings = "1 pairing" if len(asked.pairings) == 1 else f"{len(asked.pairings)} pairings"
    yield pick(
        f"{len(asked.pairings)} 个结对，{coverage.pairing_years} 个“结对·年”"
        f"（确定在运作 {coverage.certain_years}，其余只是可能）；"
        f"数据截至{horizon}年。",
        f"{pairings}, {coverage.pairing_years} pairing-years "
        f"({coverage.certain_years} certain, the others only possible); "
        f"the data cover the time to {horizon}.",
        lang,
    )
    if asked.measures:
        names = Names(report.kg)
        labels = pick("、", ", ", lang).join(names.measure(measure, lang) for measure in asked.measures)
        yield pick(f"只看：{labels}。", f"Only: {labels}.", lang)
    if asked.years:
        shown = "–".join(str(year) for year in dict.fromkeys(asked.years))
        yield pick(f"覆盖只看{shown}年。", f"Coverage of {shown} only.", lang)
    if asked.as_of:
        yield pick(f"只看{asked.as_of.words(lang)}的结对。", f"Only pairings {asked.as_of.words(lang)}.", lang)


def _freshness(report: Report, lang: str) -> list[Section | None]:
    names = Names(report.kg)
    rows = [
        (
            names.of("pairing", fresh.pairing, lang),
            names.of("programme", report.asked.pairings[fresh.pairing].programme, lang),
            word(fresh.state, lang),
            fresh.last_confirmed.isoformat() if fresh.last_confirmed else "",
            "" if fresh.years_since is None else str(fresh.years_since),
            _cited(report, fresh.statements, lang),
        )
        for fresh in report.freshness
        if fresh.state != "ended"
    ]
    shown, more = shortened(rows, "freshness", lang)
    columns = words(("name", "programme", "state", "last", "since", "says"), lang)
    heading = pick("最需要新来源的结对", "Pairings most in need of a newer source", lang)
    return [_ages(report, lang), table(heading, columns, shown, *more)]


def _ages(report: Report, lang: str) -> Section:
    """Return how many pairings of each state were last confirmed how long before the horizon."""
    counts: dict[str, Counter[tuple[int, int] | None]] = defaultdict(Counter)
    for fresh in report.freshness:
        counts[fresh.state][next((step for step in AGES if _is_in(fresh.years_since, step)), None)] += 1
    steps = [f"{a}" if a == b else f"{a}–{b}" if b < 999 else f"≥ {a}" for a, b in AGES]
    rows = [
        (word(state, lang), str(counts[state].total()), *(str(counts[state][step]) for step in AGES))
        for state in reversed(FRESHNESS)
        if counts[state]
    ]
    line = pick(
        f"“距今年数”是最近一次确认的年份到{report.kg.corpus.dataset.horizon}年的年数。",
        f"Years since the last confirmation, counted to {report.kg.corpus.dataset.horizon}.",
        lang,
    )
    columns = (word("state", lang), word("pairings", lang), *steps)
    return table(word("freshness", lang), columns, rows, line)


def _is_in(years: int | None, step: tuple[int, int]) -> bool:
    return years is not None and step[0] <= years <= step[1]


def _single(report: Report, lang: str) -> list[Section | None]:
    weak = [fact for fact in report.single if fact.weak]
    kinds = Counter((fact.kind, bool(fact.weak)) for fact in report.single)
    totals = {"pairing": len(report.asked.pairings)}
    lines = [
        pick(
            f"{word(kind, lang)}：{kinds[kind, True] + kinds[kind, False]} 个只凭一个源头"
            f"{f'（共 {totals[kind]} 个）' if kind in totals else ''}，其中 {kinds[kind, True]} 个源头较弱",
            f"{kinds[kind, True] + kinds[kind, False]}{f' of {totals[kind]}' if kind in totals else ''} "
            f"{'pairings' if kind == 'pairing' else 'figures'} rest on one origin; "
            f"of {kinds[kind, True]} of them it is weak",
            lang,
        )
        for kind in ("pairing", "cell")
    ]
    lines.append(
        pick(
            "“较弱”：所见各件都是未署名转载或非正式，或只见译文、摘要。转载同一源头的算一家。",
            "Weak: every document at hand is unattributed or informal, or only a translation or an abstract was read. "
            "Reprints of one origin are one voice.",
            lang,
        )
    )
    names = Names(report.kg)
    shown, more = shortened([_weak_row(report, fact, names, lang) for fact in weak], "single", lang)
    columns = words(("kind", "name", "measure", "period", "why", "says"), lang)
    return [
        Section(word("single", lang), tuple(lines)),
        table(pick("源头较弱的", "Those whose one origin is weak", lang), columns, shown, *more),
    ]


def _weak_row(report: Report, fact: SingleSource, names: Names, lang: str) -> Row:
    return (
        word(fact.kind, lang),
        names.of(*fact.subject, lang),
        names.measure(fact.measure, lang) if fact.measure else "",
        display(parse_when(fact.period), lang) if fact.period else "",
        pick("、", ", ", lang).join(words(fact.weak, lang)),
        _cited(report, fact.statements, lang),
    )


def _thin(report: Report, lang: str) -> list[Section | None]:
    names = Names(report.kg)
    counts = Counter((thin.reason, thin.kind) for thin in report.thin)
    totals = [
        (word(reason, lang), word(kind, lang), str(n)) for (reason, kind), n in sorted(counts.items(), key=_order)
    ]
    rows = [
        (word(thin.reason, lang), word(thin.kind, lang), thin.id, names.of(thin.kind, thin.id, lang))
        for thin in report.thin
        if thin.reason not in ("no-number", "only-contains-others")
    ]
    shown, more = shortened(rows, "thin", lang)
    line = pick("全部数据，不随所问范围。", "Of the whole dataset, whatever is asked about.", lang)
    return [
        table(word("thin", lang), words(("why", "kind", "count"), lang), totals, line),
        table("", words(("why", "kind", "id", "name"), lang), shown, *more),
    ]


def _order(item: tuple[tuple[str, str], int]) -> tuple[int, str]:
    return REASONS.index(item[0][0]), item[0][1]


def _next(report: Report, lang: str) -> list[Section | None]:
    ranked = list(enumerate(report.leads, start=1))
    names = Names(report.kg)
    wanted = [_lead_row(report, rank, lead, names, lang) for rank, lead in ranked if lead.kind == "wanted"]
    gaps = [_lead_row(report, rank, lead, names, lang) for rank, lead in ranked if lead.kind != "wanted"]
    shown, more = shortened(wanted, "next", lang)
    first = pick("有线索、指名待查的排在最前。", "What is wanted by name comes first: there is a lead.", lang)
    short, further = shortened(gaps, "next", lang)
    unscored = [_unscored(row) for row in shown]
    heading = pick("其后，按得分", "Then, by score", lang)
    return [
        table(word("next", lang), words(("rank", "name", "settles"), lang), unscored, first, *more)
        if unscored
        else None,
        table(
            heading,
            words(("rank", "kind", "name", "score", "why", "settles", "says"), lang),
            short,
            *_score_explained(lang),
            *further,
            *_wanted_elsewhere(report, len(wanted), lang),
        ),
    ]


def _wanted_elsewhere(report: Report, shown: int, lang: str) -> tuple[str, ...]:
    left = sum(1 for _ in judgements_of(report.kg.corpus, "wanted")) - shown
    line = pick(
        f"另有 {left} 条待查的没有写明关于所问的什么，见不指名的报告。",
        f"{left} more wanted judgements do not say that they are about what is asked: see the report on everything.",
        lang,
    )
    return (line,) if left else ()


def _unscored(row: Row) -> Row:
    return row[0], row[2], row[5]


def _lead_row(report: Report, rank: int, lead: Lead, names: Names, lang: str) -> Row:
    factors = " × ".join(f"{word(name, lang)} {factor_text(factor)}" for name, factor in lead.factors)
    score = "" if lead.score is None else str(lead.score)
    name, programme = names.lead(lead, lang), names.programme_of(*lead.subject)
    if lead.kind == "pairing" and programme:
        name = pick("{}（{}）", "{} ({})", lang).format(name, names.of("programme", programme, lang))
    cited = _cited(report, lead.statements, lang)
    return str(rank), word(lead.kind, lang), name, score, factors, settles(names, lead, lang), cited


def _score_explained(lang: str) -> tuple[str, ...]:
    return (
        pick(
            "结对的得分 = 层级（省对省 4，较低一方为市州或片区 2，其余 1）× 无数（1 + 2 × 确定年份中没有资金数的占比；"
            "问了指标就看所问指标）"
            "× 久未确认（1 + 距今年数 ÷ 5，最多 3；无时间 3，只知某段时间 2，已结束或 20 年以上未见 1）"
            "× 源头（一个弱源头 2，一个源头 1.5，多个 1）。",
            "Score of a pairing = level (4 between provinces, 2 where the lower party is a prefecture or an area, "
            "else 1) × silence (1 + 2 × the share of its certain years without an amount of money, "
            "or without a measure asked for) "
            "× age (1 + years since confirmed ÷ 5, at most 3; undated 3, some time within a span 2, "
            "ended or unseen for more than 20 years 1) "
            "× source (one weak origin 2, one origin 1.5, several 1).",
            lang,
        ),
        pick(
            "未决的说法不一 = 层级（机制、政策按 4）× 12（数字）或 × 6（日期、依据、方向）。权重是选择，不是测量。",
            "An open disagreement = level (a programme or policy counts as 4) × 12 on a figure, × 6 on anything else. "
            "The weights are a choice, not a measurement.",
            lang,
        ),
    )


def _cited(report: Report, keys: Sequence[str], lang: str) -> str:
    """Return the first document behind a row, and how many more statements there are."""
    if not keys:
        return ""
    first = evidence_of(report.kg, keys[:1], lang)[0].cited
    return first if len(keys) == 1 else f"{first} + {len(keys) - 1}"


_PARTS = {"coverage": coverage_sections, "freshness": _freshness, "single": _single, "thin": _thin, "next": _next}
