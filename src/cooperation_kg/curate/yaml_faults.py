"""What can be wrong with a YAML file, in both languages, and the faults of one file gathered."""

from __future__ import annotations

from typing import NoReturn

from cooperation_kg.errors import Issue, UnreadableFile

MAX_FAULTS = 100
"""Faults listed a file; the rest are counted in E018."""

# Stable codes: what is wrong and what to do next, in English and Chinese.
MESSAGES: dict[str, tuple[str, str]] = {
    "E001": ("there is no such file; check name and folder", "没有这个文件；请检查文件名和文件夹"),
    "E002": ("cannot be read: {en}", "无法读取：{zh}"),
    "E003": ("is larger than {limit} MB; split it into several files", "超过 {limit} MB；请拆成几个文件"),
    "E004": ("is not UTF-8: {en}; save it as UTF-8", "不是 UTF-8 编码：{zh}；请在编辑器中另存为 UTF-8"),
    "E005": ("is binary data; export it as a YAML text file", "是二进制数据；请导出为 YAML 文本文件"),
    "E006": (
        "{char} cannot be seen or printed; delete it (text copied from PDF or web pages often carries it)",
        "{char} 看不见或无法打印；请删去（从 PDF 或网页复制的文字常带有它）",
    ),
    "E007": ("a tab; write spaces", "制表符（Tab）；请改用空格"),
    "E008": ("{en}", "{zh}"),
    "E009": (
        "nested deeper than {limit} levels; check the indentation or the brackets",
        "嵌套超过 {limit} 层；请检查缩进或括号",
    ),
    "E010": (
        "the key {key} is already on line {first}; keep one of the two",
        "键 {key} 在第 {first} 行已出现；请只留一个",
    ),
    "E011": (
        "an anchor or alias (& or *); write the value out, or quote a text that begins with & or *",
        "锚点或别名（& 或 *）；请写出值本身；若文字以 & 或 * 开头，请加引号",
    ),
    "E012": (
        "a tag or directive (! or %); delete it, or quote a text that begins with !",
        "标签或指令（! 或 %）；请删去；若文字以 ! 开头，请加引号",
    ),
    "E013": ("a merge key (<<); write the fields out", "合并键（<<）；请把各栏写出来"),
    "E014": (
        "a second document begins here; put it into its own file",
        "从这里开始第二个文档；请放进单独的文件",
    ),
    "E015": (
        "no value: what a source leaves unsaid is left out; delete the field, or quote a word such as 'null'",
        "没有值：来源没有说的就不写；请删去这一栏；若确为文字（如 'null'），请加引号",
    ),
    "E016": (
        "a key must be a word: not empty, no list, no mapping",
        "键须是一个词：不能为空，不能是列表或映射",
    ),
    "E017": ("is empty; write at least one entry, or delete the file", "是空文件；请至少写一条，或删去文件"),
    "E018": ("{count} more faults; mend those listed first", "另有 {count} 处错误未列出；请先改正已列出的"),
    "E019": (
        "has more than {limit} values; split it into several files",
        "超过 {limit} 个值；请拆成几个文件",
    ),
}

# Part of PyYAML's message (libyaml's or the pure reader's wording), and what it means for a curator.


class Faults:
    """Gathers the faults of one file."""

    def __init__(self, shown_as: str) -> None:
        self.shown_as = shown_as
        self.issues: list[Issue] = []
        self.unlisted = 0

    def add(self, code: str, line: int, column: int, **facts: object) -> None:
        """Keep one fault; past `MAX_FAULTS` only count it."""
        if len(self.issues) >= MAX_FAULTS:
            self.unlisted += 1
            return
        english, chinese = (message.format(**facts) for message in MESSAGES[code])
        self.issues.append(Issue(self.shown_as, line, column, code, english, chinese))

    def stop(self, code: str, line: int = 0, column: int = 0, **facts: object) -> NoReturn:
        """Keep one fault after which nothing more can be read, and raise all."""
        self.add(code, line, column, **facts)
        raise self.as_error()

    def as_error(self) -> UnreadableFile:
        """Return the error that carries every fault kept, and the count of the others."""
        if self.unlisted:
            english, chinese = (message.format(count=self.unlisted) for message in MESSAGES["E018"])
            self.issues.append(Issue(self.shown_as, 0, 0, "E018", english, chinese))
        return UnreadableFile(self.issues)
