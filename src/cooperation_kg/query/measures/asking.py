"""Which times and which programme are asked about, and what cannot be answered: it is refused with a remedy."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import SHOWN, AsOf, parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.lookup import find_things
from cooperation_kg.query.measures.counting import LASTING
from cooperation_kg.query.measures.results import Measure


def times_asked(
    kg: KnowledgeGraph,
    found: Measure,
    as_of: AsOf | str | int | None,
    years: str | int | Iterable[int] | None,
    status: Sequence[str] | None,
) -> tuple[AsOf, ...]:
    """Return the times to measure, each with the statuses that count; raises BadParameter."""
    if as_of is not None and years is not None:
        raise BadParameter("give --as-of or --years, not both / --as-of 与 --years 只能写一个")
    narrowed = as_of.statuses if isinstance(as_of, AsOf) and as_of.statuses != SHOWN else LASTING
    wanted = (status,) if isinstance(status, str) else tuple(status or narrowed)
    horizon = int(kg.corpus.dataset.horizon)
    listed: Iterable[str | int] = _years(years) or found.default_years or (horizon,)
    if as_of is not None:
        listed = (as_of.text if isinstance(as_of, AsOf) else as_of,)
    times = tuple(parse_as_of(time, wanted) for time in listed)
    for time in times:
        _refuse_unanswerable(found, time, horizon)
    return times


def _years(years: str | int | Iterable[int] | None) -> tuple[int, ...]:
    """Return the years asked about, each once, in order."""
    if not isinstance(years, str):
        return tuple(sorted({years} if isinstance(years, int) else {int(year) for year in years or ()}))
    try:
        whole = parse_as_of(years)
    except BadParameter as bad:
        raise BadParameter(str(bad).replace("--as-of", "--years")) from bad
    if whole.when.precision != "year":
        raise BadParameter(f"--years takes whole years, such as 1996/2026, not {years} / 请写整年，如 1996/2026")
    return tuple(range(whole.first_day.year, whole.last_day.year + 1))


def _refuse_unanswerable(found: Measure, time: AsOf, horizon: int) -> None:
    if time.first_day.year > horizon:
        raise BadParameter(
            f"the data go to {horizon}, and {time.text} is later: nothing is known of it, not even that pairings ended "
            f"/ 数据止于{horizon}年；此后一无所知，也不等于结对已终止"
        )
    if found.whole_years and not time.is_year:
        raise BadParameter(
            f"{found.name} compares a year with the one before: ask about a year, such as 2010 "
            "/ 更替须与上一年相比：请写年份，如 2010"
        )
    if found.whole_years and "undated" in time.statuses:
        raise BadParameter(
            f"{found.name}: an undated pairing neither begins nor ends in any year; ask with certain or possible "
            "/ 无年份的结对说不上何年开始或结束；请用 certain 或 possible"
        )


def programme_asked(kg: KnowledgeGraph, text: str | None) -> str | None:
    """Return the id of the one programme of that name, None where none is asked for; raises BadParameter."""
    if text is None:
        return None
    found = [(key, name) for kind, key, name in find_things(kg, text) if kind == "programme"]
    if len(found) == 1:
        return found[0][0]
    listed = found or [(entry.id, entry.name.zh) for entry in kg.corpus.programmes.values()]
    choices = ", ".join(f"{key} {name}" for key, name in listed)
    fault = (
        f"{text!r} may mean several programmes 可指" if found else f"no programme is called {text!r}; there are 现有"
    )
    raise BadParameter(f"{fault}: {choices}")
