"""How does the network become a page that anyone can open? One HTML file, and an index beside it.

The network page stands on pyvis: its ``Network`` holds the drawn nodes, edges and options, and its wheel carries
vis-network. The template and the writer are ours, because the stock ones load scripts from elsewhere, run script
found in labels and have no language. Everything is inlined; a content security policy with hashes lets the browser
itself refuse whatever is not, so the page works from disk without a network.
"""

from __future__ import annotations

import base64
import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from typing import Any

import jinja2
import networkx as nx
from markupsafe import Markup

from cooperation_kg.errors import CooperationError
from cooperation_kg.render.payload import Json, build_payload, embed_json, safe_url

VIS_NETWORK = "templates/lib/vis-9.1.2/vis-network.min.js"
SCRIPTS = ("core.js", "model.js", "labels.js", "stage.js", "panel.js", "table.js", "search.js", "picture.js", "main.js")
LANGUAGES = ("zh", "en")
# Programmes differ by dash as well as colour: under deuteranopia two of the colours turn the same grey.
PROGRAMME_STYLES: tuple[dict[str, Any], ...] = (
    {"light": "#0072B2", "dark": "#56B4E9", "dash": []},
    {"light": "#C24E00", "dark": "#FF8A3D", "dash": [8, 5]},
    {"light": "#008060", "dark": "#2BD4A0", "dash": [3, 3]},
    {"light": "#AA3377", "dark": "#E58AB5", "dash": [12, 4, 2, 4]},
    {"light": "#7A6A00", "dark": "#D9C24A", "dash": [5, 3]},
    {"light": "#4B4FC4", "dark": "#A5ABFF", "dash": [16, 5]},
    {"light": "#B03A3A", "dark": "#FF9090", "dash": [6, 3, 2, 3, 2, 3]},
    {"light": "#5C5C66", "dark": "#BDBEC9", "dash": [11, 3]},
    {"light": "#1F7484", "dark": "#7FD6E8", "dash": [4, 6]},
)
_OPTIONS: dict[str, Any] = {
    "physics": {"enabled": False},
    "interaction": {
        "hover": True, "selectConnectedEdges": False, "hoverConnectedEdges": False, "tooltipDelay": 10**6,
    },
    "nodes": {"chosen": False, "labelHighlightBold": False, "borderWidth": 1.5},
    "edges": {"chosen": False, "arrowStrikethrough": False, "selectionWidth": 0, "hoverWidth": 0},
}  # fmt: skip


def render_page(network: nx.MultiDiGraph[str], *, lang: str = "zh") -> str:
    """Return the interactive network as one self-contained HTML file.

    Opened in a browser it shows who supports whom as of any year, and for every line the sources that say so. It asks
    for nothing from a network. The same input gives the same bytes.

    Parameters
    ----------
    network: parties and pairings with the attributes that ``payload.build_payload`` lists.
    lang: the language at first sight, ``"zh"`` or ``"en"``; the reader can switch.

    Raises
    ------
    CooperationError: the language is unknown or the network lacks something.
    """
    page = _pyvis_page(build_payload(network), _known(lang))
    return str(page.generate_html())


def render_index(network: nx.MultiDiGraph[str], *, lang: str = "zh") -> str:
    """Return the front page: what this is, every pairing with its status and sources, downloads, how to cite.

    Works without JavaScript. Parameters and errors are those of ``render_page``.
    """
    payload = build_payload(network)
    style = _asset("index.css")
    return _environment().get_template("index.html.j2").render(
        p=payload, lang=_known(lang), t=_messages(), rows=_index_rows(payload, lang), cited=_cited(payload),
        style=Markup(style), csp=_policy([], [style]),
    )  # fmt: skip


def _pyvis_page(payload: Mapping[str, Json], lang: str) -> Any:
    """Return a filled pyvis network that writes our page."""
    from pyvis.network import Network  # here, because importing it costs a third of a second

    class CooperationNetwork(Network):  # type: ignore[misc]
        """pyvis' network with our own template: autoescaped, strict, inlined, with a content security policy."""

        def generate_html(self, name: str = "", local: bool = True, notebook: bool = False) -> str:
            return _write_page(payload, lang, self.get_network_data())

    page = CooperationNetwork(directed=True)  # undirected pyvis networks silently drop parallel edges
    page.options = _OPTIONS
    for node in payload["nodes"]:
        x, y, _ = payload["layouts"]["geographic"][node["id"]]
        page.add_node(node["id"], label=" ", shape=_shape(node["roles"]), x=x, y=y)
    bends = _bends(payload["edges"])
    for edge in payload["edges"]:
        page.add_edge(edge["source"], edge["target"], id=edge["id"], smooth=bends[edge["id"]], width=1)
    return page


def _write_page(payload: Mapping[str, Json], lang: str, drawn: tuple[Any, ...]) -> str:
    nodes, edges, _, _, _, options = drawn
    styles = {
        programme["id"]: PROGRAMME_STYLES[i % len(PROGRAMME_STYLES)] for i, programme in enumerate(_used_first(payload))
    }
    data = {**payload, "lang": lang, "messages": _messages(), "styles": styles}
    data["vis"] = {"nodes": nodes, "edges": edges, "options": json.loads(options)}
    scripts = [_vis_network(), "\n".join(_asset(name) for name in SCRIPTS)]
    style = _asset("page.css")
    return _environment().get_template("network.html.j2").render(
        p=payload, lang=lang, t=_messages(), data=embed_json(data), style=Markup(style),
        scripts=[Markup(script) for script in scripts], csp=_policy(scripts, [style]),
    )  # fmt: skip


def _used_first(payload: Mapping[str, Json]) -> list[Json]:
    """Programmes in the given order, those with pairings first, so that these get the plainest styles."""
    used = {edge["programme"] for edge in payload["edges"]}
    return sorted(payload["programmes"], key=lambda programme: programme["id"] not in used)


def _shape(roles: list[str]) -> str:
    """Return the mark of a party: shape says the role, so that colour need not."""
    if "supporter" in roles:
        return "triangle" if "recipient" in roles else "dot"
    return "diamond" if "recipient" in roles else "square"


def _bends(edges: list[Json]) -> dict[str, Json]:
    """Return a curve for each edge so that two pairings of the same places are two lines."""
    groups: dict[tuple[str, str], list[Json]] = {}
    for edge in edges:
        groups.setdefault((min(edge["source"], edge["target"]), max(edge["source"], edge["target"])), []).append(edge)
    bends: dict[str, Json] = {}
    for (first, _), members in groups.items():
        for i, edge in enumerate(members):
            bend = (i - (len(members) - 1) / 2) * 0.26 if len(members) > 1 else 0.13
            if len(members) > 1 and edge["source"] != first:
                bend = -bend
            kind = "curvedCW" if bend >= 0 else "curvedCCW"
            bends[edge["id"]] = {"enabled": True, "type": kind, "roundness": round(abs(bend), 3)}
    return bends


def _index_rows(payload: Mapping[str, Json], lang: str) -> list[dict[str, Json]]:
    """Return one row a pairing: its names, programme, status at the horizon and the sources that speak of it."""
    nodes = {node["id"]: node for node in payload["nodes"]}
    programmes = {programme["id"]: programme for programme in payload["programmes"]}
    numbers = {source: i for i, (source, _) in enumerate(_cited(payload), start=1)}
    rows = []
    for edge in payload["edges"]:
        sources = {payload["statements"][index]["source"] for index in edge["evidence"]}
        years = [*edge["in_force"], *edge["possibly"]]
        rows.append({
            "edge": edge, "source": nodes[edge["source"]], "target": nodes[edge["target"]],
            "programme": programmes[edge["programme"]], "status": status_in(edge, payload["horizon"]),
            "years": f"{min(years)}–{max(years)}" if years else "", "numbers": sorted(numbers[s] for s in sources),
        })  # fmt: skip
    return sorted(rows, key=lambda row: (row["programme"][lang], row["edge"]["id"]))


def status_in(edge: Mapping[str, Json], year: int) -> str:
    """Return ``certain``, ``possible``, ``undated`` or ``none``: what the graph says of a pairing in *year*.

    >>> status_in({"in_force": [2018], "possibly": [2019], "undated": False}, 2019)
    'possible'
    """
    if edge["undated"]:
        return "undated"
    if year in edge["in_force"]:
        return "certain"
    return "possible" if year in edge["possibly"] else "none"


def _cited(payload: Mapping[str, Json]) -> list[tuple[str, Json]]:
    return sorted(payload["sources"].items())


def _known(lang: str) -> str:
    if lang not in LANGUAGES:
        raise CooperationError(f"no language {lang!r}; available: {', '.join(LANGUAGES)}")
    return lang


def _policy(scripts: list[str], styles: list[str]) -> str:
    """Return a content security policy under which only our own inlined code runs and nothing is fetched."""
    script = " ".join(_hash(text) for text in scripts) or "'none'"
    style = " ".join(_hash(text) for text in styles)
    return (
        f"default-src 'none'; script-src {script}; style-src {style}; img-src data: blob:; "
        "base-uri 'none'; form-action 'none'"
    )


def _hash(text: str) -> str:
    return f"'sha256-{base64.b64encode(hashlib.sha256(text.encode()).digest()).decode()}'"


def _environment() -> jinja2.Environment:
    environment = jinja2.Environment(
        loader=jinja2.FunctionLoader(_template), autoescape=True, undefined=jinja2.StrictUndefined,
        trim_blocks=True, lstrip_blocks=True, keep_trailing_newline=True,
    )  # fmt: skip
    environment.filters["safe_url"] = safe_url
    return environment


def _template(name: str) -> str:
    return (files("cooperation_kg.render") / "templates" / name).read_text(encoding="utf-8")


@cache
def _asset(name: str) -> str:
    return (files("cooperation_kg.render") / "assets" / name).read_text(encoding="utf-8").replace("\r\n", "\n")


@cache
def _messages() -> dict[str, dict[str, str]]:
    loaded: dict[str, dict[str, str]] = json.loads(_asset("messages.json"))
    return loaded


@cache
def _vis_network() -> str:
    """Return vis-network out of the installed pyvis wheel; its line ends are made LF, for hashes count every byte."""
    text = (files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8")
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    return text.replace("//# sourceMappingURL=vis-network.min.js.map", "")
