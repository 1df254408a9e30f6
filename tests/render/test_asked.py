"""Files made when they are asked for: the same names, the same bytes as a build."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from cooperation_kg.render.asked import Asked
from cooperation_kg.render.files import build_files

if TYPE_CHECKING:
    from cooperation_kg.graph.dataset import KnowledgeGraph
    from cooperation_kg.render.workers import Made


@pytest.fixture(scope="module")
def built(mini: KnowledgeGraph) -> Made:
    return build_files(mini, lang="en", workers=1).files


def test_there_is_what_a_build_makes(mini: KnowledgeGraph, built: Made) -> None:
    assert Asked(mini, "en").names == built.keys()


def test_every_file_asked_for_has_the_bytes_that_a_build_gives_it(mini: KnowledgeGraph, built: Made) -> None:
    asked = Asked(mini, "en")
    other = [name for name in built if any(content != built[each] for each, content in asked.made(name).items())]
    missing = [name for name in built if name not in asked.made(name)]
    assert (other, missing) == ([], [])


def test_what_there_is_not_cannot_be_asked_for(mini: KnowledgeGraph) -> None:
    with pytest.raises(KeyError):
        Asked(mini).made("../dataset.yaml")
