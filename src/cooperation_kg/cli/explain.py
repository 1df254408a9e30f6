"""``ckg explain``: why the graph says so: statements, rules, what would remove it, what is missing."""

from __future__ import annotations

from typing import Annotated

import typer

from cooperation_kg.cli.answers import AnswerFormat, known_format, write_answer
from cooperation_kg.cli.options import AsOfTime, DataFolder, KnownAt, OutputFile, asked_time, load_graph
from cooperation_kg.cli.servers import Endpoint
from cooperation_kg.cli.talk import Lang, language


def explain(
    a: Annotated[
        str,
        typer.Argument(
            help="A place or organisation, with B; or a pairing, statement, term, cell or disagreement. "
            "一方（须再给另一方），或一个结对、陈述、轮次、数字格、分歧。",
            metavar="A",
        ),
    ],
    b: Annotated[str | None, typer.Argument(help="The other party. 另一方。", metavar="[B]")] = None,
    as_of: AsOfTime = None,
    known_at: KnownAt = None,
    endpoint: Endpoint = None,
    file_format: AnswerFormat = "text",
    output: OutputFile = "-",
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Explain a pairing, a figure or any fact: who says so, by which rules. 说明一个事实从何而来、凭何推出。

    Example 示例：ckg explain 北京 内蒙古 --as-of 2018
    """
    from cooperation_kg.query.explain import explain as explain_fact

    chosen = language(lang)
    known_format(file_format)
    time = asked_time(as_of, None)
    kg = load_graph(data, chosen, known_at, endpoint)
    write_answer(explain_fact(kg, a, b, time), file_format, output, chosen, kg.known_at)
