"""What a figure or a practice is about: a thing with an id, one pairing, or several pairings together (a scope)."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.curate.statements import PairingStatement, Scope, Statement
from cooperation_kg.errors import InvalidCorpus, Issue
from cooperation_kg.graph.derive.results import Pairing, ScopeNode
from cooperation_kg.graph.derive.ties import scope_of

THING_KINDS = ("programme", "pairing", "place", "policy", "organisation", "project", "event", "source")


def scope_slug(scope: Scope) -> str:
    """Return the slug of a scope: programme, supporters, recipients; ``all`` for a side that is not named.

    >>> scope_slug(Scope(programme="east-west", supporter="guangdong", recipient=["guangxi", "yunnan"]))
    'east-west.guangdong.guangxi+yunnan'
    """
    sides = ("+".join(sorted(side)) if side else "all" for side in (scope.supporter, scope.recipient))
    return ".".join((scope.programme, *sides))


def pairing_slug(pairings: Mapping[str, Pairing], family: str, parties: tuple[str, str]) -> str | None:
    """Return the slug of the pairing of two parties in a family, if any statement makes it."""
    first, second = parties
    for slug in (f"{family}.{first}.{second}", f"{family}.{second}.{first}"):
        if slug in pairings:
            return pairings[slug].slug  # the same text, not another one
    return None


def subject_of(corpus: Corpus, pairings: Mapping[str, Pairing], about: str | Scope) -> tuple[str, str]:
    """Return (kind, id) of what ``about`` means; a scope of one supporter and one recipient is their pairing.

    The id of a pairing is its slug. Raises InvalidCorpus (E303) for a named pairing that no statement which counts
    makes: a figure about it would hang in the air.
    """
    if isinstance(about, Scope):
        return _subject_of_scope(corpus, pairings, about)
    found = corpus.find(THING_KINDS, about)
    if found is None:
        raise KeyError(about)
    kind, identifier = found
    if kind == "pairing":
        named = corpus.pairings[identifier]
        family = corpus.programmes[named.programme].family_id
        slug = pairing_slug(pairings, family, (named.places[0], named.places[1]))
        if slug is None:
            raise InvalidCorpus([_nobody_states(corpus, identifier)])
        return "pairing", slug
    return kind, identifier


def _nobody_states(corpus: Corpus, identifier: str) -> Issue:
    name = corpus.pairings[identifier].name.zh
    return Issue(
        *corpus.locate("pairing", identifier, ("id",)),
        "E303",
        f'no statement that counts states the pairing "{name}", yet others speak of it; add one (about: {name})',
        f"没有可计入的陈述说到结对“{name}”，却有陈述谈到它；请补一条（about: {name}）",
    )


def find_scopes(corpus: Corpus, pairings: Mapping[str, Pairing]) -> Mapping[str, ScopeNode]:
    """Return every scope that statements speak of and that is not one pairing, by slug.

    A scope only says what is spoken of, so a statement that is not to count has its scope as well.
    """
    users: dict[str, list[str]] = defaultdict(list)
    scopes: dict[str, Scope] = {}
    for statement in corpus.statements.values():
        scope = scope_in(statement)
        if scope is not None and statement.withdrawn is None and subject_of(corpus, pairings, scope)[0] == "scope":
            slug = scope_slug(scope)
            scopes[slug] = scope
            users[slug].append(statement.key)
    return {
        slug: ScopeNode(
            slug,
            scopes[slug].programme,
            tuple(sorted(scopes[slug].supporter or ())),
            tuple(sorted(scopes[slug].recipient or ())),
            tuple(users[slug]),
        )
        for slug in sorted(scopes)
    }


def scope_in(statement: Statement) -> Scope | None:
    """Return the scope that a statement is about, else None."""
    if isinstance(statement, PairingStatement):
        return scope_of(statement)
    about = getattr(statement, "about", None)
    return about if isinstance(about, Scope) else None


def _subject_of_scope(corpus: Corpus, pairings: Mapping[str, Pairing], scope: Scope) -> tuple[str, str]:
    if scope.supporter and scope.recipient and len(scope.supporter) == len(scope.recipient) == 1:
        family = corpus.programmes[scope.programme].family_id
        slug = pairing_slug(pairings, family, (scope.supporter[0], scope.recipient[0]))
        if slug is not None:
            return "pairing", slug
    if not scope.supporter and not scope.recipient:
        return "programme", scope.programme
    return "scope", scope_slug(scope)
