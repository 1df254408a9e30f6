"""What does each code mean? One line for every fault that curated files can have, in both languages.

Codes are stable: once published, a code keeps its meaning and is never used for another. ``E`` is an error,
``W`` a warning. E0 is about YAML, E1 about single records, E2 about what points where, E3 and W4 about the corpus
as a whole, E6 and W6 about the texts of the sources, E7 and W7 about workbooks and the order of files,
E8 about the decisions of a merge.
"""

from __future__ import annotations

from typing import NamedTuple


class Title(NamedTuple):
    """What a code stands for, in Chinese and English."""

    zh: str
    en: str


CODES: dict[str, Title] = {
    "E001": Title("没有这个文件", "no such file"),
    "E002": Title("文件无法读取", "file cannot be read"),
    "E003": Title("文件过大", "file too large"),
    "E004": Title("不是 UTF-8 编码", "not UTF-8"),
    "E005": Title("二进制数据", "binary data"),
    "E006": Title("看不见或无法打印的字符", "character that cannot be seen or printed"),
    "E007": Title("制表符", "tab"),
    "E008": Title("YAML 语法错误", "YAML syntax"),
    "E009": Title("嵌套过深", "nested too deep"),
    "E010": Title("键重复", "key given twice"),
    "E011": Title("锚点或别名", "anchor or alias"),
    "E012": Title("标签或指令", "tag or directive"),
    "E013": Title("合并键", "merge key"),
    "E014": Title("一个文件里有几个文档", "several documents in one file"),
    "E015": Title("没有值", "no value"),
    "E016": Title("键不是一个词", "key that is no word"),
    "E017": Title("空文件", "empty file"),
    "E018": Title("错误过多，未全部列出", "more faults than are listed"),
    "E019": Title("值过多", "too many values"),
    "E101": Title("未知字段", "unknown field"),
    "E102": Title("缺少字段", "missing field"),
    "E103": Title("类型或形式不对", "wrong type or form"),
    "E104": Title("不在可选值之列", "not one of the allowed values"),
    "E105": Title("日期无法读取或先止后起", "unreadable or reversed date"),
    "E106": Title("数量无法读取", "unreadable quantity"),
    "E107": Title("原文写法与数值不符", "literal and value disagree"),
    "E108": Title("id 写法不对", "not an id"),
    "E109": Title("字段互斥或不全", "fields that exclude or need each other"),
    "E110": Title("空文本", "empty text"),
    "E111": Title("多余的空格", "stray spaces"),
    "E112": Title("不是 GB/T 2260 代码", "not a GB/T 2260 code"),
    "E113": Title("不是以度为单位的数", "not a number of degrees"),
    "E114": Title("按次序对应的列表不等长", "lists by position of unequal length"),
    "E115": Title("文本像电子表格公式", "text that a spreadsheet takes for a formula"),
    "E201": Title("所指不存在", "reference to nothing known"),
    "E202": Title("所指的种类不对", "reference to the wrong kind of thing"),
    "E203": Title("概念不存在", "unknown concept"),
    "E204": Title("id 重复", "id used twice"),
    "E205": Title("id 与文件名不符", "id is not the name of the file"),
    "E206": Title("不是本来源的数字陈述", "not a figure of the same source"),
    "E301": Title("已读的来源没有陈述", "source read but without statements"),
    "E302": Title("陈述没有来源", "statements without a source"),
    "E303": Title("有名称的结对未见陈述", "named pairing that nothing states"),
    "E304": Title("与自身结对", "place paired with itself"),
    "E305": Title("代码不在上级代码之下", "code outside that of the unit above"),
    "E306": Title("单位与指标不符", "unit is not that of the measure"),
    "E307": Title("循环", "chain that goes round in a circle"),
    "E308": Title("两个结对同名", "two named pairings of one name"),
    "E309": Title("所指的陈述或判断不存在", "no such statement or judgement"),
    "E311": Title("尚未读的来源有陈述", "statements of a source not read yet"),
    "E312": Title("所属系列本身另有系列", "family that has a family itself"),
    "E313": Title("同日两名或两属", "two names or two parents on one day"),
    "E314": Title("曾用名没有时间", "former name without a time"),
    "E315": Title("通读的来源缺出处位置", "no place in a source read whole"),
    "E321": Title("故事的写法不对", "story that has not the form of one"),
    "E322": Title("故事缺少一种语言", "story without one of its languages"),
    "E323": Title("故事的一步没有引用", "step of a story that cites nothing"),
    "E324": Title("故事引用已撤回的陈述", "story that cites a withdrawn statement"),
    "E325": Title("故事所引的值已变", "cited value that the statement does not have"),
    "E326": Title("说明文字中的数没有出处", "number in a caption that no cited statement has"),
    "W401": Title("县级结对而两省未见结对", "counties paired, their provinces nowhere"),
    "W402": Title("登记条目未被引用", "register entry that nothing uses"),
    "W403": Title("部分大于整体", "part larger than its whole"),
    "W404": Title("时间晚于来源或数据集", "time after the source or the dataset"),
    "W405": Title("有数字而无结对陈述", "figure about a pairing that nothing states"),
    "W406": Title("一名多指", "name of two entries"),
    "W407": Title("没有读取的文件", "file that nobody reads"),
    "W408": Title("所说之时地区已不存在", "fact about a place that was no more"),
    "E601": Title("来源文本中找不到", "not found in the text of the source"),
    "E602": Title("文本与来源对不上", "text that matches no source"),
    "E701": Title("单元格里是公式", "formula in a cell"),
    "E702": Title("单元格的值不明", "value of a cell that is not clear"),
    "E703": Title("单元格所说无从认定", "name in a cell that is nobody's or several's"),
    "E704": Title("导出之后数据也有改动", "data changed since the export"),
    "E705": Title("不是导出的表", "sheet that is none of an export"),
    "E706": Title("新行缺少归属", "new row that belongs nowhere"),
    "E707": Title("编号或来源被改动或重复", "id or source changed or given twice"),
    "E801": Title("所认定的事物不存在", "decision about a thing that is not there"),
    "E802": Title("决定互相矛盾", "decisions that contradict each other"),
    "W601": Title("没有来源文本", "no text of the source at hand"),
    "W602": Title("见于他处，不在所注位置", "found elsewhere than at the place cited"),
    "W701": Title("次序或空格未能整理", "order or spaces left as they were"),
}
"""Code → title. Kept in order of code within a family."""
