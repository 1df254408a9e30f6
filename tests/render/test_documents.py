"""An answer as text, Markdown and HTML: nothing is lost, nothing of the data is obeyed."""

from __future__ import annotations

import pytest
from rich.cells import cell_len

from cooperation_kg.query.document import Document, Section
from cooperation_kg.render.documents import as_html, as_markdown, as_text, text_rows

TITLE = "中共中央办公厅、国务院办公厅印发《关于进一步加强东西部扶贫协作工作的指导意见》"
ROWS = (("think-tank-roundtable-47", TITLE, "39.43亿元"), ("yb-2012-bjnm", "A short title", "80 million yuan"))


@pytest.mark.parametrize("width", [60, 80, 120])
def test_a_table_fits_the_width_and_every_character_stays(width: int) -> None:
    lines = text_rows(("source", "title", "literal"), ROWS, width)
    assert max(map(cell_len, lines)) <= width
    assert set("".join(ROWS[0]) + "".join(ROWS[1])) <= set("".join(lines))
    title = "".join(line[26:].split("  ")[0] for line in lines[2:-1])
    assert title.replace(" ", "").startswith("中共中央办公厅、国务院办公厅印发")


def test_the_widest_column_gives_way_first() -> None:
    lines = text_rows(("literal", "title"), (("80 million yuan", TITLE),), 60)
    assert any("80 million yuan" in line for line in lines)


def test_ids_words_and_short_cells_are_never_broken() -> None:
    lines = text_rows(("source", "title", "literal"), ROWS, 20)
    assert any("think-tank-roundtable-47" in line for line in lines)
    assert any("39.43亿元" in line for line in lines)


def test_without_a_width_a_row_is_one_line() -> None:
    assert len(text_rows(("source", "title", "literal"), ROWS)) == 4


def test_what_the_data_hold_is_shown_and_not_obeyed() -> None:
    hostile = "</script><b>|\x1b[31m\n=cmd|"
    document = Document(hostile, (hostile,), (Section(hostile, (hostile,), ("a",), ((hostile,),)),))
    assert "\x1b" not in as_text(document, 40) + as_markdown(document) + as_html(document, "en")
    assert "<b>" not in as_html(document, "en")
    assert "| \\</script\\>" in as_markdown(document)
