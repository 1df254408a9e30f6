"""What must a reader know before citing? One caveat each, with how often and where it matters."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from markupsafe import Markup

from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.graph.asof import pairings_as_of
from cooperation_kg.ontology import load_ontology
from cooperation_kg.render.site.context import Both, Site, bi

MOST = 60


@dataclass(frozen=True)
class Caveat:
    """A caveat: its anchor, its title, what to know, how often it applies here, and links to where it does.

    ``more`` is how many of these links are not shown.
    """

    anchor: str
    title: Both
    text: Markup
    count: Markup
    links: tuple[Markup, ...] = ()
    more: int = 0
    asks: tuple[Markup, ...] = ()


def caveats(site: Site, at: str) -> Iterator[Caveat]:
    """Yield the caveats, those that concern most readers first."""
    yield _silence(site, at)
    yield _status(site, at)
    yield _direction(site, at)
    yield _figures(site, at)
    yield _stages(site, at)
    yield _people(site, at)
    yield _bounds(site, at)
    yield _translated(site, at)
    yield _reprint(site, at)
    yield _weak(site, at)
    yield _disputed(site, at)
    yield _anonymous(site, at)
    yield _drawn(site, at)


def _silence(site: Site, at: str) -> Caveat:
    return Caveat(
        "silence",
        Both("没有列出，不等于没有", "Not listed does not mean it did not happen"),
        bi(
            "这里只有所列来源说到的内容。空白的年份是没有来源说到，不是零。",
            "Only what the listed sources state is here. A year without a figure is a year nobody is known to have told"
            " of, not a zero.",
        ),
        bi(f"{len(site.corpus.sources)} 个来源", f"{len(site.corpus.sources)} sources"),
        (_page(site, "sources.html", Both("全部来源", "all sources"), at),),
        asks=(site.question("places-without-figures", at),),
    )


def _status(site: Site, at: str) -> Caveat:
    counts = Counter(pairings_as_of(site.kg.derived.pairings, site.as_of).values())
    ontology = load_ontology()
    shown = [
        (ontology.label("status", status, "zh"), ontology.label("status", status, "en"), number)
        for status, number in sorted(counts.items())
    ]
    over = len(site.kg.derived.pairings) - counts.total()
    return Caveat(
        "status",
        Both("“可能存续”不是“存续”", "“Possible” is not “in force”"),
        bi(
            "“可能存续”指最后一次见于来源之后，没有来源说它继续或结束，或者来源只给出一个时段；"
            "“未注明年份”指没有来源说明时间。起止由陈述推得，与来源的原话分开列出。",
            "“Possible” means after the last sighting, with no source saying that the pairing went on or ended, or that"
            " the source gives only a span; “undated” that no source says when. Terms are derived from statements, and"
            " shown apart from them.",
        ),
        bi(
            f"{site.as_of.words('zh')}：" + "，".join(f"{zh} {n}" for zh, _, n in shown) + f"，当时不存续 {over}",
            f"{site.as_of.words('en')}: " + ", ".join(f"{en} {n}" for _, en, n in shown) + f", not at that time {over}",
        ),
        (
            _page(site, "pairings.html", Both("全部结对", "all pairings"), at),
            *(_term(site, "status", notation, at) for notation in ontology.concepts["status"]),
        ),
        asks=(site.questions(at, "unconfirmed", "undated-pairings"),),
    )


def _direction(site: Site, at: str) -> Caveat:
    found = sorted(slug for slug, p in site.kg.derived.pairings.items() if not p.directed)
    links, more = _links(site, "pairing", found, at)
    return Caveat(
        "direction",
        Both("名称不表示方向", "A name proves no direction"),
        bi(
            "没有来源说明谁支援谁时，不画箭头，也不分支援方与受援方；“合作”关系双方本无主次。",
            "Where no source states who supports whom no arrow is drawn and nobody is called supporter; in cooperation"
            " of equals there is none.",
        ),
        bi(f"{len(found)} 个结对没有方向", f"{len(found)} pairings without a direction"),
        links,
        more,
    )


def _figures(site: Site, at: str) -> Caveat:
    figures = _all_figures(site)
    scoped = sum(bool(f.scope_note or f.place or f.part_of) for f in figures)
    return Caveat(
        "figures",
        Both("数字不可随意相加", "Figures must not simply be added"),
        bi(
            "数字照原文抄录，各有口径、期间与范围。累计数与当年数、不同来源、互相包含的范围相加会重复计算；"
            "能相加的，命令 ckg total 逐一说明理由后才加。",
            "Figures are as printed, each with its own scope and period. Adding cumulative and yearly figures, other"
            " sources or scopes that contain each other counts twice; ckg total adds only what may be added, and says"
            " why.",
        ),
        bi(
            f"{len(figures)} 个数字，其中 {scoped} 个只说一方、一部分或另有口径",
            f"{len(figures)} figures; {scoped} of a side, of a part or with a scope of their own",
        ),
        tuple(_term(site, "nature", notation, at) for notation in load_ontology().concepts["nature"]),
        asks=(site.question("figures", at),),
    )


def _stages(site: Site, at: str) -> Caveat:
    ontology = load_ontology()
    counts = Counter(f.stage for f in _all_figures(site))
    rows = [(n, ontology.concepts["stage"][n], counts[n]) for n in ontology.concepts["stage"] if counts[n]]
    return Caveat(
        "stage",
        Both("计划、协议、到位不是一回事", "Planned, agreed and paid are not the same"),
        bi(
            "签约额、计划数不是到账数；来源没有说明阶段的，记为“报告”。",
            "An amount agreed or planned is not money paid; what a source reports without saying is “reported”.",
        ),
        bi(
            "，".join(f"{concept.zh} {n}" for _, concept, n in rows),
            ", ".join(f"{concept.en} {n}" for _, concept, n in rows),
        ),
        tuple(_term(site, "stage", notation, at) for notation, _, _ in rows),
    )


def _people(site: Site, at: str) -> Caveat:
    times = [f for f in _all_figures(site) if f.quantity.unit == "人次"]
    links, more = _links(site, "measure", sorted({f.measure for f in times}), at)
    return Caveat(
        "people",
        Both("人不是人次", "People are not person-times"),
        bi(
            "“人次”把同一个人每次都算上；与“人”不可互换，也不可相加。",
            "Person-times (人次) count the same person each time; they are neither people nor to be added to them.",
        ),
        bi(f"{len(times)} 个数字以人次计", f"{len(times)} figures in person-times"),
        links,
        more,
    )


def _bounds(site: Site, at: str) -> Caveat:
    loose = [f for f in _all_figures(site) if f.quantity.bound != "exact"]
    return Caveat(
        "bounds",
        Both("“余”“超”“近”“约”是界限", "“More than”, “nearly” and “about” are bounds"),
        bi(
            "“5000余名”是多于5000，不是5000；图上与表中都保留原文的字。",
            "“5000余名” is more than 5,000, not 5,000; pictures and tables keep the words as printed.",
        ),
        bi(f"{len(loose)} 个数字不是确数", f"{len(loose)} figures are not exact"),
        tuple(_term(site, "bound", notation, at) for notation in load_ontology().concepts["bound"]),
        asks=(site.question("figures", at),),
    )


def _translated(site: Site, at: str) -> Caveat:
    found = sorted(s.id for s in site.corpus.sources.values() if s.reached_by in ("translation", "abstract"))
    links, more = _links(site, "source", found, at)
    return Caveat(
        "translated",
        Both("有的来源只见译文或摘要", "Some sources were read in translation or abstract only"),
        bi(
            "译文里的数字不是原文印的字，标为“据译文所记”；原文可能不同。",
            "A figure from a translation is not what the original printed, and is marked so; the original may differ.",
        ),
        bi(f"{len(found)} 个来源", f"{len(found)} sources"),
        links,
        more,
    )


def _reprint(site: Site, at: str) -> Caveat:
    found = sorted(s.id for s in site.corpus.sources.values() if s.reached_by == "reprint")
    links, more = _links(site, "source", found, at)
    return Caveat(
        "reprint",
        Both("有的来源读自转载", "Some sources were read in a reprint"),
        bi(
            "转载与首发的文字可能有出入；几个来源转述同一源头的，只算一个源头，不能互相佐证。",
            "A reprint may differ from what first appeared; sources that pass on one origin count as one and confirm"
            " nothing for each other.",
        ),
        bi(f"{len(found)} 个来源", f"{len(found)} sources"),
        links,
        more,
    )


def _weak(site: Site, at: str) -> Caveat:
    found = sorted(s.id for s in site.corpus.sources.values() if s.grade in ("unattributed", "informal"))
    links, more = _links(site, "source", found, at)
    return Caveat(
        "weak",
        Both("有的来源较弱", "Some sources are weak"),
        bi(
            "未署名的转载与非正式的来源，只在没有更好的来源时使用；转载同一源头的，算一个源头。",
            "Unattributed reprints and informal pages are used where nothing better is known; reprints of one origin"
            " count as one.",
        ),
        bi(f"{len(found)} 个来源", f"{len(found)} sources"),
        links,
        more,
    )


def _disputed(site: Site, at: str) -> Caveat:
    found = site.kg.derived.disagreements
    settled = sum(one.settled_by is not None for one in found.values())
    cells = site.kg.derived.cells
    about = {cells[one.about[1]].about if one.about[0] == "cell" else one.about for one in found.values()}
    shown = tuple(site.link(kind, identifier, at) for kind, identifier in sorted(about))
    return Caveat(
        "disputed",
        Both("来源之间说法不一", "Sources disagree"),
        bi(
            "说法不一的并列给出，不取其一；有理由可断的，断语另列，写明理由。",
            "Where sources disagree all sides are shown; a judgement, where there is reason for one, stands beside"
            " them with its reason.",
        ),
        bi(f"{len(found)} 处，其中 {settled} 处有断语", f"{len(found)}, of which {settled} judged"),
        shown[:MOST],
        max(0, len(shown) - MOST),
        asks=(site.question("disagreements", at),),
    )


def _anonymous(site: Site, at: str) -> Caveat:
    links, more = _links(site, "place", sorted(site.corpus.anonymous), at)
    return Caveat(
        "anonymous",
        Both("匿名的地方不作猜测", "Hidden places are not guessed"),
        bi(
            "来源隐去地名的（W县），照样匿名：不定位，不归并，不计入县数。",
            "A place that its source hides (W County) stays hidden: not located, not merged, not counted.",
        ),
        bi(f"{len(site.corpus.anonymous)} 个地方", f"{len(site.corpus.anonymous)} places"),
        links,
        more,
        asks=(site.question("anonymous-places", at),),
    )


def _drawn(site: Site, at: str) -> Caveat:
    seated = sum(place.seat is not None for place in site.corpus.places.values())
    total = len(site.corpus.places)
    return Caveat(
        "positions",
        Both("图上位置是驻地，不表示疆界", "Positions are seats of government, not boundaries"),
        bi(
            "驻地坐标精确到约一公里；没有坐标的地方放在上级旁边，图上说明。",
            "Seats are known to about a kilometre; a place without one is drawn beside what contains it, and said so.",
        ),
        bi(f"{total} 个地区中 {seated} 个有坐标", f"{seated} of {total} places have coordinates"),
        (_page(site, "places.html", Both("全部地区", "all places"), at),),
    )


def _all_figures(site: Site) -> list[FigureStatement]:
    return [s for s in site.mentions.always.standing if isinstance(s, FigureStatement)]


def _links(site: Site, kind: str, identifiers: Iterable[str], at: str) -> tuple[tuple[Markup, ...], int]:
    """Return the first links to things, and how many more there are."""
    found = list(identifiers)
    return tuple(site.link(kind, identifier, at) for identifier in found[:MOST]), max(0, len(found) - MOST)


def _page(site: Site, path: str, name: Both, at: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(site.href(path, at), bi(*name))


def _term(site: Site, scheme: str, notation: str, at: str) -> Markup:
    concept = load_ontology().concepts[scheme][notation]
    return Markup('<a href="{}">{}</a>').format(
        site.href(f"terms.html#{scheme}-{notation}", at), bi(concept.zh, concept.en)
    )
