"""Does every id, name and notation lead to something, and to something of the right kind?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from difflib import get_close_matches

from cooperation_kg.curate.rules.world import Reference, World
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.errors import Issue

# kind of thing → its name in messages (en, zh)
KINDS: dict[str, tuple[str, str]] = {
    "place": ("place", "地区"),
    "programme": ("programme", "协作机制"),
    "pairing": ("named pairing", "有名称的结对"),
    "policy": ("policy", "政策文件"),
    "organisation": ("organisation", "机构"),
    "project": ("project", "项目"),
    "event": ("event", "事件"),
    "source": ("source", "来源"),
    "statement": ("statement", "陈述"),
}
_OWN_RULE = frozenset({"sibling", "statement", "judgement"})


def check_things(world: World) -> Iterator[Issue]:
    """E201, E202: an id that means nothing, or something of another kind."""
    for reference in world.references:
        if world.meanings[reference.kinds, reference.text] or not _OWN_RULE.isdisjoint(reference.kinds):
            continue
        if not any(world.was_left_out(kind, reference.text) for kind in reference.kinds):
            yield _wrong_kind(world, reference) or _unknown(world, reference)


def check_judged(world: World) -> Iterator[Issue]:
    """E309: a judgement, or a row of the coverage, about a statement or judgement that does not exist."""
    for reference in world.references:
        if reference.kinds == ("judgement",):
            yield from _no_judgement(world, reference)
        if reference.kinds != ("statement",) or reference.text in world.corpus.statements:
            continue
        if not world.was_left_out("statement", reference.text):
            en, zh = _suggestion(reference.text, {key: (key,) for key in world.corpus.statements})
            yield world.issue(
                reference.owner,
                reference.path,
                "E309",
                f'no statement "{reference.text}"; {en or "write <source>.<id>"}',
                f"没有陈述“{reference.text}”；{zh or '请写 <来源>.<id>'}",
            )


def _no_judgement(world: World, reference: Reference) -> Iterator[Issue]:
    unread = any(file == "judgements.yaml" for file, _ in world.corpus.unread)
    if reference.text not in world.corpus.judgements and not unread:
        en, zh = _suggestion(reference.text, {key: (key,) for key in world.corpus.judgements})
        yield world.issue(
            reference.owner,
            reference.path,
            "E309",
            f'no judgement "{reference.text}"; {en or "add it to judgements.yaml"}',
            f"没有判断“{reference.text}”；{zh or '请在 judgements.yaml 中补上'}",
        )


def check_siblings(world: World) -> Iterator[Issue]:
    """E206: ``part_of`` and ``revises`` point to a figure of the same source."""
    for reference in world.references:
        if reference.kinds != ("sibling",):
            continue
        source = world.corpus.statements[reference.owner[1]].source
        target = world.corpus.statements.get(f"{source}.{reference.text}")
        if isinstance(target, FigureStatement) or world.was_left_out("sibling", reference.text, source):
            continue
        figures = {s.id: (s.id,) for s in world.corpus.of_source(source) if isinstance(s, FigureStatement)}
        en, zh = ("it is not a figure", "它不是数字陈述") if target else _suggestion(reference.text, figures)
        yield world.issue(
            reference.owner,
            reference.path,
            "E206",
            f'"{reference.text}" is no figure of this source; {en or "write the id of one"}',
            f"“{reference.text}”不是本来源的数字陈述；{zh or '请写数字陈述的 id'}",
        )


def check_concepts(world: World) -> Iterator[Issue]:
    """E203: a notation that its scheme does not have."""
    for owner, path, scheme, text in world.notations:
        known = world.ontology.concepts.get(scheme, {})
        if text not in known:
            en, zh = _suggestion(text, {key: (key, term.zh, term.en) for key, term in known.items()})
            listed = ", ".join(list(known)[:12])
            yield world.issue(
                owner,
                path,
                "E203",
                f'no {scheme} "{text}"; {en or f"known: {listed}"}',
                f"{scheme} 中没有“{text}”；{zh or f'可用：{listed}'}",
            )


def with_article(noun: str) -> str:
    """Return an English noun with a or an.

    >>> with_article("event")
    'an event'
    """
    return f"an {noun}" if noun[0] in "aeiou" else f"a {noun}"


def _wrong_kind(world: World, reference: Reference) -> Issue | None:
    found = world.corpus.find(KINDS, reference.text)
    if found is None:
        return None
    is_en, is_zh = KINDS[found[0]]
    need_en = " or ".join(with_article(KINDS[kind][0]) for kind in reference.kinds)
    need_zh = _any_of(reference.kinds)[1]
    return world.issue(
        reference.owner,
        reference.path,
        "E202",
        f'"{reference.text}" is {with_article(is_en)}; here {need_en} is needed',
        f"“{reference.text}”是{is_zh}；此处须为{need_zh}",
    )


def _unknown(world: World, reference: Reference) -> Issue:
    need_en, need_zh = _any_of(reference.kinds)
    en, zh = _suggestion(reference.text, _known_names(world, reference.kinds))
    return world.issue(
        reference.owner,
        reference.path,
        "E201",
        f'no {need_en} "{reference.text}"; {en or "add it to its register, or correct the id"}',
        f"没有{need_zh}“{reference.text}”；{zh or '请在登记表中补上，或改正 id'}",
    )


def _any_of(kinds: Iterable[str]) -> tuple[str, str]:
    """Return the kinds in words; more than three are simply things."""
    names = [KINDS[kind] for kind in kinds]
    if len(names) > 3:
        return "registered thing", "已登记的事物"
    return " or ".join(en for en, _ in names), "或".join(zh for _, zh in names)


def _known_names(world: World, kinds: Iterable[str]) -> dict[str, tuple[str, ...]]:
    """Return id → everything it is called, for what a reference may mean."""
    corpus = world.corpus
    known: dict[str, tuple[str, ...]] = {}
    for kind in kinds:
        known |= {key: (key, *entry.names()) for key, entry in corpus.registers.get(kind, {}).items()}
        if kind == "place":
            known |= {key: (key, place.name.zh) for key, place in corpus.anonymous.items()}
        if kind == "source":
            known |= {key: (key, *([s.title.zh] if s.title else [])) for key, s in corpus.sources.items()}
    return known


def _suggestion(text: str, known: Mapping[str, tuple[str, ...]]) -> tuple[str, str]:
    """Return "did you mean" in both languages for a thing called so, else nearly so; empty where none is."""
    ids = {name: key for key, names in reversed(list(known.items())) for name in names if name}
    near = [text] if text in ids else get_close_matches(text, list(ids), n=1, cutoff=0.6)
    if not near:
        return "", ""
    return f'did you mean "{ids[near[0]]}"?', f"是否想写“{ids[near[0]]}”？"
