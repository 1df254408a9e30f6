"""How are conflicts read: each with its sides, who says so and how far apart; and the same as plain data."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from cooperation_kg.curate.dates import display, parse_when
from cooperation_kg.curate.statements import FigureStatement, Scope
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.comparing import Distance
from cooperation_kg.graph.derive.results import Cell
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.conflicts.results import Conflict, Side, Subject
from cooperation_kg.query.conflicts.words import (
    CLASSES,
    DISTANCES,
    FURTHER_KINDS,
    JUDGED,
    MARKS,
    WHYS,
)
from cooperation_kg.query.document import Document, Section, table
from cooperation_kg.query.evidence import evidence_of
from cooperation_kg.query.lookup import Found

# zh, en
JUDGED_COLUMN = ("判断", "judged")
COLUMNS = (("说法", "it says"), JUDGED_COLUMN, ("等级", "grade"), ("源头", "origin"), ("出处", "source"))


@dataclass(frozen=True)
class Conflicts:
    """Where sources differ; fulfils ``Answer``.

    ``found`` is every conflict that fits the question, in order; ``classes`` those that are listed. ``thing``,
    ``kind``, ``measure`` and ``as_of`` are what was asked.
    """

    kg: KnowledgeGraph = field(repr=False)
    found: tuple[Conflict, ...]
    classes: tuple[str, ...]
    thing: Found | None = None
    kind: str | None = None
    measure: str | None = None
    as_of: AsOf | None = None

    @property
    def listed(self) -> tuple[Conflict, ...]:
        """The conflicts of the classes asked for."""
        return tuple(conflict for conflict in self.found if conflict.name in self.classes)

    @property
    def counts(self) -> dict[str, int]:
        """How many there are of every class, listed or not."""
        return {name: sum(conflict.name == name for conflict in self.found) for name in CLASSES}

    def what(self, conflict: Conflict, lang: str) -> str:
        """Return what a conflict is about, in one line: subject, then measure and period, or the kind of date."""
        return _Teller(self.kg, lang).what(conflict)

    def document(self, lang: str) -> Document:
        """Return the conflicts to be read, in ``"zh"`` or ``"en"``."""
        teller = _Teller(self.kg, lang)
        return Document(self._title(teller), tuple(self._lead(teller)), tuple(self._sections(teller)))

    def as_json(self) -> dict[str, Any]:
        """Return the conflicts as plain data; every number is text."""
        teller = _Teller(self.kg, "zh")
        return {
            "asked": {
                "about": f"{self.thing[0]}/{self.thing[1]}" if self.thing else None,
                "kind": self.kind,
                "measure": self.measure,
                "as_of": self.as_of.text if self.as_of else None,
                "classes": list(self.classes),
            },
            "counts": self.counts,
            "conflicts": [teller.as_json(conflict) for conflict in self.listed],
        }

    def _title(self, teller: _Teller) -> str:
        parts = [self.thing[2] if teller.lang == "zh" else teller.name(self.thing[:2])] if self.thing else []
        parts += [teller.concept("measure", self.measure)] if self.measure else []
        parts += [self.as_of.words(teller.lang)] if self.as_of else []
        title = teller.pick(("说法不一之处", "Where sources differ"))
        return title + (teller.pick(("：", ": ")) + teller.pick(("，", ", ")).join(parts) if parts else "")

    def _lead(self, teller: _Teller) -> Iterator[str]:
        counted = [f"{teller.pick(CLASSES[name][0])} {number}" for name, number in self.counts.items()]
        yield teller.pick(("，", ", ")).join(counted) + teller.pick(("。", "."))
        hidden = sum(self.counts[name] for name in CLASSES if name not in self.classes)
        if hidden:
            yield teller.pick((f"另有 {hidden} 项未列：加 --all。", f"{hidden} more are not listed: add --all."))

    def _sections(self, teller: _Teller) -> Iterator[Section]:
        for name in self.classes:
            listed = [conflict for conflict in self.listed if conflict.name == name]
            if listed:
                title, meaning = (teller.pick(words) for words in CLASSES[name])
                yield Section(f"{title} ({len(listed)})", (meaning,))
            yield from map(teller.section, listed)


class _Teller:
    """Says things in one language."""

    def __init__(self, kg: KnowledgeGraph, lang: str) -> None:
        self.kg, self.lang = kg, lang
        self.namer = Namer(kg.corpus, kg.derived.pairings)

    def pick(self, words: tuple[str, ...]) -> str:
        return words[0 if self.lang == "zh" else 1]

    def concept(self, scheme: str, notation: str) -> str:
        return self.namer.concept(scheme, notation, self.lang)

    def name(self, thing: Subject) -> str:
        """Return the name of a thing; what has none goes by its id."""
        kind, identifier = thing
        if kind == "scope":
            node = self.kg.derived.scopes[identifier]
            spoken = Scope(
                programme=node.programme, supporter=node.supporters or None, recipient=node.recipients or None
            )
            return self.namer.scope(spoken, self.lang)
        if kind in ("cell", "disagreement", "statement"):
            return identifier
        name = self.namer.thing(kind, identifier, self.lang)
        return self.pick((f"《{name}》", name)) if kind == "policy" else name

    def what(self, conflict: Conflict) -> str:
        comma = self.pick(("，", ", "))
        parts = [self.name(conflict.about) + self.pick(("：", ": ")) + self._aspect(conflict)]
        if conflict.cell and conflict.kind != "period":
            parts.append(display(parse_when(self.kg.derived.cells[conflict.cell].period), self.lang))
        if figure := self._figure(conflict):
            parts += [self.concept("nature", figure.nature), self.concept("stage", figure.stage)]
        if conflict.term:
            parts.append(self.pick((f"第{conflict.term}轮", f"term {conflict.term}")))
        parts += [self.pick(conflict.scope)] if any(conflict.scope) else []
        return comma.join(parts)

    def _figure(self, conflict: Conflict) -> Cell | FigureStatement | None:
        """Return what tells nature, stage and counted place: the cell, or of a part that statement."""
        if conflict.cell:
            return self.kg.derived.cells[conflict.cell]
        first = self.kg.corpus.statements[conflict.statements[0]]
        return first if conflict.measure and isinstance(first, FigureStatement) else None

    def _aspect(self, conflict: Conflict) -> str:
        """Return what of the thing is in question: a measure, the start, the date of an act, the supporter."""
        figure = self._figure(conflict)
        if conflict.measure and figure:
            counted = self.namer.party(figure.place, self.lang) if figure.place else ""
            place = self.pick((f"（{counted}）", f" ({counted})")) if counted else ""
            return self.concept("measure", conflict.measure) + place
        if conflict.programme:
            programme = self.name(("programme", conflict.programme))
            return self.pick((f"{programme}的支援方", f"supporters in {programme}"))
        if conflict.kind in FURTHER_KINDS:
            return self.pick(FURTHER_KINDS[conflict.kind])
        kind = self.concept("disagreement-kind", conflict.kind)
        act = self.concept("act", conflict.act) if conflict.act else ""
        return self.pick((f"{act}{kind}", f"{kind} ({act})")) if act else kind

    def section(self, conflict: Conflict) -> Section:
        is_judged = any(side.preferred or side.set_aside for side in conflict.sides)
        rows: list[tuple[str, ...]] = []
        for side in conflict.sides:
            shown = self.shown(conflict, side)
            for cited in evidence_of(self.kg, side.statements, self.lang):
                mark = (self.pick(MARKS[side.mark_of(cited.statement)]),) if is_judged else ()
                rows.append((shown, *mark, cited.grade, cited.origin, cited.cited))
        columns = [self.pick(names) for names in COLUMNS if is_judged or names is not JUDGED_COLUMN]
        return table(self.what(conflict), columns, rows, *self._lines(conflict))

    def shown(self, conflict: Conflict, side: Side) -> str:
        """Return what a side says: a literal, a date, a policy, who supports whom; with its scope or period."""
        said = side.shown
        if conflict.kind == "basis":
            found = self.kg.corpus.find(("policy", "event"), said)
            said = self.name(found) if found else said
        elif conflict.kind == "direction":
            said = " → ".join(self.namer.party(party, self.lang) for party in said.split(" → "))
        elif conflict.kind == "partner":
            said = self.namer.party(said, self.lang)
        elif conflict.kind in ("start", "end", "date"):
            said = display(parse_when(said), self.lang)
        detail = self.pick(side.detail)
        return said + self.pick((f"（{detail}）", f" ({detail})")) if detail else said

    def distance(self, distance: Distance) -> str:
        if distance.unit == "%":
            return distance.shown
        zh, many, one = DISTANCES[distance.unit]
        return f"{distance.shown}{self.pick((zh, one if distance.amount == 1 else many))}"

    def _lines(self, conflict: Conflict) -> Iterator[str]:
        parts = [self.pick((f"{len(conflict.origins)} 个独立源头", _origins(len(conflict.origins))))]
        if conflict.distance and conflict.distance.amount:
            apart = self.distance(conflict.distance)
            parts.append(self.pick((f"相差 {apart}", f"{apart} apart")))
        elif conflict.kind in ("value", "part") and conflict.distance is None and conflict.name != "scope-differs":
            parts.append(self.pick(("从零算起，没有百分比", "from zero, so no percentage")))
        parts += [self.pick(WHYS[why]) for why in conflict.whys]
        yield self.pick(("；", "; ")).join(parts)
        for identifier in conflict.judgements:
            judgement = self.kg.corpus.judgements[identifier]
            kind = self.pick(JUDGED[judgement.kind])
            said = f"{judgement.by}, {judgement.date.text}, {identifier}"
            yield f"{kind} ({said}){self.pick(('：', ': '))}{judgement.reason.in_language(self.lang)}"

    def as_json(self, conflict: Conflict) -> dict[str, Any]:
        kind, identifier = conflict.about
        figure = self._figure(conflict)
        names = ("measure", "period", "nature", "stage", "place")
        counted = {n: getattr(figure, n) for n in names if getattr(figure, n)} if figure else {}
        if conflict.kind in ("part", "period"):  # the sides have each their own
            counted.pop("period", None)
        plain = {
            "class": conflict.name,
            "kind": conflict.kind,
            "slug": conflict.slug,
            "about": {"kind": kind, "id": identifier, "name": self.name(conflict.about)},
            "cell": conflict.cell,
            **counted,
            "act": conflict.act,
            "term": str(conflict.term) if conflict.term else None,
            "scope_note": conflict.scope[0] or None,
            "programme": conflict.programme,
            "distance": _distance_json(conflict.distance),
            "why": list(conflict.whys) or None,
            "origins": list(conflict.origins),
            "judgements": [self._judgement_json(identifier) for identifier in conflict.judgements] or None,
            "sides": [self._side_json(conflict, side) for side in conflict.sides],
        }
        return {name: value for name, value in plain.items() if value is not None}

    def _side_json(self, conflict: Conflict, side: Side) -> dict[str, Any]:
        cited = evidence_of(self.kg, side.statements, self.lang)
        plain = {
            "shown": side.shown,
            "name": said if (said := self.shown(conflict, side)) != side.shown else None,
            "mark": side.mark or None,
            "set_aside": list(side.set_aside) or None,
            "statements": [one.as_json() for one in cited],
        }
        return {name: value for name, value in plain.items() if value is not None}

    def _judgement_json(self, identifier: str) -> dict[str, Any]:
        judgement = self.kg.corpus.judgements[identifier]
        reason = {"zh": judgement.reason.zh, "en": judgement.reason.in_language("en")}
        plain = {
            "id": identifier,
            "kind": judgement.kind,
            "prefers": judgement.prefers,
            "by": judgement.by,
            "date": judgement.date.text,
            "reason": reason,
        }
        return {name: value for name, value in plain.items() if value is not None}


def _origins(count: int) -> str:
    return f"{count} independent origin{'' if count == 1 else 's'}"


def _distance_json(distance: Distance | None) -> dict[str, str] | None:
    return None if distance is None else {"amount": format(distance.amount, "f"), "unit": distance.unit}
