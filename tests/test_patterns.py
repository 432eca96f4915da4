"""Regular expressions that mean the same in every Python that impactgraph runs on.

Before Python 3.11.5, a possessive quantifier over a group goes on behind what its last attempt
consumed in vain (CPython's gh-106052); over one character or class it is right. An atomic group is
right too, but one that repeats a group keeps a record of each repetition: 60 MB for each of text.
"""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
REPEATED_GROUP = re.compile(r"(?<![(\\])\)\s*(?:[*+?]|\{[\d,]+\})\+|\(\?>")


def find_repeated_groups(source: str) -> list[int]:
    """Return the lines of Python that hold a string with such a pattern."""
    found = []
    tree = ast.parse(source)
    parts = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr):
            # What is put in may be a group.
            text = "".join(
                str(part.value) if isinstance(part, ast.Constant) else "(?:x)"
                for part in node.values
            )
        elif isinstance(node, ast.Constant) and id(node) not in parts:
            text = str(node.value)
        else:
            continue
        if REPEATED_GROUP.search(text):
            found.append(node.lineno)
    return found


def test_no_pattern_repeats_a_group_possessively() -> None:
    files = [*ROOT.glob("src/**/*.py"), *ROOT.glob("api/**/*.py")]
    assert len(files) > 100
    found = {
        f"{file.relative_to(ROOT)}:{line}"
        for file in files
        for line in find_repeated_groups(file.read_text(encoding="utf-8"))
    }
    assert found == set()


@pytest.mark.parametrize(
    "pattern",
    ['r"(?:a|b)*+"', 'r"(?:ab)++"', 'r"(a.)?+"', 'r"(?:ab){2,}+"', 'r"(?>ab*)"', 'rf"{A}*+"'],
)
def test_it_would_be_found(pattern: str) -> None:
    assert find_repeated_groups(f"\nP = {pattern}") == [2]


@pytest.mark.parametrize("pattern", ['r"[ab]*+\\w++\\(*+[()*+]"', 'rf"(?:{A})* [{A}]++ a{{2}}"'])
def test_other_quantifiers_are_not(pattern: str) -> None:
    assert find_repeated_groups(f"P = {pattern}") == []
