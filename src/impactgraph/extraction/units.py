"""The blocks of section 3 or 5 as units of its lists, each below its heading."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from enum import StrEnum

from impactgraph.documents import Block, BlockKind, PlainText, Span
from impactgraph.extraction.labels import Label, read_labels, read_marker
from impactgraph.extraction.scopes import (
    Scope,
    is_heading,
    is_section_heading,
    read_scope,
    skip_section_heading,
)

__all__ = ["Role", "Unit", "gather_units"]


class Role(StrEnum):
    """What an item of a section's lists is."""

    ENTRY = "entry"
    GRANT = "grant"
    ASIDE = "aside"


@dataclass(slots=True)
class Unit:
    """A block of a list, or what of it stands behind a label inside it.

    `labels` are those that it may begin with; `starts` says whether an item begins here, `label`
    with which label, and `lost` whether the document shows another one than the text cites.
    """

    block: Block
    span: Span
    words: str
    labels: tuple[Label, ...]
    heading: bool = False
    scope: Scope = Scope.ENTRIES
    label: Label | None = None
    starts: bool = False
    role: Role = Role.ENTRY
    lost: bool = False

    @property
    def own_words(self) -> str:
        """The words behind the label."""
        return self.words[self.label.end :] if self.label else self.words

    def label_of(self, family: str) -> Label | None:
        """Return the label of a family that the unit may begin with."""
        return next((label for label in self.labels if label.family == family), None)

    def start(self, label: Label, *, lost: bool = False) -> None:
        """Begin an item here."""
        self.label = label
        self.starts = True
        self.lost = lost


def gather_units(plain: PlainText, section: str) -> list[Unit]:
    """Return the blocks of a section without its title and empty ones, each below its heading."""
    units = []
    scope = Scope.ENTRIES
    for block in plain.blocks_of(section):
        words = plain.words(block.span)
        if is_section_heading(words) or not re.search(r"\w", words):
            continue
        start = skip_section_heading(words)
        if block.kind is BlockKind.ROW:
            start += len(words) - len(words.lstrip("| "))
        span = Span(block.span.start + start, block.span.end)
        marker = read_marker(block.marker)
        own = tuple(label for label in read_labels(words[start:]) if not (label.weak and marker))
        families = {label.family for label in own}
        labels = own + tuple(
            replace(label, end=0) for label in marker if label.family not in families
        )
        unit = Unit(block, span, words[start:], labels)
        if all(label.weak for label in own) and is_heading(plain, block):
            unit.heading = True
            scope = read_scope(words, section, scope)
        unit.scope = scope
        units.append(unit)
    return units
