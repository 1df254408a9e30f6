"""When does a sentence stand against the record? A wrong "disagrees" misleads most, so each way to it has its test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from tiny_world import write_world

from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.quantities import read_quantity
from cooperation_kg.graph.dataset import KnowledgeGraph, build_graph
from cooperation_kg.query.claims import Checked, ClaimChecker
from cooperation_kg.query.claims.documents import DocumentClaim, check_document
from cooperation_kg.query.claims.values import is_misprint

Check = Callable[..., Checked]
PAIR = "kind: pairing, programme: ew, supporter: {}, recipient: {}, {}"
ABOUT = "kind: figure, about: {programme: ew, supporter: east, recipient: west}"
LIST_OF_2018 = tuple(PAIR.format(a, b, "as_of: 2018") for a, b in (("east", "west"), ("south", "north")))
THIRD = PAIR.format("east", "north", "as_of: 2018")


@pytest.fixture
def check(tmp_path: Path) -> Check:
    """Return a function that checks a sentence against statements: one keyword a source, one line a statement."""
    count = 0

    def checked(sentence: str, **statements: tuple[str, ...]) -> Checked:
        nonlocal count
        count += 1
        folder = tmp_path / f"data-{count}"
        write_world(folder, {}, (), "", "2024", statements)
        return ClaimChecker(build_graph(load_corpus(folder))).check(sentence)

    return checked


def figure(literal: str, time: str = "during: 2018", measure: str = "fiscal-aid", more: str = "") -> str:
    return f"{ABOUT}, measure: {measure}, as_written: {literal}, {time}, nature: flow{more}"


def test_another_supporter_alone_contradicts_nothing_and_is_shown_as_near(check: Check) -> None:
    checked = check("2018年，南省对口帮扶西省", one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert (checked.answer, checked.statements("near")) == ("nothing-known", ("one.s1",))


def test_two_sources_that_give_each_another_partner_are_no_list(check: Check) -> None:
    one, other = LIST_OF_2018
    assert check("2018年，南省对口帮扶西省", one=(one,), other=(other,)).answer == "nothing-known"


def test_a_list_of_that_time_that_gives_both_other_partners_contradicts(check: Check) -> None:
    checked = check("2018年，南省对口帮扶西省", roll=(*LIST_OF_2018, THIRD))
    assert checked.answer == "disagrees"
    assert set(checked.statements("disagrees")) == {"roll.s1", "roll.s2"}
    assert "3对" in checked.findings[0].bearings[0].why.zh


def test_two_pairings_of_one_source_are_not_yet_a_list(check: Check) -> None:
    assert check("2018年，南省对口帮扶西省", roll=LIST_OF_2018).answer == "nothing-known"


@pytest.mark.parametrize("time", ["2012年", "2020年"])
def test_a_list_of_another_time_contradicts_nothing(check: Check, time: str) -> None:
    assert check(f"{time}，南省对口帮扶西省", roll=(*LIST_OF_2018, THIRD)).answer == "nothing-known"


def test_a_list_of_some_time_within_a_span_contradicts_nothing(check: Check) -> None:
    vague = tuple(line.replace("as_of: 2018", "as_of: '[2010..2020]'") for line in (*LIST_OF_2018, THIRD))
    assert check("2018年，南省对口帮扶西省", roll=vague).answer == "nothing-known"


def test_a_list_of_one_year_contradicts_nothing_said_of_many(check: Check) -> None:
    assert check("2016至2020年，南省对口帮扶西省", roll=(*LIST_OF_2018, THIRD)).answer == "nothing-known"


def test_a_list_is_named_with_its_programme(check: Check) -> None:
    why = check("2018年，南省对口帮扶西省", roll=(*LIST_OF_2018, THIRD)).findings[0].bearings[0].why
    assert "东西协作" in why.zh
    assert "East–west" in why.en


def test_a_list_that_names_only_one_of_the_two_contradicts_nothing(check: Check) -> None:
    roll = (*(PAIR.format("east", there, "as_of: 2018") for there in ("west", "north")), LIST_OF_2018[0])
    assert check("2018年，南省对口帮扶西省", roll=roll).answer == "nothing-known"


def test_partners_of_another_rank_are_no_rivals(check: Check) -> None:
    roll = (*LIST_OF_2018, THIRD)
    assert check("2018年，南省对口帮扶西县", roll=roll).answer == "nothing-known"


def test_two_that_began_with_others_in_that_year_did_not_begin_with_each_other(check: Check) -> None:
    one, other = PAIR.format("east", "west", "from: 2016"), PAIR.format("south", "north", "from: 2016-09")
    assert check("南省自2016年起对口帮扶西省", one=(one,), other=(other,)).answer == "disagrees"
    assert check("南省自2017年起对口帮扶西省", one=(one,), other=(other,)).answer == "nothing-known"
    assert check("2016年，南省对口帮扶西省", one=(one,), other=(other,)).answer == "nothing-known"


def test_of_two_supporters_each_is_checked_and_the_worst_counts(check: Check) -> None:
    checked = check("2018年，东省和南省对口帮扶西省", one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert [finding.answer for finding in checked.findings] == ["agrees", "nothing-known"]
    assert checked.answer == "nothing-known"


def test_respectively_pairs_two_lists_in_their_order(check: Check) -> None:
    checked = check("2018年，东省、南省分别对口帮扶西省、北省", roll=LIST_OF_2018)
    assert [finding.answer for finding in checked.findings] == ["agrees", "agrees"]


def test_two_lists_without_respectively_ask_a_partner_for_each(check: Check) -> None:
    checked = check("2018年，东省、南省对口帮扶西省、北省", roll=LIST_OF_2018)
    assert ([finding.answer for finding in checked.findings], checked.answer) == (["agrees"] * 4, "agrees")


def test_a_source_with_several_on_each_side_says_not_who_goes_with_whom(check: Check) -> None:
    open_pairing = "kind: figure, about: {programme: ew, supporter: [east, south], recipient: [west, north]}"
    line = f"{open_pairing}, measure: fiscal-aid, as_written: 3亿元, during: 2018, nature: flow"
    assert check("2018年，南省对口帮扶西省", one=(line,)).answer == "nothing-known"


def test_help_of_another_time_says_nothing_of_this_one(check: Check) -> None:
    assert check("2018年，东省对口帮扶西省", one=(figure("3亿元"),)).answer == "compatible"
    assert check("2012年，东省对口帮扶西省", one=(figure("3亿元"),)).answer == "nothing-known"


def test_what_was_last_seen_before_is_compatible_and_says_when(check: Check) -> None:
    checked = check("2020年，东省对口帮扶西省", one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert (checked.answer, checked.findings[0].bearings[0].why.zh) == ("compatible", "末见于2018年，未见终止")


def test_since_a_later_year_is_no_claim_of_a_start(check: Check) -> None:
    line = PAIR.format("east", "west", "from: 1996, as_of: 2022")
    assert check("2021年以来，东省对口帮扶西省", one=(line,)).answer == "compatible"
    assert check("1990年以来，东省对口帮扶西省", one=(line,)).answer == "disagrees"
    assert check("东省自2021年起对口帮扶西省", one=(line,)).answer == "disagrees"


def test_a_round_that_was_followed_by_another_is_no_end(check: Check) -> None:
    rounds = tuple(PAIR.format("east", "west", f"from: {a}, until: {b}") for a, b in ((2006, 2010), (2011, 2015)))
    assert check("2012年，东省对口帮扶西省", one=rounds).answer == "compatible"
    assert check("东省对口帮扶西省到2012年结束", one=rounds).answer == "disagrees"


@pytest.mark.parametrize("sentence", ["2018年东省没有对口帮扶西省", "East did not help West in 2018"])
def test_a_denial_is_not_checked(check: Check, sentence: str) -> None:
    checked = check(sentence, one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert (checked.answer, checked.statements("agrees")) == ("nothing-known", ())
    assert "denial" in {part.kind for part in checked.read}


def test_a_name_beside_a_known_one_is_not_passed_over(check: Check) -> None:
    checked = check("2018年，东省和某某对口帮扶西省", one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert (checked.answer, [p.text for p in checked.read if p.kind == "unknown"]) == ("nothing-known", ["某某"])


def test_a_place_inside_the_recipient_is_the_recipient(check: Check) -> None:
    checked = check("2018年，东省向西省某地西县提供援助", one=(PAIR.format("east", "west", "as_of: 2018"),))
    assert checked.answer == "nothing-known"
    assert "西县" in checked.findings[0].claim.zh


# 投入 and 资金 may mean money that the record lacks, so another sum of one kind does not contradict them
@pytest.mark.parametrize(
    ("words", "answer"),
    [
        ("财政援助资金5亿元", "disagrees"),
        ("投入资金5亿元", "nothing-known"),
        ("投入资金3.18亿元", "agrees"),
        ("投入资金3.81亿元", "disagrees"),
        ("投入资金318亿元", "disagrees"),
        ("企业投资5亿元", "nothing-known"),
    ],
)
def test_vague_words_contradict_only_by_a_misprint(check: Check, words: str, answer: str) -> None:
    checked = check(f"2018年，东省对口帮扶西省，{words}", one=(figure("3.18亿元"),))
    assert checked.findings[-1].answer == answer


def test_a_word_for_anybody_names_no_kind_of_people(check: Check) -> None:
    line = figure("50人", measure="officials-posted")
    assert check("2018年，东省向西省派出人员30人", one=(line,)).findings[-1].answer == "nothing-known"
    assert check("2018年，东省向西省选派干部30人", one=(line,)).findings[-1].answer == "disagrees"


def test_the_number_of_another_year_tells_which_measure_is_meant(check: Check) -> None:
    both = (figure("3亿元", "during: 2017"), figure("5亿元"))
    assert check("2018年，东省向西省投入3亿元", one=both).answer == "disagrees"
    assert check("2018年，东省向西省投入4亿元", one=both).answer == "nothing-known"


@pytest.mark.parametrize(
    "more",
    [
        ", scope_note: {zh: 省级财政, en: provincial budget}",
        ", scope_note: {zh: 东省本级财政资金, en: budget of East itself}",
        ", part_of: s2",
    ],
)
def test_what_counts_something_narrower_does_not_contradict(check: Check, more: str) -> None:
    lines = (figure("3亿元", more=more), figure("9亿元", "during: 2017"))
    assert check("2018年，东省对口帮扶西省，财政援助资金5亿元", one=lines).answer == "nothing-known"


def test_what_was_planned_does_not_contradict_what_was_done(check: Check) -> None:
    line = figure("3亿元", more=", stage: planned")
    assert check("2018年，东省对口帮扶西省，财政援助资金5亿元", one=(line,)).answer == "nothing-known"


@pytest.mark.parametrize(
    ("said", "known", "misprint"),
    [
        ("34.93亿元", "39.43亿元", True),
        ("4.80亿元", "4.08亿元", True),
        ("39.43万元", "39.43亿元", True),
        ("38.43亿元", "39.43亿元", False),
        ("2亿元", "2000万元", False),
        ("12亿元", "21亿元", False),
        ("1500人", "1500人次", True),
    ],
)
def test_a_misprint_has_the_same_digits(said: str, known: str, misprint: bool) -> None:
    assert is_misprint(read_quantity(said), read_quantity(known)) is misprint


def test_a_time_alone_at_the_end_is_that_of_what_stands_before(check: Check) -> None:
    assert check("East gave West 318 million yuan in fiscal aid, in 2018", one=(figure("3.18亿元"),)).answer == "agrees"


DOCUMENT = "kind: document, policy: first-order, act: issued, date: 2008-06-11, number: 国办发〔2008〕53号"


@pytest.mark.parametrize("before", ["文号是", "印发", "文号为", "以", ""])
def test_words_before_a_number_are_no_part_of_it(check: Check, before: str) -> None:
    checked = check(f"《第一份通知》{before}国办发〔2008〕53号", one=(DOCUMENT,))
    assert (checked.answer, checked.read[-1].text) == ("agrees", "国办发〔2008〕53号")


@pytest.mark.parametrize("title", ["2009年第一份通知", "东省第一份通知", "“十四五”规划第一份通知"])
def test_a_title_with_another_year_or_place_is_another_document(check: Check, title: str) -> None:
    assert check(f"《{title}》2008年3月印发", one=(DOCUMENT,)).answer == "nothing-known"


def test_a_title_that_may_mean_several_documents_is_not_contradicted(mini: KnowledgeGraph) -> None:
    def answers(*policies: str) -> set[str]:
        claim = DocumentClaim(policies, (), (), "测发〔1996〕99号", ())
        return {bearing.how for bearing in check_document(mini, claim)}

    assert answers("1996-report") == {"disagrees"}
    assert answers("1996-report", "2010-notice") == {"near"}
