"""One SPARQL 1.1 server over HTTP: queries, updates, whole graphs, and every failure said in words.

Queries and updates go by form POST (https://www.w3.org/TR/sparql11-protocol/#query-via-post-urlencoded), which all
servers take: Virtuoso hangs on a POST of the bare query. Whole graphs go as N-Triples by the Graph Store protocol
(https://www.w3.org/TR/sparql11-http-rdf-update/), to named graphs only. Passwords and tokens go into a header and into
no message. Redirections are not followed: a secret goes where it was meant to go.
"""

from __future__ import annotations

import re
import warnings
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from ipaddress import ip_address
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit, urlunsplit

from pyoxigraph import QueryBoolean, QueryResultsFormat, QuerySolutions, RdfFormat, Triple, parse, parse_query_results

from cooperation_kg.errors import BadParameter, RemoteError
from cooperation_kg.remote.dialects import Dialect, dialect_of

if TYPE_CHECKING:
    import httpx

SECONDS = 120.0
"""How long one answer may take."""
_JSON = "application/sparql-results+json"
_TRIPLES = "application/n-triples"
_BLANK_NODE = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
"""How Virtuoso names blank nodes; no name of a blank node may have a colon."""
_STATUS = {
    400: "it does not accept the request 服务器不接受该请求",
    401: "user, password or token are missing or wrong 用户名、密码或令牌缺失或有误",
    403: "this user may not do that 该用户无此权限",
    404: "nothing answers at this address 此地址无服务",
    405: "this address takes no such request 此地址不接受该请求",
    413: "the request is too large for it 请求过大",
    429: "it asks us to wait 请稍后再试",
    503: "it is busy or down 服务器繁忙或停机",
}


@dataclass(frozen=True)
class Access:
    """Who asks. ``scheme`` is basic, digest or bearer; empty for nobody in particular."""

    scheme: str = ""
    user: str = ""
    secret: str = field(default="", repr=False)


@dataclass(frozen=True)
class Addresses:
    """Where a server takes queries, updates and whole graphs; empty where it takes none."""

    query: str
    update: str
    store: str = ""


@dataclass
class Server:
    """A SPARQL server.

    Parameters
    ----------
    seconds: how long one answer may take.
    say: who is told what is no error, and yet to be known.

    >>> Server(addresses_of("http://127.0.0.1:7878")).at.update
    'http://127.0.0.1:7878/update'
    """

    at: Addresses
    access: Access = field(default_factory=Access)
    seconds: float = SECONDS
    say: Callable[[str], object] = warnings.warn

    def __post_init__(self) -> None:
        self._client: httpx.Client | None = None

    def __enter__(self) -> Server:
        return self

    def __exit__(self, *_: object) -> None:
        if self._client is not None:
            self._client.close()

    @cached_property
    def dialect(self) -> Dialect:
        """What this kind of server needs; it is asked once what it calls itself."""
        headers = self._response("POST", self.at.query, _JSON, data={"query": ["ASK {}"]}).headers
        # a proxy puts its own name in the place of the server's, and leaves the other header
        return dialect_of(headers.get("x-software", ""), headers.get("server", ""))

    def rows(self, sparql: str, dataset: Sequence[tuple[str, str]] = ()) -> QuerySolutions | QueryBoolean:
        """Return the answer to a SELECT or ASK.

        Parameters
        ----------
        dataset: names and values of ``default-graph-uri`` and ``named-graph-uri``.

        Raises RemoteError also where there are just as many rows as the server gives at most: they may be cut.
        """
        response = self.answer(sparql, _JSON, dataset)
        content = _BLANK_NODE.sub(rb"\1", response.content)
        try:
            found = parse_query_results(content, format=QueryResultsFormat.JSON)
            if isinstance(found, QuerySolutions):
                # read through once: where it breaks off is found here, and how long it is
                self._refuse_cut(sum(1 for _ in found), response)
                found = parse_query_results(content, format=QueryResultsFormat.JSON)
        except (SyntaxError, ValueError) as bad:
            raise self._failed("its answer is not JSON of SPARQL results, or breaks off 应答残缺或格式不符") from bad
        if not isinstance(found, QuerySolutions | QueryBoolean):
            raise self._failed("its answer is neither rows nor true or false 应答无法辨认")
        return found

    def triples(self, sparql: str, dataset: Sequence[tuple[str, str]] = ()) -> tuple[Triple, ...]:
        """Return the answer to a CONSTRUCT or DESCRIBE; raises RemoteError where it may be cut, as ``rows`` does."""
        response = self.answer(sparql, _TRIPLES, dataset)
        found = tuple(self._read_triples(response.content, self.at.query))
        self._refuse_cut(len(found), response)
        return found

    def _refuse_cut(self, found: int, response: httpx.Response) -> None:
        said = response.headers.get("x-sparql-maxrows", "")
        most = int(said) if said.isdecimal() and len(said) < 10 else 0
        usual = self.dialect.most_rows
        if found >= most > 0 or (usual and found in (usual, usual + 1)):
            raise self._failed(
                f"{found} rows came, where this server cuts answers; ask with LIMIT and OFFSET "
                f"共 {found} 行，应答可能被截断，请用 LIMIT 与 OFFSET 分页"
            )

    def terms(self, sparql: str) -> Iterator[tuple[Any, ...]]:
        """Yield the rows of a SELECT as tuples of RDF terms."""
        found = self.rows(sparql)
        if not isinstance(found, QuerySolutions):
            raise self._failed("rows were asked for 应返回表格")
        try:
            yield from (tuple(row) for row in found)
        except (SyntaxError, ValueError, OSError) as bad:
            raise self._failed("its answer breaks off 应答中断") from bad

    def answer(self, sparql: str, accept: str, dataset: Sequence[tuple[str, str]] = ()) -> httpx.Response:
        """Return the answer to a query, as sent."""
        form: dict[str, list[str]] = {"query": [sparql]}
        for name, value in dataset:
            form.setdefault(name, []).append(value)
        return self._response("POST", self.at.query, accept, data=form)

    def update(self, sparql: str) -> None:
        """Carry out an update; it is done when this returns."""
        self._sent("POST", self.at.update, "*/*", data={"update": [sparql]})

    def put(self, graph: str, content: bytes) -> None:
        """Make N-Triples the content of a graph, in the place of what it held; ``graph`` in angle brackets."""
        self._stored("PUT", graph, content)

    def post(self, graph: str, content: bytes) -> None:
        """Add N-Triples to a graph."""
        self._stored("POST", graph, content)

    def delete(self, graph: str) -> None:
        """Take a graph away; one that is not there is no fault."""
        self._sent("DELETE", self.at.store, "*/*", allowed=(404,), params={"graph": graph[1:-1]})

    def read(self, graph: str) -> Iterator[Triple]:
        """Return the triples of a graph; none where it is not there. Only where the dialect gives graphs whole."""
        content = self._sent("GET", self.at.store, _TRIPLES, allowed=(404,), params={"graph": graph[1:-1]})
        return self._read_triples(content, self.at.store)

    def _read_triples(self, content: bytes, url: str) -> Iterator[Triple]:
        try:
            yield from (quad.triple for quad in parse(content, format=RdfFormat.N_TRIPLES))
        except (SyntaxError, ValueError) as bad:
            raise self._failed("its answer is not N-Triples, or breaks off 应答残缺或格式不符", url) from bad

    def _stored(self, method: str, graph: str, content: bytes) -> None:
        params = {"graph": graph[1:-1]}
        self._sent(method, self.at.store, "*/*", params=params, content=content, headers={"Content-Type": _TRIPLES})

    def _sent(self, method: str, url: str, accept: str, *, allowed: Sequence[int] = (), **more: Any) -> bytes:
        """Return what comes back; nothing where the status is one of those allowed."""
        response = self._response(method, url, accept, allowed=allowed, **more)
        return response.content if response.is_success else b""

    def _response(
        self, method: str, url: str, accept: str, *, allowed: Sequence[int] = (), **more: Any
    ) -> httpx.Response:
        client = self._connected()
        import httpx

        headers = {"Accept": accept, **more.pop("headers", {})}
        params = more.pop("params", None)
        try:
            # httpx itself would put parameters in the place of those that an address has
            address = httpx.URL(url).copy_merge_params(params) if params else url
            response = client.request(method, address, headers=headers, **more)
        except httpx.TimeoutException as late:
            raise self._failed(f"no answer within {self.seconds:.0f} s 超时", url) from late
        except (httpx.HTTPError, httpx.InvalidURL, OSError) as failed:
            raise self._failed(f"{failed or type(failed).__name__} 连接失败或中断", url) from failed
        if response.status_code == 206:
            raise self._failed("only a part of the answer came (206) 只返回了部分应答", url)
        if response.is_success or response.status_code in allowed:
            return response
        if response.is_redirect:
            raise self._failed(f"it points elsewhere 指向他处: {response.headers.get('location', '')[:200]}", url)
        said = " ".join(response.text.split())[:300] if response.status_code in (400, 500) else ""
        why = _STATUS.get(response.status_code, "it failed 服务器出错")
        raise self._failed(f"{response.status_code}, {why}{f': {said}' if said else ''}", url)

    def _connected(self) -> httpx.Client:
        if self._client is None:
            try:
                import httpx
            except ImportError as missing:
                raise BadParameter(
                    'asking servers needs httpx: pip install "cooperation-kg[remote]" 访问服务器须先安装 httpx'
                ) from missing
            headers = {"User-Agent": "cooperation-kg"}
            if self.access.scheme == "bearer":
                headers["Authorization"] = f"Bearer {self.access.secret}"
            # no proxy stands between this machine and itself
            near = all(is_near(address) for address in (self.at.query, self.at.update, self.at.store) if address)
            try:
                self._client = httpx.Client(
                    timeout=self.seconds, auth=self._auth(), headers=headers, trust_env=not near
                )
            except (ImportError, ValueError, OSError) as bad:
                raise self._failed(
                    "the proxy or certificates that the environment names 环境变量中的代理或证书无法使用"
                ) from bad
        return self._client

    def _auth(self) -> httpx.Auth | None:
        import httpx

        match self.access.scheme:
            case "basic":
                return httpx.BasicAuth(self.access.user, self.access.secret)
            case "digest":
                return httpx.DigestAuth(self.access.user, self.access.secret)
            case _:
                return None

    def _failed(self, why: str, url: str = "") -> RemoteError:
        return RemoteError(f"{url or self.at.query}: {why}")


def is_near(url: str) -> bool:
    """Return whether an address is of this machine alone.

    >>> is_near("http://127.0.0.1:7878/query"), is_near("http://[::1]/"), is_near("http://example.org/")
    (True, True, False)
    """
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ip_address(host).is_loopback
    except ValueError:
        return False


def addresses_of(url: str) -> Addresses:
    """Return where a server takes what, going by its address; raises BadParameter for what is none.

    >>> addresses_of("http://a:3030/kg/update").query
    'http://a:3030/kg/query'
    >>> addresses_of("http://a:8890/sparql-auth").store
    'http://a:8890/sparql-graph-crud-auth'
    """
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and parts.hostname and parts.port != 0
    except ValueError:
        usable = False
    if not usable:
        raise BadParameter("the address of a server begins with http:// or https:// 服务器地址须以 http(s):// 开头")
    if parts.username or parts.password:
        raise BadParameter("no user or password in the address: see ckg push --help 地址中不得含用户名或密码")
    path = parts.path.rstrip("/")

    def at(other: str) -> str:
        return urlunsplit(parts._replace(path=other))

    if not path:
        return Addresses(at("/query"), at("/update"), at("/store"))
    if path.endswith("/sparql-auth"):
        return Addresses(url, url, at(f"{path.removesuffix('sparql-auth')}sparql-graph-crud-auth"))
    for ending in ("/update", "/query"):
        if path.endswith(ending):
            stem = path.removesuffix(ending)
            return Addresses(at(f"{stem}/query"), at(f"{stem}/update"))
    return Addresses(url, url)
