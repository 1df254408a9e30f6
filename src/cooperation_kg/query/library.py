"""The named questions: one ``.rq`` file each, with a title in two languages and its parameters in the header.

Header lines, all comments of SPARQL::

    # zh: 某年谁支援谁
    # en: Who supports whom in a year
    # param: year | integer | horizon | 年份 | the year asked about
    # param: place | name | | 地区：名称、简称或 id | a place: name, short form or id

A parameter is ``name | type | default | zh | en``. Types: ``integer``, ``text``, ``lang`` (zh or en), ``name``
(anything with a name or id), ``name:<kind>`` (a thing of that kind) and ``concept:<scheme>``. No default: the
parameter must be given. Default ``horizon``: the last year of the data; default ``any``: left open.

In the query every parameter stands on a line ``VALUES ?name { … }``, with a value that makes the file run as it
is in any engine; asking through the library puts the value given there. Engines differ in how they bind variables
from outside (Oxigraph refuses those that are not selected); in VALUES they do not.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cooperation_kg.errors import UnknownQuery

_VALUES = re.compile(r"VALUES \?(\w+) \{ [^{}\n]* \}")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named question; ``default`` is None where it must be given."""

    name: str
    type: str
    default: str | None
    zh: str
    en: str


@dataclass(frozen=True)
class NamedQuery:
    """A question of the library: its SPARQL and what its header says."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str

    def title(self, lang: str) -> str:
        """Return the title in ``"zh"`` or ``"en"``."""
        return self.en if lang == "en" else self.zh

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these terms, written as in N-Triples, as the values of parameters; the rest left open.

        >>> named_query("find").with_values({"text": '"京"'}).count('VALUES ?text { "京" }')
        1
        """
        names = {parameter.name for parameter in self.parameters}

        def put(line: re.Match[str]) -> str:
            return f"VALUES ?{line[1]} {{ {values.get(line[1], 'UNDEF')} }}" if line[1] in names else line[0]

        return _VALUES.sub(put, self.sparql)


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return every question of the library by name, in alphabetical order.

    >>> named_queries()["pairings"].parameters[0].name
    'year'
    """
    folder = files("cooperation_kg.query") / "questions"
    found = {f.name.removesuffix(".rq"): f for f in folder.iterdir() if f.name.endswith(".rq")}
    return {name: read_query(f.name, f.read_text(encoding="utf-8")) for name, f in sorted(found.items())}


def named_query(name: str) -> NamedQuery:
    """Return the question of that name; raises UnknownQuery with the list of those there are."""
    queries = named_queries()
    if name not in queries:
        raise UnknownQuery(name, queries)
    return queries[name]


def read_query(file_name: str, sparql: str) -> NamedQuery:
    """Read the header of a question; raises ValueError where a title is missing or a parameter is malformed."""
    titles: dict[str, str] = {}
    parameters: list[Parameter] = []
    for line in sparql.splitlines():
        key, found, rest = line.removeprefix("#").partition(":")
        if not line.startswith("#") or not found:
            continue
        if key.strip() in ("zh", "en"):
            titles[key.strip()] = rest.strip()
        elif key.strip() == "param":
            parameters.append(_parameter(file_name, rest))
    if set(titles) != {"zh", "en"}:
        raise ValueError(f"{file_name}: the header needs a title in zh and in en")
    name = file_name.removesuffix(".rq")
    return NamedQuery(name, titles["zh"], titles["en"], tuple(parameters), sparql)


def _parameter(file_name: str, text: str) -> Parameter:
    fields = [field.strip() for field in text.split("|")]
    if len(fields) != 5 or not fields[0] or not fields[1]:
        raise ValueError(f"{file_name}: a parameter is name | type | default | zh | en, not {text.strip()!r}")
    return Parameter(fields[0], fields[1], fields[2] or None, fields[3], fields[4])
