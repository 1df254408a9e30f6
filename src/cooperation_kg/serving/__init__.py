"""The graph as a service: the site, a SPARQL endpoint, names that answer, a small JSON API. ``ckg serve``.

::

    data ──publishing──▶ folder: store, records, pages        (a process of its own; a new folder for new data)
                            │
    edit ──looking──▶ maker: holds the data ──keeper──▶ store      (--watch on Linux; its copies answer and make pages)
                            │
    client ──running──▶ app ──protocol──▶ pool ──frames──▶ worker, answering   (processes that can be killed)

Nothing that a stranger sends is evaluated in the process that holds the sockets.
"""
