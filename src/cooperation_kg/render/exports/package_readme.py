"""The README of a data package, in Chinese and English: what lies in it, how to read it, what to heed."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.tables import Filled

_WORDS = {
    "zh": {
        "holds": "共 {statements} 条陈述、{edges} 组结对、{sources} 个来源。版本 {version}，许可 {licence}。",
        "narrowed": "只是一部分：{words}。",
        "whole": "整个数据集。",
        "files": "| 文件 | 内容 | 行 |",
        "descriptor": "各文件的说明：每一列的类型与含义、主键、外键、许可、来源、散列值",
        "graph": "整个图谱，RDF（TriG），含全部字段与命名图",
        "heed": """\
- 一条陈述只是一个来源的说法。同一事可有几条陈述；`origin` 相同的只算一家之言。
- 数字照原文（`as_written`），旁边是读出的准确值（`value`、`lower`、`upper`、`unit`）。
- 不要随手相加：时段重叠、部分与整体（`part_of`）、资金阶段（`stage`）或口径（`nature`）不同的不能加；
  `standing` 不是 `counted` 的不计。
- `caveats` 是使用前须知的代码。空格子就是没有来源说到，不是零。
- 时间是 EDTF；`first_day`、`last_day` 是它所能指的第一天和最后一天。
- CSV 是 UTF-8、不带 BOM，单元格与说明所述完全一致：形似公式的文字没有加撇号。
  要用 Excel 打开，请导出 `xlsx` 或 `csv`。""",
    },
    "en": {
        "holds": "{statements} statements, {edges} pairings, {sources} sources. Version {version}, licence {licence}.",
        "narrowed": "A part only: {words}.",
        "whole": "The whole dataset.",
        "files": "| file | holds | rows |",
        "descriptor": "what the files are: type and meaning of every column, keys, licence, sources, hashes",
        "graph": "the whole graph, RDF (TriG), with every field and the named graphs",
        "heed": """\
- A statement is what one source says. Several may speak of one thing; those with one `origin` are one voice.
- Figures stand as printed (`as_written`), with the exact number beside (`value`, `lower`, `upper`, `unit`). Do not just
  add them: not where periods overlap, one is part of another (`part_of`), or `stage` or `nature` differ; what is not
  `counted` in `standing` does not count.
- `caveats` are codes of what to know before using a row. An empty cell means that no source says it, not zero.
- Times are EDTF; `first_day` and `last_day` are the first and the last day that they can mean.
- CSV is UTF-8 without a mark, and every cell is exactly what the descriptor says: a text that looks like a formula has
  no apostrophe before it. For a spreadsheet, export `xlsx` or `csv`.""",
    },
}


def readme(cut: Cut, tables: tuple[Filled, ...], held: Mapping[str, bytes]) -> str:
    """Return the README: the language that was asked for stands first."""
    other = "en" if cut.lang == "zh" else "zh"
    return "\n\n".join([*_part(cut, tables, held, cut.lang), *_part(cut, tables, held, other)]) + "\n"


def _part(cut: Cut, tables: tuple[Filled, ...], held: Mapping[str, bytes], lang: str) -> Iterator[str]:
    words, dataset = _WORDS[lang], cut.kg.corpus.dataset
    rows = {table.name: len(table.rows) for table in tables}
    remarks = ("；" if lang == "zh" else "; ").join(_line(remark) for remark in cut.remarks(lang))
    yield f"# {_line(dataset.title.in_language(lang))}"
    yield words["holds"].format(**rows, version=dataset.version, licence=dataset.licence)
    yield words["narrowed"].format(words=remarks) if remarks else words["whole"]
    lines = [("datapackage.json", words["descriptor"], "")]
    lines += [(f"{table.name}.csv", table.plan.title(lang), str(rows[table.name])) for table in tables]
    lines += [(name, words["graph"], "") for name in held if name.endswith(".trig")]
    yield "\n".join([words["files"], "|---|---|---|", *(f"| `{name}` | {said} | {n} |" for name, said, n in lines)])
    yield words["heed"]


def _line(text: str) -> str:
    return " ".join(text.split())
