"""Which state of the data is meant? A revision of git, a data folder, or a build."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from pyoxigraph import Quad, RdfFormat, parse

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.revisions import data_at
from cooperation_kg.errors import BadParameter, HistoryError, InvalidCorpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.query.differences.snapshot import Snapshot, snapshot_of

GRAPH_FORMATS = {".trig": RdfFormat.TRIG, ".nq": RdfFormat.N_QUADS}
"""Files that keep the named graphs: the others have lost which statement is whose."""
BUILT = ("graph.trig", "graph.nq")
"""What a build folder holds, the first that is there."""


def read_side(text: str, data: Path | None = None) -> Snapshot:
    """Return one state of the data.

    Parameters
    ----------
    text: a data folder (or the folder above its ``data``), a build folder, a ``.trig`` or ``.nq`` file; else a
        revision or date, as `data_at` reads it. A path that is there goes first.
    data: the data folder whose revisions are meant; the shipped facts where None.

    Raises BadParameter or HistoryError for what is none of these, InvalidCorpus for data that today's checks refuse.
    """
    if not text.strip():
        # an empty shell variable would else mean the folder one stands in
        raise BadParameter(
            "a state has no name; give a revision, a data folder or a build / "
            "未写明哪个状态；请写版本、数据文件夹或构建结果"
        )
    path = Path(text)
    folder = data_folder_at(path)
    if folder is not None:
        return _of_folder(folder, text)
    graph = _graph_at(path)
    if graph is not None:
        return _of_graph(graph, text)
    try:
        with data_at(data, text) as then:
            name = then.name if then.revision.startswith(text) else f"{text} = {then.name}"
            return snapshot_of(_quads_of(then.folder), name, then.revision)
    except HistoryError as unknown:
        if not path.exists():
            raise
        raise BadParameter(
            f"{text}: neither a data folder (dataset.yaml), nor a build ({', '.join(BUILT)}), nor a "
            f"{' or '.join(GRAPH_FORMATS)} file, nor a revision / 既非数据文件夹，也非构建结果、"
            f"{'、'.join(GRAPH_FORMATS)} 文件或版本"
        ) from unknown


def data_folder_at(path: Path) -> Path | None:
    """Return the data folder at a path: itself, or its ``data``; None where there is none."""
    return next((folder for folder in (path, path / "data") if (folder / "dataset.yaml").is_file()), None)


def _graph_at(path: Path) -> Path | None:
    if path.is_file() and path.suffix in GRAPH_FORMATS:
        return path
    return next((path / name for name in BUILT if (path / name).is_file()), None)


def _of_folder(folder: Path, name: str) -> Snapshot:
    try:
        return snapshot_of(_quads_of(folder), name)
    except InvalidCorpus as invalid:
        located = [replace(issue, file=(folder / issue.file).as_posix()) for issue in invalid.issues]
        raise InvalidCorpus(located) from invalid


def _quads_of(folder: Path) -> Iterable[Quad]:
    return build_graph(load_corpus(folder)).quads


def _of_graph(path: Path, name: str) -> Snapshot:
    try:
        quads = tuple(parse(path=path, format=GRAPH_FORMATS[path.suffix]))
    except (SyntaxError, ValueError) as bad:
        raise BadParameter(
            f"{path} cannot be read as {path.suffix}: {bad}; build it again / 无法读取；请重新构建"
        ) from bad
    except OSError as bad:
        raise BadParameter(f"{path} cannot be read: {bad.strerror} / 无法读取") from bad
    return snapshot_of(quads, name)
