"""What is shown of a source, a statement, a term and a disagreement: plain rows of text in both languages."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.quantities import write_quantity
from cooperation_kg.curate.registers import FormerName, Place, Within
from cooperation_kg.curate.statements import FigureStatement, Statement
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Disagreement, Term
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.graph.place_names import PlaceVersion, versions_of
from cooperation_kg.graph.summaries import summarise, times_of
from cooperation_kg.ontology import load_ontology

LANGUAGES = ("zh", "en")


def both(name: str, of_language: Callable[[str], str]) -> dict[str, str]:
    """Return a field in both languages.

    >>> both("name", {"zh": "京蒙", "en": "Beijing–Inner Mongolia"}.__getitem__)["name_zh"]
    '京蒙'
    """
    return {f"{name}_{lang}": of_language(lang) for lang in LANGUAGES}


class Rows:
    """Makes the rows of one graph."""

    def __init__(self, kg: KnowledgeGraph, namer: Namer) -> None:
        self.kg = kg
        self.corpus = kg.corpus
        self.namer = namer

    def source(self, identifier: str) -> dict[str, Any]:
        """Return what is shown of a document."""
        source = self.corpus.sources[identifier]
        return {
            "id": identifier,
            "iri": self.kg.iris.thing("source", identifier).value,
            "title": source_title(source, "zh"),
            "title_en": source_title(source, "en"),
            "titled": source.title is not None,
            "description": source.description.zh if source.description else "",
            "creators": list(source.authors),
            "publisher": source.publisher or source.container or "",
            "date": source.date.text if source.date else "",
            "url": source.url or "",
            "doi": source.doi or "",
            "type": source.type,
            **both("type", lambda lang: self.namer.concept("source-type", source.type, lang)),
            **both(
                "grade", lambda lang: self.namer.concept("source-grade", source.grade, lang) if source.grade else ""
            ),
            "grade": source.grade or "",
            **both("reached", lambda lang: self.namer.concept("reached-by", source.reached_by, lang)),
            "reached_by": source.reached_by,
        }

    def statement(self, statement: Statement) -> dict[str, Any]:
        """Return what is shown of a statement; a withdrawn one has lost subject, value and time (model §2)."""
        withdrawn = statement.withdrawn is not None
        value = dict.fromkeys(LANGUAGES, "") if withdrawn else _reading(statement)
        literal = statement.literal if isinstance(statement, FigureStatement) and not withdrawn else ""
        return {
            "id": statement.key,
            "iri": self.kg.iris.thing("statement", statement.key).value,
            "kind": statement.kind,
            **both("kind", lambda lang: _kind_label(statement, lang)),
            "source": statement.source,
            "field": "" if withdrawn else getattr(statement, "field", None) or "",
            "locator": statement.locator or "",
            "as_written": literal,
            "noted": isinstance(statement, FigureStatement) and statement.as_noted is not None,
            "value_zh": value["zh"],
            "value_en": value["en"],
            **both("text", lambda lang: "" if withdrawn else summarise(statement, self.namer, lang)),
            "when": "" if withdrawn else _when_text(statement),
            **both("when", lambda lang: "" if withdrawn else times_of(statement, lang)),
            "called": statement.called or "",
            "directness": statement.directness,
            **both("directness", lambda lang: self.namer.concept("directness", statement.directness, lang)),
            "note": statement.note or "",
            "said_by": statement.said_by or "",
            "according_to": statement.according_to or "",
            "withdrawn": statement.withdrawn or "",
        }

    def history(self, place: Place) -> list[dict[str, str]]:
        """Return one line a recorded name or dated parent, in both languages: 郧县 · 420321（至2014年12月8日）."""
        return [{lang: self._version_line(v.entry, lang) for lang in LANGUAGES} for v in self._versions(place)]

    def yearly_names(self, place: Place) -> list[dict[str, Any]]:
        """Return the names under which a place is shown in years, where these are not just its present name."""
        return [
            {"years": list(version.years), "zh": version.label.zh, "en": version.label.in_language("en")}
            for version in self._versions(place)
            if version.years and version.label != place.name
        ]

    def _versions(self, place: Place) -> tuple[PlaceVersion, ...]:
        parents = {within.parent: self.corpus.places[within.parent].name for within in place.within}
        return versions_of(place, parents, int(self.corpus.dataset.horizon))

    def _version_line(self, entry: FormerName | Within, lang: str) -> str:
        if isinstance(entry, Within):
            within = load_ontology().terms["within"].label(lang)
            head = f"{within}{' ' if lang == 'en' else ''}{self.namer.party(entry.parent, lang)}"
        else:
            level = self.namer.concept("level", entry.level, lang) if entry.level else ""
            head = " · ".join(part for part in (entry.name.in_language(lang), entry.code, level) if part)
        times = times_of(entry, lang)
        return head if not times else f"{head}（{times}）" if lang == "zh" else f"{head} ({times})"

    def state(self, scheme: str, notation: str | None, lang: str) -> str:
        """Return the label of a start or end state, empty where there is none."""
        return self.namer.concept(scheme, notation, lang) if notation else ""

    def term(self, term: Term) -> dict[str, Any]:
        """Return what is shown of a term; a date that is not certain is empty."""
        policy = self.corpus.registers["policy"].get(term.basis or "")
        return {
            "label_zh": f"第{term.number}轮",
            "label_en": f"Term {term.number}",
            "possible_from": term.possible_from.isoformat(),
            "certain_from": term.certain_from.isoformat() if term.certain_from else "",
            "certain_to": term.certain_to.isoformat() if term.certain_to else "",
            "possible_to": term.possible_to.isoformat(),
            "basis": term.basis or "",
            "basis_zh": policy.name.zh if policy else "",
            "basis_en": policy.name.in_language("en") if policy else "",
            "start_state": term.start_state,
            "end_state": term.end_state,
            **both("start_state", lambda lang: self.state("start-state", term.start_state, lang)),
            **both("end_state", lambda lang: self.state("end-state", term.end_state, lang)),
        }

    def disagreement(self, disagreement: Disagreement) -> dict[str, str]:
        """Return one line a language: what it is about, and each side with its statements."""
        return {lang: self._disagreement_line(disagreement, lang) for lang in LANGUAGES}

    def _disagreement_line(self, disagreement: Disagreement, lang: str) -> str:
        about = self._subject(disagreement.about, lang)
        kind = self.namer.concept("disagreement-kind", disagreement.kind, lang)
        sides = [f"{self._side(disagreement, shown, lang)} [{', '.join(keys)}]" for shown, keys in disagreement.sides]
        return f"{about} · {kind}：{'；'.join(sides)}" if lang == "zh" else f"{about} · {kind}: {'; '.join(sides)}"

    def _subject(self, about: tuple[str, str], lang: str) -> str:
        """Return the name of what sources disagree about; of a cell, its subject and measure."""
        kind, identifier = about
        if kind == "cell":
            cell = self.kg.derived.cells[identifier]
            return f"{self._subject(cell.about, lang)} {self.namer.concept('measure', cell.measure, lang)}"
        return identifier if kind == "scope" else self.namer.thing(kind, identifier, lang)

    def _side(self, disagreement: Disagreement, shown: str, lang: str) -> str:
        """Return what one side says; a policy or an event by its name."""
        found = self.corpus.find(("policy", "event"), shown) if disagreement.kind == "basis" else None
        return self.namer.thing(*found, lang) if found else shown


def _reading(statement: Statement) -> dict[str, str]:
    if isinstance(statement, FigureStatement):
        return {"zh": write_quantity(statement.quantity, "zh"), "en": write_quantity(statement.quantity, "en")}
    return dict.fromkeys(LANGUAGES, "")


def _when_text(statement: Statement) -> str:
    names = ("during", "at", "date", "as_of", "since", "until", "due")
    found = (getattr(statement, name, None) for name in names)
    return ", ".join(when.text for when in found if isinstance(when, When))


def _kind_label(statement: Statement, lang: str) -> str:
    return load_ontology().terms[type(statement).__name__].label(lang)
