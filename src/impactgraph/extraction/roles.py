"""What the items of section 3 and 5 are: entries, grants or asides; and lists without labels."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from impactgraph.documents import BlockKind
from impactgraph.extraction.scopes import (
    Scope,
    is_continuation,
    is_published,
    looks_like_grant,
    looks_like_note,
    looks_like_reference,
    names_award,
    states_money,
)
from impactgraph.extraction.series import GRANT_FAMILIES
from impactgraph.extraction.units import Role, Unit

__all__ = ["assign_roles", "mark_outputs", "mark_sources"]

_SHORTEST_OUTPUT = 20


def assign_roles(units: Sequence[Unit], family: str) -> None:
    """Tell grants and notes from outputs: they stand below a heading of their own or come last.

    Args:
        units: the blocks of section 3, with the items of its labelled lists begun.
        family: the labels of its first list.
    """
    last = max((index for index, unit in enumerate(units) if unit.starts), default=0)
    published = 0
    for index, unit in enumerate(units):
        if unit.starts:
            unit.role = _find_role(unit)
            if unit.label and unit.label.family != family and unit.scope is not Scope.ENTRIES:
                unit.role = Role.GRANT if unit.role is Role.GRANT else Role.ASIDE
            elif unit.role is Role.ENTRY and unit.scope is Scope.ENTRIES:
                published = index
        elif (index > last or unit.scope is Scope.GRANTS) and _is_further_grant(unit):
            unit.starts, unit.role = True, Role.GRANT
    for unit in units[:published]:
        labelled = unit.starts and unit.label and unit.label.family == family
        surely_grant = states_money(unit.words) and not looks_like_reference(unit.own_words)
        if labelled and unit.scope is Scope.ENTRIES and not surely_grant:
            unit.role = Role.ENTRY
    following = False
    for unit in reversed(units):
        if following and _is_output_among_grants(unit, family):
            unit.role = Role.ENTRY
        following |= unit.starts and unit.role is Role.ENTRY


def _is_output_among_grants(unit: Unit, family: str) -> bool:
    """Return whether an item is numbered as outputs are, where each has its grants below it."""
    return bool(
        unit.starts
        and unit.label
        and unit.label.family == family
        and unit.label.end
        and len(family) > 1
        and unit.scope is Scope.GRANTS
        and looks_like_reference(unit.own_words)
        and not looks_like_grant(unit.own_words)
    )


def _find_role(unit: Unit) -> Role:
    words = unit.own_words
    if unit.label and unit.label.family in GRANT_FAMILIES:
        return Role.GRANT
    if is_published(words):
        return Role.ENTRY
    if looks_like_grant(words) or unit.scope is Scope.GRANTS:
        return Role.GRANT
    if unit.scope is Scope.NOTES and not looks_like_reference(words):
        return Role.ASIDE
    return Role.ENTRY


def _is_further_grant(unit: Unit) -> bool:
    if unit.heading or (is_continuation(unit.words) and not unit.labels):
        return False
    return looks_like_grant(unit.words) or (unit.scope is Scope.GRANTS and names_award(unit.words))


def mark_outputs(units: Sequence[Unit]) -> None:
    """Let the items of section 3 begin where it has no labels: what reads like a reference.

    Where nothing does, whatever is no remark and no grant is an output.
    """
    usable = [unit for unit in units if not unit.heading]
    for surely in (True, False):
        inside = False
        for unit in usable:
            if inside and unit.block.kind is BlockKind.ITEM:
                continue
            unit.starts = not is_continuation(unit.words) and _may_be_output(unit, surely=surely)
            inside = unit.starts and _announces_parts(unit)
        for unit in usable:
            if unit.starts:
                unit.role = Role.ASIDE if unit.scope is Scope.NOTES else _find_role(unit)
            elif unit.scope is Scope.GRANTS or looks_like_grant(unit.words):
                unit.starts = _is_further_grant(unit)
                unit.role = Role.GRANT
        if any(unit.starts and unit.role is Role.ENTRY for unit in usable):
            return


def _may_be_output(unit: Unit, *, surely: bool) -> bool:
    if looks_like_reference(unit.words) or _announces_parts(unit):
        return True
    return not surely and len(unit.words) > _SHORTEST_OUTPUT and not looks_like_note(unit.words)


def _announces_parts(unit: Unit) -> bool:
    return unit.words.rstrip().endswith(":") and not looks_like_note(unit.words)


def mark_sources(units: Sequence[Unit]) -> None:
    """Let the items of section 5 begin where it has no labels: its paragraphs or list items."""
    usable = [unit for unit in units if not unit.heading]
    items = [unit for unit in usable if unit.block.kind is BlockKind.ITEM]
    levels = Counter(unit.block.level for unit in items)
    level = max(levels, key=lambda depth: (levels[depth], -depth), default=0)
    items = [unit for unit in items if unit.block.level <= level]
    paragraphs = [
        unit
        for unit in usable
        if unit.block.kind is not BlockKind.ITEM and not is_continuation(unit.words)
    ]
    by_items = len(items) > 1 and len(items) >= len(paragraphs)
    for unit in items if by_items else paragraphs or items:
        unit.starts = True
