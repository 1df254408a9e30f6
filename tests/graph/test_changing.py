"""A graph that is built again after an edit: what is kept of before, and that it is never stale."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from cooperation_kg.curate.corpus import load_corpus, read_corpus
from cooperation_kg.curate.memory import Memory
from cooperation_kg.graph.changing import GraphState
from cooperation_kg.graph.dataset import build_graph
from cooperation_kg.graph.derive import Kept, derive

MINI = Path(__file__).parent.parent / "data" / "mini"
Edit = tuple[str, str, str]
"""(file, what stands there, what is to stand there)."""

STATEMENT = """- id: s007
  kind: assessment
  verdict: recommendation
  about: test-east-west
  text: {zh: 先问需求, en: Ask for needs first}
  locator: 4 建议
"""
SAME = """- id: j101
  kind: same-thing
  about: [first-report.s005, yearbook.s002]
  by: 测试
  date: 2024-06-01
  reason: {zh: 同一笔, en: The same money}
"""
REFUSED = """- id: j102
  kind: not-evidence
  about: [yearbook.s001]
  by: 测试
  date: 2024-06-01
  reason: {zh: 试, en: A test}
"""
EDITS: dict[str, Edit] = {
    "a figure": ("statements/yearbook.yaml", "as_written: ", "as_written: 约"),
    "a note of a statement": ("statements/case-study.yaml", "定向招工", "定向招聘"),
    "the time of a pairing": ("statements/case-study.yaml", "as_of: 2017/2022", "from: 2017"),
    "a statement withdrawn": ("statements/case-study.yaml", "  kind: event\n", "  kind: event\n  withdrawn: 误读\n"),
    "the title of a source": ("sources/case-study.yaml", "协作案例研究", "协作案例再研究"),
    "the origin of a source": ("sources/reprint.yaml", "reprint_of: ", "note: 转载\nreprint_of: "),
    "an anonymous place": ("sources/case-study.yaml", "zh: W县", "zh: V县"),
    "the name of a place": ("places/91-haizhou.yaml", "en: Haizhou}", "en: Haizhou Province}"),
    "the name of a pairing": ("pairings.yaml", "en: Haizhou–Shanyuan}", "en: Hai–Shan}"),
    "the name of a programme": ("programmes.yaml", "zh: 测试东西协作", "zh: 试东西协作"),
    "the family of a programme": ("programmes.yaml", "  family: test-east-west\n", ""),
    "the name of a policy": ("policies.yaml", "zh: 测试协作规划", "zh: 测试规划"),
    "the name of an organisation": ("organisations.yaml", "name: {zh: ", "name: {zh: 新"),
    "the name of a project": ("projects.yaml", "name: {zh: ", "name: {zh: 新"),
    "the name of an event": ("events.yaml", "name: {zh: ", "name: {zh: 新"),
    "the date of a policy": ("statements/yearbook.yaml", "  date: 2021-03\n", "  date: 2021-04\n"),
    "the stage of a figure, in another cell then": (
        "statements/yearbook.yaml",
        "  stage: paid\n",
        "  stage: allocated\n",
    ),
    "whom a pairing statement ties": ("statements/yearbook.yaml", "  recipient: shanyuan\n", "  recipient: hechuan\n"),
    "a judgement that two figures are the same": ("judgements.yaml", "- id: j001\n", SAME + "- id: j001\n"),
    "a judgement that a pairing is not stated": ("judgements.yaml", "- id: j001\n", REFUSED + "- id: j001\n"),
    "a judgement": ("judgements.yaml", "prefers: yearbook.s002", "prefers: first-report.s005"),
    "the dataset": ("dataset.yaml", "version: 0.0.0", "version: 0.0.1"),
    "a statement that goes": ("statements/case-study.yaml", STATEMENT, ""),
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    copied = Path(shutil.copytree(MINI, tmp_path / "data"))
    for path in copied.rglob("*"):
        os.utime(path, (1e9, 1e9))  # long ago: what was read of it may be kept
    return copied


@pytest.fixture
def state(folder: Path) -> Callable[[GraphState], GraphState]:
    """Return what makes the state that follows one, from what was read before and what changed since."""
    memory, kept = Memory(), Kept()

    def make(former: GraphState) -> GraphState:
        corpus, _ = read_corpus(folder, memory)
        assert corpus is not None
        return former.following(corpus, derive(corpus, kept))

    return make


def edit(folder: Path, file: str, old: str, new: str) -> None:
    path = folder / file
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), encoding="utf-8")


@pytest.mark.parametrize("what", EDITS)
def test_after_an_edit_the_graph_is_that_of_a_clean_build(
    what: str, folder: Path, state: Callable[[GraphState], GraphState]
) -> None:
    first = state(GraphState())
    edit(folder, *EDITS[what])
    second = state(first)
    clean = build_graph(load_corpus(folder)).facts
    assert sorted(fact for facts in second.facts.values() for fact in facts) == sorted(clean)


@pytest.mark.parametrize("what", EDITS)
def test_what_came_and_what_went_lead_from_one_graph_to_the_next(
    what: str, folder: Path, state: Callable[[GraphState], GraphState]
) -> None:
    first = state(GraphState())
    edit(folder, *EDITS[what])
    second = state(first)
    before, after = ({fact for facts in one.facts.values() for fact in facts} for one in (first, second))
    come, gone = second.come(first), second.gone(first)
    assert come or gone
    assert (set(come), set(gone)) == (after - before, before - after)
    assert (len(come), len(gone)) == (len(set(come)), len(set(gone)))


def test_an_edit_of_one_document_makes_no_facts_of_another(
    folder: Path, state: Callable[[GraphState], GraphState]
) -> None:
    first = state(GraphState())
    edit(folder, *EDITS["a note of a statement"])
    second = state(first)
    anew = {graph.rpartition("graph/")[2] for graph in second.facts if second.facts[graph] is not first.facts[graph]}
    assert anew == {"derived>", "judgements>", "source/case-study>"}


def test_nothing_comes_where_nothing_changed(state: Callable[[GraphState], GraphState]) -> None:
    first = state(GraphState())
    second = state(first)
    assert (second.come(first), second.gone(first)) == ([], [])
