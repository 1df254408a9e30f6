"""How fast is the network page beside a bare vis-network page with the same nodes and edges?

    python benchmarks/network_page.py --parties 500 3000 10000 --rounds 3

Both pages are opened in turns, in the same browser, from disk. The bare page holds every party and every pairing, with
the same positions, no physics and straight lines, and shows no label, panel, table or filter: it is the least that
vis-network can do. Our page shows what it would show a reader: above 3,000 parties most pairings are gathered. Written
are the medians, the spread (least and most) and ours as a ratio to the bare page; what has no counterpart has none.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import sys
import tempfile
import time
from collections import defaultdict
from datetime import date
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from playwright.sync_api import Page, sync_playwright
from synthetic import write

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import VIS_NETWORK, render_page
from cooperation_kg.render.payload import as_json, page_payload

RESULTS = Path(__file__).parent / "results" / "network_page.json"
PACKAGES = ("cooperation-kg", "pyvis", "playwright")
STEPS = 8
"""How often a pan or a step of a year is done; its time is the mean."""
BARE = """<!doctype html><meta charset="utf-8"><title>bare</title><style>#stage{{width:760px;height:760px}}</style>
<div id="stage"></div><script>{vis}</script><script>
const given = {data};
const nodes = new vis.DataSet(given.nodes), edges = new vis.DataSet(given.edges);
const plain = {{physics: false, edges: {{smooth: false}}}};
const network = new vis.Network(document.getElementById("stage"), {{nodes, edges}}, plain);
network.once("afterDrawing", () => {{ document.documentElement.dataset.drawn = "true"; }});
network.fit({{animation: false}});
document.documentElement.dataset.ready = "true";
</script>"""
# the time of the frame after the one in which a page says that it has drawn its network
WATCH = """new MutationObserver((_, observer) => {
  if (document.documentElement.dataset.drawn !== "true") return;
  observer.disconnect();
  requestAnimationFrame(() => { window.__seen = performance.now(); });
}).observe(document, {attributes: true, subtree: true, attributeFilter: ["data-drawn"]});"""
FRAME = "const frame = () => new Promise((done) => requestAnimationFrame(() => setTimeout(done)));"
MEAN = (
    "const mean = async (steps, act) => { const start = performance.now(); "
    "for (let i = 0; i < steps; i += 1) { act(i); await frame(); } return (performance.now() - start) / steps; };"
)
OURS = {
    "pan": "mean({steps}, (i) => CKG.network.moveTo({{position: {{x: 30 * i, y: 10 * i}}, animation: false}}))",
    "year step": "mean({steps}, (i) => CKG.change({{year: 2004 + i}}))",
    "click": "mean(1, () => CKG.change({{selected: {{kind: 'node', id: 'p01'}}}}))",
    "search": "mean(1, () => {{ const box = document.getElementById('search'); box.value = 'p01-3'; "
    "box.dispatchEvent(new Event('input')); }})",
}
THEIRS = {
    "pan": "mean({steps}, (i) => network.moveTo({{position: {{x: 30 * i, y: 10 * i}}, animation: false}}))",
    "year step": "mean({steps}, (i) => edges.update(given.edges.map((edge) => "
    "({{id: edge.id, hidden: !edge.years.includes(2004 + i)}}))))",
}


def bare_page(payload: dict[str, Any]) -> str:
    """Return the page that only vis-network makes."""
    drawn = (node for node in payload["nodes"] if node["kind"] != "container")
    nodes = [
        {"id": n["id"], "shape": "dot", "size": 8, "x": n["at"]["geographic"][0], "y": n["at"]["geographic"][1]}
        for n in drawn
    ]
    edges = [
        {"id": e["id"], "from": e["from"], "to": e["to"], "arrows": "to", "years": [*e["in_force"], *e["possibly"]]}
        for e in payload["edges"]
    ]
    vis = (files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8").replace("</script", "<\\/script")
    return BARE.format(vis=vis, data=as_json({"nodes": nodes, "edges": edges}))


def make(parties: int, folder: Path) -> dict[str, Any]:
    """Write both pages of a size; return what is known of them."""
    write(folder / "data", parties)
    network = build_network(build_graph(load_corpus(folder / "data")))
    started = time.perf_counter()
    html = render_page(network)
    seconds = time.perf_counter() - started
    payload = page_payload(network, "zh")
    (folder / "ours.html").write_text(html, encoding="utf-8", newline="\n")
    (folder / "bare.html").write_text(bare_page(payload), encoding="utf-8", newline="\n")
    return {
        "parties": network.number_of_nodes(),
        "pairings": network.number_of_edges(),
        "gathered": payload["gathered"],
        "page bytes": len(html.encode()),
        "page written in s": round(seconds, 2),
    }


def measure(page: Page, path: Path, actions: dict[str, str]) -> dict[str, float]:
    """Return milliseconds of every action, and until the first picture."""
    metrics = page.context.new_cdp_session(page)
    metrics.send("Performance.enable")
    page.goto(path.as_uri())
    page.wait_for_function("() => window.__seen", timeout=300_000)
    told = {m["name"]: m["value"] for m in metrics.send("Performance.getMetrics")["metrics"]}
    found = {"first picture": page.evaluate("() => window.__seen"), "scripting": told["ScriptDuration"] * 1000}
    page.wait_for_selector("html[data-ready=true]")
    for name, action in actions.items():
        found[name] = page.evaluate(f"async () => {{ {FRAME} {MEAN} return {action.format(steps=STEPS)}; }}")
    return found


def compare(folder: Path, rounds: int, browser_path: str | None) -> dict[str, dict[str, Any]]:
    """Open both pages in turns; return each measure with its median, spread and ratio."""
    times: dict[str, dict[str, list[float]]] = {"ours": defaultdict(list), "bare": defaultdict(list)}
    with sync_playwright() as tool:
        browser = tool.chromium.launch(executable_path=browser_path, args=["--no-sandbox"])
        for _ in range(rounds):
            for name, actions in (("ours", OURS), ("bare", THEIRS)):
                context = browser.new_context(viewport={"width": 1440, "height": 900}, offline=True)
                context.add_init_script(WATCH)
                for what, value in measure(context.new_page(), folder / f"{name}.html", actions).items():
                    times[name][what].append(value)
                context.close()
        browser.close()
    return {what: _row(values, times["bare"].get(what)) for what, values in times["ours"].items()}


def _row(ours: list[float], bare: list[float] | None) -> dict[str, Any]:
    row: dict[str, Any] = {"ours ms": _spread(ours)}
    if bare:
        row |= {"bare ms": _spread(bare), "ratio": round(statistics.median(ours) / statistics.median(bare), 2)}
    return row


def _spread(values: list[float]) -> dict[str, float]:
    return {
        "median": round(statistics.median(values), 1),
        "least": round(min(values), 1),
        "most": round(max(values), 1),
    }


def _line(what: str, row: dict[str, Any]) -> str:
    def shown(name: str) -> str:
        held = row.get(name)
        return f"{held['median']:>9.1f} ({held['least']:.0f}–{held['most']:.0f})" if held else "–"

    return f"  {what:<14} {shown('ours ms'):>26} {shown('bare ms'):>26} {row.get('ratio', '–'):>8}"


def main() -> None:
    """Run what the command line asks for, print a table, write the JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--parties", type=int, nargs="+", default=[500, 3000, 10000])
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument(
        "--browser", default=os.environ.get("CKG_CHROMIUM"), help="the browser; Playwright's own if none"
    )
    parser.add_argument("-o", "--output", type=Path, default=RESULTS)
    given = parser.parse_args()
    sizes = []
    for parties in given.parties:
        with tempfile.TemporaryDirectory() as held:
            about = make(parties, Path(held))
            print(about, file=sys.stderr)
            rows = compare(Path(held), given.rounds, given.browser)
        print(f"{about['parties']} parties, {about['pairings']} pairings   ours ms (spread)   bare ms (spread)   ratio")
        print("\n".join(_line(what, row) for what, row in rows.items()))
        sizes.append({**about, "measures": rows})
    result = {
        "date": date.today().isoformat(),
        "machine": {"processors": os.cpu_count(), "architecture": platform.machine(), "system": platform.system()},
        "versions": {"python": platform.python_version(), **{name: version(name) for name in PACKAGES}},
        "rounds": given.rounds,
        "sizes": sizes,
    }
    given.output.parent.mkdir(parents=True, exist_ok=True)
    given.output.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8", newline="\n")


if __name__ == "__main__":
    main()
