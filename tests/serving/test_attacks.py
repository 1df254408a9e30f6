"""Every attack of the list ends in a proper status, nobody is called, and meanwhile the others are answered."""

from __future__ import annotations

import re
import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field

import pytest
from attacks import ATTACKS, Attack
from serving_world import Server

POINT = "SELECT ?name { place:haizhou rdfs:label ?name FILTER(LANG(?name) = 'en') }"
WHISPER = re.compile(r"Traceback|\.py\b|/tmp|/home|/usr|ckg-serve")


@dataclass
class Trap:
    """A listener of loopback that notes who calls."""

    door: socket.socket = field(default_factory=lambda: socket.create_server(("127.0.0.1", 0)))
    heard: list[object] = field(default_factory=list)

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.door.getsockname()[1]}/x"

    def listen(self) -> None:
        while True:
            try:
                line, caller = self.door.accept()
            except OSError:
                return
            self.heard.append(caller)
            line.close()


@pytest.fixture(scope="module")
def trap() -> Iterator[Trap]:
    made = Trap()
    threading.Thread(target=made.listen, daemon=True).start()
    socket.create_connection(made.door.getsockname()).close()
    yield made
    made.door.close()


@pytest.mark.parametrize("attack", ATTACKS, ids=lambda attack: attack.id)
def test_an_attack_ends_properly_while_the_others_are_answered(attack: Attack, server: Server, trap: Trap) -> None:
    found: set[int] = set()
    attacking = threading.Thread(target=lambda: found.update(attack.try_it(server, trap.url)))
    attacking.start()
    others = {server.query(POINT, "text/csv").text}
    while attacking.is_alive():
        others.add(server.query(POINT, "text/csv").text)
        attacking.join(0.05)
    others.add(server.query(POINT, "text/csv").text)
    assert found <= attack.ends
    assert found
    assert others == {"name\r\nHaizhou\r\n"}
    assert len(trap.heard) == 1  # the call that shows it hears


def test_every_attack_has_a_name_of_its_own() -> None:
    assert len({attack.id for attack in ATTACKS}) == len(ATTACKS)


def test_no_refusal_tells_a_path_or_a_trace(server: Server) -> None:
    told = [server.query("SELECT * {").text, server.get("/api/show").text, server.get("/none").text]
    told += [server.query("SELECT (<a:b>(1) AS ?x) {}").text, server.query("SELECT * { SERVICE <x> {} }").text]
    assert [text for text in told if WHISPER.search(text)] == []
