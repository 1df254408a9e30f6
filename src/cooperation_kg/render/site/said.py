"""What does a source say? Every statement of it with its anchor, so that all other pages can point there."""

from __future__ import annotations

from markupsafe import Markup

from cooperation_kg.curate.statements import FigureStatement, PairingStatement, Statement
from cooperation_kg.graph.derive.scopes import pairing_slug
from cooperation_kg.graph.derive.ties import ties_of
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.show.parts import Concept, Part
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.asking import ask
from cooperation_kg.render.site.cells import Cells
from cooperation_kg.render.site.context import Site, bi, printable


def statements_of_source(site: Site, source: str, at: str) -> Markup:
    """Return every statement of a source as a list, withdrawn ones marked."""
    cells = Cells(site, at)
    rows = [_row(site, statement, cells) for statement in site.corpus.of_source(source)]
    behind = ask(site, "source", source, Part("said"), at)
    return Markup(
        environment().get_template("site/said.html.j2").render(bi=bi, printable=printable, rows=rows, ask=behind)
    )


def _row(site: Site, statement: Statement, cells: Cells) -> dict[str, object]:
    gone = statement.withdrawn is not None
    term = load_ontology().terms[type(statement).__name__]
    figure = statement if isinstance(statement, FigureStatement) and not gone else None
    return {
        "id": statement.key.rpartition(".")[2],
        "key": statement.key,
        "kind": bi(term.label("zh"), term.label("en")),
        "says": Markup("") if gone else bi(*(summarise(statement, site.namer, lang) for lang in ("zh", "en"))),
        "literal": figure.literal if figure else "",
        "reading": cells.reading(figure) if figure else Markup(""),
        "about": [] if gone else _links(site, statement, cells),
        "locator": statement.locator or "",
        "said_by": statement.said_by or "",
        "directness": cells.concept(Concept("directness", statement.directness)),
        "note": statement.note or "",
        "withdrawn": statement.withdrawn or "",
    }


def _links(site: Site, statement: Statement, cells: Cells) -> list[Markup]:
    """Return links to what a statement is about; of one that makes pairings, to these."""
    if isinstance(statement, PairingStatement):
        known = site.kg.derived.pairings
        slugs = dict.fromkeys(pairing_slug(known, tie.family, tie.parties) for tie in ties_of(site.corpus, statement))
        return [site.link("pairing", slug, cells.at) for slug in slugs if slug is not None]
    subject = site.mentions.subject(statement)
    return [site.link(*subject, cells.at)] if subject else []
