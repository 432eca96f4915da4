"""Requests that come again byte for byte: the same answers, whoever gives them."""

from __future__ import annotations

import asyncio
import itertools
import re
import socket
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any, cast
from urllib.parse import quote, urlsplit

import pytest
import uvicorn
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import Literal, URIRef
from starlette.types import Receive, Scope, Send
from uvicorn.server import ServerState

from impactgraph.store import Store, open_store
from impactgraph_api import Settings, connections, create_app
from impactgraph_api.connections import BoundedProtocol
from impactgraph_api.sparql.caching import AnswerCache, AnswerKey, KeptAnswer
from impactgraph_api.sparql.endpoint import SparqlEndpoint
from impactgraph_api.sparql.repeats import LONGEST_REQUEST, STATE, WHOLE_REQUEST
from shipped import serve

ALL = "SELECT ?o { ?s ?p ?o }"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    store = open_store(tmp_path / "store")
    fill(store, "first")
    return store


def fill(store: Store, word: str) -> None:
    triple = (URIRef("http://example.org/s"), URIRef("http://example.org/p"), Literal(word))
    store.write(lambda change: change.replace_graph("http://example.org/g", [triple]))


@pytest.fixture
def client(store: Store) -> Iterator[socket.socket]:
    with serve(create_app(store, Settings(workers=1))) as url, connect(url) as client:
        yield client


def connect(url: str) -> socket.socket:
    parts = urlsplit(url)
    return socket.create_connection((parts.hostname, parts.port), timeout=10)  # type: ignore[arg-type]


def write(query: str = ALL, *headers: str, method: str = "GET", format: str = "csv") -> bytes:
    target = f"/sparql?query={quote(query)}&format={format}"
    return "\r\n".join([f"{method} {target} HTTP/1.1", "host: service", *headers, "", ""]).encode()


def ask(client: socket.socket, request: bytes) -> tuple[bytes, bytes]:
    """The head, without its date, and the body of the answer to a request."""
    client.sendall(request)
    received = b""
    while b"\r\n\r\n" not in received:
        part = client.recv(65536)
        assert part, "the connection was closed"
        received += part
    head, _, body = received.partition(b"\r\n\r\n")
    length = re.search(rb"\r\ncontent-length: (\d+)", head)
    if length is not None and not request.startswith(b"HEAD"):
        while len(body) < int(length[1]):
            body += client.recv(65536)
    assert b"\r\ndate: " in head
    return re.sub(rb"\r\ndate: [^\r]+", b"", head), body


def forbid_the_app(monkeypatch: pytest.MonkeyPatch) -> None:
    async def fail(*_: object) -> None:
        raise AssertionError("the request went to the app")

    monkeypatch.setattr(SparqlEndpoint, "_handle", fail)


def test_the_same_bytes_get_the_same_answer_past_the_app(
    client: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    requests = [write(), write(ALL, "origin: https://example.org"), write(format="json")]
    first = [ask(client, request) for request in requests]
    assert all(head.startswith(b"HTTP/1.1 200 OK\r\n") for head, _ in first)
    assert first[0][1] == b"o\r\nfirst\r\n"
    assert b"content-security-policy" in first[0][0]
    forbid_the_app(monkeypatch)
    for _ in range(3):
        assert [ask(client, request) for request in requests] == first


def test_compressed_answers_are_repeated_compressed(
    store: Store, client: socket.socket, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(store, "long " * 500)
    request = write(ALL, "accept-encoding: gzip")
    first = ask(client, request)
    assert b"\r\ncontent-encoding: gzip" in first[0]
    forbid_the_app(monkeypatch)
    assert ask(client, request) == first


def test_what_has_been_written_is_seen_at_once(store: Store, client: socket.socket) -> None:
    for word in ("second", "third", "fourth"):
        fill(store, word)
        for _ in range(3):
            assert ask(client, write())[1] == f"o\r\n{word}\r\n".encode()


def test_other_requests_go_to_the_app(client: socket.socket) -> None:
    head, body = ask(client, write())
    etag = re.search(rb"\r\netag: ([^\r]+)", head)
    assert etag is not None
    conditional = write(ALL, f"if-none-match: {etag[1].decode()}")
    for _ in range(3):
        assert ask(client, write())[1] == body
        assert ask(client, conditional)[0].startswith(b"HTTP/1.1 304")
        assert ask(client, write(method="HEAD")) == (head, b"")
        assert ask(client, write(method="DELETE"))[0].startswith(b"HTTP/1.1 405")
        assert ask(client, write("SELECT"))[0].startswith(b"HTTP/1.1 400")
        assert (
            ask(client, write("SELECT (RAND() AS ?r) {}"))[1]
            != (ask(client, write("SELECT (RAND() AS ?r) {}"))[1])
        )


def test_a_connection_that_is_to_be_closed_is_closed_each_time(
    store: Store,
) -> None:
    with serve(create_app(store, Settings(workers=1))) as url:
        for _ in range(3):
            with connect(url) as client:
                head, body = ask(client, write(ALL, "connection: close"))
                assert b"\r\nconnection: close" in head
                assert body == b"o\r\nfirst\r\n"
                assert client.recv(1) == b""


def test_a_connection_whose_first_answer_is_a_repeated_one_stays_open(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "_PATIENCE", 0.3)
    with serve(create_app(store, Settings(workers=1))) as url:
        with connect(url) as client:
            first = ask(client, write())
        with connect(url) as client:
            assert ask(client, write()) == first
            time.sleep(0.6)
            assert ask(client, write()) == first


def test_repeated_answers_are_counted(client: socket.socket) -> None:
    def count() -> dict[str, float]:
        _, body = ask(client, b"GET /metrics HTTP/1.1\r\nhost: service\r\n\r\n")
        lines = body.decode().splitlines()
        pairs = (line.rpartition(" ") for line in lines if not line.startswith("#"))
        return {name: float(value) for name, _, value in pairs}

    ask(client, write())
    before = count()
    for _ in range(5):
        ask(client, write())
    after = count()
    for name in (
        'impactgraph_requests_total{endpoint="sparql",method="GET",status="200"}',
        'impactgraph_request_duration_seconds_count{endpoint="sparql"}',
        'impactgraph_cache_requests_total{result="hit"}',
    ):
        assert after[name] - before.get(name, 0) == 5, name
    assert after['impactgraph_requests_running{endpoint="sparql"}'] == 0


@pytest.mark.parametrize(
    ("log_level", "options"), [("info", {}), ("error", {"cache_size": 0})], ids=["log", "no cache"]
)
def test_where_requests_are_logged_or_nothing_is_kept_the_app_answers(
    store: Store, log_level: str, options: dict[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    app = create_app(store, Settings(workers=1, **options))
    with serve(app, log_level=log_level) as url, connect(url) as client:
        for _ in range(3):
            assert ask(client, write())[1] == b"o\r\nfirst\r\n"
        forbid_the_app(monkeypatch)
        assert ask(client, write())[0].startswith(b"HTTP/1.1 500")


KNOWN = b"GET /known HTTP/1.1\r\nhost: x\r\n\r\n"
PIECES = {
    "known": KNOWN,
    "slow": b"GET /slow HTTP/1.1\r\nhost: x\r\n\r\n",
    "other": b"GET /other HTTP/1.1\r\nhost: x\r\n\r\n",
    # Whoever takes the body for a request answers what nobody asked.
    "body": b"POST /body HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % len(KNOWN) + KNOWN,
    "chunked": b"POST /chunked HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n"
    b"%x\r\n" % len(KNOWN) + KNOWN + b"\r\n0\r\n\r\n",
    "early": b"POST /early HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n" % len(KNOWN) + KNOWN,
}
ANSWER = b"HTTP/1.1 200 OK\r\ncontent-length: 0\r\nx: known\r\n\r\n"


class Wire:
    """A transport that keeps what is written."""

    def __init__(self) -> None:
        self.written = b""
        self.closed = False

    def write(self, data: bytes) -> None:
        self.written += data

    def close(self) -> None:
        self.closed = True

    def is_closing(self) -> bool:
        return self.closed

    def get_extra_info(self, name: str, default: object = None) -> object:
        return self if name == "socket" else default

    def fileno(self) -> int:
        return 3

    def getsockname(self) -> tuple[str, int]:
        return "127.0.0.1", 1

    getpeername = getsockname
    family = socket.AF_INET

    def pause_reading(self) -> None:
        pass

    resume_reading = pause_reading


class KnownRequest:
    """Repeats that know one request."""

    def __init__(self) -> None:
        self.found = 0

    def find(self, request: bytes, _: object) -> bytes | None:
        if request != KNOWN:
            return None
        self.found += 1
        return ANSWER


TICKS = 6
"""Turns of the event loop between two pieces of the stream; a slow answer takes more."""


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Name the path, for most paths when the body has come."""
    path = scope["path"]
    offered = scope.get("extensions", {}).get(WHOLE_REQUEST)
    assert offered is None or offered["bytes"] == PIECES[path[1:]]
    for _ in range(3 * TICKS if path == "/slow" else 0):
        await asyncio.sleep(0)
    while path != "/early" and (await receive()).get("more_body"):
        pass
    headers = [(b"content-length", b"0"), (b"x", path[1:].encode())]
    await send({"type": "http.response.start", "status": 200, "headers": headers})
    await send({"type": "http.response.body", "body": b""})


def feed(*chunks: bytes, paused: bool = False) -> tuple[list[str], int]:
    """The names in the answers to a stream, and how often the `Repeats` gave one."""

    async def turn(times: int) -> None:
        for _ in range(times):
            await asyncio.sleep(0)

    async def run() -> tuple[list[str], int]:
        wire, known, state = Wire(), KnownRequest(), ServerState()
        config = uvicorn.Config(echo, http=BoundedProtocol, log_level="critical")
        config.load()
        protocol = BoundedProtocol(config, state, {STATE: known})
        protocol.connection_made(cast(asyncio.Transport, wire))
        if paused:
            protocol.pause_writing()
        for chunk in chunks:
            protocol.data_received(chunk)
            await turn(TICKS)
        if paused:
            assert not wire.written
            protocol.resume_writing()
        await turn(50 * TICKS)
        protocol.connection_lost(None)
        names = [name.decode() for name in re.findall(rb"\r\nx: (\w+)", wire.written)]
        assert state.total_requests == len(names)
        return names, known.found

    return asyncio.run(run())


@settings(max_examples=300, deadline=None)
@given(st.lists(st.sampled_from(sorted(PIECES)), max_size=6), st.data())
def test_no_cut_of_the_stream_changes_the_answers(names: list[str], data: Any) -> None:
    stream = b"".join(PIECES[name] for name in names)
    ends = [len(b"".join(PIECES[name] for name in names[:n])) for n in range(len(names))]
    bodies = [end + PIECES[name].rfind(KNOWN) for end, name in zip(ends, names, strict=True)]
    # Where a request or a body begins is where a cut is dangerous.
    places = st.sampled_from([0, *ends, *(place for place in bodies if place >= 0)]) | st.integers(
        0, len(stream)
    )
    cuts = sorted({0, *data.draw(st.lists(places, max_size=8)), len(stream)})
    chunks = [stream[start:end] for start, end in itertools.pairwise(cuts)]
    answered, _ = feed(*(chunk for chunk in chunks if chunk))
    assert answered == names


def test_a_whole_request_at_rest_is_what_is_looked_up() -> None:
    assert feed(KNOWN, KNOWN) == (["known", "known"], 2)
    assert feed(KNOWN + KNOWN) == (["known", "known"], 0)
    assert feed(PIECES["slow"], KNOWN) == (["slow", "known"], 0)
    assert feed(KNOWN[:9], KNOWN[9:]) == (["known"], 0)
    assert feed(PIECES["body"][: -len(KNOWN)], KNOWN) == (["body"], 0)
    assert feed(PIECES["early"][: -len(KNOWN)], KNOWN) == (["early"], 0)


def test_who_does_not_read_gets_nothing_past_the_app() -> None:
    assert feed(KNOWN, paused=True) == (["known"], 0)


KEY: AnswerKey = ("ASK {}", None, None, "json", None, False)


def keep(
    cache: AnswerCache, generation: int, key: AnswerKey = KEY, body: bytes = b""
) -> KeptAnswer:
    answer = KeptAnswer(body, False, "text/plain", 'W/"a"')
    cache.put(generation, key, answer)
    return answer


def test_a_request_is_forgotten_with_its_answer_and_with_its_generation() -> None:
    cache = AnswerCache(10_000)
    cache.remember(KEY, keep(cache, 1, body=b"1"), b"request", b"head")
    assert cache.recall(1, b"request") == (b"head", b"1")
    assert cache.recall(2, b"request") is None
    assert (cache.hits, cache.misses) == (1, 0)
    keep(cache, 2)
    assert not cache.knows(b"request")
    cache.remember(KEY, keep(cache, 3), b"request", b"head")
    keep(cache, 3, ("ASK { }", *KEY[1:]), b"x" * 8000)
    assert not cache.knows(b"request")
    assert len(cache) == 1
    keep(cache, 4)
    assert cache.used < 2000


def test_a_head_is_remembered_for_the_answer_that_it_was_sent_with_alone() -> None:
    cache = AnswerCache(10_000)
    old = keep(cache, 1)
    keep(cache, 2)
    cache.remember(KEY, old, b"request", b"the head of the old one")
    assert not cache.knows(b"request")


def test_the_requests_of_one_answer_are_bounded() -> None:
    cache = AnswerCache(1_000_000)
    answer = keep(cache, 1)
    alone = cache.used
    for number in range(1000):
        cache.remember(KEY, answer, b"%04d" % number, b"head")
        cache.remember(KEY, answer, b"%04d" % number, b"head")
    assert cache.knows(b"0999")
    assert not cache.knows(b"0000")
    known = sum(cache.knows(b"%04d" % number) for number in range(1000))
    assert 1 < known < 100
    assert (cache.used - alone) % known == 0
    keep(cache, 2)
    assert cache.used == alone


def test_a_request_of_any_length_is_answered(client: socket.socket) -> None:
    request = write(f"{ALL} # {'x' * LONGEST_REQUEST}")
    for _ in range(3):
        assert ask(client, request)[1] == b"o\r\nfirst\r\n"
