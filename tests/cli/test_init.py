"""``ckg init``: a folder that checks and builds from the start, and templates that are true YAML once uncommented."""

from __future__ import annotations

import json
import os
import re
import shlex
from pathlib import Path

import jsonschema
import pytest
import yaml
from typer.testing import CliRunner, Result

from cooperation_kg import locations
from cooperation_kg.cli.app import COMMANDS, app
from cooperation_kg.curate.corpus import REGISTERS, load_corpus
from cooperation_kg.curate.fields import Record
from cooperation_kg.curate.registers import Source
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.errors import CooperationError, OutputError
from cooperation_kg.schema.json_schema import SCHEMA_FILES
from cooperation_kg.starting import folder as making
from cooperation_kg.starting.examples import REGISTERS as REGISTER_EXAMPLES
from cooperation_kg.starting.examples import SOURCE, statement_example
from cooperation_kg.starting.names import fault_of_name

MINI = Path(__file__).parent.parent / "data" / "mini"
LANGUAGES = ("zh", "en")
TEMPLATES = ("source", "statements", "places", *(n for n in SCHEMA_FILES if n.endswith("s") and n != "statements"))
REGISTER_TEMPLATES = [n for n in dict.fromkeys(TEMPLATES) if n not in ("source", "statements", "judgements")]


def ckg(*arguments: object, lang: str = "en") -> Result:
    """Run ``ckg``."""
    return CliRunner().invoke(app, [*map(str, arguments), "--lang", lang])


def content_of(folder: Path) -> dict[str, bytes]:
    """Return every file below a folder."""
    return {p.relative_to(folder).as_posix(): p.read_bytes() for p in folder.rglob("*") if p.is_file()}


@pytest.fixture(scope="module")
def extending(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new dataset with a Chinese name that builds on the shipped registers."""
    folder = tmp_path_factory.mktemp("extending") / "协作 资料" / "我的数据"
    assert ckg("init", folder, lang="zh").exit_code == 0
    return folder


@pytest.fixture(scope="module")
def standalone(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A new dataset that builds on nothing."""
    folder = tmp_path_factory.mktemp("standalone") / "My Facts"
    assert ckg("init", folder, "--standalone").exit_code == 0
    return folder


def uncommented(text: str) -> str:
    """Take one ``# `` off every line, as an editor does."""
    return "".join(re.sub(r"^# ?", "", line) for line in text.splitlines(keepends=True))


# --- the first build


def test_the_first_build_works_and_has_the_places_it_builds_on_and_no_statement(
    extending: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(locations, "data_folder", lambda: MINI)  # three thousand pages less than of the shipped ones
    result = ckg("build", "--data", extending / "data", "-o", tmp_path / "site", lang="zh")
    assert result.exit_code == 0, result.output
    assert "0 个来源，0 条陈述，0 组结对" in result.stderr
    assert result.stderr.endswith("还没有陈述；下一步：ckg new pairing\n")
    assert (tmp_path / "site" / "place" / "haizhou.html").is_file()


def test_the_first_build_of_a_standalone_dataset_works_and_says_what_comes_next(
    standalone: Path, tmp_path: Path
) -> None:
    result = ckg("build", "--data", standalone / "data", "-o", tmp_path / "site")
    assert result.exit_code == 0, result.output
    assert "0 sources, 0 statements, 0 pairings" in result.stderr
    assert result.stderr.endswith("no statements yet; next: ckg new pairing\n")
    assert not (tmp_path / "site" / "place").exists()


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("option", [(), ("--standalone",)])
def test_a_new_dataset_has_no_fault_and_is_in_the_house_order(
    lang: str, option: tuple[str, ...], tmp_path: Path
) -> None:
    assert ckg("init", tmp_path / "new", *option, lang=lang).exit_code == 0
    corpus = load_corpus(tmp_path / "new" / "data")
    assert (corpus.statements, corpus.sources) == ({}, {})
    assert ("beijing" in corpus.places) is (option == ())
    assert ckg("fmt", "--check", "--data", tmp_path / "new" / "data").exit_code == 0


def test_the_comments_of_the_dataset_are_in_the_chosen_language(extending: Path, standalone: Path) -> None:
    assert "# 数据集名称\ntitle: {zh: 我的数据, en: 我的数据}\n" in (extending / "data/dataset.yaml").read_text("utf-8")
    assert "# title of the dataset\ntitle: {zh: My Facts, en: My Facts}\n" in (
        standalone / "data/dataset.yaml"
    ).read_text("utf-8")


def test_the_base_is_made_of_the_latin_letters_of_the_name(standalone: Path) -> None:
    assert load_corpus(standalone / "data").dataset.base == "https://example.org/my-facts/"


def test_the_same_name_gives_the_same_bytes(extending: Path, tmp_path: Path) -> None:
    assert ckg("init", tmp_path / "我的数据", lang="zh").exit_code == 0
    assert content_of(tmp_path / "我的数据") == content_of(extending)


# --- what is in it


@pytest.mark.parametrize("lang", LANGUAGES)
def test_the_templates_are_comments_alone(lang: str, extending: Path) -> None:
    for path in (extending / "templates" / lang).iterdir():
        assert [line for line in path.read_text("utf-8").splitlines() if line and not line.startswith("#")] == []


@pytest.mark.parametrize("lang", LANGUAGES)
def test_uncommented_once_all_templates_together_make_a_dataset_that_checks(
    lang: str, standalone: Path, tmp_path: Path
) -> None:
    data = tmp_path / "data"
    (data / "places").mkdir(parents=True)
    (data / "dataset.yaml").write_bytes((standalone / "data/dataset.yaml").read_bytes())
    places = {
        "source": "sources/example-source",
        "statements": "statements/example-source",
        "places": "places/own",
    }
    for path in (standalone / "templates" / lang).iterdir():
        target = data / f"{places.get(path.stem, path.stem)}.yaml"
        target.parent.mkdir(exist_ok=True)
        target.write_text(uncommented(path.read_text("utf-8")), "utf-8")
    corpus = load_corpus(data)
    assert {statement.kind for statement in corpus.statements.values()} == set(STATEMENT_KINDS)
    assert all(corpus.registers[kind] for kind in REGISTERS)


def _as_an_editor_reads(text: str) -> object:
    """YAML as an editor reads it, save that dates are texts there as they are here."""

    class Loader(yaml.SafeLoader):
        pass

    Loader.yaml_implicit_resolvers = {
        first: [(tag, pattern) for tag, pattern in resolvers if not tag.endswith("timestamp")]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }
    return yaml.load(text, Loader)


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize("name", ["source", "statements", *REGISTER_TEMPLATES])
@pytest.mark.parametrize("times", [1, 2])
def test_the_schema_beside_it_accepts_a_template_uncommented_once_or_twice(
    times: int, name: str, lang: str, extending: Path
) -> None:
    text = (extending / "templates" / lang / f"{name}.yaml").read_text("utf-8")
    text = uncommented(text)
    if times == 2:
        text = re.sub(r"^( *)# (?=(?: *- \{|[a-z_]+:))", r"\1", text, flags=re.MULTILINE)
    record = _as_an_editor_reads(text)
    schema = json.loads((extending / "schema" / f"{name}.json").read_text("utf-8"))
    faults = [error.message for error in jsonschema.Draft7Validator(schema).iter_errors(record)]
    assert faults == []


def test_the_examples_show_every_field_of_every_kind() -> None:
    shown = {
        **{kind: statement_example(kind) for kind in STATEMENT_KINDS},
        "source": SOURCE,
        **{f"register {kind}": entries[0] for kind, entries in REGISTER_EXAMPLES.items()},
    }
    types: dict[str, type[Record]] = {
        **STATEMENT_KINDS,
        "source": Source,
        **{f"register {kind}": record_type for kind, (_, record_type) in REGISTERS.items()},
    }
    for kind, record_type in types.items():
        fields = {field.alias or name for name, field in record_type.model_fields.items()} - {"source"}
        assert {*shown[kind].given, *shown[kind].more} == fields, kind


def test_the_editor_finds_a_schema_for_every_file_that_is_read(extending: Path) -> None:
    settings = json.loads((extending / ".vscode/settings.json").read_text("utf-8"))
    assert set(settings["yaml.schemas"]) == {f"./schema/{name}.json" for name in SCHEMA_FILES}
    assert all((extending / path).is_file() for path in settings["yaml.schemas"])
    assert settings["yaml.schemas"]["./schema/places.json"] == "data/places/*.yaml"
    assert settings["yaml.schemas"]["./schema/policies.json"] == "data/policies.yaml"
    assert settings["yaml.schemas"]["./schema/source.json"] == "data/sources/*.yaml"


def test_the_workflow_is_yaml_and_its_commands_work_in_the_folder(
    standalone: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    workflow = yaml.safe_load((standalone / ".github/workflows/publish.yml").read_text("utf-8"))
    steps = workflow["jobs"]["check"]["steps"]
    lines = [step["run"] for step in steps if "run" in step]
    assert [line.split()[:2] for line in lines] == [
        ["python", "-m"],
        ["ckg", "check"],
        ["ckg", "fmt"],
        ["ckg", "build"],
    ]
    monkeypatch.chdir(standalone)
    for line in lines[1:3]:
        assert CliRunner().invoke(app, shlex.split(line)[1:]).exit_code == 0, line
    assert lines[3] == "ckg build --data data --output build"  # tried above
    uploaded = next(step["with"]["path"] for step in steps if "upload-pages-artifact" in step.get("uses", ""))
    assert uploaded == "build"


def test_only_the_main_branch_is_published(extending: Path) -> None:
    workflow = yaml.safe_load((extending / ".github/workflows/publish.yml").read_text("utf-8"))
    assert workflow["jobs"]["publish"]["if"] == (
        "github.ref == 'refs/heads/main' && github.event_name != 'pull_request'"
    )


def test_what_is_built_is_not_kept_in_git(extending: Path) -> None:
    assert "build/" in (extending / ".gitignore").read_text("utf-8").splitlines()


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_command_of_the_readme_is_one_of_ours(name: str, standalone: Path) -> None:
    text = (standalone / name).read_text("utf-8")
    assert text.startswith("# My Facts\n")
    assert "{" not in text
    commands = {entry.name for entry in COMMANDS}
    used = set(re.findall(r"\bckg ([a-z-]+)", text))
    assert used <= commands
    assert {"new", "check", "build", "sheet"} <= used


@pytest.mark.parametrize("name", ["README.md", "README.zh-CN.md"])
def test_every_file_that_the_readme_names_is_there(name: str, standalone: Path) -> None:
    later = {"data/sources/", "data/statements/", "data/places/own.yaml", "data/policies.yaml", "build/index.html"}
    text = (standalone / name).read_text("utf-8")
    named = set(re.findall(r"`([\w./-]+/[\w./-]*|[\w-]+\.\w+)`", text)) - later
    assert {path for path in named if not (standalone / path).exists()} == set()
    assert {"data/dataset.yaml", "templates/zh/", "schema/"} <= named


# --- folders that are there already


def test_a_folder_that_has_one_of_the_files_is_refused_and_left_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("mine", "utf-8")
    result = ckg("init", tmp_path)
    assert isinstance(result.exception, OutputError)
    assert "already has README.md; nothing was written" in str(result.exception)
    assert content_of(tmp_path) == {"README.md": b"mine"}


def test_many_files_in_the_way_are_counted(extending: Path) -> None:
    result = ckg("init", extending, lang="zh")
    assert f"等 {len(content_of(extending))} 项" in str(result.exception)


@pytest.mark.parametrize("path", ["readme.MD", "DATA/x.txt", "data"])
def test_what_another_system_takes_for_the_same_name_is_in_the_way(path: str, tmp_path: Path) -> None:
    (tmp_path / path).parent.mkdir(exist_ok=True)
    (tmp_path / path).write_text("mine", "utf-8")
    result = ckg("init", tmp_path)
    assert f"already has {path.split('/')[0]};" in str(result.exception)
    assert content_of(tmp_path) == {path: b"mine"}


def test_other_files_may_stay_beside_the_dataset(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine", "utf-8")
    assert ckg("init", tmp_path).exit_code == 0
    assert (tmp_path / "notes.txt").read_text("utf-8") == "mine"
    assert (tmp_path / "data/dataset.yaml").is_file()


def test_data_that_would_not_hold_together_are_refused_before_anything_is_written(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    (tmp_path / "data/events.yaml").write_text("- {id: x, name: 甲}\n", "utf-8")
    result = ckg("init", tmp_path)
    assert isinstance(result.exception, CooperationError)
    assert "E102" in str(result.exception)
    assert list(content_of(tmp_path)) == ["data/events.yaml"]


def test_a_file_is_no_folder(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    assert "is no folder" in str(ckg("init", tmp_path / "file").exception)


def test_this_very_folder_can_become_a_dataset(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "here").mkdir()
    monkeypatch.chdir(tmp_path / "here")
    result = ckg("init", ".")
    assert (result.exit_code, "cd " in result.stderr) == (0, False)
    assert "title: {zh: here, en: here}" in Path("data/dataset.yaml").read_text("utf-8")


@pytest.mark.parametrize("name", ["", " "])
def test_no_name_is_not_this_folder(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    assert ckg("init", name).exit_code == 2
    assert list(tmp_path.iterdir()) == []


def test_when_writing_fails_no_folder_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    result = ckg("init", tmp_path / "a" / "b")
    assert isinstance(result.exception, OutputError)
    assert list(tmp_path.iterdir()) == []


# --- names


@pytest.mark.parametrize(
    ("name", "reason"),
    [
        ("con", "keeps the name"),
        ("COM1.data", "keeps the name"),
        ("nul ", "keeps the name"),
        ("a:b", "may have :"),
        ("a\\b", "may have \\"),
        ('a"b', 'may have "'),
        ("a\nb", "U+000A"),
        ("a\u202eb", "U+202E"),
        ("a.", "full stop"),
        (" a", "space"),
        ("-x", "option"),
        ("甲" * 86, "255 bytes"),
    ],
)
def test_a_name_that_some_system_cannot_have_is_refused(name: str, reason: str, tmp_path: Path) -> None:
    result = CliRunner().invoke(app, ["init", "--lang", "en", "--", str(tmp_path / name)])
    assert result.exit_code == 2
    fault = fault_of_name(name)
    assert fault is not None
    assert reason in fault[1]
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", ["我的 数据", "console", "com10", "a.b", "née", "甲" * 85])
def test_a_plain_name_is_taken(name: str) -> None:
    assert fault_of_name(name) is None


def test_a_reserved_name_above_the_folder_is_refused_too(tmp_path: Path) -> None:
    assert ckg("init", tmp_path / "aux" / "facts").exit_code == 2


@pytest.mark.parametrize("name", ["=cmd", "@a  b", "- {x", "null", "2024", "a # b", "'q'"])
def test_a_name_that_yaml_or_a_spreadsheet_takes_for_something_else_stays_a_name(name: str, tmp_path: Path) -> None:
    (tmp_path / "dataset.yaml").write_text(making.dataset_yaml(making.title_from(name), "en"), "utf-8")
    title = load_corpus(tmp_path).dataset.title.zh
    assert title == " ".join(name.split()).lstrip("=@")
