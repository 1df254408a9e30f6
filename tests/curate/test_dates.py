"""Dates: expected bounds are read off ISO 8601-2 (EDTF) and the calendar."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation_kg.curate.dates import BadDate, display, parse_when


def bounds(text: str) -> tuple[str, str]:
    when = parse_when(text)
    return when.earliest.isoformat(), when.latest.isoformat()


def refusal(text: str) -> BadDate:
    with pytest.raises(BadDate) as caught:
        parse_when(text)
    return caught.value


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016", "2016-01-01", "2016-12-31"),
        ("2016-12", "2016-12-01", "2016-12-31"),
        ("2016-12-03", "2016-12-03", "2016-12-03"),
        ("2020-02", "2020-02-01", "2020-02-29"),
        ("1900-02", "1900-02-01", "1900-02-28"),
        ("2000-02-29", "2000-02-29", "2000-02-29"),
        ("2016/2020", "2016-01-01", "2020-12-31"),
        ("2016-05/2020", "2016-05-01", "2020-12-31"),
        ("2016/2016", "2016-01-01", "2016-12-31"),
        ("2016-12/2016", "2016-12-01", "2016-12-31"),
        ("[1996..2019]", "1996-01-01", "2019-12-31"),
        ("[1996-05..1996-07]", "1996-05-01", "1996-07-31"),
    ],
)
def test_bounds_are_the_first_and_the_last_day_that_the_text_can_mean(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)


@pytest.mark.parametrize(
    ("text", "earliest", "latest"),
    [
        ("2016~", "2015-01-01", "2017-12-31"),
        ("2016-12~", "2016-11-01", "2017-01-31"),
        ("2016-01~", "2015-12-01", "2016-02-29"),
        ("2016-03-01~", "2016-02-29", "2016-03-02"),
        ("2100~", "2099-01-01", "2101-12-31"),
        ("2016~/2020~", "2015-01-01", "2021-12-31"),
        ("2016~/2020", "2015-01-01", "2020-12-31"),
    ],
)
def test_about_widens_by_one_unit_of_the_stated_precision(text: str, earliest: str, latest: str) -> None:
    assert bounds(text) == (earliest, latest)


def test_an_interval_knows_when_it_can_have_begun_and_ended() -> None:
    when = parse_when("2016/2018-03")
    assert when.start == (date(2016, 1, 1), date(2016, 12, 31))
    assert when.end == (date(2018, 3, 1), date(2018, 3, 31))


def test_an_interval_cannot_begin_after_its_end() -> None:
    assert parse_when("2016/2016-03").start.latest == date(2016, 3, 31)


def test_an_interval_cannot_end_before_its_start() -> None:
    assert parse_when("2016-05/2016").end.earliest == date(2016, 5, 1)


def test_some_time_within_can_have_begun_anywhere_in_the_span() -> None:
    assert parse_when("[1996..2019]").start == (date(1996, 1, 1), date(2019, 12, 31))


def test_lasting_and_some_time_within_are_told_apart() -> None:
    lasting, within = parse_when("1996/2019"), parse_when("[1996..2019]")
    assert (lasting.is_interval, lasting.is_some_time_within) == (True, False)
    assert (within.is_interval, within.is_some_time_within) == (False, True)


@pytest.mark.parametrize(
    ("text", "precision"),
    [("2016", "year"), ("2016-12", "month"), ("2016-12-03", "day"), ("2016-12-03/2020-01", "month")],
)
def test_precision_is_that_of_the_text_and_the_coarser_of_two(text: str, precision: str) -> None:
    assert parse_when(text).precision == precision


def test_one_approximate_side_makes_an_interval_approximate() -> None:
    assert parse_when("2016/2020~").approximate


def test_spans_that_share_one_day_overlap() -> None:
    assert parse_when("2016/2020").overlaps(parse_when("2020-12-31"))


def test_spans_that_only_touch_do_not_overlap() -> None:
    assert not parse_when("2016").overlaps(parse_when("2017"))


def test_a_year_contains_its_month_and_its_last_day() -> None:
    assert parse_when("2016").contains(parse_when("2016-12"))
    assert parse_when("2016").contains(date(2016, 12, 31))


def test_a_month_does_not_contain_its_year() -> None:
    assert not parse_when("2016-12").contains(parse_when("2016"))


def test_years_are_those_the_span_touches() -> None:
    assert list(parse_when("2016-12/2018-01").years()) == [2016, 2017, 2018]


@pytest.mark.parametrize(
    ("text", "suggestion"),
    [
        ("2016年", "2016"),
        ("2016年12月", "2016-12"),
        ("2016年12月3日", "2016-12-03"),
        ("2016 年 5 月", "2016-05"),
        ("2016-5", "2016-05"),
        ("2016-12-3", "2016-12-03"),
        ("2016.12", "2016-12"),
        ("2016/12", "2016-12"),
        ("2016/12/03", "2016-12-03"),
        ("12/2016", "2016-12"),
        ("20161203", "2016-12-03"),
        ("201612", "2016-12"),
        ("2016-12-03T10:00:00", "2016-12-03"),
        ("２０１６", "2016"),
        (" 2016", "2016"),
        ("2016-2020", "2016/2020"),
        ("2016~2020", "2016/2020"),
        ("2016—2020", "2016/2020"),
        ("2016–2020年", "2016/2020"),
        ("2016年至2020年", "2016/2020"),
        ("2016年5月至2020年12月", "2016-05/2020-12"),
        ("2016年5月至12月", "2016-05/2016-12"),
        ("2016-12-03至2016-12-05", "2016-12-03/2016-12-05"),
        ("约2016年", "2016~"),
        ("2016年左右", "2016~"),
        ("2016?", "2016~"),
        ("1996..2019", "[1996..2019]"),
        ("[1996...2019]", "[1996..2019]"),
        ("199X", "[1990..1999]"),
        ("2016-00", "2016"),
        ("2016-12-00", "2016-12"),
        ("2020/2016", "2016/2020"),
        ("[2019..1996]", "[1996..2019]"),
    ],
)
def test_a_habit_of_writing_is_refused_with_what_to_write(text: str, suggestion: str) -> None:
    fault = refusal(text)
    assert fault.suggestion == suggestion
    assert fault.reason_en.endswith(f"write {suggestion}")
    assert fault.reason_zh.endswith(f"请写作 {suggestion}")


@pytest.mark.parametrize(
    ("text", "why"),
    [
        ("2016-13", "month"),
        ("2016-21", "month"),  # a season in EDTF level 1
        ("2016-17", "month"),  # 2016-2017 cut short: a guess, so none is offered
        ("2019-02-29", "day"),
        ("1900-02-29", "day"),
        ("2016-04-31", "day"),
        ("0000", "year"),
        ("9999", "year"),
        ("1899-12-31", "year"),
        ("2101", "year"),
        ("96", "short year"),
        ("96-05", "short year"),
        ("2016/..", "open"),
        ("../2016", "open"),
        ("2016/", "open"),
        ("[..2016]", "open"),
        ("[1996~..2019]", "about within"),
        ("", "form"),
        ("unknown", "form"),
        ("2016年底", "form"),
        ("{2016,2018}", "form"),
        ("2016/2018/2020", "form"),
        ("2016~-12", "form"),
        ("-2016", "form"),
        ("٢٠١٦-13", "form"),  # Arabic-Indic digits are digits to Python, not to ISO 8601
    ],
)
def test_what_cannot_be_read_is_refused_for_its_own_reason_without_a_guess(text: str, why: str) -> None:
    fault = refusal(text)
    assert (fault.why, fault.suggestion) == (why, None)
    assert fault.reason_en.startswith(f'"{text}" ')
    assert fault.reason_zh.startswith(f"“{text}”")


def test_a_very_long_text_is_refused_at_once_and_shown_shortened() -> None:
    fault = refusal("[" + "1." * 100_000)
    assert fault.why == "form"
    assert len(fault.reason_en) < 200


def test_a_newline_after_a_date_is_not_overlooked() -> None:
    assert refusal("2016\n").suggestion == "2016"


@pytest.mark.parametrize(
    ("text", "zh", "en"),
    [
        ("2016", "2016年", "2016"),
        ("2016-12", "2016年12月", "December 2016"),
        ("2016-01-03", "2016年1月3日", "3 January 2016"),
        ("2016~", "约2016年", "about 2016"),
        ("2016/2020", "2016年至2020年", "2016–2020"),
        ("2016-12/2018", "2016年12月至2018年", "December 2016 – 2018"),
        ("2016~/2020", "约2016年至2020年", "about 2016 – 2020"),
        ("[1996..2019]", "1996年至2019年间某时", "some time between 1996 and 2019"),
    ],
)
def test_words_say_no_more_than_the_text(text: str, zh: str, en: str) -> None:
    when = parse_when(text)
    assert (display(when, "zh"), display(when, "en")) == (zh, en)


@st.composite
def moments(draw: st.DrawFn) -> tuple[str, date]:
    """A printed date and a day that it includes."""
    day = draw(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
    width = draw(st.sampled_from([4, 7, 10]))
    return day.isoformat()[:width] + draw(st.sampled_from(["", "~"])), day


@st.composite
def whens(draw: st.DrawFn) -> str:
    (left, first), (right, last) = draw(moments()), draw(moments())
    if first > last:
        left, right = right, left
    shape = draw(st.sampled_from(["date", "interval", "within"]))
    if shape == "within":
        return f"[{left.rstrip('~')}..{right.rstrip('~')}]"
    return left if shape == "date" else f"{left}/{right}"


@given(moments())
def test_a_printed_date_contains_every_day_it_is_printed_of(moment: tuple[str, date]) -> None:
    text, day = moment
    assert parse_when(text).contains(day)


@given(whens())
def test_the_text_is_kept_as_typed(text: str) -> None:
    assert parse_when(text).text == text


@given(whens())
def test_bounds_are_in_order(text: str) -> None:
    when = parse_when(text)
    assert when.earliest <= when.start.latest <= when.latest
    assert when.earliest <= when.end.earliest <= when.latest
    assert when.start.earliest <= when.start.latest
    assert when.end.earliest <= when.end.latest


@given(whens(), whens())
def test_overlapping_is_mutual_and_agrees_with_shared_years(one: str, other: str) -> None:
    a, b = parse_when(one), parse_when(other)
    assert a.overlaps(b) == b.overlaps(a)
    assert not a.overlaps(b) or set(a.years()) & set(b.years())


@given(st.dates(min_value=date(1900, 1, 2), max_value=date(2100, 12, 30)))
def test_about_a_day_is_that_day_and_its_two_neighbours(day: date) -> None:
    when = parse_when(f"{day.isoformat()}~")
    assert (when.earliest, when.latest) == (day - timedelta(days=1), day + timedelta(days=1))


@given(st.text(alphabet="0123456789-/.~[]年月日至约?X ", max_size=24))
def test_any_text_is_read_or_refused_with_reasons_and_a_readable_remedy(text: str) -> None:
    fault: BadDate | None = None
    try:
        parse_when(text)
    except BadDate as caught:
        fault = caught
    assert fault is None or (fault.reason_en and fault.reason_zh)
    assert fault is None or fault.suggestion is None or parse_when(fault.suggestion).text == fault.suggestion
