"""What is measured inside a process: named questions, look-ups, answers, writers, and the floor. Prints JSON.

python inside.py questions FOLDER GRAPH.ttl --rounds 3 [--no-rdflib]
python inside.py answers FOLDER
python inside.py exports FOLDER
python inside.py writers FOLDER GRAPH.ttl
python inside.py floor FOLDER
python inside.py stages FOLDER
"""

from __future__ import annotations

import argparse
import gc
import io
import json
import signal
import sys
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from national import write_record
from timing import digits, spread

import cooperation_kg as ckg
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.conflicts import Conflicts
from cooperation_kg.query.document import Document
from cooperation_kg.query.explain import Explanation
from cooperation_kg.query.library import NamedQuery, named_queries
from cooperation_kg.query.lookup import find_named
from cooperation_kg.query.report import Report
from cooperation_kg.query.show import Shown
from cooperation_kg.query.totals import Total
from cooperation_kg.render.exports import FORMATS
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import flat_network
from cooperation_kg.render.exports.graphml import write_network

ENOUGH = 5.0
"""Seconds after which a question is not asked again."""


def timed(act: Callable[[], Any], rounds: int) -> tuple[list[float], Any]:
    """Return the seconds of each round, and the last answer."""
    found: list[float] = []
    answer = None
    while len(found) < rounds and sum(found) < ENOUGH:
        started = time.perf_counter()
        answer = act()
        found.append(time.perf_counter() - started)
    return found, answer


class TooLong(Exception):
    """A question took more than it is given."""


def _give_up(*_: object) -> None:
    raise TooLong


def limited(act: Callable[[], Any], rounds: int, limit: int) -> tuple[list[float], Any]:
    """Return as ``timed``; no seconds where an engine is still at it after ``limit``."""
    signal.signal(signal.SIGALRM, _give_up)
    signal.alarm(limit)
    try:
        return timed(act, rounds)
    except TooLong:
        return [], None
    finally:
        signal.alarm(0)


def text_of(kg: KnowledgeGraph, question: NamedQuery) -> str:
    """Return the SPARQL of a question about the first pairing, place, policy and programme of the dataset."""
    held = kg.iris.base + "id/"
    pairing = kg.derived.pairings[min(kg.derived.pairings)]
    things = {
        "pairing": f"<{held}pairing/{pairing.slug}>",
        "place": f"<{held}place/p00>",
        "policy": f"<{held}policy/policy-0>",
        "programme": f"<{held}programme/{pairing.programme}>",
        "source": f"<{held}source/source-0>",
        "thing": f"<{held}place/p00>",
        "text": '"p01"',
        "lang": '"zh"',
        "first_day": '"2020-01-01"^^<http://www.w3.org/2001/XMLSchema#date>',
        "last_day": '"2020-12-31"^^<http://www.w3.org/2001/XMLSchema#date>',
        "year": "2020",
    }
    asked = {v for p in question.parameters if p.default is None or p.type in ("lang", "time") for v in p.variables}
    return question.with_values({name: things[name] for name in asked})


def questions(folder: Path, turtle: Path, rounds: int, limit: int) -> dict[str, Any]:
    """Return the seconds of each named question in the embedded store and in rdflib, and whether rows are as many."""
    kg = ckg.build_graph(ckg.load_corpus(folder))
    store, prefixes, base = kg.store, kg.iris.prefixes, kg.iris.base
    peer = None
    if limit:
        from rdflib import Graph

        peer = Graph().parse(turtle, format="turtle")
    told: dict[str, Any] = {}

    def ask(text: str) -> int:
        return len(list(store.query(text, prefixes=prefixes, base_iri=base, use_default_graph_as_union=True)))

    def ask_peer(text: str) -> int:
        return len(list(peer.query(text, initNs=prefixes, base=base)))

    for name, question in named_queries().items():
        text = text_of(kg, question)
        seconds, rows = timed(partial(ask, text), rounds)
        told[name] = {"rows": rows, "ours s": spread(seconds)}
        if peer is not None:
            found, theirs = limited(partial(ask_peer, text), rounds, limit)
            took = spread(found) if found else None
            told[name] |= {"rdflib rows": theirs, "rdflib s": took, "given up after s": limit}
        print(name, told[name], file=sys.stderr)
    return told


def answers(folder: Path, rounds: int) -> dict[str, Any]:
    """Return the seconds of answers; the records are read, what follows from them is derived, the store is filled.

    The first call of each is put to a graph of which nothing was asked: it makes the tables that answers are looked up
    in. The others find them made. ``rows`` is how much an answer holds, where that can be counted.
    """
    kg = ckg.build_graph(ckg.load_corpus(folder))
    started = time.perf_counter()
    store = kg.store
    filled = time.perf_counter() - started
    pairing, statement = min(kg.derived.pairings), min(kg.corpus.statements)
    said_of = f"SELECT ?p ?o WHERE {{ GRAPH ?g {{ <{kg.iris.base}id/pairing/{pairing}> ?p ?o }} }}"
    acts: dict[str, Callable[[KnowledgeGraph], Any]] = {
        "look-up: what is said of a thing": lambda _: list(store.query(said_of)),
        "look-up: a thing by its name": lambda kg: find_named(kg, pairing),
        "pairings-of": lambda _: ckg.run_query(kg, "pairings-of", place="p00"),
        "total": lambda kg: ckg.total(kg, pairing),
        "total of a province": lambda kg: ckg.total(kg, "p00"),
        "conflicts": lambda kg: ckg.conflicts(kg),
        "conflicts of a pairing": lambda kg: ckg.conflicts(kg, about=pairing),
        "conflicts, to be read": lambda kg: ckg.conflicts(kg).document("zh"),
        "report": lambda kg: ckg.report(kg),
        "report of a pairing": lambda kg: ckg.report(kg, about=pairing),
        "report, to be read": lambda kg: ckg.report(kg).document("zh"),
        "show": lambda kg: ckg.show(kg, pairing),
        "show of a province": lambda kg: ckg.show(kg, "p00"),
        "explain": lambda kg: ckg.explain(kg, pairing),
        "explain of a statement": lambda kg: ckg.explain(kg, statement),
    }
    import_all()
    told: dict[str, Any] = {"store filled": {"first s": digits(filled)}}
    for name, act in acts.items():
        asked = KnowledgeGraph(kg.corpus, kg.derived)
        first, answer = timed(partial(act, asked), 1)
        again, _ = timed(partial(act, asked), rounds)
        told[name] = {"rows": rows_of(answer), "first s": digits(first[0]), "again s": spread(again)}
    return told


def import_all() -> None:
    """Ask everything once of a small record: to import is no part of an answer."""
    with TemporaryDirectory() as folder:
        write_record(Path(folder), 100)
        small = ckg.build_graph(ckg.load_corpus(folder))
    pairing, statement = min(small.derived.pairings), min(small.corpus.statements)
    for answer in (ckg.total(small, pairing), ckg.conflicts(small), ckg.report(small), ckg.show(small, pairing)):
        answer.document("zh")
    for fact in (pairing, statement):
        ckg.explain(small, fact)


def rows_of(answer: Any) -> int | None:
    """Return how many rows an answer holds: of a list its length, of a report those of its parts, and so on."""
    match answer:
        case Conflicts():
            return len(answer.found)
        case Report():
            return sum(len(answer.records(part)) for part in answer.parts)
        case Total():
            return sum(len(measure.found.every) + len(measure.reasons) for measure in answer.measures)
        case Shown():
            return sum(len(part.rows) for part in answer.parts)
        case Explanation():
            return sum(len(part.rows) for one in answer.explained for part in one.parts)
        case Document():
            return sum(len(section.rows) + len(section.lines) for section in answer.sections)
        case list():
            return len(answer)
    return None


def exports(folder: Path, rounds: int) -> dict[str, Any]:
    """Return the seconds of each export of a graph whose facts are made, and how many bytes it has."""
    kg = ckg.build_graph(ckg.load_corpus(folder))
    _ = kg.facts
    told: dict[str, Any] = {}
    for name, row in FORMATS.items():
        if row.views[0] in row.folders:
            continue
        gc.collect()  # what one leaves behind is no part of the next
        seconds, content = timed(partial(ckg.export, kg, name), rounds)
        told[name] = {"s": spread(seconds), "bytes": len(content)}
        print(name, told[name], file=sys.stderr)
    return told


def writers(folder: Path, turtle: Path, rounds: int) -> dict[str, Any]:
    """Return the seconds of our writers beside those of rdflib and networkx, which write the same graph and network."""
    import networkx as nx
    from rdflib import Graph

    kg = ckg.build_graph(ckg.load_corpus(folder))
    _ = kg.facts
    graph, network = Graph().parse(turtle, format="turtle"), flat_network(Cut(kg, "network"))
    acts: dict[str, Callable[[], Any]] = {
        "turtle ours": lambda: ckg.export(kg, "turtle"),
        "turtle rdflib": lambda: graph.serialize(format="turtle"),
        "graphml ours": lambda: write_network(network),
        "graphml networkx": lambda: nx.write_graphml(network, io.BytesIO()),
    }
    told: dict[str, Any] = {name: spread(timed(act, rounds)[0]) for name, act in acts.items()}
    again = Graph().parse(data=ckg.export(kg, "turtle"), format="turtle")
    return {**told, "triples": len(graph), "same triples": set(again) == set(graph)}


def floor(folder: Path, rounds: int) -> dict[str, Any]:
    """Return the least that each stage can take: bytes read, YAML parsed, triples loaded into a bare store."""
    import yaml
    from pyoxigraph import RdfFormat, Store

    paths = sorted(folder.rglob("*.yaml"))
    texts = [path.read_text(encoding="utf-8") for path in paths]
    kg = ckg.build_graph(ckg.load_corpus(folder))
    quads = ckg.export(kg, "nquads")
    told: dict[str, Any] = {
        "bytes read": spread(timed(lambda: [path.read_bytes() for path in paths], rounds)[0]),
        "YAML events (libyaml)": spread(timed(lambda: [_events(yaml, text) for text in texts], rounds)[0]),
        "quads loaded into a bare store": spread(
            timed(lambda: Store().load(quads, format=RdfFormat.N_QUADS, lenient=True), rounds)[0]
        ),
    }
    try:
        import yaml_rs
    except ImportError:  # the fast reader is not there on every system
        return told
    read = timed(lambda: [yaml_rs.loads(text, parse_datetime=False) for text in texts], rounds)[0]
    return {
        **told,
        "YAML read (yaml-rs)": spread(read),
        "bytes": sum(path.stat().st_size for path in paths),
        "quads": quads.count(b"\n"),
    }


def _events(yaml: Any, text: str) -> None:
    for _ in yaml.parse(text, Loader=yaml.CSafeLoader):
        pass


def stages(folder: Path | None) -> dict[str, float]:
    """Return the seconds of each stage of one run in one process."""
    told: dict[str, float] = {}

    def step(name: str, act: Callable[[], Any]) -> Any:
        started = time.perf_counter()
        made = act()
        told[name] = digits(time.perf_counter() - started)
        return made

    from cooperation_kg.curate.corpus import read_corpus

    corpus, _ = step("read", lambda: read_corpus(folder))
    step("check", lambda: ckg.check(corpus))
    kg = step("derive", lambda: ckg.build_graph(corpus))
    step("facts", lambda: kg.facts)
    step("store", lambda: kg.store)
    step("turtle", lambda: ckg.export(kg, "turtle"))
    step("graphml", lambda: ckg.export(kg, "graphml"))
    return told


def main() -> None:
    """Do what the command line asks for."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("what", choices=("questions", "answers", "exports", "writers", "floor", "stages"))
    parser.add_argument("folder", type=Path, help="a dataset; - for the shipped facts")
    parser.add_argument("files", type=Path, nargs="*")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--limit", type=int, default=20, help="seconds that rdflib has for a question")
    parser.add_argument("--no-rdflib", action="store_true")
    given = parser.parse_args()
    gc.disable()  # as the command does
    if given.what == "questions":
        told = questions(given.folder, given.files[0], given.rounds, 0 if given.no_rdflib else given.limit)
    elif given.what == "answers":
        told = answers(given.folder, given.rounds)
    elif given.what == "exports":
        told = exports(given.folder, given.rounds)
    elif given.what == "writers":
        told = writers(given.folder, given.files[0], given.rounds)
    elif given.what == "floor":
        told = floor(given.folder, given.rounds)
    else:
        told = stages(None if str(given.folder) == "-" else given.folder)
    print(json.dumps(told))


if __name__ == "__main__":
    main()
