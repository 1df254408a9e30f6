"""Sites that the tests share: of the small invented dataset, of the same with hostile names, of the shipped facts."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.render.exports import file_name
from cooperation_kg.render.files import EXPORTS
from cooperation_kg.render.network import build_network
from cooperation_kg.render.pages import render_page
from cooperation_kg.render.site import build_site
from cooperation_kg.render.site.context import Site

HOSTILE = (
    '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">\'"&amp;<!--\u2028\u2029\x00\x0b\x1b'
    "javascript:window.hacked=1"
)


def hostile_world(kg: KnowledgeGraph) -> KnowledgeGraph:
    """Return a graph in which every name, title and text that a curator can write is made to break out of a page."""
    corpus = kg.corpus
    ids = {named.name.zh: named.id for named in corpus.pairings.values()}
    statements = {
        key: s.model_copy(update={"about": ids[s.about]}) if getattr(s, "about", None) in ids else s
        for key, s in corpus.statements.items()
    }
    return build_graph(
        replace(
            corpus,
            dataset=corpus.dataset.model_copy(update={"title": _bad("题"), "creators": (HOSTILE,)}),
            registers={kind: {k: _spoilt(e) for k, e in held.items()} for kind, held in corpus.registers.items()},
            anonymous={key: _spoilt(place) for key, place in corpus.anonymous.items()},
            sources={key: _spoilt(source) for key, source in corpus.sources.items()},
            statements={key: _spoilt(statement) for key, statement in statements.items()},
            judgements={key: _spoilt(judgement) for key, judgement in corpus.judgements.items()},
        )
    )


def _bad(text: str) -> Bilingual:
    return Bilingual.model_construct(zh=text + HOSTILE, en="en" + HOSTILE)


def _spoilt(record: Any) -> Any:
    """Return a record with hostile text in every field that holds free text."""
    free = ("locator", "said_by", "called", "note", "as_written", "container", "publisher", "number", "term", "issue")
    spoilt: dict[str, Any] = {}
    for name in type(record).model_fields:
        value = getattr(record, name)
        if isinstance(value, Bilingual):
            spoilt[name] = _bad(value.zh)
        elif name in free and isinstance(value, str):
            spoilt[name] = value + HOSTILE
        elif name in ("aliases", "short", "authors") and value:
            spoilt[name] = tuple(one + HOSTILE for one in value)
    return record.model_copy(update=spoilt)


def whole(kg: KnowledgeGraph, *, network: bool = True) -> Mapping[str, bytes]:
    """Return the site with what stands beside it; the exports by name alone."""
    page = render_page(build_network(kg)).encode() if network else b"<!doctype html>"
    return build_site(kg) | {"network.html": page} | {file_name(name): b"" for name in EXPORTS}


@pytest.fixture(scope="session")
def mini_site(mini: KnowledgeGraph) -> Mapping[str, bytes]:
    """Every file of the site of the small invented dataset."""
    return whole(mini)


@pytest.fixture(scope="session")
def hostile_site(mini: KnowledgeGraph) -> Mapping[str, bytes]:
    """The same site where every name tries to break out of its page."""
    return whole(hostile_world(mini), network=False)


@pytest.fixture(scope="session")
def real_site(real: KnowledgeGraph) -> Mapping[str, bytes]:
    """Every file of the site of the shipped facts, without the network page."""
    return whole(real, network=False)


@pytest.fixture(scope="session")
def shipped(real: KnowledgeGraph) -> Site:
    """The shipped facts as pages see them."""
    return Site(real)


def write(site: Mapping[str, bytes], folder: Path) -> Path:
    """Write a site into a folder."""
    for name, content in site.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    return folder


@pytest.fixture(scope="session")
def mini_folder(mini_site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The site of the small dataset on disk."""
    return write(mini_site, tmp_path_factory.mktemp("mini"))


@pytest.fixture(scope="session")
def hostile_folder(hostile_site: Mapping[str, bytes], tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The hostile site on disk."""
    return write(hostile_site, tmp_path_factory.mktemp("hostile"))
