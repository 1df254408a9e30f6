"""How is a pairing drawn as a line? Its look, its years, its words and its link, for every picture of ties."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup

from cooperation_kg.graph.asof import STATUSES, status_of
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.render.site.context import Both, Site
from cooperation_kg.render.site.svg import colour, dash, mark, runs

STATUS_WORDS = {
    "certain": Both("确定存续", "certain"),
    "possible": Both("可能存续", "possible"),
    "undated": Both("时间不详", "undated"),
    "absent": Both("不存续", "absent"),
}
"""How a status is read in a picture."""
UNDATED_DASH = "1 6"


@dataclass(frozen=True)
class Tie:
    """A line to draw: one pairing, or several drawn as one where there is no room for each.

    ``certain`` and ``possible`` are its years; ``label`` is what it says when it is read aloud; ``count`` how many
    pairings it stands for.
    """

    programme: str
    status: str
    directed: bool
    certain: tuple[int, ...]
    possible: tuple[int, ...]
    href: str
    label: Both
    short: Both
    count: int = 1


def tie(site: Site, pairing: Pairing, at: str) -> Tie:
    """Return the line of a pairing, with its status at the time that the site asks about."""
    years = years_in_words(pairing)
    sides = Both(*(site.namer.sides(pairing, lang) for lang in ("zh", "en")))
    programme = site.name("programme", pairing.programme)
    return Tie(
        pairing.programme,
        status_of(pairing, site.as_of),
        pairing.directed,
        pairing.in_force_in,
        pairing.possibly_in,
        site.href(site.address("pairing", pairing.slug) or "", at),
        Both(f"{sides.zh}（{programme.zh}）：{years.zh}", f"{sides.en} ({programme.en}): {years.en}"),
        short_years(pairing),
    )


def together(site: Site, pairings: Iterable[Pairing], named: Both, href: str) -> Tie:
    """Return one line for several pairings of one programme: the surest status, all their years, how many they are.

    Parameters
    ----------
    named: what the group is called; its count and programme are added.
    """
    members = list(pairings)
    programme = site.name("programme", members[0].programme)
    certain = {year for p in members for year in p.in_force_in}
    possible = {year for p in members for year in p.possibly_in} - certain
    count = len(members)
    return Tie(
        members[0].programme,
        min((status_of(p, site.as_of) for p in members), key=STATUSES.index),
        all(p.directed for p in members),
        tuple(sorted(certain)),
        tuple(sorted(possible)),
        href,
        Both(
            f"{named.zh}（{programme.zh}）：{count}对",
            f"{named.en} ({programme.en}): {count} pairing{'s' * (count > 1)}",
        ),
        Both(f"{count}对", f"{count} pairing{'s' * (count > 1)}"),
        count,
    )


def years_in_words(pairing: Pairing) -> Both:
    """Return the years in which a pairing is certain and possible, in full."""
    if pairing.undated:
        return Both("时间不详", "undated")
    certain, possible = (runs(years).replace("-", "–") for years in (pairing.in_force_in, pairing.possibly_in))
    zh = [f"{word}{text.replace(' ', '、')}年" for word, text in (("确定", certain), ("可能", possible)) if text]
    en = [f"{word} {text.replace(' ', ', ')}" for word, text in (("certain", certain), ("possible", possible)) if text]
    return Both("；".join(zh), "; ".join(en))


def short_years(pairing: Pairing) -> Both:
    """Return the years in a few characters: an ellipsis where it may go on, a question mark where none is certain."""
    if pairing.undated:
        return Both("时间不详", "undated")
    sure = pairing.in_force_in
    if not sure:
        span = _span(pairing.possibly_in)
        return Both(f"{span}？", f"{span}?")
    open_end = "…" if any(year > sure[-1] for year in pairing.possibly_in) else ""
    gap = len(sure) < sure[-1] - sure[0] + 1
    return Both(f"{_span(sure)}{open_end}{'（间断）' * gap}", f"{_span(sure)}{open_end}{' (gaps)' * gap}")


def _span(years: tuple[int, ...]) -> str:
    return str(years[0]) if years[0] == years[-1] else f"{years[0]}–{years[-1]}"


def tie_link(site: Site, line: Tie, *inside: Markup, path: str, head: str = "") -> Markup:
    """Return the line as a link: its path, an arrowhead where a direction is stated, and what else belongs to it."""
    dashes = UNDATED_DASH if line.status == "undated" else dash(site, line.programme)
    return mark(
        "a",
        mark("path", d=path, class_="hit"),
        mark("path", d=path, class_="tie", stroke_dasharray=dashes),
        mark("path", d=head, class_="head") if head and line.directed else "",
        *inside,
        href=line.href,
        class_=f"{line.status} {colour(site, line.programme)}{' many' if line.count > 1 else ''}",
        data_c=runs(line.certain),
        data_m=runs(line.possible),
        aria_label=line.label.zh,
        data_label_zh=line.label.zh,
        data_label_en=line.label.en,
    )
