"""What did a year of adjustment change? Small multiples of who began, ended and went on, with old and new partners.

Years are found in the data: those in which documents changed `ENOUGH` pairings of one programme or more.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from cooperation_kg.render.html import environment
from cooperation_kg.render.site.columns import LEFT, RIGHT, STEP, WIDTH, Between, orders
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.ego import link_of, name_of, province_of, sides_of
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import (
    Column,
    Group,
    Listing,
    Row,
    Table,
    dated,
    facet,
    joined,
    keys_of,
    list_page,
    nothing,
    row,
)
from cooperation_kg.render.site.pictures.acts import touched
from cooperation_kg.render.site.pictures.cited import cited
from cooperation_kg.render.site.pictures.moves import WORDS, Move, is_implied, move
from cooperation_kg.render.site.svg import bilingual, mark, number, picture, programmes, shortened
from cooperation_kg.render.site.ties import Tie, tie, tie_link

PATH = "adjustments.html"
ENOUGH = 5
"""How many pairings of a programme documents must have changed in a year to call it a year of adjustment."""
DRAWN = ("ended", "stayed", "renewed", "began")
"""What is drawn as a line, the uppermost last."""
IMPLIED = Both("推知", "implied")
"""What stands beside a move that no statement says in so many words."""
APART = 3.6
"""How far lines between the same two names lie from each other."""


@dataclass(frozen=True)
class Adjustment:
    """A year of adjustment of a programme: the documents, with the pairings that each changed, and every move."""

    family: str
    year: int
    documents: tuple[tuple[tuple[str, str], int], ...]
    moves: tuple[Move, ...]

    @property
    def anchor(self) -> str:
        """Its place on the page."""
        return f"{self.family}-{self.year}"

    def counted(self) -> Mapping[str, int]:
        """Return how many pairings made which move."""
        found = Counter(one.what for one in self.moves)
        return {what: found[what] for what in WORDS if found[what]}


def adjustments(site: Site) -> list[Adjustment]:
    """Return the years of adjustment, the programme with the most pairings first, then by year."""
    found = []
    for (family, year), documents in touched(site).items():
        if len(set().union(*documents.values())) >= ENOUGH:
            ordered = sorted(((who, len(some)) for who, some in documents.items()), key=lambda d: (-d[1], d[0]))
            found.append(Adjustment(family, year, tuple(ordered), _moves(site, family, year)))
    return sorted(found, key=lambda a: (programmes(site).index(a.family), a.year))


def _moves(site: Site, family: str, year: int) -> tuple[Move, ...]:
    own = (p for p in site.kg.derived.pairings.values() if p.programme == family)
    return tuple(one for pairing in sorted(own, key=lambda p: p.slug) if (one := move(pairing, year)))


def pages(site: Site) -> Iterator[Page]:
    """Yield the page of the years of adjustment; none where the data has no such year."""
    found = adjustments(site)
    if not found:
        return
    tables = [_table(site, one) for one in found]
    rows = [one for table in tables for group in table.groups for one in group.rows]
    families = ((a.family, site.name("programme", a.family)) for a in found)
    years = ((str(year), Both(f"{year}年", str(year))) for year in sorted({a.year for a in found}))
    listing = Listing(
        PATH,
        Both("调整之年：谁换了谁", "Years of adjustment: who took over from whom"),
        bi(
            "每幅小图是一个机制的一年：哪些结对开始、结束、进入新一轮、继续。图下的表列出每个受援方的原支援方与新支援方。",
            "Each small picture is one year of one programme: which pairings began, ended, began a new round, or went "
            "on. The tables below name the old and the new supporter of every recipient.",
        )
        + " "
        + site.question("pairing-terms", PATH),
        tuple(tables),
        (
            facet("programme", Both("机制", "Programme"), dict(families).items(), rows),
            facet("year", Both("年份", "Year"), years, rows),
            facet("move", Both("变动", "Change"), WORDS.items(), rows),
        ),
        notes=NOTES,
        picture=_pictures(site, found),
    )
    crumbs = (("pictures.html", Both("图表", "Pictures")),)
    page = list_page(site, listing)
    yield replace(page, section="pictures.html", crumbs=crumbs, scripts=(*page.scripts, "figure.js"))


NOTES = (
    Both(
        f"年份由数据得出：有文件（依据、确立、调整、延长、取代、终止）在一年里改变同一机制的{ENOUGH}组或更多结对，即列为一幅。",
        f"The years are found in the data: those in which documents changed {ENOUGH} pairings of a programme or more, "
        "as their basis or because a source says that they established, adjusted, extended, replaced or ended them.",
    ),
    Both(
        "开始、结束、新一轮，指有来源说明、由依据文件的日期可知，或由来源推知（注明“推知”）；继续，指前一年与后一年都确定存续（推得）；"
        "首见，指最早的来源在这一年，始于何时没有来源说明。",
        "Began, ended and new round: some source says or implies it (then “implied” is said), or the date of the "
        "document that is its basis does. Went on: "
        "certain in the year before and the year after (inferred). First seen: the earliest source is of this year, "
        "and none says since when.",
    ),
    Both(
        "“此后未见来源确认”不等于结束：没有来源说这对结对在这一年之后继续，也没有来源说它结束。"
        "只有这一种情形的受援方不列入表。",
        "“Not confirmed since” is no end: no source says that the pairing went on after the year, and none that it "
        "ended. Recipients of whom this is all that can be said are not in the tables.",
    ),
    Both(
        "图中县、市按其所在省合并；线旁没有数字的是一组结对。合并时按所问时间的隶属。",
        "In the pictures counties and cities are drawn with the province in which they lie at the time asked about; "
        "every line says on pointing how many pairings it stands for.",
    ),
)


def _pictures(site: Site, found: Sequence[Adjustment]) -> Markup:
    families: dict[str, list[Mapping[str, object]]] = defaultdict(list)
    for one in found:
        families[one.family].append(_figure(site, one))
    sections = [
        (site.link("programme", family, PATH), site.name("programme", family), figures)
        for family, figures in families.items()
    ]
    legend = [(what, bi(*WORDS[what])) for what in reversed(DRAWN)]
    template = environment().get_template("site/years.html.j2")
    return Markup(template.render(site=site, bi=bi, sections=sections, legend=legend))


def _figure(site: Site, one: Adjustment) -> Mapping[str, object]:
    documents = [
        (site.link(*who, PATH), count, bi(f"{count}组", f"{count} pairing{'s' * (count > 1)}"))
        for who, count in one.documents
    ]
    counts = [(what, bi(*WORDS[what]), bi(*text)) for what, text in _counted(site, one)]
    return {
        "year": one.year,
        "anchor": one.anchor,
        "documents": documents,
        "counts": counts,
        "svg": drawing(site, one),
    }


def _counted(site: Site, one: Adjustment) -> Iterator[tuple[str, Both]]:
    """Yield how many pairings made which move, and how many of them only by implication."""
    implied = Counter(found.what for found in one.moves if is_implied(found, site.corpus.statements))
    for what, count in one.counted().items():
        some = implied[what]
        yield (
            what,
            Both(
                f"{count}组" + (f"（其中{some}组推知）" if some else ""),
                f"{count}" + (f" ({some} implied)" if some else ""),
            ),
        )


def drawing(site: Site, one: Adjustment) -> Markup:
    """Return the small network of a year: supporters on the left, recipients on the right, by province."""
    groups: dict[tuple[str, str, str], list[Move]] = defaultdict(list)
    for found in one.moves:
        if found.what in DRAWN:
            left, right = (province_of(site, party) for party in sides_of(found.pairing))
            groups[left, right, found.what].append(found)
    between = [
        Between(left, right, _line(site, one, some, (left, right, what)))
        for (left, right, what), some in sorted(groups.items(), key=lambda g: (*g[0][:2], DRAWN.index(g[0][2])))
    ]
    return _columns(site, between, one)


def _line(site: Site, one: Adjustment, moves: Sequence[Move], key: tuple[str, str, str]) -> Tie:
    left, right, what = key
    word, programme = WORDS[what], site.name("programme", one.family)
    if len(moves) == 1:
        single = tie(site, moves[0].pairing, PATH)
        label = Both(f"{one.year}年{word.zh}：{single.label.zh}", f"{one.year}, {word.en}: {single.label.en}")
        return replace(single, status=what, label=label)
    names = [name_of(site, party) for party in (left, right)]
    said = Both(
        f"{one.year}年{word.zh}：{names[0].zh} → {names[1].zh}（{programme.zh}）：{len(moves)}组结对",
        f"{one.year}, {word.en}: {names[0].en} → {names[1].en} ({programme.en}): {len(moves)} pairings",
    )
    directed = all(found.pairing.directed for found in moves)
    address = f"#{one.anchor}-{right}"
    return Tie(one.family, what, directed, (), (), address, said, said, len(moves))


def _columns(site: Site, between: Sequence[Between], one: Adjustment) -> Markup:
    sides = orders(between)
    tall = STEP * max(len(sides[0]), len(sides[1]), 1)
    left, right = ({party: 24 + tall / len(side) * (i + 0.5) for i, party in enumerate(side)} for side in sides)
    pairs = Counter((b.left, b.right) for b in between)
    drawn: Counter[tuple[str, str]] = Counter()
    lines: list[tuple[int, Markup]] = []
    for b in between:
        off = (drawn[b.left, b.right] - (pairs[b.left, b.right] - 1) / 2) * APART
        drawn[b.left, b.right] += 1
        start, end = left[b.left] + off, right[b.right] + off
        path = (
            f"M{number(LEFT)} {number(start)}C180 {number(start)} 180 {number(end)} {number(RIGHT - 1)} {number(end)}"
        )
        line = tie_link(site, b.line, path=path, head=f"M{number(RIGHT)} {number(end)}l-7 -3v6z")
        lines.append((DRAWN.index(b.line.status), line))
    lines.sort(key=lambda found: found[0])
    directed = all(b.line.directed for b in between)
    heads = (Both("支援方", "Supporters"), Both("受援方", "Recipients"))
    if not directed:
        heads = (Both("一方", "One side"), Both("另一方", "Other side"))
    inside = [
        bilingual(*heads[0], x=LEFT - 6, y=14.0, text_anchor="end", class_="side"),
        bilingual(*heads[1], x=RIGHT + 6, y=14.0, class_="side"),
        *(line for _, line in lines),
        *(_name(site, party, LEFT - 6, y, "end") for party, y in left.items()),
        *(_name(site, party, RIGHT + 6, y, "start") for party, y in right.items()),
    ]
    programme = site.name("programme", one.family)
    label = (f"{one.year}年{programme.zh}的变动", f"What {one.year} changed in {programme.en}")
    return picture(WIDTH, 24 + tall + 4, *inside, label=label, class_="ties moves")


def _name(site: Site, party: str, x: float, y: float, anchor: str) -> Markup:
    short = (shortened(text, (LEFT - 8) / 12) for text in name_of(site, party))
    text = bilingual(*short, x=x, y=y + 4, text_anchor=anchor)
    return mark("a", text, href=link_of(site, party, PATH), class_="name")


def _table(site: Site, one: Adjustment) -> Table:
    """Return who supported each recipient before and who does after; a recipient of silence alone is left out."""
    recipients: dict[str, list[Move]] = defaultdict(list)
    for found in one.moves:
        recipients[sides_of(found.pairing)[1]].append(found)
    provinces: dict[str, list[tuple[str, list[Move]]]] = defaultdict(list)
    for recipient, moves in recipients.items():
        if any(found.what != "silent" for found in moves):
            provinces[province_of(site, recipient)].append((recipient, moves))
    named = sorted(provinces.items(), key=lambda p: (name_of(site, p[0]).zh, p[0]))
    groups = tuple(
        Group(
            tuple(_row(site, one, who, moves) for who, moves in sorted(some, key=lambda r: (r[0] != province, r[0]))),
            f"{one.anchor}-{province}",
            bi(*name_of(site, province)),
        )
        for province, some in named
    )
    count = sum(len(group.rows) for group in groups)
    programme = site.name("programme", one.family)
    said = _counted(site, one)
    caption = bi(
        f"{count}个受援方；" + "，".join(f"{WORDS[what].zh}{text.zh}" for what, text in said) + "。",
        f"{count} recipients; " + ", ".join(f"{WORDS[what].en}: {text.en}" for what, text in said) + ".",
    )
    columns = (
        Column(Both("受援方（或另一方）", "Recipient (or the other side)")),
        Column(Both("原支援方", "Supporter before")),
        Column(Both("新支援方", "New supporter")),
        Column(Both("未换的支援方", "Supporter that stayed")),
    )
    title = Both(f"{programme.zh}，{one.year}年", f"{programme.en}, {one.year}")
    return Table(columns, groups, caption, one.anchor, title)


def _row(site: Site, one: Adjustment, recipient: str, moves: Sequence[Move]) -> Row:
    def side(*whats: str) -> Markup:
        chosen = sorted((m for m in moves if m.what in whats), key=lambda m: (whats.index(m.what), m.pairing.slug))
        return Markup("").join(_partner(site, m) for m in chosen) or nothing()

    names = [name_of(site, party).zh for m in moves for party in m.pairing.parties]
    link = Markup('<a href="{}">{}</a>').format(link_of(site, recipient, PATH), bi(*name_of(site, recipient)))
    return row(
        (link, side("ended", "silent"), side("began", "seen"), side("renewed", "stayed")),
        keys=keys_of(names),
        facets={
            "programme": one.family,
            "year": str(one.year),
            "move": " ".join(w for w in WORDS if any(m.what == w for m in moves)),
        },
    )


def _partner(site: Site, found: Move) -> Markup:
    supporter = sides_of(found.pairing)[0]
    name = site.link("pairing", found.pairing.slug, PATH, bi(*name_of(site, supporter)))
    tag = Markup('<span class="tag move {}">{}</span>').format(found.what, bi(*WORDS[found.what]))
    if is_implied(found, site.corpus.statements):
        tag += Markup(' <span class="muted">{}</span>').format(bi(*IMPLIED))
    return Markup('<div class="partner">{} {} {} {}</div>').format(
        name, tag, joined(_day(site, found)), cited(site, found.evidence, PATH, 2)
    )


def _day(site: Site, found: Move) -> Iterator[Markup]:
    """Yield the day as precisely as it is known, and the document."""
    term = found.term
    if found.what == "ended":
        yield bi("至迟", "by ") + dated(term.possible_to.isoformat())
    elif found.what == "silent" and found.pairing.last_confirmed:
        last = found.pairing.last_confirmed.year
        yield bi(f"末次确认{last}年", f"last confirmed {last}")
    if found.what in ("began", "renewed") and term.basis is not None:
        kind = "policy" if term.basis in site.corpus.registers["policy"] else "event"
        yield site.link(kind, term.basis, PATH)
