"""The labels of list entries, as they are printed: "1.", "(a)", "[R1]", "3.1", "•"."""

from __future__ import annotations

import re

__all__ = ["LABEL", "follows_label"]

LABEL = re.compile(
    r"(?:[-•●▪■◦‣⁃·–—○➢✓\uf0b7\uf0a7\uf0d8\uf076]|o(?= )"
    r"|[\[(]?[A-Z]{0,2}\d{1,2}(?:\.\d{1,2}){0,2}(?:[a-z]?[\])]|[a-z]?[.:)]|(?<=[A-Z]\d)|(?<=\.\d))"
    r"|[\[(]?(?:[A-Za-z]|[ivx]{1,5})[.)\]][.:]?)(?=\s|$)"
)
"""What stands before an entry of a list: "1.", "(a)", "[R1]", "3.1", "•"."""


def follows_label(before: str, label: str) -> bool:
    """Return whether a label comes after another in one list.

    >>> follows_label("(a)", "(b)"), follows_label("R9.", "R10."), follows_label("1.", "J.")
    (True, True, False)
    """
    shape, other = (re.sub(r"[A-Za-z0-9]+", "#", one) for one in (before, label))
    ordinals = _ordinal(before), _ordinal(label)
    if shape != other or ordinals[0][0] != ordinals[1][0]:
        return before == label and shape == before
    return ordinals[1][1] == ordinals[0][1] + 1


def _ordinal(label: str) -> tuple[str, int]:
    digits = re.search(r"(.*?)(\d+)\D*$", label)
    if digits:
        return digits[1], int(digits[2])
    letter = re.search(r"[A-Za-z]", label)
    return ("", ord(letter[0])) if letter else ("", 0)
