"""How is a request refused? With the status that fits, and a line in both languages; never with a path or a trace."""

from __future__ import annotations

from collections.abc import Mapping

READ_ONLY = "this endpoint answers queries and takes no updates 此端点只答查询，不接受更新"
_TEXTS: Mapping[int, str] = {
    404: "there is nothing here 此处没有内容",
    405: "this method is not allowed here 此处不接受这种请求方法",
    408: "the request took too long to arrive 请求传输过慢",
    413: "the request is too large 请求过大",
    414: "the address is too long; send the query by POST 地址过长，请用 POST 发送查询",
    431: "the headers are too many or too large 请求头过多或过大",
    500: "the answer failed 作答失败",
    503: "too many requests at the same time; come again in a moment 请求过多，请稍后再试",
}
AGAIN = "2"
"""Seconds after which one that was sent away may come again."""


class Refused(Exception):
    """A request that is answered with a status of 400 or more; ``reason`` is shown to whoever asked."""

    def __init__(self, status: int, reason: str = "", headers: Mapping[str, str] | None = None) -> None:
        self.status = status
        self.reason = reason or _TEXTS.get(status, "refused 已拒绝")
        self.headers = dict(headers or {}) | ({"Retry-After": AGAIN} if status == 503 else {})
        super().__init__(self.reason)


def too_long(seconds: float) -> Refused:
    """Return the refusal of a query that was ended at its deadline."""
    return Refused(504, f"the query took longer than {seconds:g} s and was ended 查询超过 {seconds:g} 秒，已终止")


def no_memory() -> Refused:
    """Return the refusal of a query whose worker died."""
    return Refused(500, "the query needs more memory than is allowed 查询所需内存超过上限")
