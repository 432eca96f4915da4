"""What each present source is good for."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping

from impactgraph.gaps import Gap
from impactgraph.graph import CaseGraph, Kind, links_of, node_of, nodes_of
from impactgraph.model import Basis, Step
from impactgraph.remedies.remedy import WEIGHTS, SourceUse
from impactgraph.remedies.variations import GapKey, count_affordable, list_gaps, without_source

__all__ = ["list_source_uses"]


def list_source_uses(graph: CaseGraph, *, basis: Basis) -> tuple[SourceUse, ...]:
    """Return what would be lost with each source, were it alone left out, in their order.

    Args:
        graph: a case study's graph.
        basis: the level; inferred links close no gap, so under inferred it is as under curated.
    """
    level = Basis.STATED if basis is Basis.STATED else Basis.CURATED
    sources_of: dict[str, set[str]] = defaultdict(set)
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY and level.admits(link.basis):
            sources_of[link.origin].add(link.target)
    present = list_gaps(graph, level)
    affordable = count_affordable(graph)
    uses = []
    for number, source in enumerate(nodes_of(graph, Kind.SOURCE)):
        shown = [iri for iri in graph if source.iri in sources_of.get(iri, ())]
        uses.append(
            SourceUse(
                source=source,
                basis=level,
                corroborates=tuple(node_of(graph, iri) for iri in shown),
                only_for=tuple(
                    node_of(graph, iri) for iri in shown if sources_of[iri] == {source.iri}
                ),
                opens=_find_opening(graph, level, source.iri, present)
                if number < affordable
                else None,
            )
        )
    return tuple(uses)


def _find_opening(
    graph: CaseGraph, level: Basis, source: str, present: Mapping[GapKey, Gap]
) -> tuple[Gap, ...]:
    """Return the gaps that are new, or graver, without a source."""
    gaps = list_gaps(without_source(graph, source), level)
    return tuple(
        gap
        for key, gap in gaps.items()
        if WEIGHTS[gap.severity] > (WEIGHTS[present[key].severity] if key in present else 0)
    )
