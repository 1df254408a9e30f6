"""``ckg schema``: what editors and readers need of the ontology, generated from it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cooperation_kg.cli.talk import Lang, language, say


def schema(
    output: Annotated[
        Path, typer.Option("--output", "-o", help="Folder to write into. 输出文件夹。", metavar="FOLDER")
    ] = Path("ontology"),
    check: Annotated[
        bool,
        typer.Option("--check", help="Only compare; exit 1 on a difference. 只比较，有出入则退出码为 1。"),
    ] = False,
    lang: Lang = None,
) -> None:
    """Write the JSON Schemas of the YAML, the JSON-LD context and the term table. 生成 JSON Schema、上下文与术语表。

    Example 示例：ckg schema --check
    """
    from cooperation_kg.render.output import write_all
    from cooperation_kg.schema import generated_files

    chosen = language(lang)
    files = {name: text.encode() for name, text in generated_files().items()}
    if not check:
        for path in write_all(output, files):
            say(str(path))
        return
    differing = [name for name, text in files.items() if not _is_same(output / name, text)]
    for name in differing:
        say(
            f"{output / name}: 与生成结果不同" if chosen == "zh" else f"{output / name}: differs from what is generated"
        )
    if differing:
        raise typer.Exit(1)


def _is_same(path: Path, content: bytes) -> bool:
    return path.is_file() and path.read_bytes().replace(b"\r\n", b"\n") == content
