"""What is known of a pairing?"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cooperation_kg.curate.judgements import Judgement
from cooperation_kg.graph.asof import AsOf, status_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing, ScopeNode
from cooperation_kg.graph.derive.weighing import judgements_of
from cooperation_kg.graph.naming import Namer
from cooperation_kg.query.show import common, ties
from cooperation_kg.query.show.figures import figures_part
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.missing import judgements_touching, missing_of_pairing, missing_part
from cooperation_kg.query.show.parts import Cell, Cites, Part, Parts, Said, Thing, part
from cooperation_kg.query.tables import pairings_between


def parts_of_pairing(mentions: Mentions, slug: str, as_of: AsOf | None) -> Parts:
    """Yield the parts of a pairing."""
    kg = mentions.kg
    pairing = kg.derived.pairings[slug]
    asked = ties.asked_or_last(kg, as_of)
    statements = [kg.corpus.statements[key] for key in pairing.evidence]
    yield Part("status", lines=tuple(_status(kg, pairing, asked)))
    yield names_part(mentions, pairing)
    yield ties.terms_part(pairing)
    wider = [kg.derived.pairings[pairing.implements]] if pairing.implements else []
    yield ties.pairings_part(kg, "wider", wider, asked)
    yield ties.pairings_part(kg, "narrower", mentions.implementing.get(slug, ()), asked)
    yield ties.pairings_part(kg, "parallel", parallels(kg, pairing), asked)
    bases = [term.basis for term in pairing.terms if term.basis]
    yield common.policies_part(mentions, "pairing", slug, bases)
    yield figures_part(mentions, mentions.about("pairing", slug))
    yield from common.lists_about(mentions, "pairing", slug)
    yield scopes_part(mentions, scopes_with(kg, pairing))
    yield common.disagreements_part(mentions.disagreements("pairing", slug))
    yield common.judgements_part((*_judged(mentions, pairing), *judgements_touching(kg, pairing)))
    yield missing_part(*missing_of_pairing(mentions, pairing))
    yield common.statements_part(kg, statements)


def _status(kg: KnowledgeGraph, pairing: Pairing, asked: AsOf) -> Iterator[Said]:
    yield ties.status_words(status_of(pairing, asked), asked)
    first, second = (ties.party_thing(kg, party) for party in pairing.parties)
    zh, en = _sides(kg, pairing)
    yield Said(zh, en, {"parties": [f"{t.kind}/{t.identifier}" for t in (first, second)], "directed": pairing.directed})
    count, origins = len(pairing.evidence), len(pairing.origins)
    yield Said(
        f"{count}条陈述，{origins}个独立源头",
        f"{count} statement{'s' * (count != 1)}, {origins} independent origin{'s' * (origins != 1)}",
        {"statements": count, "origins": list(pairing.origins)},
    )


def _sides(kg: KnowledgeGraph, pairing: Pairing) -> tuple[str, str]:
    namer = Namer(kg.corpus, kg.derived.pairings)
    zh, en = (namer.sides(pairing, lang) for lang in ("zh", "en"))
    if pairing.directed:
        return f"{zh}（前者帮扶后者）", f"{en} (the first supports the second)"
    return f"{zh}（未说明方向）", f"{en} (no direction stated)"


def names_part(mentions: Mentions, pairing: Pairing, kinds: Sequence[str] = ()) -> Part:
    """Return what the pairing is called: the name it has, and what sources call it.

    Parameters
    ----------
    kinds: only what statements of these kinds call it.
    """
    kg = mentions.kg
    families = kg.corpus.programmes
    rows: list[tuple[Cell, ...]] = [
        (Said(named.name.zh, named.name.in_language("en")), tuple(named.aliases), None, None)
        for named in kg.corpus.pairings.values()
        if families[named.programme].family_id == pairing.programme and set(named.places) == set(pairing.parties)
    ]
    called: dict[str, list[str]] = {}
    for statement in mentions.naming("pairing", pairing.slug, *kinds):
        if statement.called:
            called.setdefault(statement.called, []).append(statement.key)
    rows += [(None, None, name, Cites(tuple(keys))) for name, keys in called.items()]
    return part("name", "name aliases called statements", rows)


def parallels(kg: KnowledgeGraph, pairing: Pairing) -> list[Pairing]:
    """Return the pairings of the same two parties in other programmes."""
    return [p for p in pairings_between(kg)[frozenset(pairing.parties)] if p.slug != pairing.slug]


def scopes_with(kg: KnowledgeGraph, pairing: Pairing) -> list[ScopeNode]:
    """Return the scopes in which the pairing is spoken of together with others."""
    return [scope for scope in kg.derived.scopes.values() if lies_in(kg, pairing, scope)]


def lies_in(kg: KnowledgeGraph, pairing: Pairing, scope: ScopeNode) -> bool:
    """Return whether a scope speaks of a pairing together with others: both sides fit, one is named."""
    if kg.corpus.programmes[scope.programme].family_id != pairing.programme:
        return False
    first, second = pairing.supporter or pairing.parties[0], pairing.recipient or pairing.parties[1]
    orders = [(first, second)] if pairing.directed else [(first, second), (second, first)]
    return any(
        (not scope.supporters or one in scope.supporters) and (not scope.recipients or other in scope.recipients)
        for one, other in orders
    )


def scopes_part(mentions: Mentions, scopes: list[ScopeNode]) -> Part:
    """Return scopes with how many figures they have: what is said of several together is said of none alone."""
    rows = [
        (
            Thing("scope", scope.slug),
            len(mentions.about("scope", scope.slug, "figure")),
            Cites(tuple(s.key for s in mentions.naming("scope", scope.slug))),
        )
        for scope in scopes
    ]
    return part("scopes", "scope count statements", rows)


def _judged(mentions: Mentions, pairing: Pairing) -> Iterator[Judgement]:
    keys = {*pairing.evidence, *(s.key for s in mentions.about("pairing", pairing.slug))}
    for kind in ("prefers", "same-thing", "different-scope", "list-complete", "not-evidence"):
        for judgement in judgements_of(mentions.kg.corpus, kind):
            if keys.intersection(judgement.about):
                yield judgement
