"""Bytes on a connection, sent and read with no client library to tidy them."""

from __future__ import annotations

import socket
import time
from collections.abc import Iterable, Iterator
from contextlib import contextmanager, suppress

from serving import Service

__all__ = ["REFUSED", "connect", "read_status", "send_raw"]

REFUSED = 0
"""Stands for a connection that the service closed or reset without an answer."""


@contextmanager
def connect(service: Service, seconds: float = 15) -> Iterator[socket.socket]:
    with socket.create_connection(service.address, timeout=seconds) as connection:
        yield connection


def send_raw(service: Service, *parts: bytes | Iterable[bytes], seconds: float = 15) -> int:
    """Send bytes as they are; gives the status of the first answer, or REFUSED.

    Sending stops where the service closes the connection; an answer that it gave first is read.
    """
    try:
        with connect(service, seconds) as connection:
            with suppress(ConnectionError):
                for part in parts:
                    for piece in [part] if isinstance(part, bytes) else part:
                        connection.sendall(piece)
            return read_status(connection, seconds)
    except ConnectionError:
        return REFUSED


def read_status(connection: socket.socket, seconds: float = 15) -> int:
    """The status of the next answer; REFUSED where the connection ends without one."""
    received = b""
    deadline = time.monotonic() + seconds
    while b"\r\n" not in received:
        connection.settimeout(max(0.05, deadline - time.monotonic()))
        try:
            piece = connection.recv(4096)
        except ConnectionError:
            return REFUSED
        if not piece:
            return REFUSED
        received += piece
    words = received.split(maxsplit=2)
    assert words[0].startswith(b"HTTP/1."), f"no answer in HTTP: {received[:200]!r}"
    return int(words[1])
