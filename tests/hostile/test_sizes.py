"""Requests that are larger than anything sensible."""

from __future__ import annotations

import gzip
import zlib
from collections.abc import Iterator

import httpx
import pytest

from hostile.wire import REFUSED, send_raw
from serving import Service

pytestmark = pytest.mark.usefixtures("as_before")

MEGABYTE = 2**20
FORM = "application/x-www-form-urlencoded"
TOO_LARGE = {400, 413, 414, 431, REFUSED}


def post(
    service: Service, path: str, content: bytes | Iterator[bytes], **headers: str
) -> httpx.Response:
    names = {name.replace("_", "-"): value for name, value in headers.items()}
    return httpx.post(
        f"{service.url}{path}",
        content=content,
        headers=names | service.authorisation,
        timeout=60,
        trust_env=False,
        verify=False,
    )


@pytest.mark.parametrize("path", ["/sparql", "/rdf-graph-store", "/", "/healthz"])
def test_a_query_string_of_24_megabytes(service: Service, path: str) -> None:
    line = b"GET %s?query=%s HTTP/1.1\r\nHost: x\r\n\r\n" % (path.encode(), b"a" * 24 * MEGABYTE)
    assert send_raw(service, line) in TOO_LARGE


def test_a_long_query_in_a_url_is_refused_or_answered(service: Service) -> None:
    for size in (1_000, 8_000, 16_000, 60_000, 70_000, 200_000):
        query = "ASK%20{}%20%23" + "x" * size
        line = f"GET /sparql?query={query} HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n"
        status = send_raw(service, line.encode())
        assert status in (TOO_LARGE | {200} if size > 7_000 else {200}), size


def test_a_query_of_24_megabytes_in_a_body(service: Service) -> None:
    query = b"ASK {} #" + b"x" * 24 * MEGABYTE
    for content, kind in ((query, "application/sparql-query"), (b"query=" + query, FORM)):
        status = send_raw(
            service,
            f"POST /sparql HTTP/1.1\r\nHost: x\r\nContent-Type: {kind}\r\n"
            f"Content-Length: {len(content)}\r\n\r\n".encode(),
            content,
        )
        assert status in {413, REFUSED}


def test_a_query_longer_than_allowed(service: Service) -> None:
    answer = post(
        service,
        "/sparql",
        b"ASK {} #" + b"x" * 2 * MEGABYTE,
        content_type="application/sparql-query",
    )
    assert answer.status_code in (400, 413, 414)


def test_a_body_that_never_ends(service: Service) -> None:
    head = "HTTP/1.1\r\nHost: x\r\nTransfer-Encoding: chunked\r\nContent-Type: "
    chunk = b"100000\r\n" + b"a" * MEGABYTE + b"\r\n"
    for start in (
        f"POST /sparql {head}application/sparql-query",
        f"POST /sparql {head}{FORM}",
        f"POST /sparql {head}application/sparql-update\r\nAuthorization: Bearer {service.token}",
    ):
        status = send_raw(service, f"{start}\r\n\r\n".encode(), (chunk for _ in range(400)))
        assert status in {413, REFUSED}, start


def test_writes_without_a_token_are_refused_before_they_are_read(service: Service) -> None:
    for path, kind in (
        ("/rdf-graph-store?default", "text/turtle"),
        ("/sparql", "application/sparql-update"),
    ):
        status = send_raw(
            service,
            f"{'PUT' if 'store' in path else 'POST'} {path} HTTP/1.1\r\nHost: x\r\n"
            f"Content-Type: {kind}\r\nContent-Length: 200000000\r\n\r\n".encode(),
        )
        assert status in {401, 403, 413}, path


@pytest.mark.parametrize("count", [200, 20_000])
def test_many_headers(service: Service, count: int) -> None:
    lines = b"".join(b"X-Header-%d: %s\r\n" % (n, b"v" * 50) for n in range(count))
    assert send_raw(
        service, b"GET /healthz HTTP/1.1\r\nHost: x\r\n", lines, b"\r\n"
    ) in TOO_LARGE | {200}


@pytest.mark.parametrize("name", ["Accept", "Authorization", "If-None-Match", "Origin", "Cookie"])
@pytest.mark.parametrize("size", [50_000, 10 * MEGABYTE])
def test_one_long_header(service: Service, name: str, size: int) -> None:
    head = f"GET /sparql?query=ASK%20%7B%7D HTTP/1.1\r\nHost: x\r\n{name}: ".encode()
    status = send_raw(service, head, b"a" * size, b"\r\nConnection: close\r\n\r\n")
    assert status in TOO_LARGE | {200, 401, 403, 406}


@pytest.mark.parametrize("name", ["Accept", "If-None-Match", "Accept-Encoding", "Accept-Language"])
def test_headers_with_thousands_of_members(service: Service, name: str) -> None:
    value = ",".join(f"a{n}/b;q=0.{n % 10}" for n in range(4_000))
    for path in ("/sparql?query=ASK%20%7B%7D", "/", "/rdf-graph-store?default"):
        line = f"GET {path} HTTP/1.1\r\nHost: x\r\n{name}: {value}\r\nConnection: close\r\n\r\n"
        assert send_raw(service, line.encode()) in TOO_LARGE | {200, 406}


def test_headers_that_never_end(service: Service) -> None:
    lines = (b"X-%d: %s\r\n" % (n, b"v" * 10_000) for n in range(5_000))
    assert send_raw(service, b"GET / HTTP/1.1\r\nHost: x\r\n", lines) in TOO_LARGE


def test_a_million_parameters(service: Service) -> None:
    for content in (
        b"&query=ASK{}" * 500_000,
        b"a=&" * 1_000_000,
        b"query=ASK{}&default-graph-uri=urn:g" + b"&default-graph-uri=urn:g" * 20_000,
    ):
        answer = post(service, "/sparql", content, content_type=FORM)
        assert answer.status_code in (200, 400, 413), answer.text[:200]


@pytest.mark.parametrize(
    "encoding", ["gzip", "deflate", "br", "zstd", "gzip, gzip", "identity, gzip"]
)
def test_compressed_bombs(service: Service, encoding: str) -> None:
    before = service.main.memory_info().rss
    bomb = make_bomb(encoding)
    for path, kind in (
        ("/sparql", "application/sparql-query"),
        ("/sparql", "application/sparql-update"),
        ("/sparql", FORM),
    ):
        answer = post(service, path, bomb, content_type=kind, content_encoding=encoding)
        assert answer.status_code in (400, 413, 415), (path, kind, answer.text[:200])
    answer = httpx.put(
        f"{service.graph_store}?graph=urn:bomb",
        content=bomb,
        headers={"Content-Type": "text/turtle", "Content-Encoding": encoding}
        | service.authorisation,
        timeout=60,
        trust_env=False,
        verify=False,
    )
    assert answer.status_code in (400, 413, 415), answer.text[:200]
    assert service.main.memory_info().rss - before < 100 * MEGABYTE


def make_bomb(encoding: str) -> bytes:
    """A gigabyte of spaces in a megabyte (gzip may be several members), or less of it deflated."""
    if "gzip" not in encoding:
        return zlib.compress(b" " * 100 * MEGABYTE, 1)
    members = gzip.compress(b" " * 10 * MEGABYTE) * 100
    return gzip.compress(members) if encoding == "gzip, gzip" else members


@pytest.mark.parametrize(
    "query",
    [
        "SELECT * {" + "{" * 5_000 + "}" * 5_000 + "}",
        "SELECT * { ?s ?p ?o FILTER(" + "(" * 20_000 + "1" + ")" * 20_000 + ") }",
        "SELECT * { ?s " + "/".join(["<urn:p>"] * 20_000) + " ?o }",
        "SELECT * { ?s ?p ?o FILTER(" + "!" * 50_000 + "?o) }",
        "SELECT * {" + "?s ?p ?o ." * 20_000 + "} LIMIT 1",
        "SELECT * { VALUES ?x {" + "1 " * 200_000 + "} } LIMIT 1",
        "SELECT * { ?s ?p " + "[ <urn:p> " * 20_000 + "1" + "]" * 20_000 + " }",
        "SELECT (" + "+".join(["1"] * 100_000) + " AS ?x) {}",
    ],
    ids=["groups", "parentheses", "path", "negations", "patterns", "values", "brackets", "sum"],
)
def test_deeply_nested_queries(service: Service, query: str) -> None:
    answer = post(service, "/sparql", query.encode(), content_type="application/sparql-query")
    assert answer.status_code in (200, 400, 413, 503, 504), answer.text[:300]


def test_deeply_nested_updates(service: Service) -> None:
    for update in (
        "DELETE { ?s ?p ?o } WHERE {" + "{" * 20_000 + "}" * 20_000 + "}",
        "INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> " + "(" * 50_000 + ")" * 50_000 + " } }",
    ):
        answer = service.update(update)
        assert answer.status_code in (400, 413, 422, 503, 504), answer.text[:300]


@pytest.mark.parametrize(
    ("kind", "content"),
    [
        ("text/turtle", b"<urn:s> <urn:p> " + b"(" * 200_000),
        ("text/turtle", b"<urn:s> <urn:p> " + b"[ <urn:p> " * 200_000),
        ("application/ld+json", b"[" * 200_000),
        ("application/ld+json", b'{"@id":' * 200_000),
        ("application/rdf+xml", b"<a>" * 200_000),
        (
            "application/rdf+xml",
            b'<!DOCTYPE a [<!ENTITY x0 "xxxxxxxxxx">'
            + b"".join(b'<!ENTITY x%d "%s">' % (n, b"&x%d;" % (n - 1) * 10) for n in range(1, 12))
            + b']><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            b'xmlns:u="urn:"><rdf:Description rdf:about="urn:s"><u:p>&x11;</u:p>'
            b"</rdf:Description></rdf:RDF>",
        ),
    ],
    ids=["lists", "brackets", "arrays", "objects", "elements", "entities"],
)
def test_deeply_nested_graphs(service: Service, kind: str, content: bytes) -> None:
    answer = httpx.put(
        f"{service.graph_store}?graph=urn:deep",
        content=content,
        headers={"Content-Type": kind} | service.authorisation,
        timeout=60,
        trust_env=False,
        verify=False,
    )
    assert answer.status_code in (400, 413, 422, 503, 504), answer.text[:300]
