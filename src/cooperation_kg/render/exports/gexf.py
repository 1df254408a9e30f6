"""GEXF 1.3, dynamic: the pairing network of Gephi's timeline (https://gexf.net/).

A pairing has a spell for each span in which it is in force, certainly or possibly; its attribute ``certain`` holds the
spans in which it is so for certain. One that no source dates has no spell (a tool shows it at every time) and
``undated`` is true. Start and end days are inclusive; of a partial date they are its bounds. No attribute is dynamic:
graphology, and Gephi Lite with it, reads one block of attributes of edges alone.
"""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from xml.etree.ElementTree import Element, SubElement

from cooperation_kg.render.exports.about import said_of
from cooperation_kg.render.exports.cut import Cut
from cooperation_kg.render.exports.flat import flat_network
from cooperation_kg.render.exports.spells import Span, certain_spells, spells
from cooperation_kg.render.exports.xml_text import in_xml


def gexf(cut: Cut) -> bytes:
    """Return the pairing network with its times; networkx writes it, but for the head, which would say today's date."""
    from networkx.readwrite.gexf import GEXFWriter

    network = flat_network(cut)
    for attributes in network.nodes.values():
        attributes.update(in_xml(attributes))
    for _, _, slug, attributes in network.edges(keys=True, data=True):
        pairing = cut.kg.derived.pairings[slug]
        attributes.update(in_xml(attributes), id=slug)
        if certain := certain_spells(pairing):
            attributes["certain"] = " ".join("/".join(_days(span)) for span in certain)
        if pairing.terms:
            attributes["spells"] = [_days(span) for span in spells(pairing)]
    writer = GEXFWriter(version="1.3", prettyprint=True)
    writer.add_graph(network)
    _say_whose(writer.xml, {name: str(text) for name, text in in_xml(said_of(cut)).items()})
    buffer = BytesIO()
    writer.write(buffer)
    return buffer.getvalue().rstrip() + b"\n"


def _days(span: Span) -> tuple[str, str]:
    return span.first.isoformat(), span.last.isoformat()


def _say_whose(root: Element, said: Mapping[str, str]) -> None:
    """Write the head: whose data, of which time; take out the date of today and a misspelt name of the schema."""
    for name in ("xmlns:xsi", "xsi:schemaLocation"):
        root.attrib.pop(name, None)
    meta = root.find("meta")
    assert meta is not None, "networkx writes a head"
    meta.clear()
    SubElement(meta, "creator").text = said["creators"]
    SubElement(meta, "title").text = said["dataset"]
    SubElement(meta, "description").text = "; ".join(f"{name}: {text}" for name, text in said.items())
