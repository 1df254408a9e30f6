"""How does a reader ask the graph a question of their own? SPARQL in the page: the graph and its engine, no server.

Where the editor and the engine were not bundled (``bundles``), the site has no query page, and nothing links to it.
"""

from __future__ import annotations

import base64
import gzip
import re
from collections.abc import Iterator, Mapping
from typing import Any

from markupsafe import Markup

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.vocabulary import CONCEPT, DEF, HOME, THING_KINDS
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.examples import Example, examples
from cooperation_kg.query.library import NamedQuery, Parameter, named_queries
from cooperation_kg.query.run import DEEPEST_NESTING, LONGEST_QUERY, MOST_PARTS
from cooperation_kg.query.table import FORMULA_SIGNS
from cooperation_kg.render.exports import export
from cooperation_kg.render.html import asset, environment
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.bundles import BUNDLES, PATH, bundle, is_there
from cooperation_kg.render.site.context import PAGED, Both, Site, bi
from cooperation_kg.render.site.frame import Page

TIME_LIMIT = 10
"""Seconds after which a query is stopped."""
MOST_ROWS = 2_000
"""Rows that the page shows and writes as CSV; how many there are is said."""
# a query's own lines: its header, which the page shows as title and fields, is left out
_HEADER = re.compile(r"\A(?:#[^\n]*\n|\n)+")
_WHERE = re.compile(r"WHERE\s*\{", re.IGNORECASE)


def pages(site: Site) -> Iterator[Page]:
    """Yield the query page, where its engine is there."""
    if not is_there():
        return
    given = Markup(as_json(page_data(site)))
    body = environment().get_template("site/sparql.html.j2").render(bi=bi, data=given, limit=TIME_LIMIT, most=MOST_ROWS)
    yield Page(
        PATH,
        Both("在页内查询", "Ask in SPARQL"),
        Markup(body),
        scripts=("sparql-editor.js", "sparql.js"),
        runs_wasm=True,
    )


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the bundles, the script of the page, and the graph as a script: a page on disk may load nothing else."""
    if not is_there():
        return
    for name in BUNDLES:
        yield f"assets/{name}", bundle(name)
    yield "assets/sparql.js", f"{asset('sparql.js')}\n".encode()
    yield "assets/graph-data.js", graph_data(site)


def graph_data(site: Site) -> bytes:
    """Return the graph as TriG, gzipped (RFC 1952, without time or name of a file), in base64, assigned to a name."""
    packed = gzip.compress(export(site.kg, "trig"), 9, mtime=0)
    return b'window.CKG_GRAPH="' + base64.b64encode(packed) + b'";\n'


def page_data(site: Site) -> dict[str, Any]:
    """Return what the page knows besides the graph: questions, words to complete, names of namespaces, limits."""
    return {
        "base": site.kg.iris.base,
        "home": HOME,
        "concept": CONCEPT,
        "prefixes": site.kg.iris.prefixes,
        "paged": [kind for kind in PAGED if kind != "measure"],
        "inherited": _inherited(site.corpus),
        "horizon": site.corpus.dataset.horizon,
        "questions": [question(query) for query in named_queries().values()],
        "examples": [_example(one) for one in examples().values() if one.query is not None],
        "terms": _terms(site),
        "formula_signs": list(FORMULA_SIGNS),
        "limits": {
            "seconds": TIME_LIMIT,
            "rows": MOST_ROWS,
            "characters": LONGEST_QUERY,
            "nesting": DEEPEST_NESTING,
            "parts": MOST_PARTS,
        },
    }


def question(query: NamedQuery) -> dict[str, Any]:
    """Return a named question as the page takes it; its SPARQL without the header.

    >>> question(named_queries()["find"])["params"][0]["variables"]
    ['text']
    """
    return {
        "name": query.name,
        "zh": query.zh,
        "en": query.en,
        "explains": [query.explains("zh"), query.explains("en")],
        "sparql": without_header(query.sparql),
        "params": [_parameter(parameter) for parameter in query.parameters],
        "example": _given(query.example),
    }


def without_header(sparql: str) -> str:
    """Return a question's SPARQL without the comments at its head.

    >>> without_header("# zh: 问\\n# en: ask\\n\\nASK {}\\n")
    'ASK {}\\n'
    """
    return _HEADER.sub("", sparql)


def asked_of_a_year(example: Example) -> str:
    """Return an example's SPARQL with its year as a value, where it asks by one."""
    query = example.query or ""
    if not example.as_of or "?year" not in query:
        return query
    return _WHERE.sub(lambda found: f"{found[0]}\n  VALUES ?year {{ {example.as_of} }}", query, count=1)


def _parameter(parameter: Parameter) -> dict[str, Any]:
    kind, _, detail = parameter.type.partition(":")
    concepts = load_ontology().concepts[detail].values() if kind == "concept" else ()
    return {
        "name": parameter.name,
        "type": kind,
        "detail": detail,
        "default": parameter.default,
        "label": [parameter.zh, parameter.en],
        "variables": list(parameter.variables),
        "options": [[concept.notation, concept.iri, concept.zh, concept.en] for concept in concepts],
    }


def _given(command: str) -> dict[str, str]:
    """Return the parameters that the example of a question gives on the command line."""
    given = dict(re.findall(r"(?:-p|--param) (\w+)=(\S+)", command))
    times = re.findall(r"--as-of (\S+)", command)
    return {**given, **({"as_of": times[0]} if times else {})}


def _example(example: Example) -> dict[str, str]:
    return {
        "id": example.id,
        "by": example.asked_by,
        "zh": example.question.zh,
        "en": example.question.in_language("en"),
        "sparql": asked_of_a_year(example),
    }


def _terms(site: Site) -> list[list[str]]:
    """Return what the editor completes: prefixed name, label in both languages, what it is."""
    ontology = load_ontology()
    own = [[f"coop:{t.iri.removeprefix(DEF)}", t.zh, t.en, t.kind] for t in ontology.terms.values()]
    concepts = [
        [f"<{concept.iri}>", concept.zh, concept.en, scheme]
        for scheme, held in sorted(ontology.concepts.items())
        for concept in held.values()
    ]
    prefixes = [[f"{prefix}:", "", "", "prefix"] for prefix in sorted(site.kg.iris.prefixes)]
    return [*sorted(own), *concepts, *prefixes]


def _inherited(corpus: Corpus) -> Mapping[str, list[str]]:
    """Return the things that keep the IRI of the shipped data in a dataset that extends it, by kind."""
    kinds = {kind for kind, _ in corpus.inherited} & set(THING_KINDS)
    return {kind: sorted(i for k, i in corpus.inherited if k == kind) for kind in sorted(kinds)}
