"""The entries of the lists in sections 3 and 5: where each begins and ends, and its label."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from impactgraph.documents import Block, PlainText, Span
from impactgraph.extraction.numbering import divide_units, number_units
from impactgraph.extraction.reading import Entry
from impactgraph.extraction.roles import assign_roles, mark_outputs, mark_sources
from impactgraph.extraction.scopes import (
    Scope,
    is_continuation,
    looks_like_note,
    looks_like_reference,
)
from impactgraph.extraction.series import choose_family
from impactgraph.extraction.units import Role, Unit, gather_units

__all__ = ["Listed", "split_entries"]


@dataclass(frozen=True, slots=True)
class Listed:
    """An item of a section's lists, and what it is.

    `start` is where its own words begin, behind the label; `blocks` are those that it stands in.
    """

    role: Role
    entry: Entry
    start: int
    blocks: tuple[Block, ...]


def split_entries(plain: PlainText, section: str) -> tuple[Listed, ...]:
    """Return the items of the lists of section 3 or 5, in the order of the text.

    Args:
        plain: the document's plain text.
        section: "3" or "5".
    """
    units = gather_units(plain, section)
    listed = [unit for unit in units if unit.scope is Scope.ENTRIES]
    family = choose_family(plain, listed, section)
    if family is None and not any(looks_like_reference(unit.words) for unit in listed):
        family = choose_family(plain, units, section)
    if family is not None:
        number_units(units, section, family)
        units = divide_units(units)
        if section == "3":
            assign_roles(units, family)
    elif section == "3":
        mark_outputs(units)
    else:
        mark_sources(units)
    return tuple(_assemble(plain, units, section))


def _assemble(plain: PlainText, units: Sequence[Unit], section: str) -> Iterator[Listed]:
    ordinals = Counter(
        (unit.label.family, unit.label.ordinal) for unit in units if unit.starts and unit.label
    )
    run: list[Unit] = []
    for unit in units:
        if unit.heading or unit.starts or (section == "3" and _is_aside(unit)):
            if run:
                yield _list(plain, run, ordinals)
            run = [unit] if unit.starts and not unit.heading else []
        elif run:
            run.append(unit)
    if run:
        yield _list(plain, run, ordinals)


def _is_aside(unit: Unit) -> bool:
    return looks_like_note(unit.words) and not is_continuation(unit.words)


def _list(plain: PlainText, run: Sequence[Unit], ordinals: Counter[tuple[str, int]]) -> Listed:
    first = run[0]
    label = first.label
    start = first.span.start
    words = plain.text[start : run[-1].span.end].rstrip(" ;")
    printed: str | None = None
    parts: tuple[str, ...] = ()
    if label and not first.lost:
        alone = ordinals[label.family, label.ordinal] == 1
        # The first part's label is not that of an entry that has all parts.
        printed = label.stem if alone else label.printed
        parts = _find_parts(words, label.stem) if printed == label.stem else ()
    return Listed(
        first.role,
        Entry(Span(start, start + len(words)), printed, first.lost, parts),
        min(start + (label.end if label else 0), start + len(words)),
        tuple(unit.block for unit in run),
    )


def _find_parts(words: str, stem: str) -> tuple[str, ...]:
    """Return the labels of an entry's parts that stand in its words: 3a, 3b."""
    return tuple(dict.fromkeys(match[0] for match in _compile_parts(stem).finditer(words)))


@lru_cache(maxsize=1024)
def _compile_parts(stem: str) -> re.Pattern[str]:
    """Return the pattern of a label's parts; most labels are those of many documents."""
    return re.compile(
        rf"(?<![\w.]){re.escape(stem)}[. ]?\(?"
        r"(?:[a-h]|[ivx]{1,4}|(?<=\.)\d{1,2})(?![\w.]\w)(?!\w)"
    )
