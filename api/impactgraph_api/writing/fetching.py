"""Fetching what LOAD names: from allowed places on the public network, and from nowhere else.

A name is resolved once, every address that it has is checked, and the connection goes to a checked
address; each redirect is judged like the first request. So no name and no redirect leads to
this machine or into a private network.
"""

from __future__ import annotations

import http.client
import socket
import ssl
import threading
import time
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from http import HTTPStatus
from ipaddress import IPv4Address, IPv6Address, ip_address
from urllib.parse import SplitResult, unquote, urljoin, urlsplit

from impactgraph.errors import UpdateError
from impactgraph_api.writing.documents import ACCEPTED, Document, find_format

__all__ = ["Fetcher", "is_allowed", "is_public"]

_PORTS = {"http": 80, "https": 443}
_MOST_REDIRECTS = 5
_CHUNK = 64 * 1024
_NAT64 = bytes.fromhex("0064ff9b0000000000000000")

Resolve = Callable[[str, int], Sequence[str]]
Connect = Callable[[str, int, float], socket.socket]


def _resolve(host: str, port: int) -> Sequence[str]:
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(address[0]) for *_, address in found]


def _connect(address: str, port: int, seconds: float) -> socket.socket:
    return socket.create_connection((address, port), seconds)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetcher:
    """Fetches documents of RDF over HTTP.

    Attributes:
        allow: the hosts, as `example.org` or `example.org:8080`, and URL prefixes, as
            `https://example.org/data/`, that may be fetched from.
        size: how many bytes a document may have.
        seconds: how long a fetch may take, redirects included.
        resolve: gives all addresses of a host.
        connect: opens a connection to an address.
    """

    allow: tuple[str, ...]
    size: int
    seconds: float = 30.0
    resolve: Resolve = _resolve
    connect: Connect = _connect

    def fetch(self, url: str) -> Document:
        """Return the document at a URL.

        Raises:
            UpdateError: it may not be fetched from there, or cannot be had, or is none of RDF.
        """
        deadline = time.monotonic() + self.seconds
        try:
            for _ in range(_MOST_REDIRECTS + 1):
                outcome = self._request(url, deadline)
                if isinstance(outcome, Document):
                    return outcome
                url = outcome
        except (OSError, http.client.HTTPException, ValueError) as error:
            reason = str(error) or type(error).__name__
            raise UpdateError(f"<{url}> cannot be loaded: {reason}") from error
        raise UpdateError(f"<{url}> cannot be loaded: more than {_MOST_REDIRECTS} redirects")

    def _request(self, url: str, deadline: float) -> Document | str:
        """Return the document at the URL, or the URL that it redirects to."""
        parts = _check_url(url, self.allow)
        host, port = parts.hostname or "", parts.port or _PORTS[parts.scheme]
        address = self._find_address(url, host, port)
        connection = http.client.HTTPConnection(host, port)
        connection.sock = self.connect(address, port, _remaining(deadline))
        # Shutting the connection ends whatever waits for it, a trickle of headers included.
        timer = threading.Timer(_remaining(deadline), _shut_down, (connection,))
        timer.start()
        try:
            if parts.scheme == "https":
                context = ssl.create_default_context()
                connection.sock = context.wrap_socket(connection.sock, server_hostname=host)
            target = (parts.path or "/") + (f"?{parts.query}" if parts.query else "")
            headers = {"Accept": ", ".join(ACCEPTED), "Accept-Encoding": "identity"}
            connection.request("GET", target, headers=headers)
            response = connection.getresponse()
            if location := _redirection(response):
                return urljoin(url, location)
            return self._read(url, response, deadline)
        finally:
            timer.cancel()
            connection.close()

    def _find_address(self, url: str, host: str, port: int) -> str:
        addresses = self.resolve(host, port)
        for address in addresses:
            if not is_public(address):
                raise UpdateError(
                    f"<{url}> is not loaded: {host} is at {address}, which is no address of the "
                    "public network"
                )
        if not addresses:
            raise UpdateError(f"<{url}> cannot be loaded: {host} has no address")
        return addresses[0]

    def _read(self, url: str, response: http.client.HTTPResponse, deadline: float) -> Document:
        if response.status != HTTPStatus.OK:
            raise UpdateError(f"<{url}> cannot be loaded: it answers {response.status}")
        media_type = response.getheader("Content-Type", "")
        form = find_format(media_type, urlsplit(url).path)
        if form is None or response.getheader("Content-Encoding", "identity") != "identity":
            raise UpdateError(
                f"<{url}> cannot be loaded: it is {media_type or 'of no type'}, or encoded; "
                f"taken are {', '.join(ACCEPTED)}"
            )
        data = bytearray()
        while chunk := response.read1(_CHUNK):
            data += chunk
            if len(data) > self.size:
                raise UpdateError(f"<{url}> is not loaded: it has more than {self.size} bytes")
            _remaining(deadline)
        # What was shut at the deadline looks as if it had come to its end.
        _remaining(deadline)
        if response.length:
            raise UpdateError(f"<{url}> cannot be loaded: it broke off")
        return Document(data=bytes(data), form=form, base=url)


def is_allowed(url: str, allow: Sequence[str]) -> bool:
    """Return whether one of the hosts or URL prefixes covers a URL.

    >>> is_allowed("https://example.org/data/a.ttl", ["https://example.org/data"])
    True
    >>> is_allowed("https://example.org.evil.test/", ["example.org", "https://example.org"])
    False
    """
    return any(_covers(entry, urlsplit(url)) for entry in allow)


def is_public(address: str) -> bool:
    """Return whether an IP address is one of the public network (RFC 6890).

    IPv4 addresses inside IPv6 ones count as what they are.

    >>> is_public("93.184.216.34"), is_public("::ffff:127.0.0.1"), is_public("169.254.169.254")
    (True, False, False)
    """
    try:
        found: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, IPv6Address):
        if found.packed.startswith(_NAT64):
            return is_public(str(IPv4Address(found.packed[12:])))
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo and found.teredo[1])
        if inner:
            return is_public(str(inner))
    return found.is_global and not (
        found.is_multicast or found.is_reserved or found.is_unspecified or found.is_loopback
    )


def _check_url(url: str, allow: Sequence[str]) -> SplitResult:
    parts = urlsplit(url)
    if parts.scheme not in _PORTS or not parts.hostname or "@" in parts.netloc:
        raise UpdateError(f"<{url}> is not loaded: only plain http and https URLs are")
    if not url.isascii() or not url.isprintable() or " " in url:
        raise UpdateError(f"<{url}> is not loaded: percent-encode what is not ASCII in it")
    if not is_allowed(url, allow):
        raise UpdateError(
            f"<{url}> is not loaded: it is not among what this service may load "
            "(impactgraph serve --load-allow)"
        )
    return parts


def _covers(entry: str, parts: SplitResult) -> bool:
    if "://" not in entry:
        own = urlsplit(f"//{entry}")
        return own.hostname == parts.hostname and (
            _port(parts) == (own.port or _PORTS.get(parts.scheme))
        )
    own = urlsplit(entry)
    if (own.scheme, own.hostname, _port(own)) != (parts.scheme, parts.hostname, _port(parts)):
        return False
    stem = own.path.rstrip("/")
    # A server may take %2e%2e for "..": the way must not lead out of the prefix again.
    steps = unquote(parts.path).replace("\\", "/").split("/")
    return (parts.path == own.path or f"{parts.path}/".startswith(f"{stem}/")) and not (
        stem and {".", ".."} & set(steps)
    )


def _port(parts: SplitResult) -> int | None:
    return parts.port or _PORTS.get(parts.scheme)


def _redirection(response: http.client.HTTPResponse) -> str | None:
    statuses = (
        HTTPStatus.MOVED_PERMANENTLY,
        HTTPStatus.FOUND,
        HTTPStatus.SEE_OTHER,
        HTTPStatus.TEMPORARY_REDIRECT,
        HTTPStatus.PERMANENT_REDIRECT,
    )
    return response.getheader("Location") if response.status in statuses else None


def _remaining(deadline: float) -> float:
    left = deadline - time.monotonic()
    if left <= 0:
        raise TimeoutError("it took too long")
    return left


def _shut_down(connection: http.client.HTTPConnection) -> None:
    # It may be closed by now.
    with suppress(OSError, AttributeError):
        connection.sock.shutdown(socket.SHUT_RDWR)
