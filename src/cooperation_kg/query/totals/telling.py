"""The answer in words: what the sum is or why there is none, what can be said, every figure, and who says so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import partial

from cooperation_kg.query.document import Document, Section, sections, table
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.totals.figures import Figure
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.results import NOTHING, SINGLE, SUM, Group, MeasureTotal, Total
from cooperation_kg.query.totals.telling_years import tell_years
from cooperation_kg.query.totals.words import ROLES, Words

FIGURES_SHOWN = 40
CONTEXT_SHOWN = 8
MEASURES_IN_FULL = 6
REASONS_SHOWN = 12
EXAMPLES_SHOWN = 3
"""How many of these a reader is given: figures, figures of what contains the thing, measures that nobody named, reasons
in full, examples of a reason; how many more there are is said."""


def tell(total: Total, lang: str) -> Document:
    """Return a total as a document, in ``"zh"`` or ``"en"``."""
    words = Words(total.kg, total.asked.subject, lang)
    name = words.subject(total.asked.subject)
    title = words.pick(f"{name}：能否相加", f"{name}: what adds up")
    if _is_brief(total):
        return Document(title, tuple(_lead(total, words)), sections(_overview(total, words), _sources(total, words)))
    parts = [section for measure in total.measures for section in _measure(total, measure, words)]
    return Document(title, tuple(_lead(total, words)), (*sections(*parts), *sections(_sources(total, words))))


def _is_brief(total: Total) -> bool:
    return not total.named and len(total.measures) > MEASURES_IN_FULL


def _overview(total: Total, words: Words) -> Section:
    """Return a line a measure: nobody asked for one, and all in full would bury each."""
    rows = [
        (
            measure.measure,
            words.concept("measure", measure.measure),
            _verdict(total, measure, words),
            ", ".join(key for figure in _added(measure) for key in figure.keys),
        )
        for measure in total.measures
    ]
    columns = ["--measure", words.pick("指标", "measure"), words.pick("能否相加", "what adds up")]
    hint = words.pick(
        "每项的数字、原因和出处：加 --measure；或 --format json", "each in full: add --measure, or --format json"
    )
    return table(words.pick("各指标", "Measures"), [*columns, words.pick("陈述", "statements")], rows, hint)


def _added(measure: MeasureTotal) -> tuple[Figure, ...]:
    """Return the figures of a sum, or the single one; none where it is refused."""
    return measure.groups[0].figures if measure.status in (SUM, SINGLE) else ()


def _lead(total: Total, words: Words) -> Iterator[str]:
    yield from _asked(total, words)
    for measure in () if _is_brief(total) else total.measures:
        yield f"{words.concept('measure', measure.measure)}{words.pick('：', ': ')}{_verdict(total, measure, words)}"
    if len(total.measures) > 1:
        yield words.pick("各指标互不相加。", "Measures are never added to one another.")
    if total.not_added:
        listed = words.join(words.concept("measure", measure) for measure in total.not_added)
        yield words.pick(f"不可相加、故未列的指标：{listed}", f"Left out, for they are not additive: {listed}")
    if not total.measures:
        yield words.pick("没有可相加的数字。", "There is no figure that could be added.")


def _asked(total: Total, words: Words) -> list[str]:
    asked = total.asked
    parts = [f"--during {asked.during.text}"] if asked.during else []
    parts += [f"--stage {asked.stage}"] if asked.stage else []
    parts += ["--each-year"] if asked.each_year else []
    parts += [f"--as-of {asked.as_of.text}"] if asked.as_of else []
    return [words.pick(f"限定：{' '.join(parts)}", f"Asked with {' '.join(parts)}")] if parts else []


def _verdict(total: Total, measure: MeasureTotal, words: Words) -> str:
    if measure.status == NOTHING:
        return _nothing(total, measure, words)
    count = sum(len(group.figures) for group in measure.groups)
    if measure.status == SINGLE:
        alone = words.figure(only := measure.groups[0].figures[0]) + words.counts_only([only])
        return words.pick(f"只有一个数，无可相加：{alone}", f"one figure alone, nothing to add: {alone}")
    if measure.status == SUM and measure.added is not None:
        added, covered = words.added(measure.added), _covered(measure.groups[0], words)
        return words.pick(f"{added}（{count} 个数之和，{covered}）", f"{added} (the sum of {count} figures, {covered})")
    if len(measure.groups) == 1 and measure.groups[0].never is not None:
        return words.pick("不能相加（拒绝）：", "refused: ") + words.reason(measure.groups[0].never)
    pairs = sum(reason.b is not None for group in measure.groups for reason in group.reasons)
    parts = [words.pick(f"{count} 个数", f"{count} figures")]
    if (kinds := len(measure.groups)) > 1:
        parts.append(words.pick(f"分属互不相加的 {kinds} 类", f"of {kinds} kinds that are not added to each other"))
    if pairs:
        plural = "" if pairs == 1 else "s"
        parts.append(words.pick(f"{pairs} 对不可相加", f"{pairs} pair{plural} that may not be added"))
    return words.pick("不能相加（拒绝）：", "refused: ") + words.pick("，", ", ").join(parts)


def _covered(group: Group, words: Words) -> str:
    assert group.weighed is not None
    choice = group.weighed.choices[0]
    text = words.spans(choice.covered)
    text += words.pick("；未覆盖 ", "; not ") + words.spans(choice.gaps) if choice.gaps else ""
    text += words.counts_only(choice.figures)
    return text + (words.pick("；", "; ") + words.inside() if choice.is_of_the_inside else "")


def _nothing(total: Total, measure: MeasureTotal, words: Words) -> str:
    if measure.found.undated or measure.found.beyond or measure.found.other_stages or measure.found.superseded:
        return words.pick(
            "没有可计入的数；其余的列在下面", "no figure that could enter a sum; what there is stands below"
        )
    have = words.join(f"{notation} {words.concept('measure', notation)} ({n})" for notation, n in total.available)
    return words.pick(
        f"没有这一指标的数。有：{have or '无'}", f"no figure of this measure. There are: {have or 'none'}"
    )


def _measure(total: Total, measure: MeasureTotal, words: Words) -> Iterator[Section]:
    name = words.concept("measure", measure.measure)
    for group in measure.groups:
        kind = _kind(group, words) if len(measure.groups) > 1 else ""
        yield from _group(group, f"{name}{kind}", words)
    yield Section(
        words.pick(f"{name}：类与类之间不相加", f"{name}: kinds not added to each other"),
        _reasons(measure.between, words),
    )
    if total.by_year:
        yield from (tell_years(series, name, words) for series in measure.series)
    yield Section(
        words.pick(f"{name}：其他指标的数，绝不加入", f"{name}: other measures, never added in"),
        _reasons(measure.beside, words),
    )
    found = measure.found
    for zh, en, figures in (
        ("超出所问时段，不计入", "reaches beyond the period asked about, not added", found.beyond),
        ("未注明时间，不计入", "without a time, not added", found.undated),
        ("其他资金阶段，未计入", "other stages, left out as asked", found.other_stages),
    ):
        yield _listed(words.pick(f"{name}：{zh}", f"{name}: {en}"), figures, words)
    heading = words.pick(
        f"{name}：所在的更大范围，或期间只曾属于它（仅供参照）",
        f"{name}: of what contains it, or was in it for a part of the time (context only)",
    )
    yield _listed(heading, found.around, words, CONTEXT_SHOWN)
    yield Section(
        words.pick(f"{name}：已被取代，不计入", f"{name}: superseded, not added"),
        tuple(
            words.pick(f"{words.figure(f)} [{f.key}]，由 {by} 取代", f"{words.figure(f)} [{f.key}], superseded by {by}")
            for f, by in found.superseded
        ),
    )


def _kind(group: Group, words: Words) -> str:
    first = group.figures[0]
    parts = [words.concept("stage", first.stage), words.concept("nature", first.nature)]
    parts += [words.pick(*ROLES[first.role])] if first.role.startswith("as-") else []
    return words.pick(f"（{'，'.join(parts)}）", f" ({', '.join(parts)})")


def _group(group: Group, name: str, words: Words) -> Iterator[Section]:
    yield _listed(words.pick(f"{name}：各数", f"{name}: the figures"), group.figures, words)
    if group.status == SINGLE:
        yield _residuals(group, name, words)
        return
    yield Section(words.pick(f"{name}：为何不能全部相加", f"{name}: why not all"), _reasons(group.reasons, words))
    if group.weighed is not None and not group.weighed.all_add_up:
        yield Section(
            words.pick(f"{name}：最多可取的不重复组合（择一）", f"{name}: largest sets that may be added (choose one)"),
            tuple(_choices(group, words)),
        )
    elif group.weighed is not None:
        lines = tuple(words.choice(choice) for choice in group.weighed.choices[:1])
        yield Section(words.pick(f"{name}：和", f"{name}: the sum"), lines)
    yield _residuals(group, name, words)


def _choices(group: Group, words: Words) -> Iterator[str]:
    assert group.weighed is not None
    for number, choice in enumerate(group.weighed.choices, start=1):
        if choice.conditions:
            yield words.pick("只能带条件说：", "only with an “if”: ") + words.choice(choice)
            yield f"   {words.condition(choice)}"
        else:
            yield f"{number}. {words.choice(choice)}"
    if group.weighed.was_cut:
        yield words.pick(
            "组合太多，未全部看完：可能还有更大的。", "Too many sets to see them all: a larger one may exist."
        )


def _residuals(group: Group, name: str, words: Words) -> Section:
    lines = [words.residual(residual) for residual in group.residuals]
    heading = words.pick(f"{name}：可推出的（须带“若”）", f"{name}: what follows, with its “if”")
    return Section(heading, tuple(_shortened(lines, words)))


def _shortened(lines: Sequence[str], words: Words) -> Iterator[str]:
    yield from lines[:REASONS_SHOWN]
    if len(lines) > REASONS_SHOWN:
        yield _more(len(lines) - REASONS_SHOWN, words)


def _more(number: int, words: Words) -> str:
    return words.pick(f"… 另有 {number} 条：--format json", f"… {number} more: --format json")


def _by_code(reasons: Sequence[Reason]) -> Iterator[tuple[str, int, Sequence[Reason]]]:
    """Yield code, number of pairs, and the reasons that are shown: all of few, examples of many."""
    for code, number in Counter(reason.code for reason in reasons).most_common():
        of_code = [reason for reason in reasons if reason.code == code]
        yield code, number, of_code if len(reasons) <= REASONS_SHOWN else of_code[:EXAMPLES_SHOWN]


def _reasons(reasons: Sequence[Reason], words: Words) -> tuple[str, ...]:
    """Return reasons each with its code; many of one code as a count with examples."""
    if len(reasons) <= REASONS_SHOWN:
        return tuple(f"[{reason.code}] {words.reason(reason)}" for reason in reasons)
    lines: list[str] = []
    for code, number, shown in _by_code(reasons):
        examples = [words.reason(reason) for reason in shown]
        pairs = words.pick(f"{number} 对，例如：", f"{number} pair{'' if number == 1 else 's'}, such as:")
        lines += [f"[{code}] {pairs}", *(f"  {example}" for example in examples)]
    return tuple(lines)


def _listed(heading: str, figures: Sequence[Figure], words: Words, most: int = FIGURES_SHOWN) -> Section:
    columns = [
        words.pick("数", "value"),
        words.pick("时段", "period"),
        words.pick("对象", "subject"),
        words.pick("所计", "covers"),
        words.pick("阶段", "stage"),
        words.pick("陈述", "statement"),
    ]
    rows = [
        (
            words.value(figure),
            words.period(figure),
            words.subject(figure.subject),
            words.covers(figure),
            words.concept("stage", figure.stage),
            ", ".join(figure.keys),
        )
        for figure in figures[:most]
    ]
    more = (_more(len(figures) - most, words),) if len(figures) > most else ()
    return table(heading, columns, rows, *more)


def _sources(total: Total, words: Words) -> Section:
    named: Callable[[MeasureTotal], Iterable[Figure]] = (
        _added if _is_brief(total) else partial(_shown, by_year=total.by_year)
    )
    shown = [figure for measure in total.measures for figure in named(measure)]
    keys = list(dict.fromkeys(key for figure in shown for key in figure.keys))
    lines = tuple(
        f"{evidence.cited}{words.pick('，', ', ')}{evidence.grade}".rstrip("，, ")
        for evidence in evidence_of(total.kg, keys, words.lang)
    )
    return Section(words.pick("出处", "Sources"), lines)


def _shown(measure: MeasureTotal, *, by_year: bool) -> Iterator[Figure]:
    """Yield every figure that the answer names, whose source a reader can then look up."""
    found = measure.found
    for group in measure.groups:
        yield from group.figures[:FIGURES_SHOWN]
        for choice in group.weighed.choices if group.weighed else ():
            yield from choice.figures
        for residual in group.residuals[:REASONS_SHOWN]:
            yield from (residual.whole, residual.part)
    for figures in (found.beyond, found.undated, found.other_stages, found.around[:CONTEXT_SHOWN]):
        yield from figures[:FIGURES_SHOWN]
    yield from (figure for figure, _ in found.superseded)
    for series in measure.series if by_year else ():
        yield from (f for row in series.rows for f in (*row.exact, *row.within, *row.covering))
    for reasons in (measure.between, measure.beside, *(group.reasons for group in measure.groups)):
        for _, _, few in _by_code(reasons):
            yield from (figure for reason in few for figure in (reason.a, reason.b) if figure is not None)
