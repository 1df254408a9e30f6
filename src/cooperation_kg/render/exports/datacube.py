"""The figures as cubes of statistics, by the W3C's RDF Data Cube Vocabulary (https://www.w3.org/TR/vocab-data-cube/).

An observation is what one statement prints: the number, what it counts and of what, when, in which sense, in which
unit, and who says so. Two statements of one matter are two observations, for no source is taken for another; they
agree in every dimension but source and statement. Withdrawn, refused and revised figures are left out.

Every observation of a cube has a value for every measure of it (integrity constraint 14), and a bound is no value: so
there is a cube for exact numbers, one for approximate ones, for lower limits, upper limits, ranges and shares. What is
read here is what the graph says of the statements; nothing is added up.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from urllib.parse import quote

from pyoxigraph import Literal, NamedNode, RdfFormat, Triple, serialize

from cooperation_kg.curate.quantities import Bound
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.derive.weighing import counted_statements
from cooperation_kg.graph.vocabulary import CONCEPT, COOP, DCTERMS, HOME, PROV, RDF, RDFS, SKOS, XSD, Namespace
from cooperation_kg.query.run import used_prefixes
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.rdf import head_of

Node = NamedNode | Literal
Facts = Mapping[str, Mapping[str, list[Node]]]
"""Subject → property → values, as the graph has them."""

QB = Namespace("http://purl.org/linked-data/cube#")
CUBE = Namespace(f"{HOME}cube#")
DCAT = Namespace("http://www.w3.org/ns/dcat#")
_SDMX = "http://purl.org/linked-data/sdmx/2009/"
REF_PERIOD = NamedNode(f"{_SDMX}dimension#refPeriod")
OBS_VALUE = NamedNode(f"{_SDMX}measure#obsValue")
PREFIXES = {
    "cube": CUBE.iri,
    "dcat": DCAT.iri,
    "qb": QB.iri,
    "sdmx-dimension": f"{_SDMX}dimension#",
    "sdmx-measure": f"{_SDMX}measure#",
}

WHOLE = CUBE.whole
"""Counted in no place of its own: the figure is of its subject as a whole."""
NO_PERIOD = CUBE.noPeriod
NO_UNIT = "1"
"""The unit of a plain number, as UCUM and SDMX write it."""


@dataclass(frozen=True)
class Part:
    """A dimension, measure or attribute: its local name, label and range, the code list of a coded one.

    ``said`` is the property of a statement whose values it takes over; empty where it needs a rule of its own.

    >>> [part.name for part in PARTS if part.kind == "measure"]
    ['value', 'lower', 'upper', 'ratio']
    """

    kind: str
    name: str
    zh: str
    en: str
    range: NamedNode
    said: NamedNode | None = None
    codes: str = ""
    broader: NamedNode | None = None

    @property
    def iri(self) -> NamedNode:
        """The property."""
        return CUBE[self.name]


PARTS: tuple[Part, ...] = (
    Part("dimension", "subject", "所述", "what the figure is of", COOP.Topic, COOP.about),
    Part("dimension", "countedIn", "计数所在", "side or place counted in", RDFS.Resource),
    Part("dimension", "measure", "指标", "what is counted", SKOS.Concept, COOP.measure, "measure"),
    Part("dimension", "period", "时间", "time", DCTERMS.PeriodOfTime, broader=REF_PERIOD),
    Part("dimension", "nature", "口径", "flow or stock", SKOS.Concept, COOP.nature, "nature"),
    Part("dimension", "stage", "资金阶段", "stage", SKOS.Concept, COOP.stage, "stage"),
    Part("dimension", "unit", "单位", "unit", XSD.string),
    Part("dimension", "source", "来源", "document", COOP.Source, PROV.wasDerivedFrom),
    Part("dimension", "statement", "陈述", "statement", COOP.FigureStatement),
    Part("measure", "value", "数值", "value", XSD.decimal, broader=OBS_VALUE),
    Part("measure", "lower", "下限", "lower limit", XSD.decimal),
    Part("measure", "upper", "上限", "upper limit", XSD.decimal),
    Part("measure", "ratio", "份额", "share", XSD.string),
    Part("attribute", "bound", "数量界限", "how the number limits the true one", SKOS.Concept, COOP.bound, "bound"),
    Part("attribute", "asWritten", "原文写法", "as written", XSD.string, COOP.asWritten),
    Part("attribute", "asNoted", "译文写法", "as noted from a translation", XSD.string, COOP.asNoted),
    Part("attribute", "scopeNote", "范围说明", "what the figure covers", RDF.langString, COOP.scopeNote),
    Part("attribute", "payer", "出资方", "who pays", COOP.Party, COOP.payer),
    Part("attribute", "payee", "收款方", "who receives", COOP.Party, COOP.payee),
    Part("attribute", "partOf", "其中", "part of another figure: never add both", QB.Observation),
    Part("attribute", "caveat", "须知", "code of a caveat", XSD.string),
)
REQUIRED = ("bound",)
"""Attributes that every observation has."""

# cube → measures, title
CUBES: dict[str, tuple[tuple[str, ...], str, str]] = {
    "exact": (("value",), "数字：准确数", "Figures: exact numbers"),
    "about": (("value",), "数字：约数", "Figures: approximate numbers"),
    "at-least": (("lower",), "数字：下限（超过、以上）", "Figures: lower limits (more than, at least)"),
    "at-most": (("upper",), "数字：上限（不足、以下、近）", "Figures: upper limits (less than, at most, nearly)"),
    "range": (("lower", "upper"), "数字：范围", "Figures: ranges"),
    "ratio": (("ratio",), "数字：分数", "Figures: shares that no decimal equals"),
}
_CUBE_OF = {
    Bound.EXACT: "exact",
    Bound.ABOUT: "about",
    Bound.AT_LEAST: "at-least",
    Bound.MORE_THAN: "at-least",
    Bound.AT_MOST: "at-most",
    Bound.LESS_THAN: "at-most",
    Bound.NEARLY: "at-most",
}
# what is told of a thing that an observation names
_TOLD = (RDF.type, RDFS.label, SKOS.prefLabel, SKOS.inScheme, SKOS.notation)


def datacube(cut: Cut) -> bytes:
    """Return the figures of a cut as Turtle: cubes, their structure and observations, and what these name."""
    making = _Making(cut)
    triples = sorted(set(making.triples()), key=str)
    prefixes = used_prefixes({**cut.kg.iris.prefixes, **PREFIXES}, triples)
    return head_of(cut).encode() + (serialize(triples, format=RdfFormat.TURTLE, prefixes=prefixes) or b"")


class _Making:
    """Makes the triples of one cut."""

    def __init__(self, cut: Cut) -> None:
        self.cut = cut
        self.iris = cut.kg.iris
        self.facts = _facts(cut)
        counted = [s for s in counted_statements(cut.kg.corpus) if isinstance(s, FigureStatement)]
        revised = {f"{s.source}.{s.revises}" for s in counted if s.revises}
        self.figures = {s.key: s for s in counted if s.key not in revised}

    def triples(self) -> Iterator[Triple]:
        """Yield everything that the file says."""
        said = [*self._structures(), *self._observations()]
        yield from said
        yield from self._told(self.iris.base, ())
        named = {t.object.value for t in said if isinstance(t.object, NamedNode)}
        for iri in sorted(named):
            yield from self._told(iri, _TOLD)

    def _told(self, iri: str, predicates: Iterable[NamedNode]) -> Iterator[Triple]:
        """Yield what the graph says of a thing, by these properties or by all."""
        wanted = {predicate.value for predicate in predicates}
        for predicate, values in self.facts.get(iri, {}).items():
            if not wanted or predicate in wanted:
                yield from (Triple(NamedNode(iri), NamedNode(predicate), value) for value in values)

    def _structures(self) -> Iterator[Triple]:
        for order, part in enumerate(PARTS, start=1):
            yield from self._part(part, order)
        for name, (measures, zh, en) in CUBES.items():
            cube, structure = self._cube(name), self._cube(f"{name}/structure")
            yield from _say(cube, RDF.type, QB.DataSet)
            yield from _labelled(cube, RDFS.label, zh, en)
            yield from _labelled(cube, DCTERMS.title, zh, en)
            yield from _say(cube, DCTERMS.isPartOf, NamedNode(self.iris.base))
            yield from _say(cube, QB.structure, structure)
            yield from _say(structure, RDF.type, QB.DataStructureDefinition)
            fitting = (part for part in PARTS if part.kind != "measure" or part.name in measures)
            yield from _say(structure, QB.component, *(self._cube(f"component/{part.name}") for part in fitting))
        for node, kind, zh, en in (
            (WHOLE, SKOS.Concept, "所述全体", "the subject as a whole"),
            (NO_PERIOD, DCTERMS.PeriodOfTime, "来源未说时间", "no time is stated"),
        ):
            yield from _say(node, RDF.type, kind)
            yield from _labelled(node, RDFS.label, zh, en)

    def _part(self, part: Part, order: int) -> Iterator[Triple]:
        """Yield the property and the component that stands for it in the structures."""
        component = self._cube(f"component/{part.name}")
        yield from _say(component, RDF.type, QB.ComponentSpecification)
        yield from _say(component, QB[part.kind], part.iri)
        yield from _say(component, QB.order, Literal(str(order), datatype=XSD.integer))
        if part.kind == "attribute":
            required = "true" if part.name in REQUIRED else "false"
            yield from _say(component, QB.componentRequired, Literal(required, datatype=XSD.boolean))
        kinds = [QB[f"{part.kind.capitalize()}Property"], *([QB.CodedProperty] if part.codes else [])]
        yield from _say(part.iri, RDF.type, RDF.Property, *kinds)
        yield from _labelled(part.iri, RDFS.label, part.zh, part.en)
        yield from _say(part.iri, RDFS.range, part.range)
        yield from _say(part.iri, RDFS.subPropertyOf, *([part.broader] if part.broader else []))
        yield from _say(part.iri, RDFS.seeAlso, *([part.said] if part.said else []))
        if part.codes:
            yield from _say(part.iri, QB.codeList, NamedNode(f"{CONCEPT}{part.codes}"))

    def _observations(self) -> Iterator[Triple]:
        for figure in self.figures.values():
            yield from self._observation(figure)

    def _observation(self, figure: FigureStatement) -> Iterator[Triple]:
        statement = self.iris.thing("statement", figure.key)
        said = self.facts[statement.value]
        here = self._observed(figure.key)
        quantity = figure.quantity
        shape = "range" if quantity.is_range else "ratio" if quantity.ratio is not None else _CUBE_OF[quantity.bound]
        yield from _say(here, RDF.type, QB.Observation)
        yield from _say(here, QB.dataSet, self._cube(shape))
        for part in PARTS:
            if part.said is not None:
                yield from _say(here, part.iri, *said.get(part.said.value, ()))
        yield from _say(here, CUBE.countedIn, *(said.get(COOP.countedIn.value) or (WHOLE,)))
        yield from self._period(here, figure)
        yield from _say(here, CUBE.unit, Literal(quantity.unit or NO_UNIT))
        yield from _say(here, CUBE.statement, statement)
        for name, value in zip(CUBES[shape][0], _measured(shape, said), strict=True):
            yield from _say(here, CUBE[name], value)
        if figure.part_of and (whole := f"{figure.source}.{figure.part_of}") in self.figures:
            yield from _say(here, CUBE.partOf, self._observed(whole))
        yield from _say(here, CUBE.caveat, *(Literal(code) for code in self.cut.caveats.of_statement(figure)))
        yield from _say(here, PROV.hadPrimarySource, *said.get(PROV.wasDerivedFrom.value, ()))

    def _period(self, here: NamedNode, figure: FigureStatement) -> Iterator[Triple]:
        """Yield the time of an observation, with its first and last day."""
        when = figure.period
        if when is None:
            yield from _say(here, CUBE.period, NO_PERIOD)
            return
        period = self._cube(f"period/{quote(when.text, safe='-.~')}")
        yield from _say(here, CUBE.period, period)
        yield from _say(period, RDF.type, DCTERMS.PeriodOfTime)
        yield from _say(period, RDFS.label, Literal(when.text))
        for term, day in ((DCAT.startDate, when.earliest), (DCAT.endDate, when.latest)):
            yield from _say(period, term, Literal(day.isoformat(), datatype=XSD.date))

    def _cube(self, path: str) -> NamedNode:
        return NamedNode(f"{self.iris.base}cube/{path}")

    def _observed(self, key: str) -> NamedNode:
        """Return the observation that a statement makes; its name ends as that of the statement."""
        return self._cube(f"observation/{self.iris.thing('statement', key).value.rpartition('/')[2]}")


def _measured(shape: str, said: Mapping[str, list[Node]]) -> Iterator[Node]:
    """Yield the values of the measures of a cube, in their order."""
    terms = {"range": (COOP.minimum, COOP.maximum), "ratio": (COOP.ratio,)}
    for term in terms.get(shape, (COOP.value,)):
        yield from said[term.value]


def _facts(cut: Cut) -> Facts:
    facts: dict[str, dict[str, list[Node]]] = defaultdict(lambda: defaultdict(list))
    for quad in cut.kg.quads:
        # the graph has IRIs alone: no blank node, no quoted triple
        assert isinstance(quad.subject, NamedNode)
        assert isinstance(quad.object, NamedNode | Literal)
        facts[quad.subject.value][quad.predicate.value].append(quad.object)
    return facts


def _say(subject: NamedNode, predicate: NamedNode, *values: Node) -> Iterator[Triple]:
    return (Triple(subject, predicate, value) for value in values)


def _labelled(subject: NamedNode, predicate: NamedNode, zh: str, en: str) -> Iterator[Triple]:
    return _say(subject, predicate, Literal(zh, language="zh"), Literal(en, language="en"))
