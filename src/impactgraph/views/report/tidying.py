"""The remedies that take no new source, gathered: what to cite, and which marks to move."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, node_of
from impactgraph.model import Basis, Step
from impactgraph.remedies import Action, Remedies
from impactgraph.wording import count_of, join_words, name_together

__all__ = ["gather_tidying"]


def gather_tidying(graph: CaseGraph, remedies: Remedies) -> tuple[str, ...]:
    """Return in a line or two what can be mended in the text alone.

    Args:
        graph: a case study's graph.
        remedies: what would close its gaps.
    """
    return (*_gather_citing(remedies), *_gather_marks(graph))


def _gather_citing(remedies: Remedies) -> Iterator[str]:
    """Yield which output may have informed what, and of which pathways nothing is said."""
    suggested, silent = [], []
    for remedy in remedies.remedies:
        if remedy.action is Action.CITE:
            if len(remedy.nodes) == 1:
                silent.append(remedy.nodes[0])
            else:
                output, target = remedy.nodes
                suggested.append(f"{output.name} for {target.name}")
    if not (suggested or silent):
        return
    said = "Say in section 4 which finding or output informed which pathway or impact, where it did"
    if suggested:
        said += f". What the outputs report suggests {join_words(suggested)}"
    if silent:
        said += f"{';' if suggested else '.'} {'n' if suggested else 'N'}othing suggests what "
        said += f"{name_together(silent)} carried"
    yield f"{said}."


def _gather_marks(graph: CaseGraph) -> Iterator[str]:
    """Yield which sources may be meant for sentences that have no mark."""
    sourced, meant = set[str](), defaultdict[str, dict[str, GraphNode]](dict)
    links = [link for link in links_of(graph) if link.step is Step.CORROBORATED_BY]
    for link in links:
        if link.basis is Basis.STATED:
            sourced.add(link.origin)
    for link in links:
        origin = node_of(graph, link.origin)
        if origin.kind is Kind.CLAIM and origin.iri not in sourced:
            meant[link.target][origin.iri] = origin
    if meant:
        each = [
            f"{node_of(graph, iri).name} for {_count(claims.values())}"
            for iri, claims in sorted(
                meant.items(), key=lambda one: node_of(graph, one[0]).sort_key
            )
        ]
        yield (
            "Where a source shows a sentence that has no mark, put its mark there: perhaps "
            f"{join_words(each)}. This adds no new voice."
        )


def _count(claims: Iterable[GraphNode]) -> str:
    return count_of(len(list(claims)), "claim")
