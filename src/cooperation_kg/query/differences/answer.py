"""How is a difference read? Lines for review, one statement after the other, and the same as plain data."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from cooperation_kg.query.differences.compare import STATEMENT_CLASSES, Change, Changed, Grouped
from cooperation_kg.query.differences.snapshot import Snapshot
from cooperation_kg.query.differences.words import property_words, value_words
from cooperation_kg.query.document import Document, Section, sections
from cooperation_kg.query.evidence import Evidence

# (group, class) → heading; the order is that of the answer
HEADINGS: Mapping[tuple[str, str], tuple[str, str]] = {
    ("statement", "removed"): ("编号消失而未写明撤回的陈述", "Statements whose id is gone without being withdrawn"),
    ("statement", "withdrawn"): ("撤回的陈述", "Withdrawn statements"),
    ("statement", "reinstated"): ("恢复的陈述", "Reinstated statements"),
    ("statement", "corrected"): ("订正的陈述（所说有变）", "Corrected statements (what they say changed)"),
    ("statement", "reconfirmed"): (
        "再次确认的陈述（只是读法或所见之时有变）",
        "Re-confirmed statements (only how they were read, or when seen at work, changed)",
    ),
    ("statement", "added"): ("新增的陈述", "Added statements"),
    ("source", "removed"): ("不再列出的来源", "Sources removed"),
    ("source", "changed"): ("著录有变的来源", "Sources changed"),
    ("source", "added"): ("新增的来源", "Sources added"),
    ("judgement", "removed"): ("不再列出的判断", "Judgements removed"),
    ("judgement", "changed"): ("有变的判断", "Judgements changed"),
    ("judgement", "added"): ("新增的判断", "Judgements added"),
    ("pairing", "removed"): ("由此消失的结对", "Pairings gone, as a consequence"),
    ("pairing", "changed"): ("由此改变的结对", "Pairings changed, as a consequence"),
    ("pairing", "added"): ("由此新增的结对", "Pairings new, as a consequence"),
    ("disagreement", "removed"): ("消除的分歧", "Disagreements closed"),
    ("disagreement", "changed"): ("有变的分歧", "Disagreements changed"),
    ("disagreement", "added"): ("新出现的分歧", "Disagreements opened"),
    ("register", "removed"): ("名录中删去的", "Register entries removed"),
    ("register", "changed"): ("名录中有变的", "Register entries changed"),
    ("register", "added"): ("名录中新增的", "Register entries added"),
}
CLASS_WORDS: Mapping[str, tuple[str, str]] = {
    "removed": ("编号消失", "ids gone"),
    "withdrawn": ("撤回", "withdrawn"),
    "reinstated": ("恢复", "reinstated"),
    "corrected": ("订正", "corrected"),
    "reconfirmed": ("再次确认", "re-confirmed"),
    "added": ("新增", "added"),
}


@dataclass(frozen=True)
class Differences:
    """What changed from state ``a`` to state ``b``; fulfils ``Answer``.

    ``found`` has what changed by group (statement, source, judgement, register, pairing, disagreement) and class.
    """

    a: Snapshot
    b: Snapshot
    found: Grouped

    @property
    def is_empty(self) -> bool:
        """Whether nothing changed."""
        return not any(listed for classes in self.found.values() for listed in classes.values())

    @cached_property
    def counts(self) -> Mapping[str, Mapping[str, int]]:
        """How many changed, by group and class."""
        return {group: {name: len(listed) for name, listed in found.items()} for group, found in self.found.items()}

    def statements(self, name: str) -> tuple[Changed, ...]:
        """Return the statements of one of STATEMENT_CLASSES."""
        return self.found["statement"][name]

    def evidence(self, identifier: str, lang: str) -> Evidence:
        """Return a statement as evidence: as it stands in ``b``; as it stood in ``a`` where it no longer says it."""
        key = f"statement/{identifier.removeprefix('statement/')}"
        stands = "withdrawn" not in self.b.groups["statement"].get(key, {"withdrawn": ()})
        return _evidence(self.b if stands or key not in self.a.groups["statement"] else self.a, key, lang)

    def document(self, lang: str) -> Document:
        """Return the differences to be reviewed, in ``"zh"`` or ``"en"``; nothing is left out."""
        title = f"差异：{self.a.name} → {self.b.name}" if lang == "zh" else f"Changes: {self.a.name} → {self.b.name}"
        return Document(title, tuple(self._lead(lang)), sections(*self._sections(lang)))

    def as_json(self) -> dict[str, Any]:
        """Return the differences as plain data: by group and class, each with id, labels, old and new values."""
        return {
            "a": _side_json(self.a),
            "b": _side_json(self.b),
            "counts": {group: dict(found) for group, found in self.counts.items()},
            **{
                f"{group}s": {name: [self._changed_json(group, c) for c in listed] for name, listed in found.items()}
                for group, found in self.found.items()
            },
        }

    def _lead(self, lang: str) -> Iterator[str]:
        index = 0 if lang == "zh" else 1
        if self.is_empty:
            yield ("两者所说相同。", "Both say the same.")[index]
        else:
            counts = self.counts["statement"]
            said = [f"{CLASS_WORDS[name][index]} {counts[name]}" for name in STATEMENT_CLASSES if counts[name]]
            none = ("没有陈述改变。", "No statement changed.")[index]
            yield ("陈述：", "Statements: ")[index] + ("，", ", ")[index].join(said) if said else none
        if self.statements("removed"):
            yield (
                "注意：陈述的编号会被引用，不得消失；请恢复该陈述并写明 withdrawn（撤回理由）。",
                "Warning: ids are cited and must be kept; put the statement back with withdrawn and the reason.",
            )[index]
        if self.a.base != self.b.base:
            yield (
                f"两者的基址不同（{self.a.base}、{self.b.base}），按编号比较。",
                f"The bases differ ({self.a.base}, {self.b.base}): compared by id.",
            )[index]

    def _sections(self, lang: str) -> Iterator[Section]:
        for (group, name), words in HEADINGS.items():
            listed = self.found[group][name]
            lines = [line for changed in listed for line in self._lines(group, name, changed, lang)]
            yield Section(f"{words[0 if lang == 'zh' else 1]} ({len(listed)})", tuple(lines))

    def _lines(self, group: str, name: str, changed: Changed, lang: str) -> Iterator[str]:
        side = self.a if name == "removed" else self.b
        if group == "statement":
            evidence = self.evidence(changed.id, lang)
            yield f"{evidence.statement}  {evidence.says}".rstrip()
            yield from self._change_lines(changed.changes, lang)
            if changed.now:
                now = changed.now.removeprefix("statement/")
                yield f"↳ 同样的内容现编为 {now}" if lang == "zh" else f"↳ the same now stands as {now}"
            yield f"↳ {evidence.cited}"
        else:
            yield f"{changed.id}  {_label(side, group, changed.id, lang)}".rstrip()
            yield from self._change_lines(changed.changes, lang)

    def _change_lines(self, changes: Iterable[Change], lang: str) -> Iterator[str]:
        for change in changes:
            old = value_words(change.property, change.old, self.a, lang)
            new = value_words(change.property, change.new, self.b, lang)
            yield f"↳ {property_words(change.property, lang)}{'：' if lang == 'zh' else ': '}{old} → {new}"

    def _changed_json(self, group: str, changed: Changed) -> dict[str, Any]:
        side = self.b if changed.id in self.b.groups[group] else self.a
        row: dict[str, Any] = {"id": changed.id.removeprefix("statement/") if group == "statement" else changed.id}
        if group == "statement":
            row |= {
                "says_zh": self.evidence(changed.id, "zh").says,
                "evidence": self.evidence(changed.id, "en").as_json(),
            }
        else:
            row |= {f"label_{lang}": _label(side, group, changed.id, lang) for lang in ("zh", "en")}
        if changed.changes:
            row["changes"] = [{"property": c.property, "old": list(c.old), "new": list(c.new)} for c in changed.changes]
        return row | ({"now": changed.now.removeprefix("statement/")} if changed.now else {})


def _side_json(side: Snapshot) -> dict[str, str]:
    return {"name": side.name, "base": side.base, **({"revision": side.revision} if side.revision else {})}


def _evidence(side: Snapshot, key: str, lang: str) -> Evidence:
    """Return what ``evidence_of`` does, from the graph alone: a build has no records."""
    said = side.groups["statement"][key]
    identifier = key.partition("/")[2]
    source = identifier.rpartition(".")[0]
    of_source = side.groups["source"].get(f"source/{source}", {})

    def one(of: Mapping[str, tuple[str, ...]], *names: str) -> str:
        return next((of[name][0] for name in names if of.get(name)), "")

    def words(of: Mapping[str, tuple[str, ...]], name: str) -> str:
        return value_words(name, of[name], side, lang) if name in of else ""

    return Evidence(
        statement=identifier,
        kind=_kind(one(said, "kind")),
        says=side.label(key, lang),
        as_written=one(said, "asWritten", "asNoted"),
        source=source,
        title=side.label(f"source/{source}", lang),
        publisher=one(of_source, "dcterms:publisher", "container"),
        date=one(of_source, "date"),
        locator=one(said, "locator"),
        grade=words(of_source, "grade"),
        reached_by=words(said, "reachedBy"),
        directness=words(said, "directness"),
        origin=one(said, "origin"),
        address=one(of_source, "schema:sameAs", "schema:url"),
    )


def _kind(class_name: str) -> str:
    """Return the kind as curators write it: PolicyEffectStatement is policy-effect."""
    return re.sub(r"(?<!^)(?=[A-Z])", "-", class_name.removesuffix("Statement")).lower()


def _label(side: Snapshot, group: str, identifier: str, lang: str) -> str:
    """Return what a node is called; a judgement by its reason, a disagreement by what it is about."""
    properties = side.groups[group].get(identifier, {})
    if group == "judgement":
        said = properties.get(f"dcterms:description@{lang}") or properties.get("dcterms:description@zh", ())
        return " ".join(said)
    if group == "disagreement":
        return value_words("evidence", properties.get("evidence", ()), side, lang)
    return side.label(identifier, lang)
