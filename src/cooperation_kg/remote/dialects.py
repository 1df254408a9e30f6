"""What servers do differently, in one table with the reason for each; a server is known by its ``Server`` header,
and ``ckg serve`` by its ``X-Software`` header also where a proxy replaces that.

Where a server is not known, the row PORTABLE holds what every server seen so far accepts. What no row can mend is said
in ``docs/push.md``.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Dialect:
    """What one kind of server needs.

    Parameters
    ----------
    statements: triples in one update at most.
    posted: triples in one request of the Graph Store protocol at most.
    page: rows asked for at once.
    whole: whether the Graph Store protocol gives a graph whole, however large.
    decimals: whether a whole decimal stays one; else ``"30"^^xsd:decimal`` may come back as the integer 30.
    names_graphs: whether a query names the pushed graphs as its dataset; else the union of all graphs of the server
        is asked, whatever else it holds.
    union: a parameter of the request that makes the default graph this union, where the server needs one.
    most_rows: rows, or one more, at which answers are cut without a word; 0 for none.
    """

    name: str
    statements: int = 500
    posted: int = 20_000
    page: int = 5_000
    whole: bool = False
    decimals: bool = True
    names_graphs: bool = True
    union: str = ""
    most_rows: int = 0


SERVE = "cooperation-kg"
"""What ``ckg serve`` calls itself."""
PORTABLE = Dialect("SPARQL 1.1")
DIALECTS: tuple[Dialect, ...] = (
    # takes megabytes in one update, and answers whole; looks into each named graph in turn (600 of them: a question
    # of 0.3 s takes 30 s), so its own parameter for the union is used
    Dialect("Oxigraph", statements=20_000, page=50_000, whole=True, names_graphs=False, union="union-default-graph"),
    # cuts every answer with 200 OK, rows at 10,000, triples and GET of a graph at 10,001; refuses 5,000 triples in one
    # update; an update keeps a whole decimal as an integer; its default graph is the union of all, and hundreds of FROM
    # are more than it compiles
    Dialect("Virtuoso", decimals=False, names_graphs=False, most_rows=10_000),
    # ckg serve: its default graph is the union
    Dialect(SERVE, page=50_000, whole=True, names_graphs=False),
)


def dialect_of(*names: str) -> Dialect:
    """Return the dialect of a server that calls itself so.

    >>> dialect_of("Virtuoso/07.20.3229 (Linux)").decimals, dialect_of("nginx").name
    (False, 'SPARQL 1.1')
    """
    return next((d for d in DIALECTS for name in names if name.lower().startswith(d.name.lower())), PORTABLE)
