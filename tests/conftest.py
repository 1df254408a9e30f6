"""A browser for the tests that need one, and the rule about skips: named always, under CI a failure."""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

if TYPE_CHECKING:
    from playwright.sync_api import Browser

    from cooperation_kg.curate.corpus import Corpus
    from cooperation_kg.graph.dataset import KnowledgeGraph

BROWSERS = ("chromium", "chromium-browser", "google-chrome", "chrome", "msedge")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


def find_browser() -> str | None:
    """Return the path of a Chromium: the one named in CKG_CHROMIUM, else the first on the PATH."""
    named = os.environ.get("CKG_CHROMIUM")
    return named or next((path for name in BROWSERS if (path := shutil.which(name))), None)


@pytest.fixture(scope="session")
def shipped_corpus() -> Corpus:
    """The shipped facts, read once a process."""
    from cooperation_kg.curate.corpus import load_corpus

    return load_corpus()


@pytest.fixture(scope="session")
def real(shipped_corpus: Corpus) -> KnowledgeGraph:
    """The graph of the shipped facts, built once a process."""
    from cooperation_kg.graph.dataset import build_graph

    return build_graph(shipped_corpus)


@pytest.fixture(scope="session")
def mini() -> KnowledgeGraph:
    """The graph of the small invented dataset that many tests share."""
    from cooperation_kg.curate.corpus import load_corpus
    from cooperation_kg.graph.dataset import build_graph

    return build_graph(load_corpus(Path(__file__).parent / "data" / "mini"))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """One headless browser for the whole run; each test opens a context of its own."""
    path = find_browser()
    if path is None:
        pytest.skip("no Chromium or Chrome found; install one or name it in CKG_CHROMIUM")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield launched
        launched.close()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    skipped = terminalreporter.stats.get("skipped", [])
    if skipped and os.environ.get("CI") == "true":
        terminalreporter.write_sep("=", "skips are failures under CI", red=True)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session: pytest.Session) -> None:
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if reporter is not None and reporter.stats.get("skipped") and os.environ.get("CI") == "true":
        session.exitstatus = pytest.ExitCode.TESTS_FAILED
