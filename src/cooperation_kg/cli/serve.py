"""``ckg serve``: the site, a SPARQL endpoint and a JSON API, at an address of one's own."""

from __future__ import annotations

import gc
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import DataFolder
from cooperation_kg.cli.talk import Lang, language, say
from cooperation_kg.errors import CooperationError

if TYPE_CHECKING:
    from cooperation_kg.serving.serving import Serving

_MEGABYTE = 1 << 20


class NotInstalled(CooperationError):
    """What serves is an extra that is not installed."""


def serve(
    data: DataFolder = None,
    host: Annotated[
        str, typer.Option("--host", help="Where to listen; 0.0.0.0 for everywhere. 监听地址。", metavar="ADDRESS")
    ] = "127.0.0.1",
    port: Annotated[int, typer.Option("--port", help="0 for any that is free. 端口。", min=0, max=65_535)] = 8000,
    site: Annotated[
        Path | None,
        typer.Option(
            "--site", help="A folder made by ckg build; else pages are made at the start. 已构建的网站文件夹。"
        ),
    ] = None,
    no_site: Annotated[bool, typer.Option("--no-site", help="Serve no pages. 不提供网页。")] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Take new data when files change. 文件改动后自动更新。")
    ] = False,
    workers: Annotated[
        int | None,
        typer.Option("--workers", help="Queries at the same time; one a processor, two at least. 并行查询数。", min=1),
    ] = None,
    seconds: Annotated[
        float, typer.Option("--timeout", help="Seconds that a query may take. 查询时限（秒）。", min=0.1)
    ] = 10.0,
    memory: Annotated[
        int, typer.Option("--memory", help="Megabytes that a query may need. 查询内存上限（MB）。", min=64)
    ] = 1024,
    largest: Annotated[
        int, typer.Option("--largest", help="Megabytes that an answer may have. 答案大小上限（MB）。", min=1)
    ] = 32,
    lang: Lang = None,
) -> None:
    """Serve pages, SPARQL and JSON until Ctrl-C. 启动服务：网页、SPARQL 端点与 JSON 接口。

    Example 示例：ckg serve --port 8000 --watch
    """
    chosen = language(lang)
    if site is not None and not (site / "index.html").is_file():
        raise typer.BadParameter(f"{site} has no index.html; make it with ckg build 请先用 ckg build 构建")
    try:
        from cooperation_kg.serving.running import serve as run
        from cooperation_kg.serving.settings import Settings
    except ModuleNotFoundError as missing:
        if missing.name not in ("starlette", "uvicorn"):
            raise
        raise NotInstalled("pip install 'cooperation-kg[serve]' 请先安装") from missing
    usual = Settings()
    settings = Settings(
        data=data,
        site=site,
        with_site=not no_site,
        host=host,
        port=port,
        watch=watch,
        workers=workers or usual.workers,
        seconds=seconds,
        memory=memory * _MEGABYTE,
        answer=largest * _MEGABYTE,
        lang=chosen,
    )
    gc.enable()  # off for commands that soon end; a server runs for months
    say("正在读取事实……" if chosen == "zh" else "reading the facts …")
    run(settings, say, lambda address, serving: _welcome(address, serving, chosen))
    say("服务已结束" if chosen == "zh" else "no longer serving")


def _welcome(address: str, serving: Serving, lang: str) -> None:
    """Say what is where, and which bounds this system does not know."""
    from cooperation_kg.serving.confining import BOUNDS

    now = serving.now
    told = {
        "zh": f"{now.about['triples']} 个三元组；SPARQL：{address}sparql；接口：{address}api/openapi.json",
        "en": f"{now.about['triples']} triples; SPARQL at {address}sparql; API: {address}api/openapi.json",
    }
    say(f"正在提供服务：{address}（Ctrl-C 结束）" if lang == "zh" else f"serving at {address} (Ctrl-C ends)")
    say(told[lang])
    lacking = [bound for bound in BOUNDS if bound not in now.queries.bounds]
    if lacking:
        names = ", ".join(lacking)
        say(
            f"此系统无法限制：{names}；公开提供服务请用 Linux"
            if lang == "zh"
            else f"this system sets no bound on: {names}; serve the public from Linux"
        )
