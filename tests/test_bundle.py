"""The bundles of the query page: made from web/ and nothing else, the same bytes each time, or a reason why not."""

from __future__ import annotations

import importlib.util
import json
import re
import shutil
import types
from pathlib import Path

import pytest

ROOT = Path(__file__).parent.parent
WEB = ROOT / "web"


def _hook() -> types.ModuleType:
    spec = importlib.util.spec_from_file_location("hatch_build", ROOT / "hatch_build.py")
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


hook = _hook()


def contents(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.fixture
def elsewhere(tmp_path: Path) -> Path:
    folder = tmp_path / "elsewhere"
    folder.mkdir()
    for name in hook.BUNDLES:
        (folder / name).write_text(name)
    return folder


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Bundles freshly made from the packages that the lock names."""
    folder = tmp_path_factory.mktemp("made") / "render" / "bundled"
    hook.prepare(WEB, folder, "")
    return folder


def test_the_bundles_of_this_installation_are_what_a_fresh_build_makes(made: Path) -> None:
    assert contents(made) == contents(ROOT / "src/cooperation_kg/render/bundled")


def test_what_is_bundled_has_its_licence_with_it(made: Path) -> None:
    told = json.loads((made / "licences.json").read_text(encoding="utf-8"))
    licences = {one["name"]: one["licence"] for one in told}
    assert licences["oxigraph"] == "MIT OR Apache-2.0"
    assert licences["@codemirror/view"] == "MIT"
    assert [one["name"] for one in told if not one["text"]] == []


def test_a_build_of_the_same_files_is_skipped(made: Path) -> None:
    (made / "licences.json").write_text("kept")
    try:
        hook.prepare(WEB, made, "")
        assert (made / "licences.json").read_text() == "kept"
    finally:
        shutil.copyfile(ROOT / "src/cooperation_kg/render/bundled/licences.json", made / "licences.json")


def test_any_change_of_a_file_asks_for_a_new_build(tmp_path: Path) -> None:
    web = tmp_path / "web"
    shutil.copytree(WEB, web, ignore=shutil.ignore_patterns("node_modules"))
    stamps = {hook.stamp_of(web)}
    for path in sorted(web.iterdir()):
        path.write_bytes(path.read_bytes() + b"\n")
        stamps.add(hook.stamp_of(web))
    assert len(stamps) == 1 + len(list(web.iterdir()))


def test_bundles_made_elsewhere_are_taken(elsewhere: Path, tmp_path: Path) -> None:
    hook.prepare(WEB, tmp_path / "bundled", str(elsewhere))
    assert contents(tmp_path / "bundled") == {name: name.encode() for name in hook.BUNDLES}


def test_bundles_that_are_not_whole_are_refused_and_the_old_ones_stay(elsewhere: Path, tmp_path: Path) -> None:
    folder = tmp_path / "bundled"
    hook.prepare(WEB, folder, str(elsewhere))
    before = contents(folder)
    (elsewhere / "sparql-engine.js").unlink()
    with pytest.raises(hook.Failed, match=r"lacks sparql-engine\.js"):
        hook.prepare(WEB, folder, str(elsewhere))
    assert contents(folder) == before


def test_none_leaves_the_query_page_out(elsewhere: Path, tmp_path: Path) -> None:
    hook.prepare(WEB, tmp_path / "bundled", str(elsewhere))
    hook.prepare(WEB, tmp_path / "bundled", "none")
    assert not (tmp_path / "bundled").exists()


def test_a_registry_that_cannot_be_reached_is_said_and_nothing_is_left(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("npm_config_registry", "http://127.0.0.1:9/")
    monkeypatch.setenv("npm_config_fetch_retries", "0")
    with pytest.raises(hook.Failed, match=r"is the npm registry reachable\?[\s\S]*ECONNREFUSED"):
        hook.prepare(WEB, tmp_path / "render" / "bundled", "")
    assert list((tmp_path / "render").iterdir()) == []


def test_the_lock_pins_every_package_and_names_no_registry() -> None:
    text = (WEB / "package-lock.json").read_text(encoding="utf-8")
    packages = {name: held for name, held in json.loads(text)["packages"].items() if name}
    assert [name for name, held in packages.items() if not held.get("integrity")] == []
    assert re.findall(r'"resolved"|https?://(?!(?:github\.com|opencollective\.com))[^"]*', text) == []
