"""How are figures, spans, sums and reasons written, in Chinese and English?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Literal, cast

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.curate.quantities import Quantity, write_quantity
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.naming import JOINED, Namer
from cooperation_kg.query.totals.choices import Choice
from cooperation_kg.query.totals.figures import Figure, Span, Subject, are_whole_years
from cooperation_kg.query.totals.reasons import REASONS, Reason
from cooperation_kg.query.totals.residuals import Residual
from cooperation_kg.query.totals.sums import Added
from cooperation_kg.query.totals.verdicts import may_count_again, shared_days

KINDS = {"natures-differ": "nature", "stages-differ": "stage", "measures-differ": "measure"}
"""Reasons whose detail is two concepts of one list."""
ROLES = {
    "own": ("该地区自身", "the place itself"),
    "inside": ("该地区之内", "inside the place"),
    "as-supporter": ("作支援方", "as supporter"),
    "as-recipient": ("作受援方", "as recipient"),
    "as-party": ("方向未说明", "no direction said"),
}
"""What the subject of a figure is to the thing asked about."""
UNSAID = {"zh": "未说明", "en": "nothing said"}


class Words:
    """Writes in one language of one graph; ``asked`` is left out of the names of figures."""

    def __init__(self, kg: KnowledgeGraph, asked: Subject, lang: str) -> None:
        self.lang = lang
        self._kg = kg
        self._asked = asked
        self._namer = Namer(kg.corpus, kg.derived.pairings)

    def pick(self, zh: str, en: str) -> str:
        """Return the one in this language."""
        return zh if self.lang == "zh" else en

    def join(self, parts: Iterable[str]) -> str:
        """Return parts in one line."""
        return JOINED[self.lang].join(parts)

    def note(self, text: str, remark: str) -> str:
        """Return a text with a remark in brackets."""
        return self.pick(f"{text}（{remark}）", f"{text} ({remark})")

    def concept(self, scheme: str, notation: str) -> str:
        """Return the label of a concept."""
        return self._namer.concept(scheme, notation, self.lang)

    def subject(self, subject: Subject) -> str:
        """Return the name of what a figure is about."""
        kind, identifier = subject
        if kind != "scope":
            return self._namer.thing(kind, identifier, self.lang)
        node = self._kg.derived.scopes[identifier]
        everyone = self.pick("各方", "all")
        sides = [self._namer.parties(side, self.lang) or everyone for side in (node.supporters, node.recipients)]
        return f"{self.concept_of_programme(node.programme)}{self.pick('：', ': ')}{' → '.join(sides)}"

    def concept_of_programme(self, programme: str) -> str:
        """Return the name of a programme."""
        return self._namer.thing("programme", programme, self.lang)

    def party(self, party: str) -> str:
        """Return the name of a place or organisation."""
        return self._namer.party(party, self.lang)

    def span(self, span: Span) -> str:
        """Return days in words."""
        return span_in_words(span, self.lang)

    def spans(self, spans: Iterable[Span]) -> str:
        """Return several spans in one line."""
        return self.join(map(self.span, spans))

    def quantity(self, quantity: Quantity) -> str:
        """Return a quantity in words."""
        return write_quantity(quantity, cast(Literal["zh", "en"], self.lang))

    def added(self, added: Added) -> str:
        """Return a sum in words."""
        return added.text(self.lang)

    def value(self, figure: Figure) -> str:
        """Return the literal as printed, with what it was multiplied by."""
        if figure.nature == "each-year":
            return self.pick(f"每年{figure.literal}", f"{figure.literal} each year")
        if figure.times == 1:
            return figure.literal
        times = self.pick(f"每年，×{figure.times}年", f"each year × {figure.times} years")
        return f"{self.note(figure.literal, times)} = {self.quantity(figure.quantity)}"

    def period(self, figure: Figure) -> str:
        """Return the period in words."""
        return display(figure.period, self.lang) if figure.period else self.pick("未注明时间", "no time given")

    def figure(self, figure: Figure) -> str:
        """Return a figure as it is named in reasons and sums: 39.43亿元（2016年至2020年）."""
        subject = (self.subject(figure.subject),) if figure.subject != self._asked else ()
        return self.note(self.value(figure), self.pick("，", ", ").join((self.period(figure), *subject)))

    def covers(self, figure: Figure) -> str:
        """Return what narrows a figure: note, counted place, payer, payee, or that it is part of another."""
        statement = self._kg.corpus.statements[figure.key]
        label = getattr(statement, "scope_note", None)
        parts = [label.in_language(self.lang)] if label else []
        parts += [self.pick(f"{self.party(figure.place)}一方", self.party(figure.place))] if figure.place else []
        parts += (
            [self.pick(f"{self.party(figure.payer)}付", f"paid by {self.party(figure.payer)}")] if figure.payer else []
        )
        parts += (
            [self.pick(f"{self.party(figure.payee)}收", f"paid to {self.party(figure.payee)}")] if figure.payee else []
        )
        parts += [self.pick(f"其中，属 {figure.wholes[0]}", f"part of {figure.wholes[0]}")] if figure.wholes else []
        return self.pick("；", "; ").join(parts)

    def reason(self, reason: Reason) -> str:
        """Return a reason in words, both figures named."""
        a, b = reason.a, reason.b
        text = REASONS[reason.wording][self.lang].format(
            a=self.figure(a), b="" if b is None else self.figure(b), x=self._detail(reason)
        )
        if b is None or reason.code not in KINDS:
            return text
        for part, whole in ((a, b), (b, a)):
            if {*part.wholes}.intersection(whole.keys):
                said = (
                    f"；来源说 {part.literal} 是 {whole.literal} 的其中一部分",
                    f"; {part.literal} is part of {whole.literal}",
                )
                return text + self.pick(*said)
        days = shared_days(a, b)
        if days is None:
            return text
        return text + self.pick(f"；时段又都含{self.span(days)}", f"; and both periods hold {self.span(days)}")

    def _detail(self, reason: Reason) -> str:
        a, b = reason.a, reason.b
        if b is None:
            return self.concept("measure", a.measure) if reason.code == "measure-not-additive" else self.figure(a)
        if scheme := KINDS.get(reason.code):
            return " / ".join(self.concept(scheme, getattr(figure, scheme)) for figure in (a, b))
        match reason.code:
            case "may-recur":
                return self.concept("measure", a.measure)
            case "units-differ":
                return " / ".join(figure.quantity.unit or UNSAID[self.lang] for figure in (a, b))
            case "overlapping-periods":
                days = shared_days(a, b)
                return self.span(days) if days else ""
            case "roles-differ":
                return " / ".join(self.pick(*ROLES[figure.role]) for figure in (a, b))
            case "programmes-differ":
                return " / ".join(self._programme(figure) for figure in (a, b))
            case "scope-differs":
                return " / ".join(self._note(figure) for figure in (a, b))
            case "payers-differ":
                return " / ".join(self._paid(figure) for figure in (a, b))
            case _:
                return " / ".join(self._counted(figure) for figure in (a, b))

    def _programme(self, figure: Figure) -> str:
        kind, identifier = figure.subject
        if figure.action:
            return self.concept_of_programme(figure.action)
        if kind == "pairing":
            return self.concept_of_programme(self._kg.derived.pairings[identifier].programme)
        if kind == "scope":
            return self.concept_of_programme(self._kg.derived.scopes[identifier].programme)
        return self.subject(figure.subject)

    def _note(self, figure: Figure) -> str:
        if figure.is_unnamed_part:
            return self.pick(f"{figure.wholes[0]} 的一部分", f"part of {figure.wholes[0]}")
        statement = self._kg.corpus.statements[figure.key]
        label = getattr(statement, "scope_note", None)
        return label.in_language(self.lang) if label else UNSAID[self.lang]

    def _paid(self, figure: Figure) -> str:
        parties = [self.party(party) for party in (figure.payer, figure.payee) if party]
        return " → ".join(parties) or UNSAID[self.lang]

    def _counted(self, figure: Figure) -> str:
        name = self.subject(figure.subject)
        return self.note(name, self.party(figure.place)) if figure.place else name

    def choice(self, choice: Choice) -> str:
        """Return a choice as its sum, its terms, what it covers and what it leaves open."""
        terms = " + ".join(self.figure(figure) for figure in choice.figures)
        line = terms if len(choice.figures) == 1 else f"{self.added(choice.added)} = {terms}"
        if choice.figures[0].nature != "stock":
            line += self.pick(f"；覆盖 {self.spans(choice.covered)}", f"; covers {self.spans(choice.covered)}")
        if choice.gaps:
            line += self.pick(f"，未覆盖 {self.spans(choice.gaps)}", f", not {self.spans(choice.gaps)}")
        line += "" if choice.conditions else self.counts_only(choice.figures)
        return line + (f"{self.pick('；', '; ')}{self.inside()}" if choice.is_of_the_inside else "")

    def counts_only(self, figures: Iterable[Figure]) -> str:
        """Return what narrows figures, to stand behind their sum; empty where nothing does."""
        said = self.join(dict.fromkeys(covers for figure in figures if (covers := self.covers(figure))))
        return self.pick(f"；所计：{said}", f"; counts: {said}") if said else ""

    def inside(self) -> str:
        """Return the warning beside what was added from inside the thing asked about."""
        return self.pick(
            "只是其内所见各数，没有来源说已是全部", "only what is told inside it; no source says that this is all"
        )

    def condition(self, choice: Choice) -> str:
        """Return the "if" under which a choice holds: that all count one kind of thing, and nobody twice."""
        codes = {reason.code for reason in choice.conditions}
        parts = []
        if codes & {"scope-differs", "payers-differ"}:
            said = [
                f"{self.value(f)}{self.pick('：', ': ')}{self.covers(f) or UNSAID[self.lang]}" for f in choice.figures
            ]
            zh = f"若各数计的是同类（所计范围、付款方写法不一：{'；'.join(said)}）"
            en = "if all count the same kind, though they say differently what they cover or who pays"
            en = f"{en} ({'; '.join(said)})"
            parts.append(self.pick(zh, en))
        if "programmes-differ" in codes:
            named = " / ".join(dict.fromkeys(self._programme(figure) for figure in choice.figures))
            parts.append(self.pick(f"若所称的是同一机制（{named}）", f"if these name one programme ({named})"))
        if may_count_again(choice.figures[0]):
            parts.append(self.pick("若没有人或单位被计两次", "if no people or units are counted in two of them"))
        return self.pick("；", "; ").join(parts)

    def residual(self, residual: Residual) -> str:
        """Return what follows from two figures, with its "if"."""
        whole, part, rest = self.figure(residual.whole), self.figure(residual.part), self.spans(residual.rest)
        if residual.whole.note != residual.part.note:
            part = self.note(part, self._note(residual.part))
        if residual.quantity is None:
            return self.pick(
                f"{part} 大于时段更长的 {whole}：不可能说的是同一件事；见 ckg conflicts",
                f"{part} exceeds {whole}, whose period holds it: both cannot be true of the same thing; "
                f"see ckg conflicts",
            )
        left = self.quantity(residual.quantity)
        if residual.is_change:
            verb = self.pick("减少" if residual.is_fall else "增加", "fell by" if residual.is_fall else "grew by")
            return self.pick(
                f"若 {part} 与 {whole} 计的是同一件事，则其间（{rest}）{verb} {left}",
                f"if {part} and {whole} count the same thing, it {verb} {left} between them ({rest})",
            )
        return self.pick(
            f"若 {part} 与 {whole} 计的是同一件事、且前者在后者之内，则其余时段（{rest}）为 {left}",
            f"if {part} and {whole} count the same thing and the first is inside the second, "
            f"then the rest ({rest}) is {left}",
        )


def span_in_words(span: Span, lang: str) -> str:
    """Return days in words, no more precise than they need be: whole years, whole months, else days.

    >>> from datetime import date
    >>> span_in_words((date(2016, 1, 1), date(2016, 12, 31)), "zh")
    '2016年'
    >>> span_in_words((date(2013, 1, 1), date(2014, 8, 31)), "en")
    'January 2013 – August 2014'
    """
    first, last = span
    is_months = first.day == 1 and (last + timedelta(days=1)).day == 1
    length = 4 if are_whole_years(span) else 7 if is_months else 10
    ends = dict.fromkeys(day.isoformat()[:length] for day in span)
    return display(parse_when("/".join(ends)), lang)
