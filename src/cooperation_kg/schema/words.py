"""What does each field of the YAML mean, in Chinese and English? From the ontology where it has the term."""

from __future__ import annotations

from typing import NamedTuple

from pydantic import BaseModel

from cooperation_kg.ontology import Ontology

Words = tuple[str, str]


class FieldOf(NamedTuple):
    """A field of one record type, where the same name means something else in others."""

    record: str
    field: str


# Fields whose term is not their own name in camel case.
TERMS: dict[str | FieldOf, str] = {
    "since": "from",
    "old": "oldName",
    "new": "newName",
    "read": "readExtent",
    "places": "tookPlaceIn",
    "short": "shortName",
    "term": "definedTerm",
    "former": "formerName",
    FieldOf("PairingStatement", "programme"): "statedProgramme",
    FieldOf("PairingStatement", "supporter"): "statedSupporter",
    FieldOf("PairingStatement", "recipient"): "statedRecipient",
    FieldOf("PairingStatement", "parties"): "statedParty",
    FieldOf("PairingStatement", "basis"): "statedBasis",
    FieldOf("ParticipationStatement", "programme"): "statedProgramme",
    FieldOf("ParticipationStatement", "place"): "participant",
    FieldOf("FigureStatement", "place"): "countedIn",
    FieldOf("Scope", "programme"): "scopeProgramme",
    FieldOf("Scope", "supporter"): "scopeSupporter",
    FieldOf("Scope", "recipient"): "scopeRecipient",
    FieldOf("Programme", "type"): "programmeKind",
    FieldOf("Policy", "type"): "documentKind",
    FieldOf("Organisation", "type"): "organisationKind",
    FieldOf("Event", "type"): "eventKind",
    FieldOf("Source", "type"): "sourceType",
    FieldOf("Judgement", "kind"): "judgementKind",
}

# Fields that become no term of ours: what RDF says with a word of another vocabulary, or with the IRI itself.
OTHER_FIELDS: dict[str | FieldOf, Words] = {
    "id": (
        "标识：小写字母、数字、连字符；不改，不再用",
        "id: lower-case letters, digits, hyphens; never reused",
    ),
    "kind": ("陈述种类，决定可用的栏", "kind of statement; decides which fields there are"),
    "name": ("名称，中文照印，英文", "name, in Chinese as printed and in English"),
    "aliases": ("其他名称，供查找", "other names, for looking it up"),
    "note": ("备注（中文）", "note, in Chinese"),
    "text": ("用自己的话概括，不抄原句", "in our own words, never the source's sentence"),
    "label": ("名称或题名，中文与英文", "name or heading, in Chinese and English"),
    "matching": ("两边列表按次序一一对应", "two lists of equal length, matched in order"),
    "language": ("语言代码，如 zh、en", "language code, such as zh, en"),
    "title": ("题名，照印", "title, as printed"),
    "description": ("说明，无题名时用", "description; used where there is no title"),
    "authors": ("作者，照印", "authors, as printed"),
    "publisher": ("出版者", "publisher"),
    "doi": ("DOI，不带网址前缀", "DOI, without an address before it"),
    "url": ("网址", "address on the web"),
    "licence": ("许可", "licence"),
    "reprint_of": ("转载自哪一来源", "the source that it reprints"),
    "anonymous": ("来源隐去真名的地区", "places whose names the source hides"),
    "zh": ("中文", "Chinese"),
    "en": ("英文", "English"),
    "seat": ("驻地坐标，WGS 84", "seat, in WGS 84 degrees"),
    "lat": ("纬度，度", "latitude, degrees"),
    "lon": ("经度，度", "longitude, degrees"),
    "parent": ("上级单位的标识", "id of the parent unit"),
    FieldOf("Within", "since"): ("自何时隶属（EDTF）", "inside it since (EDTF)"),
    FieldOf("Within", "until"): ("至何时隶属（EDTF），含当日", "inside it until (EDTF), inclusive"),
    FieldOf("FormerName", "since"): ("自何时使用（EDTF）", "in use since (EDTF)"),
    FieldOf("FormerName", "until"): ("至何时使用（EDTF），含当日", "in use until (EDTF), inclusive"),
    FieldOf("FormerName", "name"): ("当时的名称，中文与英文", "the name then, in Chinese and English"),
    FieldOf("FormerName", "code"): ("当时的 GB/T 2260 代码，六位", "the six-digit code of GB/T 2260 then"),
    FieldOf("FormerName", "level"): ("当时的行政层级，与现在不同时写", "the level then, where not the present one"),
    FieldOf("Place", "within"): (
        "上级单位的标识；有变化时逐一写明起止",
        "id of the parent unit; where it changed, each with its time",
    ),
    FieldOf("Place", "until"): (
        "单位存在到何时（EDTF），含当日；现存单位不写",
        "until when the unit existed (EDTF), inclusive; left out while it exists",
    ),
    FieldOf("NamedPairing", "places"): ("结对的两地，不分先后", "the two places, in no order"),
    FieldOf("Dataset", "title"): ("数据集名称", "title of the dataset"),
    FieldOf("Dataset", "description"): ("数据集说明", "what the dataset holds"),
    FieldOf("Dataset", "licence"): ("许可的网址", "address of the licence"),
    "base": ("标识符前缀，以 / 结尾", "base of all IRIs, ending with /"),
    "creators": ("编者", "who made it"),
    "version": ("版本", "version"),
    "extends": ("shipped：沿用自带的名录", "shipped: builds on the registers that come with the package"),
    FieldOf("Judgement", "by"): ("下判断的人", "who concluded it"),
    "what": ("检索了什么", "what was looked for"),
    "where": ("在何处检索", "where it was looked for"),
    "reason": ("理由", "why"),
    FieldOf("Search", "about"): (
        "查的是什么的数字：id 指该事物本身（机制则指其总数），有名称的结对指该结对，范围指其中每一个结对",
        "figures of what: an id is that thing itself (a programme: its totals), a named pairing that pairing, "
        "a scope each pairing inside it",
    ),
    FieldOf("Search", "measure"): ("查的指标；不写即任何指标", "measures looked for; every measure where left out"),
    FieldOf("Search", "during"): (
        "查的年份（EDTF，须是确切的）；不写即任何一年",
        "years looked for (EDTF, without ~ or [..]); every year where left out",
    ),
    FieldOf("CoverageRow", "id"): ("研究笔记的行号", "id of the row of the research notes"),
    FieldOf("CoverageRow", "statements"): ("录入为哪些陈述", "the statements that it was entered as"),
    FieldOf("CoverageRow", "outcome"): (
        "笔记所记的分歧：作分歧列出、相容、口径不同、只录一方",
        "of a noted disagreement: shown as one, compatible, different in scope, or one side only",
    ),
    FieldOf("CoverageRow", "left_out"): ("未录入的部分及理由", "what was left out, and why"),
    FieldOf("CoverageRow", "wanted"): ("仍待查证的判断条目", "judgements that say what is still wanted"),
    FieldOf("CoverageRow", "note"): ("说明", "remark"),
}

# Record types that are no class of the graph.
OTHER_RECORDS: dict[str, Words] = {
    "Bilingual": ("中文与英文；只写一段文字即为中文", "Chinese and English; a text alone is Chinese"),
    "Seat": ("驻地坐标", "coordinates of the seat"),
    "Within": ("在一段时间内隶属的单位", "a parent unit, for the time it was one"),
    "FormerName": ("一段时间内用过的名称、代码或层级", "a name, code or level that it had for a time"),
    "CoverageRow": ("研究笔记一行的去向", "what became of one row of the research notes"),
    "NamedPairing": ("有名称的结对；名称不表示方向", "a pairing that has a name; a name proves no direction"),
    "Dataset": ("数据集：名称、许可、版本、截止年份", "the dataset: title, licence, version, last year"),
}


def words_of_field(ontology: Ontology, record: type[BaseModel], field: str) -> str:
    """Return what a field means, ``中文 | English``.

    Raises KeyError where a new field has no words yet: add a term to the ontology, or a line to OTHER_FIELDS.
    """
    own = FieldOf(record.__name__, field)
    for key in (own, field):
        if key in OTHER_FIELDS and own not in TERMS:
            return _both(OTHER_FIELDS[key])
    name = TERMS.get(own) or TERMS.get(field) or _camel(field)
    if name not in ontology.terms:
        raise KeyError(f"no words for the field {field} of {record.__name__}")
    return _both(_words_of_term(ontology, name))


def words_of_record(ontology: Ontology, record: type[BaseModel]) -> str:
    """Return what a record is, ``中文 | English``; KeyError where it has no words yet."""
    name = record.__name__
    return _both(OTHER_RECORDS[name] if name in OTHER_RECORDS else _words_of_term(ontology, name))


def _words_of_term(ontology: Ontology, name: str) -> Words:
    term = ontology.terms[name]
    return f"{term.zh}：{term.definition_zh.rstrip('。')}", f"{term.en}: {term.definition_en.rstrip('.')}"


def _camel(name: str) -> str:
    first, *rest = name.split("_")
    return first + "".join(word.capitalize() for word in rest)


def _both(words: Words) -> str:
    return " | ".join(words)
