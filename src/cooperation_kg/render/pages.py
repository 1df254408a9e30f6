"""The network as a page to open: one interactive file; the only importer of pyvis.

pyvis holds the network and brings vis-network in its wheel; the template, the writer and the options are ours, for its
own pages call remote servers, are scriptable through labels and break under a Chinese Windows locale.
"""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import TYPE_CHECKING, Any

from cooperation_kg.render.html import asset, environment, hashed_policy, without_source_map
from cooperation_kg.render.payload import as_json, page_payload
from cooperation_kg.render.words import WORDS, word

if TYPE_CHECKING:
    import networkx as nx

VIS_NETWORK = "lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("state.js", "panel.js", "draw.js", "save.js", "app.js")
"""Our own scripts, in the order in which they need each other."""


def render_page(network: nx.MultiDiGraph[str], *, lang: str = "zh", site_links: bool = False) -> str:
    """Return the interactive network as one HTML file that opens from disk without any network.

    Parameters
    ----------
    network: as made by ``build_network``.
    lang: ``"zh"`` or ``"en"``: the language in which it opens; the page has a switch.
    site_links: the page is part of the site: it has the site's navigation, and things link to their pages.
    """
    drawn = _network_class()(directed=True)
    for node in sorted(network):
        drawn.add_node(node, label=network.nodes[node]["label_zh"], shape="dot")
    for source, target, key in sorted(network.edges(keys=True), key=lambda edge: edge[2]):
        drawn.add_edge(source, target, id=str(key))
    drawn.payload = page_payload(network, lang, site_links=site_links)
    html: str = drawn.generate_html()
    return html


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
            assert held == {node["id"] for node in self.payload["nodes"] if node["kind"] != "container"}
            assert edges == {edge["id"] for edge in self.payload["edges"]}
            return _page(self.payload)

    return CooperationNetwork


def _page(payload: dict[str, Any]) -> str:
    style = asset("page.css")
    vis = without_source_map((files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8"))
    script = "\n".join(asset(name) for name in SCRIPTS)
    return (
        environment()
        .get_template("network.html.j2")
        .render(
            lang=payload["lang"],
            title=payload[f"title_{payload['lang']}"],
            data=as_json(payload),
            style=style,
            vis=vis,
            script=script,
            policy=hashed_policy([style], [vis, script]),
            payload=payload,
            navigation=_navigation() if payload["site_links"] else (),
            words=WORDS,
            word=word,
        )
    )


def _navigation() -> tuple[tuple[str, str, str], ...]:
    """Return the entries of the site's navigation: file, Chinese name, English name."""
    from cooperation_kg.render.site.frame import BROWSE, NAVIGATION

    return tuple((path, *name) for path, name in (*NAVIGATION, *BROWSE))
