"""Addresses on the web, as they were before a mail program wrapped them."""

from __future__ import annotations

import re
from urllib.parse import unquote

__all__ = ["unwrap_addresses"]

_WRAPPED = re.compile(
    r"https?://[\w-]{1,40}\.safelinks\.protection\.outlook\.com/[^\s<>()\[\]?]{0,100}"
    r"\?(?:[^\s<>()\[\]&]{1,100}&(?:amp;)?){0,5}?url=(?P<address>[^\s<>()\[\]&]{1,4000})"
    r"(?:&[^\s<>()\[\]]{0,4000})?",
    re.IGNORECASE,
)
_NO_ADDRESS = re.compile(r"[\s<>]")


def unwrap_addresses(text: str) -> str:
    r"""Return a text with Outlook's "safe links" replaced by the addresses that they lead to.

    >>> unwrap_addresses(
    ...     "https://eur03.safelinks.protection.outlook.com/?url=https%3A%2F%2Fa.org%2F&data=1"
    ... )
    'https://a.org/'
    """
    if "safelinks.protection" not in text:
        return text
    return _WRAPPED.sub(_unwrap, text)


def _unwrap(match: re.Match[str]) -> str:
    address = unquote(match["address"])
    if not address.lower().startswith(("http://", "https://")) or _NO_ADDRESS.search(address):
        return match[0]
    return address.replace("(", "%28").replace(")", "%29")
