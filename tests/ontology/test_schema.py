"""The generated files are current; the JSON Schema takes the real data and refuses what an editor should underline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pyoxigraph
import pytest
import yaml
from jsonschema import Draft7Validator
from rdflib import Graph
from rdflib.compare import isomorphic

from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.errors import OutputError
from cooperation_kg.graph.vocabulary import PREFIXES
from cooperation_kg.locations import data_folder, ontology_folder
from cooperation_kg.ontology import load_ontology
from cooperation_kg.schema import context, generated_files, words, write_generated
from cooperation_kg.schema.json_schema import SCHEMA_FILES

ONTOLOGY = load_ontology()
GENERATED = generated_files()
SCHEMAS: dict[str, Any] = {name: json.loads(GENERATED[f"schema/{name}.json"]) for name in SCHEMA_FILES}
DATA_FILES = sorted(path.relative_to(data_folder()).as_posix() for path in data_folder().rglob("*.yaml"))


class CoreLoader(yaml.SafeLoader):
    """YAML 1.2 core schema, as editors read: ``2016`` is a number, ``2016-12-03`` and ``NO`` are texts."""

    yaml_implicit_resolvers: dict[str, Any] = {}  # noqa: RUF012 - PyYAML's own way to start without rules


for _tag, _form, _first in (
    ("bool", r"true|True|TRUE|false|False|FALSE", "tTfF"),
    ("int", r"[-+]?[0-9]+", "-+0123456789"),
    ("float", r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?", "-+.0123456789"),
    ("null", r"~|null|Null|NULL|", "~nN\0"),
):
    CoreLoader.add_implicit_resolver(f"tag:yaml.org,2002:{_tag}", re.compile(f"^(?:{_form})$"), list(_first))


def _read(text: str) -> Any:
    return yaml.load(text, CoreLoader)


def _faults(schema: str, value: Any) -> list[str]:
    return [error.message for error in Draft7Validator(SCHEMAS[schema]).iter_errors(value)]


def _accepts(schema: str, text: str) -> bool:
    return not _faults(schema, _read(text))


# Generated files


@pytest.mark.parametrize("name", GENERATED)
def test_the_generated_file_is_current(name: str) -> None:
    path = ontology_folder() / name
    assert path.read_text("utf-8") == GENERATED[name], "run: ckg schema"


def test_no_other_file_stands_among_the_generated_schemas() -> None:
    kept = {path.relative_to(ontology_folder()).as_posix() for path in (ontology_folder() / "schema").iterdir()}
    assert kept == {name for name in GENERATED if name.startswith("schema/")}


def _copy_of_the_ontology(folder: Path) -> Path:
    for name in ("cooperation.ttl", "concepts.ttl"):
        (folder / name).write_bytes((ontology_folder() / name).read_bytes())
    return folder


def test_writing_gives_the_same_bytes_as_generating(tmp_path: Path) -> None:
    written = write_generated(_copy_of_the_ontology(tmp_path))
    assert {path.relative_to(tmp_path).as_posix(): path.read_bytes().decode() for path in written} == GENERATED


def test_a_file_that_cannot_be_written_is_our_error_and_leaves_no_scrap(tmp_path: Path) -> None:
    (_copy_of_the_ontology(tmp_path) / "README.md").mkdir()
    with pytest.raises(OutputError, match=r"README\.md"):
        write_generated(tmp_path)
    assert sorted(path.name for path in tmp_path.iterdir()) == ["README.md", "concepts.ttl", "cooperation.ttl"]


# JSON Schema


@pytest.mark.parametrize("name", SCHEMAS)
def test_the_schema_is_a_valid_schema(name: str) -> None:
    Draft7Validator.check_schema(SCHEMAS[name])


def _schema_of(file: str) -> str:
    folder, _, name = file.rpartition("/")
    return {"sources": "source", "statements": "statements", "places": "places"}.get(folder, name.removesuffix(".yaml"))


@pytest.mark.parametrize("file", DATA_FILES)
def test_an_editor_finds_no_fault_in_the_real_data(file: str) -> None:
    assert _faults(_schema_of(file), _read((data_folder() / file).read_text("utf-8"))) == []


@pytest.mark.parametrize("file", [file for file in DATA_FILES if file != "dataset.yaml"])
def test_the_first_line_of_a_data_file_names_its_schema(file: str) -> None:
    first = (data_folder() / file).read_text("utf-8").partition("\n")[0]
    up = "../" * (file.count("/") + 1)
    assert first == f"# yaml-language-server: $schema={up}ontology/schema/{_schema_of(file)}.json"


FIGURE = (
    "{id: s1, kind: figure, locator: 第1段, about: 闽宁, measure: fiscal-aid, as_written: 7.74亿元, nature: flow%s}"
)


@pytest.mark.parametrize(
    "more",
    [
        ", during: 1996/2011",
        ", at: 2012",
        ", at: 2012-10",
        ", at: 2012-10-03",
        ", at: 2012~",
        ", at: '[1996..2011]'",
        ", value: 774000000, unit: 元",
        ", value: 0.5",
        ", scope_note: 含社会资金",
        ", scope_note: {zh: 含社会资金, en: donations included}",
    ],
)
def test_what_our_reader_takes_the_editor_takes(more: str) -> None:
    assert _accepts("statements", f"[{FIGURE % more}]")


@pytest.mark.parametrize("literal", ["100", "39.43", "7.74亿元", "NO"])
def test_a_literal_may_be_typed_without_quotes(literal: str) -> None:
    assert _accepts("statements", f"[{(FIGURE % '').replace('7.74亿元', literal)}]")


@pytest.mark.parametrize(
    "about", ["{programme: east-west}", "{programme: east-west, supporter: beijing, recipient: [gansu, tibet]}"]
)
def test_a_figure_may_be_about_a_scope(about: str) -> None:
    assert _accepts("statements", f"[{(FIGURE % '').replace('闽宁', about)}]")


@pytest.mark.parametrize(
    "wrong",
    [
        FIGURE % ", colour: red",
        FIGURE % ", source: w-county",
        FIGURE % ", during: 去年",
        FIGURE % ", during: 12/2016",
        FIGURE % ", at: 20161203",
        FIGURE % ", note: null",
        FIGURE % ", value: 很多",
        FIGURE % ", part_of: S 1",
        (FIGURE % "").replace("fiscal-aid", "fiscal-ad"),
        (FIGURE % "").replace("nature: flow", "nature: 合计"),
        (FIGURE % "").replace("kind: figure", "kind: figures"),
        (FIGURE % "").replace(", nature: flow", ""),
        (FIGURE % "").replace("kind: figure, ", ""),
        (FIGURE % "").replace("about: 闽宁", "about: {supporter: beijing}"),
        "{id: s1, kind: pairing, locator: 摘要, programme: east-west, parties: [harbin]}",
        "{id: s1, kind: pairing, locator: 摘要, programme: east-west, parties: harbin}",
        "{id: s1, kind: pairing, locator: 摘要, programme: east-west, supporter: [], recipient: tibet}",
        "{id: s1, kind: pairing, locator: 摘要, about: 京蒙, since: 1996}",
        "{id: s1, kind: practice, locator: 摘要, about: 京蒙, field: industry, text: {en: only English}}",
    ],
)
def test_a_wrong_statement_is_underlined(wrong: str) -> None:
    assert not _accepts("statements", f"[{wrong}]")


DATASET = "{title: 甲, base: '%s', licence: 'https://example.org/l', creators: 乙, version: 1.0, horizon: 2024}"


@pytest.mark.parametrize(
    ("schema", "right", "wrong"),
    [
        ("places", "[{id: a, name: 甲, level: county}]", "[{id: a, name: 甲, level: 县}]"),
        (
            "places",
            "[{id: a, name: 甲, level: county, code: '110101'}]",
            "[{id: a, name: 甲, level: county, code: '11'}]",
        ),
        (
            "places",
            "[{id: a, name: 甲, level: county, seat: {lat: 39.9, lon: 116.4}}]",
            "[{id: a, name: 甲, level: county, seat: {lat: 116.4, lon: 39.9}}]",
        ),
        ("programmes", "[{id: a, name: 甲, type: counterpart-support}]", "[{id: a, name: 甲, type: support}]"),
        (
            "pairings",
            "[{id: a, name: 甲, programme: p, places: [x, y]}]",
            "[{id: a, name: 甲, programme: p, places: [x]}]",
        ),
        ("policies", "[{id: a, name: 甲, type: notice}]", "[{id: a, title: 甲, type: notice}]"),
        ("organisations", "[{id: a, name: 甲, type: party}]", "[{id: a, type: party}]"),
        ("projects", "[{id: a, name: 甲, field: industry}]", "[{id: a, name: 甲, field: 产业}]"),
        ("events", "[{id: a, name: 甲, type: visit}]", "[{id: A, name: 甲, type: visit}]"),
        (
            "judgements",
            "[{id: a, kind: searched, what: 名单, where: 官网, by: 甲, date: 2024-05, reason: 未见}]",
            "[{id: a, kind: believes, by: 甲, date: 2024-05, reason: 未见}]",
        ),
        (
            "source",
            "{id: a, type: book, title: 题, language: zh, read: whole, reached_by: original, issue: 3}",
            "{id: a, type: book, title: 题, language: zh, read: all, reached_by: original}",
        ),
        (
            "dataset",
            DATASET % "https://example.org/",
            DATASET % "https://example.org",
        ),
    ],
)
def test_a_register_entry_is_checked(schema: str, right: str, wrong: str) -> None:
    assert _accepts(schema, right)
    assert not _accepts(schema, wrong)


def test_an_empty_file_is_underlined() -> None:
    assert not _accepts("policies", "# nothing yet\n")


def test_every_kind_of_statement_can_be_completed_by_its_kind() -> None:
    definitions = SCHEMAS["statements"]["definitions"]
    offered = [definitions[ref["$ref"].rpartition("/")[2]] for ref in SCHEMAS["statements"]["items"]["anyOf"]]
    assert [kind["properties"]["kind"]["const"] for kind in offered] == list(STATEMENT_KINDS)
    assert all("kind" in kind["required"] and kind["additionalProperties"] is False for kind in offered)


def _properties() -> Iterator[tuple[str, str, dict[str, Any]]]:
    for schema in SCHEMAS.values():
        for record, definition in schema["definitions"].items():
            for name, described in definition["properties"].items():
                yield record, name, described


def test_every_field_is_described_in_chinese_and_english() -> None:
    for record, name, described in _properties():
        zh, bar, en = described["description"].partition(" | ")
        assert re.search(r"[\u4e00-\u9fff]|DOI", zh), (record, name)
        assert bar, (record, name)
        assert en, (record, name)


def test_a_code_list_is_offered_whole_and_in_order() -> None:
    definition = SCHEMAS["statements"]["definitions"]["FigureStatement"]["properties"]
    assert definition["measure"]["enum"] == list(ONTOLOGY.concepts["measure"])
    assert definition["stage"]["enum"] == ["planned", "agreed", "allocated", "paid", "reported"]
    assert definition["stage"]["enumDescriptions"][0] == "计划 | planned"


def test_no_words_are_kept_for_fields_that_no_record_has() -> None:
    yaml_names = {(record, name) for record, name, _ in _properties()}
    kept = {key for key in (*words.TERMS, *words.OTHER_FIELDS) if isinstance(key, words.FieldOf)}
    renamed = {"since": "from"}
    assert {(k.record, k.field) for k in kept} <= yaml_names
    plain = {key for key in (*words.TERMS, *words.OTHER_FIELDS) if isinstance(key, str) and not isinstance(key, tuple)}
    assert {renamed.get(key, key) for key in plain} <= {name for _, name in yaml_names} | {"old", "new"}


# JSON-LD context and term table


def test_json_with_the_context_reads_as_the_graph_writes_it() -> None:
    document = {
        **json.loads(GENERATED["context.jsonld"]),
        "id": "https://example.org/p",
        "type": "Pairing",
        "label": {"zh": "京蒙", "en": "Beijing–Inner Mongolia"},
        "supporter": "https://example.org/beijing",
        "inForceIn": [2018, 2019],
        "lastConfirmed": "2020-12-31",
        "directed": True,
        "name": "京蒙",
    }
    expected = """
        @prefix coop: <https://w3id.org/cooperation-kg/def#> .
        @prefix rdfs: <http://www.w3.org/2000/01/rdf-schema#> .
        @prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
        <https://example.org/p> a coop:Pairing ; rdfs:label "京蒙"@zh, "Beijing–Inner Mongolia"@en ;
            coop:supporter <https://example.org/beijing> ; coop:inForceIn 2018, 2019 ; coop:directed true ;
            coop:lastConfirmed "2020-12-31"^^xsd:date ; coop:name "京蒙" .
    """
    wanted = Graph().parse(data=expected, format="turtle")
    text = json.dumps(document)
    quads = pyoxigraph.parse(text.encode(), format=pyoxigraph.RdfFormat.JSON_LD)
    lines = "\n".join(f"{quad.subject} {quad.predicate} {quad.object} ." for quad in quads)
    assert isomorphic(Graph().parse(data=lines, format="nt"), wanted)
    assert isomorphic(Graph().parse(data=text, format="json-ld"), wanted)


def test_the_context_has_every_term() -> None:
    entries = json.loads(GENERATED["context.jsonld"])["@context"]
    for name in ONTOLOGY.terms:
        entry = entries[name]
        assert (entry if isinstance(entry, str) else entry["@id"]) == f"coop:{name}"


def test_prefixes_of_the_context_are_those_of_the_graph() -> None:
    assert context.PREFIXES.items() <= PREFIXES.items()


def test_the_term_table_lists_every_term_and_every_concept() -> None:
    table = GENERATED["README.md"]
    for name, term in ONTOLOGY.terms.items():
        assert re.search(rf"^\| `coop:{name}` \|.*\| {re.escape(term.zh)} \| {re.escape(term.en)} \|", table, re.M)
    for scheme, concepts in ONTOLOGY.concepts.items():
        section = table.partition(f"| {scheme}\n")[2].partition("\n### ")[0]
        listed = re.findall(r"^\| `([^`]+)` \|", section, re.M)
        assert listed == list(concepts), scheme
