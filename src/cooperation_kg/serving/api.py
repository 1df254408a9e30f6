"""What can programs ask besides SPARQL? Search, show, explain and total as JSON: one table, and OpenAPI from it.

The answers are those of the commands of the same names with ``--format json``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from html import escape
from typing import Any

from cooperation_kg.serving.media import ANSWERS
from cooperation_kg.serving.protocol import Pairs
from cooperation_kg.serving.refusals import Refused

LONGEST_VALUE = 200
"""Characters of a parameter: names are shorter."""
_MOST_VALUES = 20
_YES = {"true": True, "1": True, "false": False, "0": False}


@dataclass(frozen=True)
class Parameter:
    """One thing that an operation is told: text, several texts, or yes and no."""

    name: str
    en: str
    zh: str
    required: bool = False
    several: bool = False
    is_flag: bool = False


@dataclass(frozen=True)
class Operation:
    """One address below ``/api/``; ``answering.OPERATIONS`` answers it."""

    name: str
    en: str
    zh: str
    parameters: tuple[Parameter, ...]


_LANG = Parameter("lang", "zh or en, for names and answers to be read.", "名称与可读答案的语言：zh 或 en。")
_AS_OF = Parameter("as-of", "A year, month, day or interval: 2018, 2018-04, 2016/2020.", "年、月、日或时段。")
OPERATIONS: Mapping[str, Operation] = {
    operation.name: operation
    for operation in (
        Operation(
            "search",
            "What a name may mean: a name, pinyin, initials or id.",
            "一个名称可能所指：名称、拼音、首字母或编号。",
            (
                Parameter("text", "What is typed.", "所输入的文字。", required=True),
                Parameter("kind", "Only things of this kind: place, pairing …", "只要这一类事物。", several=True),
                _LANG,
            ),
        ),
        Operation(
            "show",
            "Everything known of one thing, with sources, and what is missing.",
            "某一事物的全部所知、出处与缺漏。",
            (Parameter("name", "The thing, by any name.", "事物的任一名称。", required=True), _AS_OF, _LANG),
        ),
        Operation(
            "explain",
            "Why the graph says so: statements, rules, what would remove it.",
            "一个事实从何而来、凭何推出。",
            (
                Parameter("a", "A party, or a pairing, statement, term, cell.", "一方，或一个结对、陈述等。", True),
                Parameter("b", "The other party.", "另一方。"),
                _AS_OF,
                _LANG,
            ),
        ),
        Operation(
            "total",
            "The sum of what may be added, else why not and what can be said.",
            "求和；不能相加时说明原因。",
            (
                Parameter("about", "A pairing, place, programme …", "结对、地区、机制等的名称。", required=True),
                Parameter("measure", "What is added; every measure without it.", "指标，可多次。", several=True),
                Parameter("during", "Only figures of periods within: 2016/2020.", "时段。"),
                Parameter("stage", "planned, agreed, allocated, paid or reported.", "资金阶段。"),
                Parameter("each-year", "Multiply yearly amounts by their years.", "每年之数乘以年数。", is_flag=True),
                Parameter("by-year", "Year by year, gaps as gaps.", "逐年，缺者标缺。", is_flag=True),
                _AS_OF,
                _LANG,
            ),
        ),
    )
}


def given(operation: Operation, pairs: Pairs) -> dict[str, Any]:
    """Return the values of an operation's parameters; raises Refused for one that it lacks, repeats or cannot use."""
    known = {parameter.name: parameter for parameter in operation.parameters}
    found: dict[str, Any] = {}
    for name, value in pairs:
        if name not in known:
            raise Refused(400, f"there is no such parameter; known: {', '.join(known)} 没有这个参数")
        if not value and not known[name].required:  # a field of a form that was left empty
            continue
        if len(value) > LONGEST_VALUE:
            raise Refused(400, f"{name}: at most {LONGEST_VALUE} characters 不超过 {LONGEST_VALUE} 个字符")
        if known[name].several:
            found[name] = [*found.get(name, []), value]
            if len(found[name]) > _MOST_VALUES:
                raise Refused(400, f"{name}: at most {_MOST_VALUES} values 不超过 {_MOST_VALUES} 个值")
            continue
        if name in found:
            raise Refused(400, f"{name} is given twice {name} 重复")
        found[name] = _flag(name, value) if known[name].is_flag else value
    if found.get("lang", "zh") not in ("zh", "en"):
        raise Refused(400, "lang: zh or en")
    missing = [p.name for p in operation.parameters if p.required and not found.get(p.name)]
    if missing:
        raise Refused(400, f"still needed 还需要: {', '.join(missing)}")
    return found


def _flag(name: str, value: str) -> bool:
    if value not in _YES:
        raise Refused(400, f"{name}: true or false")
    return _YES[value]


def open_api(title: str, version: str) -> dict[str, Any]:
    """Return the description of the API as OpenAPI 3.1 (https://spec.openapis.org/oas/v3.1.0)."""
    return {
        "openapi": "3.1.0",
        "info": {"title": title, "version": version},
        "paths": {f"/api/{operation.name}": {"get": _described(operation)} for operation in OPERATIONS.values()},
        "components": {
            "schemas": {
                "Answer": {"type": "object"},
                "Problem": {
                    "type": "object",
                    "required": ["status", "detail"],
                    "properties": {"status": {"type": "integer"}, "detail": {"type": "string"}},
                },
            }
        },
    }


def _described(operation: Operation) -> dict[str, Any]:
    problems = {"400": "wrong or missing parameter", "404": "nothing is called so", "503": "busy", "504": "too long"}
    return {
        "operationId": operation.name,
        "summary": f"{operation.en} {operation.zh}",
        "parameters": [_parameter(parameter) for parameter in operation.parameters],
        "responses": {
            "200": {
                "description": "the answer",
                "content": {
                    media.partition(";")[0]: {"schema": _schema("Answer") if form == "json" else {"type": "string"}}
                    for form, media in ANSWERS.items()
                },
            },
            **{
                status: {"description": told, "content": {"application/problem+json": {"schema": _schema("Problem")}}}
                for status, told in problems.items()
            },
        },
    }


def _parameter(parameter: Parameter) -> dict[str, Any]:
    text: dict[str, Any] = {"type": "string", "maxLength": LONGEST_VALUE}
    schema = {"type": "boolean"} if parameter.is_flag else text
    if parameter.several:
        schema = {"type": "array", "items": text, "maxItems": _MOST_VALUES}
    return {
        "name": parameter.name,
        "in": "query",
        "required": parameter.required,
        "description": f"{parameter.en} {parameter.zh}",
        "schema": schema,
    }


def _schema(name: str) -> dict[str, str]:
    return {"$ref": f"#/components/schemas/{name}"}


_STYLE = (
    "body{font-family:system-ui,sans-serif;line-height:1.5;max-width:42rem;margin:1rem auto;padding:0 1rem}"
    "form{display:grid;gap:.6rem;margin-bottom:2rem}label{display:grid;gap:.1rem}small{opacity:.8}h2,form p{margin:0}"
    "input,button,select{font:inherit;padding:.4rem;max-width:100%;box-sizing:border-box}"
    "input[type=checkbox],select{justify-self:start}"
    "button{justify-self:start;padding:.4rem 1rem}"
    "@media(prefers-color-scheme:dark){body{background:#111;color:#eee}a{color:#9cf}}"
)


def page(title: str) -> str:
    """Return the page that lists the operations as forms: what is typed is asked, and the answer is a page to be read.

    >>> page("A & B").count("<form")
    4
    """
    forms = "".join(_form(operation) for operation in OPERATIONS.values())
    return (
        '<!doctype html>\n<html lang="zh-Hans">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n<h1>{escape(title)}</h1>\n"
        "<p>同一地址：程序得到 JSON，浏览器得到可读的页面。"
        '<span lang="en">The same addresses give JSON to programs, and pages to browsers.</span></p>\n'
        '<p><a href="/">首页 <span lang="en">home</span></a> · <a href="/api/openapi.json">OpenAPI</a> · '
        f'<a href="/sparql">SPARQL</a></p>\n{forms}</body>\n</html>\n'
    )


def _form(operation: Operation) -> str:
    fields = "".join(_field(operation.name, parameter) for parameter in operation.parameters)
    return (
        f'<form action="/api/{operation.name}" method="get">\n<h2>{operation.name}</h2>\n'
        f'<p>{escape(operation.zh)} <span lang="en">{escape(operation.en)}</span></p>\n{fields}'
        f'<button type="submit">查询 <span lang="en">ask</span></button>\n</form>\n'
    )


def _field(form: str, parameter: Parameter) -> str:
    if parameter.name == "lang":
        return (
            f'<label for="{form}-lang"><span>语言 <span lang="en">language</span></span>'
            f'<select id="{form}-lang" name="lang"><option value="zh">中文</option>'
            '<option value="en" lang="en">English</option></select></label>\n'
        )
    kind = 'type="checkbox" value="true"' if parameter.is_flag else f'type="text" maxlength="{LONGEST_VALUE}"'
    required = " required" if parameter.required else ""
    told = f'<small>{escape(parameter.zh)} <span lang="en">{escape(parameter.en)}</span></small>'
    name = f"{form}-{parameter.name}"
    field = f'<input id="{name}" name="{parameter.name}" {kind}{required}>'
    return f'<label for="{name}">{parameter.name}{told}{field}</label>\n'
