"""Which figures speak of the same thing, and where do two origins say different things?"""

from __future__ import annotations

from decimal import Decimal

import pytest
from tiny_world import BuildWorld

from cooperation_kg.curate.quantities import read_quantity
from cooperation_kg.graph.dataset import KnowledgeGraph

P = "kind: pairing, programme: ew, supporter: east, recipient: west"
ABOUT = "about: {programme: ew, supporter: east, recipient: west}"
DOCUMENT = "kind: document, policy: first-order"


def aid(literal: str, during: str = "2016/2017", more: str = "") -> str:
    figure = f"kind: figure, {ABOUT}, measure: fiscal-aid, as_written: {literal}, during: {during}, nature: flow"
    return f"{figure}, {more}" if more else figure


def kinds(kg: KnowledgeGraph) -> list[str]:
    return [disagreement.kind for disagreement in kg.derived.disagreements.values()]


# cells


def test_figures_of_one_subject_measure_and_period_share_a_cell(world: BuildWorld) -> None:
    kg = world(a=[P, aid("3.5亿元")], b=[aid("3.2亿元")])
    (cell,) = kg.derived.cells.values()
    assert (cell.about, cell.period) == (("pairing", "ew.east.west"), "2016/2017")
    assert cell.evidence == ("a.s2", "b.s1")


@pytest.mark.parametrize(
    "other",
    [
        aid("3.5亿元", during="2018"),
        aid("3.5亿元", more="stage: planned"),
        aid("3.5亿元", more="place: west-city"),
        aid("3.5亿元").replace("nature: flow", "nature: each-year"),
        aid("3.5亿元").replace("fiscal-aid", "social-aid"),
    ],
    ids=["period", "stage", "place", "nature", "measure"],
)
def test_figures_that_differ_in_what_they_count_have_cells_of_their_own(world: BuildWorld, other: str) -> None:
    assert len(world(a=[P, aid("3.5亿元")], b=[other]).derived.cells) == 2


def test_figures_judged_to_be_the_same_thing_share_a_cell(world: BuildWorld) -> None:
    lines = {"a": [P, aid("3.5亿元", "2016/2017")], "b": [aid("3.2亿元", "2016-01/2017-12")]}
    assert len(world(**lines).derived.cells) == 2
    kg = world(**lines, judgements=["kind: same-thing, about: [a.s2, b.s1]"])
    assert len(kg.derived.cells) == 1
    assert kinds(kg) == ["value"]


def test_a_withdrawn_figure_is_in_no_cell(world: BuildWorld) -> None:
    assert not world(a=[P, aid("3.5亿元", more="withdrawn: 误读")]).derived.cells


# values


def test_two_exact_figures_of_two_origins_disagree(world: BuildWorld) -> None:
    kg = world(a=[P, aid("3.5亿元")], b=[aid("3.2亿元")])
    (disagreement,) = kg.derived.disagreements.values()
    assert disagreement.kind == "value"
    assert dict(disagreement.sides) == {"3.5亿元": ("a.s2",), "3.2亿元": ("b.s1",)}
    assert disagreement.settled_by is None


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13.43亿元", "13亿多元"),
        ("13.43亿元", "13亿元以上"),
        ("13.43亿元", "约13亿元"),
        ("13.43亿元", "近14亿元"),
        ("13.43亿元", "不到14亿元"),
        ("13.43亿元", "134300万元"),
        ("3.5亿元", "3-5亿元"),
        ("13亿多元", "15亿元以下"),
        ("52.788亿元", "52.8亿元"),
        ("163.4亿元", "163亿元"),
        ("48000万元", "5亿元"),
        ("52.75亿元", "52.8亿元"),
        ("52.65亿元", "52.6亿元"),
    ],
)
def test_figures_that_can_both_be_true_do_not_disagree(world: BuildWorld, one: str, other: str) -> None:
    assert kinds(world(a=[P, aid(one)], b=[aid(other)])) == []


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("13.43亿元", "14亿多元"),
        ("13亿元", "超过13亿元"),
        ("13亿元", "不到13亿元"),
        ("13.43亿元", "约18亿元"),
        ("6亿元", "3-5亿元"),
        ("52.788亿元", "52.7亿元"),
        ("163亿元", "160亿元"),
        ("52.80亿元", "52.788亿元"),
        ("52.75亿元", "52.7亿元"),
    ],
)
def test_figures_that_cannot_both_be_true_disagree(world: BuildWorld, one: str, other: str) -> None:
    assert kinds(world(a=[P, aid(one)], b=[aid(other)])) == ["value"]


@pytest.mark.parametrize(
    ("literal", "resolution"),
    [
        ("39.43亿元", "1000000"),
        ("52.80亿元", "1000000"),
        ("160亿元", "100000000"),
        ("5万人", "10000"),
        ("2万3千亩", "1000"),
        ("五点九亿元", "10000000"),
        ("三百人", "1"),
        ("468所", "1"),
        ("64.35%", "0.01"),
        ("四成", "10"),
        ("22.89 billion yuan", "10000000"),
    ],
)
def test_a_figure_is_told_to_its_last_printed_digit(literal: str, resolution: str) -> None:
    assert read_quantity(literal).resolution == Decimal(resolution)


@pytest.mark.parametrize("literal", ["三分之一", "3-5亿元", "超百亿元"])
def test_what_prints_no_single_number_is_told_to_no_digit(literal: str) -> None:
    assert read_quantity(literal).resolution is None


def test_how_finely_a_figure_is_printed_does_not_make_it_another() -> None:
    one, other = read_quantity("52.80亿元"), read_quantity("52.8亿元")
    assert (one == other, hash(one) == hash(other), repr(one) == repr(other)) == (True, True, True)


@pytest.mark.parametrize("more", ["scope_note: 市级", "payer: east-city", "payee: west-city"])
def test_figures_that_state_another_scope_do_not_disagree(world: BuildWorld, more: str) -> None:
    other = "payer: east, payee: west"
    assert kinds(world(a=[P, aid("3.5亿元", more=more)], b=[aid("3.2亿元", more=other)])) == []


def test_figures_of_one_narrower_scope_disagree_apart_from_the_rest_of_their_cell(world: BuildWorld) -> None:
    note = "scope_note: 市级"
    kg = world(a=[P, aid("3.5亿元", more=note), aid("9亿元")], b=[aid("3.2亿元", more=note), aid("8亿元")])
    assert len(kg.derived.cells) == 1
    sides = sorted(sorted(shown for shown, _ in d.sides) for d in kg.derived.disagreements.values())
    assert sides == [["3.2亿元", "3.5亿元"], ["8亿元", "9亿元"]]
    assert all(slug.isascii() for slug in kg.derived.disagreements)


def test_figures_judged_to_be_the_same_thing_disagree_whatever_their_notes(world: BuildWorld) -> None:
    kg = world(
        a=[P, aid("3.5亿元", more="scope_note: 市级")],
        b=[aid("3.2亿元")],
        judgements=["kind: same-thing, about: [a.s2, b.s1]"],
    )
    assert kinds(kg) == ["value"]


def test_a_reprint_with_another_figure_is_no_second_origin(world: BuildWorld) -> None:
    assert kinds(world(a=[P, aid("3.5亿元")], b=[aid("3.2亿元")], sources={"b": "reprint_of: a"})) == []


def test_two_figures_of_one_source_do_not_disagree(world: BuildWorld) -> None:
    assert kinds(world(a=[P, aid("3.5亿元"), aid("3.2亿元")])) == []


def test_a_preference_settles_a_disagreement_and_leaves_it_on_show(world: BuildWorld) -> None:
    kg = world(
        a=[P, aid("3.5亿元")], b=[aid("3.2亿元")], judgements=["kind: prefers, about: [a.s2, b.s1], prefers: b.s1"]
    )
    (disagreement,) = kg.derived.disagreements.values()
    assert disagreement.settled_by == "j1"


def test_a_reprint_that_leaves_out_the_scope_has_that_of_its_original(world: BuildWorld) -> None:
    note = "scope_note: 市级, payer: east"
    lines = {"a": [P, aid("3.5亿元", more=note)], "b": [aid("3.2亿元", more=note)], "c": [aid("3.5亿元")]}
    kg = world(**lines, d=[aid("9亿元")], sources={"c": "reprint_of: a"})
    (disagreement,) = kg.derived.disagreements.values()
    assert dict(disagreement.sides) == {"3.2亿元": ("b.s1",), "3.5亿元": ("a.s2", "c.s1")}


def test_a_reprint_of_a_figure_told_of_two_scopes_is_of_neither(world: BuildWorld) -> None:
    kg = world(
        a=[P, aid("3.5亿元", more="scope_note: 市级"), aid("3.5亿元", more="scope_note: 区级")],
        c=[aid("3.5亿元")],
        d=[aid("9亿元")],
        sources={"c": "reprint_of: a"},
    )
    (disagreement,) = kg.derived.disagreements.values()
    assert dict(disagreement.sides) == {"3.5亿元": ("c.s1",), "9亿元": ("d.s1",)}


@pytest.mark.parametrize("source", ["a", "c"], ids=["the same source", "a reprint with another figure"])
def test_a_scope_is_not_lent_within_a_source_nor_to_another_figure(world: BuildWorld, source: str) -> None:
    lines = {"a": [P, aid("3.5亿元", more="scope_note: 市级")], "d": [aid("8亿元")]}
    bare = aid("3.5亿元") if source == "a" else aid("9亿元")
    kg = world(
        **{**lines, source: [*lines.get(source, []), bare]}, sources={"c": "reprint_of: a"} if source == "c" else {}
    )
    (disagreement,) = kg.derived.disagreements.values()
    assert set(disagreement.evidence) == ({"a.s3", "d.s1"} if source == "a" else {"c.s1", "d.s1"})


def test_a_reprint_does_not_reopen_what_is_settled_or_judged_of_different_scope(world: BuildWorld) -> None:
    lines = {"a": [P, aid("3.5亿元", more="payer: east")], "b": [aid("3.2亿元")], "c": [aid("3.5亿元")]}
    sources = {"c": "reprint_of: a"}
    kg = world(**lines, sources=sources, judgements=["kind: prefers, about: [a.s2, b.s1], prefers: b.s1"])
    (disagreement,) = kg.derived.disagreements.values()
    assert disagreement.settled_by == "j1"
    assert kinds(world(**lines, sources=sources, judgements=["kind: different-scope, about: [a.s2, b.s1]"])) == []


def test_the_punctuation_of_a_scope_note_makes_no_other_scope_and_no_other_slug(world: BuildWorld) -> None:
    found = [
        set(
            world(
                a=[P, aid("3.5亿元", more=f"scope_note: {note}")], b=[aid("3.2亿元", more="scope_note: 市级，到位")]
            ).derived.disagreements
        )
        for note in ("市级，到位", "市级、到位", "市级（到位）")
    ]
    assert len(found[0]) == 1
    assert found[0] == found[1] == found[2]


@pytest.mark.parametrize(("one", "other"), [("1.5万人以下", "15万人以下"), ("1-3岁", "13岁")])
def test_a_mark_inside_a_number_does_make_another_scope(world: BuildWorld, one: str, other: str) -> None:
    notes = (f"scope_note: {one}", f"scope_note: {other}")
    assert kinds(world(a=[P, aid("3.5亿元", more=notes[0])], b=[aid("3.2亿元", more=notes[1])])) == []


@pytest.mark.parametrize(
    ("other", "found"), [("17次", ["value"]), ("17批次", ["value"]), ("16批次", []), ("17人次", [])]
)
def test_batches_and_times_count_alike_and_what_does_not_is_no_disagreement(
    world: BuildWorld, other: str, found: list[str]
) -> None:
    batches = [aid(literal).replace("fiscal-aid", "batches") for literal in ("16批", other)]
    assert kinds(world(a=[P, batches[0]], b=[batches[1]])) == found


def test_two_preferences_settle_together_and_a_circle_of_them_settles_nothing(world: BuildWorld) -> None:
    lines = {"a": [P, aid("3.5亿元")], "b": [aid("3.2亿元")], "c": [aid("9亿元")]}
    over_b = "kind: prefers, about: [a.s2, b.s1], prefers: a.s2"
    for judgements, settled_by in (
        ([over_b, "kind: prefers, about: [a.s2, c.s1], prefers: a.s2"], "j1"),
        ([over_b, "kind: prefers, about: [b.s1, c.s1], prefers: b.s1"], "j1"),
        ([over_b, "kind: prefers, about: [a.s2, b.s1], prefers: b.s1"], None),
        ([over_b], None),
    ):
        (disagreement,) = world(**lines, judgements=judgements).derived.disagreements.values()
        assert disagreement.settled_by == settled_by


def test_figures_judged_of_different_scope_do_not_disagree(world: BuildWorld) -> None:
    kg = world(a=[P, aid("3.5亿元")], b=[aid("3.2亿元")], judgements=["kind: different-scope, about: [a.s2, b.s1]"])
    assert kinds(kg) == []


def test_a_judgement_of_different_scope_leaves_disagreements_with_others(world: BuildWorld) -> None:
    kg = world(
        a=[P, aid("3.5亿元")],
        b=[aid("3.2亿元")],
        c=[aid("9亿元")],
        judgements=["kind: different-scope, about: [a.s2, b.s1]"],
    )
    (disagreement,) = kg.derived.disagreements.values()
    assert set(disagreement.evidence) == {"a.s2", "b.s1", "c.s1"}


def test_a_figure_judged_no_evidence_does_not_disagree(world: BuildWorld) -> None:
    kg = world(a=[P, aid("3.5亿元")], b=[aid("3.2亿元")], judgements=["kind: not-evidence, about: [b.s1]"])
    assert kinds(kg) == []


# times


def test_two_stated_starts_that_exclude_each_other_disagree(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, from: 1994"], b=[f"{P}, from: 1996"])
    (disagreement,) = kg.derived.disagreements.values()
    assert (disagreement.kind, disagreement.about) == ("start", ("pairing", "ew.east.west"))


def test_a_start_told_more_precisely_does_not_disagree(world: BuildWorld) -> None:
    assert kinds(world(a=[f"{P}, from: 1996"], b=[f"{P}, from: 1996-05"])) == []


def test_starts_of_two_terms_do_not_disagree(world: BuildWorld) -> None:
    kg = world(a=[f"{P}, from: 1996, basis: first-order"], b=[f"{P}, from: 2016, basis: second-order"])
    assert kinds(kg) == []


def test_two_stated_ends_that_exclude_each_other_disagree(world: BuildWorld) -> None:
    assert kinds(world(a=[f"{P}, until: 2010"], b=[f"{P}, until: 2012"])) == ["end"]


# documents


def test_two_dates_of_one_act_disagree(world: BuildWorld) -> None:
    kg = world(a=[f"{DOCUMENT}, act: issued, date: 1996-07-06"], b=[f"{DOCUMENT}, act: issued, date: 1996-10-23"])
    (disagreement,) = kg.derived.disagreements.values()
    assert (disagreement.kind, disagreement.about) == ("date", ("policy", "first-order"))


def test_the_dates_of_two_acts_do_not_disagree(world: BuildWorld) -> None:
    kg = world(a=[f"{DOCUMENT}, act: approved, date: 1996-05-31"], b=[f"{DOCUMENT}, act: relayed, date: 1996-07-06"])
    assert kinds(kg) == []


@pytest.mark.parametrize("other", ["测发[1996]26号", "测发(1996)26号", "测发【1996】26号"])
def test_the_brackets_of_a_document_number_do_not_matter(world: BuildWorld, other: str) -> None:
    kg = world(a=[f"{DOCUMENT}, number: 测发〔1996〕26号"], b=[f'{DOCUMENT}, number: "{other}"'])
    assert kinds(kg) == []


def test_two_document_numbers_disagree(world: BuildWorld) -> None:
    kg = world(a=[f"{DOCUMENT}, number: 测发〔1996〕26号"], b=[f"{DOCUMENT}, number: 测发〔1996〕27号"])
    assert kinds(kg) == ["number"]


def test_two_documents_that_are_said_to_establish_a_programme_disagree(world: BuildWorld) -> None:
    effect = "kind: policy-effect, policy: {}, effect: establishes, about: ew"
    kg = world(a=[effect.format("first-order")], b=[effect.format("second-order")])
    (disagreement,) = kg.derived.disagreements.values()
    assert (disagreement.kind, disagreement.about) == ("basis", ("programme", "ew"))


def test_two_years_of_establishment_disagree(world: BuildWorld) -> None:
    effect = "kind: policy-effect, policy: first-order, effect: establishes, about: ew, date: {}"
    assert kinds(world(a=[effect.format(1994)], b=[effect.format(1996)])) == ["start"]


def test_every_side_of_every_disagreement_has_its_statements(mini: KnowledgeGraph) -> None:
    assert mini.derived.disagreements
    for disagreement in mini.derived.disagreements.values():
        assert len(disagreement.sides) > 1
        assert all(key in mini.corpus.statements for _, keys in disagreement.sides for key in keys)


def test_whom_a_document_credits_goes_before_what_it_reprints(world: BuildWorld) -> None:
    kg = world(
        a=[P],
        b=[P],
        sources={"b": "reprint_of: a\naccording_to: bureau"},
    )
    assert kg.derived.pairings["ew.east.west"].origins == ("organisation/bureau", "source/a")
