"""Which columns do the tables have? Name, type, title and meaning of each: one line a column.

CSV, Parquet, XLSX and the data package are written from these lines, and ``docs/exports.md`` lists them.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal, cast, get_args

Kind = Literal["text", "integer", "decimal", "number", "boolean", "date"]
"""What a column holds. ``decimal`` is exact (figures as printed), ``number`` a binary fraction (degrees)."""


@dataclass(frozen=True)
class Column:
    """One column of a table.

    Attributes
    ----------
    name: the same in every format, lower case.
    zh, en: its title.
    says_zh, says_en: what its cells mean, in one line.
    required: whether no cell is ever empty.
    """

    name: str
    kind: Kind
    required: bool
    zh: str
    en: str
    says_zh: str
    says_en: str

    def title(self, lang: str) -> str:
        """Return the title in ``"zh"`` or ``"en"``."""
        return self.zh if lang == "zh" else self.en

    def says(self, lang: str) -> str:
        """Return the meaning in ``"zh"`` or ``"en"``."""
        return self.says_zh if lang == "zh" else self.says_en


def columns_of(lines: str) -> tuple[Column, ...]:
    """Read lines ``name | kind | zh | en | meaning zh | meaning en``; ``!`` after the kind: no cell is ever empty.

    >>> columns_of("id | text! | 编号 | id | 陈述的编号 | id of the statement")[0].required
    True
    """
    return tuple(_column(*(part.strip() for part in line.split("|"))) for line in lines.strip().splitlines())


def _column(name: str, kind: str, zh: str, en: str, says_zh: str, says_en: str) -> Column:
    if kind.rstrip("!") not in get_args(Kind):
        raise ValueError(f"{name}: no kind of column {kind!r}")
    return Column(name, cast(Kind, kind.rstrip("!")), kind.endswith("!"), zh, en, says_zh, says_en)


_STATEMENTS = """
id | text! | 陈述 | statement | 陈述的编号，永不更改 | id of the statement, never changed
kind | text! | 种类 | kind | 陈述的种类（代码） | kind of statement (code)
kind_label | text! | 种类名 | kind in words | 陈述的种类 | kind of statement in words
says | text! | 内容 | what it says | 陈述的内容，用我们的话 | what the statement says, in our words
about_kind | text | 所述之类 | kind of subject | 所述是结对、地区、机制、政策……；几个结对合称为 scope | pairing, place, programme, policy …; scope: several pairings spoken of together
about | text | 所述 | subject | 所述之物的编号，多项以空格分开；结对的编号同 edges 表的 id | ids of what it is about, parted by spaces; of a pairing the id in the table edges
about_label | text | 所述之名 | subject in words | 所述之物的名称 | name of what it is about
programme | text | 机制 | programme | 所说的协作机制（编号） | programme that it names (id)
supporter | text | 帮扶方 | supporter | 所说的帮扶方（编号，以空格分开） | supporters that it names (ids, parted by spaces)
recipient | text | 受援方 | recipient | 所说的受援方（编号，以空格分开） | recipients that it names (ids, parted by spaces)
parties | text | 结对双方 | parties | 不分帮扶与受援的双方（编号，以空格分开） | two parties without stated direction (ids, parted by spaces)
places | text | 地点 | places | 数字所计的一方，或参与、发生之地（编号） | side counted in, or place that takes part or where it happened (ids)
policy | text | 政策 | policy | 所说的政策，或结对所依据的政策（编号） | policy that it speaks of, or basis of the pairing (id)
measure | text | 指标 | measure | 数字的指标（代码） | measure of a figure (code)
measure_label | text | 指标名 | measure in words | 数字的指标 | measure of a figure in words
field | text | 领域 | field | 做法、工程、评价的领域（代码） | field of a practice, project or assessment (code)
field_label | text | 领域名 | field in words | 做法、工程、评价的领域 | field of a practice, project or assessment in words
verdict | text | 评价 | verdict | 问题、建议或成效（代码） | problem, recommendation or result (code)
act | text | 发文行为 | act | 批准、印发、转发……（代码） | approved, issued, relayed … (code)
effect | text | 政策作用 | effect | 政策做了什么：设立、调整、延续……（代码） | what a policy did: establishes, adjusts, extends … (code)
number | text | 文号 | number of the document | 文件的文号，照印 | number of the document, as printed
as_written | text | 原文写法 | as written | 数字的原文，照印 | the figure, as printed
as_noted | boolean | 仅见译文 | as noted | 真：原文写法是我们据译文所记 | true: as_written is our note of a translation
value | decimal | 数值 | value | 所印之数的准确值；范围与分数无此值 | the number printed, exact; empty for a range or a share
lower | decimal | 下限 | lower limit | 原文给出的下限；“超过”不含本数，见 bound | lower limit that the literal sets; not included where bound is more-than
upper | decimal | 上限 | upper limit | 原文给出的上限；“不足”“近”不含本数，见 bound | upper limit that the literal sets; not included where bound is less-than or nearly
ratio | text | 分数 | share | 写成分数的份额，如 1/3 | a share that no decimal equals, such as 1/3
unit | text | 单位 | unit | 数值的单位；金额以元计 | unit of the number; money in 元, not 万元
bound | text | 限定 | bound | exact、more-than、at-least、less-than、at-most、nearly、about | exact, more-than, at-least, less-than, at-most, nearly, about
nature | text | 口径 | nature | flow 期间合计、each-year 每年、stock 时点 | flow of a period, each-year, stock at a time
stage | text | 资金阶段 | stage | 计划、协议、安排、支付或仅报道（代码） | planned, agreed, allocated, paid or reported (code)
payer | text | 出资方 | payer | 出资方（编号） | who pays (id)
payee | text | 受款方 | payee | 受款方（编号） | who is paid (id)
part_of | text | 其中 | part of | 这一数字是哪一数字的一部分（陈述编号）；不得再与之相加 | statement whose figure contains this one: never add both
revises | text | 订正 | revises | 这一数字取代哪一数字（陈述编号） | statement whose figure this one replaces
period | text | 时间 | time | 所说的时间，或见其运行的时间（EDTF） | time that it tells of, or at which it was seen at work (EDTF)
from | text | 开始 | from | 所说的开始（EDTF） | stated start (EDTF)
until | text | 结束 | until | 所说的结束（EDTF） | stated end (EDTF)
due | text | 定至 | due | 文件所定、尚未到的结束（EDTF） | end still to come that a document sets (EDTF)
first_day | date | 最早之日 | first day | period 与 from 所能指的最早一天 | first day that period and from can mean
last_day | date | 最晚之日 | last day | period 与 until 所能指的最晚一天 | last day that period and until can mean
standing | text! | 是否计入 | standing | counted 计入；revised 已被订正；not-evidence 判为不作依据 | counted; revised by a later value of the same source; not-evidence by our judgement
directness | text! | 说法 | directness | 明说、言下之意、按次序或仅凭名称（代码） | stated, implied, by-position or name-only (code)
called | text | 原文称谓 | called | 原文如何称呼所述之物 | what the source calls it
locator | text | 出处位置 | locator | 章节标题与段落 | heading and paragraph in the document
said_by | text | 说话人 | said by | 文中的说话人 | speaker inside the document
according_to | text | 据何人 | according to | 文中注明的依据（来源或机构的编号） | source or organisation that the document credits (id)
origin | text! | 最初出处 | origin | 转载与引用之链的尽头；同一出处只算一家之言 | end of the chain of reprints and credits; one origin is one voice
reached_by | text! | 所见版本 | reached by | 原件、转载、摘要或译文（代码） | original, reprint, abstract or translation (code)
caveats | text | 注意 | caveats | 使用前须知（代码，以空格分开） | what to know before using it (codes, parted by spaces)
note | text | 备注 | note | 编者的备注 | remark of the curator
source | text! | 来源 | source | 来源的编号，同 sources 表的 id | id of the source in the table sources
source_title | text! | 来源题名 | title of the source | 来源的题名；无题名的是说明 | title of the source, or its description where it has none
source_type | text! | 来源类型 | type of the source | 来源的类型（代码） | type of the source (code)
source_publisher | text | 出版者 | publisher | 出版者，或所载的书刊 | publisher, or the journal or book that it stands in
source_date | text | 来源日期 | date of the source | 来源的日期（EDTF） | date of the source (EDTF)
source_grade | text | 来源等级 | grade of the source | 谁发布的：公共机构、报刊、未署名的转载、论坛（代码） | who published it: public body, press, unattributed, informal (code)
source_url | text | 来源网址 | address of the source | DOI 或网址 | DOI or address
iri | text! | 标识符 | IRI | 陈述在图谱中的标识符 | identifier of the statement in the graph
"""

_NODES = """
id | text! | 编号 | id | 地区或机构的编号 | id of a place or organisation
label | text! | 名称 | name | 名称，用所要的语言 | name in the language asked for
label_zh | text! | 中文名 | Chinese name | 中文名称；按时间导出时为当时的名称 | Chinese name; as of a time, the name then
label_en | text! | 英文名 | English name | 英文名称 | English name
short_zh | text | 简称 | short name | 简称 | short name in Chinese
kind | text! | 种类 | kind | place 地区、anonymous 隐去真名的地区、organisation 机构等 | place, anonymous, organisation
level | text! | 层级 | level | 行政层级（代码） | administrative level (code)
code | text | 代码 | code | GB/T 2260 行政区划代码 | code of GB/T 2260
lat | number | 纬度 | latitude | 驻地纬度（度，WGS 84） | latitude of the seat (degrees, WGS 84)
lon | number | 经度 | longitude | 驻地经度（度，WGS 84） | longitude of the seat (degrees, WGS 84)
parent | text | 上级 | parent | 现上级单位的编号 | id of the present parent unit
iri | text! | 标识符 | IRI | 在图谱中的标识符 | identifier in the graph
"""

_EDGES = """
source | text! | 起 | source | 帮扶方；无方向的结对为一方（nodes 表的 id） | supporter; of an undirected pairing either party (id in nodes)
target | text! | 讫 | target | 受援方；无方向的结对为另一方（nodes 表的 id） | recipient; of an undirected pairing the other party (id in nodes)
id | text! | 结对 | pairing | 结对的编号 | id of the pairing
label | text! | 名称 | name | 名称，用所要的语言 | name in the language asked for
name_zh | text! | 中文名 | Chinese name | 中文名称 | Chinese name
name_en | text! | 英文名 | English name | 英文名称 | English name
programme | text! | 机制 | programme | 协作机制（编号） | programme family (id)
programme_zh | text! | 机制名 | programme in Chinese | 协作机制的中文名 | name of the programme in Chinese
directed | boolean! | 有方向 | directed | 真：有来源说明谁帮扶谁 | true: a source states who supports whom
directness | text! | 说法 | directness | 明说、言下之意、按次序或仅凭名称（代码） | stated, implied, by-position or name-only (code)
undated | boolean! | 无时间 | undated | 真：没有来源给出时间 | true: no source says when
first | integer | 最早年份 | first year | 确定或可能存续的最早年份 | first year in which it was certainly or possibly in force
last_certain | integer | 确定至 | last certain year | 确定存续的最晚年份 | last year in which it was certainly in force
last | integer | 最晚年份 | last year | 确定或可能存续的最晚年份 | last year in which it was certainly or possibly in force
in_force | text | 确定年份 | years in force | 确定存续的年份，以空格分开 | years in which it was certainly in force, parted by spaces
start_state | text | 开始之据 | start state | 如何得知开始（代码） | how the start is known (code)
end_state | text | 结束之据 | end state | 结束的情况（代码） | what is known of the end (code)
last_confirmed | date | 最近确认 | last confirmed | 来源所见其运行的最后一天 | last day on which a source shows it at work
status | text | 当时状态 | status then | 仅按时间导出时：certain、possible、undated | only as of a time: certain, possible or undated
implements | text | 落实 | implements | 它所落实的上一级结对（本表的 id） | nearest enclosing pairing (id in this table)
origins | integer! | 出处数 | origins | 各自独立的出处数 | number of independent origins
sources | text | 来源 | sources | 来源的编号，以空格分开 | ids of the sources, parted by spaces
evidence | text! | 依据 | evidence | 所依据的陈述编号，以空格分开 | ids of the statements it rests on, parted by spaces
caveats | text | 注意 | caveats | 使用前须知（代码，以空格分开） | what to know before using it (codes, parted by spaces)
iri | text! | 标识符 | IRI | 在图谱中的标识符 | identifier in the graph
"""

_TERMS = """
pairing | text! | 结对 | pairing | 结对的编号（edges 表的 id） | id of the pairing (in edges)
number | integer! | 轮次 | term | 第几轮 | number of the term
basis | text | 依据 | basis | 所依据的政策（编号） | policy that it rests on (id)
basis_label | text | 依据之名 | basis in words | 所依据政策的名称 | name of the policy that it rests on
possible_from | date! | 可能始于 | possibly from | 可能开始的第一天 | first day on which it may have begun
certain_from | date | 确定始于 | certainly from | 确定存续的第一天；没有一天确定则空 | first day on which it was certainly in force; empty where no day is certain
certain_to | date | 确定至 | certainly to | 确定存续的最后一天，含当日 | last day on which it was certainly in force, inclusive
possible_to | date! | 可能至 | possibly to | 可能存续的最后一天，含当日 | last day on which it may have been in force, inclusive
start_state | text! | 开始之据 | start state | 明说、据文件推定、首次见于（代码） | stated, from-basis or first-seen (code)
end_state | text! | 结束之据 | end state | 已结束、被取代、定至、最后见于（代码） | ended, replaced, due or last-confirmed (code)
last_confirmed | date | 最近确认 | last confirmed | 来源所见其运行的最后一天 | last day on which a source shows it at work
evidence | text! | 陈述 | evidence | 所依据的陈述编号，以空格分开 | ids of the statements it rests on, parted by spaces
"""

_SOURCES = """
id | text! | 编号 | id | 来源的编号 | id of the source
title | text! | 题名 | title | 题名，用所要的语言；无题名的是说明 | title in the language asked for, or a description where there is none
title_zh | text! | 中文题名 | Chinese title | 中文题名或说明 | title or description in Chinese
title_en | text | 英文题名 | English title | 英文题名或说明 | title or description in English
untitled | boolean! | 无题名 | untitled | 真：题名栏是我们的说明 | true: the title is our description
type | text! | 类型 | type | 类型（代码） | type (code)
type_label | text! | 类型名 | type in words | 类型 | type in words
authors | text | 作者 | authors | 作者，照印，以竖线分开 | authors as printed, parted by vertical bars
container | text | 所载书刊 | container | 所载的期刊、书、网站 | journal, book or site that it stands in
issue | text | 卷期 | issue | 卷期 | volume and issue
publisher | text | 出版者 | publisher | 出版者 | publisher
date | text | 日期 | date | 日期（EDTF） | date (EDTF)
first_day | date | 最早之日 | first day | 日期所能指的第一天 | first day that the date can mean
last_day | date | 最晚之日 | last day | 日期所能指的最后一天 | last day that the date can mean
doi | text | DOI | DOI | DOI，不带网址前缀 | DOI, without an address before it
url | text | 网址 | address | 网址 | address on the web
licence | text | 许可 | licence | 文件自身的许可 | licence of the document itself
language | text! | 语言 | language | 语言代码 | code of the language
reprint_of | text | 转载自 | reprint of | 转载自哪一来源（本表的 id） | source that it reprints (id in this table)
according_to | text | 据何人 | according to | 所注明的依据（来源或机构的编号） | source or organisation that it credits (id)
read | text! | 所读 | read | 读了全文、部分或节选（代码） | read whole, in part, as an excerpt, or not yet (code)
reached_by | text! | 所见版本 | reached by | 原件、转载、摘要或译文（代码） | original, reprint, abstract or translation (code)
grade | text | 等级 | grade | 谁发布的（代码） | who published it (code)
grade_label | text | 等级名 | grade in words | 谁发布的 | who published it, in words
statements | integer! | 陈述数 | statements | 本次导出中取自它的陈述数 | number of its statements in this export
iri | text! | 标识符 | IRI | 在图谱中的标识符 | identifier in the graph
"""

COLUMNS: Mapping[str, tuple[Column, ...]] = {
    "statements": columns_of(_STATEMENTS),
    "nodes": columns_of(_NODES),
    "edges": columns_of(_EDGES),
    "terms": columns_of(_TERMS),
    "sources": columns_of(_SOURCES),
}
"""Table → its columns, in their order."""
