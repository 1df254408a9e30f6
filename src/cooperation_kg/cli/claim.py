"""``ckg check-claim``: a sentence against the record."""

from __future__ import annotations

import json
import sys
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import DataFolder, KnownAt, OutputFile, load_graph, write_output
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language, progress

if TYPE_CHECKING:
    from cooperation_kg.query.claims import Checked

FailOn = Annotated[
    list[str] | None,
    typer.Option(
        "--fail-on",
        help="Exit 1 on this answer: disagrees, nothing-known …, repeatable. 遇此答案时退出码为 1，可多次。",
        metavar="ANSWER",
    ),
]


def check_claim(
    sentence: Annotated[
        str, typer.Argument(help="One sentence; - reads one a line from stdin. 一句话；- 为逐行读标准输入。")
    ],
    fail_on: FailOn = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Check a sentence against the record: agrees, compatible, disagrees or nothing known. 把一句话与库中陈述核对。

    Example 示例：ckg check-claim "北京2016至2020年向内蒙古投入39.43亿元"
    """
    from cooperation_kg.query.claims import ClaimChecker

    chosen = language(lang)
    known_format(file_format)
    unwanted = _known_answers(fail_on or [])
    sentences = _sentences(sentence)
    kg = load_graph(data, chosen, known_at, endpoint)
    checker = ClaimChecker(kg)
    with progress("核对", "checking", chosen):
        checked = tuple(checker.check(each) for each in sentences)
    if sentence == "-":
        _write_many(checked, file_format, output, chosen, kg.known_at)
    else:
        write_answer(checked[0], file_format, output, chosen, kg.known_at)
    if any(each.answer in unwanted for each in checked):
        raise typer.Exit(1)


def _known_answers(given: list[str]) -> frozenset[str]:
    from cooperation_kg.query.claims.results import ANSWERS

    unknown = [answer for answer in given if answer not in ANSWERS]
    if unknown:
        raise typer.BadParameter(f"--fail-on {unknown[0]}: choose among 请选 {', '.join(ANSWERS)}")
    return frozenset(given)


def _sentences(sentence: str) -> tuple[str, ...]:
    """Return the sentence, or those of stdin; an empty one is refused before anything is loaded."""
    from cooperation_kg.errors import BadParameter
    from cooperation_kg.query.claims.reading import LONGEST_SENTENCE

    read = sys.stdin.buffer.read().decode("utf-8-sig", errors="replace") if sentence == "-" else sentence
    lines = tuple(line.strip() for line in (read.splitlines() if sentence == "-" else [read]) if line.strip())
    if not lines:
        raise BadParameter('there is no sentence; write ckg check-claim "…" / 没有句子；请写 ckg check-claim "……"')
    if any(len(line) > LONGEST_SENTENCE for line in lines):
        raise BadParameter(
            f"a sentence is longer than {LONGEST_SENTENCE} characters; check one sentence at a time "
            f"/ 有句子超过 {LONGEST_SENTENCE} 字；请逐句核对"
        )
    return lines


def _write_many(checked: tuple[Checked, ...], file_format: str, output: str, lang: str, known_at: str) -> None:
    """Write several answers: JSON Lines, or one document with every sentence in it."""
    if file_format == "json":
        known = {"known_at": known_at} if known_at else {}
        lines = (json.dumps(known | each.as_json(), ensure_ascii=False) + "\n" for each in checked)
        write_output(output, "".join(lines).encode())
        return
    from cooperation_kg.query.claims import Together

    write_answer(Together(checked), file_format, output, lang, known_at)
