"""Quantities: the table of literals beside this file, then claims that no table can make."""

from __future__ import annotations

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cooperation_kg.curate.quantities import (
    Bound,
    Fault,
    Quantity,
    UnreadableQuantity,
    agrees,
    read_quantity,
    reading,
    write_quantity,
)
from cooperation_kg.curate.quantities.units import CHINESE, UNITS
from cooperation_kg.errors import CooperationError

TABLE = Path(__file__).with_name("quantity_literals.tsv")
with TABLE.open(encoding="utf-8", newline="") as stream:
    ROWS = list(csv.DictReader(stream, delimiter="\t", quoting=csv.QUOTE_NONE))
READABLE = [row for row in ROWS if not row["refused"]]
REFUSED = [row for row in ROWS if row["refused"]]


def named(row: dict[str, str]) -> str:
    return f"{row['literal']}+{row['given']}"


def number(cell: str) -> Decimal | None:
    return Decimal(cell.replace(",", "")) if cell and "/" not in cell else None


@pytest.mark.parametrize("row", READABLE, ids=named)
def test_literal_reads_as_the_table_says(row: dict[str, str]) -> None:
    q = read_quantity(row["literal"], row["given"] or None)
    expected = Quantity(
        value=number(row["value"]),
        minimum=number(row["minimum"]),
        maximum=number(row["maximum"]),
        ratio=Fraction(row["value"]) if "/" in row["value"] else None,
        unit=row["unit"],
        bound=Bound(row["bound"]),
    )
    assert q == expected


@pytest.mark.parametrize("row", READABLE, ids=named)
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_what_was_read_survives_writing(row: dict[str, str], lang: Literal["zh", "en"]) -> None:
    q = read_quantity(row["literal"], row["given"] or None)
    own = q.unit if q.unit and q.unit not in {unit for unit, *_ in UNITS} else None
    assert read_quantity(write_quantity(q, lang), own) == q


@pytest.mark.parametrize("row", REFUSED, ids=named)
def test_literal_is_refused_for_the_reason_in_the_table(row: dict[str, str]) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        read_quantity(row["literal"], row["given"] or None)
    assert caught.value.fault == Fault(row["refused"])


def test_table_is_as_broad_as_promised() -> None:
    assert len({row["literal"] for row in ROWS}) >= 190
    assert len({row["literal"] for row in ROWS if row["origin"]}) >= 100
    assert len({row["literal"] for row in REFUSED}) >= 40


def test_every_kind_of_fault_has_a_row() -> None:
    assert {row["refused"] for row in REFUSED} == {str(fault) for fault in Fault}


def test_refusal_names_literal_place_and_reason_in_both_languages() -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        read_quantity("  5 万元资金")
    error = caught.value
    assert (error.text, error.position) == ("  5 万元资金", 6)
    assert error.reason_en.startswith("these words")
    assert error.reason_zh.startswith("这些字")


def test_refusal_is_an_error_of_this_package_and_a_value_error() -> None:
    assert issubclass(UnreadableQuantity, CooperationError)
    assert issubclass(UnreadableQuantity, ValueError)


@pytest.mark.parametrize("text", ["9" * 100_000, "1," * 50_000, "一" * 100_000, " " * 100_000, "a" * 100_000])
def test_very_long_text_is_refused_by_its_length_alone(text: str) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        read_quantity(text)
    assert caught.value.fault == Fault.TOO_LONG


def test_very_long_unit_is_refused() -> None:
    with pytest.raises(UnreadableQuantity):
        read_quantity("5", "人" * 100_000)


@pytest.mark.parametrize("unit", ["5人", "三五", "a b", "。", "多"])
def test_given_unit_that_cannot_be_a_unit_is_refused(unit: str) -> None:
    with pytest.raises(UnreadableQuantity) as caught:
        read_quantity("5", unit)
    assert caught.value.fault == Fault.UNKNOWN_UNIT


def test_money_is_exact_where_a_float_would_not_be() -> None:
    assert read_quantity("0.1亿元").value == Decimal("10000000")
    assert read_quantity("1.005万元").value == Decimal("10050")


def test_persons_and_person_times_never_agree() -> None:
    assert read_quantity("5人").unit != read_quantity("5人次").unit


def test_empty_unit_given_says_that_there_is_none() -> None:
    assert read_quantity("5", "").unit == ""
    with pytest.raises(UnreadableQuantity):
        read_quantity("5人", "")


def test_same_unit_given_twice_is_accepted() -> None:
    assert read_quantity("39.43亿元", "元").value == Decimal(3_943_000_000)


@pytest.mark.parametrize(
    ("literal", "value", "unit", "answer"),
    [
        ("39.43亿元", "3943000000", "元", True),
        ("39.43亿元", "39.43", "亿元", True),
        ("39.43亿元", "39.43", "元", False),
        ("39.43亿元", "3943000000", "美元", False),
        ("500多万人", "5000000", "人", True),
        ("5人", "5", "人次", False),
        ("5%", "5", "‰", False),
        ("3-5万元", "40000", "元", False),
        ("1/3", "0.333", "", False),
        ("5人", "NaN", "人", False),
        ("5人", "5", "5人", False),
    ],
)
def test_value_given_by_hand_agrees_only_if_it_is_the_one_read(
    literal: str, value: str, unit: str, answer: bool
) -> None:
    assert agrees(read_quantity(literal), Decimal(value), unit) is answer


@pytest.mark.parametrize(
    ("literal", "zh", "en"),
    [
        ("39.43亿元", "39.43亿元", "CNY 3.943 billion"),
        ("5107.12万元", "5107.12万元", "CNY 51.0712 million"),
        ("60853人", "60853人", "60,853 people"),
        ("1.2万亿元", "1.2万亿元", "CNY 1.2 trillion"),
        ("21亿多元", "超过21亿元", "more than CNY 2.1 billion"),
        ("近四成", "近40%", "nearly 40%"),
        ("3-5万元", "3万至5万元", "CNY 30,000 to 50,000"),
        ("10-15%", "10%至15%", "10% to 15%"),
        ("6个百分点", "6个百分点", "6 percentage points"),
        ("不少于7家", "至少7家", "at least 7 organisations (家)"),
        ("约三分之一", "约1/3", "about 1/3"),
        ("1人", "1人", "1 person"),
        ("2.6倍", "2.6倍", "2.6 times"),
    ],
)
def test_quantity_is_written_for_both_languages(literal: str, zh: str, en: str) -> None:
    q = read_quantity(literal)
    assert (write_quantity(q, "zh"), write_quantity(q, "en")) == (zh, en)


def test_range_whose_ends_have_very_different_sizes_is_written_without_doubt() -> None:
    q = Quantity(None, "元", Decimal(5), Decimal(10_000_000))
    assert read_quantity(write_quantity(q, "zh")) == q
    assert read_quantity(write_quantity(q, "en")) == q


@pytest.mark.parametrize(
    ("value", "minimum", "maximum"),
    [(None, None, None), (Decimal(1), Decimal(1), Decimal(2)), (None, Decimal(1), None)],
)
def test_quantity_is_one_value_or_one_whole_range(
    value: Decimal | None, minimum: Decimal | None, maximum: Decimal | None
) -> None:
    with pytest.raises(ValueError, match=r"give a value|a range has both"):
        Quantity(value, "人", minimum, maximum)


amounts = st.one_of(
    st.integers(0, 10**16).map(Decimal),
    st.tuples(st.integers(0, 10**7), st.sampled_from([-4, -2, -1, 3, 4, 6, 8])).map(
        lambda p: Decimal(p[0]).scaleb(p[1])
    ),
)
# 年 before a number of four digits is a calendar year, which the reader refuses on purpose.
units = st.sampled_from(["", *(unit for unit, *_ in UNITS if unit != "年")])
languages: st.SearchStrategy[Literal["zh", "en"]] = st.sampled_from(["zh", "en"])


@given(amounts, units, st.sampled_from(Bound), languages)
def test_value_written_and_read_is_the_same(value: Decimal, unit: str, bound: Bound, lang: Literal["zh", "en"]) -> None:
    q = Quantity(value, unit, bound=bound)
    assert read_quantity(write_quantity(q, lang)) == q


@given(amounts, amounts, units, st.sampled_from([Bound.EXACT, Bound.ABOUT]), languages)
def test_range_written_and_read_is_the_same(
    one: Decimal, other: Decimal, unit: str, bound: Bound, lang: Literal["zh", "en"]
) -> None:
    minimum, maximum = min(one, other), max(one, other) + 1
    q = Quantity(None, unit, minimum, maximum, bound)
    assert read_quantity(write_quantity(q, lang)) == q


PIECES = [
    *"0123456789.,，-–—~/%‰()（） 零〇一二两三十廿百千万亿点多余几数近约超至到成元人个年",
    *["分之", "百分之", "以上", "左右", "不足", "人次", "千克", "亿元", "½", "²", "٣", "\n", "\0", "\ud800"],
    *["million", "yuan", "CNY ", " to ", "hundred", "two", "third", " and ", "items (个)", "e", "x", "NaN"],
]
texts = st.one_of(st.text(), st.lists(st.sampled_from(PIECES), max_size=12).map("".join))


@given(texts, st.one_of(st.none(), st.sampled_from(["人", "万元", "成", "穴", "吨/年", "GW"]), st.text()))
def test_reading_any_text_gives_a_quantity_or_the_one_error(text: str, unit: str | None) -> None:
    try:
        q = read_quantity(text, unit)
    except UnreadableQuantity as error:
        place = error.position
    else:
        place = 0 if isinstance(q, Quantity) else -1
    assert 0 <= place <= len(text)


@given(texts)
def test_whatever_is_read_can_be_written_and_read_again(text: str) -> None:
    try:
        q = read_quantity(text)
    except UnreadableQuantity:
        return
    assert read_quantity(write_quantity(q)) == q


NUMBERS = [
    "0",
    "1",
    "007",
    "1.5",
    "39.40",
    "0.5",
    "00.5",
    "1,234",
    "12,34",
    "1,234.50",
    "2016",
    "999",
    "5.",
    ".5",
    "100",
]
SCALES_AND_MORE = ("", "万", "亿", "万亿", "千", "百", "千万", "多", "余")


@pytest.mark.parametrize("number", NUMBERS)
def test_a_plain_literal_is_read_alike_with_and_without_the_short_cut(
    number: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    literals = [f"{number}{scale}{unit}" for scale in SCALES_AND_MORE for unit in ("", "无此单位", *CHINESE)]
    short = {literal: quantity for literal in literals if (quantity := reading._read_plain(literal)) is not None}
    monkeypatch.setattr(reading, "_read_plain", lambda text: None)
    long = {literal: reading.read_quantity.__wrapped__(literal) for literal in short}
    assert {literal: (q, q.resolution) for literal, q in short.items()} == {
        literal: (q, q.resolution) for literal, q in long.items()
    }


def test_the_short_cut_takes_the_usual_literals_and_no_calendar_year() -> None:
    taken = [x for x in ("39.43亿元", "1,234人", "468", "2016年", "5百分点", "近3万人") if reading._read_plain(x)]
    assert taken == ["39.43亿元", "1,234人", "468"]
