"""What does a name mean? Things by id, by any of their names, by pinyin, by two short names, or as ``kind/id``.

`find_things` is exact. `find_named` also tries what people type, step by step, and `one_thing` is how a command
takes the one thing that a name means.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Collection, Iterable, Iterator
from difflib import get_close_matches
from functools import lru_cache

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.statements import Scope
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import ScopeNode
from cooperation_kg.graph.naming import Namer
from cooperation_kg.graph.vocabulary import CONCEPT, HOME, THING_KINDS
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.search_keys import initials, spellings

Found = tuple[str, str, str]
"""(kind, id, Chinese name)."""

LISTED = 20
"""How many candidates an error lists before it says how many more there are."""

_Row = tuple[str, str, str, frozenset[str]]

# not looked up by pinyin: nobody types the initials of a title
_UNSPELT = ("source", "policy")
_FOREMOST = ("place", "programme", "pairing")
# what may stand between two names, beside nothing and spaces
_JOINTS = "-‐–—→·~至"


def find_things(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Return everything that ``text`` may mean, exactly: an id, ``kind/id``, or one of its names.

    Case and full width do not matter. One name may mean several things; the caller shows them.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> find_things(build_graph(load_corpus()), "京蒙")
    [('pairing', 'east-west.beijing.inner-mongolia', '京蒙')]
    """
    wanted = fold(text)
    return [(kind, key, name) for kind, key, name, names in _all_names(kg) if wanted in names]


def find_named(kg: KnowledgeGraph, text: str, kinds: Collection[str] = ()) -> list[Found]:
    """Return what ``text`` may mean, as people type it; the first of these steps that finds something answers.

    1. exactly, as `find_things`; then the id, IRI or prefixed name of anything in the graph (a statement
       ``bulletin.s001``, a scope, a term, a cell, a disagreement), and a measure by notation or label;
    2. pinyin in full, then its initials, without regard to case, spaces and hyphens (jingmeng, jm);
    3. two names together: every pairing between the two (京藏, 北京—西藏);
    4. the beginning of a name (北京 for 北京市): of a place, programme or pairing, else of anything.

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
        _by_identifier,
        _measures,
        _by_pinyin,
        _by_initials,
        _between_two,
        _foremost_by_beginning,
        _by_beginning,
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
    if found:
        raise BadParameter(
            f"{text!r} may mean {listed(found)}; give the id, e.g. {found[0][0]}/{found[0][1]} / 有多种可能，请写 id"
        )
    otherwise = find_named(kg, text) if kinds else []
    if otherwise:
        wanted = " or ".join(kinds)
        raise BadParameter(f"{text!r} is no {wanted} but {listed(otherwise)} / 所指不是所需的一类")
    if not kinds or "pairing" in kinds:
        for one, other in two_parties(kg, text)[:1]:
            raise BadParameter(
                f"no pairing between {one} and {other}; ckg explain {one} {other} says what is near / 无此结对"
            )
    nearest = nearest_names(kg, text, kinds)
    advice = f"did you mean 是否指 {listed(nearest)}?" if nearest else f"try ckg query find --param text={text}"
    raise BadParameter(f"nothing is called {text!r} 没有这个名称; {advice}")


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
    for kind, key, name, names in _all_names(kg):
        if not kinds or kind in kinds:
            for own in names:
                by_name.setdefault(own, (kind, key, name))
    holding = sorted((n for n in by_name if len(wanted) > 1 and wanted in n), key=lambda n: (len(n), n))
    alike = get_close_matches(wanted, by_name, n=most, cutoff=0.5)
    return list(dict.fromkeys(by_name[name] for name in (*holding[:most], *alike)))[:most]


def fold(text: str) -> str:
    """Return a text as names are compared: NFKC, lower case, without spaces or title marks."""
    return "".join(unicodedata.normalize("NFKC", text).casefold().split()).strip("《》")


def _by_identifier(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find by ``kind/id``, IRI or prefixed name, and derived things and statements by their bare id too."""
    wanted = _identifier(kg, text.strip())
    kind, slash, identifier = wanted.partition("/")
    if kind == "place-version":
        kind, identifier = "place", identifier.rpartition(".")[0]
    if slash and kind == "measure":
        return _measures(kg, identifier)
    if slash and kind in THING_KINDS and kind not in _DERIVED:
        return find_things(kg, f"{kind}/{identifier}")
    asked = [(kind, identifier)] if slash and kind in _DERIVED else [(kind, wanted) for kind in _DERIVED]
    return [(kind, key, name_of(kg, kind, key, "zh")) for kind, key in asked if _known(kg, kind, key)]


def _identifier(kg: KnowledgeGraph, text: str) -> str:
    """Return ``kind/id`` of an IRI (in angle brackets or not) or a prefixed name; else the text."""
    iri = text.strip("<>")
    for home in (kg.iris.base, HOME):
        if iri.startswith(f"{home}id/"):
            return iri.removeprefix(f"{home}id/")
    if iri.startswith(CONCEPT):
        return iri.removeprefix(CONCEPT)
    prefix, colon, rest = text.partition(":")
    if colon and prefix in THING_KINDS:
        return f"{prefix}/{rest}"
    return rest if colon and prefix == "concept" else text


def _known(kg: KnowledgeGraph, kind: str, identifier: str) -> bool:
    """Return whether a derived thing, a statement or a judgement has this id."""
    if kind == "term":
        slug, _, number = identifier.rpartition(".")
        pairing = kg.derived.pairings.get(slug)
        return pairing is not None and any(str(term.number) == number for term in pairing.terms)
    tables: dict[str, Collection[str]] = {
        "statement": kg.corpus.statements,
        "judgement": kg.corpus.judgements,
        "scope": kg.derived.scopes,
        "cell": kg.derived.cells,
        "disagreement": kg.derived.disagreements,
    }
    return identifier in tables[kind]


# kinds that have an id and no name of their own
_DERIVED = ("statement", "scope", "term", "cell", "disagreement", "judgement")


def scope_of_node(node: ScopeNode) -> Scope:
    """Return the scope that a node of the graph stands for, as statements write it."""
    return Scope(programme=node.programme, supporter=node.supporters or None, recipient=node.recipients or None)


def _measures(_: KnowledgeGraph, text: str) -> list[Found]:
    wanted = fold(text)
    concepts = load_ontology().concepts["measure"]
    return [("measure", n, c.zh) for n, c in concepts.items() if wanted in {fold(w) for w in (n, c.zh, c.en)}]


def _by_pinyin(kg: KnowledgeGraph, text: str) -> list[Found]:
    return _spelt(kg, text, spellings)


def _by_initials(kg: KnowledgeGraph, text: str) -> list[Found]:
    return _spelt(kg, text, initials)


def _spelt(kg: KnowledgeGraph, text: str, keys: Callable[[str], Iterable[str]]) -> list[Found]:
    wanted = re.sub(r"[^a-z0-9]", "", fold(text))
    if not wanted or not fold(text).isascii():
        return []
    rows = (row for row in _all_names(kg) if row[0] not in _UNSPELT)
    return [(kind, key, name) for kind, key, name, names in rows if any(wanted in _keys(keys, own) for own in names)]


@lru_cache(maxsize=50_000)
def _keys(keys: Callable[[str], Iterable[str]], name: str) -> frozenset[str]:
    return frozenset(keys(name))


def _between_two(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find every pairing between two parties whose names stand together."""
    namer, sides = Namer(kg.corpus, kg.derived.pairings), {frozenset(pair) for pair in two_parties(kg, text)}
    pairings = (pairing for pairing in kg.derived.pairings.values() if frozenset(pairing.parties) in sides)
    return [("pairing", pairing.slug, namer.pairing(pairing, "zh")) for pairing in pairings]


def two_parties(kg: KnowledgeGraph, text: str) -> list[tuple[str, str]]:
    """Return the ids of two parties that the text names one after the other, in every way it can be read."""
    wanted = fold(text)
    parties: dict[str, list[str]] = {}
    for kind, key, _, names in _all_names(kg):
        if kind in ("place", "organisation"):
            for own in names:
                parties.setdefault(own, []).append(key)
    return [
        (one, other)
        for i in range(1, len(wanted))
        for one in parties.get(wanted[:i].rstrip(_JOINTS), ())
        for other in parties.get(wanted[i:].lstrip(_JOINTS), ())
        if one != other
    ]


def _foremost_by_beginning(kg: KnowledgeGraph, text: str) -> list[Found]:
    """Find places, programmes and named pairings by how a name begins: these are what people shorten."""
    return [thing for thing in _by_beginning(kg, text) if thing[0] in _FOREMOST]


def _by_beginning(kg: KnowledgeGraph, text: str) -> list[Found]:
    wanted = fold(text)
    if not wanted or "/" in wanted:
        return []
    namer = Namer(kg.corpus, kg.derived.pairings)
    # a pairing without a name of its own would be found with its supporter
    shown = {namer.sides(pairing, lang) for pairing in kg.derived.pairings.values() for lang in ("zh", "en")}
    unnamed = {fold(sides) for sides in shown}
    return [
        (kind, key, name)
        for kind, key, name, names in _all_names(kg)
        if any(own.startswith(wanted) for own in names - unnamed)
    ]


def _all_names(kg: KnowledgeGraph) -> list[_Row]:
    rows: list[_Row] = []
    for kind, register in kg.corpus.registers.items():
        if kind != "pairing":
            rows += [_row(kind, e.id, e.name.zh, (*e.names(), e.id)) for e in register.values()]
    for key, place in kg.corpus.anonymous.items():
        rows.append(_row("place", key, place.name.zh, (key, *_both(place.name))))
    for source in kg.corpus.sources.values():
        label = source.title or source.description
        assert label is not None
        rows.append(_row("source", source.id, label.zh, (source.id, *_both(label))))
    return [*rows, *_pairing_names(kg)]


def _pairing_names(kg: KnowledgeGraph) -> Iterator[_Row]:
    """Yield pairings by slug, by the names they have, and as they are shown where they have none (A → B)."""
    namer = Namer(kg.corpus, kg.derived.pairings)
    families = kg.corpus.programmes
    named = {(families[n.programme].family_id, frozenset(n.places)): n for n in kg.corpus.pairings.values()}
    for slug, pairing in kg.derived.pairings.items():
        entry = named.get((pairing.programme, frozenset(pairing.parties)))
        own = () if entry is None else (entry.id, *entry.names())
        sides = (namer.sides(pairing, "zh"), namer.sides(pairing, "en"))
        yield _row("pairing", slug, namer.pairing(pairing, "zh"), (slug, *own, *sides))


def _both(label: Bilingual) -> tuple[str, ...]:
    return (label.zh, label.en) if label.en else (label.zh,)


def _row(kind: str, key: str, name: str, names: tuple[str, ...]) -> _Row:
    return kind, key, name, frozenset({fold(n) for n in names} | {fold(f"{kind}/{key}")})


def name_of(kg: KnowledgeGraph, kind: str, identifier: str, lang: str, namer: Namer | None = None) -> str:
    """Return what a thing of any kind is called, in zh or en; its id where it has no name.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> name_of(build_graph(load_corpus()), "pairing", "east-west.beijing.inner-mongolia", "en")
    'Beijing–Inner Mongolia'
    """
    namer = namer or Namer(kg.corpus, kg.derived.pairings)
    match kind:
        case "measure":
            return namer.concept("measure", identifier, lang)
        case "scope":
            return namer.scope(scope_of_node(kg.derived.scopes[identifier]), lang)
        case "term":
            slug, _, number = identifier.rpartition(".")
            name = namer.pairing(kg.derived.pairings[slug], lang)
            return f"{name} 第{number}轮" if lang == "zh" else f"{name}, term {number}"
        case "cell":
            cell = kg.derived.cells[identifier]
            parts = (name_of(kg, *cell.about, lang, namer), namer.concept("measure", cell.measure, lang), cell.period)
            return " ".join(part for part in parts if part)
        case "disagreement":
            found = kg.derived.disagreements[identifier]
            what = namer.concept("disagreement-kind", found.kind, lang)
            return f"{name_of(kg, *found.about, lang, namer)} · {what}"
        case "judgement":
            judgement = kg.corpus.judgements[identifier]
            return (judgement.what or judgement.reason).in_language(lang)
        case _:
            return namer.thing(kind, identifier, lang)
