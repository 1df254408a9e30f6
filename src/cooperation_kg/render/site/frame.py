"""What stands around every page of the site: head, navigation, footer, and the policy on what may run."""

from __future__ import annotations

import re
from dataclasses import dataclass

from markupsafe import Markup

from cooperation_kg.render.html import environment
from cooperation_kg.render.site import bundles
from cooperation_kg.render.site.context import Both, Site, bi

NAVIGATION: tuple[tuple[str, Both], ...] = (
    ("index.html", Both("首页", "Home")),
    ("network.html", Both("网络", "Network")),
    ("pictures.html", Both("图表", "Pictures")),
    ("stories.html", Both("故事", "Stories")),
    ("questions.html", Both("问答", "Questions")),
    *(((bundles.PATH, Both("查询", "SPARQL")),) if bundles.is_there() else ()),
)
"""What a reader can do here."""
BROWSE: tuple[tuple[str, Both], ...] = (
    ("places.html", Both("地区", "Places")),
    ("pairings.html", Both("结对", "Pairings")),
    ("programmes.html", Both("机制", "Programmes")),
    ("policies.html", Both("政策", "Policies")),
    ("projects.html", Both("项目与事件", "Projects")),
    ("sources.html", Both("来源", "Sources")),
)
"""What there is to look through, list by list."""
FOOTER: tuple[tuple[str, Both], ...] = (
    ("coverage.html", Both("覆盖与须知", "Coverage and caveats")),
    ("cite.html", Both("如何引用", "How to cite")),
    ("downloads.html", Both("下载", "Downloads")),
    ("terms.html", Both("术语", "Terms")),
    ("licences.html", Both("许可", "Licences")),
)
# scripts and styles are files beside the pages: 'self' holds for a folder on disk as for a web server
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data: blob:; "
    "base-uri 'none'; form-action 'none'"
)
# the query page compiles WebAssembly in a worker that it makes from its own text; with default-src 'none' neither dials
WASM_POLICY = POLICY.replace("script-src 'self'", "script-src 'self' 'wasm-unsafe-eval'; worker-src blob:")

# control characters, line separators that are no line feed, and marks that turn the direction of text around
_UNSEEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


@dataclass(frozen=True)
class Page:
    """One page: what is in it, and what its frame must know.

    ``section`` is the entry of the navigation to which it belongs; ``crumbs`` lead to it; ``scripts`` are further files
    of ``assets/``; ``twins`` are its machine-readable forms (media type, path); ``json_ld`` is described in its head.
    ``runs_wasm`` lets it compile WebAssembly.
    """

    path: str
    title: Both
    body: Markup
    section: str = ""
    crumbs: tuple[tuple[str, Both], ...] = ()
    scripts: tuple[str, ...] = ()
    twins: tuple[tuple[str, str], ...] = ()
    json_ld: str = ""
    runs_wasm: bool = False


def framed(site: Site, page: Page) -> bytes:
    """Return a page as the bytes of its file; what curated text holds of control characters is shown as a space."""
    text = (
        environment()
        .get_template("site/frame.html.j2")
        .render(
            site=site,
            page=page,
            bi=bi,
            href=lambda target: site.href(target, page.path),
            navigation=(("main", NAVIGATION), ("browse", BROWSE)),
            footer=FOOTER,
            policy=WASM_POLICY if page.runs_wasm else POLICY,
            dataset=site.corpus.dataset,
        )
    )
    return _UNSEEN.sub(" ", text).encode()
