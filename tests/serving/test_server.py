"""``ckg serve`` through its socket: what it answers, what it refuses, and that attacks leave the others answered."""

from __future__ import annotations

import gzip
import json
import re
import socket
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlencode

import pytest
from conformance import CASES, GRAPH_STORE_CASES, Case
from openapi_spec_validator import validate
from serving_world import MINI, PAGE, Server, start, stop

HOME = "https://w3id.org/cooperation-kg/"
CROSS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }"
POINT = "SELECT ?name { place:haizhou rdfs:label ?name FILTER(LANG(?name) = 'en') }"


# the SPARQL 1.1 Protocol


@pytest.mark.parametrize("case", CASES, ids=lambda case: case.name)
def test_a_case_of_the_protocol_is_answered_as_the_protocol_says(case: Case, server: Server) -> None:
    got = server.ask(case.method, f"/sparql{case.parameters}", case.body, case.headers)
    assert (got.status in case.status, got.media in (case.media or (got.media,))) == (True, True), got
    assert case.holds(got.body), got.body[:300]


@pytest.mark.parametrize("case", GRAPH_STORE_CASES, ids=lambda case: case.name)
def test_a_case_of_the_graph_store_is_answered_as_its_protocol_says(case: Case, server: Server) -> None:
    got = server.ask(case.method, f"/graph-store{case.parameters}", case.body, case.headers)
    assert (got.status in case.status, got.media in (case.media or (got.media,))) == (True, True), got
    assert case.holds(got.body), got.body[:300]
    assert got.status != 405 or got.headers["allow"]


def test_a_graph_of_the_store_may_be_as_of_a_time(server: Server) -> None:
    pairing = f"{HOME}id/pairing/"
    whole, then = (server.get(f"/graph-store?default{time}", "application/n-triples") for time in ("", "&as-of=2000"))
    counted = [
        len({line.split()[0] for line in got.text.splitlines() if pairing in line.split()[0]}) for got in (whole, then)
    ]
    assert counted[0] > counted[1] > 0


@pytest.mark.parametrize(
    "asked", ["", "?graph=", "?graph=yearbook", "?default&graph=a:b", "?graph=a:b&graph=a:c", "?x=1"]
)
def test_which_graph_of_the_store_must_be_said_once_and_whole(asked: str, server: Server) -> None:
    assert server.get(f"/graph-store{asked}").status == 400


def test_prefixes_of_the_dataset_need_no_declaration(server: Server) -> None:
    assert server.query(POINT, "text/csv").text == "name\r\nHaizhou\r\n"


@pytest.mark.parametrize(
    ("accept", "media"),
    [
        ("", "application/sparql-results+json"),
        ("application/json", "application/sparql-results+json"),
        ("application/sparql-results+xml", "application/sparql-results+xml"),
        ("text/csv", "text/csv"),
        ("text/tab-separated-values", "text/tab-separated-values"),
        ("text/csv;q=0.1, application/xml;q=0.9", "application/sparql-results+xml"),
    ],
)
def test_rows_come_in_the_form_that_is_asked_for(accept: str, media: str, server: Server) -> None:
    got = server.query(POINT, accept)
    assert (got.status, got.media, "Haizhou" in got.text) == (200, media, True)


@pytest.mark.parametrize(
    "media", ["text/turtle", "application/n-triples", "application/ld+json", "application/rdf+xml"]
)
def test_triples_come_in_the_form_that_is_asked_for(media: str, server: Server) -> None:
    got = server.query("CONSTRUCT { place:haizhou rdfs:label ?n } WHERE { place:haizhou rdfs:label ?n }", media)
    assert (got.status, got.media, "Haizhou" in got.text) == (200, media, True)


def test_rows_as_a_picture_are_not_acceptable(server: Server) -> None:
    assert server.query(POINT, "image/png").status == 406


def test_without_a_query_the_endpoint_describes_itself(server: Server) -> None:
    got = server.get("/sparql", "application/n-triples")
    sd = "http://www.w3.org/ns/sparql-service-description#"
    assert f"<{sd}endpoint> <http://127.0.0.1:{server.port}/sparql>" in got.text
    assert f"<{sd}name> <{HOME}graph/source/yearbook>" in got.text
    assert f"<{sd}feature> <{sd}UnionDefaultGraph>" in got.text


def test_a_method_that_is_none_of_its_own_is_not_allowed(server: Server) -> None:
    got = server.ask("PUT", "/sparql", b"x")
    assert (got.status, set(got.headers["allow"].split(", "))) == (405, {"GET", "HEAD", "POST", "OPTIONS"})


def test_head_is_answered_without_a_body(server: Server) -> None:
    got = server.ask("HEAD", "/sparql?query=ASK%7B%7D")
    assert (got.status, got.body, got.headers["content-length"] != "0") == (200, b"", True)


def test_options_names_the_methods(server: Server) -> None:
    assert server.ask("OPTIONS", "/sparql").headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_pages_of_others_may_ask_but_without_credentials(server: Server) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}
    before = server.ask("OPTIONS", "/sparql", headers=asked | {"Access-Control-Request-Headers": "content-type"})
    got = server.get("/sparql?query=ASK%7B%7D", Origin="https://example.org", Cookie="a=b")
    for told in (before.headers, got.headers):
        assert told["access-control-allow-origin"] == "*"
        assert "access-control-allow-credentials" not in told
    assert before.status == 200


def test_a_large_answer_is_compressed_for_who_takes_that(server: Server) -> None:
    plain = server.get("/graph/ontology", "text/turtle")
    got = server.get("/graph/ontology", "text/turtle", Accept_Encoding="gzip")
    assert (got.headers["content-encoding"], plain.headers.get("content-encoding")) == ("gzip", None)
    assert len(got.body) < len(plain.body) / 3
    assert gzip.decompress(got.body) == plain.body


# as of a time

PAIRINGS = "SELECT (COUNT(?p) AS ?n) { ?p a coop:Pairing }"


def test_a_query_of_a_time_is_asked_of_the_graph_as_of_then(server: Server) -> None:
    # pairings.yaml and the statements: only 山海 (since 1996) and the undated 海河 may have been there in 2000
    got = server.query(PAIRINGS, "text/csv", "/sparql?as-of=2000")
    assert (got.status, got.text) == (200, "n\r\n2\r\n")
    assert server.query(PAIRINGS, "text/csv").text == "n\r\n6\r\n"


def test_a_query_by_the_variables_of_time_has_them_bound(server: Server) -> None:
    got = server.query("SELECT ?x { BIND(?year AS ?x) }", "text/csv", "/sparql?as-of=2018")
    assert got.text == "x\r\n2018\r\n"


def test_a_thing_and_a_graph_are_told_as_of_a_time(server: Server) -> None:
    # yearbook.yaml: what is known of 临江 and 河川 is of 2021/2025; pages tell of all times: a browser gets triples
    pairing, graph = "/id/pairing/test-east-west.linjiang.hechuan", "/graph/source/yearbook"
    assert [server.get(f"{pairing}{time}").status for time in ("", "?as-of=2000", "?as-of=soon")] == [200, 404, 400]
    assert server.get("/id/place/haizhou?as-of=2000", "text/html,*/*;q=0.8").media == "text/turtle"
    assert 0 < len(server.get(f"{graph}?as-of=2000").body) < len(server.get(graph).body)


def test_what_is_no_time_is_refused(server: Server) -> None:
    assert server.query(PAIRINGS, path="/sparql?as-of=yesterday").status == 400
    assert server.query(PAIRINGS, path="/sparql?as-of=2018&as-of=2019").status == 400


# things, pages


def test_a_browser_is_led_to_the_page_of_a_thing_and_a_machine_to_its_twin(server: Server) -> None:
    browser = server.get("/id/place/haizhou", "text/html,application/xhtml+xml,*/*;q=0.8")
    machine = server.get("/id/place/haizhou", "text/turtle")
    assert (browser.status, browser.headers["location"]) == (303, "/place/haizhou.html")
    assert (machine.status, machine.headers["location"]) == (303, "/place/haizhou.ttl")
    assert "accept" in browser.headers["vary"].lower()


def test_a_thing_without_a_page_tells_its_triples(server: Server) -> None:
    got = server.get("/id/statement/case-study.s001", "text/html,*/*;q=0.8")
    assert (got.status, got.media) == (200, "text/turtle")
    assert f"<{HOME}id/statement/case-study.s001>" in got.text


@pytest.mark.parametrize("path", ["/concept/status/certain", "/def", "/graph/source/yearbook"])
def test_other_names_of_the_graph_answer_too(path: str, server: Server) -> None:
    got = server.get(path, "application/n-triples")
    assert (got.status, f"<{HOME}" in got.text) == (200, True)


@pytest.mark.parametrize(
    "path", ["/id/place/nowhere", "/id/nothing/haizhou", "/graph/none", "/id/place/", "/concept/x%3E%20%3Fp", "/none"]
)
def test_what_is_not_there_is_not_found(path: str, server: Server) -> None:
    assert server.get(path).status == 404


def test_a_page_has_its_own_policy_and_is_not_sent_twice(server: Server) -> None:
    got = server.get("/")
    again = server.get("/index.html", If_None_Match=got.headers["etag"])
    assert (got.status, got.body, got.media) == (200, PAGE, "text/html")
    policy = "default-src 'none'; style-src 'self'; frame-ancestors 'self'"
    assert got.headers["content-security-policy"] == policy
    assert (again.status, again.body) == (304, b"")


def test_a_file_that_nobody_knows_is_never_taken_for_a_page(server: Server) -> None:
    got = server.get("/what.unknown")
    assert (got.media, got.headers["x-content-type-options"]) == ("application/octet-stream", "nosniff")


# the small API


def test_the_description_of_the_api_is_open_api(server: Server) -> None:
    told = json.loads(server.get("/api/openapi.json").body)
    validate(told)
    assert set(told["paths"]) == {"/api/search", "/api/show", "/api/explain", "/api/total"}


def test_search_finds_by_pinyin(server: Server) -> None:
    found = json.loads(server.get("/api/search?text=haizhou").body)["found"]
    assert {"kind": "place", "id": "haizhou", "name": "海州省", "iri": f"{HOME}id/place/haizhou"} in found


@pytest.mark.parametrize(
    ("path", "names"),
    [
        ("show?name=haizhou", {"kind", "id"}),
        ("explain?a=haizhou&b=shanyuan", {"explained", "statements"}),
        ("total?about=hai-shan&measure=fiscal-aid&by-year=true", {"about"}),
    ],
)
def test_operations_answer_as_their_commands_do(path: str, names: set[str], server: Server) -> None:
    got = server.get(f"/api/{path}")
    assert (got.status, got.media, names <= json.loads(got.body).keys()) == (200, "application/json", True)


@pytest.mark.parametrize(
    ("path", "status"),
    [
        ("show", 400),
        ("show?name=nobody-at-all", 404),
        ("show?name=haizhou&name=x", 400),
        ("show?name=haizhou&as-of=soon", 400),
        ("show?name=haizhou&colour=red", 400),
        (f"show?name={'x' * 201}", 400),
        ("total?about=haizhou&by-year=perhaps", 400),
        ("nothing", 404),
        ("show?name=%ff", 400),
    ],
)
def test_a_wrong_question_to_the_api_is_a_problem_in_json(path: str, status: int, server: Server) -> None:
    got = server.get(f"/api/{path}")
    assert (got.status, got.media) == (status, "application/problem+json")
    assert json.loads(got.body)["status"] == status


# how it fares


def test_it_says_that_it_lives_and_is_ready(server: Server) -> None:
    ready = json.loads(server.get("/ready").body)
    assert server.get("/health").text == "ok\n"
    assert ready["ready"] is True
    assert set(ready["bounds"]) == {"memory", "files", "descriptors", "processor time"}


def test_it_counts_what_it_answered(server: Server) -> None:
    before = _count(server, 'ckg_requests_total{route="api",method="GET",status="404"}')
    server.get("/api/none")
    assert _count(server, 'ckg_requests_total{route="api",method="GET",status="404"}') == before + 1


def _count(server: Server, series: str) -> float:
    lines = server.get("/metrics").text.splitlines()
    return float(next((line.removeprefix(series) for line in lines if line.startswith(f"{series} ")), "0"))


# what is left when it is over


def test_who_hangs_up_takes_the_query_along(server: Server) -> None:
    before = _count(server, "ckg_worker_kills_total")
    line = socket.create_connection(("127.0.0.1", server.port))
    line.sendall(f"GET /sparql?{urlencode({'query': CROSS})} HTTP/1.1\r\nHost: x\r\n\r\n".encode())
    assert _waited_for(lambda: _count(server, "ckg_workers_busy") > 0)
    line.close()
    assert _waited_for(lambda: _count(server, "ckg_worker_kills_total") > before)


def _waited_for(holds: object) -> bool:
    assert callable(holds)
    for _ in range(600):
        if holds():
            return True
        time.sleep(0.05)
    return False


def test_no_line_of_the_log_is_written_by_a_stranger(server: Server) -> None:
    server.get("/a%0a127.0.0.1%20%22GET%20/forged%22%20200?word=unsaid")
    assert _waited_for(lambda: any("/a%0a127" in line for line in server.lines))
    own = re.compile(r'[\d.]+ "(GET|HEAD|POST|OPTIONS|other) \S* *" \d{3} \d+ \d+ms')
    said = [line for line in server.lines if '"' in line]
    assert [line for line in said if not own.fullmatch(line) or "unsaid" in line] == []


# slow clients, new data: with servers of their own


def test_new_data_are_served_without_a_request_lost_and_bad_data_are_not(tmp_path: Path) -> None:
    import shutil

    data = tmp_path / "data"
    shutil.copytree(MINI, data)
    server = start("--data", str(data), "--no-site", "--watch")
    try:
        statuses: list[int] = []
        done = threading.Event()

        def ask_on() -> None:
            while not done.is_set():
                statuses.append(server.query(POINT).status)

        asking = threading.Thread(target=ask_on)
        asking.start()
        places = data / "places" / "91-haizhou.yaml"
        whole = places.read_text(encoding="utf-8")
        places.write_text(whole.replace("en: Haizhou}", "en: Haizhou Province}"), encoding="utf-8")
        server.await_line("reloaded 已更新")
        named = server.query(POINT, "text/csv").text
        places.write_text("- id: [", encoding="utf-8")
        server.await_line("not reloaded")
        kept = server.query(POINT, "text/csv").text
        done.set()
        asking.join()
    finally:
        code = stop(server)
    assert (named, kept) == ("name\r\nHaizhou Province\r\n",) * 2
    assert set(statuses) == {200}
    assert code == 0


def test_data_with_faults_are_told_and_not_served(tmp_path: Path) -> None:
    import subprocess

    from serving_world import START

    (tmp_path / "dataset.yaml").write_text("title: [\n", encoding="utf-8")
    done = subprocess.run([*START, "--data", str(tmp_path)], capture_output=True, text=True, check=False)
    assert (done.returncode, "dataset.yaml:" in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_a_port_that_is_taken_is_said(server: Server) -> None:
    import subprocess

    from serving_world import START

    arguments = [str(server.port) if word == "0" else word for word in START]
    done = subprocess.run([*arguments, "--data", str(MINI)], capture_output=True, text=True, check=False)
    assert (done.returncode, f"cannot listen at 127.0.0.1:{server.port}" in done.stderr) == (1, True)


def test_a_server_that_is_told_to_stop_answers_first_what_it_was_asked() -> None:
    server = start("--data", str(MINI), "--no-site", "--timeout", "1.5")
    server.listen()
    with ThreadPoolExecutor(1) as other:
        asked = other.submit(server.query, CROSS)
        assert _waited_for(lambda: _count(server, "ckg_workers_busy") > 0)
        code = stop(server)
        got = asked.result()
    assert (got.status, code, server.process.poll()) == (504, 0, 0)
