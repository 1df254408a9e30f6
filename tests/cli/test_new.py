"""``ckg new``: one record more in the right file, checked before it is written; asked for, or given by options."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

import pytest
import yaml
from typer.testing import CliRunner, Result

from cooperation_kg.cli import new as command
from cooperation_kg.cli.app import app
from cooperation_kg.curate.corpus import load_corpus
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.errors import CurationError, OutputError
from cooperation_kg.starting.asking import FORMS, WORTH_ASKING, kinds, missing_of, needs_of, read_back, sheet_of

SOURCE = {
    "source": "notice-a",
    "source.type": "notice",
    "source.title.zh": "一份虚构的通知",
    "source.language": "zh",
    "source.read": "whole",
    "source.reached_by": "original",
}
PAIRING = {"programme": "甲乙协作", "supporter": "甲省", "recipient": "province-b", "as_of": "2021", "locator": "第1段"}
FIGURE = {
    "source": "report",
    "about.programme": "example",
    "measure": "财政援助资金",
    "as_written": "39.43亿元",
    "during": "2020",
    "nature": "flow",
    "locator": "第2段",
}
WORLD = {
    "dataset.yaml": "title: 小世界\nbase: https://example.org/small/\nlicence: https://example.org/licence\n"
    "creators: [某人]\nversion: 0.0.1\nhorizon: 2024\n",
    "places/own.yaml": "- {id: province-a, name: 甲省, level: province}\n"
    "- {id: province-b, name: {zh: 乙省, en: B}, level: province}\n",
    "programmes.yaml": "# ours\n- {id: example, name: 甲乙协作, type: east-west-cooperation}\n",
    "policies.yaml": "- id: order\n  name: 某通知 # as printed\n  type: notice\n",
    "organisations.yaml": "- {id: office, name: 某办公室, type: government}\n",
    "sources/report.yaml": "id: report\ntype: report\ntitle: 某报告\nlanguage: zh\nread: whole\nreached_by: original\n",
    "statements/report.yaml": "# first\n- {id: s001, kind: participation, place: province-b, programme: example, "
    "locator: 第1段}   # kept\n\n- id: s007\n  kind: pairing\n  programme: example\n  supporter: 'province-a'\n"
    "  recipient: province-b\n  locator: 第1段\n",
    "sources/unread.yaml": "id: unread\ntype: report\ntitle: 未读\nlanguage: zh\nread: not-yet\nreached_by: original\n",
}
# kind → what makes one, beyond the source and the heading of a statement
EVERY_KIND: dict[str, Mapping[str, str]] = {
    "pairing": {"programme": "example", "supporter": "province-a", "recipient": "province-b"},
    "participation": {"place": "province-a", "programme": "example"},
    "figure": {"about": "example", "measure": "fiscal-aid", "as_written": "3亿元", "during": "2020", "nature": "flow"},
    "document": {"policy": "order", "act": "issued", "by": "office", "date": "2020"},
    "policy-effect": {"policy": "order", "effect": "guides", "about": "example"},
    "change": {"about": "province-a", "change": "renamed", "from": "旧甲省", "to": "甲省", "date": "2010"},
    "event": {"label.zh": "某会议", "about": "example", "places": "甲省、乙省"},
    "project": {"label.zh": "某园区", "about": "example", "field": "industry"},
    "practice": {"about": "example", "field": "talent", "text.zh": "互派干部"},
    "phase": {"about": "example", "label.zh": "起步", "during": "2001/2010"},
    "definition": {"term": "结对", "text.zh": "两地相互帮助"},
    "assessment": {"verdict": "result", "about": "example", "text.zh": "收入提高"},
    "source": {
        "id": "later",
        "type": "report",
        "title.zh": "以后再读",
        "language": "zh",
        "read": "not-yet",
        "reached_by": "original",
    },
    "place": {"id": "county-b", "name.zh": "乙县", "level": "county", "within": "乙省"},
    "programme": {"id": "other", "name.zh": "另一协作", "type": "counterpart-support"},
    "register-pairing": {"id": "jia-yi", "name.zh": "甲乙", "programme": "example", "places": "甲省、乙省"},
    "policy": {"id": "plan", "name.zh": "某规划", "type": "plan"},
    "organisation": {"id": "bureau", "name.zh": "某局", "type": "government"},
    "register-project": {"id": "park", "name.zh": "某园区"},
    "register-event": {"id": "meeting", "name.zh": "某会议", "type": "meeting"},
}


@pytest.fixture
def data(tmp_path: Path) -> Path:
    """A small dataset that stands on its own."""
    folder = tmp_path / "data"
    for name, text in WORLD.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(text.encode())
    return folder


def new(data: Path, kind: str, settings: Mapping[str, str] | None = None, *more: str, lang: str = "en") -> Result:
    """Run ``ckg new`` with settings."""
    given = [word for name, text in (settings or {}).items() for word in ("--set", f"{name}={text}")]
    return CliRunner().invoke(app, ["new", kind, "--data", str(data), *given, *more, "--lang", lang])


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


Typing = Callable[..., Result]
UNTOUCHED = {name: text.encode() for name, text in WORLD.items()}


def added(data: Path) -> dict[str, object]:
    """Return the last statement of the report, as PyYAML reads it."""
    last: dict[str, object] = yaml.safe_load((data / "statements/report.yaml").read_text("utf-8"))[-1]
    assert load_corpus(data).statements["report.s008"].id == last["id"]
    return last


# --- given by options


def test_every_kind_that_there_is_is_tried() -> None:
    assert {kinds()[kind] for kind in EVERY_KIND} == set(kinds().values())


@pytest.mark.parametrize("kind", EVERY_KIND)
def test_every_kind_gives_a_dataset_that_checks(kind: str, data: Path) -> None:
    own = {"source": "report", "locator": "第3段"} if kind in STATEMENT_KINDS else {}
    result = new(data, kind, {**own, **EVERY_KIND[kind]})
    assert result.exit_code == 0, result.output
    corpus = load_corpus(data)
    if own:
        assert corpus.statements["report.s008"].kind == kind
    else:
        register = kind.removeprefix("register-")
        known = corpus.sources if kind == "source" else corpus.registers[register]
        assert EVERY_KIND[kind]["id"] in known


def test_a_record_comes_behind_all_others_with_the_next_id_and_every_other_byte_stays(data: Path) -> None:
    assert new(data, "figure", FIGURE).exit_code == 0
    after = content_of(data)
    added = (
        "\n- id: s008\n  kind: figure\n  about: {programme: example}\n  measure: fiscal-aid\n  as_written: 39.43亿元\n"
        "  during: 2020\n  nature: flow\n  locator: 第2段\n"
    )
    assert after.pop("statements/report.yaml").decode() == WORLD["statements/report.yaml"] + added
    assert after == {name: text for name, text in UNTOUCHED.items() if name != "statements/report.yaml"}


def test_a_new_source_comes_with_its_first_statement(data: Path) -> None:
    assert new(data, "pairing", {**SOURCE, **PAIRING}).exit_code == 0
    assert (data / "sources/notice-a.yaml").read_text("utf-8") == (
        "id: notice-a\ntype: notice\ntitle: {zh: 一份虚构的通知}\nlanguage: zh\nread: whole\nreached_by: original\n"
    )
    assert (data / "statements/notice-a.yaml").read_text("utf-8") == (
        "- id: s001\n  kind: pairing\n  programme: example\n  supporter: province-a\n  recipient: province-b\n"
        "  as_of: 2021\n  locator: 第1段\n"
    )


def test_a_source_of_which_nothing_was_read_is_read_now(data: Path) -> None:
    settings = {"source": "unread", "source.read": "part", "place": "province-a", "programme": "example"}
    assert new(data, "participation", settings).exit_code == 0
    assert (data / "sources/unread.yaml").read_text("utf-8") == WORLD["sources/unread.yaml"].replace("not-yet", "part")


def test_a_known_source_is_not_described_anew(data: Path) -> None:
    result = new(data, "pairing", {**SOURCE, **PAIRING, "source": "report"})
    assert (result.exit_code, content_of(data)) == (2, UNTOUCHED)
    assert "report is there already" in " ".join(result.stderr.split())


def test_a_source_that_was_read_but_says_nothing_is_refused(data: Path) -> None:
    result = new(data, "source", {**EVERY_KIND["source"], "read": "whole"})
    assert (result.exit_code, content_of(data)) == (1, UNTOUCHED)
    assert "read E301" in result.stderr
    assert "nothing was written" in result.stderr


@pytest.mark.parametrize(
    ("lang", "told"), [("en", "39.43亿元 = CNY 3,943,000,000\n"), ("zh", "39.43亿元 = 3,943,000,000 元\n")]
)
def test_a_literal_is_shown_as_it_was_read(lang: str, told: str, data: Path) -> None:
    assert told in new(data, "figure", FIGURE, lang=lang).stderr


@pytest.mark.parametrize(
    ("name", "text", "told"),
    [
        ("as_written", "近3万人次", "近3万人次 = nearly 30,000 人次"),
        ("as_written", "3至5万人", "3至5万人 = 30,000 to 50,000 people"),
        ("as_written", "三分之一", "三分之一 = 1/3"),
        ("as_written", "12.5%", "12.5% = 12.5 %"),
        ("during", "2016/2020", "2016/2020 = 2016-01-01 … 2020-12-31"),
        ("at", "2020-02-29", "2020-02-29 = 2020-02-29"),
    ],
)
def test_a_quantity_or_date_is_read_back_in_full(name: str, text: str, told: str) -> None:
    column = sheet_of("figure").column(name)
    assert column is not None
    assert read_back(column, text, "en") == told


def test_the_record_is_printed_as_it_is_written(data: Path) -> None:
    result = new(data, "participation", {"source": "report", **EVERY_KIND["participation"], "locator": "第3段"})
    assert yaml.safe_load(result.stdout) == [
        {"id": "s008", "kind": "participation", "place": "province-a", "programme": "example", "locator": "第3段"}
    ]


def test_headers_in_chinese_name_fields_too(data: Path) -> None:
    settings = {"来源": "某报告", "参与方": "甲省", "协作项目": "甲乙协作", "文中位置": "第3段"}
    result = new(data, "participation", settings, lang="zh")
    assert result.exit_code == 0, result.output
    assert added(data)["place"] == "province-a"


# --- not enough, or wrong


def test_what_is_still_needed_is_listed(data: Path) -> None:
    result = new(data, "figure", {"measure": "fiscal-aid"})
    assert (result.exit_code, content_of(data)) == (2, UNTOUCHED)
    assert result.stderr.splitlines()[-4:] == [
        "  --set source (source)",
        "  --set about (about), or about.programme (about (programme))",
        "  --set nature (nature)",
        "  --set as_written (as written), or as_noted (as noted)",
    ]


def test_where_the_source_was_read_whole_a_heading_is_needed(data: Path) -> None:
    result = new(data, "participation", {"source": "report", **EVERY_KIND["participation"]}, lang="zh")
    assert result.stderr.splitlines()[-1] == "  --set locator（文中位置）"


def test_what_a_new_source_needs_is_listed(data: Path) -> None:
    result = new(data, "pairing", {**PAIRING, "source": "x", "source.type": "notice", "source.language": "zh"})
    assert result.stderr.splitlines()[-3:] == [
        "  --set source.title.zh (title (Chinese)), or source.description.zh (description (Chinese))",
        "  --set source.read (extent read)",
        "  --set source.reached_by (reached by)",
    ]


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ({"supporter": "甲省份"}, 'supporter E703 "甲省份" is not known; did you mean "甲省 (province-a)"?'),
        ({"source": "reprot"}, 'source E703 "reprot" is not known; did you mean "某报告 (report)"?'),
        ({"parties": "甲省、乙省"}, "E109"),
        ({"as_of": "2021-13"}, "as_of E105"),
        ({"note": "a\nb"}, "note E006 an unseen character U+000A"),
        ({"note": "a\u200bb"}, "note E006 an unseen character U+200B"),
        ({"note": "=1+1"}, "note E115"),
        ({"id": "s007"}, 'id E707 the id "s007" is taken'),
    ],
)
def test_what_cannot_be_taken_over_is_told_by_its_field_and_nothing_is_written(
    wrong: dict[str, str], told: str, data: Path
) -> None:
    result = new(data, "pairing", {"source": "report", **PAIRING, **wrong})
    said = f"{result.stderr}\n{result.exception}"
    assert (result.exit_code, content_of(data)) == (1, UNTOUCHED)
    assert told in said


def test_few_choices_are_named(data: Path) -> None:
    result = new(data, "figure", {**FIGURE, "nature": "x"})
    assert isinstance(result.exception, CurationError)
    assert "total over the period (flow), each year (each-year), stock at a time (stock)" in str(result.exception)


def test_one_thing_and_a_scope_are_not_both(data: Path) -> None:
    result = new(data, "figure", {**FIGURE, "about": "example"})
    assert "about E702 either one thing, or a scope" in str(result.exception)


@pytest.mark.parametrize("identifier", ["con", "../x", "A", "a b"])
def test_a_source_gets_no_name_that_is_no_file_everywhere(identifier: str, data: Path) -> None:
    result = new(data, "source", {**EVERY_KIND["source"], "id": identifier})
    assert isinstance(result.exception, CurationError)
    assert [issue.file for issue in result.exception.issues] == ["id"]
    assert content_of(data) == UNTOUCHED


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (["stone"], "'stone': choose one of"),
        (["figure", "--set", "measure"], "write FIELD=TEXT"),
        (["figure", "--set", "colour=red"], "'colour': no such field"),
        (["figure", "--set", "nature=flow", "--set", "nature=stock"], "'nature': given twice"),
        (["figure", "--set", "source.colour=red"], "'source.colour': no such field"),
    ],
)
def test_wrong_usage_is_told(words: list[str], told: str, data: Path) -> None:
    result = CliRunner().invoke(app, ["new", *words, "--data", str(data), "--lang", "en"])
    assert result.exit_code == 2
    assert told in " ".join(result.stderr.split())


def test_without_a_dataset_here_the_user_is_told_of_init(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    result = CliRunner().invoke(app, ["new", "policy", "--lang", "en"])
    assert (result.exit_code, "ckg init" in result.stderr) == (2, True)


@pytest.mark.parametrize("inside", [".", "data"])
def test_the_dataset_that_is_here_is_the_one_meant(inside: str, data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(data.parent / inside)
    settings = [word for name, text in EVERY_KIND["policy"].items() for word in ("--set", f"{name}={text}")]
    assert CliRunner().invoke(app, ["new", "policy", *settings]).exit_code == 0
    assert "plan" in load_corpus(data).registers["policy"]


def test_a_file_that_was_changed_meanwhile_is_left_alone(data: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policies = data / "policies.yaml"

    def change(*_: object) -> list[object]:
        policies.write_text("# theirs\n", "utf-8")
        return []

    monkeypatch.setattr("cooperation_kg.starting.drafting.faults_after", change)
    result = new(data, "policy", EVERY_KIND["policy"])
    assert isinstance(result.exception, OutputError)
    assert policies.read_text("utf-8") == "# theirs\n"


def test_a_file_keeps_its_byte_order_mark_and_line_ends(data: Path) -> None:
    policies = data / "policies.yaml"
    before = b"\xef\xbb\xbf" + UNTOUCHED["policies.yaml"].replace(b"\n", b"\r\n")
    policies.write_bytes(before)
    assert new(data, "policy", EVERY_KIND["policy"]).exit_code == 0
    added = "- id: plan\r\n  name: {zh: 某规划}\r\n  type: plan\r\n".encode()
    assert policies.read_bytes() == before + added


def test_a_new_file_names_the_schema_beside_the_dataset(data: Path) -> None:
    (data.parent / "schema").mkdir()
    (data.parent / "schema/events.json").write_text("{}", "utf-8")
    assert new(data, "register-event", EVERY_KIND["register-event"]).exit_code == 0
    first = (data / "events.yaml").read_text("utf-8").splitlines()[0]
    assert first == "# yaml-language-server: $schema=../schema/events.json"


# --- templates


def test_a_template_stands_at_the_end_of_its_file_with_the_next_id(data: Path) -> None:
    assert new(data, "phase", {"source": "report"}, "--template", lang="zh").exit_code == 0
    text = (data / "statements/report.yaml").read_text("utf-8")
    assert text.startswith(WORLD["statements/report.yaml"])
    added = text.removeprefix(WORLD["statements/report.yaml"]).splitlines()
    assert [line for line in added if not line.startswith("#")] == []
    assert added[0].startswith("## 阶段｜")
    assert added[1].startswith("# - id: s008  #")


def test_a_template_has_the_line_ends_of_its_file(data: Path) -> None:
    policies = data / "policies.yaml"
    before = b"\xef\xbb\xbf" + UNTOUCHED["policies.yaml"].rstrip().replace(b"\n", b"\r\n")
    policies.write_bytes(before)
    assert new(data, "policy", {}, "--template").exit_code == 0
    after = policies.read_bytes()
    assert after.startswith(before + b"\r\n## Register of policies")
    assert after.count(b"\n") == after.count(b"\r\n")


def test_a_template_of_a_register_makes_its_file(data: Path) -> None:
    assert new(data, "register-event", {}, "--template").exit_code == 0
    assert (data / "events.yaml").read_text("utf-8").startswith("## Register of events | ")
    assert load_corpus(data).registers["event"] == {}


@pytest.mark.parametrize("kind", ["source", "pairing"])
def test_a_template_that_has_no_file_is_printed(kind: str, data: Path) -> None:
    result = new(data, kind, {}, "--template")
    assert result.exit_code == 0
    assert {line[:1] for line in result.stdout.splitlines()} == {"#"}
    assert content_of(data) == UNTOUCHED


# --- asked for in the terminal


@pytest.fixture
def typing(data: Path, monkeypatch: pytest.MonkeyPatch) -> Typing:
    """Answers are typed, one a line."""
    monkeypatch.setattr(command, "_on_terminal", lambda: True)

    def answer(kind: str, *lines: str, settings: Mapping[str, str] | None = None) -> Result:
        given = [word for name, text in (settings or {}).items() for word in ("--set", f"{name}={text}")]
        words = ["new", kind, "--data", str(data), *given, "--lang", "en"]
        return CliRunner().invoke(app, words, input="".join(f"{line}\n" for line in lines))

    return answer


UNREAD = {name: text for name, text in EVERY_KIND["source"].items() if name != "read"}
REST = ("", "", "")  # from, until, as_of


def test_a_pairing_is_asked_for_field_by_field(typing: Typing, data: Path) -> None:
    result = typing("pairing", "某报告", "1", "甲乙协作", "甲省", "B", "2001", "", "", "order", "第3段", "y")
    assert result.exit_code == 0, result.output
    assert "2001 = 2001-01-01 … 2001-12-31" in result.stderr
    assert (
        (data / "statements/report.yaml")
        .read_text("utf-8")
        .endswith(
            "- id: s008\n  kind: pairing\n  programme: example\n  supporter: province-a\n  recipient: province-b\n"
            "  from: 2001\n  basis: order\n  locator: 第3段\n"
        )
    )


def test_a_name_that_is_not_known_is_asked_for_again_with_choices(typing: Typing, data: Path) -> None:
    result = typing("participation", "report", "省", "2", "example", *REST, "第3段", "y")
    assert result.exit_code == 0, result.output
    assert "  1  甲省 (province-a)\n  2  B (province-b)\n" in result.stderr
    assert added(data)["place"] == "province-b"


def test_a_new_source_is_described_on_the_way(typing: Typing, data: Path) -> None:
    named = ("Notice B", "notice-b")  # what is no id is asked for again
    source = ("+", "notice", "1", "某通知", "zh", "part", "original", *named, "", "", "", "", "", "", "")
    result = typing("participation", *source, "province-a", "example", *REST, "", "y")
    assert result.exit_code == 0, result.output
    assert "use lower-case letters, digits and single hyphens" in result.stderr
    corpus = load_corpus(data)
    assert corpus.sources["notice-b"].title == Bilingual(zh="某通知")
    assert corpus.statements["notice-b.s001"].kind == "participation"


def test_a_source_that_was_read_is_asked_what_it_says(typing: Typing, data: Path) -> None:
    settings = {**EVERY_KIND["source"]}
    del settings["read"]
    result = typing(
        "source", "part", *[""] * 7, "participation", "province-a", "example", *REST, "", "y", settings=settings
    )
    assert result.exit_code == 0, result.output
    assert "later.s001" in load_corpus(data).statements


def test_a_source_of_which_nothing_is_entered_yet_is_not_read_yet(typing: Typing, data: Path) -> None:
    assert typing("source", "whole", *[""] * 7, "", "y", settings=UNREAD).exit_code == 0
    assert load_corpus(data).sources["later"].read == "not-yet"


def test_a_literal_that_cannot_be_read_is_told_and_may_stay_with_a_value(typing: Typing, data: Path) -> None:
    settings = {name: text for name, text in FIGURE.items() if name != "as_written"}
    result = typing("figure", "1", "数亿元", "y", "300000000", "元", *[""] * 3, "y", settings=settings)
    assert result.exit_code == 0, result.output
    figure = added(data)
    assert (figure["as_written"], figure["value"], figure["unit"]) == ("数亿元", 300000000, "元")


def test_who_says_no_in_the_end_has_written_nothing(typing: Typing, data: Path) -> None:
    result = typing("participation", "report", "province-a", "example", *REST, "第3段", "n")
    assert (result.exit_code, content_of(data)) == (1, UNTOUCHED)


def test_who_leaves_in_the_middle_has_written_nothing(typing: Typing, data: Path) -> None:
    result = typing("participation", "report", "province-a")  # the input ends, as with Ctrl-D; Ctrl-C is the same
    assert (result.exit_code, content_of(data)) == (1, UNTOUCHED)


def test_what_was_typed_is_not_lost_where_the_check_refuses_it(typing: Typing, data: Path) -> None:
    result = typing("pairing", "report", "1", "example", "province-a", "province-a", *REST, "", "第3段")
    assert (result.exit_code, content_of(data)) == (1, UNTOUCHED)
    assert (
        "again with: ckg new pairing --set source=report --set programme=example --set supporter=province-a "
        "--set recipient=province-a --set locator=第3段" in result.stderr.replace("'", "")
    )


def test_nothing_is_asked_where_all_that_is_needed_is_given(typing: Typing, data: Path) -> None:
    assert typing("figure", settings=FIGURE).exit_code == 0
    assert "report.s008" in load_corpus(data).statements


# --- the tables


def test_what_is_asked_for_is_a_field_of_its_kind() -> None:
    for key, names in WORTH_ASKING.items():
        assert [name for name in names if sheet_of(key).column(name) is None] == [], key
    for key, needs in FORMS.items():
        assert [n for need in needs for form in need for n in form if sheet_of(key).column(n) is None] == [], key


def test_one_form_of_several_is_enough() -> None:
    needs = needs_of(sheet_of("pairing"))
    assert missing_of(needs, {"source", "about"}) == []
    assert missing_of(needs, {"source", "programme", "supporter"}) == [needs[1]]
