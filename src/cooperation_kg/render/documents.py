"""An answer on the page: text for a terminal, Markdown for a note, HTML for a browser; the same facts in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape
from itertools import zip_longest

from rich.cells import cell_len

from cooperation_kg.query.document import Document, Row, Section

SHORTEST_COLUMN = 4
WHOLE = 10
"""A cell as short as this is never broken: a figure, a year."""
# a run of spaces, a word or id, or a single character that a line may break before and after
_WORDS = re.compile(r"\s+|[\x21-\x7e\u00a1-\u024f\u2013]+|.")
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")


def as_text(document: Document, width: int | None = None) -> str:
    """Return a document for a terminal; a Chinese character is two columns wide.

    Parameters
    ----------
    width: how wide a table may be, in columns: the widest cells go on in the next line, words and ids stay whole.
        As wide as they are where None, one line a row, which suits a pipe and a file.

    >>> print(as_text(Document("京蒙", ("一",), (Section("轮次", rows=(("1996",),), columns=("始",)),))), end="")
    京蒙
    ====
    一
    <BLANKLINE>
    轮次
      始
      ----
      1996
    """
    lines = [_printable(document.title), "=" * cell_len(_printable(document.title)), *map(_printable, document.lead)]
    for section in document.sections:
        lines += ["", _printable(section.heading)] if section.heading else [""]
        lines += [f"  {_printable(line)}" for line in section.lines]
        rows = text_rows(section.columns, section.rows, width and width - 2) if section.rows else []
        lines += [f"  {line}" for line in rows]
    return "\n".join(lines) + "\n"


def text_rows(columns: Sequence[str], rows: Iterable[Row], width: int | None = None) -> list[str]:
    """Return rows under their columns as aligned lines; nothing is cut to fit the width.

    >>> text_rows(("id", "title"), [("a.s1", "one two three")], 14)
    ['id    title', '----  -------', 'a.s1  one two', '      three']
    """
    table = [tuple(columns), *(tuple(_printable(cell) for cell in row) for row in rows)]
    widths = [max(SHORTEST_COLUMN, *(cell_len(row[i]) for row in table)) for i in range(len(columns))]
    if width is not None:
        widths = _narrowed(widths, table, width)
    ruled = [table[0], tuple("-" * w for w in widths), *table[1:]]
    return [line for row in ruled for line in _aligned(row, widths)]


def _narrowed(widths: Sequence[int], table: Sequence[Row], width: int) -> list[int]:
    """Return the widths, the widest first made narrower until the row fits or no column holds more than one word."""
    found = list(widths)
    words = [[cell_len(word) for row in table for word in _WORDS.findall(row[i])] for i in range(len(found))]
    short = [[w for row in table if (w := cell_len(row[i])) <= WHOLE] for i in range(len(found))]
    least = [max(SHORTEST_COLUMN, *words[i], *short[i]) for i in range(len(found))]
    while sum(found) + 2 * (len(found) - 1) > width:
        wide = [i for i, w in enumerate(found) if w > least[i]]
        if not wide:
            break
        found[max(wide, key=found.__getitem__)] -= 1
    return [max(cell_len(line) for row in table for line in _wrapped(row[i], w)) for i, w in enumerate(found)]


def _aligned(row: Row, widths: Sequence[int]) -> list[str]:
    """Return a row as lines: as many as its tallest cell has."""
    cells = (_wrapped(cell, width) for cell, width in zip(row, widths, strict=True))
    lines = zip_longest(*cells, fillvalue="")
    return ["  ".join(_pad(cell, w) for cell, w in zip(line, widths, strict=True)).rstrip() for line in lines]


def _wrapped(text: str, width: int) -> list[str]:
    """Return a cell in lines of a width; a line breaks at spaces and between Chinese characters."""
    if cell_len(text) <= width:
        return [text]
    lines = [""]
    for word in _WORDS.findall(text):
        if cell_len(lines[-1] + word) > width:
            lines[-1] = lines[-1].rstrip()
            lines.append("")
        lines[-1] += word if lines[-1] or word.strip() else ""
    return [lines[0], *(line for line in lines[1:] if line)]


def as_markdown(document: Document) -> str:
    """Return a document as Markdown (CommonMark with the tables of GitHub); what data contain is escaped.

    >>> as_markdown(Document("a*b", ("one",)))
    '# a\\\\*b\\n\\none\\n'
    """
    blocks = [f"# {_plain(document.title)}", *(_plain(line) for line in document.lead)]
    for section in document.sections:
        blocks += [f"## {_plain(section.heading)}"] if section.heading else []
        blocks += ["\n".join(f"- {_plain(line)}" for line in section.lines)] if section.lines else []
        blocks += [_markdown_rows(section)] if section.rows else []
    return "\n\n".join(blocks) + "\n"


def as_html(document: Document, lang: str, links: Sequence[tuple[str, str]] = ()) -> str:
    """Return a document as one HTML page that needs nothing else.

    Parameters
    ----------
    lang: zh or en.
    links: addresses and what they are called, shown above the rest.
    """
    listed = "".join(f'<li><a href="{_html(address)}">{_html(name)}</a></li>' for address, name in links)
    body = [f"<nav><ul>{listed}</ul></nav>"] if links else []
    body += [f"<h1>{_html(document.title)}</h1>", *(f"<p>{_html(line)}</p>" for line in document.lead)]
    for section in document.sections:
        body += [f"<h2>{_html(section.heading)}</h2>"] if section.heading else []
        body += [f"<ul>{''.join(f'<li>{_html(line)}</li>' for line in section.lines)}</ul>"] if section.lines else []
        body += [_html_rows(section)] if section.rows else []
    language = "zh-Hans" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{_html(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


_STYLE = (
    "body{font-family:system-ui,sans-serif;line-height:1.5;max-width:72rem;margin:1rem auto;padding:0 1rem}"
    "div{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.2rem .5rem;"
    "text-align:left;vertical-align:top}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}}"
)


def _html_rows(section: Section) -> str:
    head = "".join(f'<th scope="col">{_html(name)}</th>' for name in section.columns)
    body = "".join(f"<tr>{''.join(f'<td>{_html(c)}</td>' for c in row)}</tr>" for row in section.rows)
    return f'<div tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


def _html(text: str) -> str:
    return escape(_printable(text))


def _markdown_rows(section: Section) -> str:
    rows = [section.columns, tuple("---" for _ in section.columns), *section.rows]
    return "\n".join(f"| {' | '.join(c if c == '---' else _plain(c) for c in row)} |" for row in rows)


def _plain(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", _printable(text))


def _printable(text: str) -> str:
    # a control character would move the cursor of the terminal, a line break would leave the row
    return "".join(c if c.isprintable() else " " for c in text)


def _pad(text: str, width: int) -> str:
    return text + " " * (width - cell_len(text))
