"""What must hold of the facts as a whole: sides, one partner a year, and counts that a source prints.

Years are taken on 31 December. Counts are those that documents print; who made the count stands beside it.
"""

from __future__ import annotations

from collections import defaultdict
from datetime import date

import pytest

from cooperation_kg.curate.corpus import Corpus
from cooperation_kg.graph.dataset import KnowledgeGraph
from cooperation_kg.graph.derive.results import Pairing

EAST = {"beijing", "tianjin", "shanghai", "jiangsu", "zhejiang", "fujian", "shandong", "guangdong", "liaoning"}
WEST = {
    *("inner-mongolia", "guangxi", "chongqing", "sichuan", "guizhou", "yunnan", "tibet", "shaanxi", "gansu"),
    *("qinghai", "ningxia", "xinjiang"),
}
# outside the west, the opinion of 2016 names these: Hebei's cities, Yanbian, Enshi and Xiangxi
NAMED_IN_2016 = {"hebei", "jilin", "hubei", "hunan"}
# supporter → years in which sources show it with two provinces at once, and which
TWO_PROVINCES = {
    ("guangdong", "guangxi", "yunnan"): (2020, 2020),
    ("guangdong", "guangxi", "guizhou"): (2021, 2022),
    ("jiangsu", "qinghai", "shaanxi"): (2021, 2023),
    ("shandong", "chongqing", "gansu"): (2021, 2024),
}


@pytest.fixture
def corpus(shipped_corpus: Corpus) -> Corpus:
    return shipped_corpus


@pytest.fixture
def kg(real: KnowledgeGraph) -> KnowledgeGraph:
    return real


def of(kg: KnowledgeGraph, programme: str) -> list[Pairing]:
    return [pairing for pairing in kg.derived.pairings.values() if pairing.programme == programme]


def with_basis(kg: KnowledgeGraph, basis: str) -> list[Pairing]:
    return [p for p in kg.derived.pairings.values() if any(term.basis == basis for term in p.terms)]


def province(corpus: Corpus, place: str, day: date) -> str:
    """The topmost unit above a place on a day; an anonymous place keeps its province."""
    if place in corpus.anonymous:
        return corpus.anonymous[place].within or place
    while (above := corpus.places[place].parent_at(day)) is not None:
        place = above
    return place


def level(corpus: Corpus, place: str) -> str:
    return corpus.places[place].level if place in corpus.places else "none"


def last_day(pairing: Pairing) -> date:
    return pairing.terms[-1].possible_to if pairing.terms else date(2016, 12, 31)


def test_there_are_at_least_four_hundred_pairings_from_three_hundred_sources(kg: KnowledgeGraph) -> None:
    statements = [s for s in kg.corpus.statements.values() if s.withdrawn is None]
    stated_in = {s.source for s in statements if kg.corpus.sources[s.source].reprint_of is None}
    assert (len(kg.derived.pairings) >= 400, len(statements) >= 1200, len(stated_in) >= 300) == (True, True, True)


def test_the_east_supports_and_the_west_receives(corpus: Corpus, kg: KnowledgeGraph) -> None:
    odd = set()
    for pairing in of(kg, "east-west"):
        if pairing.supporter and pairing.recipient:
            sides = [province(corpus, p, last_day(pairing)) for p in (pairing.supporter, pairing.recipient)]
            if sides[0] not in EAST or sides[1] not in WEST | NAMED_IN_2016:
                odd.add(pairing.slug)
    assert odd == set()


def test_a_province_supports_one_province_a_year_except_where_sources_name_two(
    corpus: Corpus, kg: KnowledgeGraph
) -> None:
    found: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for year in range(1979, int(corpus.dataset.horizon) + 1):
        day, supported = date(year, 12, 31), defaultdict(set)
        for pairing in of(kg, "east-west"):
            provinces = [p for p in (pairing.supporter, pairing.recipient) if p and level(corpus, p) == "province"]
            in_force = any(
                t.certain_from and t.certain_to and t.certain_from <= day <= t.certain_to for t in pairing.terms
            )
            if len(provinces) == 2 and in_force:
                supported[provinces[0]].add(provinces[1])
        for supporter, recipients in supported.items():
            if len(recipients) > 1:
                found[supporter, *sorted(recipients)].append(year)
    assert {key: (years[0], years[-1]) for key, years in found.items()} == TWO_PROVINCES


def test_nine_provinces_and_four_cities_support_ten_from_1996(corpus: Corpus, kg: KnowledgeGraph) -> None:
    """Counted so by Xinhua on 27 July 2016: nine provinces, four separately planned cities, ten in the west."""
    pairings = with_basis(kg, "1996-cooperation-report")
    supporters = {pairing.parties[0] for pairing in pairings}
    assert sorted(s for s in supporters if level(corpus, s) == "province") == sorted(EAST)
    assert {s for s in supporters if level(corpus, s) == "prefecture"} == {
        *("guangdong-shenzhen", "shandong-qingdao", "liaoning-dalian", "zhejiang-ningbo")
    }
    assert {province(corpus, p.parties[1], date(2000, 1, 1)) for p in pairings} == WEST - {"tibet", "chongqing"}


def test_in_2021_eight_provinces_support_ten(corpus: Corpus, kg: KnowledgeGraph) -> None:
    """Eight and ten are the counts of the national reports for 2023 and 2024; Fujian–Ningxia has its term of 1996."""
    day = date(2021, 12, 31)
    running = [p for p in of(kg, "east-west") if 2021 in (*p.in_force_in, *p.possibly_in) and p.supporter]
    pairs = {
        (p.supporter, p.recipient)
        for p in running
        if level(corpus, p.parties[0]) == level(corpus, p.parties[1]) == "province" and _later_than_2021(p)
    }
    assert {supporter for supporter, _ in pairs} == EAST - {"liaoning"}
    assert {province(corpus, recipient or "", day) for _, recipient in pairs} == WEST - {"tibet", "xinjiang"}


def _later_than_2021(pairing: Pairing) -> bool:
    return any(term.certain_to and term.certain_to.year >= 2021 for term in pairing.terms)


def test_sixteen_districts_of_beijing_are_paired_with_sixteen_counties(corpus: Corpus, kg: KnowledgeGraph) -> None:
    """Sixteen districts, one to one, six counties in Henan and ten in Hubei: 民生周刊, 10 September 2014."""
    pairs = [p.parties for p in of(kg, "danjiangkou") if level(corpus, p.parties[0]) == "county"]
    assert len(pairs) == len({a for a, _ in pairs}) == len({b for _, b in pairs}) == 16
    assert {province(corpus, a, date(2014, 12, 31)) for a, _ in pairs} == {"beijing"}
    counts = [province(corpus, b, date(2014, 12, 31)) for _, b in pairs]
    assert (counts.count("henan"), counts.count("hubei")) == (6, 10)


def test_nineteen_provinces_rebuild_after_the_wenchuan_earthquake(corpus: Corpus, kg: KnowledgeGraph) -> None:
    """Nineteen helpers in 国办发〔2008〕53号, Chongqing among them and Hainan not."""
    helpers = {p.supporter for p in of(kg, "wenchuan-reconstruction") if p.supporter}
    provinces = {helper for helper in helpers if level(corpus, helper) == "province"}
    assert len(provinces) == 19
    assert "chongqing" in provinces
    assert "hainan" not in provinces


def test_twenty_pairs_of_cities_of_old_revolutionary_areas(corpus: Corpus, kg: KnowledgeGraph) -> None:
    """Twenty in the plan of May 2022: twenty cities of old areas, fifteen in the east (Shenzhen three times)."""
    cities = [
        p.parties
        for p in of(kg, "old-revolutionary-cities")
        if all(level(corpus, party) in ("province", "prefecture") for party in p.parties)
    ]
    assert len(cities) == 20
    assert len({city for pair in cities for city in pair}) == 20 + 15
    assert sum("guangdong-shenzhen" in pair for pair in cities) == 3


def test_seven_pairs_join_the_north_east_with_the_east(kg: KnowledgeGraph) -> None:
    """Three provinces and four cities in 国办发〔2017〕22号."""
    assert len(with_basis(kg, "2017-northeast-plan")) == 7


def test_thirty_five_pairings_in_the_two_lists_for_hubei(kg: KnowledgeGraph) -> None:
    """Sixteen pairs on 7 February 2020, twenty-one on 10 February; two stand on both."""
    first, second = (with_basis(kg, f"2020-hubei-pairing-{day}-february") for day in (7, 10))
    assert (len(first), len(second)) == (16, 21)
    assert len(of(kg, "hubei-medical-2020")) == 16 + 21 - 2


def test_shandong_left_xinjiang_for_chongqing_in_2010(kg: KnowledgeGraph) -> None:
    before, after = (kg.derived.pairings[f"east-west.shandong.{r}"] for r in ("xinjiang", "chongqing"))
    assert (before.terms[-1].end_state, max(before.in_force_in), min(after.in_force_in)) == ("ended", 2010, 2010)


def test_dalian_is_replaced_at_liupanshui_when_zhongshan_comes(kg: KnowledgeGraph) -> None:
    """No list of 2021 was read: the end is implied by the handover in Guizhou and by Zhongshan's start."""
    dalian = kg.derived.pairings["east-west.liaoning-dalian.guizhou-liupanshui"]
    assert dalian.terms[-1].end_state == "replaced"
    assert dalian.terms[-1].possible_to.year == 2021
    assert 2021 in kg.derived.pairings["east-west.guangdong-zhongshan.guizhou-liupanshui"].in_force_in


def test_no_term_that_was_followed_ends_in_silence(kg: KnowledgeGraph) -> None:
    silent = [
        pairing.slug
        for pairing in kg.derived.pairings.values()
        for term in pairing.terms[:-1]
        if term.end_state not in ("ended", "replaced")
    ]
    assert silent == []


def test_every_year_from_1979_on_someone_supports_someone_on_somebodys_order(kg: KnowledgeGraph) -> None:
    first, last = 1979, int(kg.corpus.dataset.horizon)
    running = {year for p in kg.derived.pairings.values() for year in (*p.in_force_in, *p.possibly_in)}
    assert set(range(first, last + 1)) <= running
    with_order = {
        year
        for p in kg.derived.pairings.values()
        for term in p.terms
        if term.basis
        for year in range(term.possible_from.year, term.possible_to.year + 1)
    }
    assert set(range(1996, last + 1)) <= with_order
