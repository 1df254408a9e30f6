"""What does a page know? The network as plain JSON values, checked, sorted and safe to embed.

The page shows exactly what stands here: names, years, statements and their sources. Missing fields are an error that
names the node or edge, never a blank in the picture.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Mapping
from math import isfinite
from typing import Any

import networkx as nx
from markupsafe import Markup

from cooperation_kg.errors import CooperationError
from cooperation_kg.render.layout import FRAME, LAYOUTS, compute_layouts
from cooperation_kg.render.search_keys import search_keys

Json = Any  # what json.dumps takes; checked by plain_value

GRAPH_FIELDS = (
    "title_zh", "title_en", "first_year", "horizon", "year_default", "base_iri", "version", "counts",
    "programmes", "sources", "statements",
)  # fmt: skip
NODE_FIELDS = (
    "kind", "label_zh", "label_en", "short_zh", "aliases", "level", "lat", "lon", "iri", "parent", "roles",
    "statements",
)  # fmt: skip
EDGE_FIELDS = (
    "name_zh", "name_en", "iri", "programme", "directed", "directness", "undated", "in_force", "possibly",
    "start_state", "end_state", "start_state_zh", "start_state_en", "end_state_zh", "end_state_en", "last_confirmed",
    "terms", "implements", "origins", "evidence", "related", "disagreements",
)  # fmt: skip
_PROVINCE_SUFFIX = re.compile(r"(?:维吾尔自治区|壮族自治区|回族自治区|自治区|特别行政区|省|市)$")


def build_payload(network: nx.MultiDiGraph[str]) -> dict[str, Json]:
    """Return everything that the network page and the index show, as plain values in a fixed order.

    Parameters
    ----------
    network: nodes are parties, edge keys are pairing slugs; the attributes are ``GRAPH_FIELDS``, ``NODE_FIELDS`` and
        ``EDGE_FIELDS``.

    Raises
    ------
    CooperationError: a field is missing, a value cannot be written as JSON, or an edge names an unknown programme,
        statement or source.
    """
    layouts = compute_layouts(network)
    graph = _take(network.graph, GRAPH_FIELDS, "the network")
    payload = {
        **{key: plain_value(value, key) for key, value in graph.items()},
        "frame": list(FRAME),
        "layouts": {name: {node: list(spot) for node, spot in sorted(layouts[name].items())} for name in LAYOUTS},
        "nodes": [_node(network, slug) for slug in sorted(network)],
        "edges": [_edge(slug, source, target, data) for slug, source, target, data in _edges(network)],
    }
    _check_references(payload)
    return payload


def plain_value(value: object, where: str) -> Json:
    """Return *value* in JSON's own types: sets sorted, tuples as lists, NaN refused, str subclasses made plain.

    >>> plain_value({"years": {2018, 2017}}, "edge")
    {'years': [2017, 2018]}
    """
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, str):
        return str.__str__(value)
    if isinstance(value, int):
        return int(value)
    if isinstance(value, float):
        if not isfinite(value):
            raise CooperationError(f"{where}: {value} cannot be written to a page; leave the field empty (None)")
        return value
    if isinstance(value, Mapping):
        return {str(key): plain_value(item, f"{where}.{key}") for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(plain_value(item, where) for item in value)
    if isinstance(value, list | tuple):
        return [plain_value(item, where) for item in value]
    raise CooperationError(f"{where}: a {type(value).__name__} cannot be written to a page; give text or a number")


def safe_url(url: str) -> str:
    """Return *url* if a reader may follow it (http or https), else empty text.

    >>> safe_url("javascript:alert(1)"), safe_url("https://example.org/a")
    ('', 'https://example.org/a')
    """
    return url if re.match(r"https?://[^\s/]", url, re.IGNORECASE) else ""


def map_label(label: str, level: str) -> str:
    """Return the short form that maps print: 内蒙古 for 内蒙古自治区; other levels keep their name.

    >>> map_label("宁夏回族自治区", "province"), map_label("十堰市", "prefecture")
    ('宁夏', '十堰市')
    """
    return _PROVINCE_SUFFIX.sub("", label) or label if level == "province" else label


def embed_json(value: Json) -> Markup:
    """Return *value* as JSON that may stand inside ``<script type="application/json">``: no ``<``, ``>`` or ``&``.

    >>> embed_json({"name": "</script>"})
    Markup('{"name":"\\\\u003c/script\\\\u003e"}')
    """
    text = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for char in "<>&\u2028\u2029":
        text = text.replace(char, f"\\u{ord(char):04x}")
    return Markup(text)  # noqa: S704 (every character that HTML could read as markup was just replaced)


def _take(attributes: Mapping[str, object], fields: Iterable[str], where: str) -> dict[str, Any]:
    missing = [field for field in fields if field not in attributes]
    if missing:
        raise CooperationError(f"{where} lacks {', '.join(missing)}; build it with build_network")
    return {field: attributes[field] for field in fields}


def _edges(network: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    found = [(str(key), str(a), str(b), data) for a, b, key, data in network.edges(keys=True, data=True)]
    found.sort(key=lambda edge: edge[:3])
    for before, after in zip(found, found[1:], strict=False):
        if before[0] == after[0]:
            raise CooperationError(f"pairing {before[0]} stands twice in the network; one edge a pairing")
    return found


def _node(network: nx.MultiDiGraph[str], slug: str) -> dict[str, Json]:
    taken = _take(network.nodes[slug], NODE_FIELDS, f"node {slug}")
    node: dict[str, Json] = plain_value(taken, f"node {slug}")
    names = [node["label_zh"], node["short_zh"], *node["aliases"], node["label_en"], slug]
    node["map_zh"] = map_label(node["label_zh"], node["level"])
    return {"id": str(slug), **node, "keys": list(search_keys([node["map_zh"], *names]))}


def _edge(slug: str, source: str, target: str, data: Mapping[str, object]) -> dict[str, Json]:
    taken = _take(data, EDGE_FIELDS, f"pairing {slug}")
    edge: dict[str, Json] = plain_value(taken, f"pairing {slug}")
    keys = list(search_keys([edge["name_zh"], edge["name_en"]]))
    return {"id": slug, "source": source, "target": target, **edge, "keys": keys}


def _check_references(payload: Mapping[str, Json]) -> None:
    programmes = {programme["id"] for programme in payload["programmes"]}
    count = len(payload["statements"])
    for edge in payload["edges"]:
        if edge["programme"] not in programmes:
            raise CooperationError(f"pairing {edge['id']}: no programme {edge['programme']!r} in the network")
        related = [index for group in edge["related"].values() for index in group]
        _check_indexes([*edge["evidence"], *related], count, f"pairing {edge['id']}")
    for node in payload["nodes"]:
        _check_indexes(node["statements"], count, f"node {node['id']}")
    for statement in payload["statements"]:
        if statement["source"] not in payload["sources"]:
            raise CooperationError(f"statement {statement['id']}: no source {statement['source']!r} in the network")


def _check_indexes(indexes: Iterable[int], count: int, where: str) -> None:
    wrong = [index for index in indexes if not 0 <= index < count]
    if wrong:
        raise CooperationError(f"{where}: no statement number {wrong[0]}; the network has {count}")
