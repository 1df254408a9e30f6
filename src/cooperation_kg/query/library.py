"""The named questions: one ``.rq`` file each, with a title in two languages and its parameters in the header.

Header lines, all comments of SPARQL::

    # zh: 某年谁支援谁
    # en: Who supports whom in a year
    # param: as_of | time | horizon | 何时 | when
    # param: place | name | | 地区：名称、简称或 id | a place: name, short form or id
    # example: ckg query pairings --as-of 2018
    # explains-zh: status 为确定、可能或无年份
    # explains-en: status: certain, possible or undated

A parameter is ``name | type | default | zh | en``. Types: ``text``, ``lang`` (zh or en), ``name`` (anything with a name
or id), ``name:<kind>`` (a thing of that kind), ``concept:<scheme>`` and ``time`` (a year, month, day or interval). No
default: the parameter must be given. Default ``horizon``: the last year of the data; default ``any``: left open.

In the query every parameter stands on a line ``VALUES ?name { … }``, with a value that makes the file run as it
is in any engine; asking through the library puts the value given there. Engines differ in how they bind variables
from outside (Oxigraph refuses those that are not selected); in VALUES they do not. A time stands there as its
``?first_day`` and ``?last_day``, both included, and as ``?year``, that of the last day.

The example is a command that gives rows on the shipped facts; the tests run it. Lines that explain are joined.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from pyoxigraph import QuerySolutions, Store

from cooperation_kg.errors import UnknownQuery

TIME_VARIABLES = ("first_day", "last_day", "year")
"""What a parameter of type ``time`` stands for in a query."""

_VALUES = re.compile(r"VALUES \?(\w+) \{ [^{}\n]* \}")
_SELECTED = re.compile(r"\bSELECT\b(.*?)\bWHERE\b", re.DOTALL)
_BOUND = re.compile(r"\bBOUND\(\?(\w+)\)")
_VARIABLE = re.compile(r"\?(\w+)")


@dataclass(frozen=True)
class Parameter:
    """One parameter of a named question; ``default`` is None where it must be given."""

    name: str
    type: str
    default: str | None
    zh: str
    en: str

    @property
    def variables(self) -> tuple[str, ...]:
        """The variables of the query that the parameter gives a value to."""
        return TIME_VARIABLES if self.type == "time" else (self.name,)


@dataclass(frozen=True)
class NamedQuery:
    """A question of the library: its SPARQL and what its header says."""

    name: str
    zh: str
    en: str
    parameters: tuple[Parameter, ...]
    sparql: str
    example: str = ""
    explains_zh: str = ""
    explains_en: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The columns of the answer, in order.

        >>> named_query("pairings-by-year").columns
        ('year', 'certain', 'possible')
        """
        return _columns(self.sparql)

    def explains(self, lang: str) -> str:
        """Return what its columns mean where their names do not say it, in ``"zh"`` or ``"en"``; may be empty."""
        return self.explains_en if lang == "en" else self.explains_zh

    def title(self, lang: str) -> str:
        """Return the title in ``"zh"`` or ``"en"``."""
        return self.en if lang == "en" else self.zh

    def with_values(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these terms, written as in N-Triples, as values of variables; other parameters open.

        >>> named_query("find").with_values({"text": '"京"'}).count('VALUES ?text { "京" }')
        1
        """
        names = {variable for parameter in self.parameters for variable in parameter.variables}

        def put(line: re.Match[str]) -> str:
            return f"VALUES ?{line[1]} {{ {values.get(line[1], 'UNDEF')} }}" if line[1] in names else line[0]

        return _VALUES.sub(put, self.sparql)

    def with_constants(self, values: Mapping[str, str]) -> str:
        """Return the SPARQL with these terms in the place of their variables, and conditions on open parameters gone.

        It asks the same as ``with_values``, and leaves an engine less to bind: some bind VALUES too late. What is
        selected stays a variable.

        >>> named_query("find").with_constants({"text": '"京"'}).count("?text")
        0
        """
        selected = {name for clause in _SELECTED.findall(self.sparql) for name in _VARIABLE.findall(clause)}
        names = {variable for parameter in self.parameters for variable in parameter.variables}
        text = _BOUND.sub(lambda said: str(said[1] in values).lower() if said[1] in names else said[0], self.sparql)
        text = _without_open_conditions(text.replace("!true", "false").replace("!false", "true"))

        def put(line: re.Match[str]) -> str:
            if line[1] in names - selected:
                return ""
            return f"VALUES ?{line[1]} {{ {values.get(line[1], 'UNDEF')} }}" if line[1] in names else line[0]

        given = (names - selected) & values.keys()
        text = _VALUES.sub(put, text)
        body, order, keys = text.rpartition("ORDER BY") if "ORDER BY" in text else (text, "", "")
        body = _VARIABLE.sub(lambda said: values[said[1]] if said[1] in given else said[0], body)
        # a constant orders nothing, and is no key
        return body + order + _VARIABLE.sub(lambda said: "" if said[1] in given else said[0], keys)


def _without_open_conditions(text: str) -> str:
    """Return SPARQL without its FILTERs that begin with ``true ||``."""
    while (start := text.find("FILTER(true ||")) >= 0:
        depth = 0
        for end in range(start, len(text)):
            depth += (text[end] == "(") - (text[end] == ")")
            if text[end] == ")" and depth == 0:
                break
        text = text[:start] + text[end + 1 :]
    return text


@cache
def named_queries() -> Mapping[str, NamedQuery]:
    """Return every question of the library by name, in alphabetical order.

    >>> named_queries()["pairings"].parameters[0].name
    'as_of'
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
    said: dict[str, list[str]] = {"example": [], "explains-zh": [], "explains-en": []}
    parameters: list[Parameter] = []
    for line in sparql.splitlines():
        key, found, rest = line.removeprefix("#").partition(":")
        if not line.startswith("#") or not found:
            continue
        if key.strip() in ("zh", "en"):
            titles[key.strip()] = rest.strip()
        elif key.strip() == "param":
            parameters.append(_parameter(file_name, rest))
        elif key.strip() in said:
            said[key.strip()].append(rest.strip())
    if set(titles) != {"zh", "en"}:
        raise ValueError(f"{file_name}: the header needs a title in zh and in en")
    return NamedQuery(
        file_name.removesuffix(".rq"),
        titles["zh"],
        titles["en"],
        tuple(parameters),
        sparql,
        example=" ".join(said["example"]),
        explains_zh="".join(said["explains-zh"]),
        explains_en=" ".join(said["explains-en"]),
    )


@cache
def _columns(sparql: str) -> tuple[str, ...]:
    # an empty store knows the columns as well as a full one, and at once
    found = Store().query(sparql)
    return tuple(variable.value for variable in found.variables) if isinstance(found, QuerySolutions) else ()


def _parameter(file_name: str, text: str) -> Parameter:
    fields = [field.strip() for field in text.split("|")]
    if len(fields) != 5 or not fields[0] or not fields[1]:
        raise ValueError(f"{file_name}: a parameter is name | type | default | zh | en, not {text.strip()!r}")
    return Parameter(fields[0], fields[1], fields[2] or None, fields[3], fields[4])
