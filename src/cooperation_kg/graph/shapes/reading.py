"""What does ``ontology/shapes.ttl`` demand? Read into records; whatever is not known here is refused.

Known: ``sh:NodeShape`` with ``sh:targetClass``, ``sh:property``, ``sh:closed``, ``sh:ignoredProperties``;
``sh:PropertyShape`` with one predicate as ``sh:path`` and the components of ``demands.COMPONENTS``; ``sh:message``,
``sh:name`` and ``sh:description``, which demand nothing.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from pyoxigraph import BlankNode, Literal, NamedNode, Quad, RdfFormat, Triple, parse

from cooperation_kg.errors import Issue, ShapeError
from cooperation_kg.graph.shapes.demands import COMPONENTS, Node, compiled
from cooperation_kg.graph.vocabulary import RDF
from cooperation_kg.locations import ontology_folder

SHAPES_FILE = "shapes.ttl"
SH = "http://www.w3.org/ns/shacl#"
_WORDS = frozenset({"message", "name", "description"})
_PROPERTY_PARAMETERS = frozenset({"path", "flags", *COMPONENTS} - {"closed"})
_NODE_PARAMETERS = frozenset({"targetClass", "property", "closed", "ignoredProperties"})
_COUNTS = frozenset({"minCount", "maxCount"})
_IRI_NEEDED = frozenset({"path", "datatype", "class", "targetClass"})


@dataclass(frozen=True)
class PropertyShape:
    """What the values of one property must be."""

    path: str
    constraints: tuple[tuple[str, NamedNode | Literal], ...]
    flags: str
    message_en: str
    message_zh: str


@dataclass(frozen=True)
class NodeShape:
    """What the nodes of some classes must have; ``closed`` ones may have nothing else but ``ignored``."""

    targets: tuple[str, ...]
    properties: tuple[PropertyShape, ...]
    closed: bool
    ignored: tuple[str, ...]
    message_en: str
    message_zh: str

    def allowed(self) -> tuple[str, ...]:
        """Return the properties that a closed shape lets stand."""
        return tuple(dict.fromkeys((*(shape.path for shape in self.properties), *self.ignored)))


@dataclass(frozen=True)
class Shapes:
    """All node shapes of one file."""

    nodes: tuple[NodeShape, ...]

    def targets_of_properties(self) -> dict[PropertyShape, tuple[str, ...]]:
        """Return each property shape with every class it holds for."""
        targets: dict[PropertyShape, list[str]] = defaultdict(list)
        for node in self.nodes:
            for shape in node.properties:
                targets[shape] += node.targets
        return {shape: tuple(dict.fromkeys(classes)) for shape, classes in targets.items()}


def read_shapes(path: Path | None = None) -> Shapes:
    """Return the shapes of a Turtle file (the shipped one where None), or raise ShapeError with every fault.

    >>> len(read_shapes().nodes) > 10
    True
    """
    return _Reader(path or ontology_folder() / SHAPES_FILE).read()


class _Reader:
    """The triples of one file by subject, and the faults found while reading them."""

    def __init__(self, path: Path) -> None:
        self.file = path.name
        self.issues: list[Issue] = []
        self.subjects: dict[Node, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
        for subject, predicate, value, _ in self._quads(path):
            if isinstance(subject, Triple) or isinstance(value, Triple):
                self._fault(predicate, "stands in a triple about a triple", "用于陈述之陈述")
            else:
                self.subjects[subject][predicate.value].append(value)

    def read(self) -> Shapes:
        properties: dict[Node, PropertyShape] = {}
        nodes: list[tuple[Node, dict[str, list[Node]]]] = []
        for subject, said in list(self.subjects.items()):
            if SH + "path" in said or NamedNode(SH + "PropertyShape") in said.get(RDF.type.value, ()):
                properties[subject] = self._property(subject, said)
            elif NamedNode(SH + "NodeShape") in said.get(RDF.type.value, ()):
                nodes.append((subject, said))
            elif RDF.first.value not in said:
                self._fault(
                    subject, "is neither a node shape, a property shape nor a list", "不是节点形状、属性形状或列表"
                )
        shapes = Shapes(tuple(self._node(subject, said, properties) for subject, said in nodes))
        if self.issues:
            raise ShapeError(self.issues)
        return shapes

    def _quads(self, path: Path) -> list[Quad]:
        try:
            return list(parse(path=path, format=RdfFormat.TURTLE))
        except (OSError, SyntaxError, ValueError) as bad:
            line = getattr(bad, "lineno", None) or 0
            en, zh = f"the shapes cannot be read: {bad}", f"形状文件无法读取：{bad}"
            raise ShapeError([Issue(self.file, line, 0, "S500", en, zh)]) from bad

    def _property(self, subject: Node, said: dict[str, list[Node]]) -> PropertyShape:
        known = dict(self._parameters(subject, said, _PROPERTY_PARAMETERS))
        paths = known.get("path", [])
        if len(paths) != 1:
            self._fault(subject, "needs one predicate as sh:path", "须有一个谓词作 sh:path")
        constraints = tuple(
            (name, value)
            for name in sorted(known)
            if name in COMPONENTS
            for value in known[name]
            if isinstance(value, NamedNode | Literal)
        )
        flags = "".join(value.value for value in known.get("flags", []))
        for pattern in known.get("pattern", []):
            self._try_pattern(subject, pattern.value, flags)
        return PropertyShape(paths[0].value if paths else "", constraints, flags, *self._messages(said))

    def _try_pattern(self, subject: Node, pattern: str, flags: str) -> None:
        try:
            compiled(pattern, flags)
        except ValueError as bad:
            self._fault(subject, f"has a pattern that cannot be used: {bad}", f"的模式不能用：{bad}")

    def _node(self, subject: Node, said: dict[str, list[Node]], properties: dict[Node, PropertyShape]) -> NodeShape:
        known = dict(self._parameters(subject, said, _NODE_PARAMETERS))
        if not known.get("targetClass"):
            self._fault(subject, "has no sh:targetClass, so it checks nothing", "没有 sh:targetClass，什么也不检查")
        for shape in known.get("property", []):
            if shape not in properties:
                self._fault(
                    subject, f"names the property shape {shape}, which is not described", f"所列属性形状 {shape} 未写明"
                )
        return NodeShape(
            tuple(node.value for node in known.get("targetClass", [])),
            tuple(properties[shape] for shape in known.get("property", []) if shape in properties),
            any(value.value in ("true", "1") for value in known.get("closed", [])),
            tuple(member for head in known.get("ignoredProperties", []) for member in self._members(head)),
            *self._messages(said),
        )

    def _parameters(
        self, subject: Node, said: dict[str, list[Node]], allowed: frozenset[str]
    ) -> Iterator[tuple[str, list[Node]]]:
        """Yield what is known of a shape; everything else, and every value of the wrong form, is a fault."""
        for predicate, values in said.items():
            name = predicate.removeprefix(SH)
            if predicate == RDF.type.value or name in _WORDS:
                continue
            if name not in allowed:
                self._fault(
                    subject, f"demands {predicate}, which this check does not know", f"要求 {predicate}，本检查不认识"
                )
                continue
            for value in values:
                if not _has_form(name, value):
                    self._fault(
                        subject, f"has {value} as sh:{name}, which cannot be used", f"sh:{name} 的值 {value} 不能用"
                    )
            yield name, [value for value in values if _has_form(name, value)]

    def _members(self, head: Node) -> Iterator[str]:
        while head != RDF.nil:
            if not self.subjects[head][RDF.first.value]:
                self._fault(head, "is no list", "不是列表")
                return
            yield self.subjects[head][RDF.first.value][0].value
            head = self.subjects[head][RDF.rest.value][0]

    def _messages(self, said: dict[str, list[Node]]) -> tuple[str, str]:
        texts = [node for node in said.get(f"{SH}message", []) if isinstance(node, Literal)]
        by_language = {text.language: text.value for text in texts}
        return by_language.get("en", ""), by_language.get("zh", "")

    def _fault(self, subject: Node, en: str, zh: str) -> None:
        self.issues.append(Issue(self.file, 0, 0, "S500", f"{subject} {en}", f"{subject} {zh}"))


def _has_form(name: str, value: Node) -> bool:
    if name in _IRI_NEEDED:
        return isinstance(value, NamedNode)
    if name == "nodeKind":
        return value.value in (SH + "IRI", SH + "Literal")
    if name in _COUNTS:
        return isinstance(value, Literal) and value.value.isascii() and value.value.isdigit()
    if name in ("property", "ignoredProperties"):
        return not isinstance(value, Literal)
    return not isinstance(value, BlankNode)
