"""LOAD reaches allowed places of the public network and no others, and is bounded."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest
from pyoxigraph import RdfFormat

from impactgraph.errors import UpdateError
from impactgraph_api.writing.fetching import Fetcher, is_allowed, is_public

PUBLIC = "93.184.216.34"
TURTLE = b"<a> <b> <c> ."


class Handler(BaseHTTPRequestHandler):
    """A server whose paths say how it behaves."""

    def do_GET(self) -> None:  # noqa: PLR0912
        match self.path.partition("?")[0]:
            case "/to-loopback":
                self.redirect("http://localhost/secret.ttl")
            case "/to-elsewhere":
                self.redirect("http://elsewhere.example/x.ttl")
            case "/to-file":
                self.redirect("file:///etc/passwd")
            case "/round":
                self.redirect("/round")
            case "/near":
                self.redirect("data.ttl")
            case "/huge.ttl":
                self.answer(b"# " + b"x" * 5000, "text/turtle")
            case "/page":
                self.answer(b"<html>", "text/html")
            case "/packed.ttl":
                self.answer(b"x", "text/turtle", {"Content-Encoding": "gzip"})
            case "/short.ttl":
                self.answer(TURTLE, "text/turtle", {"Content-Length": "100"})
            case "/trickle.ttl":
                self.wfile.write(b"HTTP/1.1 200 OK\r\n")
                with suppress(OSError):
                    for _ in range(200):
                        self.wfile.write(b"X: y\r\n")
                        time.sleep(0.05)
            case "/missing.ttl":
                self.send_error(404)
            case _:
                self.answer(TURTLE, "text/turtle; charset=utf-8")

    def redirect(self, location: str) -> None:
        self.answer(b"", "", {"Location": location}, 302)

    def answer(
        self, body: bytes, kind: str, headers: dict[str, str] | None = None, status: int = 200
    ) -> None:
        self.send_response(status)
        for name, value in {
            "Content-Type": kind,
            "Content-Length": str(len(body)),
            **(headers or {}),
        }.items():
            self.send_header(name, value)
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture(scope="module")
def port() -> Iterator[int]:
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        server.daemon_threads = True
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield server.server_port
        server.shutdown()
        thread.join()


class Network:
    """A network on which public addresses lead to the test's own server."""

    def __init__(self, port: int, names: dict[str, list[str]]) -> None:
        self.port = port
        self.names = names
        self.resolved: list[str] = []
        self.connected: list[str] = []

    def resolve(self, host: str, _: int) -> Sequence[str]:
        self.resolved.append(host)
        return self.names.get(host, [])

    def connect(self, address: str, _: int, seconds: float) -> socket.socket:
        self.connected.append(address)
        return socket.create_connection(("127.0.0.1", self.port), seconds)


@pytest.fixture
def network(port: int) -> Network:
    return Network(
        port, {"data.example": [PUBLIC], "localhost": ["127.0.0.1"], "elsewhere.example": [PUBLIC]}
    )


@pytest.fixture
def make(network: Network) -> Callable[..., Fetcher]:
    def make_fetcher(*allow: str, seconds: float = 10.0) -> Fetcher:
        return Fetcher(
            allow=allow or ("data.example", "localhost"),
            size=2000,
            seconds=seconds,
            resolve=network.resolve,
            connect=network.connect,
        )

    return make_fetcher


def test_an_allowed_document_is_fetched(make: Callable[..., Fetcher], network: Network) -> None:
    document = make().fetch("http://data.example/near")
    assert (document.data, document.form) == (TURTLE, RdfFormat.TURTLE)
    assert document.base == "http://data.example/data.ttl"
    assert network.connected == [PUBLIC, PUBLIC]


@pytest.mark.parametrize(
    ("path", "message"),
    [
        ("to-loopback", "localhost is at 127.0.0.1, which is no address of the public network"),
        ("to-elsewhere", "elsewhere.example/x.ttl> is not loaded: it is not among"),
        ("to-file", "only plain http and https"),
        ("round", "more than 5 redirects"),
        ("huge.ttl", "more than 2000 bytes"),
        ("page", "text/html"),
        ("packed.ttl", "encoded"),
        ("short.ttl", "cannot be loaded"),
        ("missing.ttl", "answers 404"),
    ],
)
def test_what_may_not_or_cannot_be_had_is_refused(
    make: Callable[..., Fetcher], network: Network, path: str, message: str
) -> None:
    with pytest.raises(UpdateError, match=message):
        make().fetch(f"http://data.example/{path}")
    assert set(network.connected) == {PUBLIC}


def test_a_server_that_trickles_is_left_at_the_deadline(make: Callable[..., Fetcher]) -> None:
    started = time.monotonic()
    with pytest.raises(UpdateError, match="cannot be loaded"):
        make(seconds=0.5).fetch("http://data.example/trickle.ttl")
    assert time.monotonic() - started < 5


@pytest.mark.parametrize("addresses", [["10.0.0.1"], [PUBLIC, "127.0.0.1"], ["::1"], []])
def test_a_name_with_any_address_that_is_not_public_is_never_connected_to(
    make: Callable[..., Fetcher], network: Network, addresses: list[str]
) -> None:
    network.names["data.example"] = addresses
    with pytest.raises(UpdateError, match="no address"):
        make().fetch("http://data.example/data.ttl")
    assert network.connected == []


def test_a_name_is_resolved_once_and_the_checked_address_connected_to(
    make: Callable[..., Fetcher], network: Network
) -> None:
    answers = iter([[PUBLIC], ["127.0.0.1"]])
    fetcher = Fetcher(
        allow=("data.example",),
        size=2000,
        resolve=lambda *_: next(answers),
        connect=network.connect,
    )
    fetcher.fetch("http://data.example/data.ttl")
    assert network.connected == [PUBLIC]
    assert next(answers) == ["127.0.0.1"]


def test_the_real_network_functions_refuse_this_machine(port: int) -> None:
    for host in ("127.0.0.1", "localhost", "0.0.0.0", "[::1]", "2130706433", "0x7f.1"):
        fetcher = Fetcher(allow=(f"{host}:{port}", "127.0.0.1", "localhost"), size=2000)
        with pytest.raises(UpdateError, match=r"no address of the public network|cannot be loaded"):
            fetcher.fetch(f"http://{host}:{port}/data.ttl")


@pytest.mark.parametrize(
    "url",
    [
        "ftp://data.example/a.ttl",
        "file:///etc/passwd",
        "http://user@data.example/",
        "http://data.example@elsewhere.example/",
        "http://data.example\\@elsewhere.example/",
        "http:///a",
        "http://data.example/ä",
        "http://data.example/a b",
        "http://data.example:x/",
        "data.example/a",
    ],
)
def test_strange_urls_are_refused_unfetched(
    make: Callable[..., Fetcher], network: Network, url: str
) -> None:
    with pytest.raises(UpdateError):
        make().fetch(url)
    assert network.connected == []


@pytest.mark.parametrize(
    ("url", "allowed"),
    [
        ("http://example.org/x", True),
        ("https://EXAMPLE.org:443/x", True),
        ("https://example.org:8443/x", False),
        ("http://sub.example.org/", False),
        ("http://example.org.evil.test/", False),
        ("https://data.test/open/a.ttl", True),
        ("https://data.test/open", True),
        ("https://data.test/opened/a.ttl", False),
        ("https://data.test/open/../closed.ttl", False),
        ("https://data.test/open/%2e%2e/closed.ttl", False),
        ("https://data.test/open/..%2fclosed.ttl", False),
        ("http://data.test/open/a.ttl", False),
        ("https://data.test:444/open/a.ttl", False),
        ("https://data.test:443/open/a.ttl", True),
        ("http://port.test:8080/", True),
        ("http://port.test/", False),
    ],
)
def test_the_allow_list_knows_hosts_and_prefixes(url: str, allowed: bool) -> None:
    allow = ["example.org", "https://data.test/open/", "port.test:8080"]
    assert is_allowed(url, allow) is allowed


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "127.8.8.8",
        "10.1.2.3",
        "172.16.0.1",
        "192.168.1.1",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",
        "224.0.0.1",
        "255.255.255.255",
        "::",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "ff02::1",
        "::ffff:10.0.0.1",
        "::ffff:7f00:1",
        "64:ff9b::7f00:1",
        "2002:7f00:1::",
        "::127.0.0.1",
        "nonsense",
    ],
)
def test_addresses_within_are_not_public(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", [PUBLIC, "2606:4700:4700::1111", "64:ff9b::5db8:d822"])
def test_addresses_of_the_public_network_are(address: str) -> None:
    assert is_public(address)
