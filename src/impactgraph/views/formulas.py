"""Texts that a spreadsheet would take for formulas (CWE-1236)."""

from __future__ import annotations

__all__ = ["looks_like_formula"]

_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "|", "%")


def looks_like_formula(text: str) -> bool:
    """Return whether a spreadsheet might run a text instead of showing it.

    >>> looks_like_formula(" =1+1"), looks_like_formula("a = b")
    (True, False)
    """
    return text.lstrip(" ").startswith(_STARTS)
