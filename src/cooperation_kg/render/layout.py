"""Where does each party stand in the drawn network? Three layouts, worked out here and not in the browser.

Simulating forces in the page freezes it at a few hundred nodes and draws a different picture each time. Positions
are whole numbers in a frame of ``FRAME`` units; the page stretches the frame to its stage. After the first rounding
only ``+ - * /`` and square roots are used, which IEEE 754 fixes to the last bit: every machine gives the same picture.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from math import cos, pi, radians, sin, sqrt
from typing import Any, NamedTuple

import networkx as nx

LAYOUTS = ("geographic", "columns", "force")
FRAME = (1000, 760)
BOX = (64.0, 46.0)  # room that a mark and its label want, in frame units at fifty nodes
# Albers equal-area conic, the usual choice for maps of China: standard parallels 25°N and 47°N, centre 105°E 36°N
_N = (sin(radians(25)) + sin(radians(47))) / 2
_C = cos(radians(25)) ** 2 + 2 * _N * sin(radians(25))


class Spot(NamedTuple):
    """A position in frame units, and how it was found: ``seat``, ``near-parent``, ``shelf`` or ``computed``."""

    x: int
    y: int
    placed: str = "computed"


_Point = tuple[float, float]


def albers(latitude: float, longitude: float) -> tuple[float, float]:
    """Project degrees to a plane (unit: the earth's radius; x to the east, y to the south).

    Snyder, *Map Projections: A Working Manual* (USGS 1395, 1987), equations 14-1 to 14-6.

    >>> albers(36, 105)
    (0.0, 0.0)
    """
    theta = _N * radians(longitude - 105)
    radius = sqrt(_C - 2 * _N * sin(radians(latitude))) / _N
    origin = sqrt(_C - 2 * _N * sin(radians(36))) / _N
    return round(radius * sin(theta), 6) + 0.0, round(radius * cos(theta) - origin, 6) + 0.0


def compute_layouts(network: nx.MultiDiGraph[str]) -> dict[str, dict[str, Spot]]:
    """Return the positions of all nodes in each of ``LAYOUTS``.

    >>> world = nx.MultiDiGraph()
    >>> world.add_node("a", lat=36.0, lon=105.0, parent=None, roles=[])
    >>> sorted(compute_layouts(world))
    ['columns', 'force', 'geographic']
    """
    return {
        "geographic": geographic_positions(network),
        "columns": column_positions(network),
        "force": force_positions(network),
    }


def geographic_positions(network: nx.MultiDiGraph[str]) -> dict[str, Spot]:
    """Place parties by their seats, moved apart just enough to be told apart; no boundary is meant.

    A party without a seat stands near its nearest ancestor that has one; without that, on a shelf below the rest.
    """
    anchors, shelf, placed = _anchors(network)
    fitted = _fit(anchors, (FRAME[0], FRAME[1] - (70 if shelf else 0)))
    spots = {key: Spot(round(x), round(y), placed[key]) for key, (x, y) in _move_apart(fitted).items()}
    bottom = max((spot.y for spot in spots.values()), default=0) + 70
    spots.update(_row(shelf, bottom, "shelf"))
    return spots


def column_positions(network: nx.MultiDiGraph[str]) -> dict[str, Spot]:
    """Place supporters left, recipients right and parties that are both between; the rest in a row below.

    Sides that no source gives a direction to are spread over left and right so that their lines run across; the page
    says that their column means nothing. Rows are ordered by the mean height of the neighbours (barycentres).
    """
    linked = sorted(node for node in network if network.degree(node))
    columns = _columns(network, linked)
    order = _barycentre_order(network, columns)
    spots = {
        node: Spot(FRAME[0] * index // 2, _height(row, len(members)))
        for index, members in enumerate(order)
        for row, node in enumerate(members)
    }
    spots.update(_row(sorted(set(network) - set(linked)), FRAME[1] + 60, "shelf"))
    return spots


def force_positions(network: nx.MultiDiGraph[str]) -> dict[str, Spot]:
    """Place parties by springs, each connected component by itself, then packed; lone parties in rows below."""
    simple = nx.Graph()
    simple.add_edges_from(sorted((min(a, b), max(a, b)) for a, b in network.edges() if a != b))
    components = sorted((sorted(part) for part in nx.connected_components(simple)), key=lambda c: (-len(c), c))
    packed = _pack([_spring(simple, members) for members in components])
    spots = {key: Spot(round(x), round(y)) for key, (x, y) in _fit(packed, FRAME).items()}
    spots.update(_row(sorted(set(network) - set(spots)), FRAME[1] + 60, "shelf"))
    return spots


def _anchors(network: nx.MultiDiGraph[str]) -> tuple[dict[str, _Point], list[str], dict[str, str]]:
    """Return projected seats, the nodes that have none, and how each was placed."""
    anchors: dict[str, _Point] = {}
    placed: dict[str, str] = {}
    shelf: list[str] = []
    for node in sorted(network):
        attributes = network.nodes[node]
        if attributes.get("lat") is not None and attributes.get("lon") is not None:
            anchors[node], placed[node] = albers(attributes["lat"], attributes["lon"]), "seat"
    beside: dict[str, int] = {}
    seats = dict(anchors)
    for node in sorted(set(network) - set(seats)):
        parent = _seated_ancestor(network, node, seats)
        if parent is None:
            shelf.append(node)
            continue
        beside[parent] = beside.get(parent, 0) + 1
        x, y = seats[parent]
        anchors[node] = (x + 0.03 * (1 if beside[parent] % 2 else -1), y + 0.02 * beside[parent])
        placed[node] = "near-parent"
    return anchors, shelf, placed


def _seated_ancestor(network: nx.MultiDiGraph[str], node: str, seats: Mapping[str, _Point]) -> str | None:
    seen = {node}
    parent = network.nodes[node].get("parent")
    while parent is not None and parent in network and parent not in seen:
        if parent in seats:
            return str(parent)
        seen.add(parent)
        parent = network.nodes[parent].get("parent")
    return None


def _fit(points: Mapping[str, _Point], frame: tuple[int, int]) -> dict[str, _Point]:
    """Scale *points* evenly into *frame*, centred."""
    if not points:
        return {}
    left, right = min(x for x, _ in points.values()), max(x for x, _ in points.values())
    top, bottom = min(y for _, y in points.values()), max(y for _, y in points.values())
    scale = min(frame[0] / ((right - left) or 1), frame[1] / ((bottom - top) or 1))
    if right == left and bottom == top:
        scale = 0.0
    dx, dy = (frame[0] - scale * (right - left)) / 2, (frame[1] - scale * (bottom - top)) / 2
    return {
        key: (round((x - left) * scale + dx, 3), round((y - top) * scale + dy, 3)) for key, (x, y) in points.items()
    }


def _move_apart(anchors: Mapping[str, _Point], rounds: int = 80) -> dict[str, _Point]:
    """Push boxes apart along their lesser overlap while a weak pull keeps each near its anchor."""
    crowd = sqrt(50 / max(50, len(anchors)))
    width, height = BOX[0] * crowd, BOX[1] * crowd
    keys = sorted(anchors)
    points = {key: [anchors[key][0] + 0.01 * i, anchors[key][1]] for i, key in enumerate(keys)}
    for step in range(rounds):
        pull = 0.06 * (1 - step / rounds)
        for key in keys:
            points[key][0] += (anchors[key][0] - points[key][0]) * pull
            points[key][1] += (anchors[key][1] - points[key][1]) * pull
        for a, b in _near_pairs(points, width, height):
            _separate(points[a], points[b], width, height)
    return {key: (point[0], point[1]) for key, point in points.items()}


def _near_pairs(points: Mapping[str, list[float]], width: float, height: float) -> list[tuple[str, str]]:
    """Return pairs whose boxes may overlap, found through a grid so that 500 nodes stay quick."""
    cells: dict[tuple[int, int], list[str]] = {}
    for key, (x, y) in points.items():
        cells.setdefault((int(x // width), int(y // height)), []).append(key)
    pairs = []
    for (column, row), members in cells.items():
        for dc, dr in ((0, 0), (1, -1), (1, 0), (1, 1), (0, 1)):
            for other in cells.get((column + dc, row + dr), ()):
                pairs.extend((key, other) for key in members if (dc, dr) != (0, 0) or key < other)
    return sorted(pairs)


def _separate(a: list[float], b: list[float], width: float, height: float) -> None:
    overlap_x, overlap_y = width - abs(a[0] - b[0]), height - abs(a[1] - b[1])
    if overlap_x <= 0 or overlap_y <= 0:
        return
    axis, overlap = (0, overlap_x) if overlap_x / width < overlap_y / height else (1, overlap_y)
    push = overlap / 2 * (1 if a[axis] >= b[axis] else -1)
    a[axis] += push
    b[axis] -= push


def _columns(network: nx.MultiDiGraph[str], linked: Iterable[str]) -> dict[str, int]:
    """Return 0 (supporter), 1 (both) or 2 (recipient) for each linked node."""
    columns: dict[str, int] = {}
    for node in linked:
        roles = set(network.nodes[node]["roles"])
        if {"supporter", "recipient"} <= roles:
            columns[node] = 1
        elif "supporter" in roles or "recipient" in roles:
            columns[node] = 0 if "supporter" in roles else 2
    around = network.to_undirected(as_view=True)
    queue = sorted(columns)
    waiting = sorted(set(linked) - set(columns), key=lambda node: (-network.degree(node), node))
    while queue or waiting:
        if not queue:
            node = next((item for item in waiting if item not in columns), "")
            if not node:
                break
            columns[node] = 0
            queue.append(node)
        here = queue.pop(0)
        for other in sorted(around.neighbors(here)):
            if other not in columns:
                columns[other] = 0 if columns[here] == 2 else 2
                queue.append(other)
    return columns


def _barycentre_order(network: nx.MultiDiGraph[str], columns: Mapping[str, int]) -> list[list[str]]:
    order = [[node for node in sorted(columns) if columns[node] == index] for index in range(3)]
    around = network.to_undirected(as_view=True)
    for sweep in range(12):
        heights = {node: _height(row, len(members)) for members in order for row, node in enumerate(members)}
        for index in (2, 1, 0) if sweep % 2 else (0, 1, 2):
            means = {node: _mean([heights[n] for n in around.neighbors(node)], heights[node]) for node in order[index]}
            order[index].sort(key=lambda node: (means[node], node))
            heights.update({node: _height(row, len(order[index])) for row, node in enumerate(order[index])})
    return order


def _mean(values: list[int], default: int) -> float:
    return sum(values) / len(values) if values else float(default)


def _height(row: int, count: int) -> int:
    return FRAME[1] * (2 * row + 1) // (2 * count)


def _spring(graph: nx.Graph[str], members: list[str], rounds: int = 120) -> dict[str, _Point]:
    """Fruchterman and Reingold's springs (Software: Practice and Experience 21, 1991), repulsion cut at 4 lengths."""
    size = sqrt(len(members))
    points = {
        key: [
            round(size * (1 + i % 3 / 7) * cos(2 * pi * i / len(members)), 6),
            round(size * sin(2 * pi * i / len(members)), 6),
        ]
        for i, key in enumerate(members)
    }
    edges = sorted((a, b) for a, b in graph.subgraph(members).edges())
    for step in range(rounds):
        force = {key: [0.0, 0.0] for key in members}
        for a, b in _near_pairs(points, 4.0, 4.0):
            _repel(points[a], points[b], force[a], force[b])
        for a, b in edges:
            _attract(points[a], points[b], force[a], force[b])
        limit = 0.3 * size * (1 - step / rounds) + 0.01
        for key in members:
            _step(points[key], force[key], limit)
    return {key: (point[0], point[1]) for key, point in points.items()}


def _repel(a: list[float], b: list[float], force_a: list[float], force_b: list[float]) -> None:
    dx, dy = a[0] - b[0], a[1] - b[1]
    squared = dx * dx + dy * dy or 1e-4
    for axis, delta in ((0, dx), (1, dy or 1e-3)):
        force_a[axis] += delta / squared
        force_b[axis] -= delta / squared


def _attract(a: list[float], b: list[float], force_a: list[float], force_b: list[float]) -> None:
    dx, dy = a[0] - b[0], a[1] - b[1]
    length = sqrt(dx * dx + dy * dy)
    for axis, delta in ((0, dx), (1, dy)):
        force_a[axis] -= delta * length * 0.6
        force_b[axis] += delta * length * 0.6


def _step(point: list[float], force: list[float], limit: float) -> None:
    length = sqrt(force[0] * force[0] + force[1] * force[1]) or 1.0
    for axis in (0, 1):
        point[axis] += force[axis] / length * min(length, limit)


def _pack(parts: list[dict[str, _Point]], gap: float = 1.4) -> dict[str, _Point]:
    """Set components side by side in rows, the largest first."""
    boxes = [_shifted(part) for part in parts]
    row_width = max(
        [sqrt(sum((w + gap) * (h + gap) for _, w, h in boxes) * FRAME[0] / FRAME[1]), *(w for _, w, _ in boxes)],
        default=0,
    )
    packed: dict[str, _Point] = {}
    x = y = tallest = 0.0
    for points, width, height in boxes:
        if x and x + width > row_width:
            x, y, tallest = 0.0, y + tallest + gap, 0.0
        packed.update({key: (px + x, py + y) for key, (px, py) in points.items()})
        x, tallest = x + width + gap, max(tallest, height)
    return packed


def _shifted(points: Mapping[str, _Point]) -> tuple[dict[str, _Point], float, float]:
    left, top = min(x for x, _ in points.values()), min(y for _, y in points.values())
    moved = {key: (x - left, y - top) for key, (x, y) in points.items()}
    return moved, max(x for x, _ in moved.values()), max(y for _, y in moved.values())


def _row(keys: list[str], top: int, placed: str, per_row: int = 12) -> dict[str, Spot]:
    step = FRAME[0] // per_row
    return {
        key: Spot(step // 2 + step * (i % per_row), top + 52 * (i // per_row), placed) for i, key in enumerate(keys)
    }
