"""What does the machine-readable twin of a page hold? What the graph says of the thing, and who says it.

The thing itself; what follows for it (terms, names of a time, figures told apart, disagreements); the statements
about it and those that its pairing, terms or scope rest on, whole; of everything else that these name, what it is
called. The twin of a source holds every statement of it. A twin is of all times, whatever time the pages open at.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.triples.values import COOP
from cooperation_kg.graph.vocabulary import DEF, concept_iri
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.blocks import Blocks
from cooperation_kg.render.site.context import PAGED, Site

TURTLE, JSON_LD = "text/turtle", "application/ld+json"
SUFFIXES = {TURTLE: ".ttl", JSON_LD: ".jsonld"}
# what a thing or a part of it points to and that is told whole with it
_PARTS = (COOP.term, COOP.version)
_ABOUT = COOP.about
_EVIDENCE = COOP.evidence


def things(site: Site) -> Iterator[tuple[str, str]]:
    """Yield (kind, id) of everything that has a page of its own, kind by kind in the order of PAGED."""
    corpus, derived = site.corpus, site.kg.derived
    held: dict[str, Iterable[str]] = {
        **corpus.registers,
        "place": (*corpus.places, *corpus.anonymous),
        "pairing": derived.pairings,
        "source": corpus.sources,
        "scope": derived.scopes,
        "judgement": corpus.judgements,
        "measure": {s.measure for s in site.mentions.always.standing if isinstance(s, FigureStatement)},
    }
    for kind in PAGED:
        yield from ((kind, identifier) for identifier in sorted(held[kind]))


def iri_of(site: Site, kind: str, identifier: str) -> str:
    """Return the IRI of a thing that has a page; a measure is a concept of the shared words."""
    if kind == "measure":
        return concept_iri("measure", identifier).value
    return site.kg.iris.thing(kind, identifier).value


def twins_of(kind: str, identifier: str) -> tuple[tuple[str, str], ...]:
    """Return media type and path of the twins of a page, as ``Page.twins`` wants them.

    >>> twins_of("place", "beijing")
    (('text/turtle', 'place/beijing.ttl'), ('application/ld+json', 'place/beijing.jsonld'))
    """
    return tuple((media_type, f"{kind}/{identifier}{suffix}") for media_type, suffix in SUFFIXES.items())


@dataclass(frozen=True)
class Twins:
    """Writes the twins of one site."""

    site: Site

    @cached_property
    def blocks(self) -> Blocks:
        """The graph, subject by subject."""
        return Blocks(self.site.kg)

    @cached_property
    def _about(self) -> Mapping[str, list[str]]:
        """What says of itself what it is about, by what that is."""
        found: dict[str, list[str]] = defaultdict(list)
        for iri, told in self.blocks.of.items():
            for predicate, thing in told:
                if predicate == _ABOUT:
                    found[thing[1:-1]].append(iri)
        return found

    def files(self, some: Iterable[tuple[str, str]] | None = None) -> Iterator[tuple[str, bytes]]:
        """Yield name and content of every twin, or of those of some things: (kind, id)."""
        for kind, identifier in things(self.site) if some is None else some:
            iri = iri_of(self.site, kind, identifier)
            if iri in self.blocks.of:
                whole, named = self.held(kind, identifier)
                for media_type, path in twins_of(kind, identifier):
                    yield path, self._written(media_type, whole, named)

    def read(self) -> None:
        """Read the graph now, and not when the first twin is asked for."""
        _ = self.blocks.of, self._about

    def held(self, kind: str, identifier: str) -> tuple[list[str], list[str]]:
        """Return the subjects that a twin holds whole, the thing first, and those of which it holds the label."""
        iri = iri_of(self.site, kind, identifier)
        parts = [part for one in (iri,) for part in self._objects(one, _PARTS)]
        about = [*self._about.get(iri, ()), *(one for part in parts for one in self._about.get(part, ()))]
        told = self._statements(kind, identifier)
        whole = list(dict.fromkeys([iri, *sorted(parts), *sorted(about)]))
        based = [one for part in whole for one in self._objects(part, (_EVIDENCE,))]
        whole = list(dict.fromkeys([*whole, *told, *sorted(based)]))
        kept = set(whole)
        named = {name for one in whole for name in self.blocks.named_in(one) if name not in kept}
        return whole, sorted(name for name in named if name in self.blocks.of and not name.startswith(DEF))

    def _statements(self, kind: str, identifier: str) -> list[str]:
        corpus = self.site.corpus
        found = (
            corpus.of_source(identifier)
            if kind == "source"
            else self.site.mentions.always.about(kind, identifier)
            if kind != "measure"
            else ()
        )
        return [iri for s in found if (iri := self.site.kg.iris.thing("statement", s.key).value) in self.blocks.of]

    def _objects(self, iri: str, predicates: Iterable[str]) -> list[str]:
        wanted = set(predicates)
        return [thing[1:-1] for predicate, thing in self.blocks.of.get(iri, ()) if predicate in wanted]

    def _written(self, media_type: str, whole: list[str], named: list[str]) -> bytes:
        write = self.blocks.turtle if media_type == TURTLE else self.blocks.node
        texts = [*(write(iri) for iri in whole), *(write(iri, label_alone=True) for iri in named)]
        texts = [text for text in texts if text[0]]
        used = frozenset().union(*(prefixes for _, prefixes in texts))
        if media_type == TURTLE:
            return f"{self.blocks.head(used)}\n{chr(10).join(text for text, _ in texts)}".encode()
        context = as_json({prefix: self.blocks.prefixes[prefix] for prefix in sorted(used)})
        nodes = ",\n".join(text for text, _ in texts)
        return f'{{"@context":{context},"@graph":[\n{nodes}\n]}}\n'.encode()
