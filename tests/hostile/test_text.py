"""Bytes that are no UTF-8, no SPARQL, no RDF, or no HTTP."""

from __future__ import annotations

from urllib.parse import quote_from_bytes

import httpx
import pytest

from hostile.wire import REFUSED, connect, send_raw
from serving import Service

BAD = {
    "stray": b"\xff\xfe\x80",
    "surrogate": b"\xed\xa0\x80",
    "overlong": b"\xc0\xaf",
    "cut": b"\xe2\x82",
    "nul": b"\x00",
    "beyond": b"\xf4\x90\x80\x80",
}
bad = pytest.mark.parametrize("piece", BAD.values(), ids=BAD)


def get(path: str, *headers: bytes) -> bytes:
    lines = b"".join(header + b"\r\n" for header in (b"Host: x", b"Connection: close", *headers))
    return b"GET " + path.encode() + b" HTTP/1.1\r\n" + lines + b"\r\n"


@bad
@pytest.mark.parametrize(
    "path",
    [
        "/{}",
        "/case-studies/{}",
        "/api/case-studies/{}/chains",
        "/api/case-studies/jam-and-justice/chains?from={}",
        "/sparql?query=ASK%20%7B%7D%20%23{}",
        "/sparql?query=ASK%20%7B%7D&format={}",
        "/sparql?query=ASK%20%7B%7D&default-graph-uri={}",
        "/sparql?{}=1",
        "/rdf-graph-store?graph={}",
        "/rdf-graph-store/{}",
    ],
)
def test_bytes_in_a_url(service: Service, path: str, piece: bytes) -> None:
    assert send_raw(service, get(path.format(quote_from_bytes(piece)))) in {200, 400, 404, 406}


@bad
def test_bytes_in_the_body(service: Service, piece: bytes) -> None:
    writes = service.authorisation
    for method, path, kind, content in (
        ("POST", "/sparql", "application/sparql-query", b"ASK { ?s ?p '" + piece + b"' }"),
        (
            "POST",
            "/sparql",
            "application/sparql-update",
            b"INSERT DATA { GRAPH <urn:nul> { <urn:s> <urn:p> '" + piece + b"' } }",
        ),
        ("POST", "/sparql", "application/x-www-form-urlencoded", b"query=ASK{}%23" + piece),
        (
            "POST",
            "/sparql",
            "application/x-www-form-urlencoded",
            b"query=ASK{}%23" + quote_from_bytes(piece).encode(),
        ),
        (
            "PUT",
            "/rdf-graph-store?graph=urn:bad",
            "text/turtle",
            b"<urn:s> <urn:p> '" + piece + b"' . <",
        ),
        ("PUT", "/rdf-graph-store?graph=urn:bad", "application/ld+json", b'{"' + piece),
        ("POST", "/rdf-graph-store?graph=urn:bad", "application/rdf+xml", b"<" + piece + b">"),
        (
            "PUT",
            "/rdf-graph-store?graph=urn:bad",
            "application/n-triples",
            b"<urn:s> <urn:p> <" + piece + b"> ",
        ),
    ):
        answer = httpx.request(
            method,
            service.url + path,
            content=content,
            headers={"Content-Type": kind} | writes,
            timeout=30,
            trust_env=False,
            verify=False,
        )
        # NUL is a character that SPARQL allows in a literal, and UTF-8 writes it so.
        harmless = "query" in kind or "form" in kind or ("update" in kind and piece == b"\x00")
        allowed = {200, 204, 400} if harmless else {400}
        assert answer.status_code in allowed, (kind, content, answer.status_code, answer.text[:300])
    assert service.update("DROP SILENT GRAPH <urn:nul>").is_success


def test_nul_within_a_literal_is_data_or_refused(service: Service) -> None:
    answer = service.update('INSERT DATA { GRAPH <urn:nul> { <urn:s> <urn:p> "a\\u0000b" } }')
    assert answer.status_code in (200, 204, 400)
    assert service.update("DROP SILENT GRAPH <urn:nul>").is_success


@bad
@pytest.mark.parametrize(
    "name",
    [b"Accept", b"Authorization", b"Origin", b"If-None-Match", b"Host", b"Content-Type", b"Range"],
)
def test_bytes_in_a_header(service: Service, name: bytes, piece: bytes) -> None:
    for path in ("/sparql?query=ASK%20%7B%7D", "/", "/rdf-graph-store?default", "/healthz"):
        status = send_raw(service, get(path, name + b": " + piece))
        assert status in {200, 400, 401, 403, 406, REFUSED}, (path, status)


@pytest.mark.parametrize(
    "request_",
    [
        b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03" + b"\x00" * 200,
        b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n",
        b"GET\r\n\r\n",
        b"GET / HTTP/9.9\r\nHost: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nContent-Length: -1\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 99999999999999999999\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: abc\r\n\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\nContent-Length: 6\r\n\r\nhello!",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\n\r\n-1\r\n",
        b"POST /sparql HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: gzip, chunked\r\n\r\n0\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nBroken header\r\n\r\n",
        b"GET / HTTP/1.1\r\n Host: x\r\n\r\n",
        b"GET / HTTP/1.1\r\nHost: x\r\nX: a\rb\r\n\r\n",
        b"GET /\xff\xfe HTTP/1.1\r\nHost: x\r\n\r\n",
        b"GET /a b HTTP/1.1\r\nHost: x\r\n\r\n",
    ],
)
def test_what_is_no_http(service: Service, request_: bytes) -> None:
    status = send_raw(service, request_ + b"\r\n", b"\r\n" * 10)
    assert status == REFUSED or 400 <= status < 500 or status in (501, 505)


@pytest.mark.parametrize(
    "request_",
    [
        b"GET http://other.example/healthz HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"OPTIONS * HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET //sparql HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /static/../../../../etc/passwd HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /static/%2e%2e/%2e%2e/app.py HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /static/%00 HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET /static/" + b"a" * 5_000 + b" HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b"GET / HTTP/1.0\r\n\r\n",
        b"GET /sparql?query=ASK%20%7B%7D HTTP/1.0\r\n\r\n",
        b"GET /sparql? HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n",
        b'GET /rdf-graph-store/x HTTP/1.1\r\nHost: <>"{}\r\nConnection: close\r\n\r\n',
        b"GET /rdf-graph-store/x HTTP/1.0\r\n\r\n",
        b"GET / HTTP/1.1\r\nConnection: close\r\n\r\n",
    ],
)
def test_odd_but_readable_requests(service: Service, request_: bytes) -> None:
    status = send_raw(service, request_)
    assert status == REFUSED or 200 <= status < 500


def test_two_requests_in_one_segment(service: Service) -> None:
    one = b"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n\r\n"
    last = b"GET /nothing-here HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
    with connect(service) as connection:
        connection.sendall(one * 20 + last)
        received = b""
        while piece := connection.recv(65536):
            received += piece
    assert received.count(b"HTTP/1.1 200") == 20
    assert received.count(b"HTTP/1.1 404") == 1
