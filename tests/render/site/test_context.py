"""Is text escaped once and only once, whatever was written before it?"""

from __future__ import annotations

from markupsafe import Markup

from cooperation_kg.render.site.context import bi, html


def test_text_that_reads_like_markup_written_before_is_escaped_all_the_same() -> None:
    assert bi(Markup("&lt;"), Markup("&lt;")) == "&lt;"
    assert bi("&lt;", "&lt;") == "&amp;lt;"


def test_markup_that_reads_like_text_written_before_is_not_escaped_again() -> None:
    assert bi("<b>", "<b>") == "&lt;b&gt;"
    assert bi(Markup("<b>"), Markup("<b>")) == "<b>"


def test_what_is_put_into_a_template_is_escaped_unless_it_is_markup() -> None:
    assert html('<a title="{}">{}</a>', '"<', Markup("<b>x</b>")) == '<a title="&#34;&lt;"><b>x</b></a>'


def test_braces_in_what_is_put_into_a_template_stay_as_they_are() -> None:
    assert html("<i>{}</i>", "{0} {} {x}") == "<i>{0} {} {x}</i>"
