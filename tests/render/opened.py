"""A page in a browser, as the tests of pages open it."""

from __future__ import annotations

from pathlib import Path
from typing import Any


class Opened:
    """A page that is ready, with everything it asked for and everything it complained of."""

    def __init__(self, page: Any) -> None:
        self.page = page
        self.requests: list[str] = []
        self.complaints: list[str] = []
        page.on("request", lambda request: self.requests.append(request.url))
        page.on("console", lambda message: self.complaints.append(message.text))
        page.on("pageerror", lambda error: self.complaints.append(str(error)))

    def go(self, path: Path, fragment: str = "") -> Opened:
        self.page.goto(path.as_uri() + fragment)
        if path.name == "network.html":
            self.page.wait_for_selector("html[data-ready=true]")
        return self

    def drawn(self) -> set[str]:
        """Return the pairings that vis-network draws now, read from vis and not from the data of the page."""
        ids = "CKG.visEdges.get({filter: (e) => !e.hidden}).map((e) => e.id)"
        return set(self.page.evaluate(f"() => {ids}"))

    def set_year(self, year: int) -> None:
        self.page.evaluate(
            "(year) => { const s = document.getElementById('year'); s.value = year;"
            " s.dispatchEvent(new Event('input', {bubbles: true})); }",
            year,
        )
