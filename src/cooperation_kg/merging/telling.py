"""How is a merge told? What is new, what differs and what is proposed, line by line, in Chinese or English."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

from cooperation_kg.merging.identify import undecided
from cooperation_kg.merging.plan import MergePlan

KINDS = {
    "place": ("地区", "places"),
    "programme": ("项目框架", "programmes"),
    "pairing": ("结对名称", "named pairings"),
    "policy": ("政策文件", "policies"),
    "organisation": ("机构", "organisations"),
    "project": ("项目", "projects"),
    "event": ("事件", "events"),
    "source": ("来源", "sources"),
    "statement": ("陈述", "statements"),
    "judgement": ("判断", "judgements"),
    "coverage": ("笔记行", "rows of notes"),
}
_VERDICTS = {
    "accept": ("同一事物", "one thing"),
    "refuse": ("两个事物", "two things"),
    "undecided": ("未定", "undecided"),
}
_GRADES = {"certain": ("确定", "certain"), "likely": ("很可能", "likely"), "possible": ("可能", "possible")}
_STORIES = {
    "add": ("增", "add"),
    "differs": ("同名而不同，保留我方", "another of that name; ours stays"),
    "renamed": ("引用了改名的 id，请手工加入", "speaks of ids that are called otherwise; put it in by hand"),
}


def tell(plan: MergePlan, lang: str) -> Iterator[str]:
    """Yield every line: proposals, differences, completed fields, additions."""
    at = 1 if lang == "en" else 0
    for p in (proposal for proposal in plan.proposals if not proposal.asked_before):
        word, grade = _VERDICTS[p.verdict][at], _GRADES[p.grade][at]
        new = f" → {p.new_id}" if p.verdict == "refuse" and p.new_id else ""
        yield f"? {'/'.join(p.theirs)} = {'/'.join(p.ours)} [{grade}] {p.reason().in_language(lang)}: {word}{new}"
    both = ("都保留，对方的成为", "both stay, theirs as")[at]
    ours = ("保留我方", "ours stays")[at]
    empty = ("（空）", "(empty)")[at]
    for d in plan.differences:
        fate = f"{both} {d.stays}" if d.stays else ours
        yield f"≠ {'/'.join(d.ours)} {d.field}: {d.our_value or empty} ≠ {d.their_value or empty} ({fate})"
    for filling in plan.fillings:
        yield f"~ {'/'.join(filling.item.locator)}: {', '.join(filling.fields)}"
    for added in plan.additions:
        old = f" ← {added.item.id}" if added.id != added.item.id else ""
        name = f" {added.item.name}" if added.item.name else ""
        yield f"+ {added.item.kind}/{added.id}{old}{name}"
    for story in plan.stories:
        if story.verdict != "same":
            yield f"{'+' if story.verdict == 'add' else '≠'} {story.file}: {_STORIES[story.verdict][at]}"


def counts(plan: MergePlan, lang: str) -> Iterator[str]:
    """Yield how many of each kind are new, completed, the same; then how much differs and waits for a decision."""
    at = 1 if lang == "en" else 0
    new = Counter(addition.item.kind for addition in plan.additions)
    filled = Counter(filling.item.kind for filling in plan.fillings)
    for kind, words in KINDS.items():
        if new[kind] or filled[kind] or plan.same[kind]:
            yield _numbers(words[at], new[kind], filled[kind], plan.same[kind], at)
    waiting = len(list(undecided(plan.proposals)))
    records = len({d.theirs for d in plan.differences})
    if at:
        yield f"{records} records differ in {len(plan.differences)} fields; {waiting} proposals wait for a decision"
    else:
        yield f"{records} 条与我方不同，共 {len(plan.differences)} 栏；{waiting} 项待定"


def _numbers(word: str, new: int, filled: int, same: int, at: int) -> str:
    return (
        f"{word}: {new} new, {filled} completed, {same} the same"
        if at
        else f"{word}：新增 {new}，补全 {filled}，相同 {same}"
    )
