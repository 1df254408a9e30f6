"""An answer on the page: text for a terminal, Markdown for a note, HTML for a browser; the same facts in each."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import escape

from rich.cells import cell_len

from cooperation_kg.query.document import Document, Row, Section

SHORTEST_COLUMN = 4
_MARKDOWN = re.compile(r"([\\`*_\[\]<>|#])")


def as_text(document: Document) -> str:
    """Return a document for a terminal; a Chinese character is two columns wide.

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
        lines += [f"  {line}" for line in text_rows(section.columns, section.rows)] if section.rows else []
    return "\n".join(lines) + "\n"


def text_rows(columns: Sequence[str], rows: Iterable[Row]) -> list[str]:
    """Return rows under their columns as aligned lines."""
    cells = [tuple(_printable(cell) for cell in row) for row in rows]
    table = [tuple(columns), *cells]
    widths = [max(SHORTEST_COLUMN, *(cell_len(row[i]) for row in table)) for i in range(len(columns))]
    ruled = [table[0], tuple("-" * width for width in widths), *cells]
    return ["  ".join(_pad(cell, w) for cell, w in zip(row, widths, strict=True)).rstrip() for row in ruled]


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


def as_html(document: Document, lang: str) -> str:
    """Return a document as one HTML page that needs nothing else; ``lang`` is zh or en."""
    body = [f"<h1>{escape(document.title)}</h1>", *(f"<p>{escape(line)}</p>" for line in document.lead)]
    for section in document.sections:
        body += [f"<h2>{escape(section.heading)}</h2>"] if section.heading else []
        body += [f"<ul>{''.join(f'<li>{escape(line)}</li>' for line in section.lines)}</ul>"] if section.lines else []
        body += [_html_rows(section)] if section.rows else []
    language = "zh-Hans" if lang == "zh" else "en"
    return (
        f'<!doctype html>\n<html lang="{language}">\n<head>\n<meta charset="utf-8">\n'
        '<meta name="viewport" content="width=device-width, initial-scale=1">\n'
        f"<title>{escape(document.title)}</title>\n<style>{_STYLE}</style>\n</head>\n<body>\n"
        + "\n".join(body)
        + "\n</body>\n</html>\n"
    )


_STYLE = (
    "body{font-family:system-ui,sans-serif;line-height:1.5;max-width:72rem;margin:1rem auto;padding:0 1rem}"
    "div{overflow-x:auto}table{border-collapse:collapse}th,td{border:1px solid #8888;padding:.2rem .5rem;"
    "text-align:left;vertical-align:top}@media (prefers-color-scheme:dark){body{background:#111;color:#eee}}"
)


def _html_rows(section: Section) -> str:
    head = "".join(f'<th scope="col">{escape(name)}</th>' for name in section.columns)
    body = "".join(f"<tr>{''.join(f'<td>{escape(c)}</td>' for c in row)}</tr>" for row in section.rows)
    return f'<div tabindex="0"><table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table></div>'


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
