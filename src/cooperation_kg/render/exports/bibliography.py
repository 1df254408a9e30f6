"""The documents as lists of references: BibTeX for LaTeX, CSL-JSON for Zotero and what else cites by CSL styles.

Which documents: every one of the whole graph, as in the table of sources; of a part those that its statements cite and
what these reprint. The key of an entry is the id of the document, which never changes. A title is as printed; where a
document prints none, our description stands in brackets, as librarians do. How we read it, and who published it, is in
the note.

BibTeX: http://mirrors.ctan.org/biblio/bibtex/base/btxdoc.pdf, with ``date``, ``url``, ``doi``, ``langid`` of biblatex.
CSL-JSON: version 1.0.2 of https://github.com/citation-style-language/schema (``schemas/input/csl-data.json``).
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from cooperation_kg.curate.dates import When, display
from cooperation_kg.curate.registers import Source
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.source_rows import sources_of

# source type → (entry of BibTeX, type of CSL); then what it is as a part of the work that holds it
TYPES: Mapping[str, tuple[str, str]] = {
    "journal-article": ("article", "article-journal"),
    "newspaper-article": ("article", "article-newspaper"),
    "book": ("book", "book"),
    "report": ("techreport", "report"),
    "notice": ("misc", "document"),
    "yearbook": ("book", "book"),
    "thesis": ("misc", "thesis"),
    "abstract": ("misc", "document"),
    "web-page": ("misc", "webpage"),
    "speech": ("misc", "speech"),
    "dataset": ("misc", "dataset"),
    "reference-work": ("book", "book"),
}
PARTS: Mapping[str, tuple[str, str]] = {
    "yearbook": ("incollection", "chapter"),
    "reference-work": ("incollection", "entry-encyclopedia"),
}
OTHER = ("misc", "document")
# entry → field that holds the container, field that holds the publisher
_CONTAINERS = {"article": "journal", "incollection": "booktitle"}
_PUBLISHERS = {"techreport": "institution", "misc": "organization"}
LANGUAGES = {"zh": "chinese", "en": "english", "ja": "japanese"}
"""Language → its name in babel and polyglossia."""
MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")

_COMMANDS = {
    **{character: f"\\{character}" for character in "#$%&_"},
    **{"~": r"\textasciitilde{}", "^": r"\textasciicircum{}", "\\": r"\textbackslash{}"},
    # BibTeX counts a brace that TeX has escaped, so that one alone would end the entry
    **{"{": r"\textbraceleft{}", "}": r"\textbraceright{}"},
}
_TEX = str.maketrans(_COMMANDS)
_BLANKS = re.compile(r"[ \t\r\n]+")
_CONTROLS = re.compile("[\x00-\x1f\x7f-\x9f\ufffe\uffff]")
_IN_DOI = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C"})
_WORDS = {
    "untitled": ("无题名，方括号内为所加说明", "no printed title; the words in brackets are ours"),
    "translated": ("译题：{}", "translated title: {}"),
    "described": ("{}", "{}"),
    "incipit": ("首句：{}", "begins: {}"),
    "reprint": ("转载自：{}", "reprint of: {}"),
    "according": ("据：{}", "according to: {}"),
    "licence": ("许可：{}", "licence: {}"),
    "grade": ("来源等级：{}", "grade: {}"),
    "reached": ("阅读途径：{}", "reached by: {}"),
    "read": ("阅读范围：{}", "read: {}"),
    "date": ("日期：{}", "date: {}"),
    "note": ("{}", "{}"),
}


def bibtex(cut: Cut) -> bytes:
    """Return the documents as a ``.bib`` file in UTF-8, ordered by key; texts are as ``in_tex`` makes them."""
    telling = _Telling(cut)
    return "\n".join([_head(cut), *(telling.entry(source) for source in sources_of(cut))]).encode()


def csljson(cut: Cut) -> bytes:
    """Return the documents as CSL-JSON, one a line, ordered by id."""
    telling = _Telling(cut)
    items = (json.dumps(telling.item(source), ensure_ascii=False) for source in sources_of(cut))
    return ("[" + ",".join(f"\n{item}" for item in items) + "\n]\n").encode()


def in_tex(text: str) -> str:
    """Return a text as TeX and BibTeX read it back: commands for what they would take for their own, blanks as one.

    >>> in_tex("50% & {x}_\\\\n")
    '50\\\\% \\\\& \\\\textbraceleft{}x\\\\textbraceright{}\\\\_\\\\textbackslash{}n'
    """
    return _CONTROLS.sub("", _BLANKS.sub(" ", text)).strip(" ").translate(_TEX)


@dataclass(frozen=True)
class _Telling:
    """Tells of the documents of one cut, in its language."""

    cut: Cut

    def entry(self, source: Source) -> str:
        """Return an entry of BibTeX."""
        kind = _kind(source)[0]
        fields = {
            # braces within braces: a name is neither taken apart nor abbreviated, a title keeps its capitals
            "author": " and ".join(f"{{{in_tex(author)}}}" for author in source.authors),
            "title": f"{{{in_tex(_title(source, self.cut.lang))}}}",
            **self._published(source, kind),
            **_bibtex_date(source.date),
            "doi": (source.doi or "").translate(_IN_DOI),
            "url": source.url or "",
            "langid": LANGUAGES.get(source.language, ""),
            "note": in_tex(self._joined(self._short_notes(source))),
            "annote": in_tex(self._joined(self._notes(source))),
        }
        # the names of months are BibTeX's own
        lines = (f"  {n} = {v}" if n == "month" else f"  {n} = {{{v}}}" for n, v in fields.items() if v)
        return f"@{kind}{{{source.id},\n" + ",\n".join(lines) + "\n}\n"

    def _published(self, source: Source, kind: str) -> dict[str, str]:
        """Return where it appeared and who published it, in the fields that the entry has for it."""
        container, publisher = source.container or "", source.publisher or ""
        if kind == "article" and not container:
            # a newspaper is often told as the publisher alone
            container, publisher = publisher, ""
        fields = {_CONTAINERS.get(kind, "howpublished"): container, _PUBLISHERS.get(kind, "publisher"): publisher}
        fields["number"] = source.issue or ""
        if kind == "misc":
            fields["type"] = self._label("source-type", source.type)
        return {name: in_tex(text) for name, text in fields.items()}

    def item(self, source: Source) -> dict[str, Any]:
        """Return an item of CSL-JSON."""
        item = {
            "id": source.id,
            "type": _kind(source)[1],
            "title": _title(source, self.cut.lang),
            "author": [{"literal": author} for author in source.authors],
            "container-title": source.container,
            "issue": source.issue,
            "publisher": source.publisher,
            "issued": _csl_date(source.date, self.cut.lang),
            "DOI": source.doi,
            "URL": source.url,
            "language": source.language,
            "note": self._joined(self._short_notes(source)),
            "annote": self._joined(self._notes(source)),
        }
        return {name: value for name, value in item.items() if value}

    def _short_notes(self, source: Source) -> Iterator[str]:
        """Yield what whoever cites it should know: who published it, and how we read it."""
        if source.title is None:
            yield self._say("untitled")
        if source.date and not _is_plain(source.date):
            yield self._say("date", display(source.date, self.cut.lang))
        if source.grade:
            yield self._say("grade", self._label("source-grade", source.grade))
        yield self._say("reached", self._label("reached-by", source.reached_by))

    def _notes(self, source: Source) -> Iterator[str]:
        lang, corpus = self.cut.lang, self.cut.kg.corpus
        yield self._say("read", self._label("read-extent", source.read))
        if source.title and source.title.en and source.title.en != source.title.zh:
            yield self._say("translated", source.title.en)
        if source.title and source.description:
            yield self._say("described", source.description.in_language(lang))
        if source.incipit:
            yield self._say("incipit", source.incipit)
        if source.reprint_of:
            yield self._say("reprint", f"{source_title(corpus.sources[source.reprint_of], lang)} ({source.reprint_of})")
        if source.according_to:
            found = corpus.find(("source", "organisation"), source.according_to)
            yield self._say("according", Namer(corpus).thing(*found, lang) if found else source.according_to)
        if source.licence:
            yield self._say("licence", source.licence)
        if source.note:
            yield self._say("note", source.note)

    def _label(self, scheme: str, notation: str) -> str:
        return Namer(self.cut.kg.corpus).concept(scheme, notation, self.cut.lang)

    def _say(self, name: str, *words: str) -> str:
        zh, en = _WORDS[name]
        return (zh if self.cut.lang == "zh" else en).format(*words)

    def _joined(self, notes: Iterator[str]) -> str:
        return ("；" if self.cut.lang == "zh" else "; ").join(notes)


def _kind(source: Source) -> tuple[str, str]:
    return (PARTS if source.container else {}).get(source.type) or TYPES.get(source.type, OTHER)


def _title(source: Source, lang: str) -> str:
    """Return the title as printed; our description, in brackets, where there is none."""
    return source.title.zh if source.title else f"[{source_title(source, lang)}]"


def _is_plain(when: When) -> bool:
    return when.shape == "date" and not when.approximate


def _numbers(text: str) -> list[int]:
    return [int(part) for part in text.rstrip("~").split("-")]


def _bibtex_date(when: When | None) -> dict[str, str]:
    """Return year, month and day where these say it all; else EDTF for biblatex, which knows no "some time within"."""
    if when is None or when.is_some_time_within:
        return {}
    if not _is_plain(when):
        return {"date": when.text}
    year, *rest = _numbers(when.text)
    months = [MONTHS[month - 1] for month in rest[:1]]
    return dict(zip(("year", "month", "day"), (str(year), *months, *map(str, rest[1:])), strict=False))


def _csl_date(when: When | None, lang: str) -> dict[str, Any] | None:
    if when is None:
        return None
    if when.is_some_time_within:
        return {"literal": display(when, lang)}
    ends = [_numbers(end) for end in when.text.split("/")]
    return {"date-parts": ends, **({"circa": True} if when.approximate else {})}


def _head(cut: Cut) -> str:
    """Return lines that say what the file holds; outside an entry BibTeX skips all but an at sign."""
    said = said_of(cut)
    lines = (said["dataset"], f"{said['dataset_iri']} {said['version']}", said["licence"], *cut.remarks(cut.lang))
    return "".join(f"% {' '.join(line.split()).replace('@', '(at)')}\n" for line in lines)
