"""What do the stories of ``data/stories`` tell? A page each, step by step, with a map and the statements behind it.

Without scripts, and in print, all steps stand one under another; with them one is shown at a time.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache

from markupsafe import Markup

from cooperation_kg.curate.dates import display
from cooperation_kg.curate.fields import Bilingual
from cooperation_kg.curate.statements import FigureStatement
from cooperation_kg.curate.stories import Step, Story, caption_html
from cooperation_kg.graph.asof import AsOf
from cooperation_kg.graph.derive.results import Pairing
from cooperation_kg.graph.derive.scopes import pairing_slug
from cooperation_kg.graph.summaries import summarise
from cooperation_kg.query.show.parts import Concept
from cooperation_kg.render.html import environment
from cooperation_kg.render.site.cells import Cells
from cooperation_kg.render.site.context import Both, Site, bi, printable
from cooperation_kg.render.site.ego import sides_of
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.maps import Drawn, Frame, drawn_at, map_of
from cooperation_kg.render.site.svg import colour, dash, programmes
from cooperation_kg.render.site.ties import STATUS_WORDS, UNDATED_DASH

PATH = "stories.html"
TITLE = Both("故事", "Stories")
NEW = Both("新：上一步所示的时间还没有", "new: not yet there at the time of the step before")


def pages(site: Site) -> Iterator[Page]:
    """Yield the list of stories and a page for each."""
    stories = [site.corpus.stories[slug] for slug in sorted(site.corpus.stories)]
    told = [(_both(story.title), _both(story.summary), len(story.steps), _path(story)) for story in stories]
    body = environment().get_template("site/stories.html.j2").render(bi=bi, stories=told)
    yield Page(PATH, TITLE, Markup(body))
    for story in stories:
        yield _page(site, story)


def _path(story: Story) -> str:
    return f"stories/{story.id}.html"


def _both(text: Bilingual) -> Both:
    return Both(text.in_language("zh"), text.in_language("en"))


def _page(site: Site, story: Story) -> Page:
    at = _path(story)
    shown = [_focused(site, step) for step in story.steps]
    frames = _frames(site, story, shown)
    times = [AsOf(step.scene.as_of) for step in story.steps]
    steps = []
    for index, step in enumerate(story.steps):
        own = shown[index]
        before = times[index - 1] if index else None
        drawn = drawn_at(own.values(), times[index], before)
        svg, missing = map_of(site, frames[step.scene.focus[0]], drawn, times[index], at)
        steps.append(
            {
                "number": index + 1,
                "title": _both(step.title),
                "as_of": Both(*(display(step.scene.as_of, lang) for lang in ("zh", "en"))),
                "captions": [(lang, Markup(caption_html(step.captions[lang].text))) for lang in ("zh", "en")],
                "svg": svg,
                "drawn": [_in_words(site, one, at) for one in drawn],
                "missing": len(missing),
                "legend": _legend(site, drawn),
                "facts": [_fact(site, key, at) for key in step.scene.cites if key in site.corpus.statements],
                "network": _network(site, step, at),
                "ask": site.question("statements", at, {"only": " ".join(step.scene.cites)}),
                "ask_picture": _behind_picture(site, step, at),
            }
        )
    body = (
        environment()
        .get_template("site/story.html.j2")
        .render(bi=bi, printable=printable, title=_both(story.title), summary=_both(story.summary), steps=steps)
    )
    return Page(at, _both(story.title), Markup(body), section=PATH, crumbs=((PATH, TITLE),), scripts=("story.js",))


def _frames(site: Site, story: Story, shown: Sequence[Mapping[str, Pairing]]) -> Mapping[str, Frame]:
    """Return the piece of the map for each thing that steps show first: one frame where they show the same."""
    parties: dict[str, set[str]] = defaultdict(set)
    for step, some in zip(story.steps, shown, strict=True):
        parties[step.scene.focus[0]].update(party for pairing in some.values() for party in sides_of(pairing))
    return {first: Frame(site, those) for first, those in parties.items()}


def _focused(site: Site, step: Step) -> Mapping[str, Pairing]:
    """Return the pairings that a step shows, by slug: those named, and all of the places and programmes named."""
    known, found = site.kg.derived.pairings, dict[str, Pairing]()
    for text in step.scene.focus:
        kind, _, identifier = text.partition("/")
        if kind == "pairing":
            family, _, parties = identifier.partition(".")
            slug = identifier if identifier in known else _turned(site, family, parties)
            some = [slug] if slug in known else []
        else:
            some = [slug for slug, pairing in known.items() if identifier in (*pairing.parties, pairing.programme)]
        found |= {slug: known[slug] for slug in some}
    return dict(sorted(found.items()))


def _turned(site: Site, family: str, parties: str) -> str:
    """Return the slug of a pairing whose parties are written the other way round; empty where there is none."""
    first, _, second = parties.partition(".")
    return pairing_slug(site.kg.derived.pairings, family, (first, second)) or ""


def _in_words(site: Site, one: Drawn, at: str) -> dict[str, object]:
    return {
        "link": site.link("pairing", one.pairing.slug, at),
        "programme": site.link("programme", one.pairing.programme, at),
        "status": one.status,
        "words": bi(*STATUS_WORDS[one.status]),
        "new": one.is_new,
    }


def _legend(site: Site, drawn: list[Drawn]) -> list[tuple[str, str, Markup]]:
    families, statuses = {one.pairing.programme for one in drawn}, {one.status for one in drawn}
    legend = [
        (f"certain {colour(site, p)}", dash(site, p), bi(*site.name("programme", p)))
        for p in programmes(site)
        if p in families
    ]
    legend += [
        (f"{status} pn", UNDATED_DASH if status == "undated" else "", bi(*words))
        for status, words in STATUS_WORDS.items()
        if status in statuses
    ]
    return legend + ([("certain new pn", "", bi(*NEW))] if any(one.is_new for one in drawn) else [])


def _fact(site: Site, key: str, at: str) -> dict[str, object]:
    statement = site.corpus.statements[key]
    figure = statement if isinstance(statement, FigureStatement) else None
    cells = _cells(site, at)
    return {
        "link": cells.cites([key]),
        "source": site.link("source", statement.source, at),
        "locator": statement.locator or "",
        "says": bi(*(summarise(statement, site.namer, lang) for lang in ("zh", "en"))),
        "literal": figure.literal if figure else "",
        "reading": cells.reading(figure) if figure else Markup(""),
        "directness": ""
        if statement.directness == "stated"
        else cells.concept(Concept("directness", statement.directness)),
    }


@lru_cache(maxsize=4)
def _cells(site: Site, at: str) -> Cells:
    return Cells(site, at)


def _behind_picture(site: Site, step: Step, at: str) -> Markup:
    """Return the query behind the picture of a step: the pairings of its time, those of a place where it shows one."""
    when = {"as_of": AsOf(step.scene.as_of).text}
    kind, _, identifier = step.scene.focus[0].partition("/")
    if len(step.scene.focus) == 1 and kind in ("place", "organisation"):
        return site.question("pairings-of", at, {"place": f"{kind}/{identifier}", **when})
    return site.question("pairings", at, when)


def _network(site: Site, step: Step, at: str) -> str:
    """Return the interactive network at the year of a step, with what it shows first selected."""
    kind, _, identifier = step.scene.focus[0].partition("/")
    state = {"y": str(AsOf(step.scene.as_of).year)}
    if kind == "pairing" and identifier in site.kg.derived.pairings:
        state["sel"] = f"e:{identifier}"
    elif kind in ("place", "organisation"):
        state["sel"] = f"n:{identifier}"
    elif kind == "programme":
        state["prog"] = identifier
    return site.network(at, **state)
