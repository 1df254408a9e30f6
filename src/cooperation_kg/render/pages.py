"""The network as pages to open: one interactive file, and a plain home page; the only importer of pyvis.

pyvis holds the network and brings vis-network in its wheel; the template, the writer and the options are ours, for its
own pages call remote servers, are scriptable through labels and break under a Chinese Windows locale.
"""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, PackageLoader, StrictUndefined

from cooperation_kg.graph.asof import STATUSES
from cooperation_kg.render.payload import as_json, page_payload
from cooperation_kg.render.words import WORDS, word

if TYPE_CHECKING:
    import networkx as nx

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("state.js", "panel.js", "draw.js", "save.js", "app.js")
"""Our own scripts, in the order in which they need each other."""


def render_page(network: nx.MultiDiGraph[str], *, lang: str = "zh") -> str:
    """Return the interactive network as one HTML file that opens from disk without any network.

    Parameters
    ----------
    network: as made by ``build_network``.
    lang: ``"zh"`` or ``"en"``: the language in which it opens; the page has a switch.
    """
    drawn = _network_class()(directed=True)
    for node in sorted(network):
        drawn.add_node(node, label=network.nodes[node]["label_zh"], shape="dot")
    for source, target, key in sorted(network.edges(keys=True), key=lambda edge: edge[2]):
        drawn.add_edge(source, target, id=str(key))
    drawn.payload = page_payload(network, lang)
    html: str = drawn.generate_html()
    return html


def render_index(network: nx.MultiDiGraph[str], *, lang: str = "zh", other_page: str = "") -> str:
    """Return the home page: every pairing as of the time of the network, the surest first; every statement by source.

    The time is the horizon where the network was made for none.

    The page runs no script.

    Parameters
    ----------
    other_page: the file that holds the page in the other language, linked from the heading; none where empty.
    """
    graph = network.graph
    rows = sorted(
        ({"slug": str(key), **data} for _, _, key, data in network.edges(keys=True, data=True)),
        key=lambda row: (row["programme"], row["slug"]),
    )
    for row in rows:
        row["status"] = row["asked"] if graph["as_of"] else status_in(row, graph["horizon"])
        row["cited"] = sorted({graph["statements"][i]["source"] for i in row["evidence"]})
    rows.sort(key=lambda row: row["last_confirmed"], reverse=True)
    rows.sort(key=lambda row: STATUSES.index(row["status"]))
    hidden = graph["as_of"]["hidden"] if graph["as_of"] else []
    rows = [row for row in rows if row["status"] not in hidden]
    by_source: dict[str, list[dict[str, Any]]] = {source: [] for source in graph["sources"]}
    for statement in graph["statements"]:
        by_source[statement["source"]].append(statement)
    style = _asset("page.css")
    return (
        _environment()
        .get_template("index.html.j2")
        .render(
            by_source=by_source,
            other_page=other_page,
            lang=lang,
            graph=graph,
            rows=rows,
            style=style,
            policy=_policy([style], []),
            words=WORDS,
            word=word,
        )
    )


def status_in(pairing: dict[str, Any], year: int) -> str:
    """Return certain, possible, undated or absent: what a pairing was in a year.

    >>> status_in({"undated": False, "in_force": [2018], "possibly": [2019]}, 2019)
    'possible'
    """
    if pairing["undated"]:
        return "undated"
    if year in pairing["in_force"]:
        return "certain"
    return "possible" if year in pairing["possibly"] else "absent"


@cache
def _network_class() -> Any:
    from pyvis.network import Network

    class CooperationNetwork(Network):  # type: ignore[misc]
        """A pyvis network that writes our page: no remote call, no script from data, positions given."""

        payload: dict[str, Any]

        def generate_html(self, name: str = "network.html", local: bool = True, notebook: bool = False) -> str:  # noqa: ARG002
            """Return the page; what pyvis holds decides which nodes and edges are drawn."""
            held = {node["id"] for node in self.nodes}
            edges = {edge["id"] for edge in self.edges}
            assert held == {node["id"] for node in self.payload["nodes"]}
            assert edges == {edge["id"] for edge in self.payload["edges"]}
            return _page(self.payload)

    return CooperationNetwork


def _page(payload: dict[str, Any]) -> str:
    style = _asset("page.css")
    vis = _without_source_map((files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8"))
    script = "\n".join(_asset(name) for name in SCRIPTS)
    return (
        _environment()
        .get_template("network.html.j2")
        .render(
            lang=payload["lang"],
            title=payload[f"title_{payload['lang']}"],
            data=as_json(payload),
            style=style,
            vis=vis,
            script=script,
            policy=_policy([style], [vis, script]),
            payload=payload,
            words=WORDS,
            word=word,
        )
    )


@cache
def _environment() -> Environment:
    return Environment(
        loader=PackageLoader("cooperation_kg.render"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )


def _asset(name: str) -> str:
    text = (files("cooperation_kg.render") / "assets" / name).read_text(encoding="utf-8")
    return text.replace("\r\n", "\n").strip()


def _without_source_map(script: str) -> str:
    """Drop the comment that sends a browser's developer tools looking for a file that is not there."""
    lines = script.replace("\r\n", "\n").strip().split("\n")
    return "\n".join(line for line in lines if not line.startswith("//# sourceMappingURL="))


def _policy(styles: list[str], scripts: list[str]) -> str:
    """Return a Content Security Policy (W3C CSP 3) that lets run only what we wrote into the page."""
    parts = [
        "default-src 'none'",
        "img-src data: blob:",
        f"style-src {_hashes(styles)}",
        f"script-src {_hashes(scripts)}" if scripts else "script-src 'none'",
        "base-uri 'none'",
        "form-action 'none'",
    ]
    return "; ".join(parts)


def _hashes(texts: list[str]) -> str:
    digests = (base64.b64encode(hashlib.sha256(text.encode()).digest()).decode() for text in texts)
    return " ".join(f"'sha256-{digest}'" for digest in digests)
