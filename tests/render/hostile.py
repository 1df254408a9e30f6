"""Names that break a careless writer, and a graph that has them."""

from __future__ import annotations

from dataclasses import replace

from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph

HOSTILE = {
    "script": "</script><script>alert(1)</script>",
    "comment": "<!-- --> &amp; &lt;",
    "formula": "=cmd|' /C calc'!A0",
    "quotes": '"\'\\"""',
    "lines": "一\n二\t三\r\n四",
    "cdata": "<![CDATA[ x ]]> ]]>",
    "emoji": "👩‍🌾 𠮷野 é é",
    "direction": "\u202e东西\u200b",
    "percent": "%s {0} ${x} {{ y }}",
}
CONTROL = "一\x00\x07\x0b\x1b\ufffe二"


def renamed(kg: KnowledgeGraph, name: str, *aliases: str) -> KnowledgeGraph:
    """Return the graph of the same facts with a place of these names; the YAML reader would refuse some of them."""
    update = {"name": Bilingual.model_construct(zh=name, en=name), "aliases": aliases}
    place = kg.corpus.places["haizhou"].model_copy(update=update)
    places = {**kg.corpus.places, "haizhou": place}
    return build_graph(replace(kg.corpus, registers={**kg.corpus.registers, "place": places}))
