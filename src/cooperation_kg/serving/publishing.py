"""What does a server answer from? A folder made in one go: a store on disk, the records, what they are; then the pages.

``python -m cooperation_kg.serving.publishing graph|site|narrow FOLDER …`` makes each in a process of its own, so that
the server goes on answering, from the former folder, until the new one is whole.
"""

from __future__ import annotations

import gc
import json
import pickle
import sys
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from pyoxigraph import RdfFormat, Store

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.errors import CooperationError, CurationError
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph, n_quads
from cooperation_kg.graph.view import as_of_view

STORE = "store"
SITE = "site"
RECORDS = "records"
_ABOUT = "about.json"
FAULTY, FAILED = 1, 2
"""Exit codes: the data do not hold together; the machine was short of something."""


def publish_graph(folder: Path, data: Path | None) -> None:
    """Write store, records and what they are; raises InvalidCorpus where the data do not hold together.

    Parameters
    ----------
    folder: a new folder that nobody else can write to.
    data: the data folder; the shipped facts where None.
    """
    kg = build_graph(load_corpus(data))
    write_records(folder / RECORDS, kg)
    write_store(folder / STORE, kg)
    about = json.dumps(about_graph(kg, Counter(graph[1:-1] for graph, *_ in kg.facts)), ensure_ascii=False)
    (folder / _ABOUT).write_text(about, encoding="utf-8")


def publish_site(folder: Path, lang: str) -> None:
    """Write the pages of the records in a folder."""
    from cooperation_kg.render.files import build_files
    from cooperation_kg.render.output import write_folder

    write_folder(folder / SITE, build_files(read_records(folder), lang=lang).files)


def publish_narrowed(folder: Path, as_of: str, store: Path) -> None:
    """Write the store of the graph as of a time."""
    write_store(store, as_of_view(read_records(folder), parse_as_of(as_of)))


def write_store(path: Path, kg: KnowledgeGraph) -> None:
    """Write the graph as an Oxigraph store, ready to be opened read-only by many."""
    store = Store(str(path))
    # lenient: every IRI and language was checked where it was read
    store.bulk_load(b"".join(n_quads(kg.facts)), format=RdfFormat.N_QUADS, lenient=True)
    store.optimize()
    store.flush()


def write_records(path: Path, kg: KnowledgeGraph) -> None:
    """Write the records of a graph; facts are made again where they are wanted, quicker than they are read."""
    unfinished = path.with_name(f"{path.name}.new")
    unfinished.write_bytes(pickle.dumps(KnowledgeGraph(kg.corpus, kg.derived), protocol=5))
    unfinished.replace(path)


def read_records(folder: Path) -> KnowledgeGraph:
    """Return the graph of a folder that ``publish_graph`` made."""
    # written by this program into a folder of its own a moment ago
    kg: KnowledgeGraph = pickle.loads((folder / RECORDS).read_bytes())
    return kg


def read_about(folder: Path) -> dict[str, Any]:
    """Return what a folder holds: ``base``, ``prefixes``, ``graphs`` (IRIs), ``triples``, ``title``, ``version``."""
    about: dict[str, Any] = json.loads((folder / _ABOUT).read_text(encoding="utf-8"))
    return about


def about_graph(kg: KnowledgeGraph, counts: Mapping[str, int]) -> dict[str, Any]:
    """Return what a server tells of a graph; ``counts`` are the triples of each named graph by its IRI."""
    dataset = kg.corpus.dataset
    return {
        "base": kg.iris.base,
        "prefixes": kg.iris.prefixes,
        "graphs": counts,
        "triples": sum(counts.values()),
        "title": {lang: dataset.title.in_language(lang) for lang in ("zh", "en")},
        "version": dataset.version,
        "licence": dataset.licence,
    }


def faults_of(invalid: CurationError, lang: str) -> str:
    """Return the faults that keep data from being served, one a line."""
    return "".join(f"{issue.text(lang)}\n" for issue in invalid.issues if issue.severity == "error")


def short_of(failed: Exception) -> str:
    """Return what is told where the machine was short of something."""
    return f"cannot make it ready 无法备好数据: {_said_by(failed)}"


def _said_by(failed: Exception) -> str:
    known = isinstance(failed, OSError | MemoryError) and str(failed)
    return known or f"{type(failed).__name__} {failed}".strip()


def main(what: str, folder: str, *more: str) -> int:
    """Make what is asked for; return FAULTY or FAILED, with every fault on stderr, where it cannot be made."""
    gc.disable()
    lang = more[-1]
    try:
        match what:
            case "graph":
                publish_graph(Path(folder), Path(more[0]) if more[0] else None)
            case "site":
                publish_site(Path(folder), lang)
            case _:
                publish_narrowed(Path(folder), more[0], Path(more[1]))
    except CurationError as invalid:
        sys.stderr.write(faults_of(invalid, lang))
        return FAULTY
    except CooperationError as error:
        sys.stderr.write(f"{error}\n")
        return FAULTY
    except (OSError, MemoryError) as failed:  # the disk is full, or the memory
        sys.stderr.write(f"{short_of(failed)}\n")
        return FAILED
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
