"""What does a graph say, by id? Every node as its properties, without what only follows from them.

A folder, a revision and a build are all read from their quads, so that they are compared alike. Ids are what lasts:
``https://example.org/my/id/place/beijing`` and the shipped Beijing are both ``place/beijing`` here.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace

from pyoxigraph import Literal, NamedNode, Quad

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.vocabulary import CONCEPT, COOP, DEF, HOME, PREFIXES, RDF, RDFS

Properties = Mapping[str, tuple[str, ...]]
"""Values by property, sorted: ``asWritten``, ``dcterms:title@zh``; ``kind`` is the class."""

GROUPS = ("statement", "source", "judgement", "register", "pairing", "disagreement")
"""What is compared, in the order in which it is shown."""

# graph → groups of the kinds of nodes in it; a kind that is not named here goes to the last
_GROUPS_OF_GRAPH: Mapping[str, Mapping[str, str]] = {
    "source": {"statement": "statement", "source": "source", "place": "register"},
    "judgements": {"judgement": "judgement"},
    "derived": {"pairing": "pairing", "disagreement": "disagreement", "term": "term"},
}
# a number of our own, a line that repeats the fields in words, the years a name is shown in
_FOLLOWS = frozenset({"order", "shownIn", "prov:wasDerivedFrom"})
_FOLLOWS_OF_GROUP = {
    "pairing": frozenset({"evidence", "party", "programme", "kind", "term", "directed"}),
    "term": frozenset({"evidence", "kind"}),
    "disagreement": frozenset({"kind", "about", "disagreementKind"}),
}
_BOUNDS = ("Earliest", "Latest")
_LABEL, _TYPE, _SELECTED = RDFS.label, RDF.type, COOP.selectedAsOf
_PREFIX_OF = {iri: prefix for prefix, iri in PREFIXES.items()}


@dataclass(frozen=True)
class Snapshot:
    """One state of the data: nodes by group and id, and what they are called.

    ``name`` is shown in the answer; ``revision`` is the full hash where the state is one of git, else empty.
    ``labels`` has Chinese and English lines by id (``statement/a.s1``); ``pairings`` the slug by programme and parties.
    ``selected`` is the time of a build that holds only what is told as of it, empty where it holds everything.
    """

    name: str
    base: str
    groups: Mapping[str, Mapping[str, Properties]]
    labels: Mapping[str, Mapping[str, str]]
    pairings: Mapping[tuple[str, ...], str]
    revision: str = ""
    selected: str = ""

    def label(self, identifier: str, lang: str) -> str:
        """Return what a node is called in ``"zh"`` or ``"en"``; empty where it has no label."""
        known = self.labels.get(identifier, {})
        return known.get(lang) or known.get("zh", "")


def snapshot_of(quads: Iterable[Quad], name: str, revision: str = "") -> Snapshot:
    """Return the state that a graph holds.

    Parameters
    ----------
    quads: the whole graph with its named graphs, as ``ckg export trig`` writes it.

    Raises BadParameter where they are no graph of this project.
    """
    listed = tuple(quads)
    base = _base(listed, name)
    nodes: dict[str, dict[str, dict[str, set[str]]]] = {group: {} for group in (*GROUPS, "term")}
    labels: dict[str, dict[str, str]] = defaultdict(dict)
    for quad in listed:
        group = _group(quad, base)
        if group is None or not isinstance(quad.subject, NamedNode):
            continue
        identifier = _name(quad.subject.value, base)
        if quad.predicate == _LABEL and isinstance(quad.object, Literal):
            labels[identifier][quad.object.language or "zh"] = quad.object.value
            continue
        properties = nodes[group].setdefault(identifier, defaultdict(set))
        properties[_property(quad)].add(_value(quad, base))
    read = {group: {i: _kept(p, group) for i, p in sorted(found.items())} for group, found in nodes.items()}
    terms = read.pop("term")
    pairings = {_pair(properties): identifier for identifier, properties in nodes["pairing"].items()}
    read["pairing"] = {i: _with_terms(p, nodes["pairing"][i], terms) for i, p in read["pairing"].items()}
    selected = next((_value(quad, base) for quad in listed if quad.predicate == _SELECTED), "")
    return Snapshot(name, base, read, labels, pairings, revision, selected)


def with_slugs_of(a: Snapshot, b: Snapshot) -> Snapshot:
    """Return ``a`` with the slugs of ``b`` where a pairing turned round: stating its direction makes no new pairing."""
    turned = {
        slug.partition("/")[2]: b.pairings[pair].partition("/")[2]
        for pair, slug in a.pairings.items()
        if b.pairings.get(pair, slug) != slug
    }
    if not turned:
        return a

    def renamed(text: str) -> str:
        kind, slash, rest = text.partition("/")
        return kind + slash + "~".join(turned.get(part, part) for part in rest.split("~"))

    groups = {
        group: {
            renamed(i): {p: tuple(sorted(map(renamed, values))) for p, values in properties.items()}
            for i, properties in nodes.items()
        }
        for group, nodes in a.groups.items()
    }
    return replace(a, groups=groups, labels={renamed(i): label for i, label in a.labels.items()})


def _base(quads: Iterable[Quad], name: str) -> str:
    for quad in quads:
        if isinstance(quad.graph_name, NamedNode) and quad.graph_name.value.endswith("graph/registers"):
            return quad.graph_name.value.removesuffix("graph/registers")
    raise BadParameter(
        f"{name}: no graph/registers in it, so it is no graph of this project with its named graphs; write one with "
        f"ckg export trig / 其中没有 graph/registers，不是本项目带命名图的图；请用 ckg export trig 写出"
    )


def _group(quad: Quad, base: str) -> str | None:
    if not isinstance(quad.graph_name, NamedNode) or not isinstance(quad.subject, NamedNode):
        return None
    graph = quad.graph_name.value.removeprefix(f"{base}graph/").partition("/")[0]
    if graph == "registers":
        return "register"
    return _GROUPS_OF_GRAPH.get(graph, {}).get(_name(quad.subject.value, base).partition("/")[0])


def _name(iri: str, base: str) -> str:
    """Return an IRI as ``kind/id``, ``concept/scheme/notation``, the name of a class, or as it is."""
    if iri == base:
        return "dataset"
    for start in (f"{base}id/", f"{HOME}id/"):
        if iri.startswith(start):
            return iri.removeprefix(start)
    return f"concept/{iri.removeprefix(CONCEPT)}" if iri.startswith(CONCEPT) else iri.removeprefix(DEF)


def _property(quad: Quad) -> str:
    iri = quad.predicate.value
    language = quad.object.language if isinstance(quad.object, Literal) else None
    if quad.predicate == _TYPE:
        return "kind"
    if iri.startswith(DEF):
        name = iri.removeprefix(DEF)
    else:
        name = next((f"{p}:{iri.removeprefix(start)}" for start, p in _PREFIX_OF.items() if iri.startswith(start)), iri)
    return f"{name}@{language}" if language else name


def _value(quad: Quad, base: str) -> str:
    if isinstance(quad.object, Literal):
        return quad.object.value
    return _name(quad.object.value, base) if isinstance(quad.object, NamedNode) else str(quad.object)


def _kept(properties: Mapping[str, set[str]], group: str) -> Properties:
    follows = _FOLLOWS | _FOLLOWS_OF_GROUP.get(group, frozenset())
    kept = {p: v for p, v in properties.items() if p not in follows and not p.endswith(_BOUNDS)}
    if "kind" in kept:
        # every statement is a Statement: only its own kind says something
        kept["kind"] = kept["kind"] - {"Statement"} or kept["kind"]
    return {p: tuple(sorted(values)) for p, values in sorted(kept.items())}


def _pair(properties: Mapping[str, set[str]]) -> tuple[str, ...]:
    return (*sorted(properties.get("programme", ())), *sorted(properties.get("party", ())))


def _with_terms(kept: Properties, properties: Mapping[str, set[str]], terms: Mapping[str, Properties]) -> Properties:
    """Return a pairing with the properties of its terms: ``term 1 possibleFrom``."""
    own = dict(kept)
    for term in sorted(properties.get("term", ())):
        number = term.rpartition(".")[2]
        own |= {f"term {number} {name}": values for name, values in terms.get(term, {}).items()}
    return own
