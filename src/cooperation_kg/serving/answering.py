"""Answers search, show, explain and total in a process of its own: ``python -m cooperation_kg.serving.answering``.

These read the records, not the store. What is asked are names, never programs; a bound of memory and the server's
deadline are all that it needs. Under ``--watch`` it is a copy of the process that holds the data (``maker.py``), and
makes pages too, when they are asked for.
"""

from __future__ import annotations

import gc
import json
import sys
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any
from urllib.parse import quote

from cooperation_kg.errors import BadParameter, CooperationError
from cooperation_kg.graph.asof import AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.vocabulary import THING_KINDS, concept_iri
from cooperation_kg.query.document import Answer, Document, table
from cooperation_kg.query.explain import explain
from cooperation_kg.query.lookup import find_named, nearest_names
from cooperation_kg.query.names import Found, name_of
from cooperation_kg.query.show import show
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.totals import total
from cooperation_kg.render.documents import as_html, as_text
from cooperation_kg.serving.confining import allow_seconds, confine, leave_interrupts
from cooperation_kg.serving.frames import Head, read_frame, write_frame
from cooperation_kg.serving.publishing import read_records, write_records

if TYPE_CHECKING:
    from cooperation_kg.render.asked import Asked

Given = Mapping[str, Any]
_MOST_FOUND = 100


@dataclass(frozen=True)
class _Names:
    """What a name may mean: things that are called so, or, where there are none, those whose names come near."""

    text: str
    found: tuple[dict[str, str], ...]
    number: int
    nearest: tuple[dict[str, str], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Return the names as plain data."""
        return {"found": self.found, "all": self.number} | ({} if self.found else {"nearest": self.nearest})

    def document(self, lang: str) -> Document:
        """Return the names to be read."""
        number = f"{self.number} 个结果" if lang == "zh" else f"{self.number} found"
        near = "没有这个名称；相近的有：" if lang == "zh" else "nothing is called so; near it:"
        rows = [(one["name"], f"{one['kind']}/{one['id']}") for one in self.found or self.nearest]
        columns = ("名称", "编号") if lang == "zh" else ("name", "id")
        return Document(self.text, (number if self.found else near,), (table("", columns, rows),))


def _search(kg: KnowledgeGraph, given: Given) -> _Names:
    kinds = given.get("kind", ())
    found = find_named(kg, given["text"], kinds)
    near = () if found else nearest_names(kg, given["text"], kinds)
    lang = given.get("lang", "zh")
    some, nearby = (tuple(_told(kg, one, lang) for one in names) for names in (found[:_MOST_FOUND], near))
    return _Names(given["text"], some, len(found), nearby)


def _told(kg: KnowledgeGraph, found: Found, lang: str) -> dict[str, str]:
    kind, identifier, name = found
    if lang != "zh":
        name = name_of(kg, kind, identifier, lang)
    if kind == "measure":
        iri = concept_iri("measure", identifier).value
    else:
        iri = kg.iris.thing(kind, identifier).value if kind in THING_KINDS else ""
    return {"kind": kind, "id": identifier, "name": name, "iri": iri}


def _show(kg: KnowledgeGraph, given: Given) -> Answer:
    return show(kg, given["name"], _time(given), full=given.get("full", False))


def _explain(kg: KnowledgeGraph, given: Given) -> Answer:
    return explain(kg, given["a"], given.get("b"), _time(given))


def _total(kg: KnowledgeGraph, given: Given) -> Answer:
    return total(
        kg,
        given["about"],
        given.get("measure", ()),
        during=given.get("during"),
        stage=given.get("stage"),
        each_year=given.get("each-year", False),
        by_year=given.get("by-year", False),
        as_of=_time(given),
    )


def _time(given: Given) -> AsOf | None:
    return parse_as_of(given["as-of"]) if "as-of" in given else None


OPERATIONS: Mapping[str, Callable[[KnowledgeGraph, Given], Answer]] = {
    "search": _search,
    "show": _show,
    "explain": _explain,
    "total": _total,
}


def _written(answer: Answer, form: str, lang: str) -> str:
    match form:
        case "html":
            links = [("/api/", "API"), ("/", "首页" if lang == "zh" else "home")]
            if isinstance(answer, _Names):
                some = answer.found or answer.nearest
                links += [(quote(f"/id/{one['kind']}/{one['id']}"), one["name"]) for one in some if one["iri"]]
            return as_html(answer.document(lang), lang, links)
        case "text":
            return as_text(answer.document(lang))
        case _:
            # a whole number is exact as text alone: Decimal is told as text by the answers themselves
            return json.dumps(answer.as_json(), ensure_ascii=False)


def _make_tables(kg: KnowledgeGraph) -> None:
    """Make what answers look things up in before anybody asks."""
    find_named(kg, "…")
    Mentions(kg).read()


class Answering:
    """What answers from one graph.

    Parameters
    ----------
    lang: the language in which its pages open, where they are made when asked for.
    """

    def __init__(self, kg: KnowledgeGraph, lang: str) -> None:
        self.kg = kg
        self._lang = lang

    @cached_property
    def pages(self) -> Asked:
        """What makes the pages."""
        from cooperation_kg.render.asked import Asked

        return Asked(self.kg, self._lang)

    def respond(self, asked: Head) -> tuple[Head, bytes]:
        """Return the answer to a request: ``status`` with ``reason`` or, in the body, the answer.

        Parameters
        ----------
        asked: ``operation``, one of OPERATIONS, ``given``: its parameters (``api.py``), ``form``: one of
            ``media.ANSWERS``. Or ``page``, a name: then ``files`` has names and sizes of what the body holds. Or
            ``records``, a file to write them to.
        """
        try:
            if "page" in asked:
                return self._page(asked["page"])
            if "records" in asked:
                write_records(Path(asked["records"]), self.kg)
                return {"status": 200}, b""
            answer = OPERATIONS[asked["operation"]](self.kg, asked["given"])
            return {"status": 200}, _written(answer, asked["form"], asked["given"].get("lang", "zh")).encode()
        except BadParameter as bad:
            unknown = "nothing is called" in str(bad)
            return {"status": 404 if unknown else 400, "reason": str(bad)}, b""
        except CooperationError as error:
            return {"status": 400, "reason": str(error)}, b""
        except (MemoryError, RecursionError):
            return {"status": 500, "reason": "the answer needs more memory than is allowed"}, b""

    def _page(self, name: str) -> tuple[Head, bytes]:
        made = self.pages.made(name)
        return {"status": 200, "files": [(name, len(content)) for name, content in made.items()]}, b"".join(
            made.values()
        )

    def answer_all(self, incoming: IO[bytes], outgoing: IO[bytes], memory: int) -> None:
        """Answer what comes in until it is closed, within bounds (``worker.main``)."""
        write_frame(outgoing, {"bounds": confine(memory, sealed=False)})
        while (frame := read_frame(incoming)) is not None:
            asked, _ = frame
            allow_seconds(asked["seconds"])
            write_frame(outgoing, *self.respond(asked))


def main(memory: str, lang: str) -> None:
    """Answer what comes in on stdin until it is closed; the first frame says which records to ``open``."""
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    leave_interrupts()
    first = read_frame(incoming)
    if first is None:
        return
    kg = read_records(Path(first[0]["open"]))
    _make_tables(kg)
    gc.freeze()
    Answering(kg, lang).answer_all(incoming, outgoing, int(memory))


if __name__ == "__main__":
    main(*sys.argv[1:])
