"""Every page of the site is whole: links and anchors resolve, ids are single, nothing foreign, both languages."""

from __future__ import annotations

from collections.abc import Mapping

import pytest
from site_reader import broken_links, faults_of

from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.render.site import build_site


def pages_of(site: Mapping[str, bytes]) -> dict[str, str]:
    return {
        path: content.decode() for path, content in site.items() if path.endswith(".html") and path != "network.html"
    }


def test_every_link_and_anchor_of_the_small_site_resolves(mini_site: Mapping[str, bytes]) -> None:
    assert list(broken_links(mini_site)) == []


def test_no_page_runs_or_loads_what_is_not_a_file_of_ours_and_each_has_both_languages(
    mini_site: Mapping[str, bytes],
) -> None:
    found = {path: faults for path, html in pages_of(mini_site).items() if (faults := list(faults_of(html)))}
    assert found == {}


def test_hostile_names_add_no_element_and_no_handler(hostile_site: Mapping[str, bytes]) -> None:
    found = {path: faults for path, html in pages_of(hostile_site).items() if (faults := list(faults_of(html)))}
    assert found == {}


def test_no_control_character_reaches_a_page(hostile_site: Mapping[str, bytes]) -> None:
    found = {
        path: sorted({c for c in html if not c.isprintable() and c != "\n"})
        for path, html in pages_of(hostile_site).items()
    }
    assert {path: characters for path, characters in found.items() if characters} == {}


def test_every_page_says_its_policy_before_anything_is_loaded(mini_site: Mapping[str, bytes]) -> None:
    for path, html in pages_of(mini_site).items():
        policy = html.index('http-equiv="Content-Security-Policy"')
        assert policy < html.index("<link"), path
        assert "default-src &#39;none&#39;" in html[policy : policy + 300], path


def test_the_same_facts_give_the_same_bytes(mini: KnowledgeGraph, mini_site: Mapping[str, bytes]) -> None:
    again = build_site(mini)
    assert [name for name, content in again.items() if mini_site[name] != content] == []


@pytest.mark.parametrize("language", ["zh", "en"])
def test_a_site_opens_in_the_language_asked_for(mini: KnowledgeGraph, language: str) -> None:
    home = build_site(mini, lang=language)["index.html"].decode()
    assert f'data-lang="{language}"' in home.split(">")[1]
