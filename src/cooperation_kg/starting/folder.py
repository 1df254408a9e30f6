"""Which files does a new dataset have, and would they clash with what stands in its folder?"""

from __future__ import annotations

import json
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path, PurePosixPath

from cooperation_kg.curate.corpus import REGISTERS
from cooperation_kg.curate.edits.spelling import spell_fields
from cooperation_kg.curate.fields import FORMULA_SIGNS
from cooperation_kg.curate.registers import Dataset
from cooperation_kg.curate.yaml_io import YamlValue, read_yaml
from cooperation_kg.errors import OutputError
from cooperation_kg.locations import data_folder
from cooperation_kg.ontology import load_ontology
from cooperation_kg.schema.json_schema import SCHEMA_FILES, json_schema
from cooperation_kg.schema.words import words_of_field
from cooperation_kg.starting.names import slug_of
from cooperation_kg.starting.templates import template_files

LANGUAGES = ("zh", "en")
# file of the dataset ← file of this package
COPIED = {
    "README.md": "README.md",
    "README.zh-CN.md": "README.zh-CN.md",
    "requirements.txt": "requirements.txt",
    ".gitignore": "gitignore",
    ".gitattributes": "gitattributes",
    ".editorconfig": "editorconfig",
    ".github/workflows/publish.yml": "publish.yml",
}
_FILLED = ("README.md", "README.zh-CN.md", "requirements.txt")
LICENCE = "https://creativecommons.org/licenses/by/4.0/"
REGISTERS_ARE = {
    False: (
        "地区、协作项目、政策等沿用自带名录（`extends: shipped`），这里只写缺少的",
        "what exists, where the shipped registers of places, programmes and policies (`extends: shipped`) lack it",
    ),
    True: ("全部由自己登记", "what exists: places, programmes, policies, all your own to list"),
}
NOTES: Mapping[str, tuple[str, str]] = {
    "base": ("；请换成自己能控制的网址，用了就不要再改", "; choose an address that is yours, and keep it"),
    "creators": ("；请写自己的名字", "; write your name"),
    "licence": ("；可换成别的", "; another one is as good"),
    "horizon": ("", ""),
}
"""What a comment of dataset.yaml says more than what the field means."""


def dataset_files(name: str, lang: str, *, standalone: bool = False) -> dict[str, bytes]:
    """Return every file of a new dataset by its path in the folder.

    Parameters
    ----------
    name: what the dataset is called.
    lang: language of the comments in ``dataset.yaml``; templates and READMEs come in both.
    standalone: build on no other registers than its own.

    >>> sorted(dataset_files("my-facts", "en"))[:3]
    ['.editorconfig', '.gitattributes', '.github/workflows/publish.yml']
    """
    zh, en = REGISTERS_ARE[standalone]
    filling = {"title": name, "version": version("cooperation-kg"), "registers_zh": zh, "registers_en": en}
    texts = {
        "data/dataset.yaml": dataset_yaml(name, lang, standalone),
        ".vscode/settings.json": _json(editor_settings()),
        ".vscode/extensions.json": _json({"recommendations": ["redhat.vscode-yaml"]}),
    }
    texts |= _same_for_all()
    for target, file in COPIED.items():
        text = files(__package__).joinpath("files", file).read_text(encoding="utf-8")
        texts[target] = _filled(text, filling) if file in _FILLED else text
    return {path: text.encode() for path, text in sorted(texts.items())}


def title_from(name: str) -> str:
    """Return a title made of the name of a folder, such as a title may be.

    >>> title_from("=my  facts"), title_from("我的数据")
    ('my facts', '我的数据')
    """
    return " ".join(name.split()).lstrip(f"{FORMULA_SIGNS} ") or "my-dataset"


def schema_places() -> dict[str, str]:
    """Return, of each JSON Schema, the files that it describes, as editors match them.

    >>> schema_places()["statements"]
    'data/statements/*.yaml'
    """
    lists = {pattern.split("/")[0].removesuffix(".yaml"): pattern for pattern, _ in REGISTERS.values()}
    own = {"source": "sources/*.yaml", "statements": "statements/*.yaml", **lists}
    return {kind: f"data/{own.get(kind, f'{kind}.yaml')}" for kind in SCHEMA_FILES}


def editor_settings() -> dict[str, object]:
    """Return the settings of VS Code: which schema is for which file, and that nothing rewrites YAML on saving."""
    return {
        "yaml.schemas": {f"./schema/{kind}.json": place for kind, place in schema_places().items()},
        "yaml.format.enable": False,
        "files.encoding": "utf8",
        "files.eol": "\n",
    }


def find_clashes(folder: Path, names: Iterable[str]) -> list[str]:
    """Return what stands in the way of new files in a folder, each as its path below it.

    On some systems ``Readme.md`` and ``README.md`` are one file: names that differ only so do clash.
    """
    found = (_in_the_way(folder, PurePosixPath(name)) for name in names)
    return sorted({clash for clash in found if clash is not None})


def _in_the_way(folder: Path, name: PurePosixPath) -> str | None:
    at = folder
    for number, part in enumerate(name.parts, start=1):
        same = next((entry for entry in _entries(at) if _folded(entry) == _folded(part)), None)
        if same is None:
            return None
        at = at / same
        if number == len(name.parts) or same != part or not at.is_dir():
            return at.relative_to(folder).as_posix()
    return None


def _entries(folder: Path) -> Iterator[str]:
    try:
        yield from sorted(path.name for path in folder.iterdir()) if folder.is_dir() else ()
    except OSError as failed:
        raise OutputError(f"cannot read {folder}: {failed.strerror or failed}") from failed


def _folded(name: str) -> str:
    return unicodedata.normalize("NFC", name).casefold()


@cache
def _same_for_all() -> Mapping[str, str]:
    """Return the files that depend on nothing: schemas and templates."""
    ontology = load_ontology()
    texts = {f"schema/{kind}.json": json_schema(kind, ontology) for kind in SCHEMA_FILES}
    for language in LANGUAGES:
        texts |= {f"templates/{language}/{file}": text for file, text in template_files(language).items()}
    return texts


def dataset_yaml(name: str, lang: str, standalone: bool = False) -> str:
    """Return the text of ``dataset.yaml``, each field with what it means.

    >>> print(dataset_yaml("甲", "zh").splitlines()[2])
    title: {zh: 甲, en: 甲}
    """
    ontology = load_ontology()
    people = {"zh": f"{name} 的编者", "en": f"The makers of {name}"}[lang]
    fields: dict[str, YamlValue] = {
        "title": {"zh": name, "en": name},
        "base": f"https://example.org/{slug_of(name, 'my-dataset')}/",
        "licence": LICENCE,
        "creators": [people],
        "version": "0.1.0",
        "horizon": _last_year(),
        **({} if standalone else {"extends": "shipped"}),
    }
    lines = ["# yaml-language-server: $schema=../schema/dataset.json"]
    for field, line in zip(fields, spell_fields(fields, 0), strict=True):
        meaning = words_of_field(ontology, Dataset, field).split(" | ", 1)[lang == "en"]
        more = NOTES.get(field, ("", ""))[lang == "en"]
        lines += [f"# {meaning}{more}", line]
    return "\n".join(lines) + "\n"


def _last_year() -> str:
    """Return the last year that the shipped facts cover: no clock is read."""
    shipped = read_yaml(data_folder() / "dataset.yaml").data
    assert isinstance(shipped, dict)
    return str(shipped["horizon"])


def _filled(text: str, filling: Mapping[str, str]) -> str:
    for name, value in filling.items():
        text = text.replace(f"{{{name}}}", value)
    return text


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"
