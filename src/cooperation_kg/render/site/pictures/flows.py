"""How much money do sources state from whom to whom? Bands between supporters and recipients, a picture a time.

``amounts`` says which amounts may stand in one picture. A picture needs two; an amount that stands alone in its time
is in the table of all amounts.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from markupsafe import Markup, escape

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.query.totals.reasons import Reason
from cooperation_kg.query.totals.words import Words, span_in_words
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.context import Both, Site, bi, printable
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import concept
from cooperation_kg.render.site.pictures.amounts import LONGER, PART, SHORTER, Choice, Flow, Held, choices, silent
from cooperation_kg.render.site.pictures.cited import cited
from cooperation_kg.render.site.pictures.provinces import short_name
from cooperation_kg.render.site.svg import bilingual, colour, dash, mark, number, picture, programmes, shortened

PATH = "flows.html"
TITLE = Both("写明的资金流向", "Flows of stated money")
FEWEST = 2
"""So many bands make a picture."""
WIDTH, LEFT, RIGHT, BAR = 480.0, 118.0, 278.0, 8.0
"""The width of a picture, where its bands begin and end, and the width of the bars at their ends."""
TALL, SLOT, GAP = 260.0, 40.0, 10.0
"""Height of all bands together, least height of a label, room between two."""
CITED = 8
HELD_WORDS: Mapping[str, Both] = {
    PART: Both("只是其中一部分（某一方、某一项），不代表整个结对", "Of a part only: not of the whole pairing"),
    LONGER: Both("只见于更长的时段，不截取", "Told of a longer time only: it is not clipped"),
    SHORTER: Both("只是其中一段时间，或各段之间有空缺", "Of a part of the time only, or with gaps between"),
}
"""Why an amount is not drawn, where it is no reason of ``ckg total``."""


@dataclass(frozen=True)
class Band:
    """Where a flow is drawn: from a height on the left to one on the right, and how thick."""

    flow: Flow
    start: float
    end: float
    thick: float


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the flows."""
    every = choices(site)
    drawn = [choice for choice in every if len(choice.flows) >= FEWEST]
    first = first_choice(site)
    body = (
        environment()
        .get_template("site/flows.html.j2")
        .render(
            site=site,
            bi=bi,
            title=TITLE,
            groups=[(name, list(some)) for name, some in groupby(drawn, key=kind_name)],
            first=first.key if first else "",
            time=time_name,
            panels=[_panel(site, choice, choice is first) for choice in drawn],
            defs=hatches(site),
            reasons=HELD_WORDS,
            rows=[_row(site, choice, flow) for choice in every for flow in choice.flows],
            question=site.question("figures", PATH, {"unit": "元"}),
            at=PATH,
        )
    )
    yield Page(PATH, TITLE, Markup(body), section="pictures.html", scripts=("choices.js", "flows.js", "figure.js"))


def first_choice(site: Site) -> Choice | None:
    """Return the picture that the page opens with: of the time that the site asks about, else that with most bands."""
    asked = site.as_of.first_day, site.as_of.last_day
    drawn = (choice for choice in choices(site) if len(choice.flows) >= FEWEST)
    return max(drawn, key=lambda choice: (choice.span == asked, len(choice.flows)), default=None)


def kind_name(choice: Choice) -> Both:
    """Return the measure and stage of a picture in words."""
    measure, stage = concept("measure", choice.measure), concept("stage", choice.stage)
    return Both(f"{measure.zh}（{stage.zh}）", f"{measure.en} ({stage.en})")


def time_name(choice: Choice) -> Both:
    """Return the time of a picture in words."""
    return Both(span_in_words(choice.span, "zh"), span_in_words(choice.span, "en"))


def bands(flows: Iterable[Flow]) -> tuple[list[Band], list[tuple[tuple[str, ...], float, float]], float]:
    """Return where each flow is drawn, the bars of the supporters (who, from, to), and the height of it all.

    A supporter's bands lie on each other; a recipient has a place for each, so that nothing there looks like a sum.
    """
    held = sorted(flows, key=lambda f: (-f.value, f.subject))
    most = sum(flow.value for flow in held) or 1.0
    by_left: dict[tuple[str, ...], list[Flow]] = defaultdict(list)
    for flow in held:
        by_left[flow.sides[0]].append(flow)
    order = sorted(by_left.values(), key=lambda some: -sum(f.value for f in some))
    thick = {flow.subject: max(TALL * flow.value / most, 1.5) for flow in held}
    slots = {flow.subject: max(thick[flow.subject], SLOT) + GAP for flow in held}
    found, bars, top = [], [], 0.0
    for some in order:
        room = sum(slots[f.subject] for f in some)
        own = sum(thick[f.subject] for f in some)
        start = top + (room - own) / 2
        bars.append((some[0].sides[0], start, start + own))
        for flow in some:
            end = top + (slots[flow.subject] - thick[flow.subject]) / 2
            found.append(Band(flow, start, end, thick[flow.subject]))
            start += thick[flow.subject]
            top += slots[flow.subject]
    return found, bars, top


def sankey(site: Site, choice: Choice, *, small: bool = False) -> Markup:
    """Return the picture of a choice; ``small`` is a thumbnail without text and links."""
    drawn, bars, height = bands(choice.flows)
    parts = [_band(site, band, small) for band in drawn]
    parts += [mark("rect", x=LEFT - BAR, y=low, width=BAR, height=high - low, class_="bar") for _, low, high in bars]
    parts += [mark("rect", x=RIGHT, y=b.end, width=BAR, height=b.thick, class_="bar") for b in drawn]
    if not small:
        for who, low, high in bars:
            zh, en = (shortened(text, (LEFT - BAR - 8) / 16.5) for text in side_name(site, who))
            parts.append(bilingual(zh, en, x=LEFT - BAR - 6, y=(low + high) / 2 + 5, text_anchor="end", class_="own"))
    name, time = kind_name(choice), time_name(choice)
    label = (f"{name.zh}，{time.zh}：{len(drawn)}条", f"{name.en}, {time.en}: {len(drawn)} bands")
    return picture(WIDTH, height, *parts, label=label, class_="sankey")


def side_name(site: Site, side: Sequence[str]) -> Both:
    """Return the parties of a side in words; an empty side means all."""
    if len(side) == 1 and side[0] in site.corpus.places:
        return short_name(site, side[0])
    zh, en = (site.namer.parties(tuple(side), lang) for lang in ("zh", "en"))
    return Both(zh or "各方", en or "all")


def amount(flow: Flow) -> Both:
    """Return an amount: the literal as printed, or the sum."""
    if len(flow.figures) == 1 and flow.figures[0].nature == "flow":
        return Both(flow.figures[0].literal, flow.added.text("en"))
    return Both(flow.added.text("zh"), flow.added.text("en"))


def _band(site: Site, band: Band, small: bool) -> Markup:
    flow, x, u = band.flow, LEFT, RIGHT
    middle = number((x + u) / 2)
    ends = [number(value) for value in (band.start, band.end, band.end + band.thick, band.start + band.thick)]
    path = (
        f"M{number(x)} {ends[0]}C{middle} {ends[0]} {middle} {ends[1]} {number(u)} {ends[1]}"
        f"V{ends[2]}C{middle} {ends[2]} {middle} {ends[3]} {number(x)} {ends[3]}Z"
    )
    look = colour(site, flow.programme)
    shapes = (
        mark("path", d=path, class_="flow"),
        mark("path", d=path, fill=f"url(#h-{look})", stroke_dasharray=dash(site, flow.programme), class_="over"),
    )
    if small:
        return mark("g", shapes[0], class_=look)
    left, right, money = side_name(site, flow.sides[0]), side_name(site, flow.sides[1]), amount(flow)
    program = site.name("programme", flow.programme)
    label = Both(
        f"{left.zh}→{right.zh}：{money.zh}（{program.zh}）", f"{left.en} → {right.en}: {money.en} ({program.en})"
    )
    y = band.end + band.thick / 2
    names = [shortened(text, (WIDTH - RIGHT - BAR - 8) / 16.5) for text in right]
    words = (
        bilingual(*names, x=RIGHT + BAR + 7, y=y - 3, class_="own"),
        bilingual(*(str(printable(text)) for text in money), x=RIGHT + BAR + 7, y=y + 14, class_="money"),
    )
    return mark(
        "a",
        *shapes,
        *words,
        href=site.href(site.address("statement", flow.figures[0].key) or "", PATH),
        class_=look,
        aria_label=label.zh,
        data_label_zh=label.zh,
        data_label_en=label.en,
    )


def hatches(site: Site) -> Markup:
    """Return the patterns that tell programmes apart without colour, once for all pictures of the page."""
    patterns = []
    for at, look in enumerate(dict.fromkeys(colour(site, programme) for programme in programmes(site))):
        size = number(6.0 + 2 * at)
        line = mark("path", d=f"M0 0H{size}", class_=f"hatch-line {look}")
        box = {"width": size, "height": size, "patternUnits": "userSpaceOnUse"}
        patterns.append(mark("pattern", line, id=f"h-{look}", **box, patternTransform=f"rotate({at * 53 % 180})"))
    return mark("svg", mark("defs", *patterns), width="0", height="0", aria_hidden="true", class_="defs")


def _panel(site: Site, choice: Choice, is_open: bool) -> Mapping[str, object]:
    """Return what a picture is shown with: itself, its amounts, what is held back and why, and who is silent."""
    quiet = [site.link("pairing", slug, PATH) for slug in silent(site, choice)]
    used = dict.fromkeys(flow.programme for flow in choice.flows)
    return {
        "key": choice.key,
        "name": kind_name(choice),
        "time": time_name(choice),
        "open": is_open,
        "svg": sankey(site, choice),
        "rows": [_row(site, choice, flow)[2:] for flow in choice.flows],
        "legend": [(colour(site, p), dash(site, p), site.name("programme", p)) for p in used],
        "held": [(code, list(some)) for code, some in _by_code(site, choice.held)],
        "quiet": quiet,
    }


def _row(site: Site, choice: Choice, flow: Flow) -> list[Markup]:
    """Return a row of a table: measure, time, supporter, recipient, amount, programme, statements."""
    name, time = kind_name(choice), time_name(choice)
    kind, identifier = flow.subject
    keys = tuple(key for figure in flow.figures for key in figure.keys)
    terms = " + ".join(str(printable(figure.literal)) for figure in flow.figures)
    shown = bi(*amount(flow))
    return [
        bi(*name),
        bi(*time),
        bi(*side_name(site, flow.sides[0])),
        bi(*side_name(site, flow.sides[1])),
        (shown if len(flow.figures) == 1 else shown + Markup(" = {}").format(terms)) + _remarks(site, keys),
        site.link(kind, identifier, PATH, bi(*site.name("programme", flow.programme))),
        cited(site, keys, PATH, CITED),
    ]


def _remarks(site: Site, keys: Iterable[str]) -> Markup:
    """Return what statements say of the scope of their figures, and what the curator notes: who else paid, say."""
    lines = []
    for statement in (site.corpus.statements[key] for key in keys):
        if isinstance(statement, FigureStatement) and statement.scope_note:
            lines.append(bi(statement.scope_note.zh, statement.scope_note.in_language("en")))
        if statement.note:
            lines.append(bi("整理者注：", "curator's note: ") + escape(printable(statement.note)))
    return Markup("").join(Markup('<div class="muted">{}</div>').format(line) for line in dict.fromkeys(lines))


def _by_code(site: Site, held: Iterable[Held]) -> Iterator[tuple[str, Iterator[Markup]]]:
    ranked = sorted(held, key=lambda one: (one.code in HELD_WORDS, one.code, one.subject))
    for code, some in groupby(ranked, key=lambda one: one.code):
        yield code, (_held(site, one) for one in list(some))


def _held(site: Site, one: Held) -> Markup:
    """Return what is held back: of whom, which figures, and in words why, where ``ckg total`` gives the reason."""
    words = {lang: Words(site.kg, one.subject, lang) for lang in ("zh", "en")}
    said = [
        Markup("{} {}").format(
            bi(*(words[lang].figure(figure) for lang in ("zh", "en"))), cited(site, figure.keys, PATH, 1)
        )
        for figure in one.figures[:3]
    ]
    if len(one.figures) > len(said):
        said.append(escape(f"+{len(one.figures) - len(said)}"))
    line = Markup("{}{}{}").format(site.link(*one.subject, PATH), bi("：", ": "), bi("；", "; ").join(said))
    if isinstance(one.reason, Reason):
        why = bi(*(words[lang].reason(one.reason) for lang in ("zh", "en")))
        return Markup('{} <span class="muted">{}</span>').format(line, why)
    return line
