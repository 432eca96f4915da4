"""What an act of curation did: the gaps that it closed and opened, how its target stands now."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass

from impactgraph.curation import ActKind, Curation, KeptAct, is_link
from impactgraph.gaps import KINDS, Gap, find_gaps
from impactgraph.graph import CaseGraph, links_of, node_of
from impactgraph.model import Basis
from impactgraph.views.places import Place, view_places
from impactgraph.wording import capitalise, count_of, in_sentence

__all__ = ["ChangedGap", "GapChange", "compare_gaps", "say_state"]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangedGap:
    """A gap that an act closed or opened, with those of its nodes that are there now."""

    title: str
    severity: str
    reason: str
    places: tuple[Place, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapChange:
    """The single gaps that an act closed and those that it opened."""

    closed: tuple[ChangedGap, ...]
    opened: tuple[ChangedGap, ...]

    @property
    def sentence(self) -> str:
        """How many gaps were closed and opened.

        >>> GapChange(closed=(), opened=()).sentence
        'It closed no gap and opened none.'
        """
        opened = str(len(self.opened)) if self.opened else "none"
        closed = count_of(len(self.closed), "gap") if self.closed else "no gap"
        return f"It closed {closed} and opened {opened}."


def compare_gaps(before: CaseGraph, after: CaseGraph) -> GapChange:
    """Return how the gaps of a case study differ, by what is stated and curated.

    Args:
        before: its graph as it was.
        after: its graph as it is now.

    Returns:
        Single gaps: one that gathers others counts as these.
    """
    then, now = _list_single(before), _list_single(after)
    return GapChange(
        closed=_view([gap for key, gap in then.items() if key not in now], after),
        opened=_view([gap for key, gap in now.items() if key not in then], after),
    )


def say_state(curation: Curation, kept: KeptAct, graph: CaseGraph) -> str:
    """Return in a sentence how what an undoing was about stands now; nothing for other acts."""
    by_iri = {one.act.iri: one for one in curation.acts}
    undone: KeptAct | None = kept
    while undone is not None and undone.act.decision.kind is ActKind.UNDO:
        undone = by_iri.get(undone.act.decision.target or "")
    if undone is None or undone is kept:
        return ""
    decision = undone.act.decision
    if undone.holds:
        return "What was undone holds again."
    target = decision.target
    if target is None:
        return "It no longer holds: the link that was added is gone."
    if is_link(target, curation.case_study):
        link = next((link for link in links_of(graph) if link.iri == target), None)
        if link is None:
            return "It no longer holds."
        waits = " and awaits a decision" if link.basis is Basis.INFERRED else ""
        return f"It no longer holds: the link is {link.basis.value} again{waits}."
    if target not in graph:
        return "It no longer holds."
    node = node_of(graph, target)
    if decision.label:
        return f"It no longer holds: the label is “{node.label}” again."
    number = sum(target in (link.origin, link.target) for link in links_of(graph))
    return (
        f"It no longer holds: {in_sentence(node.name)} is there again, "
        f"with {count_of(number, 'link')}."
    )


def _list_single(graph: CaseGraph) -> Mapping[tuple[str, frozenset[str]], Gap]:
    return {
        (gap.kind, frozenset(gap.at)): gap
        for found in find_gaps(graph, basis=Basis.CURATED)
        for gap in found.members or (found,)
    }


def _view(gaps: Collection[Gap], graph: CaseGraph) -> tuple[ChangedGap, ...]:
    return tuple(
        ChangedGap(
            title=KINDS[gap.kind].title,
            severity=gap.severity.value,
            reason=capitalise(gap.reason),
            places=view_places([node for node in gap.nodes if node.iri in graph], graph),
        )
        for gap in gaps
    )
