"""Who sends a large body in vain is told why, and not merely cut off."""

from __future__ import annotations

import asyncio
import socket
import time
from collections.abc import Iterator
from urllib.parse import urlsplit

import pytest
from starlette.types import Message, Receive, Scope, Send

from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from impactgraph_api.lingering import Lingering
from shipped import serve

PARTS, PART = 40, 64 * 1024


@pytest.fixture(scope="module")
def address(store: Store) -> Iterator[str]:
    with serve(create_app(store, Settings(workers=1, write_body=PARTS * PART // 2))) as url:
        yield url


@pytest.mark.parametrize(
    ("method", "path", "media_type", "status"),
    [
        ("PUT", "/rdf-graph-store?default", "text/turtle", b"403"),
        ("POST", "/sparql", "application/sparql-update", b"403"),
        ("POST", "/sparql", "text/plain", b"415"),
    ],
)
def test_a_client_that_sends_on_gets_the_answer(
    address: str, method: str, path: str, media_type: str, status: bytes
) -> None:
    parts = urlsplit(address)
    with socket.create_connection((parts.hostname, parts.port), timeout=20) as client:  # type: ignore[arg-type]
        head = (
            f"{method} {path} HTTP/1.1\r\nHost: x\r\nContent-Type: {media_type}\r\n"
            "Connection: close\r\n"  # as proxies ask
            f"Content-Length: {PARTS * PART}\r\n\r\n"
        )
        client.sendall(head.encode())
        for _ in range(PARTS):
            time.sleep(0.005)
            client.sendall(b"#" * PART)
        answer = client.recv(65536)
    assert answer.startswith(b"HTTP/1.1 " + status)


def _ask(messages: list[Message], **scope: object) -> tuple[list[Message], int]:
    """What is sent, and how many messages were taken, by an app that reads nothing."""
    taken, sent = 0, []

    async def answer(_: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 403, "headers": []})
        await send({"type": "http.response.body", "body": b"no"})

    async def receive() -> Message:
        nonlocal taken
        taken += 1
        return messages[taken - 1]

    async def send(message: Message) -> None:
        sent.append(message)

    whole: Scope = {"type": "http", "method": "PUT", "headers": [], **scope}
    asyncio.run(Lingering(answer)(whole, receive, send))
    return sent, taken


PIECE = {"type": "http.request", "body": b"x", "more_body": True}
LAST = {"type": "http.request", "body": b"x"}
GONE = {"type": "http.disconnect"}


@pytest.mark.parametrize(
    ("messages", "taken"), [([PIECE, PIECE, LAST], 3), ([LAST], 1), ([PIECE, GONE], 2)]
)
def test_what_is_left_of_the_body_is_thrown_away(messages: list[Message], taken: int) -> None:
    sent, number = _ask(messages)
    assert number == taken
    assert b"".join(message.get("body", b"") for message in sent) == b"no"
    assert [message.get("more_body", False) for message in sent[1:]] == [True, False]


@pytest.mark.parametrize("scope", [{"method": "GET"}, {"headers": [(b"expect", b"100-continue")]}])
def test_where_no_body_comes_nothing_is_waited_for(scope: dict[str, object]) -> None:
    sent, taken = _ask([], **scope)
    assert (len(sent), taken) == (2, 0)
