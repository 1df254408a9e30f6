"""One row a statement that stands: what it says and of what, its number and time, and the document it is from."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import Any

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.quantities import Bound, Quantity
from cooperation_kg.curate.statements import FigureStatement, PairingStatement, Scope, Statement
from cooperation_kg.graph.derive.origins import origin_of
from cooperation_kg.graph.derive.scopes import pairing_slug, scope_in, subject_of
from cooperation_kg.graph.derive.ties import ties_of
from cooperation_kg.graph.derive.weighing import counted_statements, refused_statements
from cooperation_kg.graph.naming import Namer, source_title
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.ontology import load_ontology
from cooperation_kg.render.exports.cut import Cut

_LOWER = (Bound.EXACT, Bound.AT_LEAST, Bound.MORE_THAN)
_UPPER = (Bound.EXACT, Bound.AT_MOST, Bound.LESS_THAN, Bound.NEARLY)
_PERIODS = ("during", "at", "date", "as_of")
# what a statement is about where it has no ``about``
_OWN_SUBJECTS = ("policy", "place", "event", "project")
# fields of statements that are taken as they are, where the statement has them
_PLAIN = ("measure", "field", "verdict", "act", "effect", "number", "nature", "stage", "payer", "payee", "called")

_AND = {"zh": "；", "en": "; "}

Cells = dict[str, Any]


def statement_rows(cut: Cut) -> Iterator[Cells]:
    """Yield the rows, in the order of the corpus; withdrawn statements have none."""
    making = _Making(cut)
    return (making.row(s) for s in cut.kg.corpus.statements.values() if s.withdrawn is None)


class _Making:
    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.kg = cut.kg
        self.corpus = cut.kg.corpus
        self.lang = cut.lang
        self.namer = Namer(cut.kg.corpus, cut.kg.derived.pairings)
        self.refused = refused_statements(self.corpus)
        counted = (s for s in counted_statements(self.corpus) if isinstance(s, FigureStatement))
        self.revised = {f"{s.source}.{s.revises}" for s in counted if s.revises}

    def row(self, statement: Statement) -> Cells:
        return {
            "id": statement.key,
            "kind": statement.kind,
            "kind_label": load_ontology().terms[type(statement).__name__].label(self.lang),
            "says": summarise(statement, self.namer, self.lang),
            **self._subject(statement),
            **self._sides(statement),
            **{name: getattr(statement, name, None) for name in _PLAIN},
            **self._labels(statement),
            **(_figure(statement) if isinstance(statement, FigureStatement) else {}),
            **_times(statement),
            **self._reading(statement),
            **self._source(statement),
            "iri": self.kg.iris.thing("statement", statement.key).value,
        }

    def _subject(self, statement: Statement) -> Cells:
        kind, ids, label = self._about(statement)
        return {"about_kind": kind, "about": " ".join(ids), "about_label": label}

    def _about(self, statement: Statement) -> tuple[str, tuple[str, ...], str]:
        """Return what a statement is about: kind, ids, and the name in words."""
        scope = scope_in(statement)
        if isinstance(statement, PairingStatement) and scope is None:
            return self._paired(statement)
        if scope is not None:
            kind, identifier = self._subject_of(scope)
            name = self.namer.scope(scope, self.lang) if kind == "scope" else self._name(kind, identifier)
            return kind, (identifier,), name
        about = getattr(statement, "about", None)
        if about is not None:
            kind, identifier = self._subject_of(about)
            return kind, (identifier,), self._name(kind, identifier)
        return self._own(statement)

    def _subject_of(self, about: str | Scope) -> tuple[str, str]:
        return subject_of(self.corpus, self.kg.derived.pairings, about)

    def _name(self, kind: str, identifier: str) -> str:
        return self.namer.thing(kind, identifier, self.lang)

    def _paired(self, statement: PairingStatement) -> tuple[str, tuple[str, ...], str]:
        """Return the pairings that a statement makes; one judged to be no evidence is about its programme."""
        ties = tuple(ties_of(self.corpus, statement))
        found = {pairing_slug(self.kg.derived.pairings, tie.family, tie.parties) for tie in ties}
        slugs = sorted(slug for slug in found if slug is not None)
        kind, ids = ("pairing", slugs) if slugs else ("programme", sorted({tie.family for tie in ties}))
        return kind, tuple(ids), _AND[self.lang].join(self._name(kind, identifier) for identifier in ids)

    def _own(self, statement: Statement) -> tuple[str, tuple[str, ...], str]:
        named = ((kind, getattr(statement, kind, None)) for kind in _OWN_SUBJECTS)
        kind, reference = next(((kind, one) for kind, one in named if one), ("", ""))
        found = self.corpus.find((kind, "organisation"), reference) if reference else None
        return (found[0], (found[1],), self._thing(*found)) if found else ("", (), "")

    def _thing(self, kind: str, identifier: str) -> str:
        return self.namer.party(identifier, self.lang) if kind == "organisation" else self._name(kind, identifier)

    def _sides(self, statement: Statement) -> Cells:
        """Return the programme, the parties and the places that a statement names, the policy that it rests on."""
        scope = scope_in(statement)
        holder: Any = scope or statement
        programme, parties = getattr(holder, "programme", None), getattr(holder, "parties", None)
        if isinstance(statement, PairingStatement) and statement.about is not None:
            found = self.corpus.find(("pairing",), statement.about)
            assert found is not None
            named = self.corpus.pairings[found[1]]
            programme, parties = named.programme, named.places
        return {
            "programme": programme,
            "supporter": _joined(getattr(holder, "supporter", None)),
            "recipient": _joined(getattr(holder, "recipient", None)),
            "parties": _joined(parties),
            "places": _joined(getattr(statement, "places", None) or _one(getattr(statement, "place", None))),
            "policy": getattr(statement, "policy", None) or getattr(statement, "basis", None),
        }

    def _labels(self, statement: Statement) -> Cells:
        schemes = {"measure": "measure", "field": "field"}
        return {
            f"{name}_label": self.namer.concept(scheme, code, self.lang)
            for name, scheme in schemes.items()
            if (code := getattr(statement, name, None))
        }

    def _reading(self, statement: Statement) -> Cells:
        """Return how the statement was read, and what must be known before it is used."""
        standing = "revised" if statement.key in self.revised else "counted"
        return {
            "standing": "not-evidence" if statement.key in self.refused else standing,
            "directness": statement.directness,
            "locator": statement.locator,
            "said_by": statement.said_by,
            "according_to": statement.according_to,
            "origin": origin_of(self.corpus, statement),
            "reached_by": statement.reached_by or self.corpus.sources[statement.source].reached_by,
            "caveats": " ".join(self.cut.caveats.of_statement(statement)),
            "note": statement.note,
        }

    def _source(self, statement: Statement) -> Cells:
        source = self.corpus.sources[statement.source]
        return {
            "source": source.id,
            "source_title": source_title(source, self.lang),
            "source_type": source.type,
            "source_publisher": source.publisher or source.container,
            "source_date": source.date.text if source.date else None,
            "source_grade": source.grade,
            "source_url": f"https://doi.org/{source.doi}" if source.doi else source.url,
        }


def _figure(figure: FigureStatement) -> Cells:
    quantity = figure.quantity
    return {
        "as_written": figure.literal,
        "as_noted": figure.as_noted is not None,
        "value": plain(quantity.value),
        "lower": plain(_limit(quantity, quantity.minimum, _LOWER)),
        "upper": plain(_limit(quantity, quantity.maximum, _UPPER)),
        "ratio": str(quantity.ratio) if quantity.ratio is not None else None,
        "unit": quantity.unit,
        "bound": quantity.bound.value,
        "part_of": f"{figure.source}.{figure.part_of}" if figure.part_of else None,
        "revises": f"{figure.source}.{figure.revises}" if figure.revises else None,
    }


def _limit(quantity: Quantity, end: Decimal | None, limiting: tuple[Bound, ...]) -> Decimal | None:
    return end if quantity.is_range else quantity.value if quantity.bound in limiting else None


def plain(value: Decimal | None) -> Decimal | None:
    """Return a number without an exponent and without zeros at its end, as RDF has it.

    >>> plain(Decimal("7.86E+9")), plain(Decimal("30.0"))
    (Decimal('7860000000'), Decimal('30'))
    """
    if value is None:
        return None
    digits = format(value, "f")
    return Decimal(digits.rstrip("0").rstrip(".") if "." in digits else digits)


def _times(statement: Statement) -> Cells:
    told = [when for name in _PERIODS if isinstance(when := getattr(statement, name, None), When)]
    since, until, due = (getattr(statement, name, None) for name in ("since", "until", "due"))
    return {
        "period": told[0].text if told else None,
        **{name: when.text for name, when in (("from", since), ("until", until), ("due", due)) if when},
        "first_day": _day(min, (when.earliest for when in (*told, since) if when)),
        "last_day": _day(max, (when.latest for when in (*told, until) if when)),
    }


def _day(end: Any, days: Iterable[date]) -> date | None:
    found: date | None = end(days, default=None)
    return found


def _one(reference: str | None) -> tuple[str, ...]:
    return (reference,) if reference else ()


def _joined(references: tuple[str, ...] | None) -> str:
    return " ".join(references or ())
