"""Where does each party stand? Three arrangements, computed once, so that a page draws at once and alike everywhere.

All coordinates are whole pixels; nothing is random, nothing depends on the order of the input.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import networkx as nx

Point = tuple[int, int]
Positions = dict[str, Point]

# Albers equal-area conic for China: standard parallels 25°N and 47°N, centre 105°E 36°N (Snyder 1987, §14)
PARALLELS = (math.radians(25), math.radians(47))
CENTRE = (math.radians(105), math.radians(36))
PIXELS_PER_RADIUS = 2000
"""Pixels for one radius of the Earth: China is about 1,500 wide."""

BOX = (66, 50)
"""Room that a node with its label needs, in pixels."""
RELAXATIONS, RELAXED_BOXES = 2000, 200_000
"""At most so many passes, and so many boxes looked at in all: a very large network may keep a few overlaps."""
PULLS = 60
"""Passes in which a node is still drawn back to its place; after them boxes only give way."""

MOST_AT_FIRST_SIGHT = 150
"""A network of more pairings than a reader takes in at once opens without its lower levels and packs nodes closer."""
LOWER_LEVELS = ("county", "township", "village", "zone")
MOST_DRAWN = 3000
"""A network of more parties is drawn with its closed levels gathered at what contains them."""
MOST_OPEN = 500
"""Of such a network levels are open from the province downwards while they have no more parties than this."""

COLUMN_GAP = 420
ROW_GAP = 46
SWEEPS = 8
SPRING_STEPS = 120


def all_layouts(network: nx.MultiDiGraph[str]) -> dict[str, Positions]:
    """Return the positions of every node under each arrangement: geographic, columns, force."""
    return {
        "geographic": geographic(network),
        "columns": columns(network),
        "force": force(network),
    }


def levels_closed_at_first(network: nx.MultiDiGraph[str]) -> tuple[str, ...]:
    """Return the levels that a page of this network keeps closed until they are asked for."""
    if is_gathered(network):
        return _levels_beyond(network, MOST_OPEN)
    return LOWER_LEVELS if network.number_of_edges() > MOST_AT_FIRST_SIGHT else ()


def is_gathered(network: nx.MultiDiGraph[str]) -> bool:
    """Return whether the network is too large to be drawn with a node for every party."""
    return network.number_of_nodes() > MOST_DRAWN


def _levels_beyond(network: nx.MultiDiGraph[str], most: int) -> tuple[str, ...]:
    """Return the levels below the province from the one on which the parties are more than so many."""
    parties = Counter(data["level"] for _, data in network.nodes(data=True))
    total = parties["province"]
    closed: list[str] = []
    for level in ("prefecture", *LOWER_LEVELS):
        total += parties[level]
        if total > most or closed:
            closed.append(level)
    return tuple(closed)


def project(lat: float, lon: float) -> tuple[float, float]:
    """Return pixels (x to the east, y to the south) of a place in degrees.

    >>> x, y = project(36, 105)
    >>> round(x), round(y)
    (0, 0)
    """
    first, second = PARALLELS
    n = (math.sin(first) + math.sin(second)) / 2
    c = math.cos(first) ** 2 + 2 * n * math.sin(first)

    def radius(latitude: float) -> float:
        return math.sqrt(c - 2 * n * math.sin(latitude)) / n

    theta = n * (math.radians(lon) - CENTRE[0])
    rho = radius(math.radians(lat))
    return rho * math.sin(theta) * PIXELS_PER_RADIUS, -(radius(CENTRE[1]) - rho * math.cos(theta)) * PIXELS_PER_RADIUS


def geographic(network: nx.MultiDiGraph[str]) -> Positions:
    """Place seats on the map; a node without seat stands beside its parent or its partners, else on a shelf below."""
    anchors = {n: project(d["lat"], d["lon"]) for n, d in network.nodes(data=True) if d["lat"] is not None}
    for node in sorted(network):
        if node not in anchors:
            above = network.nodes[node].get("near")
            near = [project(*above)] if above else _neighbours_with_seat(network, node, anchors)
            if near:
                x, y = (sum(c) / len(near) for c in zip(*near, strict=True))
                anchors[node] = (x + BOX[0] * 0.4, y + BOX[1] * 0.9)
    shelf = [node for node in sorted(network) if node not in anchors]
    bottom = max((y for _, y in anchors.values()), default=0.0) + 2 * BOX[1]
    for index, node in enumerate(shelf):
        anchors[node] = (index * BOX[0] * 1.4, bottom)
    closed = levels_closed_at_first(network)
    lower = {node: anchor for node, anchor in anchors.items() if network.nodes[node]["level"] in closed}
    upper = {node: anchor for node, anchor in anchors.items() if node not in lower}
    # the lower levels open one place at a time: they give way to each other, not to the whole map
    return {**_relax(upper, _box_for(upper)), **_relax(lower, _box_for(lower))}


def _box_for(nodes: Collection[str]) -> tuple[float, float]:
    """Return the room for one node: less where there are many, so that the map keeps its shape."""
    scale = min(1.0, math.sqrt(MOST_AT_FIRST_SIGHT / max(len(nodes), 1)))
    return BOX[0] * scale, BOX[1] * scale


def columns(network: nx.MultiDiGraph[str]) -> Positions:
    """Place supporters to the left, recipients to the right, and those that are both or neither in the middle."""
    sides = {node: _side(data["roles"]) for node, data in network.nodes(data=True)}
    order = {side: sorted(n for n, s in sides.items() if s == side) for side in (-1, 0, 1)}
    for sweep in range(SWEEPS):
        for side in (-1, 0, 1) if sweep % 2 else (1, 0, -1):
            order[side] = _by_barycentre(network, order[side], _ranks(order))
    tallest = max((len(nodes) for nodes in order.values()), default=1)
    return {
        node: (side * COLUMN_GAP, round((index - (len(nodes) - 1) / 2) * ROW_GAP * tallest / max(len(nodes), 1)))
        for side, nodes in order.items()
        for index, node in enumerate(nodes)
    }


def force(network: nx.MultiDiGraph[str]) -> Positions:
    """Lay out each component by springs, apart from the others, and pack them in rows, the largest first."""
    import networkx as nx

    plain: nx.Graph[str] = nx.Graph()
    plain.add_nodes_from(sorted(network))
    plain.add_edges_from(sorted({(min(a, b), max(a, b)) for a, b in network.edges()}))
    components = sorted((sorted(c) for c in nx.connected_components(plain)), key=lambda c: (-len(c), c))
    blocks = [_relax(_springs(plain.subgraph(component))) for component in components]
    return _packed(blocks)


def _side(roles: Iterable[str]) -> int:
    held = set(roles)
    return ("recipient" in held) - ("supporter" in held)


def _neighbours_with_seat(
    network: nx.MultiDiGraph[str], node: str, anchors: Mapping[str, tuple[float, float]]
) -> list[tuple[float, float]]:
    data: Mapping[str, Any] = network.nodes[node]
    parent = data.get("parent")
    if parent is not None and parent in anchors:
        return [anchors[parent]]
    partners = sorted({*network.successors(node), *network.predecessors(node)})
    return [anchors[p] for p in partners if p in anchors]


def _relax(anchors: Mapping[str, tuple[float, float]], box: tuple[float, float] = BOX) -> Positions:
    """Push boxes that overlap apart along the shorter way, while each is drawn back to its anchor."""
    names = sorted(anchors)
    x = {n: anchors[n][0] for n in names}
    y = {n: anchors[n][1] for n in names}
    for step in range(min(RELAXATIONS, RELAXED_BOXES // max(len(names), 1))):
        moved = False
        for a, b in _close_pairs(names, x, y, box):
            dx, dy = x[b] - x[a], y[b] - y[a]
            over_x, over_y = box[0] - abs(dx), box[1] - abs(dy)
            if over_x <= 0 or over_y <= 0:
                continue
            moved = True
            if over_x < over_y:
                push = math.copysign(over_x / 2 + 0.5, dx or 1.0)
                x[a], x[b] = x[a] - push, x[b] + push
            else:
                push = math.copysign(over_y / 2 + 0.5, dy or 1.0)
                y[a], y[b] = y[a] - push, y[b] + push
        if not moved:
            break
        if step < PULLS:
            for n in names:
                x[n] += (anchors[n][0] - x[n]) * 0.02
                y[n] += (anchors[n][1] - y[n]) * 0.02
    return {n: (round(x[n]), round(y[n])) for n in names}


def _close_pairs(
    names: Sequence[str], x: Mapping[str, float], y: Mapping[str, float], box: tuple[float, float]
) -> Iterable[tuple[str, str]]:
    """Yield pairs that may overlap: those in the same or neighbouring cells of a grid."""
    cells: dict[tuple[int, int], list[str]] = defaultdict(list)
    for n in names:
        cells[int(x[n] // box[0]), int(y[n] // box[1])].append(n)
    for (i, j), inside in sorted(cells.items()):
        near = [m for di in (-1, 0, 1) for dj in (-1, 0, 1) for m in cells.get((i + di, j + dj), ())]
        for a in inside:
            yield from ((a, b) for b in near if a < b)


def _ranks(order: Mapping[int, Sequence[str]]) -> dict[str, float]:
    return {n: (i + 0.5) / len(nodes) for nodes in order.values() for i, n in enumerate(nodes)}


def _by_barycentre(network: nx.MultiDiGraph[str], nodes: Sequence[str], rank: Mapping[str, float]) -> list[str]:
    def mean(node: str) -> float:
        partners = sorted({*network.successors(node), *network.predecessors(node)})
        return sum(rank[p] for p in partners) / len(partners) if partners else 2.0

    return sorted(nodes, key=lambda n: (mean(n), n))


def _springs(component: nx.Graph[str]) -> dict[str, tuple[float, float]]:
    """Lay out one connected component with the spring model of Fruchterman and Reingold (1991), from a circle."""
    import rustworkx as rx

    nodes = sorted(component)
    if len(nodes) == 1:
        return {nodes[0]: (0.0, 0.0)}
    number = {node: index for index, node in enumerate(nodes)}
    graph: rx.PyGraph[str, None] = rx.PyGraph()
    graph.add_nodes_from(nodes)
    # a part of a graph lists its nodes in the order of a set: the ends of an edge are put in order too
    ends = (sorted((number[a], number[b])) for a, b in component.edges())
    graph.add_edges_from_no_data(sorted((low, high) for low, high in ends))
    turn = 2 * math.pi / len(nodes)
    circle = {index: (math.cos(turn * index), math.sin(turn * index)) for index in number.values()}
    found = rx.spring_layout(graph, pos=circle, num_iter=SPRING_STEPS, seed=1, scale=round(90 * math.sqrt(len(nodes))))
    return {node: (found[index][0], found[index][1]) for node, index in number.items()}


def _packed(blocks: Sequence[Positions]) -> Positions:
    """Set blocks side by side in rows about as wide as the whole is tall."""
    sizes = [_extent(block) for block in blocks]
    row_width = max([math.sqrt(sum(w * h for _, _, w, h in sizes)) * 1.5, *(w for _, _, w, _ in sizes)], default=0)
    placed: Positions = {}
    left = top = tallest = 0.0
    for block, (x0, y0, width, height) in zip(blocks, sizes, strict=True):
        if left and left + width > row_width:
            left, top, tallest = 0.0, top + tallest, 0.0
        placed.update({n: (round(x - x0 + left), round(y - y0 + top)) for n, (x, y) in block.items()})
        left, tallest = left + width, max(tallest, height)
    return placed


def _extent(block: Positions) -> tuple[float, float, float, float]:
    xs, ys = [x for x, _ in block.values()], [y for _, y in block.values()]
    return min(xs), min(ys), max(xs) - min(xs) + 1.6 * BOX[0], max(ys) - min(ys) + 1.6 * BOX[1]
