"""Which policy documents and which sources are there?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date

from markupsafe import Markup

from cooperation_kg.curate.registers import Entry, Policy, Source
from cooperation_kg.curate.statements import DocumentStatement
from cooperation_kg.render.site.context import Both, Site, bi
from cooperation_kg.render.site.frame import Page
from cooperation_kg.render.site.listing import (
    Column,
    Facet,
    Group,
    Listing,
    Row,
    Table,
    concept,
    concept_options,
    dated,
    decades,
    facet,
    joined,
    keys_of,
    list_page,
    nothing,
    row,
)
from cooperation_kg.render.site.pairing_lists import number

# which act dates a document, where sources tell of several
ACTS = ("issued", "published", "signed", "adopted", "approved", "drawn-up", "relayed", "proposed")


def policies_page(site: Site) -> Page:
    """Return the list of policy documents, the newest first, those that no source dates last."""
    path = "policies.html"
    rests: Counter[str] = Counter()
    for pairing in site.kg.derived.pairings.values():
        rests.update({term.basis for term in pairing.terms if term.basis})
    policies: list[Policy] = entries(site, "policy")  # type: ignore[assignment]
    told = {policy.id: _document_statements(site, policy.id) for policy in policies}
    first = {policy: _date_of(statements) for policy, statements in told.items()}
    policies.sort(key=lambda p: first[p.id] or date.min, reverse=True)
    rows = tuple(_policy_row(site, p, told[p.id], first[p.id], rests[p.id], path) for p in policies)
    columns = (
        Column(Both("文件", "Document")),
        Column(Both("日期", "Date")),
        Column(Both("类别", "Kind")),
        Column(Both("文号", "Number"), sorts=False),
        Column(Both("机关", "Issued by"), sorts=False),
        Column(Both("据以结对", "Basis of"), number=True),
        Column(Both("提到它的陈述", "Statements naming it"), number=True),
    )
    caption = bi(
        f"{len(rows)} 份文件。日期、文号、机关均为来源所说；各来源说法不同的，一并列出。"
        "“据以结对”是以它为依据的结对数（推得）。",
        f"{len(rows)} documents. Date, number and body are what sources say; where they differ, all are given. "
        "“Basis of” is the number of pairings that rest on it (inferred).",
    )
    listing = Listing(
        path,
        Both("政策", "Policies"),
        bi("文件、协议、规划，新近的在前。", "Documents, agreements and plans, the newest first.")
        + " "
        + site.question("policies", path),
        (Table(columns, (Group(rows),), caption),),
        (
            facet("kind", Both("类别", "Kind"), concept_options("document-kind"), rows),
            _decade(rows, (day.year for day in first.values() if day)),
        ),
    )
    return list_page(site, listing)


def _document_statements(site: Site, policy: str) -> list[DocumentStatement]:
    about = site.mentions.always.about("policy", policy, "document")
    return [s for s in about if isinstance(s, DocumentStatement)]


def _date_of(statements: Sequence[DocumentStatement]) -> date | None:
    """Return the first day of the date that counts for the order: of its issue, else of the next best act."""
    rank = {act: place for place, act in enumerate(ACTS)}
    found = [(rank.get(s.act or "", len(ACTS)), s.date.earliest) for s in statements if s.date]
    return min(found)[1] if found else None


def _policy_row(
    site: Site, policy: Policy, told: Sequence[DocumentStatement], first: date | None, rests: int, path: str
) -> Row:
    dates = dict.fromkeys((s.date.text, s.act) for s in told if s.date)
    bodies = dict.fromkeys(body for s in told for body in s.by)
    numbers = dict.fromkeys(s.number for s in told if s.number)
    kinds = {b: "organisation" if b in site.corpus.registers["organisation"] else "place" for b in bodies}
    return row(
        (
            site.link("policy", policy.id, path),
            joined(_acted(text, act) for text, act in dates),
            bi(*concept("document-kind", policy.type)),
            joined(bi(number, number) for number in numbers),
            joined(site.link(kind, body, path) for body, kind in kinds.items()),
            Markup(str(rests)) if rests else nothing(),
            number(len(site.mentions.always.naming("policy", policy.id))),
        ),
        sorts={1: first.isoformat() if first else ""},
        keys=keys_of(policy.names()),
        facets={"kind": policy.type, "decade": _decade_of(first)},
    )


def _acted(text: str, act: str | None) -> Markup:
    if act is None:
        return dated(text)
    return Markup('{} <span class="muted">{}</span>').format(dated(text), bi(*concept("act", act)))


def _decade(rows: Sequence[Row], years: Iterator[int]) -> Facet:
    return facet("decade", Both("年代", "Decade"), decades(years), rows)


def _decade_of(day: date | None) -> str:
    return f"{day.year // 10 * 10}s" if day else ""


def entries(site: Site, kind: str) -> list[Entry]:
    """Return the entries of a register by id."""
    return sorted(site.corpus.registers[kind].values(), key=lambda entry: entry.id)


def sources_page(site: Site) -> Page:
    """Return the list of sources, the newest first."""
    path = "sources.html"
    counted = Counter(s.source for s in site.corpus.statements.values() if s.withdrawn is None)
    sources = sorted(site.corpus.sources.values(), key=lambda s: s.id)
    sources.sort(key=lambda s: s.date.earliest if s.date else date.min, reverse=True)
    rows = tuple(_source_row(site, source, counted[source.id], path) for source in sources)
    columns = (
        Column(Both("来源", "Source")),
        Column(Both("日期", "Date")),
        Column(Both("刊物或发布者", "Published in or by")),
        Column(Both("体裁", "Type")),
        Column(Both("等级", "Grade")),
        Column(Both("读到", "Read")),
        Column(Both("经由", "Reached by")),
        Column(Both("陈述", "Statements"), number=True),
    )
    total = sum(counted.values())
    caption = bi(
        f"{len(rows)} 个来源，共 {total:,} 条陈述（撤回的不计）。",
        f"{len(rows)} sources with {total:,} statements in all (withdrawn ones not counted).",
    )
    scheme_of = {"grade": "source-grade", "type": "source-type", "read": "read-extent", "reached": "reached-by"}
    titles = {
        "grade": Both("等级", "Grade"),
        "type": Both("体裁", "Type"),
        "read": Both("读到", "Read"),
        "reached": Both("经由", "Reached by"),
    }
    listing = Listing(
        path,
        Both("来源", "Sources"),
        bi(
            "每一条陈述出自一个来源；来源的页面逐条列出它所说的话。",
            "Every statement is of one source; the page of a source lists all that it says.",
        )
        + " "
        + site.question("sources", path),
        (Table(columns, (Group(rows),), caption),),
        (
            *(facet(name, title, concept_options(scheme_of[name]), rows) for name, title in titles.items()),
            _decade(rows, (s.date.earliest.year for s in sources if s.date)),
        ),
        notes=(
            Both(
                "等级说的是谁发布了它（官方、报刊、学术……），不是它是否可信；没有署名出处的转载另作一类。",
                "The grade says who published it (public body, press, scholars …), not whether it is right; "
                "reprints that name no origin are a class of their own.",
            ),
            Both(
                "“读到”说我们读了多少：全文、部分、摘录；没有读到的部分可能有别的说法。",
                "“Read” says how much of it was read: whole, part, excerpt; what was not read may say otherwise.",
            ),
        ),
    )
    return list_page(site, listing)


def _source_row(site: Site, source: Source, statements: int, path: str) -> Row:
    held = next((text for text in (source.container, source.publisher, *source.authors) if text), None)
    concepts = {
        "type": ("source-type", source.type),
        "grade": ("source-grade", source.grade),
        "read": ("read-extent", source.read),
        "reached": ("reached-by", source.reached_by),
    }
    return row(
        (
            site.link("source", source.id, path),
            dated(source.date.text if source.date else None),
            bi(held, held) if held else nothing(),
            *(bi(*concept(scheme, value)) if value else nothing() for scheme, value in concepts.values()),
            site.link("source", source.id, path, Markup(str(statements))) if statements else nothing(),
        ),
        sorts={1: source.date.earliest.isoformat() if source.date else ""},
        keys=source.id,
        facets={
            **{name: value or "" for name, (_, value) in concepts.items()},
            "decade": _decade_of(source.date.earliest if source.date else None),
        },
    )
