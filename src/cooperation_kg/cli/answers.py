"""How every answering command writes what it found: text, Markdown, HTML or JSON, to stdout or a file."""

from __future__ import annotations

import json
import shutil
import sys
from dataclasses import replace
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import write_output

if TYPE_CHECKING:
    from cooperation_kg.query.document import Answer

ANSWER_FORMATS = ("text", "markdown", "html", "json")

AnswerFormat = Annotated[
    str,
    typer.Option("--format", "-f", help=f"{', '.join(ANSWER_FORMATS)}. 输出格式。", metavar="FORMAT"),
]


def known_format(file_format: str, formats: tuple[str, ...] = ANSWER_FORMATS) -> str:
    """Return the format, or end as wrong usage before anything is loaded."""
    if file_format not in formats:
        raise typer.BadParameter(f"{file_format!r}: choose one of 请选 {', '.join(formats)}")
    return file_format


def terminal_width() -> int | None:
    """Return how wide the terminal is that stdout goes to; None for a pipe or a file, where rows stay whole."""
    return shutil.get_terminal_size((120, 24)).columns if sys.stdout.isatty() else None


def write_answer(answer: Answer, file_format: str, output: str, lang: str, known_at: str = "") -> None:
    """Write an answer in one of ANSWER_FORMATS, UTF-8, whole or not at all.

    Parameters
    ----------
    known_at: the revision whose data were asked, empty for those of now: a kept answer must not pass for today's.
    """
    if file_format == "json":
        known = {"known_at": known_at} if known_at else {}
        content = json.dumps(known | answer.as_json(), ensure_ascii=False, indent=2) + "\n"
    else:
        from cooperation_kg.render.documents import as_html, as_markdown, as_text

        document = answer.document(lang)
        if known_at:
            line = f"依据数据版本 {known_at}。" if lang == "zh" else f"From the data of revision {known_at}."
            document = replace(document, lead=(line, *document.lead))
        match file_format:
            case "markdown":
                content = as_markdown(document)
            case "html":
                content = as_html(document, lang)
            case _:
                content = as_text(document, terminal_width() if output == "-" else None)
    write_output(output, content.encode())
