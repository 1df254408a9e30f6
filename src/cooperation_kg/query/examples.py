"""The example questions: what users ask of the data, with the SPARQL or command and the answer to expect.

One ``.yaml`` file a question in ``example_questions/``. They are the competency questions of the data (Grüninger
and Fox 1995): the tests put every one of them to the graph, and where an answer was written down from the
research notes first, they also take the statement away that it rests on and see that the answer goes.
"""

from __future__ import annotations

import shlex
from collections.abc import Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Annotated, Literal

from pydantic import Field, model_validator

from cooperation_kg.curate.coverage import ROW_ID
from cooperation_kg.curate.fields import Label, Record, Slug, Text, fault
from cooperation_kg.curate.record_reader import RecordReader
from cooperation_kg.errors import CurationError

Cells = tuple[str, ...]


class Count(Record):
    """How many rows an answer has: exactly so many, or at least so many.

    >>> Count(exactly="20").exactly
    20
    """

    exactly: int | None = None
    at_least: int | None = None


class Expected(Record):
    """What the answer must be: all its rows, some of them, none of them, their number, or text that is printed.

    A cell is written as it is shown; a thing of the graph as ``kind/id`` (``place/beijing``). A row may give the
    first columns only.
    """

    rows: tuple[Cells, ...] | None = None
    includes: tuple[Cells, ...] = ()
    excludes: tuple[Cells, ...] = ()
    count: Count | None = None
    prints: tuple[Text, ...] = ()


class Example(Record):
    """One question: who asks, in which words, how it is put to the graph, and what must come back.

    ``query`` is SPARQL; ``command`` is what follows ``ckg`` on the command line. ``rows_of`` are rows of the
    research notes that the answer was written from; without the statements in ``rests_on`` it must change.

    >>> Example(id="a", asked_by="officer", question="问", command="query pairings", expect={}).arguments
    ('query', 'pairings')
    """

    id: Slug
    asked_by: Literal["researcher", "journalist", "officer", "engineer"]
    question: Label
    as_of: Annotated[Text, Field(pattern=r"^\d{4}$")] | None = None
    query: str | None = None
    command: Text | None = None
    expect: Expected
    rows_of: tuple[Annotated[Text, Field(pattern=ROW_ID)], ...] = ()
    rests_on: tuple[Text, ...] = ()
    note: Label | None = None

    @model_validator(mode="after")
    def _one_way_of_asking(self) -> Example:
        if (self.query is None) == (self.command is None):
            raise fault("E109", "a question needs query or command, not both", "问题须写 query 或 command，二者取一")
        if self.rests_on and not self.rows_of:
            raise fault("E109", "rests_on needs rows_of", "写了 rests_on 就须写 rows_of")
        return self

    @property
    def arguments(self) -> tuple[str, ...]:
        """What to run: the words after ``ckg``."""
        if self.command is not None:
            return tuple(shlex.split(self.command))
        return ("query", self.id, *(("--as-of", self.as_of) if self.as_of and "?year" in (self.query or "") else ()))


@cache
def examples() -> Mapping[str, Example]:
    """Return the example questions by id; raise CurationError where a file is at fault."""
    folder = Path(str(files("cooperation_kg.query") / "example_questions"))
    reader = RecordReader(folder)
    found: dict[str, Example] = {}
    for path in sorted(folder.glob("*.yaml")):
        read = reader.mapping(path, Example)
        if read is None:
            continue
        example, at = read
        if example.id != path.stem:
            reader.fault(at, ("id",), "E205", "the id is not the name of the file", "id 与文件名不符")
        found[example.id] = example
    if reader.issues:
        raise CurationError(sorted(reader.issues))
    return found
