"""Faults one at a time: workers killed at rest, a full disk, the server killed; and what is left is taken away."""

from __future__ import annotations

import asyncio
import errno
import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import uvicorn
from serving_world import MINI, START, Server, run_apart, start, stop
from soak_world import benchmark_modules

from cooperation_kg.serving import folders
from cooperation_kg.serving.confining import files_to_open
from cooperation_kg.serving.running import PatientOnlySoLong

POINT = "SELECT ?name { place:haizhou rdfs:label ?name FILTER(LANG(?name) = 'en') }"
RIGHT = "name\r\nHaizhou\r\n"
SMALL = 16 * 1024
"""Bytes that a file may have: the system then refuses to write on, as where the disk is full."""


@pytest.fixture
def workers() -> Iterator[Callable[[Server], list[int]]]:
    with benchmark_modules():
        import serving_process

        yield lambda server: sorted(serving_process.workers(server.process.pid))


def own_data(folder: Path) -> Path:
    import shutil

    return Path(shutil.copytree(MINI, folder / "data"))


def ended(numbers: list[int]) -> bool:
    """Return whether processes are gone, or about to be taken off the list."""
    for _ in range(200):
        told = [Path(f"/proc/{number}/stat") for number in numbers]
        states = [path.read_text(encoding="utf-8").rpartition(")")[2].split()[0] for path in told if path.exists()]
        if set(states) <= {"Z"}:
            return True
        time.sleep(0.05)
    return False


def on_a_full_disk(*command: str, folder: Path) -> subprocess.CompletedProcess[str]:
    bounded = f'ulimit -f {SMALL // 1024}; exec "$@"'
    return subprocess.run(
        ["bash", "-c", bounded, "bash", *command],
        env={**os.environ, "TMPDIR": str(folder)},
        capture_output=True,
        text=True,
        check=False,
    )


def test_who_asks_after_every_worker_was_killed_is_answered(
    workers: Callable[[Server], list[int]], tmp_path: Path
) -> None:
    server = start("--data", str(MINI), "--no-site")
    server.listen()
    try:
        for number in workers(server):
            os.kill(number, signal.SIGKILL)
        assert server.query(POINT, "text/csv").text == RIGHT
        assert server.get("/api/show?name=haizhou").status == 200
    finally:
        stop(server)


def test_a_server_that_is_killed_leaves_no_process_and_the_next_one_takes_its_folder_away(
    workers: Callable[[Server], list[int]], tmp_path: Path
) -> None:
    killed = start("--data", str(MINI), "--no-site", folder=tmp_path)
    running = workers(killed)
    killed.process.kill()
    killed.process.wait()
    assert running
    assert ended(running)
    left = {path.name for path in tmp_path.iterdir()}
    following = start("--data", str(MINI), "--no-site", folder=tmp_path)
    now = {path.name for path in tmp_path.iterdir()}
    assert (len(left), len(now), left & now) == (1, 1, set())
    assert (stop(following), list(tmp_path.iterdir())) == (0, [])


def test_a_full_disk_at_the_start_is_said_and_nothing_is_left(tmp_path: Path) -> None:
    done = on_a_full_disk(*START, "--data", str(MINI), folder=tmp_path)
    assert (done.returncode, "cannot make it ready" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert list(tmp_path.iterdir()) == []


def test_a_disk_that_fills_up_leaves_the_former_data_served_until_there_is_room(tmp_path: Path) -> None:
    data, temporary = own_data(tmp_path), tmp_path / "tmp"
    temporary.mkdir()
    server = start("--data", str(data), "--no-site", folder=temporary)
    try:
        places = data / "places" / "91-haizhou.yaml"
        text = places.read_text(encoding="utf-8")
        places.write_text(text.replace("en: Haizhou}", "en: Haizhou Province}"), encoding="utf-8")
        _, most = resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (SMALL, resource.RLIM_INFINITY))
        server.process.send_signal(signal.SIGHUP)
        server.await_line("not reloaded")
        during = server.query(POINT, "text/csv").text
        folders_during = len(list(temporary.iterdir()))
        resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (most, most))
        server.process.send_signal(signal.SIGHUP)
        server.await_line("reloaded 已更新")
        after = server.query(POINT, "text/csv").text
    finally:
        code = stop(server)
    assert (during, folders_during, after) == (RIGHT, 1, "name\r\nHaizhou Province\r\n")
    assert code == 0
    assert "Traceback" not in "".join(server.lines)


def test_a_build_on_a_full_disk_leaves_the_former_site(tmp_path: Path) -> None:
    site = tmp_path / "site"
    build = [sys.executable, "-c", START[2], "build", "--data", str(MINI), "-o", str(site), "--lang", "en"]
    site.mkdir()
    done = on_a_full_disk(*build, folder=tmp_path)
    assert (done.returncode, "File too large" in done.stderr, "Traceback" in done.stderr) == (1, True, False)
    assert list(site.iterdir()) == []


def test_a_folder_is_swept_only_when_its_server_has_ended(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held, lock = folders.make_folder()
    ended_one, other = folders.make_folder()
    os.close(other)
    for name in ("ckg-serve-of-somebody", "elsewhere"):
        (tmp_path / name).mkdir()
    (tmp_path / "ckg-serve-link").symlink_to(ended_one)
    assert folders.sweep() == [ended_one]
    assert {path.name for path in tmp_path.iterdir()} == {
        held.name,
        "ckg-serve-of-somebody",
        "elsewhere",
        "ckg-serve-link",
    }
    folders.remove_folder(held, lock)
    assert not held.exists()


def test_a_folder_that_could_not_be_taken_away_is_swept_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    held, lock = folders.make_folder()
    (held / "store").mkdir()
    with monkeypatch.context() as busy:
        busy.setattr("shutil.rmtree", fails)
        folders.remove_folder(held, lock)
    assert folders.sweep() == [held]
    assert list(tmp_path.iterdir()) == []


def fails(path: Path) -> None:
    raise OSError(errno.ENOTEMPTY, "somebody writes there", str(path))


def test_no_answer_waits_until_its_head_is_acknowledged() -> None:
    noted: list[int] = []

    class Noting(PatientOnlySoLong):
        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            own = transport.get_extra_info("socket")
            noted.append(own.getsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY))

    async def app(scope: object, receive: object, send: object) -> None:
        raise AssertionError("nothing is asked")

    async def run() -> None:
        # as ``ckg serve`` makes its door
        with socket.create_server(("127.0.0.1", 0)) as door:
            server = uvicorn.Server(uvicorn.Config(app, http=Noting, lifespan="off", log_config=None, ws="none"))
            serving = asyncio.ensure_future(server.serve(sockets=[door]))
            _, writer = await asyncio.open_connection(*door.getsockname())
            while not noted:
                await asyncio.sleep(0.01)
            writer.close()
            server.should_exit = True
            await serving

    run_apart(run())
    assert noted == [1]


def test_files_of_a_large_store_that_are_not_open_yet_are_counted(tmp_path: Path) -> None:
    for name in ("1.sst", "2.sst", "3.sst", "MANIFEST"):
        (tmp_path / name).write_bytes(b"")
    with (tmp_path / "2.sst").open("rb"):
        assert files_to_open(tmp_path) == 2
    assert files_to_open(tmp_path) == 3


@pytest.mark.parametrize("room", [0, 2])
def test_a_sealed_process_opens_as_many_files_as_it_has_room_for(room: int) -> None:
    text = """
import sys
from cooperation_kg.serving.confining import confine
confine(1 << 30, room=int(sys.argv[1]))
held = []
try:
    while True:
        held.append(open("/dev/null"))
except OSError:
    sys.stdout.write(str(len(held)))
"""
    done = subprocess.run([sys.executable, "-c", text, str(room)], capture_output=True, text=True, check=True)
    assert done.stdout == str(room)
