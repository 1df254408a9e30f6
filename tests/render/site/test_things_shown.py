"""What a page of a thing says of the statements that it shows: caveats of its own, what is wanted, how it is cited."""

from __future__ import annotations

import re
from html import unescape

from cooperation_kg.render.site.context import Site
from cooperation_kg.render.site.things import thing_page


def section(site: Site, kind: str, identifier: str, begin: str, end: str) -> str:
    html = unescape(str(thing_page(site, kind, identifier).body))
    html = html[html.index(begin) :]
    return html[: html.index(end)]


def test_the_caveats_of_a_source_are_those_of_its_own_statements(shipped: Site) -> None:
    # jingyan-history was read whole in the original and has three figures: nothing is translated
    caveats = section(shipped, "source", "jingyan-history", 'class="applies"', "</aside>")
    assert "#caveat-translated" not in caveats
    assert re.search(r'#caveat-figures">.*?3 条', caveats)


def test_what_is_wanted_leads_to_the_judgement_that_says_so(shipped: Site) -> None:
    missing = section(shipped, "pairing", "east-west.beijing.inner-mongolia", 'id="missing"', "</section>")
    assert 'href="../judgement/wanted-beijing-district-pairs.html"' in missing
    assert "[wanted-" not in missing


def test_a_page_says_under_which_licence_and_at_which_path_it_is_cited(shipped: Site) -> None:
    cited = section(shipped, "place", "beijing", 'id="cite-page"', "</section>")
    assert shipped.corpus.dataset.licence in cited
    assert "place/beijing.html" in cited
