"""Two servers behind HAProxy, with the configuration of the documentation: one may die, nobody notices."""

from __future__ import annotations

import asyncio
import csv
import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import ExitStack
from importlib import import_module
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from serving_world import run_apart
from soak_world import benchmark_modules

from cooperation_kg.graph.dataset import KnowledgeGraph, n_quads
from cooperation_kg.query.run import run_query

DOC = Path(__file__).parents[2] / "docs" / "replicas.md"
BLOCKS = re.findall(r"```haproxy\n(.*?)```", DOC.read_text(encoding="utf-8"), re.DOTALL)
ASKED = ("point", "group-by", "every literal", "construct", "show", "page")
CHECK = "    http-check send meth GET uri /ready ver HTTP/1.1 hdr Host localhost\n"


@pytest.fixture(scope="module")
def soaking() -> Iterator[ModuleType]:
    with benchmark_modules() as module:
        yield module


@pytest.fixture
def haproxy() -> str:
    found = shutil.which("haproxy", path="/usr/sbin:/usr/bin:/usr/local/sbin:/usr/local/bin")
    if found is None:
        pytest.skip("HAProxy is not installed; scripts/install-test-system.sh installs it")
    return found


def configured(text: str, ports: dict[str, int]) -> str:
    """Return a configuration with ports of our own."""
    for told, own in ports.items():
        assert text.count(f":{told}\n") + text.count(f":{told} ") == 1
        text = text.replace(f":{told}\n", f":{own}\n").replace(f":{told} ", f":{own} ")
    return text


def _process() -> ModuleType:
    return import_module("serving_process")


async def taken_for_alive(soaking: ModuleType, port: int, *names: str) -> None:
    """Return when HAProxy has asked these replicas and takes them for alive, without a doubt; fail after a minute."""
    async with soaking.Line(port) as line:
        for _ in range(600):
            told = (await line.ask(soaking.Request("/;csv"))).body.decode().splitlines()
            rows = csv.DictReader([told[0].removeprefix("# "), *told[1:]])
            known = {row["svname"]: (row["status"], row["check_status"]) for row in rows if row["pxname"] == "replicas"}
            if all(known[name] == ("UP", "L7OK") for name in names):
                return
            await asyncio.sleep(0.1)
    raise AssertionError(known)


class Traffic:
    """Clients that ask on, each answer compared."""

    def __init__(self, soaking: ModuleType, port: int, folder: Path) -> None:
        self.soak = soaking.Soak(soaking.SUBJECTS["mini"], folder)
        self.soak.prepare()
        asked = soaking.questions(self.soak.subject)
        self.questions = [one for one in asked if one.name in ASKED and one.request.method == "GET"]
        self.line = lambda: soaking.Line(port, again=True)

    @property
    def bad(self) -> tuple[Any, ...]:
        found = self.soak.found
        return dict(found.wrong), dict(found.lost), dict(found.refused)

    async def ask_on(self) -> None:
        async with self.line() as line:
            while not self.soak.over.is_set():
                await self.soak.ask(line, self.soak.chance.choice(self.questions))

    async def answered(self, more: int) -> None:
        """Return when so many more are answered."""
        before = self.soak.found.answered.total()
        while self.soak.found.answered.total() < before + more:
            assert self.bad == ({}, {}, {})
            await asyncio.sleep(0.02)


def test_one_of_two_replicas_is_killed_and_comes_back_and_every_answer_is_right(
    soaking: ModuleType, haproxy: str, tmp_path: Path
) -> None:
    ports = {name: soaking.free_port() for name in ("8080", "8081", "8001", "8002")}
    config = tmp_path / "haproxy.cfg"
    config.write_text(configured(BLOCKS[0], ports), encoding="utf-8")
    traffic = Traffic(soaking, ports["8080"], tmp_path)

    def replica(name: str, folder: str) -> Any:
        options = ("--data", traffic.soak.data, "--site", traffic.soak.site)
        return soaking.running(soaking.ckg_serve(ports[name], *options), ports[name], tmp_path / folder, "triples;")

    async def run(stack: ExitStack, one: Any, two: Any) -> None:
        asking = [asyncio.ensure_future(traffic.ask_on()) for _ in range(4)]
        await traffic.answered(20)
        one.process.kill()
        await traffic.answered(50)
        again = await asyncio.to_thread(stack.enter_context, replica("8001", "again"))
        await asyncio.to_thread(again.await_said, '"GET /sparql"')
        await taken_for_alive(soaking, ports["8081"], "one")
        two.process.kill()
        await traffic.answered(50)
        traffic.soak.over.set()
        await asyncio.gather(*asking)

    with ExitStack() as stack, ThreadPoolExecutor(2) as both:
        started = [replica("8001", "one"), replica("8002", "two")]
        one, two = both.map(stack.enter_context, started)
        stack.enter_context(soaking.running((haproxy, "-db", "-f", config), ports["8080"], tmp_path / "proxy"))
        run_apart(run(stack, one, two))
        assert '"GET /sparql"' in two.said()
    assert traffic.bad == ({}, {}, {})


def test_two_servers_of_oxigraph_open_one_store_behind_the_same_proxy(
    soaking: ModuleType, haproxy: str, mini: KnowledgeGraph, tmp_path: Path
) -> None:
    (tmp_path / "graph.nq").write_bytes(b"".join(n_quads(mini.facts)))
    program = _process().OXIGRAPH[0]
    command = (program, "load", "--location", tmp_path / "store", "--file", tmp_path / "graph.nq")
    subprocess.run(command, check=True, capture_output=True)
    ports = {name: soaking.free_port() for name in ("8080", "8081", "8001", "8002")}
    assert BLOCKS[0].count(CHECK) == 1
    config = tmp_path / "haproxy.cfg"
    config.write_text(configured(BLOCKS[0].replace(CHECK, BLOCKS[1]), ports), encoding="utf-8")
    text = "SELECT ?type (COUNT(*) AS ?n) { ?s a ?type } GROUP BY ?type ORDER BY ?type"
    right = run_query(mini, text).rows

    async def asked(port: int) -> Any:
        async with soaking.Line(port) as line:
            answer = await line.ask(soaking.query(text, path="/query"))
            rows = json.loads(answer.body)["results"]["bindings"]
            return [(row["type"]["value"], row["n"]["value"]) for row in rows]

    with ExitStack() as stack:
        options = ("--location", tmp_path / "store", "--union-default-graph", "--timeout-s", "10")
        one, _ = (
            stack.enter_context(
                soaking.running(
                    (*_process().OXIGRAPH, *options, "--bind", f"127.0.0.1:{ports[name]}"), ports[name], tmp_path / name
                )
            )
            for name in ("8001", "8002")
        )
        stack.enter_context(soaking.running((haproxy, "-db", "-f", config), ports["8080"], tmp_path / "proxy"))
        run_apart(taken_for_alive(soaking, ports["8081"], "one", "two"))
        before = run_apart(asked(ports["8080"]))
        one.process.kill()
        after = run_apart(asked(ports["8080"]))
    assert before == after == [(row["type"], str(row["n"])) for row in right]
