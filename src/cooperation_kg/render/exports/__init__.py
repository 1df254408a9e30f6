"""The graph in the formats that other tools read: one table, FORMATS; the same bytes every time."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from cooperation_kg.errors import UnknownFormat
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.selecting import EVERYTHING, Selection
from cooperation_kg.render.exports.bibliography import bibtex, csljson
from cooperation_kg.render.exports.csv_files import csv_files
from cooperation_kg.render.exports.cut import Cut, cut_of
from cooperation_kg.render.exports.cytoscape import cx2, cytoscape
from cooperation_kg.render.exports.datacube import datacube
from cooperation_kg.render.exports.dot import dot
from cooperation_kg.render.exports.gexf import gexf
from cooperation_kg.render.exports.graphml import graphml
from cooperation_kg.render.exports.json_ld import json_ld
from cooperation_kg.render.exports.package import package
from cooperation_kg.render.exports.pajek import pajek
from cooperation_kg.render.exports.parquet import parquet
from cooperation_kg.render.exports.rdf import n_triples, nquads, rdf_xml, trig, turtle
from cooperation_kg.render.exports.xlsx import xlsx

Content = bytes | Mapping[str, bytes]
"""What a writer returns: the bytes of one file, or for a folder the bytes of each file by its name."""

STEMS = {"network": "network", "statements": "statements", "full": "graph"}
"""View → the first part of the usual file name."""


@dataclass(frozen=True)
class Format:
    """One export format: what it is called, how it travels, what it loses, how it is written.

    Attributes
    ----------
    zh, en: what it loses.
    views: what can be asked for with ``--view``; the first is written where nothing is asked.
    folders: the views that are several files.
    stem: the first part of the usual file name where no view says it.
    """

    name: str
    media_type: str
    suffix: str
    zh: str
    en: str
    write: Callable[[Cut], Content]
    views: tuple[str, ...] = ("full",)
    folders: tuple[str, ...] = ()
    stem: str = ""

    def view(self, asked: str | None) -> str:
        """Return the view that is written; raises UnknownFormat for one that the format does not have."""
        if asked is not None and asked not in self.views:
            known = (f"{row.name} --view {view}" for row in FORMATS.values() for view in row.views)
            raise UnknownFormat(f"{self.name} --view {asked}", tuple(known))
        return asked or self.views[0]


def export(
    kg: KnowledgeGraph,
    name: str,
    *,
    view: str | None = None,
    as_of: AsOf | None = None,
    selection: Selection = EVERYTHING,
    lang: str = "zh",
) -> bytes:
    """Return the graph in one of FORMATS, as the bytes of one file.

    Parameters
    ----------
    name: a key of FORMATS.
    view: ``network`` (parties and pairings), ``statements`` or ``full`` (everything), where the format has it.
    as_of: only what belongs to this time (``graph/view.py``); the file says so in its head.
    selection: only this programme, place, level (``query/selecting.py``); the file says so too.
    lang: the language of labels, zh or en.

    Raises UnknownFormat for an unknown format or view, and for one that is a folder (see ``export_files``).

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> export(build_graph(load_corpus()), "turtle").startswith(b"@prefix")
    True
    """
    content = _written(kg, name, view, as_of, selection, lang)
    if isinstance(content, bytes):
        return content
    one_file = (
        f"{row.name} --view {view}" for row in FORMATS.values() for view in row.views if view not in row.folders
    )
    raise UnknownFormat(f"{name} --view {format_of(name).view(view)} (a folder 是文件夹)", tuple(one_file))


def export_files(
    kg: KnowledgeGraph,
    name: str,
    *,
    view: str | None = None,
    as_of: AsOf | None = None,
    selection: Selection = EVERYTHING,
    lang: str = "zh",
) -> Mapping[str, bytes]:
    """Return the graph in one of FORMATS as files by name; parameters and errors as ``export`` has them.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> list(export_files(build_graph(load_corpus()), "graphml"))
    ['network.graphml']
    """
    content = _written(kg, name, view, as_of, selection, lang)
    if isinstance(content, bytes):
        return {file_name(name, view=view, as_of=as_of, selection=selection): content}
    return content


def format_of(name: str) -> Format:
    """Return a row of FORMATS; raises UnknownFormat, with the names that there are."""
    if name not in FORMATS:
        raise UnknownFormat(name, FORMATS)
    return FORMATS[name]


def file_name(
    name: str, *, view: str | None = None, as_of: AsOf | None = None, selection: Selection = EVERYTHING
) -> str:
    """Return the usual name of an export, of the folder where it is one: it says time and selection.

    >>> from cooperation_kg.graph.asof import parse_as_of
    >>> file_name("graphml", as_of=parse_as_of("2016/2020"))
    'network.as-of-2016_2020.graphml'
    """
    row = format_of(name)
    shown = row.view(view)
    stem, suffix = row.stem or STEMS[shown], row.suffix
    if shown in row.folders:
        stem, suffix = f"{stem}-{name}", ""
    return ".".join(part for part in (stem, selection.tag, as_of.tag if as_of else "") if part) + suffix


def _written(
    kg: KnowledgeGraph, name: str, view: str | None, as_of: AsOf | None, selection: Selection, lang: str
) -> Content:
    row = format_of(name)
    return row.write(cut_of(kg, row.view(view), as_of=as_of, selection=selection, lang=lang))


FORMATS: dict[str, Format] = {
    row.name: row
    for row in (
        Format(
            "turtle",
            "text/turtle",
            ".ttl",
            "不含命名图（哪个来源说的仍在各陈述上）",
            "loses the named graphs (each statement still names its source)",
            turtle,
        ),
        Format("trig", "application/trig", ".trig", "不丢失内容", "loses nothing", trig),
        Format(
            "ntriples",
            "application/n-triples",
            ".nt",
            "不含命名图",
            "loses the named graphs",
            n_triples,
        ),
        Format("nquads", "application/n-quads", ".nq", "不丢失内容", "loses nothing", nquads),
        Format("jsonld", "application/ld+json", ".jsonld", "不丢失内容", "loses nothing", json_ld),
        Format(
            "rdfxml",
            "application/rdf+xml",
            ".rdf",
            "不含命名图；XML 不能写的控制字符略去",
            "loses the named graphs and the control characters that XML cannot hold",
            rdf_xml,
        ),
        Format(
            "graphml",
            "application/graphml+xml",
            ".graphml",
            "network：只含结对网络；full：字面值并入节点属性",
            "network: pairings only; full: literals become node attributes",
            graphml,
            views=("network", "full"),
        ),
        Format(
            "gexf",
            "application/gexf+xml",
            ".gexf",
            "只含结对网络，有起止（动态）；没有年份的结对没有起止",
            "the pairing network with its times (dynamic); an undated pairing has none",
            gexf,
            views=("network",),
        ),
        Format(
            "cytoscape",
            "application/json",
            ".cyjs",
            "只含结对网络，同 graphml",
            "the pairing network, as graphml",
            cytoscape,
            views=("network",),
        ),
        Format(
            "cx2",
            "application/json",
            ".cx2",
            "只含结对网络，同 graphml",
            "the pairing network, as graphml",
            cx2,
            views=("network",),
        ),
        Format(
            "dot",
            "text/vnd.graphviz",
            ".gv",
            "只含结对网络：名称、机制、年份；来源不在内",
            "the pairing network: names, programmes and years, without sources",
            dot,
            views=("network",),
        ),
        Format(
            "pajek",
            "text/plain",
            ".net",
            "只含名称、谁与谁结对、哪些年；双引号写作全角",
            "names, who is paired with whom, and the years; a double quote is written full-width",
            pajek,
            views=("network",),
        ),
        Format(
            "csv",
            "text/csv",
            ".csv",
            "只含陈述、结对、轮次与来源的主要栏目；形似公式的文字前加撇号",
            "main columns of statements, pairings, terms and sources; an apostrophe before what looks like a formula",
            csv_files,
            views=("statements", "network", "full"),
            folders=("network", "full"),
        ),
        Format(
            "parquet",
            "application/vnd.apache.parquet",
            ".parquet",
            "只含 CSV 所含的栏目；需另装 pyarrow（cooperation-kg[parquet]）",
            "the columns of CSV; needs pyarrow (cooperation-kg[parquet])",
            parquet,
            views=("statements", "network", "full"),
            folders=("network", "full"),
        ),
        Format(
            "xlsx",
            "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
            ".xlsx",
            "只含 CSV 所含的栏目；超过 15 位的数为文本，控制字符略去",
            "the columns of CSV; numbers of more than 15 digits are text, control characters are left out",
            xlsx,
            views=("statements", "network", "full"),
        ),
        Format(
            "package",
            "application/vnd.datapackage+json",
            ".datapackage.json",
            "不丢失内容：CSV 所含的栏目之外，另有整个图谱（TriG）；单元格照实，不防公式",
            "loses nothing: the whole graph as TriG beside the tables; cells as they are, formulas not neutralised",
            package,
            folders=("full",),
            stem="data",
        ),
        Format(
            "datacube",
            "text/turtle",
            ".ttl",
            "只含数字：准确数、约数、上下限、范围与分数各为一个数据立方体（RDF Data Cube）",
            "figures only: exact and approximate numbers, limits, ranges and shares each as an RDF Data Cube",
            datacube,
            stem="figures",
        ),
        Format(
            "bibtex",
            "application/x-bibtex",
            ".bib",
            "只含来源：全图为全部文献，部分则为所引及其原文；“某时在……间”只见于 note，控制字符略去",
            "documents only: all, or those cited in a part; “some time within” is told in the note, "
            "control characters are left out",
            bibtex,
            stem="sources",
        ),
        Format(
            "csljson",
            "application/vnd.citationstyles.csl+json",
            ".csl.json",
            "只含来源，同 bibtex；时间与所选只见于文件名",
            "documents only, as bibtex; time and selection are told by the name of the file alone",
            csljson,
            stem="sources",
        ),
    )
}
