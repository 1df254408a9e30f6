"""Pajek: who is paired with whom, in which years (http://mrvar.fdv.uni-lj.si/pajek/, the manual's "Input data")."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping

from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import flat_network
from cooperation_kg.render.exports.spells import spells

MARK = b"\xef\xbb\xbf"
"""Pajek takes a file without the mark of UTF-8 for one in the code page of the machine."""


def pajek(cut: Cut) -> bytes:
    """Return the pairing network with the years of each pairing, ``[1996-2026]``; an undated one has none.

    A name that several parties have is followed by the id: other tools take the name for the vertex.
    """
    network = flat_network(cut)
    parties = sorted(network)
    names = {party: str(network.nodes[party]["label"]) for party in parties}
    numbers = {party: number for number, party in enumerate(parties, 1)}
    lines = [*(f"/* {' '.join(words.split())} */" for words in cut.remarks(cut.lang))]
    lines.append(f"*Vertices {len(parties)}")
    lines += [f"{numbers[party]} {label}" for party, label in zip(parties, _labels(names), strict=True)]
    lines.append("*Arcs")
    for source, target, slug, data in sorted(network.edges(keys=True, data=True), key=lambda edge: edge[2]):
        years = ",".join(f"{s.first.year}-{s.last.year}" for s in spells(cut.kg.derived.pairings[slug]))
        label = quoted(str(data["label"]))
        lines.append(f"{numbers[source]} {numbers[target]} 1 l {label}" + (f" [{years}]" if years else ""))
    return MARK + "\r\n".join([*lines, ""]).encode()


def _labels(names: Mapping[str, str]) -> list[str]:
    found = Counter(quoted(name) for name in names.values())
    return [quoted(name) if found[quoted(name)] == 1 else quoted(f"{name} ({party})") for party, name in names.items()]


def quoted(text: str) -> str:
    """Return a text between quotes; Pajek has no way to write a quote or a line end within them.

    >>> quoted('say "a"')
    '"say ＂a＂"'
    """
    return '"' + " ".join("".join(c if c.isprintable() else " " for c in text.replace('"', "＂")).split()) + '"'
