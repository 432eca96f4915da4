"""Clients that no library would be, over sockets of this machine."""

from __future__ import annotations

import asyncio
import resource
import socket
import threading
import time
from collections.abc import Iterator

import pytest
import uvicorn
from starlette.types import Receive, Scope, Send

from impactgraph_api import connections
from impactgraph_api.connections import LONGEST_HEAD, BoundedProtocol

SLOW_BEGUN = threading.Event()


async def answer(scope: Scope, receive: Receive, send: Send) -> None:
    if scope["path"] == "/slow":
        SLOW_BEGUN.set()
        await asyncio.sleep(1.5)
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"%d" % len(scope["query_string"])})


@pytest.fixture
def address(monkeypatch: pytest.MonkeyPatch) -> Iterator[tuple[str, int]]:
    monkeypatch.setattr(connections, "_PATIENCE", 0.5)
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(answer, http=BoundedProtocol, log_level="critical", lifespan="off")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started and time.monotonic() < deadline:
        time.sleep(0.01)
    yield listening.getsockname()
    server.should_exit = True
    thread.join(20)
    listening.close()


def read_all(client: socket.socket) -> bytes:
    client.settimeout(10)
    received = b""
    try:
        while part := client.recv(65536):
            received += part
    except ConnectionResetError:
        pass
    return received


def request(target: str, *headers: str) -> bytes:
    lines = [f"GET {target} HTTP/1.1", "host: service", "connection: close", *headers, "", ""]
    return "\r\n".join(lines).encode()


def test_a_head_within_the_bound_is_taken(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as client:
        client.sendall(request("/?" + "a" * (LONGEST_HEAD - 1000)))
        received = read_all(client)
    assert received.startswith(b"HTTP/1.1 200")
    assert received.endswith(b"%d\r\n0\r\n\r\n" % (LONGEST_HEAD - 1000))


@pytest.mark.parametrize(
    "head",
    [
        request("/?" + "a" * 24_000_000),
        request("/", "x: " + "a" * 24_000_000),
        request("/", *(f"x-{number}: a" for number in range(200_000))),
    ],
    ids=["url", "header", "headers"],
)
def test_a_head_past_the_bound_is_refused(address: tuple[str, int], head: bytes) -> None:
    with socket.create_connection(address) as client:
        client.settimeout(10)
        refused = False
        try:
            client.sendall(head)
        except (ConnectionResetError, BrokenPipeError):
            refused = True
        received = read_all(client)
    assert received.startswith(b"HTTP/1.1 431") or (refused and not received)


@pytest.mark.parametrize("begun", [b"", b"GET /", b"GET / HTTP/1.1\r\nhost: service\r\nx"])
def test_a_head_that_does_not_come_is_not_waited_for(
    address: tuple[str, int], begun: bytes
) -> None:
    with socket.create_connection(address) as client:
        client.sendall(begun)
        assert read_all(client).startswith(b"HTTP/1.1 408")


def test_the_next_head_is_no_reason_to_end_the_answer_before(address: tuple[str, int]) -> None:
    slow = b"GET /slow HTTP/1.1\r\nhost: service\r\n\r\n"
    with socket.create_connection(address) as client:
        client.sendall(slow + b"GET / HTTP/1.1\r\nhost:")
        received = read_all(client)
    assert received.startswith(b"HTTP/1.1 200")
    assert received.count(b"HTTP/1.1") == 2
    assert b"HTTP/1.1 408" in received


def test_many_requests_go_over_one_connection(address: tuple[str, int]) -> None:
    with socket.create_connection(address) as client:
        for _ in range(50):
            client.sendall(b"GET /?12345 HTTP/1.1\r\nhost: service\r\n\r\n")
            time.sleep(0.02)
        client.sendall(request("/?1234567"))
        assert read_all(client).count(b"HTTP/1.1 200") == 51


def test_one_connection_too_many_is_refused_at_once(
    address: tuple[str, int], monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.create_connection(address) as early:
        SLOW_BEGUN.clear()
        early.sendall(request("/slow"))
        assert SLOW_BEGUN.wait(20)
        monkeypatch.setattr(connections, "_find_highest_descriptor", lambda: 0)
        with socket.create_connection(address) as late:
            received = read_all(late)
        assert received.startswith(b"HTTP/1.1 503")
        assert b"retry-after: 2\r\n" in received
        assert b"content-type: application/problem+json" in received
        assert b"too-many-connections" in received
        assert read_all(early).startswith(b"HTTP/1.1 200")
    monkeypatch.undo()


def test_descriptors_are_reserved_for_more_than_connections() -> None:
    limit, _ = resource.getrlimit(resource.RLIMIT_NOFILE)
    assert 0 < connections._find_highest_descriptor() < limit
