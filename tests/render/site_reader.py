"""What a page of the site consists of, as the tests of the site read it: every tag, id, link, and language."""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterator, Mapping
from functools import cached_property
from html import unescape
from html.parser import HTMLParser
from urllib.parse import unquote

VOID = {"meta", "link", "input", "br", "hr", "img", "wbr", "col", "source"}
_TAGS = re.compile(r"<[a-zA-Z][^<>]*>")
_ATTRIBUTE = re.compile(r'\s(id|href)="([^"]*)"')
_SCRIPT = re.compile(r"(<script[^>]*>).*?</script>", re.DOTALL)


class PageReader(HTMLParser):
    """One page, read tag by tag."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str]]] = []
        self.unpaired: list[str] = []
        self.texts: list[tuple[str, str]] = []
        self._open: list[tuple[str, dict[str, str]]] = []
        self._wants_english = ""
        self.feed(html)
        self.close()
        self.left_open = [tag for tag, _ in self._open]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        self.tags.append((tag, given))
        self._expect(tag == "span" and given.get("lang") == "en")
        if tag not in VOID:
            self._open.append((tag, given))

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, {name: value or "" for name, value in attrs}))
        self._expect(False)

    def handle_endtag(self, tag: str) -> None:
        self._expect(False)
        while self._open:
            name, given = self._open.pop()
            if name == tag:
                if tag == "span" and given.get("lang") == "zh-Hans":
                    self._wants_english = f"line {self.getpos()[0]}"
                return
        self.unpaired.append(f"</{tag}> closes nothing")

    def handle_data(self, data: str) -> None:
        if self._open and data.strip():
            self._expect(False)
            self.texts.append((self._open[-1][0], data))

    def _expect(self, met: bool) -> None:
        if self._wants_english and not met:
            self.unpaired.append(f"Chinese without English beside it, {self._wants_english}")
        self._wants_english = ""

    @cached_property
    def ids(self) -> list[str]:
        return [given["id"] for _, given in self.tags if "id" in given]

    @cached_property
    def languages(self) -> set[str]:
        return {given.get("lang", "") for tag, given in self.tags if tag == "span"} - {""}


def quick_links(html: str) -> tuple[list[str], list[str]]:
    """Return ids and links of a page by pattern: our own pages quote every attribute and escape every text."""
    ids: list[str] = []
    links: list[str] = []
    for tag in _TAGS.findall(_SCRIPT.sub(r"\1</script>", html)):
        for name, value in _ATTRIBUTE.findall(tag):
            (ids if name == "id" else links).append(value)
    return ids, links


def broken_links(site: Mapping[str, bytes]) -> Iterator[str]:
    """Yield every link and anchor within the site that leads nowhere, and every id that stands twice on a page."""
    ids: dict[str, set[str]] = {}
    links: dict[str, list[str]] = {}
    for path, content in site.items():
        if not path.endswith(".html"):
            continue
        own, links[path] = quick_links(content.decode())
        ids[path] = set(own)
        yield from (f"{path}: id {one} stands {own.count(one)} times" for one in ids[path] if own.count(one) > 1)
    for path, found in links.items():
        for link in dict.fromkeys(found):
            if re.match(r"[a-z][a-z0-9+.-]*:", link):
                continue
            target, _, anchor = link.replace("&amp;", "&").partition("#")
            reached = path
            if target:
                reached = posixpath.normpath(posixpath.join(posixpath.dirname(path), unquote(target.partition("?")[0])))
            if reached not in site:
                yield f"{path}: no file {link}"
            elif anchor and "=" not in anchor and reached in ids and unquote(anchor) not in ids[reached]:
                yield f"{path}: no anchor {link}"


def asked_by_links(site: Mapping[str, bytes]) -> set[str]:
    """Return what the links to the query page ask: the part of their address behind the ``#``."""
    links = (
        link
        for path, content in site.items()
        if path.endswith(".html") and path != "network.html"
        for link in re.findall(r'<a class="ask[^"]*" href="[^"#]*sparql\.html#([^"]*)"', content.decode())
    )
    return {unescape(link) for link in links}


def faults_of(html: str) -> Iterator[str]:
    """Yield what no page may have: scripts or styles inside it, other people's files, one language alone."""
    page = PageReader(html)
    yield from page.unpaired
    yield from (f"<{tag}> is never closed" for tag in page.left_open)
    yield from (f"two elements with the id {one}" for one in set(page.ids) if page.ids.count(one) > 1)
    if page.languages != {"zh-Hans", "en"}:
        yield f"languages {sorted(page.languages)}"
    for tag, given in page.tags:
        named = f"<{tag} {given.get('id') or given.get('class', '')}>"
        if tag in ("style", "iframe", "object", "embed", "base"):
            yield named
        if "style" in given or any(name.startswith("on") for name in given):
            yield f"{named} has a style or a handler inside it"
        if (
            tag == "script"
            and "src" not in given
            and given.get("type") not in ("application/json", "application/ld+json")
        ):
            yield f"{named}: a script inside the page"
        loaded = given.get("src") or (given.get("href", "") if tag == "link" else "")
        if re.match(r"(?:https?:)?//", loaded):
            yield f"{named} loads {loaded}"
        if tag == "a" and re.match(r"(?!https?:|mailto:)[a-z][a-z0-9+.-]*:", given.get("href", ""), re.IGNORECASE):
            yield f"{named} leads to {given['href'][:40]}"
        for zh, en in (("data-label-zh", "data-label-en"), ("data-hint-zh", "data-hint-en"), ("data-zh", "data-en")):
            if bool(given.get(zh)) != bool(given.get(en)):
                yield f"{named} has {zh} or {en} alone"


def kinds_of(site: Mapping[str, bytes]) -> list[str]:
    """Return one page of every kind: each at the top, and of each folder the largest."""
    html = [path for path in site if path.endswith(".html") and path != "network.html"]
    folders = sorted({path.partition("/")[0] for path in html if "/" in path})
    largest = [max((p for p in html if p.startswith(f"{f}/")), key=lambda p: len(site[p])) for f in folders]
    return [*(path for path in html if "/" not in path), *largest]
