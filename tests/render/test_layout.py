"""Where parties stand: the map reads as China, nothing overlaps, nothing is lost, nothing is random."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import combinations

import networkx as nx
import pytest
from worlds import edge, network, node, small_network

from cooperation_kg.render.layout import BOX, all_layouts, columns, force, geographic, project

# degrees of four well-known cities (latitude, longitude)
BEIJING, GUANGZHOU, URUMQI, SHANGHAI = (39.9, 116.4), (23.1, 113.3), (43.8, 87.6), (31.2, 121.5)


def crowd() -> nx.MultiDiGraph[str]:
    made = network()
    for number in range(40):
        made.add_node(f"n{number:02}", **node("地名", 39.0 + number % 7 * 0.1, 116.0 + number % 5 * 0.1))
    return made


def test_north_is_up_and_east_is_right() -> None:
    assert project(*BEIJING)[1] < project(*SHANGHAI)[1] < project(*GUANGZHOU)[1]
    assert project(*URUMQI)[0] < project(*GUANGZHOU)[0] < project(*SHANGHAI)[0]


def test_the_projection_keeps_areas() -> None:
    """Albers is equal-area: a small cell of one degree shrinks with the cosine of its latitude and nothing else."""
    import math

    def cell(lat: float) -> float:
        (x0, y0), (x1, _), (_, y1) = project(lat, 100), project(lat, 100.01), project(lat + 0.01, 100)
        return abs((x1 - x0) * (y1 - y0)) / math.cos(math.radians(lat))

    assert cell(20) == pytest.approx(cell(45), rel=0.02)


@pytest.mark.parametrize("layout", [geographic, force])
def test_no_two_nodes_stand_in_each_others_box(layout: object) -> None:
    assert callable(layout)
    placed = layout(crowd())
    piled = [
        (a, b)
        for a, b in combinations(placed, 2)
        if abs(placed[a][0] - placed[b][0]) < BOX[0] - 1 and abs(placed[a][1] - placed[b][1]) < BOX[1] - 1
    ]
    assert piled == []


def test_every_layout_places_every_node_at_whole_pixels() -> None:
    made = small_network()
    for positions in all_layouts(made).values():
        assert set(positions) == set(made)
        assert {type(c) for point in positions.values() for c in point} == {int}


def test_a_place_without_a_seat_stands_near_its_parent() -> None:
    placed = geographic(small_network())
    away = abs(placed["w"][0] - placed["guangxi"][0]) + abs(placed["w"][1] - placed["guangxi"][1])
    assert away < 3 * max(BOX)


def test_a_place_without_seat_parent_or_partner_stands_below_the_map() -> None:
    made = small_network()
    made.add_node("lost", **node("无处", None, None))
    placed = geographic(made)
    assert placed["lost"][1] > max(y for name, (_, y) in placed.items() if name not in ("lost", "w"))


def test_columns_put_supporters_left_and_recipients_right_of_the_others() -> None:
    placed = columns(small_network())
    assert placed["beijing"][0] < placed["shaanxi"][0] < placed["guangxi"][0]


def test_a_place_that_both_supports_and_receives_stands_in_the_middle_column() -> None:
    made = small_network()
    made.nodes["guangxi"]["roles"] = ["party", "recipient", "supporter"]
    assert columns(made)["guangxi"][0] == columns(made)["shaanxi"][0]


def test_the_order_in_which_nodes_arrive_does_not_matter() -> None:
    made = small_network()
    turned: nx.MultiDiGraph[str] = nx.MultiDiGraph(**made.graph)
    turned.add_nodes_from(reversed(list(made.nodes(data=True))))
    for source, target, key, data in reversed(list(made.edges(keys=True, data=True))):
        turned.add_edge(source, target, key=key, **data)
    assert all_layouts(turned) == all_layouts(made)


def test_components_of_the_force_layout_do_not_mix() -> None:
    made = network()
    for name in ("a", "b", "c", "d"):
        made.add_node(name, **node(name, None, None))
    made.add_edge("a", "b", key="ab", **edge("ab"))
    made.add_edge("c", "d", key="cd", **edge("cd"))
    placed = force(made)
    assert max(placed["a"][0], placed["b"][0]) < min(placed["c"][0], placed["d"][0]) or max(
        placed["a"][1], placed["b"][1]
    ) < min(placed["c"][1], placed["d"][1])


def test_a_star_of_springs_is_the_same_under_another_hash_seed() -> None:
    program = (
        "import networkx as nx\n"
        "from cooperation_kg.render.layout import force\n"
        "stars = nx.MultiDiGraph()\n"
        "for star in range(4):\n"
        "    stars.add_edges_from((f'middle-{star}', f'end-{star}-{end}') for end in range(8))\n"
        "print(sorted(force(stars).items()))\n"
    )
    found = {
        subprocess.run(
            [sys.executable, "-c", program],
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "3")
    }
    assert len(found) == 1
