"""The remedies that take no new source, gathered: what to cite, and which marks to move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, node_of
from impactgraph.model import Basis, Step
from impactgraph.remedies import Action, Remedies
from impactgraph.wording import capitalise, join_words, name_together

__all__ = ["gather_tidying"]


def gather_tidying(graph: CaseGraph, remedies: Remedies) -> tuple[str, ...]:
    """Return in a line what can be mended in the text alone.

    Args:
        graph: a case study's graph.
        remedies: what would close its gaps.
    """
    said = "; ".join((*_gather_citing(remedies), *_gather_marks(graph)))
    return (f"{capitalise(said)}.",) if said else ()


def _gather_citing(remedies: Remedies) -> Iterator[str]:
    """Yield which output may have informed what, and of which pathways nothing is said."""
    suggested, silent = defaultdict[GraphNode, list[GraphNode]](list), []
    for remedy in remedies.remedies:
        if remedy.action is Action.CITE:
            if len(remedy.nodes) == 1:
                silent.append(remedy.nodes[0])
            else:
                output, target = remedy.nodes
                suggested[target].append(output)
    if not (suggested or silent):
        return
    said = "say in section 4 which finding or output informed what, where one did"
    if suggested:
        each = [
            f"{name_together(outputs)} for {target.name}"
            for target, outputs in sorted(suggested.items(), key=lambda one: one[0].sort_key)
        ]
        said += f" (by topic, perhaps {join_words(each)})"
    if silent:
        said += f", and which of them {name_together(silent)} drew on"
    yield said


def _gather_marks(graph: CaseGraph) -> Iterator[str]:
    """Yield where to look for sentences in which the letter of a source may be missing."""
    sourced, meant = set[str](), set[str]()
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY:
            (sourced if link.basis is Basis.STATED else meant).add(link.origin)
    if any(node_of(graph, iri).kind is Kind.CLAIM for iri in meant - sourced):
        yield (
            "where a source shows a sentence that has no letter, put its letter there (the claims "
            "are in the annex)"
        )
