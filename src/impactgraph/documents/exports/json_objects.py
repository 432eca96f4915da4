"""The objects of a JSON array, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import IO, Any

from impactgraph.errors import DocumentError

__all__ = ["read_objects"]

_LARGEST_FILE = 400_000_000
_LARGEST_OBJECT = 8_000_000
_CHUNK = 1 << 18
_SPACE = " \t\r\n"


def read_objects(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the objects of a JSON file that holds an array of them, or a single one (RFC 8259).

    Raises:
        DocumentError: the file cannot be read, is no such JSON, or is beyond measure.
    """
    try:
        if path.stat().st_size > _LARGEST_FILE:
            raise DocumentError(f"{path} has more than {_LARGEST_FILE} bytes")
        with path.open(encoding="utf-8-sig") as file:
            yield from _read_array(file)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    except UnicodeDecodeError as error:
        raise DocumentError(f"{path} is no UTF-8, as JSON must be") from error
    except RecursionError as error:
        raise DocumentError(
            f"{path} has arrays or objects nested too deep to be read; case studies stand in one "
            "array of plain objects: export them anew"
        ) from error
    except json.JSONDecodeError as error:
        raise DocumentError(f"{path} is no JSON that can be read: {error}") from error


def _read_array(file: IO[str]) -> Iterator[dict[str, Any]]:
    decoder = json.JSONDecoder()
    buffer = file.read(_CHUNK).lstrip(_SPACE)
    in_array = buffer.startswith("[")
    buffer = buffer[1:] if in_array else buffer
    while True:
        buffer = buffer.lstrip(_SPACE + "," if in_array else _SPACE)
        if not buffer or (in_array and buffer.startswith("]")):
            more = file.read(_CHUNK) if not buffer else ""
            if not more:
                return
            buffer = more
            continue
        value, end, buffer = _decode_next(decoder, buffer, file)
        if not isinstance(value, dict):
            raise DocumentError("it holds values that are no objects")
        yield value
        buffer = buffer[end:]


def _decode_next(decoder: json.JSONDecoder, buffer: str, file: IO[str]) -> tuple[Any, int, str]:
    """Return the value at the start of the buffer, where it ends, and the buffer with it whole."""
    while True:
        try:
            value, end = decoder.raw_decode(buffer)
        except json.JSONDecodeError:
            if len(buffer) > _LARGEST_OBJECT:
                raise DocumentError(
                    f"it holds an object of more than {_LARGEST_OBJECT} characters"
                ) from None
            # Twice as much each time, lest a large object be read over and over.
            more = file.read(max(_CHUNK, len(buffer)))
            if not more:
                raise
            buffer += more
        else:
            return value, end, buffer
