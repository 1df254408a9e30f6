"""The pages as text: one file, nothing from outside, hostile data inert, the same bytes every time."""

from __future__ import annotations

import base64
import hashlib
import json
import re
from html.parser import HTMLParser

import pytest
from worlds import node, small_network

from cooperation_kg.render.pages import render_page
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.words import WORDS

HOSTILE = '</script><script>window.hacked=1</script><img src=x onerror="window.hacked=1">"\'&'


class Elements(HTMLParser):
    """All start tags of a page with their attributes, and the text of scripts."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.texts: list[tuple[str, str]] = []
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        if self.tags and self.tags[-1][0] in ("script", "style"):
            self.texts.append((self.tags[-1][0], data))


def test_a_page_asks_for_nothing_outside_itself() -> None:
    for tag, attributes in Elements(render_page(small_network())).tags:
        assert "src" not in attributes, tag
        assert tag not in ("link", "iframe", "object", "embed", "base", "form")


def test_a_page_has_doctype_title_language_and_viewport() -> None:
    html = render_page(small_network())
    elements = dict(Elements(html).tags)
    assert html.startswith("<!doctype html>\n")
    assert elements["html"]["lang"] == "zh-Hans"
    assert "练习" in html.split("<title>")[1].split("</title>")[0]
    assert 'name="viewport"' in html


def test_a_page_opens_in_english_when_asked() -> None:
    html = render_page(small_network(), lang="en")
    assert dict(Elements(html).tags)["html"]["lang"] == "en"
    assert "Exercise" in html.split("<title>")[1].split("</title>")[0]


def test_the_policy_allows_exactly_the_scripts_that_are_there() -> None:
    elements = Elements(render_page(small_network()))
    policy = next(a["content"] for t, a in elements.tags if a.get("http-equiv") == "Content-Security-Policy")
    assert policy is not None
    allowed = set(re.findall(r"'sha256-([^']+)'", policy.split("script-src")[1].split(";")[0]))
    html = render_page(small_network())
    scripts = re.findall(r"<script>(.*?)</script>", html, re.DOTALL)
    digests = {base64.b64encode(hashlib.sha256(s.encode()).digest()).decode() for s in scripts}
    assert allowed == digests
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_hostile_labels_make_no_element() -> None:
    plain, hostile = small_network(), small_network(title_zh=HOSTILE)
    for made in (hostile,):
        made.nodes["guangxi"]["label_zh"] = HOSTILE
        made.edges["beijing", "guangxi", "p.beijing.guangxi"]["name_zh"] = HOSTILE
        made.graph["statements"][0]["text_zh"] = HOSTILE
        made.graph["sources"]["s"]["title"] = HOSTILE
    assert [t for t, _ in Elements(render_page(hostile)).tags] == [t for t, _ in Elements(render_page(plain)).tags]


def test_data_inside_a_script_cannot_end_it() -> None:
    text = as_json({"a": "</script><!--\u2028"})
    assert "<" not in text
    assert "\u2028" not in text
    assert json.loads(text) == {"a": "</script><!--\u2028"}


def test_data_that_json_does_not_know_is_refused() -> None:
    with pytest.raises(ValueError, match="JSON"):
        as_json({"a": float("nan")})


def test_the_same_network_gives_the_same_page() -> None:
    assert render_page(small_network()) == render_page(small_network())


def test_pages_have_line_feeds_only() -> None:
    assert "\r" not in render_page(small_network())


def test_rendering_leaves_the_network_as_it_was() -> None:
    made = small_network()
    render_page(made)
    assert dict(made.nodes(data=True)) == dict(small_network().nodes(data=True))
    assert list(made.edges(keys=True)) == list(small_network().edges(keys=True))


def test_parallel_pairings_are_both_in_the_page() -> None:
    html = render_page(small_network())
    data = json.loads(re.search(r'id="data">(.*?)</script>', html, re.DOTALL).group(1))  # type: ignore[union-attr]
    between = [e["id"] for e in data["edges"] if {e["from"], e["to"]} == {"beijing", "guangxi"}]
    assert between == ["p.beijing.guangxi", "q.beijing.guangxi"]


def test_a_network_of_lone_places_still_makes_pages() -> None:
    made = small_network()
    made.remove_edges_from(list(made.edges(keys=True)))
    made.add_node("alone", **node("孤", None, None, roles=["participant"]))
    assert "孤" in render_page(made)


def test_every_word_of_the_pages_is_there_in_both_languages() -> None:
    assert [key for key, words in WORDS.items() if set(words) != {"zh", "en"} or not all(words.values())] == []


def test_every_word_that_scripts_and_templates_ask_for_exists() -> None:
    from importlib.resources import files

    folder = files("cooperation_kg.render")
    texts = [
        f.read_text(encoding="utf-8")
        for name in ("assets", "templates")
        for f in (folder / name).iterdir()
        if f.is_file()
    ]
    asked = {key for text in texts for key in re.findall(r"""\b(?:word|row)\(["']([\w-]+)["']""", text)}
    asked |= {key for text in texts for key in re.findall(r'data-word(?:-label|-placeholder)?="([\w-]+)"', text)}
    assert len(asked) > 40
    stems = {key for key in asked if key.endswith("-")}
    assert asked - stems - set(WORDS) == set()
    assert [stem for stem in stems if not any(key.startswith(stem) for key in WORDS)] == []
