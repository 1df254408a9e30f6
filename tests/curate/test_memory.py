"""Is what is remembered always what is there? Every kind of file is changed, broken, mended, taken away, put back."""

from __future__ import annotations

import os
import shutil
from pathlib import Path

import pytest

from cooperation_kg.cli import watching
from cooperation_kg.cli.watching import watch_folder
from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.memory import Memory, mark_of
from cooperation_kg.errors import Issue

MINI = Path(__file__).parent.parent / "data" / "mini"
FILES = sorted(path.relative_to(MINI).as_posix() for path in MINI.rglob("*.yaml"))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copy = Path(shutil.copytree(MINI, tmp_path / "facts"))
    for path in copy.rglob("*.yaml"):
        settle(path)
    return copy


def settle(path: Path) -> None:
    """Let a file look as if it had been written a while ago."""
    os.utime(path, ns=(mark_of(MINI).modified,) * 2)  # type: ignore[union-attr]  # it is there


def told(read: tuple[Corpus | None, list[Issue]]) -> tuple[object, ...]:
    corpus, issues = read
    if corpus is None:
        return None, issues
    held = (corpus.dataset, corpus.registers, corpus.anonymous, corpus.judgements, corpus.sources, corpus.statements)
    places = [corpus.locate("statement", key, ("kind",)) for key in corpus.statements]
    return *held, corpus.unread, corpus.statement_files, places, issues


@pytest.mark.parametrize("name", FILES)
def test_what_is_read_with_a_memory_is_what_is_read_without(folder: Path, name: str) -> None:
    memory, path = Memory(), folder / name
    sound = path.read_text(encoding="utf-8")
    read_corpus(folder, memory)
    for text in (
        sound,
        sound + "# 注\n",
        sound.replace(":", "：", 1),
        "[",
        sound.replace("id: ", "id: X", 1),
        "",
        sound,
    ):
        path.write_text(text, encoding="utf-8")
        for _ in range(2):  # the second time some of it is remembered
            assert told(read_corpus(folder, memory)) == told(read_corpus(folder))
    path.unlink()
    assert told(read_corpus(folder, memory)) == told(read_corpus(folder))


def test_a_file_that_has_not_changed_is_not_read_again(folder: Path) -> None:
    memory = Memory()
    first, _ = read_corpus(folder, memory)
    second, _ = read_corpus(folder, memory)
    assert first is not None
    assert second is not None
    assert all(second.statements[key] is statement for key, statement in first.statements.items())


def test_a_fault_is_told_again_though_the_file_is_not_read_again(folder: Path) -> None:
    memory, path = Memory(), folder / "events.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("id: ", "id: X", 1), encoding="utf-8")
    settle(path)
    faults = [read_corpus(folder, memory)[1] for _ in range(2)]
    assert faults[0] == faults[1] != []


def test_a_file_written_just_now_is_read_again_whatever_its_time_says(folder: Path) -> None:
    memory, path = Memory(), folder / "statements" / "first-report.yaml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text, encoding="utf-8")
    read_corpus(folder, memory)
    mark = mark_of(path)
    assert mark is not None
    path.write_text(text.replace("1.2亿元", "1.9亿元"), encoding="utf-8")
    os.utime(path, ns=(mark.modified, mark.modified))  # the same time, the same size
    assert told(read_corpus(folder, memory)) == told(read_corpus(folder))


def test_watching_tells_a_fault_and_that_it_is_mended(
    folder: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    path = folder / "statements" / "first-report.yaml"
    sound = path.read_text(encoding="utf-8")
    asked: list[Corpus] = []
    monkeypatch.setattr(watching, "check_shapes", lambda kg: asked.append(kg.corpus) or [])
    edits = iter([None, None, sound.replace("kind: figure", "kind: figuer", 1), None, sound, None, None])

    def rest() -> None:
        try:
            edit = next(edits)
        except StopIteration:
            raise KeyboardInterrupt from None
        if edit is not None:
            path.write_text(edit, encoding="utf-8")

    watch_folder(folder, "en", rest=rest)
    lines = [line for line in capsys.readouterr().err.splitlines() if not line.startswith("——")]
    clean, fault, count, mended, end = lines
    assert clean == mended == "no errors, no warnings"
    assert fault.endswith('E104 no kind "figuer"; did you mean "figure"?')
    assert (count, end) == ("1 error, no warnings", "no longer watching")
    assert len(asked) == 2  # the shapes, once for each sound state, while nothing changes
