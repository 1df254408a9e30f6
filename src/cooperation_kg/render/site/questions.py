"""Which questions are answered? The named ones with their SPARQL, and what users asked with the answers to expect."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from markupsafe import Markup, escape

from cooperation_kg.query.examples import Example, examples
from cooperation_kg.query.library import NamedQuery, named_queries
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.bundles import PATH as QUERY_PAGE
from cooperation_kg.render.site.context import Both, Site, bi, html, printable
from cooperation_kg.render.site.frame import Page

ASKERS: Mapping[str, Both] = {
    "researcher": Both("研究者", "A policy researcher"),
    "journalist": Both("记者", "A journalist"),
    "officer": Both("协作办工作人员", "An officer of a cooperation bureau"),
    "engineer": Both("数据工程师", "A data engineer"),
}
GROUPS: tuple[tuple[Both, tuple[str, ...]], ...] = (
    (Both("结对", "Pairings"), ("pairing", "county", "unconfirmed", "undated", "participants", "terms", "scopes")),
    (
        Both("地区、机构与机制", "Places, organisations and programmes"),
        ("place", "anonymous", "organis", "programme", "names", "described", "register"),
    ),
    (Both("政策与阶段", "Policies and phases"), ("polic", "phases", "definitions")),
    (
        Both("数字与成效", "Figures and results"),
        ("figure", "measures", "results", "practices", "problems", "recommend"),
    ),
    (Both("来源、分歧与判断", "Sources, disagreements and judgements"), ("",)),
)
"""Headings, and how the names of their questions begin; a question stands under the first that fits."""


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of questions."""
    at = "questions.html"
    asked: dict[str, list[dict[str, object]]] = defaultdict(list)
    for example in examples().values():
        asked[example.asked_by].append(_asked(site, example, at))
    body = (
        environment()
        .get_template("site/questions.html.j2")
        .render(
            bi=bi,
            groups=_groups(),
            askers=[(ASKERS[who], asked[who]) for who in ASKERS if who in asked],
            run=lambda state: _run(site, at, state),
        )
    )
    yield Page(at, Both("问题与答案", "Questions and answers"), Markup(body))


def _groups() -> list[tuple[Both, list[NamedQuery]]]:
    found: dict[Both, list[NamedQuery]] = {title: [] for title, _ in GROUPS}
    for query in named_queries().values():
        found[next(title for title, starts in GROUPS if query.name.startswith(starts))].append(query)
    return [(title, queries) for title, queries in found.items() if queries]


def _run(site: Site, at: str, state: str) -> Markup:
    """Return the link that runs a question in the query page, empty where the site has none."""
    if not site.has_query_page:
        return Markup("")
    return html(
        '<a class="ask run" href="{}">{}</a>', site.href(f"{QUERY_PAGE}#{state}", at), bi("在这里查询", "run it here")
    )


def _asked(site: Site, example: Example, at: str) -> dict[str, object]:
    expect = example.expect
    rows = expect.rows if expect.rows is not None else expect.includes
    return {
        "id": example.id,
        "question": bi(example.question.zh, example.question.in_language("en")),
        "as_of": example.as_of or "",
        "rows": [[_cell(site, cell, at) for cell in row] for row in rows],
        "whole": expect.rows is not None,
        "prints": [printable(text) for text in expect.prints],
        "query": example.query or "",
        "command": example.command or "",
        "rests_on": [_statement(site, key, at) for key in example.rests_on],
        "note": bi(example.note.zh, example.note.in_language("en")) if example.note else "",
    }


def _cell(site: Site, cell: str, at: str) -> Markup:
    """Return a cell; a thing of the graph (``place/beijing``) as a link where it is one of this dataset."""
    kind, is_thing, identifier = cell.partition("/")
    if is_thing and _is_known(site, kind, identifier):
        return site.link(kind, identifier, at)
    return escape(printable(cell))


def _statement(site: Site, key: str, at: str) -> Markup:
    if key not in site.corpus.statements:
        return escape(key)
    return site.link("statement", key, at, escape(key))


def _is_known(site: Site, kind: str, identifier: str) -> bool:
    derived: Mapping[str, Sequence[str] | Mapping[str, object]] = {
        "pairing": site.kg.derived.pairings,
        "scope": site.kg.derived.scopes,
        "source": site.corpus.sources,
        "statement": site.corpus.statements,
        "judgement": site.corpus.judgements,
    }
    known = derived.get(kind, site.corpus.registers.get(kind, {}))
    return identifier in known
