"""The network as the page's own data: plain JSON, with positions and search keys, nothing that needs a library."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from cooperation_kg.query.search_keys import search_keys
from cooperation_kg.render.behind import panel_queries
from cooperation_kg.render.layout import Point, Positions, all_layouts, is_gathered, levels_closed_at_first
from cooperation_kg.render.words import WORDS

if TYPE_CHECKING:
    import networkx as nx

NODE_FIELDS = (
    "kind",
    "label_zh",
    "label_en",
    "yearly_names",
    "history",
    "short_zh",
    "aliases",
    "level",
    "iri",
    "inside",
    "roles",
    "statements",
)
EDGE_FIELDS = (
    "name_zh",
    "name_en",
    "sides_zh",
    "sides_en",
    "iri",
    "programme",
    "directed",
    "directness",
    "directness_zh",
    "directness_en",
    "undated",
    "asked",  # only in a network made for a time
    "in_force",
    "possibly",
    "end_state_zh",
    "end_state_en",
    "last_confirmed",
    "terms",
    "implements",
    "origins",
    "evidence",
    "related",
    "amounts",
    "disagreements",
)
GRAPH_FIELDS = (
    "title_zh",
    "title_en",
    "first_year",
    "horizon",
    "year_default",
    "as_of",
    "programmes",
    "sources",
    "statements",
    "levels",
    "fields",
    "grades",
    "base_iri",
    "version",
    "counts",
    "disagreements",
)
# the order in which levels are listed
LEVELS = ("province", "prefecture", "county", "township", "village", "zone", "area", "organisation")


def page_payload(network: nx.MultiDiGraph[str], lang: str, *, site_links: bool = False) -> dict[str, Any]:
    """Return everything that the page shows, ready for JSON.

    Parameters
    ----------
    network: as made by ``build_network``.
    lang: the language in which the page opens.
    site_links: whether the pages of the site lie beside it, to be linked.
    """
    layouts = all_layouts(network)
    return {
        "lang": lang,
        "site_links": site_links,
        "words": WORDS,
        "queries": panel_queries(site_links=site_links),
        **{name: network.graph[name] for name in GRAPH_FIELDS if name in network.graph},
        "measures": _measures(network),
        "level_order": [level for level in LEVELS if any(d["level"] == level for _, d in network.nodes(data=True))],
        "levels_closed": list(levels_closed_at_first(network)),
        "gathered": is_gathered(network),
        "nodes": [
            *(_node(node, network.nodes[node], layouts) for node in sorted(network)),
            *(_containers(network, layouts) if is_gathered(network) else ()),
        ],
        "edges": [
            _edge(source, target, key, data)
            for source, target, key, data in sorted(_edges(network), key=lambda e: e[2])
        ],
    }


def _measures(network: nx.MultiDiGraph[str]) -> list[dict[str, str]]:
    """Return the measures of which some pairing has an amount, the best told first."""
    told = Counter(m for _, _, data in network.edges(data=True) for m in data.get("amounts", ()))
    labels = network.graph.get("measures", {})
    ranked = sorted(told, key=lambda measure: (-told[measure], measure))
    return [{"id": measure, **labels.get(measure, {"zh": measure, "en": measure})} for measure in ranked]


def as_json(payload: Any) -> str:
    """Return JSON that is safe inside ``<script type="application/json">`` and the same bytes every time.

    >>> as_json({"a": "</script>"})
    '{"a":"\\\\u003c/script\\\\u003e"}'
    """
    text = json.dumps(payload, ensure_ascii=False, allow_nan=False, separators=(",", ":"), sort_keys=True)
    for character, escaped in (
        ("<", "\\u003c"),
        (">", "\\u003e"),
        ("&", "\\u0026"),
        ("\u2028", "\\u2028"),
        ("\u2029", "\\u2029"),
    ):
        text = text.replace(character, escaped)
    return text


def _edges(network: nx.MultiDiGraph[str]) -> list[tuple[str, str, str, dict[str, Any]]]:
    return [(a, b, str(key), data) for a, b, key, data in network.edges(keys=True, data=True)]


def _node(node: str, data: dict[str, Any], layouts: dict[str, Any]) -> dict[str, Any]:
    names = [data["label_zh"], data["label_en"], data["short_zh"], *data["aliases"]]
    return {
        "id": node,
        **{name: data[name] for name in NODE_FIELDS},
        "keys": search_keys(name for name in names if name),
        "at": {name: list(positions[node]) for name, positions in layouts.items()},
    }


def _containers(network: nx.MultiDiGraph[str], layouts: dict[str, Positions]) -> Iterator[dict[str, Any]]:
    """Yield the places at which parties are gathered that are no parties themselves, amid what they contain."""
    held: dict[str, list[str]] = defaultdict(list)
    for node, data in network.nodes(data=True):
        for container in data["inside"][-1:]:
            held[container].append(node)
    for container, data in sorted(network.graph["containers"].items()):
        yield {
            **dict.fromkeys(NODE_FIELDS, ()),
            "short_zh": "",
            **data,
            "id": container,
            "kind": "container",
            "keys": search_keys([data["label_zh"], data["label_en"]]),
            "at": {name: _middle([at[node] for node in held[container]]) for name, at in layouts.items()},
        }


def _middle(points: Sequence[Point]) -> list[int]:
    """Return the mean of points, in whole pixels."""
    return [round(sum(values) / len(points)) for values in zip(*points, strict=True)]


def _edge(source: str, target: str, key: str, data: dict[str, Any]) -> dict[str, Any]:
    names = (data["name_zh"], data["name_en"])
    return {
        "id": key,
        "from": source,
        "to": target,
        **{name: data[name] for name in EDGE_FIELDS if name in data},
        "keys": search_keys(names),
    }
