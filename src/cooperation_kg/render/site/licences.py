"""Whose works do the pages carry, and under which licences? Read from the packages that are installed."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, distribution
from importlib.resources import files

from markupsafe import Markup

from cooperation_kg.render.pages import VIS_NETWORK
from cooperation_kg.render.site.context import bi

OURS = "cooperation-kg"
_COMMENT = re.compile(r"/\*.*?\*/", re.DOTALL)
_VERSION = re.compile(r"@version\s+(\S+)")


@dataclass(frozen=True)
class Carried:
    """A work that the pages carry, and the words of its licence, as they are printed with it."""

    name: str
    version: str
    licence: str
    text: str
    where: Markup


def our_licences() -> list[tuple[str, str]]:
    """Return the licence files of this package as it is installed: name and text."""
    try:
        held = distribution(OURS).files or []
    except PackageNotFoundError:
        return []
    found = [path for path in held if "licenses" in path.parts and path.name.startswith("LICENSE")]
    return [
        ("/".join(path.parts[path.parts.index("licenses") + 1 :]), path.read_text(encoding="utf-8")) for path in found
    ]


def carried() -> list[Carried]:
    """Return every work of others in the pages, with its licence."""
    return [_vis_network(), _pyvis(), *_bundled()]


def _vis_network() -> Carried:
    """Return vis-network, whose licence stands in the first comment of its script."""
    script = (files("pyvis") / VIS_NETWORK).read_text(encoding="utf-8")
    comment = next(iter(_COMMENT.findall(script[:8000])), "")
    version = _VERSION.search(comment)
    return Carried(
        "vis-network",
        version[1] if version else "",
        "Apache-2.0 OR MIT",
        "\n".join(line.strip(" */") for line in comment.splitlines()).strip(),
        bi("互动网络", "the interactive network"),
    )


def _pyvis() -> Carried:
    """Return pyvis, which brings vis-network and helps to write the page of the network."""
    package = distribution("pyvis")
    texts = [path.read_text(encoding="utf-8") for path in package.files or () if "LICENSE" in path.name.upper()]
    return Carried(
        "pyvis",
        package.version,
        "BSD-3-Clause",
        "\n\n".join(texts),
        bi("制作互动网络", "making the interactive network"),
    )


def _bundled() -> Iterator[Carried]:
    """Yield what is bundled for the query page, where it is."""
    listing = files("cooperation_kg.render") / "bundled" / "licences.json"
    if listing.is_file():
        for one in json.loads(listing.read_text(encoding="utf-8")):
            where = bi("SPARQL 页", "the SPARQL page")
            yield Carried(one["name"], one["version"], one["licence"], one["text"], where)
