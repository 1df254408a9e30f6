"""What is known of a thing, and what is missing: the tiny world by hand, then claims on the shipped facts."""

from __future__ import annotations

import json
from typing import Any

import pytest

from cooperation_kg.errors import BadParameter
from cooperation_kg.graph.asof import parse_as_of
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.query.show import SHOWN_KINDS, Shown, show
from cooperation_kg.query.show.mentions import Mentions
from cooperation_kg.query.show.parts import SHORT, Part, Reader
from cooperation_kg.query.show.words import COLUMNS, HEADINGS
from cooperation_kg.render.documents import as_text

TIED = "kind: pairing, programme: ew, supporter: east, recipient: west"
AID = "kind: figure, about: {programme: ew, supporter: east, recipient: west}, measure: fiscal-aid, nature: flow"


def rows(shown: Shown, code: str, *columns: str) -> list[tuple[Any, ...]]:
    """Return columns of a part as JSON has them."""
    found = shown.as_json()["parts"][code]["rows"]
    return [tuple(row.get(column) for column in columns) for row in found]


def missing(shown: Shown) -> list[Any]:
    """Return what is missing, as JSON has it."""
    found: list[Any] = shown.as_json()["parts"].get("missing", {}).get("lines", [])
    return found


def test_figures_stand_by_measure_and_period_and_a_part_under_its_whole(mini: KnowledgeGraph) -> None:
    found = rows(show(mini, "海山"), "figures", "measure", "period", "literal")
    assert found[:5] == [
        ("fiscal-aid", "2016/2017", "3.5亿元"),
        ("fiscal-aid", "2016/2017", "1.2亿元"),
        ("fiscal-aid", "2016/2017", "3.5亿元"),
        ("fiscal-aid", "2016/2017", "3.2亿元"),
        ("fiscal-aid", "2018", "2亿元"),
    ]
    text = as_text(show(mini, "海山").document("zh"))
    assert "└ 1.2亿元" in text
    assert text.index("3.5亿元") < text.index("└ 1.2亿元") < text.index("3.2亿元")


def test_a_figure_is_marked_as_disputed_revised_or_part(mini: KnowledgeGraph) -> None:
    marks = dict(rows(show(mini, "海山"), "figures", "literal", "mark"))
    assert marks["3.2亿元"][0]["settled_by"] == "j001"
    assert marks["1.2亿元"] == [{"part_of": "first-report.s005"}]
    assert marks["120名"] == [{"revised_by": "yearbook.s005"}]
    assert marks["132名"] == [{"revises": "yearbook.s004"}]


def test_a_withdrawn_figure_is_not_shown(mini: KnowledgeGraph) -> None:
    assert "5%" not in [literal for (literal,) in rows(show(mini, "海山"), "figures", "literal")]


def test_of_a_pairing_that_only_a_name_proves_everything_else_is_missing(mini: KnowledgeGraph) -> None:
    assert missing(show(mini, "海河")) == [
        "undated",
        "no-direction",
        {"one-origin": "source/first-report"},
        "no-figure",
        {"searched": "j002"},
    ]


def test_first_seen_unconfirmed_and_years_without_money_are_named(told: Any) -> None:
    kg = told(
        a=(f"{TIED}, as_of: 2010/2015", f"{AID}, as_written: 1亿元, during: 2011/2012"), b=(f"{TIED}, as_of: 2014",)
    )
    assert missing(show(kg, "东省 → 西省")) == [
        {"no-start-stated": "2010"},
        "no-basis",
        {"not-confirmed-since": "2015-12-31"},
        {"no-money-figure-in": ["2010", "2013–2015"]},
    ]


def test_a_sighting_some_time_within_a_span_never_reads_as_its_first_day(told: Any) -> None:
    kg = told(a=(f'{TIED}, as_of: "[1979..1989]"',))
    assert missing(show(kg, "东省 → 西省"))[0] == {"no-start-stated": "[1979..1989]"}
    assert rows(show(kg, "east"), "pairings", "since") == [({"first-seen": "[1979..1989]"},)]


def test_what_only_a_translation_or_reprint_tells_is_said(told: Any) -> None:
    lines = (f"{TIED}, as_of: 2024, reached_by: translation", f"{TIED}, as_of: 2024, reached_by: reprint")
    kg = told(a=lines, b=(f"{TIED}, from: 2024, reached_by: abstract",))
    assert {"not-original": ["abstract", "reprint", "translation"]} in missing(show(kg, "东省 → 西省"))


def test_a_search_that_covers_a_programme_is_named_with_it_though_its_text_does_not_name_it(told: Any) -> None:
    searched = "kind: searched, what: 全国资金数, where: 报刊, covers: [{about: ew, measure: fiscal-aid}]"
    kg = told(a=(f"{TIED}, as_of: 2012",), judgements=[searched])
    assert {"searched": "j1"} in missing(show(kg, "ew"))
    assert {"searched": "j1"} not in missing(show(kg, "equals"))


def test_statuses_and_what_is_told_are_those_of_the_time_asked_about(told: Any) -> None:
    figures = (f"{AID}, as_written: 1亿元, during: 2011", f"{AID}, as_written: 2亿元, during: 2013")
    kg = told(a=(f"{TIED}, from: 2010, as_of: 2012", *figures))
    shown = show(kg, "东省 → 西省", parse_as_of(2013))
    assert shown.as_json()["parts"]["status"]["lines"][0] == {"as_of": "2013", "status": "possible"}
    assert rows(shown, "figures", "literal") == [("2亿元",)]


def test_what_is_missing_does_not_depend_on_the_time_asked_about(told: Any) -> None:
    kg = told(a=(f"{TIED}, from: 2010, as_of: 2012", f"{AID}, as_written: 1亿元, during: 2011"))
    then = missing(show(kg, "东省 → 西省", parse_as_of(2024)))
    assert then == missing(show(kg, "东省 → 西省"))
    assert {"no-money-figure-in": ["2010", "2012"]} in then
    assert "are left out; without --as-of" in as_text(show(kg, "东省 → 西省", parse_as_of(2024)).document("en"))


def test_the_date_of_a_policy_is_known_at_every_time(told: Any) -> None:
    kg = told(
        a=(
            f"{TIED}, basis: first-order, as_of: 2018",
            "kind: document, policy: first-order, date: 2010, number: 1号, by: bureau",
        )
    )
    policy = show(kg, "first-order", parse_as_of(2018))
    assert rows(policy, "documents", "date") == [("2010",)]
    assert rows(show(kg, "东省 → 西省", parse_as_of(2018)), "policies", "date") == [(["2010"],)]
    assert not {"no-date", "no-number", "no-issuer"} & {m for m in missing(policy) if isinstance(m, str)}


def test_what_is_confirmed_in_the_last_year_of_the_data_is_not_called_unconfirmed(told: Any) -> None:
    found = missing(show(told(a=(f"{TIED}, from: 2010, as_of: 2024",)), "东省 → 西省"))
    assert not [line for line in found if "not-confirmed-since" in line]


def test_a_pairing_without_a_basis_says_so(told: Any) -> None:
    assert "no-basis" in missing(show(told(a=(f"{TIED}, from: 2010",)), "东省 → 西省"))


def test_a_policy_said_to_set_up_the_pairing_is_not_missing(told: Any) -> None:
    about = "about: {programme: ew, supporter: east, recipient: west}"
    effect = f"kind: policy-effect, policy: first-order, effect: establishes, {about}"
    assert "no-basis" not in missing(show(told(a=(f"{TIED}, from: 2010", effect)), "东省 → 西省"))


@pytest.mark.parametrize(
    ("statement", "since", "until"),
    [
        (f"{TIED}, from: 1996-07, as_of: 1996/2000", "1996-07", "last-confirmed"),
        (f"{TIED}, basis: first-order", {"from-basis": "2010-06"}, "last-confirmed"),
        (f"{TIED}, from: 2010, until: 2015", "2010", {"end": "ended", "by": "2015-12-31"}),
        (f"{TIED}, from: 2010, due: 2035", "2010", {"end": "due", "by": "2035-12-31"}),
    ],
)
def test_start_and_end_are_no_more_precise_than_sources_are(told: Any, statement: str, since: Any, until: Any) -> None:
    kg = told(a=(statement,), b=("kind: document, policy: first-order, date: 2010-06",))
    assert rows(show(kg, "east"), "pairings", "since", "until") == [(since, until)]


def test_two_starts_that_differ_are_both_shown(told: Any) -> None:
    kg = told(a=(f"{TIED}, from: 1994",), b=(f"{TIED}, from: 1998",))
    assert rows(show(kg, "east"), "pairings", "since") == [("1994..1998",)]


def test_what_cannot_be_shown_is_sent_to_explain(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter, match=r"ckg explain term/test-east-west\.haizhou\.shanyuan\.1 says"):
        show(mini, "test-east-west.haizhou.shanyuan.1")


def test_a_judgement_is_shown_with_its_reason_and_what_it_is_about(mini: KnowledgeGraph) -> None:
    judgement = show(mini, "judgement/j001")
    assert rows(judgement, "judgements", "kind", "statements") == [
        ("prefers", list(mini.corpus.judgements["j001"].about))
    ]


def test_a_place_has_its_names_parents_partners_and_what_is_counted_in_it_or_paid_to_it(mini: KnowledgeGraph) -> None:
    place = show(mini, "古山县")
    assert (place.kind, place.identifier) == ("place", "hechuan-gushan")
    assert rows(place, "names", "code", "parent", "to") == [
        ("929021", None, "1997-06-17"),
        ("930121", None, None),
        (None, "place/shanyuan", "1997-06-17"),
        (None, "place/hechuan", None),
    ]
    province = show(mini, "山原")
    assert rows(province, "figures_counted", "literal", "about") == [
        ("3.5亿元", "pairing/test-east-west.haizhou.shanyuan"),
        ("近40所", "pairing/test-east-west.haizhou.shanyuan"),
    ]
    partners = rows(province, "pairings", "programme", "role", "partner")
    assert ("programme/test-east-west", "recipient", "place/haizhou") in partners
    assert ("programme/test-cooperation", "party", "place/linjiang") in partners


def test_what_lies_inside_a_place_is_what_did_at_the_time(told: Any) -> None:
    kg = told(a=(TIED,))
    inside = {
        time: {row[0] for row in rows(show(kg, "west", parse_as_of(time)), "inside", "place")} for time in (1990, 2020)
    }
    assert inside == {
        1990: {"place/west-city", "place/west-county", "place/moved"},
        2020: {"place/west-city", "place/west-county"},
    }


def test_what_is_said_of_a_whole_programme_is_not_shown_as_said_of_some_pairings(told: Any) -> None:
    figure = "kind: figure, measure: fiscal-aid, nature: flow, during: 2016, as_written: 9亿元"
    scopes = ("about: {programme: ew}", "about: {programme: ew, supporter: east}")
    kg = told(a=(TIED, *(f"{figure}, {about}" for about in scopes)))
    assert rows(show(kg, "东省 → 西省"), "scopes", "count", "statements") == [(1, ["a.s3"])]


def test_a_hidden_place_is_shown_as_hidden(mini: KnowledgeGraph) -> None:
    assert rows(show(mini, "W县"), "names", "aliases", "parent") == [("anonymous", "place/shanyuan")]


def test_a_policy_has_its_document_its_effects_and_what_rests_on_it(mini: KnowledgeGraph) -> None:
    policy = show(mini, "1996-report")
    assert rows(policy, "documents", "act", "date", "document_number") == [("approved", "1996-07", "测发〔1996〕26号")]
    assert rows(policy, "effects", "did") == [("establishes",)]
    assert rows(policy, "based", "pairing") == [("pairing/test-east-west.haizhou.shanyuan",)]
    assert "no-number" in missing(show(mini, "2021-plan"))


def test_a_source_says_how_it_was_read_and_what_it_leaves_open(mini: KnowledgeGraph) -> None:
    unread = missing(show(mini, "later-thesis"))
    assert unread == ["no-date", "no-address", {"read": "not-yet"}, {"reached_by": "abstract"}, "unused"]


def test_what_is_cut_is_counted_and_full_shows_it_all(told: Any) -> None:
    figures = [f"{AID}, as_written: {n}亿元, during: {1980 + n}" for n in range(1, SHORT + 8)]
    kg = told(a=(f"{TIED}, from: 1980", *figures))
    short, full = (as_text(show(kg, "东省 → 西省", full=full).document("en")) for full in (False, True))
    assert f"{SHORT} of {SHORT + 7} are listed … 7 more: --full" in short
    assert f"{SHORT + 7}亿元" not in short
    assert f"{SHORT + 7}亿元" in full
    assert "--full" not in full
    assert len(show(kg, "东省 → 西省").as_json()["parts"]["figures"]["rows"]) == SHORT + 7


def test_a_name_that_means_several_things_lists_them(mini: KnowledgeGraph) -> None:
    with pytest.raises(BadParameter, match="programme/test-east-west 测试东西协作; programme/test-action"):
        show(mini, "测试")


@pytest.mark.parametrize("name", ["place/haizhou", "海山", "test-east-west", "1996-report", "test-leading-group"])
@pytest.mark.parametrize("lang", ["zh", "en"])
def test_every_statement_that_is_shown_is_cited_in_json_with_its_source(
    mini: KnowledgeGraph, name: str, lang: str
) -> None:
    shown = show(mini, name)
    assert shown.document(lang).title
    plain = shown.as_json()
    told = {
        key for part in plain["parts"].values() for row in part.get("rows", ()) for key in row.get("statements", ())
    }
    assert told == set(plain["statements"])
    assert all(one["source"] in mini.corpus.sources for one in plain["statements"].values())


def test_every_part_and_column_has_words() -> None:
    assert all(zh and en for words in (HEADINGS, COLUMNS) for zh, en in words.values())


def test_a_part_refuses_a_row_that_does_not_fit() -> None:
    with pytest.raises(ValueError, match="as many cells"):
        Part("figures", ("a", "b"), (("only one",),))


# the shipped facts


@pytest.mark.parametrize("kind", SHOWN_KINDS)
def test_one_thing_of_every_kind_can_be_shown_in_both_languages(real: KnowledgeGraph, kind: str) -> None:
    tables = {
        **real.corpus.registers,
        "source": real.corpus.sources,
        "pairing": real.derived.pairings,
        "scope": real.derived.scopes,
        "statement": real.corpus.statements,
        "measure": {"fiscal-aid": None},
        "judgement": real.corpus.judgements,
    }
    key = next(iter(tables[kind]))
    shown = show(real, f"{kind}/{key}")
    assert (shown.kind, shown.identifier) == (kind, key)
    for lang in ("zh", "en"):
        assert as_text(shown.document(lang))
    json.dumps(shown.as_json(), ensure_ascii=False)


def test_every_pairing_has_a_place_in_the_answers_on_both_its_parties(real: KnowledgeGraph) -> None:
    shown = show(real, "place/beijing")
    of_beijing = [slug for slug, p in real.derived.pairings.items() if "beijing" in p.parties]
    assert sorted(row[0] for row in rows(shown, "pairings", "pairing")) == sorted(f"pairing/{s}" for s in of_beijing)


def test_the_figures_of_jing_meng_are_all_there_with_the_planned_sum_marked_as_revised(real: KnowledgeGraph) -> None:
    found = rows(show(real, "jingmeng"), "figures", "measure", "period", "literal", "mark")
    printed = {(measure, period, literal) for measure, period, literal, _ in found}
    assert ("fiscal-aid", "2016/2020", "39.43亿元") in printed
    assert ("grant-aid", "1996/2017", "12.64亿元") in printed
    assert ("grant-aid", "2018/2019", "27.44亿元") in printed
    assert [mark for *_, literal, mark in found if literal == "9.92亿元"] == [[{"revised_by": "cnr-2018.s009"}]]


def test_every_statement_that_stands_is_found_from_what_it_is_about(real: KnowledgeGraph) -> None:
    mentions = Mentions(real)
    for statement in mentions.standing:
        subject = mentions.subject(statement)
        assert subject is None or statement in mentions.about(*subject)
        assert statement in mentions.naming("source", statement.source)


def test_every_kind_of_cell_is_written(real: KnowledgeGraph) -> None:
    reader = Reader(real)
    assert reader.text((None, 3, "a"), "en") == ", 3, a"
    assert reader.cites(("a.s1", "b.s1", "c.s1", "d.s1", "e.s1")) == "a.s1 b.s1 c.s1 +2"


@pytest.mark.parametrize(
    ("statement", "zh", "en"),
    [
        (f"{TIED}, from: 1996-07", "1996年7月", "July 1996"),
        (f"{TIED}, basis: first-order", "2010年6月（政策日期）", "June 2010 (date of the policy)"),
        (f"{TIED}, from: 2010, until: 2015", "已终止（至迟2015年）", "ended (by 2015)"),
        (f"{TIED}, from: 2010, until: 2015-06", "已终止（至迟2015年6月）", "ended (by June 2015)"),
        (f"{TIED}, from: 2010, due: 2035-03-09", "有期限（至迟2035年3月9日）", "due (by 9 March 2035)"),
    ],
)
def test_start_and_end_are_written_as_readers_of_each_language_write_them(
    told: Any, statement: str, zh: str, en: str
) -> None:
    kg = told(a=(statement,), b=("kind: document, policy: first-order, date: 2010-06",))
    part, readers = show(kg, "east").part("pairings"), Reader(kg)
    assert zh in [readers.text(cell, "zh") for cell in part.rows[0]]
    assert en in [readers.text(cell, "en") for cell in part.rows[0]]


def test_a_pairing_names_the_policies_that_it_rests_on(told: Any) -> None:
    told_of = (f"{TIED}, basis: first-order, from: 2010",)
    assert rows(show(told(a=told_of), "east"), "pairings", "basis") == [(["policy/first-order"],)]
