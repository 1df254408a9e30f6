"""GraphViz: the pairing network in the DOT language (https://graphviz.org/doc/info/lang.html)."""

from __future__ import annotations

import re
from collections.abc import Mapping

from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import Plain, flat_network

# C strings cannot hold the first, and Graphviz draws none of the others
_NOT_DRAWN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f]")
_EDGE_ATTRIBUTES = (
    "label",
    "programme",
    "directed",
    "directness",
    "undated",
    "first",
    "last_certain",
    "last",
    "status",
)
_NODE_ATTRIBUTES = ("label", "kind", "level", "code", "lat", "lon")


def dot(cut: Cut) -> bytes:
    """Return the pairing network: a pairing without a stated direction has no arrowhead."""
    network = flat_network(cut)
    lines = [*(f"// {' '.join(words.split())}" for words in cut.remarks(cut.lang)), "digraph cooperation {"]
    for party in sorted(network):
        lines.append(f"  {quoted(party)} [{_attributes(network.nodes[party], _NODE_ATTRIBUTES)}];")
    for source, target, slug, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[2]):
        drawn = {**data, "id": slug, "dir": "forward" if data["directed"] else "none"}
        written = _attributes(drawn, ("id", "dir", *_EDGE_ATTRIBUTES))
        lines.append(f"  {quoted(source)} -> {quoted(target)} [{written}];")
    return "\n".join([*lines, "}", ""]).encode()


def _attributes(held: Mapping[str, Plain], names: tuple[str, ...]) -> str:
    return ", ".join(f"{name}={quoted(_text(held[name]))}" for name in names if name in held)


def _text(value: Plain) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def quoted(text: str) -> str:
    r"""Return a text as a quoted string of DOT that is drawn as it stands.

    A backslash begins an escape in labels (``\N`` is the name of the node), so it is doubled; a line end is one.

    >>> print(quoted('say "a\\N"'))
    "say \"a\\N\""
    """
    escaped = _NOT_DRAWN.sub("", text).replace("\\", "\\\\").replace('"', '\\"')
    return '"' + escaped.replace("\r\n", "\\n").replace("\n", "\\n").replace("\r", "\\n") + '"'
