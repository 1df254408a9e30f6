"""One server of the small invented dataset for a whole module: the installed command, through its socket."""

from __future__ import annotations

import asyncio
import http.client
import os
import re
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Callable, Coroutine, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, TypeVar

import pytest

MINI = Path(__file__).parent.parent / "data" / "mini"
PAGE = (
    b'<!doctype html><html><head><meta charset="utf-8">'
    b'<meta http-equiv="Content-Security-Policy" content="default-src \'none\'; style-src &#39;self&#39;">'
    b"<title>t</title></head><body>" + b"text " * 500 + b"</body></html>"
)
Outcome = TypeVar("Outcome")
START = [sys.executable, "-c", "from cooperation_kg.cli import main; main()", "serve", "--port", "0", "--lang", "en"]


@dataclass(frozen=True)
class Got:
    """An answer: its headers in lower case."""

    status: int
    headers: Mapping[str, str]
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def media(self) -> str:
        return self.headers.get("content-type", "").partition(";")[0]


@dataclass
class Server:
    """A running server."""

    process: subprocess.Popen[str]
    lines: list[str] = field(default_factory=list)
    port: int = 0

    def await_line(self, pattern: str) -> str:
        """Return the first line of its log, from now on, that matches; fails where it ends first."""
        assert self.process.stderr is not None
        for line in self.process.stderr:
            self.lines.append(line.rstrip("\n"))
            if re.search(pattern, line):
                return line
        raise AssertionError(f"the server ended: {self.lines}")

    def listen(self) -> None:
        """Read its log, so that it never waits for a reader."""
        threading.Thread(target=self._read, daemon=True).start()

    def _read(self) -> None:
        assert self.process.stderr is not None
        self.lines.extend(line.rstrip("\n") for line in self.process.stderr)

    def ask(self, method: str, path: str, body: bytes | None = None, headers: Mapping[str, str] | None = None) -> Got:
        line = http.client.HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            line.request(method, path, body, dict(headers or {}))
            answer = line.getresponse()
            told = {name.lower(): value for name, value in answer.getheaders()}
            return Got(answer.status, told, answer.read())
        finally:
            line.close()

    def get(self, path: str, accept: str = "", **headers: str) -> Got:
        asked = {name.replace("_", "-"): value for name, value in headers.items()}
        return self.ask("GET", path, headers=asked | ({"Accept": accept} if accept else {}))

    def query(self, text: str, accept: str = "application/sparql-results+json", path: str = "/sparql") -> Got:
        return self.ask("POST", path, text.encode(), {"Content-Type": "application/sparql-query", "Accept": accept})


def run_apart(work: Coroutine[Any, Any, Outcome]) -> Outcome:
    """Run a coroutine in a thread of its own."""
    return apart(asyncio.run, work)


def apart(function: Callable[..., Outcome], *arguments: Any, **named: Any) -> Outcome:
    """Call a function in a thread of its own: this one may have the loop of the browser's tests."""
    with ThreadPoolExecutor(1) as own:
        return own.submit(function, *arguments, **named).result()


def start(*options: str, folder: Path | None = None) -> Server:
    """Return a server that answers."""
    environment = {**os.environ, **({"TMPDIR": str(folder)} if folder else {})}
    process = subprocess.Popen([*START, *options], stderr=subprocess.PIPE, text=True, encoding="utf-8", env=environment)
    server = Server(process)
    found = re.search(r":(\d+)/", server.await_line("serving at"))
    assert found
    server.port = int(found[1])
    server.await_line("triples;")
    return server


def stop(server: Server) -> int:
    """Tell a server to stop; return its exit code."""
    server.process.send_signal(signal.SIGTERM)
    return server.process.wait(30)


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder as a build leaves it, with a link out of it and a hidden file that must not be served."""
    folder = tmp_path_factory.mktemp("site")
    (folder / "secret").write_text("nobody's business", encoding="utf-8")
    served = folder / "site"
    (served / "place").mkdir(parents=True)
    files = {
        "index.html": PAGE,
        "place/haizhou.html": PAGE,
        "place/haizhou.ttl": b"<a> <b> <c> .\n",
        "site.css": b"p { color: red }\n",
        "graph.trig": b"",
        "what.unknown": b"<script>alert(1)</script>",
        ".hidden": b"x",
        "site-manifest.json": b"{}",
    }
    for name, content in files.items():
        (served / name).write_bytes(content)
    (served / "link.txt").symlink_to(folder / "secret")
    return served


@pytest.fixture(scope="module")
def server(site: Path) -> Iterator[Server]:
    """A server with tight bounds, so that attacks end soon."""
    with tempfile.TemporaryDirectory() as folder:
        options = ("--timeout", "1.5", "--memory", "300", "--largest", "1", "--workers", "2", "--site", str(site))
        running = start("--data", str(MINI), *options, folder=Path(folder))
        running.listen()
        try:
            yield running
        finally:
            code = stop(running)
            left = list(Path(folder).iterdir())
        assert (code, left) == (0, [])
