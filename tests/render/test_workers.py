"""Is work that is shared by several processes the same work, and does a process that dies say so?"""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from pathlib import Path

from cooperation_kg.cli.site import WORK
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site import tasks
from cooperation_kg.render.site.context import Site
from cooperation_kg.render.workers import Task, can_fork, do_all

# a program of its own has one thread, as the command has: the runner of the tests may have more
SHARED = """
import os, sys
from cooperation_kg.render.workers import Task, do_all
tasks = [Task("a", lambda n=n: {str(n): str(os.getpid()).encode()}) for n in range(6)]
done = do_all(tasks, workers=2)
print([name for one in done for name in one.files])
print(os.getpid() in {int(pid) for one in done for pid in one.files.values()})
"""
KILLED = """
import os, signal
from cooperation_kg.errors import OutputError
from cooperation_kg.render.workers import Task, do_all
def die():
    os.kill(os.getpid(), signal.SIGKILL)
try:
    do_all([Task("a", dict), Task("a", die), Task("a", dict)], workers=2)
except OutputError as error:
    print(error)
"""
FAILS = """
from cooperation_kg.render.workers import Task, do_all
try:
    do_all([Task("a", dict), Task("a", lambda: 1 / 0)], workers=2)
except ZeroDivisionError:
    print("told")
"""
BUILDS = """
import hashlib, sys
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.render.files import build_files
built = build_files(build_graph(load_corpus(sys.argv[1])), workers=int(sys.argv[2]))
for name, content in built.files.items():
    print(hashlib.sha256(content).hexdigest(), name)
"""
MINI = Path(__file__).parents[1] / "data" / "mini"


def run(program: str, *arguments: str, **surroundings: str) -> list[str]:
    done = subprocess.run(
        [sys.executable, "-c", program, *arguments],
        env={**os.environ, **surroundings},
        capture_output=True,
        text=True,
        check=True,
        timeout=120,
    )
    assert done.stderr == ""
    return done.stdout.splitlines()


def test_the_results_stand_in_the_order_of_the_tasks_and_other_processes_made_them() -> None:
    assert run(SHARED) == ["['0', '1', '2', '3', '4', '5']", "False"]


def test_a_process_that_is_killed_is_a_clear_error() -> None:
    assert run(KILLED) == ["a process that made pages was stopped from outside (out of memory?); nothing was written"]


def test_what_a_task_raises_is_raised() -> None:
    assert run(FAILS) == ["told"]


def test_beside_another_thread_no_process_is_copied() -> None:
    wait = threading.Event()
    other = threading.Thread(target=wait.wait)
    other.start()
    try:
        assert not can_fork()
        done = do_all([Task("a", lambda: {"pid": str(os.getpid()).encode()})] * 2, workers=2)
    finally:
        wait.set()
        other.join()
    assert [one.files for one in done] == [{"pid": str(os.getpid()).encode()}] * 2


def test_one_process_and_two_under_another_hash_seed_make_the_same_files_in_the_same_order() -> None:
    alone = run(BUILDS, str(MINI), "1", PYTHONHASHSEED="1")
    assert run(BUILDS, str(MINI), "2", PYTHONHASHSEED="2") == alone


def test_every_kind_of_work_has_a_name_in_the_account_of_the_time(mini: KnowledgeGraph) -> None:
    assert {task.stage for task in tasks(Site(mini))} | {"network", "exports", "home"} == set(WORK)
