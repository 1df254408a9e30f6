"""``ckg push``: bring the graph on somebody else's server up to date."""

from __future__ import annotations

from itertools import count
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.options import DataFolder, load_graph
from cooperation_kg.cli.servers import Auth, User, open_server
from cooperation_kg.cli.talk import Lang, language, progress, say

if TYPE_CHECKING:
    from cooperation_kg.remote.pushing import Change


def push(
    url: Annotated[str, typer.Argument(help="Where the server takes updates. 服务器的更新地址。", metavar="URL")],
    user: User = None,
    auth: Auth = None,
    query_url: Annotated[
        str | None,
        typer.Option("--query-url", help="Where it takes queries, if elsewhere. 查询地址（若不同）。", metavar="URL"),
    ] = None,
    graph_store: Annotated[
        str | None,
        typer.Option(
            "--graph-store",
            help="Where it takes whole graphs, by the Graph Store protocol. 图存储协议地址。",
            metavar="URL",
        ),
    ] = None,
    no_update: Annotated[
        bool,
        typer.Option("--no-update", help="It takes no SPARQL Update: put changed graphs anew. 不用 SPARQL Update。"),
    ] = False,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say what would change; send nothing. 只说明会改什么，不发送。")
    ] = False,
    replace: Annotated[
        bool,
        typer.Option("--replace", help="Compare every graph itself, not its digest. 逐图核对内容，不信摘要。"),
    ] = False,
    data: DataFolder = None,
    lang: Lang = None,
) -> None:
    """Push the graph to a SPARQL server: only graphs that changed, checked afterwards. 把图推送到服务器。

    Killed half-way, it finishes when run again. Only graphs that it pushed before are ever removed.

    Example 示例：ckg push http://127.0.0.1:7878 --dry-run

    CKG_PASSWORD=… ckg push http://127.0.0.1:8890/sparql-auth --user ckg --auth digest
    """
    from cooperation_kg.remote.pushing import push as push_graph

    chosen = language(lang)
    server = open_server(url, user, auth, query_url=query_url, graph_store=graph_store, takes_updates=not no_update)
    kg = load_graph(data, chosen)

    with server, progress("推送", "pushing", chosen) as how_far:
        numbers = count(1)

        def told(change: Change) -> None:
            how_far(f"{next(numbers)} {change.graph[1:-1]}")
            if dry_run:
                typer.echo(f"{change.graph[1:-1]}\t+{len(change.added)}\t-{len(change.removed)}")

        done = push_graph(kg, server, dry_run=dry_run, replace=replace, told=told)
    if chosen == "zh":
        did = "将改" if dry_run else "已改并核对"
        say(f"{did} {len(done.graphs)} 个图：加 {done.added} 条，减 {done.removed} 条；{done.unchanged} 个图未变")
    else:
        did = "would change" if dry_run else "changed and checked"
        counted = f"{len(done.graphs)} graphs: {done.added} triples added, {done.removed} removed"
        say(f"{did} {counted}; {done.unchanged} graphs unchanged")
    for graph in done.anew:
        did = "将" if dry_run else "已"
        say(
            f"图 {graph[1:-1]} 中有他人添加的空白节点，{did}整图重发"
            if chosen == "zh"
            else f"{graph[1:-1]} holds blank nodes of somebody else: it {'would be' if dry_run else 'was'} dropped and "
            "sent whole"
        )
    for graph in done.counted:
        say(
            f"图 {graph[1:-1]} 太大，只核对了条数"
            if chosen == "zh"
            else f"only the number of triples was checked of {graph[1:-1]}: it is too large to be read back"
        )
