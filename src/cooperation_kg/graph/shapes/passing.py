"""Which nodes break which demand? One pass over the facts, each node against what its classes demand of it.

A node is an instance of its classes and of what these are subclasses of, as SHACL has it
(https://www.w3.org/TR/shacl/#implicit-targetClass); all named graphs count together.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from math import inf

from pyoxigraph import Literal, NamedNode

from cooperation_kg.graph.shapes.demands import Demand, Node, Test, value_test
from cooperation_kg.graph.shapes.reading import Shapes
from cooperation_kg.graph.triples.values import RDF, RDFS, Fact, object_of
from cooperation_kg.graph.vocabulary import XSD

Said = Mapping[str, Collection[str]]
"""The values of each property of one node."""


@dataclass(frozen=True)
class Violation:
    """One node that breaks one demand; ``value`` is what it has, or how many values."""

    focus: Node
    path: str
    component: str
    value: Node | None
    message_en: str
    message_zh: str


def find_violations(facts: Iterable[Fact], shapes: Shapes) -> Iterator[Violation]:
    """Yield every breach of every demand in the union of all graphs."""
    graph = _Graph(facts)
    demands = tuple(_demands(shapes))
    plans: dict[tuple[str, ...], _Plan] = {}
    for focus, classes in graph.classes.items():
        if classes not in plans:
            plans[classes] = _Plan(demands, graph, classes)
        if plans[classes].demands:
            yield from plans[classes].breaches(focus, graph.said(focus))


def _demands(shapes: Shapes) -> Iterator[Demand]:
    """Yield each constraint once, with all the classes it holds for."""
    for shape, targets in shapes.targets_of_properties().items():
        for component, parameter in shape.constraints:
            yield Demand(targets, shape.path, component, (parameter,), shape.flags, shape.message_en, shape.message_zh)
    for node in shapes.nodes:
        if node.closed:
            allowed = tuple(NamedNode(iri) for iri in node.allowed())
            yield Demand(node.targets, "", "closed", allowed, "", node.message_en, node.message_zh)


class _Graph:
    """The facts by their subject, and what is an instance of what."""

    def __init__(self, facts: Iterable[Fact]) -> None:
        self._facts: dict[str, list[Fact]] = defaultdict(list)
        for fact in facts:
            self._facts[fact[1]].append(fact)
        self._known: dict[tuple[tuple[str, ...], str], bool] = {}

    @cached_property
    def classes(self) -> Mapping[str, tuple[str, ...]]:
        """Every typed node with its classes, in order."""
        found = (
            (subject, tuple(sorted({told for _, _, predicate, told in facts if predicate == RDF.type})))
            for subject, facts in self._facts.items()
        )
        return {subject: classes for subject, classes in found if classes}

    def said(self, subject: str) -> Said:
        """Return the values of each property of a node, each once."""
        values: dict[str, dict[str, None]] = {}
        for _, _, predicate, told in self._facts[subject]:
            values.setdefault(predicate, {})[told] = None
        return values

    def is_a(self, term: str, class_iri: str) -> bool:
        """Return whether a term is an instance of a class."""
        classes = self.classes.get(term)
        return classes is not None and self.are_a(classes, class_iri)

    def are_a(self, classes: tuple[str, ...], class_iri: str) -> bool:
        """Return whether an instance of these classes is one of a class, itself or by way of a superclass."""
        key = classes, class_iri
        if key not in self._known:
            self._known[key] = f"<{class_iri}>" in self._with_superclasses(classes)
        return self._known[key]

    def _with_superclasses(self, classes: Iterable[str]) -> set[str]:
        found: set[str] = set()
        waiting = list(classes)
        while waiting:
            name = waiting.pop()
            if name not in found:
                found.add(name)
                waiting += [told for _, _, p, told in self._facts.get(name, ()) if p == RDFS.subClassOf]
        return found


class _Plan:
    """What is demanded of a node of certain classes, made ready."""

    def __init__(self, demands: Iterable[Demand], graph: _Graph, classes: tuple[str, ...]) -> None:
        self.demands = [d for d in demands if any(graph.are_a(classes, target) for target in d.targets)]
        self._on_values: dict[str, _OnValues] = {}
        self._counts: list[tuple[str, int, float, Demand]] = []
        for demand in self.demands:
            predicate = f"<{demand.path}>"
            if demand.component in ("minCount", "maxCount"):
                limit = int(demand.parameters[0].value)
                least, most = (limit, inf) if demand.component == "minCount" else (0, limit)
                self._counts.append((predicate, least, most, demand))
            elif demand.path and demand.component != "hasValue":
                on_values = self._on_values.setdefault(predicate, _OnValues())
                on_values.tests.append((demand, value_test(demand, graph.is_a)))
        self._wanted = [(d, str(d.parameters[0])) for d in self.demands if d.component == "hasValue"]
        self._closed = [(d, {str(node) for node in d.parameters}) for d in self.demands if d.component == "closed"]

    def breaches(self, focus: str, said: Said) -> Iterator[Violation]:
        for predicate, values in said.items():
            on_values = self._on_values.get(predicate)
            if on_values is not None:
                for value in values:
                    if value not in on_values.sound:
                        yield from on_values.breaches(focus, value)
        for predicate, least, most, demand in self._counts:
            number = len(said.get(predicate, ()))
            if not least <= number <= most:
                yield _violation(focus, demand, demand.path, Literal(str(number), datatype=XSD.integer))
        for demand, wanted in self._wanted:
            if wanted not in said.get(f"<{demand.path}>", ()):
                yield _violation(focus, demand, demand.path, demand.parameters[0])
        for demand, allowed in self._closed:
            for predicate in said.keys() - allowed:
                for value in said[predicate]:
                    yield _violation(focus, demand, predicate[1:-1], object_of(value))


class _OnValues:
    """The tests of the values of one property, and the values that passed them all: most are said again and again."""

    def __init__(self) -> None:
        self.tests: list[tuple[Demand, Test]] = []
        self.sound: set[str] = set()

    def breaches(self, focus: str, value: str) -> Iterator[Violation]:
        failed = [demand for demand, holds in self.tests if not holds(value)]
        if not failed and value[-1] == ">":  # a plain text is seldom said twice, and would fill the memory
            self.sound.add(value)
        for demand in failed:
            yield _violation(focus, demand, demand.path, object_of(value))


def _violation(focus: str, demand: Demand, path: str, value: Node) -> Violation:
    return Violation(object_of(focus), path, demand.component, value, demand.message_en, demand.message_zh)
