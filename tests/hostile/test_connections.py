"""Clients that come in crowds, that read or write slowly, that go away."""

from __future__ import annotations

import socket
import threading
import time
from contextlib import ExitStack, suppress
from pathlib import Path

import httpx
import pytest

from hostile.conftest import ASKED, wait_until_idle
from hostile.wire import REFUSED, connect, read_status
from serving import Service, serving

pytestmark = pytest.mark.usefixtures("as_before")

LARGE = """
SELECT ?a ?b ?c {
  { SELECT ?a { ?a ?p ?o } LIMIT 100 } { SELECT ?b { ?b ?p ?o } LIMIT 300 }
  { SELECT (STR(?o) AS ?c) { ?s ?p ?o } LIMIT 3 }
}
"""
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l }"


def post_query(query: str, accept: str = "application/sparql-results+json") -> bytes:
    content = query.encode()
    return (
        f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: application/sparql-query\r\n"
        f"Accept: {accept}\r\nContent-Length: {len(content)}\r\n\r\n"
    ).encode() + content


def assert_served(service: Service, times: int = 10, seconds: float = 8) -> None:
    """Small queries of others are answered meanwhile, none after more than some seconds."""
    for number in range(times):
        start = time.monotonic()
        assert service.select(f"SELECT ?n {{ BIND({number} AS ?n) }}") == [{"n": str(number)}]
        assert time.monotonic() - start < seconds


def test_more_connections_than_file_descriptors(tmp_path: Path) -> None:
    with serving(tmp_path, "--workers", "2", "--query-timeout", "2", files=96) as crowded:
        assert crowded.update("INSERT DATA { <urn:s> <urn:p> 1 }").is_success
        assert crowded.select(ASKED)
        with ExitStack() as stack:
            connections = []
            for _ in range(400):
                with suppress(OSError):
                    connections.append(
                        stack.enter_context(socket.create_connection(crowded.address, timeout=2))
                    )
            assert len(connections) > 100
            statuses = []
            for connection in connections[:40]:
                connection.sendall(post_query("ASK {}"))
            for connection in connections[:40]:
                with suppress(TimeoutError):
                    statuses.append(read_status(connection, 5))
            assert set(statuses) <= {200, 503, REFUSED}
            assert statuses.count(200) >= 20
        deadline = time.monotonic() + 10
        while True:
            with suppress(httpx.HTTPError, AssertionError):
                assert_served(crowded, times=20)
                break
            assert time.monotonic() < deadline, crowded.read_log()[-3000:]
        answer = httpx.post(
            crowded.sparql,
            content=ENDLESS,
            headers={"Content-Type": "application/sparql-query"},
            timeout=20,
            trust_env=False,
            verify=False,
        )
        assert answer.status_code in (200, 504)
        assert crowded.update("INSERT DATA { <urn:s> <urn:p> 2 }").is_success


def test_a_thousand_idle_connections(service: Service) -> None:
    with ExitStack() as stack:
        for _ in range(900):
            stack.enter_context(socket.create_connection(service.address, timeout=5))
        assert_served(service)


def test_clients_that_do_not_read(service: Service) -> None:
    with ExitStack() as stack:
        for _ in range(8):
            connection = stack.enter_context(socket.socket())
            connection.setsockopt(socket.SOL_SOCKET, socket.SO_RCVBUF, 4096)
            connection.settimeout(20)
            connection.connect(service.address)
            connection.sendall(post_query(LARGE))
            assert connection.recv(12) == b"HTTP/1.1 200"
        assert_served(service, times=20)
        wait_until_idle(service, 10)


def test_clients_that_write_one_byte_at_a_time(service: Service) -> None:
    request = post_query("ASK {}")
    with ExitStack() as stack:
        slow = [stack.enter_context(connect(service)) for _ in range(50)]
        for position in range(len(request) - 1):
            for connection in slow:
                connection.sendall(request[position : position + 1])
        assert_served(service)
        for connection in slow:
            connection.sendall(request[-1:])
        assert [read_status(connection) for connection in slow] == [200] * 50


def test_writes_that_never_complete_lock_nobody_out(service: Service) -> None:
    head = (
        f"PUT /rdf-graph-store?graph=urn:slow HTTP/1.1\r\nHost: x\r\nContent-Type: text/turtle\r\n"
        f"Authorization: Bearer {service.token}\r\nContent-Length: 1000000\r\n\r\n<urn:s> "
    )
    with ExitStack() as stack:
        for _ in range(20):
            stack.enter_context(connect(service)).sendall(head.encode())
        assert service.update("INSERT DATA { GRAPH <urn:warm> { <urn:s> <urn:p> 1 } }").is_success
        assert_served(service)
    assert service.select("SELECT ?s { GRAPH <urn:slow> { ?s ?p ?o } }") == []


@pytest.mark.parametrize("farewell", ["close", "reset", "half"])
def test_a_client_that_goes_away_ends_its_query(service: Service, farewell: str) -> None:
    for _ in range(1 if farewell == "half" else 3):
        with connect(service) as connection:
            connection.sendall(post_query(ENDLESS))
            time.sleep(0.6)
            if farewell == "reset":
                linger = b"\x01\x00\x00\x00\x00\x00\x00\x00"
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            if farewell == "half":
                connection.shutdown(socket.SHUT_WR)
                assert read_status(connection, 8) in (504, REFUSED)
    wait_until_idle(service, 1.5)
    assert_served(service)


def test_small_queries_pass_runaways(service: Service) -> None:
    runaways = [
        ENDLESS,
        "SELECT * { ?a (!<urn:x>|^!<urn:x>)* ?b . ?b (!<urn:y>|^!<urn:y>)* ?c }",
        "SELECT (GROUP_CONCAT(CONCAT(STR(?a), STR(?c), STR(?d), STR(?f))) AS ?all) "
        "{ ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }",
        f'ASK {{ FILTER REGEX("{"a" * 4000}b", "^(a|aa|a*)*(a|aa|a*)*$") ?a ?b ?c . ?d ?e ?f . '
        '?g ?h ?i . FILTER REGEX(CONCAT(STR(?a), STR(?f)), "(x+x+)+y$") }',
    ]
    answers: list[httpx.Response] = []

    def run_away(query: str) -> None:
        answers.append(
            httpx.post(
                service.sparql,
                content=query,
                headers={"Content-Type": "application/sparql-query"},
                timeout=60,
                trust_env=False,
                verify=False,
            )
        )

    threads = [threading.Thread(target=run_away, args=(query,)) for query in runaways * 4]
    for thread in threads:
        thread.start()
    time.sleep(0.5)
    assert_served(service, times=30)
    for thread in threads:
        thread.join(60)
    assert len(answers) == len(threads)
    statuses = {answer.status_code for answer in answers}
    assert statuses <= {200, 413, 503, 504, 507}, statuses
    assert 504 in statuses
    for answer in answers:
        if answer.status_code != 200:
            assert answer.headers["Content-Type"].startswith("application/problem+json")
            assert answer.json()["type"] not in ("", "about:blank"), answer.text
        if answer.status_code == 503:
            assert int(answer.headers["Retry-After"]) > 0
    wait_until_idle(service, 5)


def test_a_runaway_update_ends_at_its_deadline_and_frees_the_lock(service: Service) -> None:
    text = (
        "INSERT { GRAPH <urn:warm> { <urn:s> <urn:p> ?n } } WHERE { { "
        "SELECT (COUNT(*) AS ?n) { GRAPH ?z { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } } } }"
    )
    start = time.monotonic()
    answer = service.update(text)
    assert answer.status_code == 504, answer.text
    assert 3 <= time.monotonic() - start < 13
    assert service.update("INSERT DATA { GRAPH <urn:warm> { <urn:s> <urn:p> 1 } }").is_success
