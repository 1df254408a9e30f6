"""What held at a time? The one as-of switch: a year, a month, a day or an interval, and what a pairing was then.

The algorithm, for every query, page and export (docs/time.md has it in words):

1. A time asked about is the span of days that its text means: ``2018`` is 1 January to 31 December 2018, ``2018-04``
   the month, ``2016/2020`` 1 January 2016 to 31 December 2020. Both ends are included.
2. A pairing is **certain** as of a span where the certain pair of dates of one of its terms has a day in common with
   it; else **possible** where the possible pair of a term has; **undated** where no source says when; else **absent**.
3. A statement that tells a time is selected where that time has a day in common with the span. Its value is never
   clipped to the span; what tells no time is always selected.

For a whole year this is what ``coop:inForceIn`` and ``coop:possiblyIn`` say.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from cooperation_kg.curate.dates import BadDate, When, display, parse_when
from cooperation_kg.curate.statements import Statement
from cooperation_kg.curate.told import TIMES
from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.derive.results import Pairing, Term
from cooperation_kg.ontology import load_ontology

STATUSES = ("certain", "possible", "undated", "absent")
"""What a pairing can be at a time, the surest first."""
SHOWN = STATUSES[:3]
"""The statuses that are shown unless fewer are asked for."""


@dataclass(frozen=True)
class AsOf:
    """A time that is asked about, and the statuses that are wanted.

    >>> as_of = parse_as_of("2018-04")
    >>> as_of.first_day.isoformat(), as_of.last_day.isoformat(), as_of.year
    ('2018-04-01', '2018-04-30', 2018)
    """

    when: When
    statuses: tuple[str, ...] = SHOWN

    @property
    def text(self) -> str:
        """The time as it was asked, EDTF: 2018, 2018-04, 2016/2020."""
        return self.when.text

    @property
    def first_day(self) -> date:
        """The first day asked about."""
        return self.when.earliest

    @property
    def last_day(self) -> date:
        """The last day asked about; names of places are those of this day's year."""
        return self.when.latest

    @property
    def year(self) -> int:
        """The year of the last day asked about."""
        return self.last_day.year

    @property
    def is_year(self) -> bool:
        """Whether a whole calendar year is asked about."""
        return self.when.shape == "date" and self.when.precision == "year"

    @property
    def tag(self) -> str:
        """The time as part of a file name: ``as-of-2018``, ``as-of-2016_2020-certain``."""
        narrowed = () if self.statuses == SHOWN else self.statuses
        return "-".join(("as-of", self.text.replace("/", "_"), *narrowed))

    def words(self, lang: str) -> str:
        """Return the time and, where fewer are wanted, the statuses, in words; ``lang`` is zh or en.

        >>> parse_as_of("2018-04", ["certain"]).words("zh")
        '截至2018年4月（确定存续）'
        """
        when = display(self.when, lang)
        return f"截至{when}{self.narrowing(lang)}" if lang == "zh" else f"as of {when}{self.narrowing(lang)}"

    def narrowing(self, lang: str) -> str:
        """Return in brackets the statuses that are wanted where not all are, else an empty text."""
        if self.statuses == SHOWN:
            return ""
        labels = [load_ontology().label("status", status, lang) for status in self.statuses]
        return f"（{'、'.join(labels)}）" if lang == "zh" else f" ({', '.join(labels)})"

    def touches(self, first: date, last: date) -> bool:
        """Return whether an interval of days has one in common with the time asked about."""
        return first <= self.last_day and self.first_day <= last


def parse_as_of(text: str | int, statuses: Iterable[str] = ()) -> AsOf:
    """Read the time that somebody asks about: 2018, 2018-04, 2018-04-30 or 2016/2020.

    Parameters
    ----------
    text: EDTF; ``~`` and ``[..]`` are refused, for the one who asks knows which time is meant.
    statuses: certain, possible, undated; all three where none is given.

    Raises BadParameter.
    """
    wanted = tuple(statuses)
    unknown = [status for status in wanted if status not in SHOWN]
    if unknown:
        raise BadParameter(f"no status {', '.join(unknown)}; choose among 请选：{', '.join(SHOWN)}")
    try:
        when = parse_when(str(text))
    except BadDate as bad:
        raise BadParameter(f"--as-of: {bad.reason_en} / {bad.reason_zh}") from bad
    if when.approximate or when.is_some_time_within:
        raise BadParameter(
            f'--as-of: "{text}" leaves the time open; ask about 2018, 2018-04, 2018-04-30 or 2016/2020 '
            f"/ “{text}”时间不定；请写 2018、2018-04、2018-04-30 或 2016/2020"
        )
    return AsOf(when, tuple(status for status in SHOWN if status in wanted) or SHOWN)


def status_of(pairing: Pairing, as_of: AsOf) -> str:
    """Return what a pairing was at that time: certain, possible, undated or absent.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.derive import derive
    >>> pairings = derive(load_corpus()).pairings
    >>> status_of(pairings["east-west.beijing.inner-mongolia"], parse_as_of(2018))
    'certain'
    """
    if pairing.undated:
        return "undated"
    return min((status_of_term(term, as_of) for term in pairing.terms), key=STATUSES.index)


def status_of_term(term: Term, as_of: AsOf) -> str:
    """Return what one term was at that time: certain, possible or absent."""
    if term.certain_from and term.certain_to and as_of.touches(term.certain_from, term.certain_to):
        return "certain"
    return "possible" if as_of.touches(term.possible_from, term.possible_to) else "absent"


def pairings_as_of(pairings: Mapping[str, Pairing], as_of: AsOf) -> Mapping[str, str]:
    """Return the status by slug of every pairing that has one of the statuses wanted."""
    found = ((slug, status_of(pairing, as_of)) for slug, pairing in pairings.items())
    return {slug: status for slug, status in found if status in as_of.statuses}


def tells_of(statement: Statement, as_of: AsOf) -> bool:
    """Return whether a statement tells of that time, or of no time at all."""
    told = [when for name in TIMES if isinstance(when := getattr(statement, name, None), When)]
    return not told or any(as_of.touches(when.earliest, when.latest) for when in told)
