"""Companion pictures: SVG written here, each mark a link, each with its table of data and its query."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence

from markupsafe import Markup

from cooperation_kg.render.html import environment
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.pictures import flows, matrix, thumbnails, tiles, timeline, years

PATH = "pictures.html"
PICTURES: tuple[Callable[[Site], Iterator[Page]], ...] = (
    timeline.pages,
    matrix.pages,
    flows.pages,
    tiles.pages,
    years.pages,
)
WHAT: dict[str, Both] = {
    "network.html": Both(
        "全国结对的网络：拉动年份看结对出现与消失，点一下看证据。",
        "The network of all pairings: move through the years, and point at a line for its evidence.",
    ),
    "timeline.html": Both(
        "一个机制一栏：每年有多少组结对，文件在哪一年；每组结对的年份条。",
        "One lane a programme: how many pairings in each year, when the documents came, and a bar for each pairing.",
    ),
    "adjustments.html": Both(
        "每个调整之年一幅小图：谁开始、结束、进入新一轮、继续；每个受援方的原支援方与新支援方，2021年也在其中。",
        "A small picture for each year of adjustment, 2021 among them: who began, ended or went on, with the old and "
        "the new supporter of every recipient.",
    ),
    "matrix.html": Both(
        "支援方为行、受援方为列：在哪一年有多少组结对；也可以看来源写明的数字。",
        "Supporters by recipients: how many pairings in which year; or the figures that sources state.",
    ),
    "flows.html": Both(
        "写明的资金从谁到谁：一幅图一个指标、一个时段，只画能并列的数；没有画的写明为什么。",
        "Stated money from whom to whom: a picture a measure and time, of amounts that may stand side by side; what is "
        "not drawn is listed with its reason.",
    ),
    "map.html": Both(
        "一省一格：哪一年有多少组结对、支援几个省、受几个省支援；示意位置，不表示疆界。",
        "A square a province: pairings and partners in each year; positions are schematic, no boundaries are drawn.",
    ),
}
"""What each picture shows; a picture that is not here is listed by its title alone."""
NETWORK = Both("网络", "Network")


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of every picture, then the page that leads to them."""
    drawn = [page for picture in PICTURES for page in picture(site)]
    yield from drawn
    yield _overview(site, drawn)


def _overview(site: Site, drawn: Sequence[Page]) -> Page:
    cards = [("network.html", NETWORK), *((page.path, page.title) for page in drawn)]
    shown = [
        (path, bi(*title), bi(*WHAT[path]) if path in WHAT else "", thumbnails.thumbnail(site, path))
        for path, title in cards
    ]
    title = Both("图表", "Pictures")
    body = environment().get_template("site/pictures.html.j2").render(bi=bi, title=title, cards=shown)
    return Page(PATH, title, Markup(body), section=PATH)
