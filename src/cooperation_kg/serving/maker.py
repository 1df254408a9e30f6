"""Holds the data of a server that watches them: ``python -m cooperation_kg.serving.maker DATA LANG DESCRIPTOR``.

What was read, and what follows from it, stays in this process, so that an edit costs what it changes: files that are
as they were are not read again, facts that follow from the same records are not made again, and the store is changed,
not filled (``keeper.py``). Who answers from the records is a copy of this process as it stands (fork): nothing is
handed over.
Linux alone lets a process of one thread be copied safely; elsewhere each state is made anew (``publishing.py``).
"""

from __future__ import annotations

import contextlib
import gc
import multiprocessing
import os
import socket
import subprocess
import sys
from collections.abc import Callable
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any

from cooperation_kg.curate.corpus import read_corpus
from cooperation_kg.curate.memory import Memory
from cooperation_kg.curate.rules import check
from cooperation_kg.errors import CooperationError, CurationError, InvalidCorpus, Issue
from cooperation_kg.graph.changing import GraphState
from cooperation_kg.graph.dataset import KnowledgeGraph, n_quads
from cooperation_kg.graph.derive import Kept, derive
from cooperation_kg.render.html import environment
from cooperation_kg.serving.answering import Answering
from cooperation_kg.serving.confining import leave_interrupts
from cooperation_kg.serving.folders import make_folder, remove_folder
from cooperation_kg.serving.frames import Head, read_frame, write_frame
from cooperation_kg.serving.publishing import FAILED, FAULTY, STORE, about_graph, faults_of, short_of, write_records

_FORK = multiprocessing.get_context("fork")


class KeeperEndedError(Exception):
    """The process that writes the store has ended: the disk is full, or somebody killed it."""


class Maker:
    """Makes one state of the data after the other.

    Parameters
    ----------
    data: the data folder; the shipped facts where None.
    lang: the language of faults, and that in which the pages open.
    store: an empty folder for the store.
    lock: the descriptor of what is locked as long as anybody writes there.
    """

    def __init__(self, data: Path | None, lang: str, store: Path, lock: int) -> None:
        self._data = data
        self.lang = lang
        self._memory = Memory()
        self._kept = Kept()
        self._state = GraphState()
        self._states: dict[int, Answering] = {}
        self._number = 0
        self._keeper = subprocess.Popen(
            [sys.executable, "-P", "-m", "cooperation_kg.serving.keeper", str(store)],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            pass_fds=[lock],
        )
        self._copies: dict[int, Any] = {}
        self._is_warm = False

    def make(self, folder: Path) -> dict[str, Any]:
        """Write the store of the data as they are now into a folder, and return what they are.

        Raises CurationError with their faults; then the state of before goes on.
        """
        corpus, faults = read_corpus(self._data, self._memory)
        if corpus is None:
            raise InvalidCorpus([fault for fault in faults if fault.severity == "error"])
        checking = _Beside(lambda: check(corpus))
        written: GraphState | None = None
        try:
            try:
                kg = KnowledgeGraph(corpus, derive(corpus, self._kept))
                state = self._state.following(corpus, kg.derived)
                self._change_store(self._state, state, folder / STORE)
                written = state
                answering = Answering(kg, self.lang)
                names = sorted(answering.pages.names)
            finally:
                # what does not hold together may be impossible to derive anything from: its faults come first
                _refuse([*faults, *checking.result()])
        except InvalidCorpus:
            if written is not None:
                self._change_store(written, self._state)
            raise
        self._state = state
        self._number += 1
        # the one before goes on answering until this one is whole
        self._states = {number: one for number, one in self._states.items() if number == self._number - 1}
        self._states[self._number] = answering
        counts = {graph[1:-1]: len(facts) for graph, facts in state.facts.items() if facts}
        return {**about_graph(kg, counts), "names": names, "state": self._number}

    def _change_store(self, former: GraphState, state: GraphState, to: Path | None = None) -> None:
        """Turn the store from one state into another; write a copy of it where there is a folder."""
        going, coming = (b"".join(n_quads(facts)) for facts in (state.gone(former), state.come(former)))
        assert self._keeper.stdin is not None
        assert self._keeper.stdout is not None
        try:
            write_frame(self._keeper.stdin, {"gone": len(going), "to": str(to or "")}, going + coming)
            written = read_frame(self._keeper.stdout)
        except BrokenPipeError:
            raise KeeperEndedError from None
        if written is None:
            raise KeeperEndedError

    def copy(self, state: int, descriptor: int, memory: int) -> int:
        """Let a copy of this process answer from a state over a socket; return its process id.

        Raises KeyError where the state is no longer held.
        """
        answering = self._states[state]
        gc.freeze()  # or else the copy would touch, and so copy, every object that they share
        process = _FORK.Process(target=_answer, args=(answering, descriptor, memory), daemon=True)
        process.start()
        assert process.pid is not None
        self._copies[process.pid] = process
        return process.pid

    def end_of(self, pid: int) -> int | None:
        """Wait until a copy has ended, and return its exit code as ``subprocess.Popen`` has it; None if asked again."""
        process = self._copies.pop(pid, None)
        if process is None:
            return None
        process.join()
        code: int | None = process.exitcode
        return code

    def rest(self, state: int, records: Path) -> None:
        """Do what nobody waits for: take away what is no longer used, learn to make pages, write the records down.

        From these a state is answered when this process is no more.
        """
        gc.unfreeze()
        gc.collect()
        if not self._is_warm:
            # compiled once, for all copies to come
            for name in environment().list_templates():
                environment().get_template(name)
            self._is_warm = True
        if state in self._states:
            write_records(records, self._states[state].kg)

    def close(self) -> None:
        """End the process that writes the store."""
        assert self._keeper.stdin is not None
        self._keeper.stdin.close()
        self._keeper.wait()


class _Beside:
    """Work that a copy of this process does meanwhile; it sees what there is when it begins."""

    def __init__(self, work: Callable[[], list[Issue]]) -> None:
        self._work = work
        self._receiving, sending = _FORK.Pipe(duplex=False)
        self._process = _FORK.Process(target=_send, args=(work, sending), daemon=True)
        self._process.start()
        sending.close()

    def result(self) -> list[Issue]:
        """Wait until it is done, and do it here where somebody killed the copy."""
        found: list[Issue] | None = None
        with self._receiving, contextlib.suppress(EOFError):
            found = self._receiving.recv()
        self._process.join()
        return self._work() if found is None else found


def _send(work: Callable[[], list[Issue]], sending: Connection) -> None:
    sending.send(work())


def _refuse(faults: list[Issue]) -> None:
    """Raise InvalidCorpus where there are errors."""
    errors = sorted(fault for fault in faults if fault.severity == "error")
    if errors:
        raise InvalidCorpus(errors)


def _answer(answering: Answering, descriptor: int, memory: int) -> None:
    """Answer over a socket, in a copy that keeps nothing else open: the end of its parent is seen by all others."""
    line = os.dup2(descriptor, 0)
    os.dup2(os.open(os.devnull, os.O_WRONLY), 1)
    for number in sorted(int(path.name) for path in Path("/proc/self/fd").iterdir()):
        if number > 2:
            with contextlib.suppress(OSError):  # the descriptor of that very listing
                os.close(number)
    with open(line, "rb", closefd=False) as incoming, open(line, "wb", closefd=False) as outgoing:
        read_frame(incoming)
        answering.answer_all(incoming, outgoing, memory)


def _told(maker: Maker, asked: Head, channel: socket.socket) -> Head:
    """Return what the server is told of what it asked for; see ``making.py``."""
    if "make" in asked:
        try:
            return {"status": 0, "about": maker.make(Path(asked["make"]))}
        except CurationError as invalid:
            return {"status": FAULTY, "reason": faults_of(invalid, maker.lang)}
        except CooperationError as error:
            return {"status": FAULTY, "reason": str(error)}
    if "copy" in asked:
        _, (descriptor,), _, _ = socket.recv_fds(channel, 1, 1)
        try:
            return {"status": 0, "pid": maker.copy(asked["copy"], descriptor, asked["memory"])}
        except KeyError:
            return {"status": 0}
        finally:
            os.close(descriptor)
    if "end" in asked:
        return {"status": 0, "code": maker.end_of(asked["end"])}
    maker.rest(asked["rest"], Path(asked["records"]))
    return {"status": 0}


def main(data: str, lang: str, descriptor: str) -> None:
    """Make what is asked for until stdin is closed, or the machine is short of something: then it has to begin anew."""
    leave_interrupts()
    gc.disable()
    folder, lock = make_folder()
    channel = socket.socket(fileno=int(descriptor))
    try:
        maker = Maker(Path(data) if data else None, lang, folder / STORE, lock)
        while (frame := read_frame(sys.stdin.buffer)) is not None:
            write_frame(sys.stdout.buffer, _told(maker, frame[0], channel))
        maker.close()
    except KeeperEndedError:
        pass  # without an answer: a new process is asked
    except Exception as failed:  # the disk is full, the memory, or a fault of ours: whoever keeps the server is told
        write_frame(sys.stdout.buffer, {"status": FAILED, "reason": short_of(failed)})
    finally:
        remove_folder(folder, lock)
    os._exit(0)  # the copies live on: the usual end would take them along


if __name__ == "__main__":
    main(*sys.argv[1:])
