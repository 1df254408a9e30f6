"""The set of files that ``ckg build`` makes: the site, the interactive network, and the graph for other tools."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from functools import partial

from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.view import as_of_view
from cooperation_kg.render.exports import export, file_name
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page
from cooperation_kg.render.site import tasks, with_exports
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.workers import Made, Task, do_all

EXPORTS = ("trig", "turtle", "graphml")
"""The exports that lie beside the pages."""
NETWORK = "network.html"


@dataclass(frozen=True)
class Built:
    """The files by name, in the order in which they are written, and what they cost.

    ``seconds`` of processor time by kind of work; what is done side by side is counted for each.
    """

    files: Made
    seconds: dict[str, float]


def build_files(
    kg: KnowledgeGraph, *, lang: str = "zh", as_of: AsOf | None = None, workers: int | None = None
) -> Built:
    """Return every file of the build folder.

    Parameters
    ----------
    lang: the language in which the pages open; the other one is a click away.
    as_of: the time at which the pages open and to which the exports are narrowed; their names say it.
    workers: how many processes share the work; as many as there are processors where None. The files are the same.
    """
    narrowed = kg if as_of is None else as_of_view(kg, as_of)
    site = Site(kg, lang=lang, as_of=as_of)
    # the longest first, so that none is left running alone at the end
    done = do_all(
        [
            Task("network", partial(network_file, kg, lang, as_of)),
            *(Task("exports", partial(export_file, narrowed, name, as_of)) for name in reversed(EXPORTS)),
            *tasks(site),
        ],
        workers,
    )
    made = {name: content for one in done for name, content in one.files.items()}
    site.beside = {name: made.pop(name) for name in (file_name(name, as_of=as_of) for name in EXPORTS)}
    last = do_all([Task("home", partial(with_exports, site))])
    seconds: dict[str, float] = defaultdict(float)
    for one in (*done, *last):
        seconds[one.stage] += one.seconds
    return Built(last[0].files | made | dict(site.beside), dict(seconds))


def network_file(kg: KnowledgeGraph, lang: str, as_of: AsOf | None) -> Made:
    """Return the interactive network."""
    return {NETWORK: render_page(build_network(kg, as_of), lang=lang, site_links=True).encode()}


def export_file(kg: KnowledgeGraph, name: str, as_of: AsOf | None) -> Made:
    """Return an export that lies beside the pages."""
    return {file_name(name, as_of=as_of): export(kg, name)}
