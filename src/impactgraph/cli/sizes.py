"""Sizes in bytes, as people write them."""

from __future__ import annotations

import re
from typing import Annotated

import typer

__all__ = ["Size", "parse_size", "show_size"]

_UNITS = {"": 0, "K": 1, "M": 2, "G": 3, "T": 4}
_SIZE = re.compile(r"(\d{1,15}(?:\.\d{1,3})?)\s*([KMGT]?)(?:I?B)?", re.IGNORECASE)


def parse_size(text: str) -> int:
    """Return a size in bytes; units are powers of 1024.

    >>> parse_size("512M"), parse_size("1.5 GiB"), parse_size("100")
    (536870912, 1610612736, 100)

    Raises:
        typer.BadParameter: the text is no size.
    """
    match = _SIZE.fullmatch(text.strip())
    if match is None:
        raise typer.BadParameter(f"{text!r} is no size; write 512M, 1.5G or a number of bytes")
    return int(float(match[1]) * 1024 ** _UNITS[match[2].upper()])


def show_size(size: int) -> str:
    """Return a size as `parse_size` takes it, in the largest unit that fits.

    >>> show_size(1024**3), show_size(1000)
    ('1G', '1000')
    """
    for unit in ("T", "G", "M", "K"):
        number, rest = divmod(size, 1024 ** _UNITS[unit])
        if number and not rest:
            return f"{number}{unit}"
    return str(size)


Size = Annotated[int, typer.Option(parser=parse_size, metavar="SIZE")]
"""An option that takes a size."""
