"""Are the editor and the engine of the query page there, and what do they hold?

They are bundled when the package is built (``web/``, ``hatch_build.py``) and lie in ``render/bundled/``. Where they are
not, the site has no query page: nothing links to it.
"""

from __future__ import annotations

from importlib.resources import files as resources

PATH = "sparql.html"
"""The query page."""
BUNDLES = ("sparql-editor.js", "sparql-engine.js")
"""What is bundled for the page: the editor that it loads, the engine that it loads when a query is first run."""


def is_there() -> bool:
    """Return whether the editor and the engine were bundled when this package was built."""
    return all((_FOLDER / name).is_file() for name in BUNDLES)


def bundle(name: str) -> bytes:
    """Return one of BUNDLES."""
    return (_FOLDER / name).read_bytes()


_FOLDER = resources("cooperation_kg.render") / "bundled"
