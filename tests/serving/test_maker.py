"""What holds the data of a server that watches them: work beside it, and what is told of faults of our own."""

from __future__ import annotations

import os
import signal
import sys
from pathlib import Path

import pytest

from cooperation_kg.errors import Issue

pytestmark = pytest.mark.skipif(sys.platform != "linux", reason="copies of a process: Linux")
FAULT = Issue("places.yaml", 3, 5, "E104", "a fault", "错误")


def test_work_beside_is_handed_over() -> None:
    from cooperation_kg.serving.maker import _Beside

    assert _Beside(lambda: [FAULT]).result() == [FAULT]


def test_work_beside_is_done_here_where_the_copy_was_killed() -> None:
    from cooperation_kg.serving.maker import _Beside

    here = os.getpid()

    def work() -> list[Issue]:
        if os.getpid() != here:
            os.kill(os.getpid(), signal.SIGKILL)
        return [FAULT]

    assert _Beside(work).result() == [FAULT]


def test_of_a_state_with_faults_nothing_stays_in_the_store(tmp_path: Path) -> None:
    import shutil

    from serving_world import MINI

    from cooperation_kg.errors import InvalidCorpus
    from cooperation_kg.serving.maker import Maker

    data = Path(shutil.copytree(MINI, tmp_path / "data"))
    lock = os.open(tmp_path / "lock", os.O_CREAT)
    maker = Maker(data, "en", tmp_path / "store", lock)
    try:
        first = maker.make(_folder(tmp_path, "first"))
        statements = data / "statements" / "yearbook.yaml"
        text = statements.read_text(encoding="utf-8")
        # derived without a fault, and refused by the check: nobody pairs what is a unit too much
        statements.write_text(text.replace("as_written: 3.2亿元", "as_written: 3.2公里"), encoding="utf-8")
        with pytest.raises(InvalidCorpus):
            maker.make(_folder(tmp_path, "refused"))
        statements.write_text(text, encoding="utf-8")
        again = maker.make(_folder(tmp_path, "again"))
        assert (first["triples"], _literals(tmp_path / "first")) == (again["triples"], _literals(tmp_path / "again"))
    finally:
        maker.close()
        os.close(lock)


def _folder(above: Path, name: str) -> Path:
    folder = above / name
    folder.mkdir()
    return folder


def _literals(folder: Path) -> set[str]:
    from pyoxigraph import Store

    store = Store.read_only(str(folder / "store"))
    return {str(quad) for quad in store.quads_for_pattern(None, None, None, None)}
