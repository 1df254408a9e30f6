"""Keeps the store of a server that watches its data: ``python -m cooperation_kg.serving.keeper FOLDER``.

What changed is written into one store, and each state of it is given away as a copy that shares its files (hard links):
that costs what changed, not what there is. The threads of the engine stay in this process; the one that makes the graph
(``maker.py``) has none, and so can be copied.
"""

from __future__ import annotations

import sys

from pyoxigraph import RdfFormat, Store, parse

from cooperation_kg.serving.confining import leave_interrupts
from cooperation_kg.serving.frames import read_frame, write_frame


def main(folder: str) -> None:
    """Change the store as told until stdin is closed.

    A frame has in its head ``gone``: so many bytes of its body are N-Quads that are taken away, the rest N-Quads that
    come; and ``to``, the folder of the copy, empty where none is wanted.
    """
    leave_interrupts()
    store = Store(folder)
    incoming, outgoing = sys.stdin.buffer, sys.stdout.buffer
    while (frame := read_frame(incoming)) is not None:
        head, body = frame
        gone, come = body[: head["gone"]], body[head["gone"] :]
        for quad in parse(gone, format=RdfFormat.N_QUADS, lenient=True):
            store.remove(quad)
        if len(store):
            store.extend(parse(come, format=RdfFormat.N_QUADS, lenient=True))
        else:
            store.bulk_load(come, format=RdfFormat.N_QUADS, lenient=True)
            store.optimize()
        if head["to"]:
            store.flush()
            store.backup(head["to"])
        write_frame(outgoing, {"status": 200})


if __name__ == "__main__":
    main(sys.argv[1])
