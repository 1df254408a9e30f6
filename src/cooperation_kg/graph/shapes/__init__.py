"""Does the graph keep to ``ontology/shapes.ttl``? One pass over the facts.

The shapes are SHACL Core (https://www.w3.org/TR/shacl/) in the small subset that ``reading`` lists. pyshacl gives
the same answers and is far slower; the tests hold the two together.

=============  ====================================================
module         its question
=============  ====================================================
``reading``    what does the shapes file demand
``demands``    does a value keep to one demand; under which code is a breach told
``passing``    which nodes break which demand
=============  ====================================================
"""

from __future__ import annotations

from pathlib import Path
from urllib.parse import unquote

from pyoxigraph import NamedNode

from cooperation_kg.errors import Issue
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.shapes.demands import COMPONENTS, Node
from cooperation_kg.graph.shapes.passing import Violation, find_violations
from cooperation_kg.graph.shapes.reading import read_shapes
from cooperation_kg.graph.vocabulary import HOME

__all__ = ["Violation", "check_shapes", "find_violations"]


def check_shapes(kg: KnowledgeGraph, shapes_file: Path | None = None) -> list[Issue]:
    """Return every fault of the graph against the shapes, sorted; an empty list where it keeps to them.

    An issue stands at the curated file and line where the node is a statement, source, judgement or register
    entry, else at the IRI of the node. Codes are S501 and following, one a constraint component.

    Parameters
    ----------
    kg: the built graph.
    shapes_file: SHACL in Turtle; the shipped shapes where None.

    Raises
    ------
    ShapeError: the file cannot be read, or demands something that this check does not know.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> check_shapes(build_graph(load_corpus()))
    []
    """
    found = find_violations(kg.facts, read_shapes(shapes_file))
    return sorted({_issue(kg, violation) for violation in found})


def _issue(kg: KnowledgeGraph, violation: Violation) -> Issue:
    row = COMPONENTS[violation.component]
    detail = " ".join(
        _shown(kg, part) for part in (violation.focus, NamedNode(violation.path), violation.value) if part
    )
    en = f"{violation.message_en or row.en}: {detail}"
    zh = f"{violation.message_zh or row.zh}：{detail}"
    return Issue(*_place(kg, violation.focus), row.code, en, zh)


def _place(kg: KnowledgeGraph, focus: Node) -> tuple[str, int, int]:
    """Return where a curator wrote the node; the IRI where nobody did (derived nodes, the ontology)."""
    for base in (kg.corpus.dataset.base, HOME):
        kind, _, quoted = focus.value.removeprefix(f"{base}id/").partition("/")
        for written in (kind, "anonymous") if kind == "place" else (kind,):
            try:
                return kg.corpus.locate(written, unquote(quoted))
            except KeyError:
                continue
    return focus.value, 0, 0


def _shown(kg: KnowledgeGraph, node: Node) -> str:
    """Return a node in one short line: ``coop:measure``, or the literal."""
    if not isinstance(node, NamedNode):
        return str(node)
    fitting = [(len(iri), prefix) for prefix, iri in kg.iris.prefixes.items() if node.value.startswith(iri)]
    if not fitting:
        return str(node)
    length, prefix = max(fitting)
    return f"{prefix}:{node.value[length:]}"
