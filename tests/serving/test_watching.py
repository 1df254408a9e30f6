"""A server that watches its data: what an edit changes, what is made when asked for, and what happens to faults."""

from __future__ import annotations

import json
import os
import re
import shutil
import signal
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import pytest
from serving_world import MINI, Server, start, stop

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.files import build_files

NAME = "SELECT ?name { place:haizhou rdfs:label ?name FILTER(LANG(?name) = 'en') }"
PLACES = "places/91-haizhou.yaml"
pytestmark = pytest.mark.skipif(not Path("/proc/self/fd").is_dir(), reason="copies of a process: Linux")


class Watched:
    """A server of its own data, whose log is read as it comes."""

    def __init__(self, folder: Path) -> None:
        self.data = Path(shutil.copytree(MINI, folder / "data"))
        self.temporary = folder / "tmp"
        self.temporary.mkdir()
        self.server: Server = start("--data", str(self.data), "--watch", folder=self.temporary)
        self.server.listen()

    def edit(self, file: str, old: str, new: str, until: str = "reloaded 已更新") -> None:
        """Change a file, and wait until the server said something about it."""
        path = self.data / file
        text = path.read_text(encoding="utf-8")
        assert old in text
        before = self.said(until)
        path.write_text(text.replace(old, new, 1), encoding="utf-8")
        self.wait(lambda: self.said(until) > before)

    def rename(self, name: str, until: str = "reloaded 已更新") -> None:
        """Give the place haizhou another English name."""
        text = (self.data / PLACES).read_text(encoding="utf-8")
        self.edit(PLACES, re.findall(r"en: Haizhou.*", text)[0], f"en: {name}}}", until)

    def said(self, text: str) -> int:
        return sum(line.startswith(text) for line in self.server.lines)

    def wait(self, done: Callable[[], bool]) -> None:
        until = time.monotonic() + 60
        while not done():
            assert time.monotonic() < until, self.server.lines[-5:]
            time.sleep(0.02)

    def name(self) -> str:
        return self.server.query(NAME, "text/csv").text.split("\r\n")[1]

    def made(self) -> list[Path]:
        """Return the pages that were made."""
        return [*self.temporary.glob("*/file-*")]

    def child(self, module: str) -> list[int]:
        """Return the processes below the server that run a module, copies of them included."""
        found, above = list[int](), [self.server.process.pid]
        while above:
            number = above.pop()
            told = Path(f"/proc/{number}/task/{number}/children")
            below = [int(each) for each in told.read_text().split()] if told.exists() else []
            above += below
            found += [n for n in below if module in Path(f"/proc/{n}/cmdline").read_text().split("\0")]
        return found


@contextmanager
def running(folder: Path) -> Iterator[Watched]:
    """A server that is stopped in the end, and leaves nothing."""
    one = Watched(folder)
    try:
        yield one
    finally:
        if one.server.process.poll() is None:
            assert stop(one.server) == 0
        assert list(one.temporary.iterdir()) == []


@pytest.fixture(scope="module")
def watched(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Watched]:
    with running(tmp_path_factory.mktemp("watched")) as one:
        yield one


@pytest.fixture
def alone(tmp_path: Path) -> Iterator[Watched]:
    """One of which something is killed."""
    with running(tmp_path) as one:
        yield one


def test_an_edit_is_seen_in_answers_pages_and_the_interface(watched: Watched) -> None:
    before = watched.server.get("/place/haizhou.html").text
    watched.rename("Haizhou Province")
    page = watched.server.get("/place/haizhou.html").text
    told = json.loads(watched.server.get("/api/show?name=haizhou&lang=en", "application/json").body)
    assert ("Haizhou Province" in before, "Haizhou Province" in page) == (False, True)
    assert (watched.name(), "Haizhou Province" in json.dumps(told)) == ("Haizhou Province", True)


def test_pages_made_when_asked_for_are_those_of_a_build(watched: Watched) -> None:
    watched.rename("Haizhou of a build")
    built = build_files(build_graph(load_corpus(watched.data)), lang="en", workers=1).files
    asked = ("index.html", "place/haizhou.html", "place/haizhou.ttl", "places.html", "assets/site.css", "network.html")
    served = {name: watched.server.get(f"/{name}").body for name in asked}
    assert [name for name in asked if served[name] != built[name]] == []
    assert json.loads(watched.server.get("/ready").body)["files"] == len(built)


def test_a_page_that_many_ask_for_is_made_once(watched: Watched) -> None:
    watched.rename("Haizhou of many")
    before = {*watched.made()}
    with ThreadPoolExecutor(12) as many:
        pages = list(many.map(lambda _: watched.server.get("/network.html").body, range(12)))
    assert (len(set(pages)), len({*watched.made()} - before)) == (1, 1)


def test_a_thing_that_goes_has_no_page_any_more(watched: Watched) -> None:
    event = "- id: test-visit\n  name: {zh: 新活动, en: New event}\n  type: meeting\n"
    known = (watched.data / "events.yaml").read_text(encoding="utf-8")
    watched.edit("events.yaml", known, known + event)
    there = watched.server.get("/event/test-visit.html").status
    watched.edit("events.yaml", event, "")
    assert (there, watched.server.get("/event/test-visit.html").status) == (200, 404)


@pytest.mark.parametrize("path", ["/nothing.html", "/place/..%2f..%2fdataset.yaml", "/place/nowhere.html", "/records"])
def test_what_there_is_not_is_not_made(watched: Watched, path: str) -> None:
    assert watched.server.get(path).status == 404


def test_an_answer_as_of_a_time_follows_an_edit(watched: Watched) -> None:
    watched.rename("Haizhou as of")
    got = watched.server.query(NAME, "text/csv", "/sparql?as-of=2018")
    assert (got.status, got.text) == (200, "name\r\nHaizhou as of\r\n")


def test_faults_are_told_and_the_former_data_served_until_they_are_mended(watched: Watched) -> None:
    watched.rename("Haizhou before")
    watched.edit(PLACES, "en: Haizhou before}", "en: Haizhou after", until="not reloaded")
    during = watched.name()
    watched.edit(PLACES, "en: Haizhou after", "en: Haizhou after}")
    assert (during, watched.name()) == ("Haizhou before", "Haizhou after")


def test_a_reference_that_leads_nowhere_is_a_fault_and_no_crash(watched: Watched) -> None:
    named = watched.name()
    watched.edit("statements/case-study.yaml", "about: hechuan", "about: nowhere", until="not reloaded")
    faults = "\n".join(watched.server.lines)
    watched.edit("statements/case-study.yaml", "about: nowhere", "about: hechuan")
    assert ("statements/case-study.yaml:" in faults, "E201" in faults, watched.name()) == (True, True, named)


def test_no_request_is_lost_or_answered_wrong_while_edits_follow_one_another(watched: Watched) -> None:
    found, done = list[tuple[int, int, bool, bool]](), threading.Event()

    def ask_on() -> None:
        while not done.is_set():
            page = watched.server.get("/place/haizhou.html")
            rows = watched.server.query(NAME, "text/csv")
            found.append((page.status, rows.status, "Haizhou" in page.text, "Haizhou" in rows.text))

    asking = threading.Thread(target=ask_on)
    asking.start()
    named = []
    for number in range(5):
        watched.rename(f"Haizhou {number}")
        named.append(watched.name())
    done.set()
    asking.join()
    assert named == [f"Haizhou {number}" for number in range(5)]
    assert set(found) == {(200, 200, True, True)}


@pytest.mark.parametrize("module", ["cooperation_kg.serving.maker", "cooperation_kg.serving.keeper"])
def test_where_the_process_that_holds_the_data_is_killed_the_next_edit_is_served_all_the_same(
    alone: Watched, module: str
) -> None:
    first = alone.child(module)[0]
    os.kill(first, signal.SIGKILL)
    page = alone.server.get("/place/haizhou.html").status
    path = alone.data / PLACES
    path.write_text(path.read_text(encoding="utf-8").replace("en: Haizhou}", "en: Haizhou Province}"), encoding="utf-8")
    alone.wait(lambda: alone.name() == "Haizhou Province")
    assert page == 200


def test_of_what_was_killed_while_it_made_the_data_nothing_is_left(alone: Watched) -> None:
    alone.wait(lambda: any(alone.temporary.glob("*/records")))
    before = {*alone.temporary.iterdir()}
    killed = alone.child("cooperation_kg.serving.maker")[0]
    os.kill(killed, signal.SIGSTOP)
    path = alone.data / PLACES
    path.write_text(path.read_text(encoding="utf-8").replace("en: Haizhou}", "en: Haizhou Province}"), encoding="utf-8")
    alone.wait(lambda: len({*alone.temporary.iterdir()}) > len(before))
    os.kill(killed, signal.SIGKILL)
    alone.wait(lambda: alone.name() == "Haizhou Province")
    alone.wait(lambda: not before & {*alone.temporary.iterdir()})
    assert len([*alone.temporary.iterdir()]) == len(before)


def test_who_asks_a_copy_that_was_killed_is_answered(alone: Watched) -> None:
    _, *copies = alone.child("cooperation_kg.serving.maker")
    for number in copies:
        os.kill(number, signal.SIGKILL)
    assert len(copies) == 2
    assert alone.server.get("/api/show?name=haizhou").status == 200
    assert alone.server.get("/place/haizhou.html").status == 200


def test_who_asks_after_all_that_hold_the_data_were_killed_is_answered(alone: Watched) -> None:
    alone.wait(lambda: any(alone.temporary.glob("*/records")))
    for number in alone.child("cooperation_kg.serving.maker"):
        os.kill(number, signal.SIGKILL)
    page = alone.server.get("/place/haizhou.html")
    assert (page.status, "Haizhou" in page.text) == (200, True)
    assert alone.server.get("/api/show?name=haizhou").status == 200


def test_a_server_that_is_killed_leaves_no_process(alone: Watched) -> None:
    running = [*alone.child("cooperation_kg.serving.maker"), *alone.child("cooperation_kg.serving.worker")]
    running += alone.child("cooperation_kg.serving.keeper")
    alone.server.process.kill()
    alone.server.process.wait()
    alone.wait(lambda: not any(Path(f"/proc/{number}/cmdline").read_bytes() for number in running if _is(number)))
    following = start("--data", str(alone.data), "--no-site", folder=alone.temporary)
    assert stop(following) == 0


def _is(number: int) -> bool:
    return Path(f"/proc/{number}").exists()
