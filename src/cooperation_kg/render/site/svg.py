"""How is a picture written? SVG elements with escaped text, scales, and the look of a programme: colour and dash.

Marks carry classes and presentation attributes only: the policy of the pages forbids ``style=``. Colours are those of
the network: programmes by number of pairings, the most first; where seven colours are used up they come again with
other dashes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from functools import lru_cache

from markupsafe import Markup, escape

from cooperation_kg.render.site.context import Site, printable

COLOURS = 7
"""How many programme colours the style sheet has: ``--p0`` … ``--p6``."""
DASHES = ("", "9 5", "2 4", "13 4 2 4", "4 3", "16 6", "6 3 2 3")
"""Dash patterns beside the colours, those of the network."""


def number(value: float) -> str:
    """Return a length in user units with at most one decimal, the same bytes everywhere.

    >>> number(3.0), number(2.26), number(-0.01)
    ('3', '2.3', '0')
    """
    text = f"{value:.1f}"
    return "0" if text == "-0.0" else text.removesuffix(".0")


def mark(name: str, *children: object, **attributes: object) -> Markup:
    """Return an element; ``_`` in a name of an attribute is ``-``, a last one is dropped; None and ``""`` are left out.

    >>> mark("rect", x=1.25, class_="bar", data_c="<")
    Markup('<rect x="1.2" class="bar" data-c="&lt;"></rect>')
    >>> mark("text", "<b>")
    Markup('<text>&lt;b&gt;</text>')
    """
    written = "".join(
        f' {key.removesuffix("_").replace("_", "-")}="{_value(value)}"'
        for key, value in attributes.items()
        if value is not None and value != ""
    )
    inside = "".join(child if isinstance(child, Markup) else escape(printable(child)) for child in children)
    return Markup(f"<{name}{written}>{inside}</{name}>")


def _value(value: object) -> str:
    return number(value) if isinstance(value, float) else str(escape(printable(value)))


def picture(width: float, height: float, *children: object, label: tuple[str, str], class_: str = "") -> Markup:
    """Return a drawing that scales with the page: a group, not an image, for its marks are links.

    Parameters
    ----------
    width, height: of the drawing in user units; it is never shown wider than that many pixels.
    label: what it shows, in Chinese and English, for those who do not see it.
    """
    return mark(
        "svg",
        *children,
        xmlns="http://www.w3.org/2000/svg",
        viewBox=f"0 0 {number(width)} {number(height)}",
        width=float(width),
        height=float(height),
        role="group",
        aria_label=label[0],
        data_label_zh=label[0],
        data_label_en=label[1],
        class_=class_,
    )


def bilingual(zh: str, en: str, **attributes: object) -> Markup:
    """Return the same text mark in both languages, of which the page shows one.

    >>> bilingual("甲", "a", x=1)
    Markup('<text x="1" class="zh">甲</text><text x="1" class="en">a</text>')
    """
    if zh == en:
        return mark("text", zh, **attributes)
    own = str(attributes.pop("class_", ""))
    return Markup("").join(
        mark("text", text, **attributes, class_=f"{own} {lang}".strip()) for lang, text in (("zh", zh), ("en", en))
    )


def scale(low: float, high: float, start: float, end: float, value: float) -> float:
    """Return where a value lies between two positions; values outside are put at the ends.

    >>> scale(1979, 2026, 0, 470, 1989)
    100.0
    """
    share = 0.0 if high == low else (min(max(value, low), high) - low) / (high - low)
    return start + share * (end - start)


@lru_cache(maxsize=8)
def _order(site: Site) -> tuple[str, ...]:
    counted = Counter(pairing.programme for pairing in site.kg.derived.pairings.values())
    return tuple(sorted(counted, key=lambda programme: (-counted[programme], programme)))


def programmes(site: Site) -> tuple[str, ...]:
    """Return the families of programmes that have pairings, the largest first: the order of the colours."""
    return _order(site)


def colour(site: Site, programme: str) -> str:
    """Return the class that gives a programme its colour: ``p0`` … ``p6`` (``pn`` for one without pairings)."""
    order = _order(site)
    return f"p{order.index(programme) % COLOURS}" if programme in order else "pn"


def dash(site: Site, programme: str) -> str:
    """Return the ``stroke-dasharray`` of a programme; empty for a solid line."""
    order = _order(site)
    if programme not in order:
        return ""
    index = order.index(programme)
    return DASHES[(index + index // COLOURS) % len(DASHES)]


def runs(years: Iterable[int]) -> str:
    """Return years as runs, for scripts and for people.

    >>> runs([1996, 1997, 1998, 2001])
    '1996-1998 2001'
    """
    found: list[list[int]] = []
    for year in sorted(set(years)):
        if found and found[-1][1] == year - 1:
            found[-1][1] = year
        else:
            found.append([year, year])
    return " ".join(str(a) if a == b else f"{a}-{b}" for a, b in found)


def width_of(text: str) -> float:
    """Return about how wide a text is in ems: a Han character one, another half and a bit.

    >>> width_of("北京ab")
    3.1
    """
    return round(sum(1.0 if ord(character) > 0x2E7F else 0.55 for character in text), 2)


TAIL = 3
"""How many characters of the end of a Han name are kept: the divisions of 新疆生产建设兵团 differ there alone."""


def shortened(text: str, ems: float) -> str:
    """Return a text cut to a width, with an ellipsis where it is cut: at the end, in a long Han name before its end.

    >>> shortened("内蒙古自治区", 4), shortened("北京", 4), shortened("新疆生产建设兵团第十四师", 9)
    ('内蒙古…', '北京', '新疆生产建…十四师')
    >>> shortened("Fourteenth Division", 7)
    'Fourteenth…'
    """
    if width_of(text) <= ems:
        return text
    tail = text[-TAIL:] if width_of(text) == len(text) and ems >= 2 * TAIL + 2 else ""
    kept = text
    while kept and width_of(kept) > ems - 1 - width_of(tail):
        kept = kept[:-1]
    return f"{kept.rstrip()}…{tail}"
