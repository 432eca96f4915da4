"""Clients that stall: they send no more of a body, or take no more of an answer."""

from __future__ import annotations

import asyncio
import socket
from http import HTTPStatus
from pathlib import Path
from urllib.parse import urlparse

import pytest
from starlette.types import Message, Receive, Send

from impactgraph.store import open_store
from impactgraph_api import Settings, create_app
from impactgraph_api.problem import ProblemError
from impactgraph_api.sparql.exchange import ClientGoneError, Exchange
from shipped import serve


@pytest.fixture(autouse=True)
def stalled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impactgraph_api.sparql.exchange._STALLED", 0.2)
    monkeypatch.setattr("impactgraph_api.lingering._PATIENCE", 0.2)


def make_exchange(receive: Receive, send: Send) -> Exchange:
    return Exchange({"type": "http", "method": "POST"}, receive, send, {})


async def never() -> Message:
    await asyncio.Event().wait()
    raise AssertionError


async def swallow(_: Message) -> None:
    pass


def test_a_body_that_does_not_come_is_given_up() -> None:
    parts = [{"type": "http.request", "body": b"SEL", "more_body": True}]

    async def receive() -> Message:
        return parts.pop() if parts else await never()

    async def read() -> None:
        with pytest.raises(ProblemError) as raised:
            await make_exchange(receive, swallow).read_body(1000)
        assert raised.value.problem.status is HTTPStatus.REQUEST_TIMEOUT
        assert "0.2 seconds" in raised.value.problem.detail

    asyncio.run(asyncio.wait_for(read(), 10))


def test_a_body_that_comes_slowly_is_waited_for() -> None:
    """The limit is on the time between two parts, not on that of the whole."""
    parts = [b"S", b"E", b"L", b"E", b"C", b"T"]

    async def receive() -> Message:
        await asyncio.sleep(0.06)
        return {"type": "http.request", "body": parts.pop(0), "more_body": bool(parts)}

    body = asyncio.run(make_exchange(receive, swallow).read_body(1000))
    assert body == b"SELECT"


def test_an_answer_that_is_not_taken_is_given_up() -> None:
    async def send(_: Message) -> None:
        await never()

    async def answer() -> None:
        with pytest.raises(ClientGoneError):
            await make_exchange(never, send).send_part(b"rows", more=True)

    asyncio.run(asyncio.wait_for(answer(), 10))


def test_who_stalls_is_told_and_the_connection_closed(tmp_path: Path) -> None:
    app = create_app(open_store(tmp_path / "store"), Settings(workers=1))
    with serve(app) as url:
        place = urlparse(url)
        with socket.create_connection((place.hostname, place.port), timeout=10) as client:
            client.sendall(
                b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n"
                b"Content-Type: application/sparql-query\r\n\r\nSELECT"
            )
            answer = b""
            while part := client.recv(65536):
                answer += part
    assert answer.startswith(b"HTTP/1.1 408 ")
    assert b"request-timeout" in answer
