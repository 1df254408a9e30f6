"""The options of those who ask or feed a server elsewhere; secrets come from the environment alone."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Annotated

import typer

from cooperation_kg.cli.talk import say
from cooperation_kg.errors import BadParameter

if TYPE_CHECKING:
    from cooperation_kg.remote.server import Server

Endpoint = Annotated[
    str | None,
    typer.Option(
        "--endpoint",
        help="Ask the data that ckg push brought to this SPARQL server. 改向该 SPARQL 服务器取数据。",
        metavar="URL",
    ),
]
User = Annotated[
    str | None,
    typer.Option(
        "--user",
        envvar="CKG_USER",
        help="Name at the server; the password is read from CKG_PASSWORD. 服务器用户名；密码取自 CKG_PASSWORD。",
        metavar="NAME",
    ),
]
Auth = Annotated[
    str | None,
    typer.Option(
        "--auth",
        envvar="CKG_AUTH",
        help="basic or digest (with a user), bearer (its token is read from CKG_TOKEN). 认证方式；令牌取自 CKG_TOKEN。",
        metavar="basic|digest|bearer",
    ),
]


def open_server(
    url: str,
    user: str | None = None,
    auth: str | None = None,
    *,
    query_url: str | None = None,
    graph_store: str | None = None,
    takes_updates: bool = True,
) -> Server:
    """Return the server of these options; raises BadParameter where they do not go together.

    Without them, CKG_USER and CKG_AUTH are asked; with neither, nobody in particular asks.
    """
    from dataclasses import replace

    from cooperation_kg.remote.server import Access, Server, addresses_of

    at = addresses_of(url)
    at = replace(at, query=query_url or at.query, store=graph_store or at.store)
    if not takes_updates:
        if not at.store:
            raise typer.BadParameter("--no-update needs --graph-store 须与 --graph-store 同用")
        at = replace(at, update="")
    for address in (query_url, graph_store):
        if address:
            addresses_of(address)
    user = user or os.environ.get("CKG_USER")
    scheme = auth or os.environ.get("CKG_AUTH") or ("basic" if user else "")
    if scheme not in ("", "basic", "digest", "bearer"):
        raise typer.BadParameter(f"{scheme!r}: choose basic, digest or bearer 请选 basic、digest 或 bearer")
    if scheme in ("basic", "digest") and not user:
        raise typer.BadParameter(f"{scheme} goes with --user {scheme} 须有 --user")
    access = Access()
    if scheme:
        access = Access(scheme, user or "", _secret("CKG_TOKEN" if scheme == "bearer" else "CKG_PASSWORD"))
        for address in dict.fromkeys((at.query, at.update, at.store)):
            _warn_of_plain_text(address)
    return Server(at, access, say=say)


def _secret(variable: str) -> str:
    # a file of Windows that was read into it leaves an end of line
    found = os.environ.get(variable, "").strip("\r\n")
    if variable == "CKG_TOKEN":
        found = found.strip()
        if not found.isascii() or not found.isprintable() or " " in found:
            raise BadParameter(f"{variable} holds characters that no token has {variable} 含令牌不应有的字符")
    if not found:
        raise BadParameter(f"the environment variable {variable} is not set or empty 环境变量 {variable} 未设或为空")
    return found


def _warn_of_plain_text(url: str) -> None:
    """Say where a secret would go over the network unencrypted."""
    from urllib.parse import urlsplit

    from cooperation_kg.remote.server import is_near

    parts = urlsplit(url)
    if parts.scheme == "http" and not is_near(url):
        say(f"password or token go unencrypted to {parts.hostname}; use https 密码或令牌将明文传输，请用 https")
