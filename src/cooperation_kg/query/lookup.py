"""What does a name mean? Things by id, by any of their names, by pinyin, by two short names, or as ``kind/id``.

`find_things` is exact. `find_named` also tries what people type, step by step, and `one_thing` is how a command
takes the one thing that a name means.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable
from difflib import get_close_matches

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.names import Found, all_names, fold, measure_names, name_of, scope_of_node
from cooperation_kg.query.ways import (
    after_its_container,
    between_two,
    by_beginning,
    by_identifier,
    by_initials,
    by_measure,
    by_pinyin,
    find_things,
    foremost_by_beginning,
    two_parties,
)

__all__ = [
    "LISTED",
    "Found",
    "find_named",
    "find_things",
    "fold",
    "listed",
    "name_of",
    "nearest_names",
    "one_thing",
    "scope_of_node",
    "two_parties",
]

LISTED = 20
"""How many candidates an error lists before it says how many more there are."""

# an error repeats no more of what was typed
_REPEATED = 60


def find_named(kg: KnowledgeGraph, text: str, kinds: Collection[str] = ()) -> list[Found]:
    """Return what ``text`` may mean, as people type it; the first of these steps that finds something answers.

    1. exactly, as `find_things`; then the id, IRI or prefixed name of anything in the graph (a statement
       ``bulletin.s001``, a scope, a term, a cell, a disagreement), and a measure by notation or label;
    2. pinyin in full, then its initials, without regard to case, spaces and hyphens (jingmeng, jm);
    3. a place after what contains it (北京市东城区, 湖北十堰郧阳);
    4. two names together: every pairing between the two (京藏, 北京—西藏, 北京和西藏);
    5. the beginning of a name (北京 for 北京市): of a place, programme or pairing, else of anything.

    Parameters
    ----------
    kinds: only things of these kinds (place, pairing, programme, measure …); all where empty.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> find_named(build_graph(load_corpus()), "jingmeng")
    [('pairing', 'east-west.beijing.inner-mongolia', '京蒙')]
    """
    steps: tuple[Callable[[KnowledgeGraph, str], list[Found]], ...] = (
        find_things,
        by_identifier,
        by_measure,
        by_pinyin,
        by_initials,
        after_its_container,
        between_two,
        foremost_by_beginning,
        by_beginning,
    )
    for step in steps:
        found = [thing for thing in step(kg, text) if not kinds or thing[0] in kinds]
        if found:
            return found
    return []


def one_thing(kg: KnowledgeGraph, text: str, kinds: Collection[str] = ()) -> Found:
    """Return the one thing that ``text`` means, as `find_named` finds it.

    Parameters
    ----------
    kinds: only things of these kinds (place, pairing, programme, measure …); all where empty.

    Raises BadParameter: where it may mean several things, with them; where nothing is called so, with the nearest.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> one_thing(build_graph(load_corpus()), "minning", ["pairing"])
    ('pairing', 'east-west.fujian.ningxia', '闽宁')
    """
    found = find_named(kg, text, kinds)
    if len(found) == 1:
        return found[0]
    typed = _repeated(text)
    if found:
        raise BadParameter(
            f"{typed} may mean {listed(found)}; give the id, e.g. {found[0][0]}/{found[0][1]} / 有多种可能，请写 id"
        )
    otherwise = find_named(kg, text) if kinds else []
    if otherwise:
        raise BadParameter(f"{typed} is no {' or '.join(kinds)} but {listed(otherwise)} / 所指不是所需的一类")
    if not kinds or "pairing" in kinds:
        for one, other in two_parties(kg, text)[:1]:
            raise BadParameter(
                f"no pairing between {one} and {other}; ckg explain {one} {other} says what is near / 无此结对"
            )
    raise BadParameter(f"nothing is called {typed} 没有这个名称; {_advice(kg, text, kinds)}")


def _repeated(text: str) -> str:
    return repr(text if len(text) <= _REPEATED else text[:_REPEATED] + "…")


def _advice(kg: KnowledgeGraph, text: str, kinds: Collection[str]) -> str:
    nearest = nearest_names(kg, text, kinds)
    if nearest:
        return f"did you mean 是否指 {listed(nearest)}?"
    if not fold(text):
        return "give a name, pinyin or id 请写名称、拼音或编号"
    if _may_be_traditional(text):
        return "names are in simplified characters 名称用简体字"
    return "ckg query find --param text=… looks for a part of a name 按名称的一部分查找"


def _may_be_traditional(text: str) -> bool:
    """Return whether a text has characters that mainland texts lack: GB 2312 holds the simplified set."""
    return any(c.isalpha() and not c.isascii() and not c.encode("gb2312", "ignore") for c in text)


def listed(found: Iterable[Found]) -> str:
    """Return things in one line, ``kind/id name``, at most LISTED of them with how many more there are.

    >>> listed([("place", "beijing", "北京市"), ("pairing", "p.a.b", "京乙")])
    'place/beijing 北京市; pairing/p.a.b 京乙'
    """
    things = [f"{kind}/{identifier} {name}".rstrip() for kind, identifier, name in found]
    more = len(things) - LISTED
    return "; ".join(things[:LISTED]) + (f"; … {more} more 另有{more}个" if more > 0 else "")


def nearest_names(kg: KnowledgeGraph, text: str, kinds: Collection[str] = (), most: int = 5) -> list[Found]:
    """Return the things whose names are the most like ``text``: those that hold it, then those spelt nearly so."""
    wanted = fold(text)
    by_name: dict[str, Found] = {}
    for kind, key, name, names in (*all_names(kg), *measure_names()):
        if not kinds or kind in kinds:
            for own in names:
                by_name.setdefault(own, (kind, key, name))
    holding = sorted((n for n in by_name if len(wanted) > 1 and wanted in n), key=lambda n: (len(n), n))
    alike = get_close_matches(wanted, by_name, n=most, cutoff=0.5)
    return list(dict.fromkeys(by_name[name] for name in (*holding[:most], *alike)))[:most]
