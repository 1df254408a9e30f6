"""On which day does a fact begin? The first day that a statement tells, or failing that its source."""

from __future__ import annotations

from datetime import date
from functools import cache

from cooperation_kg.curate.dates import When
from cooperation_kg.curate.fields import Record
from cooperation_kg.curate.registers import Source
from cooperation_kg.curate.statements import Statement

# fields that say when something was so; ``due`` is left out, since it speaks of the future
TIMES = ("since", "until", "as_of", "during", "at", "date")


@cache
def fields_of(record_type: type[Record], names: tuple[str, ...]) -> tuple[str, ...]:
    """Return those of some names that are fields of a kind of record.

    >>> from cooperation_kg.curate.statements import ChangeStatement
    >>> fields_of(ChangeStatement, TIMES)
    ('date',)
    """
    # asking a record for a field that it lacks takes pydantic twenty times as long as for one that it has
    return tuple(name for name in names if name in record_type.model_fields)


def first_day_told(statement: Statement, source: Source | None = None) -> date | None:
    """Return the first day that a statement can mean, or None where it tells no time.

    Parameters
    ----------
    source: the document; its date stands in where the statement tells none. Left out: the statement alone counts.

    >>> from cooperation_kg.curate.statements import ParticipationStatement
    >>> first_day_told(ParticipationStatement.model_validate(
    ...     dict(source="s", id="a", kind="participation", locator="1", place="p", programme="q", as_of="2011-05")))
    datetime.date(2011, 5, 1)
    """
    told = (getattr(statement, name) for name in fields_of(type(statement), TIMES))
    days = [when.earliest for when in told if isinstance(when, When)]
    if not days and source is not None and source.date is not None:
        return source.date.earliest
    return min(days, default=None)
