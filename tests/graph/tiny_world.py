"""A tiny world to derive from: two supporters, two recipients, what lies inside them, and what a test adds."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from cooperation_kg.graph.dataset import KnowledgeGraph

BuildWorld = Callable[..., KnowledgeGraph]

MINI = Path(__file__).parent.parent / "data" / "mini"

DATASET = """\
title: {zh: 小世界, en: A tiny world}
base: https://example.org/tiny/
licence: https://creativecommons.org/licenses/by/4.0/
creators: [测试]
version: 0.0.0
horizon: "2024"
"""
PLACES = """\
- {id: east, name: {zh: 东省, en: East}, level: province, code: "110000", seat: {lat: 39.9, lon: 116.4}}
- {id: south, name: {zh: 南省, en: South}, level: province}
- {id: west, name: {zh: 西省, en: West}, level: province, short: 西}
- {id: north, name: {zh: 北省, en: North}, level: province}
- {id: east-city, name: 东市, level: prefecture, within: east}
- {id: east-county, name: 东县, level: county, within: east-city}
- {id: west-city, name: 西市, level: prefecture, within: west}
- {id: west-county, name: 西县, level: county, within: west-city}
- id: moved
  name: 迁县
  level: county
  within:
    - {parent: west, until: 1997-06-17}
    - {parent: north, since: 1997-06-18}
"""
REGISTERS = {
    "programmes": """\
- {id: ew, name: {zh: 东西协作, en: East–west}, type: east-west-cooperation}
- {id: action, name: 携手行动, type: counterpart-assistance, family: ew}
- {id: equals, name: 对口合作, type: counterpart-cooperation}
""",
    "policies": """\
- {id: first-order, name: 第一份通知, type: notice}
- {id: second-order, name: 第二份通知, type: notice}
- {id: third-order, name: 第三份通知, type: notice}
""",
    "organisations": """\
- {id: bureau, name: 测试局, type: government}
- {id: agency, name: 测试社, type: government}
""",
}
SOURCE = "title: 题名\ntype: newspaper-article\nlanguage: zh\nread: whole\nreached_by: original\n"


def write_world(
    folder: Path,
    sources: Mapping[str, str],
    judgements: Sequence[str],
    pairings: str,
    horizon: str,
    statements: Mapping[str, Sequence[str]],
) -> None:
    for name in ("places", "sources", "statements"):
        (folder / name).mkdir(parents=True)
    _write(folder / "dataset.yaml", DATASET.replace("2024", horizon))
    _write(folder / "places" / "all.yaml", PLACES)
    for name, text in REGISTERS.items():
        _write(folder / f"{name}.yaml", text)
    for name in sorted({*sources, *statements}):
        _write(folder / "sources" / f"{name}.yaml", f"id: {name}\n{SOURCE}{sources.get(name, '')}\n")
    for name, lines in statements.items():
        items = (f"- {{id: s{n}, locator: 第1段, {line}}}\n" for n, line in enumerate(lines, start=1))
        _write(folder / "statements" / f"{name}.yaml", "".join(items))
    if pairings:
        _write(folder / "pairings.yaml", pairings)
    if judgements:
        reason = "by: 测试, date: 2024-01-01, reason: 理由"
        items = (f"- {{id: j{n}, {reason}, {line}}}\n" for n, line in enumerate(judgements, start=1))
        _write(folder / "judgements.yaml", "".join(items))


def _write(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8")
