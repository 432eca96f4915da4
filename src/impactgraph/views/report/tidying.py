"""The remedy that takes no new source and no new words: which letters to put where."""

from __future__ import annotations

from collections.abc import Iterator

from impactgraph.graph import CaseGraph, Kind, links_of, node_of
from impactgraph.model import Basis, Step
from impactgraph.wording import capitalise

__all__ = ["gather_tidying"]


def gather_tidying(graph: CaseGraph) -> tuple[str, ...]:
    """Return in a line what can be mended in the text alone.

    Args:
        graph: a case study's graph.
    """
    said = "; ".join(_gather_marks(graph))
    return (f"{capitalise(said)}.",) if said else ()


def _gather_marks(graph: CaseGraph) -> Iterator[str]:
    """Yield where to look for sentences in which the letter of a source may be missing."""
    sourced, meant = set[str](), set[str]()
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY:
            (sourced if link.basis is Basis.STATED else meant).add(link.origin)
    if any(node_of(graph, iri).kind is Kind.CLAIM for iri in meant - sourced):
        yield (
            "where a source shows a sentence that has no letter, put its letter there (the claims "
            "are below)"
        )
