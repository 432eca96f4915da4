"""What people decided on a case study, as a store keeps it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Protocol

from rdflib import Graph, URIRef

from impactgraph.curation.acts import Act, digest_acts, find_live
from impactgraph.curation.recording import curation_graph, read_acts
from impactgraph.vocabulary import IG, PROV

__all__ = ["Curation", "KeptAct", "read_curation"]


class _Graphs(Protocol):
    def graph(self, iri: str) -> Graph:
        """Return a copy of a graph."""


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptAct:
    """An act and what has become of it.

    `undone_by` is the act that undid it; `generated` the IRIs of the links that it made; `lack`
    says why it does nothing, where its target is not there.
    """

    act: Act
    undone_by: Act | None
    generated: tuple[str, ...]
    lack: str | None

    @property
    def holds(self) -> bool:
        """Whether it counts: it was not undone, and does what it says."""
        return self.undone_by is None and self.lack is None


@dataclass(frozen=True, slots=True, kw_only=True)
class Curation:
    """The acts on a case study, in the order of time, and the version that they are."""

    case_study: str
    version: str
    acts: tuple[KeptAct, ...]


def read_curation(graphs: _Graphs, case_study: str) -> Curation:
    """Return what people decided on a case study.

    Args:
        graphs: a snapshot of a store, or a change of it.
        case_study: the IRI of the case study.

    Raises:
        ValidationError: an act that is kept is malformed.
    """
    beside = graphs.graph(curation_graph(case_study))
    acts = read_acts(beside, case_study)
    undone = find_live(acts)

    def told(act: Act, predicate: URIRef) -> str | None:
        value = beside.value(URIRef(act.iri), predicate)
        return None if value is None else str(value)

    return Curation(
        case_study=case_study,
        version=digest_acts(acts),
        acts=tuple(
            KeptAct(
                act=act,
                undone_by=undone[act.iri],
                generated=tuple(
                    sorted(str(link) for link in beside.objects(URIRef(act.iri), PROV.generated))
                ),
                lack=told(act, IG.withoutEffect),
            )
            for act in acts
        ),
    )
