"""Labels inside a paragraph, where several entries stand in one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache

from impactgraph.extraction.labels import Label

__all__ = ["find_run_in_labels"]

_ENDED = r"(?:(?<=[.;:,)\]>”’\"'\n])|(?<=[.;:,)\]>”’\"'\n]\s)|(?<=\d)|(?<=\d\s))"

_compile = lru_cache(maxsize=1024)(re.compile)  # most labels are those of many documents


def find_run_in_labels(
    words: str, raw: str, label: Label, until: int | None
) -> Iterator[tuple[int, Label]]:
    """Yield the labels that go on from `label` in the words of its entry, with their places.

    Args:
        words: what stands behind the label.
        raw: the label with its brackets and stops.
        label: the label.
        until: the ordinal of the next entry's label, if there is one: only what lies between is
            looked for.
    """
    position, ordinal = 0, label.ordinal + 1
    found = []
    while until is None or ordinal < until:
        pattern = _pattern(raw, label, ordinal)
        match = pattern.search(words, position) if pattern else None
        if not match:
            break
        printed = re.sub(r"[\[\]()\s.:;–-]+$|^[\[(\s]+", "", match[0])
        following = Label(
            printed,
            printed,
            label.family,
            ordinal,
            "",
            match.end() - match.start(),
            nested=label.nested,
        )
        found.append((match.start(), following))
        position, ordinal = match.end(), ordinal + 1
    if until is not None or len(found) > 1 or not _is_plain(raw, label):
        yield from found


def _is_plain(raw: str, label: Label) -> bool:
    """Return whether a label looks like other things in a text: 2. or b), but not [2] or R2."""
    return not raw.lstrip().startswith("[") and label.family in (
        "#",
        "(#",
        "A",
        "a",
        "(a",
        "(A",
        "i",
        "I",
    )


def _pattern(raw: str, label: Label, ordinal: int) -> re.Pattern[str] | None:
    core = _following(label, ordinal)
    if core is None:
        return None
    raw = raw.strip()
    if raw.startswith(("[", "(")) and raw.rstrip(".,:;-–— ").endswith(("]", ")")):
        opening, closing = re.escape(raw[0]), r"\]" if raw[0] == "[" else r"\)"
        boundary = "" if raw[0] == "[" else _ENDED
        return _compile(rf"{boundary}{opening}\s?{core}\s?{closing}[.:,]?")
    tail = r"\s?[.:)]" if raw[-1] in ".:)" else r"(?:\s?[-–—:](?=\s))?"
    apart = r"(?<![\w(\[–-])" if label.printed[0].isalpha() else r"(?<![\w./(\[–-])"
    return _compile(rf"{_ENDED}{apart}{core}{tail}(?=\s?[^\W\d_a-z]|\s[‘“'\"\[(])")


def _following(label: Label, ordinal: int) -> str | None:
    """Return the pattern of the label with another ordinal, spaced as the first."""
    printed = label.printed
    if label.nested or label.sub:
        return None
    if printed[-1].isdigit():
        stem = printed.rstrip("0123456789")
        return re.escape(stem).replace(r"\ ", r"\s?") + rf"0?{ordinal}(?!\d)"
    if ordinal > 26:
        return None
    letter = chr(ordinal + (64 if printed[-1].isupper() else 96))
    return re.escape(printed[:-1]).replace(r"\ ", r"\s?") + letter
