"""How is the dataset cited, and with which words? One text a style, pinned to the version and the time asked about."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from cooperation_kg.render.exports.bibliography import in_tex
from cooperation_kg.render.site.context import Site


@dataclass(frozen=True)
class Citing:
    """What a citation of the dataset is made of.

    No date of publication is given: the records name a version and the last year they cover, and no clock is read.
    """

    site: Site

    @property
    def pinned(self) -> Mapping[str, str]:
        """The version, the revision where one was asked for, and the time, in words, by language."""
        version, known_at = self.site.corpus.dataset.version, self.site.kg.known_at
        zh, en = f"版本 {version}", f"version {version}"
        if known_at:
            zh, en = f"{zh}（{known_at}）", f"{en} ({known_at})"
        as_of = self.site.as_of
        return {"zh": f"{zh}，{as_of.words('zh')}", "en": f"{en}, {as_of.words('en')}"}

    def gb(self) -> str:
        """Return the entry of a list of references by GB/T 7714—2015, data set online; the reader adds the date."""
        dataset = self.site.corpus.dataset
        return (
            f"{', '.join(dataset.creators)}. {dataset.title.in_language('zh')}：{self.pinned['zh']}[DS/OL]. "
            f"[引用日期]. {dataset.base}."
        )

    def plain(self) -> str:
        """Return the same in English."""
        dataset = self.site.corpus.dataset
        return (
            f"{', '.join(dataset.creators)}. {dataset.title.in_language('en')} ({self.pinned['en']}) [Data set]. "
            f"{dataset.base} ({dataset.licence})"
        )

    def bibtex(self) -> str:
        """Return an entry for BibTeX."""
        dataset = self.site.corpus.dataset
        fields = {
            # braces within braces: the name of a body is not taken apart
            "author": " and ".join(f"{{{in_tex(creator)}}}" for creator in dataset.creators),
            "title": in_tex(dataset.title.in_language("en")),
            "version": in_tex(dataset.version),
            "note": in_tex(f"{self.pinned['en']}; {dataset.title.in_language('zh')}"),
            "url": dataset.base,
        }
        lines = ",\n".join(f"  {name} = {{{value}}}" for name, value in fields.items())
        return f"@misc{{{_key(dataset.title.in_language('en'))},\n{lines}\n}}"

    def csl(self) -> list[dict[str, object]]:
        """Return an item for Zotero and other readers of CSL-JSON."""
        dataset = self.site.corpus.dataset
        return [
            {
                "id": _key(dataset.title.in_language("en")),
                "type": "dataset",
                "title": dataset.title.in_language("en"),
                "author": [{"literal": creator} for creator in dataset.creators],
                "version": dataset.version,
                # CSL-JSON has no field for a licence
                "note": f"{self.pinned['en']}; {dataset.title.in_language('zh')}; {dataset.licence}",
                "URL": dataset.base,
            }
        ]

    def cff(self) -> tuple[tuple[str, str], ...]:
        """Return the fields of a CITATION.cff."""
        dataset = self.site.corpus.dataset
        return (
            ("title", dataset.title.in_language("en")),
            ("type", "dataset"),
            ("version", dataset.version),
            *(("authors: name", creator) for creator in dataset.creators),
            ("url", dataset.base),
            ("license-url", dataset.licence),
        )


def _key(title: str) -> str:
    """Return a key for a list of references, made of the title's letters."""
    return "-".join(re.findall(r"[a-z0-9]+", title.lower())[:6]) or "dataset"
