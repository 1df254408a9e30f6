"""How does a template look? A made-up record in comments, each field with what it means: uncomment, and write over it.

Taking one ``# `` off every line makes a record that is whole; the fields that may be left out stay comments then.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from cooperation_kg.curate.corpus import REGISTERS as REGISTER_FILES
from cooperation_kg.curate.edits.house import field_order, nested_type
from cooperation_kg.curate.edits.spelling import spell_fields
from cooperation_kg.curate.fields import Concept, Record, marks_of
from cooperation_kg.curate.registers import Source
from cooperation_kg.curate.statements import STATEMENT_KINDS
from cooperation_kg.ontology import Ontology, load_ontology
from cooperation_kg.schema.words import words_of_field, words_of_record
from cooperation_kg.sheets.columns import TITLES
from cooperation_kg.starting.examples import REGISTERS, SOURCE, STATEMENTS, Example, statement_example

# register → the name of its file of templates
REGISTER_TEMPLATES: Mapping[str, str] = {
    kind: "places.yaml" if kind == "place" else pattern for kind, (pattern, _) in REGISTER_FILES.items()
}
HOW = {
    "zh": "## 模板：所写均为虚构。复制到 data/{place}，每行去掉一个“# ”（编辑器：Ctrl+/），再改成来源所说。",
    "en": "## A template; all in it is invented. Copy it to data/{place}, take one “# ” off each line (in an editor: "
    "Ctrl+/), and write what your source says.",
}


def template_of(kind: str, lang: str, identifier: str = "") -> str:
    """Return the template of one kind, every line a comment.

    Parameters
    ----------
    kind: as the sheets are called: ``"pairing"``, ``"figure"``, ``"source"``, ``"register-policy"`` …
    identifier: the id that a statement has in it, where not that of the example.

    >>> print(template_of("participation", "en").splitlines()[1])
    # - id: s002  # id: lower-case letters, digits, hyphens; never reused
    """
    ontology = load_ontology()
    if kind == "source":
        lines = _record(SOURCE, Source, ontology, lang, dash=False)
    elif kind in STATEMENTS:
        example = statement_example(kind)
        given = {**example.given, "id": identifier or example.given["id"]}
        lines = _record(Example(given, example.more), STATEMENT_KINDS[kind], ontology, lang)
    else:
        register = kind.removeprefix("register-")
        record_type = REGISTER_FILES[register][1]
        lines = (line for entry in REGISTERS[register] for line in _record(entry, record_type, ontology, lang))
    return "\n".join([f"## {_heading(kind, ontology, lang)}", *(f"# {line}" for line in lines)]) + "\n"


def template_files(lang: str) -> dict[str, str]:
    """Return the files of templates of one language, by name: one for sources, one for statements, one a register."""
    files = {
        "source.yaml": ("sources/<id>.yaml", ["source"]),
        "statements.yaml": ("statements/<id>.yaml", list(STATEMENTS)),
        **{
            name: (REGISTER_FILES[register][0].replace("*", "own"), [f"register-{register}"])
            for register, name in REGISTER_TEMPLATES.items()
        },
    }
    return {
        name: "\n".join([HOW[lang].format(place=place) + "\n", *(template_of(kind, lang) for kind in kinds)])
        for name, (place, kinds) in files.items()
    }


def _heading(kind: str, ontology: Ontology, lang: str) -> str:
    record_type: type[Record] = (
        Source if kind == "source" else STATEMENT_KINDS.get(kind) or REGISTER_FILES[kind.removeprefix("register-")][1]
    )
    zh, en = words_of_record(ontology, record_type).split(" | ", 1)
    title = TITLES[kind]
    return f"{title[0]}｜{zh}" if lang == "zh" else f"{title[1]} | {en}"


def _record(
    example: Example, record_type: type[Record], ontology: Ontology, lang: str, *, dash: bool = True
) -> Iterator[str]:
    """Yield the lines of a record, each field with its meaning; those that may be left out as comments."""
    column = 2 if dash else 0
    order = [name for name in field_order(record_type) if name in example.given]
    for name in (*order, *(name for name in field_order(record_type) if name in example.more)):
        is_given = name in example.given
        value = (example.given if is_given else example.more)[name]
        lines = "".join(spell_fields({name: value}, column)).split("\n")
        lines[0] += f"  # {_meaning(record_type, name, ontology, lang)}"
        for number, line in enumerate(lines):
            if not is_given:
                yield f"{' ' * column}# {line[column:]}"
            elif name == order[0] and number == 0 and dash:
                yield f"- {line[column:]}"
            else:
                yield line


def _meaning(record_type: type[Record], name: str, ontology: Ontology, lang: str) -> str:
    """Return what a field means, and which words it may have where they are few."""
    own = next(own for own, info in record_type.model_fields.items() if (info.alias or own) == name)
    zh, en = words_of_field(ontology, record_type, own).split(" | ", 1)
    mark = marks_of(record_type, own)
    words = list(ontology.concepts.get(mark.scheme, {})) if isinstance(mark, Concept) else []
    choice = f" ({', '.join(words)})" if 0 < len(words) <= MOST and nested_type(record_type, name) is None else ""
    return f"{zh if lang == 'zh' else en}{choice}"


MOST = 20
"""So many words of a list are named in a template; the editor and ``ckg new`` offer all."""
