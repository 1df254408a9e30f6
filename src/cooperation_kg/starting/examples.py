"""Which invented record shows every field of a kind? One small made-up world, so that the templates fit together."""

from __future__ import annotations

from collections.abc import Mapping
from typing import NamedTuple

from cooperation_kg.curate.yaml_io import YamlValue

Fields = Mapping[str, YamlValue]


class Example(NamedTuple):
    """A record of one kind: the fields that make it whole, and every other one."""

    given: Fields
    more: Fields


_TEXT: Fields = {"text": {"zh": "用自己的话概括", "en": "What it says, in your own words"}}
_WHERE: Fields = {"locator": "第2段"}  # asked for wherever a source was read whole
_STATEMENT: Fields = {
    "called": "甲乙协作",
    "said_by": "某负责人",
    "according_to": "example-office",
    "read": "part",
    "reached_by": "reprint",
    "directness": "implied",
    "note": "备注",
    "withdrawn": "撤回的理由",
}
_SCOPE: YamlValue = {"programme": "example-programme", "supporter": "province-a", "recipient": "province-b"}

STATEMENTS: Mapping[str, Example] = {
    "pairing": Example(
        {"programme": "example-programme", "supporter": "province-a", "recipient": "province-b", "as_of": "2021"},
        {
            "parties": ["province-a", "province-b"],
            "about": "甲乙",
            "matching": "by-position",
            "from": "2001",
            "until": "2020-12",
            "due": "2025",
            "basis": "example-notice",
        },
    ),
    "participation": Example(
        {"place": "province-b", "programme": "example-programme", "as_of": "2021"},
        {"from": "2001", "until": "2020-12"},
    ),
    "figure": Example(
        {
            "about": _SCOPE,
            "measure": "fiscal-aid",
            "as_written": "1.5亿元",
            "during": "2021",
            "nature": "flow",
        },
        {
            "as_noted": "CNY 150 million",
            "value": "150000000",
            "unit": "元",
            "bound": "about",
            "at": "2021",
            "stage": "allocated",
            "place": "province-b",
            "payer": "province-a",
            "payee": "province-b",
            "part_of": "s002",
            "revises": "s002",
            "scope_note": {"zh": "不含社会捐赠", "en": "without donations"},
        },
    ),
    "document": Example(
        {"policy": "example-notice", "act": "issued", "by": ["example-office"], "date": "2021-03-01"},
        {"number": "某发〔2021〕1号", "amends": "example-plan", "based_on": "example-plan", **_TEXT},
    ),
    "policy-effect": Example(
        {"policy": "example-notice", "effect": "guides", "about": "example-programme", "date": "2021-03-01"}, _TEXT
    ),
    "change": Example(
        {"about": "county-b", "change": "renamed", "from": "乙旧县", "to": "乙县", "date": "2010"}, _TEXT
    ),
    "event": Example(
        {"event": "example-meeting", "about": "example-programme", "date": "2021-04-08", "places": ["province-b"]},
        {"label": {"zh": "某次会议", "en": "A meeting"}, **_TEXT},
    ),
    "project": Example(
        {"project": "example-park", "about": "甲乙", "field": "industry", "as_of": "2021", "places": ["county-b"]},
        {"label": {"zh": "某产业园", "en": "A park"}, **_TEXT},
    ),
    "practice": Example(
        {"about": "example-programme", "field": "talent", **_TEXT}, {"as_of": "2021", "places": ["county-b"]}
    ),
    "phase": Example(
        {"about": "example-programme", "label": {"zh": "起步阶段", "en": "Beginnings"}, "during": "2001/2010"},
        {"from": "2021", **_TEXT},
    ),
    "definition": Example({"term": "结对帮扶", **_TEXT}, {"about": "example-programme"}),
    "assessment": Example(
        {"verdict": "result", "about": "example-programme", **_TEXT}, {"field": "industry", "as_of": "2021"}
    ),
}
"""Kind of statement → an invented one."""

SOURCE = Example(
    {
        "id": "example-source",
        "type": "newspaper-article",
        "title": {"zh": "一份虚构的报道", "en": "An invented report"},
        "publisher": "某报",
        "date": "2021-03-01",
        "language": "zh",
        "read": "whole",
        "reached_by": "original",
        "grade": "press",
    },
    {
        "description": {"zh": "无题名的网页", "en": "A page without a title"},
        "incipit": "本报讯",
        "authors": ["某记者"],
        "container": "某报",
        "issue": "2021年第3期",
        "doi": "10.1000/example",
        "licence": "https://creativecommons.org/licenses/by/4.0/",
        "url": "https://example.org/report",
        "reprint_of": "another-source",
        "according_to": "example-office",
        "anonymous": [{"id": "x-county", "name": "X县", "level": "county", "within": "province-b"}],
        "note": "备注",
    },
)
"""An invented source; its file is ``sources/example-source.yaml``."""

_ALSO: Fields = {"aliases": ["又名"], "note": "备注"}

REGISTERS: Mapping[str, tuple[Example, ...]] = {
    "place": (
        Example(
            {"id": "province-a", "name": {"zh": "甲省", "en": "Province A"}, "level": "province"},
            {
                **_ALSO,
                "short": ["甲"],
                "code": "110000",
                "code_from": "GB/T 2260",
                "seat": {"lat": "39.9", "lon": "116.4"},
                "within": "another-place",
                "former": [{"name": "旧名", "code": "110100", "until": "2014"}],
                "until": "2014-12-31",
            },
        ),
        Example({"id": "province-b", "name": {"zh": "乙省", "en": "Province B"}, "level": "province"}, {}),
        Example({"id": "county-b", "name": {"zh": "乙县", "en": "B"}, "level": "county", "within": "province-b"}, {}),
    ),
    "programme": (
        Example(
            {
                "id": "example-programme",
                "name": {"zh": "甲乙协作", "en": "Example programme"},
                "type": "east-west-cooperation",
            },
            {**_ALSO, "family": "another-programme"},
        ),
    ),
    "pairing": (
        Example(
            {
                "id": "jia-yi",
                "name": {"zh": "甲乙", "en": "A–B"},
                "programme": "example-programme",
                "places": ["province-a", "province-b"],
            },
            _ALSO,
        ),
    ),
    "policy": (
        Example(
            {"id": "example-notice", "name": {"zh": "虚构的通知", "en": "An invented notice"}, "type": "notice"}, _ALSO
        ),
        Example({"id": "example-plan", "name": {"zh": "虚构的规划", "en": "An invented plan"}, "type": "plan"}, {}),
    ),
    "organisation": (
        Example(
            {"id": "example-office", "name": {"zh": "虚构的办公室", "en": "An invented office"}, "type": "government"},
            {**_ALSO, "within": "province-b"},
        ),
    ),
    "project": (
        Example(
            {"id": "example-park", "name": {"zh": "虚构的产业园", "en": "An invented park"}},
            {**_ALSO, "field": "industry"},
        ),
    ),
    "event": (
        Example(
            {"id": "example-meeting", "name": {"zh": "虚构的会议", "en": "An invented meeting"}, "type": "meeting"},
            _ALSO,
        ),
    ),
}
"""Register → invented entries; the first one shows every field."""


def statement_example(kind: str) -> Example:
    """Return the example of a kind of statement, with its id and what every statement may have.

    >>> dict(statement_example("participation").given)["id"]
    's002'
    """
    number = list(STATEMENTS).index(kind) + 1
    given, more = STATEMENTS[kind]
    return Example({"id": f"s{number:03d}", "kind": kind, **given, **_WHERE}, {**more, **_STATEMENT})
