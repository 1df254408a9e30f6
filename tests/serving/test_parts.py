"""The parts of the server by themselves: what a client wants, how long an address may be, what a site holds, frames."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from cooperation_kg.query.run import has_from
from cooperation_kg.serving.answers import Leaving
from cooperation_kg.serving.entities import iris_of_thing, place_of
from cooperation_kg.serving.frames import read_frame, write_frame
from cooperation_kg.serving.generation import listed
from cooperation_kg.serving.media import ROWS, TRIPLES, best
from cooperation_kg.serving.metrics import Metrics
from cooperation_kg.serving.refusals import Refused


@pytest.mark.parametrize(
    ("accept", "form"),
    [
        ("", "json"),
        ("*/*", "json"),
        ("text/*", "csv"),
        ("text/csv;q=0", None),
        ("text/csv;q=0, */*;q=0.1", "json"),
        ("application/sparql-results+json;q=0.2, text/csv;q=0.3", "csv"),
        ("application/*;q=0.5, application/sparql-results+json;q=0.1", "xml"),
        ("text/csv;q=2", None),
        ("text/csv;q=x", None),
        ("nonsense", None),
        ("TEXT/CSV", "csv"),
    ],
)
def test_the_form_of_rows_follows_the_accept_header(accept: str, form: str | None) -> None:
    assert best(accept, ROWS) == form


def test_a_header_of_many_ranges_costs_no_more_than_its_beginning() -> None:
    assert best("image/png," * 100_000 + "text/turtle", TRIPLES) is None


def test_a_frame_is_read_as_it_was_written_and_a_closed_pipe_is_the_end() -> None:
    pipe = io.BytesIO()
    write_frame(pipe, {"query": "京"}, b"\x00\xff")
    pipe.seek(0)
    assert read_frame(pipe) == ({"query": "京"}, b"\x00\xff")
    assert read_frame(pipe) is None


def test_a_site_holds_its_plain_files_only(tmp_path: Path) -> None:
    (tmp_path / "outside").write_text("x", encoding="utf-8")
    folder = tmp_path / "site"
    (folder / "place").mkdir(parents=True)
    (folder / ".git").mkdir()
    for name in ("index.html", "place/beijing.html", ".git/config", ".env", "site-manifest.json"):
        (folder / name).write_text("x", encoding="utf-8")
    (folder / "link").symlink_to(tmp_path / "outside")
    (folder / "links").symlink_to(tmp_path)
    assert set(listed(folder)) == {"index.html", "place/beijing.html"}


def test_a_thing_of_ones_own_dataset_is_looked_for_there_first() -> None:
    assert iris_of_thing("place", "x", "https://example.org/") == [
        "https://example.org/id/place/x",
        "https://w3id.org/cooperation-kg/id/place/x",
    ]


def test_an_identifier_cannot_leave_the_brackets_of_its_iri() -> None:
    (iri,) = iris_of_thing("place", 'a> <b>{}"\n', "https://w3id.org/cooperation-kg/")
    assert iri == "https://w3id.org/cooperation-kg/id/place/a%3E%20%3Cb%3E%7B%7D%22%0A"


@pytest.mark.parametrize("kind", ["", "nothing", "Place", "../place"])
def test_there_are_no_things_of_an_unknown_kind(kind: str) -> None:
    with pytest.raises(Refused) as refused:
        iris_of_thing(kind, "x", "https://example.org/")
    assert refused.value.status == 404


def test_where_there_is_no_page_the_triples_are_told(tmp_path: Path) -> None:
    files = {"place/a.html": tmp_path}
    assert place_of("place", "a", "text/html", files) == "/place/a.html"
    assert place_of("place", "a", "text/turtle", files) is None
    assert place_of("place", "b", "text/html, */*;q=0.1", files) is None
    with pytest.raises(Refused):
        place_of("place", "b", "text/html", files)


def test_answers_on_their_way_have_a_bound_and_give_their_room_back() -> None:
    leaving = Leaving(10)
    leaving.take(8)
    with pytest.raises(Refused) as refused:
        leaving.take(3)
    assert (refused.value.status, refused.value.headers["Retry-After"]) == (503, "2")
    leaving.give(8)
    leaving.take(10)


def test_a_histogram_counts_each_answer_in_every_class_above_it() -> None:
    metrics = Metrics()
    for seconds in (0.004, 0.2, 40.0):
        metrics.count("sparql", "GET", 200, seconds)
    lines = metrics.text([("ckg_triples", "gauge", "Triples.", 7)]).splitlines()
    assert 'ckg_request_seconds_bucket{route="sparql",le="0.005"} 1' in lines
    assert 'ckg_request_seconds_bucket{route="sparql",le="0.25"} 2' in lines
    assert 'ckg_request_seconds_bucket{route="sparql",le="30"} 2' in lines
    assert 'ckg_request_seconds_bucket{route="sparql",le="+Inf"} 3' in lines
    assert 'ckg_request_seconds_count{route="sparql"} 3' in lines
    assert "ckg_triples 7" in lines


@pytest.mark.parametrize(
    ("query", "has"),
    [
        ("SELECT * FROM <a> {}", True),
        ("select * from named <a> {}", True),
        ("SELECT ?from { ?from ?p 'FROM' } # FROM", False),
        ("SELECT * { ?s ex:from ?o }", False),
    ],
)
def test_only_the_keyword_from_names_graphs(query: str, has: bool) -> None:
    assert has_from(query) is has
