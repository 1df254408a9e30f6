"""Where the shipped ``data/`` and ``ontology/`` folders are, in a checkout or in an installed wheel."""

from __future__ import annotations

from pathlib import Path

PACKAGE = Path(__file__).resolve().parent
SHIPPED = PACKAGE / "_shipped"
CHECKOUT = PACKAGE.parent.parent


def _shipped_folder(name: str) -> Path:
    packed = SHIPPED / name
    return packed if packed.is_dir() else CHECKOUT / name


def data_folder() -> Path:
    """Return the folder of the shipped facts.

    >>> (data_folder() / "dataset.yaml").is_file()
    True
    """
    return _shipped_folder("data")


def ontology_folder() -> Path:
    """Return the folder of the shipped ontology.

    >>> (ontology_folder() / "concepts.ttl").is_file()
    True
    """
    return _shipped_folder("ontology")
