"""Sending an answer: from memory or from a file, compressed where that is worth it."""

from __future__ import annotations

import asyncio
import gzip
import zlib
from collections.abc import Iterator
from typing import BinaryIO

from impactgraph_api.cors import RawHeaders
from impactgraph_api.sparql.exchange import ClientGoneError, Exchange

__all__ = ["WORTH_COMPRESSING", "compress", "describe_body", "send_body", "send_file"]

WORTH_COMPRESSING = 1024
"""Bytes below which compressing saves no packet."""

_PART = 256 * 1024
_INLINE = 32 * 1024
_LEVEL = 4
_FASTEST = 1
_GZIP = 16 + zlib.MAX_WBITS


async def compress(body: bytes) -> bytes:
    """Return a body compressed as gzip (RFC 1952), without holding up other requests."""
    if len(body) <= _INLINE:
        return gzip.compress(body, _LEVEL, mtime=0)
    return await asyncio.to_thread(gzip.compress, body, _LEVEL, mtime=0)


def describe_body(body: bytes, *, compressed: bool) -> RawHeaders:
    """Return the headers that a body gives, compressed as gzip or not."""
    length = (b"content-length", b"%d" % len(body))
    return [length, (b"content-encoding", b"gzip")] if compressed else [length]


async def send_body(
    exchange: Exchange, status: int, headers: RawHeaders, body: bytes, *, compressed: bool = False
) -> None:
    """Send a whole answer, to HEAD without its body.

    Args:
        exchange: the request.
        status: of the answer.
        headers: all but those that the body gives.
        body: as it goes over the wire.
        compressed: whether that is gzip.
    """
    await exchange.start(status, [*headers, *describe_body(body, compressed=compressed)])
    await exchange.send_part(b"" if exchange.method == "HEAD" else body)


async def send_file(
    exchange: Exchange, headers: RawHeaders, file: BinaryIO, size: int, *, compressed: bool
) -> None:
    """Send a file, part by part as the client takes them, and close it.

    Args:
        exchange: the request.
        headers: all but those that the body gives.
        file: at its beginning.
        size: how many bytes it has.
        compressed: whether to compress it; how long it gets is not known beforehand then.

    Raises:
        ClientGoneError: the client went away or stopped reading.
    """
    with file:
        sent = [*headers]
        if compressed:
            sent.append((b"content-encoding", b"gzip"))
        else:
            sent.append((b"content-length", b"%d" % size))
        await exchange.start(200, sent)
        if exchange.method == "HEAD":
            await exchange.send_part(b"")
            return
        parts = _compress_parts(file) if compressed else iter(lambda: file.read(_PART), b"")
        gone = asyncio.ensure_future(exchange.wait_until_gone())
        try:
            # Reading and compressing would hold up other requests.
            while (part := await asyncio.to_thread(next, parts, None)) is not None:
                if gone.done():
                    raise ClientGoneError
                await exchange.send_part(part, more=True)
        finally:
            gone.cancel()
            await asyncio.wait({gone})
        await exchange.send_part(b"")


def _compress_parts(file: BinaryIO) -> Iterator[bytes]:
    compressor = zlib.compressobj(_FASTEST, wbits=_GZIP)
    while part := file.read(_PART):
        if compressed := compressor.compress(part):
            yield compressed
    yield compressor.flush()
