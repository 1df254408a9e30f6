"""What can be found by name? The index behind the search box: every thing with a page, by all that it is called.

``assets/search-index.js`` assigns ``window.CKG_INDEX``; the page loads it when the box is first focused::

    {"kinds": [[kind, zh, en], …],
     "notes": [[zh, en], …],
     "rows": [[index into kinds, id, zh, en, index into notes, keys], …]}

``en`` is empty where it is the Chinese name. ``keys`` are what the names themselves do not show, joined by ``|``:
other and former names, 简称, pinyin in full and initials, folded as ``query/names.fold`` does. Rows stand in the order
in which equally good finds are shown: kinds as below, and in a kind what more is known of first.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping

from cooperation_kg.curate.registers import AnonymousPlace, Place
from cooperation_kg.curate.statements import DocumentStatement, FigureStatement
from cooperation_kg.ontology import load_ontology
from cooperation_kg.query.names import all_names, fold, measure_names
from cooperation_kg.query.search_keys import initials, spellings
from cooperation_kg.render.payload import as_json
from cooperation_kg.render.site.context import Both, Site, printable
from cooperation_kg.render.site.frame import BROWSE, FOOTER, NAVIGATION
from cooperation_kg.render.site.pictures import years

KINDS: dict[str, Both] = {
    "place": Both("地区", "place"),
    "programme": Both("机制", "programme"),
    "pairing": Both("结对", "pairing"),
    "policy": Both("政策", "policy"),
    "organisation": Both("机构", "organisation"),
    "project": Both("项目", "project"),
    "event": Both("事件", "event"),
    "measure": Both("指标", "measure"),
    "scope": Both("合并述及", "spoken of together"),
    "source": Both("来源", "source"),
    "judgement": Both("判断", "judgement"),
    "page": Both("页面", "page"),
}
"""The kinds that are found, in the order in which equally good finds are shown."""
ROLES: dict[str, Both] = {
    "supporter": Both("支援方", "supporter"),
    "recipient": Both("受援方", "recipient"),
    "both": Both("支援方、受援方", "supporter and recipient"),
    "party": Both("结对方", "party"),
}
BRACKETS = {ord(mark): None for mark in "〔〕[]()【】"}
"""The brackets around the year of a document number; what is typed is searched without them, too."""
LONGEST_KEY = 40
"""Nobody types the pinyin of a whole title; of longer names the first syllables are kept."""
PAGES: tuple[tuple[str, Both], ...] = (
    *NAVIGATION,
    *BROWSE,
    *FOOTER,
    ("timeline.html", Both("时间线", "Timeline")),
    (years.PATH, Both("历次调整", "Adjustments")),
    ("matrix.html", Both("矩阵", "Matrix")),
    ("map.html", Both("省份方格图", "Tile map of provinces")),
)

PATH = "assets/search-index.js"

Row = tuple[int, str, str, str, int, str]


def files(site: Site) -> Iterator[tuple[str, bytes]]:
    """Yield the index as a classic script, for a page on disk may load a script and nothing else."""
    yield PATH, f"window.CKG_INDEX = {as_json(index_of(site))};\n".encode()


def index_of(site: Site) -> dict[str, object]:
    """Return the index as plain data.

    >>> from cooperation_kg.curate.corpus import load_corpus
    >>> from cooperation_kg.graph.dataset import build_graph
    >>> rows = index_of(Site(build_graph(load_corpus())))["rows"]
    >>> [row[5] for row in rows if row[1] == "hubei-shiyan"]
    ['shiyanshi|sy|sys|y|yan|十堰|堰']
    """
    notes = _Notes(site)
    kinds = list(KINDS)
    weights = known_of(site)
    measured = {s.measure for s in site.mentions.always.standing if isinstance(s, FigureStatement)}
    titles = {path: title for path, title in PAGES if path != years.PATH or years.adjustments(site)}
    titles |= {page: title for title, _, page in told_stories(site)}
    called: list[tuple[str, str, Iterable[str]]] = [
        *(("page", path, ()) for path in titles),
        *((kind, identifier, names) for kind, identifier, _, names in all_names(site.kg) if kind in KINDS),
        *((kind, identifier, names) for kind, identifier, _, names in measure_names() if identifier in measured),
        *(("scope", identifier, ()) for identifier in site.kg.derived.scopes),
        *(("judgement", identifier, ()) for identifier in site.corpus.judgements),
    ]
    numbers = numbers_of(site)
    called.sort(key=lambda row: (kinds.index(row[0]), -weights[row[0], row[1]], row[1]))
    rows: list[Row] = []
    for kind, identifier, names in called:
        zh, en = titles[identifier] if kind == "page" else site.name(kind, identifier)
        keys = _keys(kind, identifier, (zh, *(name for name in names)), {fold(zh), fold(en)})
        if kind == "policy":
            keys += [key for key in numbers.get(identifier, ()) if key not in keys]
        shown = str(printable(zh)), "" if en == zh else str(printable(en))
        rows.append((kinds.index(kind), identifier, *shown, notes.of(kind, identifier), "|".join(keys)))
    return {
        "kinds": [[kind, *KINDS[kind]] for kind in kinds],
        "notes": [list(note) for note in notes.all],
        "rows": [list(row) for row in rows],
    }


def numbers_of(site: Site) -> Mapping[str, list[str]]:
    """Return policy → the numbers that sources print for it, as typed: 国办发〔2016〕69号 with and without brackets.

    >>> bare("国办发〔2016〕69号"), bare("国函[2013]42号")
    ('国办发201669号', '国函201342号')
    """
    found: dict[str, set[str]] = {}
    for statement in site.corpus.statements.values():
        if isinstance(statement, DocumentStatement) and statement.number and statement.withdrawn is None:
            found.setdefault(statement.policy, set()).update({fold(statement.number), bare(statement.number)})
    return {policy: sorted(keys) for policy, keys in found.items()}


def bare(number: str) -> str:
    """Return a document number without its brackets, which nobody types as they were printed."""
    return fold(number).translate(BRACKETS)


def told_stories(site: Site) -> Iterator[tuple[Both, Both, str]]:
    """Yield title, summary and page of each story that comes with the data."""
    for slug, story in getattr(site.corpus, "stories", {}).items():
        title, summary = (Both(text.in_language("zh"), text.in_language("en")) for text in (story.title, story.summary))
        yield title, summary, f"stories/{slug}.html"


def roles_of(site: Site) -> Mapping[str, str]:
    """Return supporter, recipient, both or party of every party of a pairing, over all times."""
    found: dict[str, set[str]] = {}
    for pairing in site.kg.derived.pairings.values():
        for party in pairing.parties:
            role = "party" if not pairing.directed else "supporter" if party == pairing.supporter else "recipient"
            found.setdefault(party, set()).add(role)
    return {
        party: "both" if {"supporter", "recipient"} <= roles else next(r for r in ROLES if r in roles)
        for party, roles in found.items()
    }


def known_of(site: Site) -> Counter[tuple[str, str]]:
    """Return how much is known of each thing: its pairings, or the statements it rests on."""
    known: Counter[tuple[str, str]] = Counter()
    for slug, pairing in site.kg.derived.pairings.items():
        known["pairing", slug] = len(pairing.evidence) + 100 * (pairing.name is not None)
        known["programme", pairing.programme] += 1
        for party in pairing.parties:
            known["organisation" if party in site.corpus.registers["organisation"] else "place", party] += 1
    for statement in site.corpus.statements.values():
        known["source", statement.source] += 1
    return known


def _keys(kind: str, identifier: str, names: Iterable[str], shown: set[str]) -> list[str]:
    """Return what is typed for the names and cannot be read off the names shown."""
    found: set[str] = set()
    for name in names:
        folded = fold(name)
        if folded in (identifier, f"{kind}/{identifier}"):
            continue
        is_typed = folded and not folded.isascii() and kind not in ("scope", "judgement")
        latin = (*spellings(folded), *initials(folded)) if is_typed else ()
        found |= {folded, *(key[:LONGEST_KEY] for key in latin)}
    return sorted(key for key in found - shown if key and "|" not in key)


class _Notes:
    """What is said beside a name that is found, each text once."""

    def __init__(self, site: Site) -> None:
        self.site = site
        self.roles = roles_of(site)
        self.all: list[Both] = [Both("", "")]
        self._at: dict[Both, int] = {self.all[0]: 0}

    def of(self, kind: str, identifier: str) -> int:
        """Return the number of the note of a thing."""
        note = self._note(kind, identifier)
        if note not in self._at:
            self._at[note] = len(self.all)
            self.all.append(note)
        return self._at[note]

    def _note(self, kind: str, identifier: str) -> Both:
        match kind:
            case "place":
                return self._joined(*self._place(self.site.corpus.place(identifier)), self._role(identifier))
            case "organisation":
                return self._joined(self._role(identifier))
            case "pairing":
                pairing = self.site.kg.derived.pairings[identifier]
                sides = None if pairing.name is None else self._sides(identifier)
                return self._joined(self.site.name("programme", pairing.programme), sides)
            case "source":
                source = self.site.corpus.sources[identifier]
                date = None if source.date is None else Both(source.date.text, source.date.text)
                return self._joined(Both(source.container, source.container) if source.container else None, date)
            case _:
                return self.all[0]

    def _place(self, place: Place | AnonymousPlace) -> Iterator[Both]:
        ontology = load_ontology()
        yield Both(*(ontology.label("level", place.level, lang) for lang in ("zh", "en")))
        if isinstance(place, Place) and (parent := place.parent_at(self.site.as_of.last_day)):
            yield self.site.name("place", parent)

    def _role(self, party: str) -> Both | None:
        return ROLES.get(self.roles.get(party, ""))

    def _sides(self, slug: str) -> Both:
        pairing = self.site.kg.derived.pairings[slug]
        return Both(*(self.site.namer.sides(pairing, lang) for lang in ("zh", "en")))

    @staticmethod
    def _joined(*parts: Both | None) -> Both:
        told = [part for part in parts if part is not None]
        return Both(*(str(printable(" · ".join(part[side] for part in told))) for side in (0, 1)))
