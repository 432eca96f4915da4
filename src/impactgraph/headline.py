"""The headline of a case study: what is reached, what has a source, where stated chains stop."""

from __future__ import annotations

from dataclasses import dataclass

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, node_of, nodes_of
from impactgraph.model import Basis, Stage, Step
from impactgraph.steps import find_leading, find_reached, read_steps
from impactgraph.wording import join_words, name_together

__all__ = ["Break", "Headline", "find_break", "headline"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Break:
    """Where chains from the research stop short of impacts, under a basis.

    `between` holds pairs of stages: the one at which chains stop, and the one at which the graph
    goes on towards the impacts that are not reached (else the next stage). `unreached` are those
    impacts.
    """

    basis: Basis
    between: tuple[tuple[Stage, Stage], ...]
    unreached: tuple[GraphNode, ...]

    @property
    def words(self) -> str:
        """Where the chains stop: "between output and pathway"."""
        places = [f"between {stop.value} and {resume.value}" for stop, resume in self.between]
        return join_words(places) or f"before {name_together(self.unreached)}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Headline:
    """The numbers that sum a case study up, and in words where its stated chains stop.

    An impact is reached where a chain leads to it from a finding or output. `credited` counts the
    impacts for which the document credits the research as a whole. `sourced` counts the claims of
    which the document states a source; `covered` those of which a source is at least inferred.
    `stops` is None where stated chains reach every impact.
    """

    impacts: int
    reached_stated: int
    reached_curated: int
    credited: int
    claims: int
    sourced: int
    covered: int
    stops: Break | None

    @property
    def sentence(self) -> str:
        """The headline in one sentence."""
        if not self.impacts:
            return "The case study has no impact."
        reached = (
            f"{_share(self.reached_stated, self.impacts, 'impact')} "
            f"{'is' if self.reached_stated == 1 else 'are'} reached from a finding or output by "
            "stated steps"
        )
        if self.reached_curated != self.reached_stated:
            reached += f", {self.reached_curated} with curation"
        clauses = [reached]
        if self.credited:
            clauses.append(f"the document credits the research as a whole for {self.credited}")
        if self.claims:
            have = "has" if self.sourced == 1 else "have"
            clauses.append(f"{_share(self.sourced, self.claims, 'claim')} {have} a stated source")
        if self.stops is not None:
            clauses.append(f"the stated chains stop {self.stops.words}")
        return "; ".join(clauses) + "."


def _share(part: int, whole: int, noun: str) -> str:
    return f"{part} of {whole} {noun}{'' if whole == 1 else 's'}"


def headline(graph: CaseGraph) -> Headline:
    """Return the headline of a case study."""
    impacts = {node.iri for node in nodes_of(graph, Kind.IMPACT)}
    claims = {node.iri for node in nodes_of(graph, Kind.CLAIM)}
    stops = find_break(graph, basis=Basis.STATED)
    curated = find_break(graph, basis=Basis.CURATED)
    credited, sourced, covered = set[str](), set[str](), set[str]()
    for link in links_of(graph):
        stated = link.basis is Basis.STATED
        if stated and link.step is Step.CREDITED_FOR:
            credited.add(link.target)
        if link.step is Step.CORROBORATED_BY and link.origin in claims:
            covered.add(link.origin)
            if stated:
                sourced.add(link.origin)
    return Headline(
        impacts=len(impacts),
        reached_stated=len(impacts) - len(stops.unreached if stops else ()),
        reached_curated=len(impacts) - len(curated.unreached if curated else ()),
        credited=len(credited & impacts),
        claims=len(claims),
        sourced=len(sourced),
        covered=len(covered),
        stops=stops,
    )


def find_break(graph: CaseGraph, *, basis: Basis) -> Break | None:
    """Return where chains from the research stop short, or None where they reach every impact.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    steps = read_steps(graph, basis, influence_only=True)
    research = [node.iri for node in nodes_of(graph, Kind.FINDING, Kind.OUTPUT)]
    reached = find_reached(steps, research)
    unreached = [node for node in nodes_of(graph, Kind.IMPACT) if node.iri not in reached]
    if not unreached:
        return None

    def stage(iri: str) -> Stage:
        found = node_of(graph, iri).stage
        assert found is not None
        return found

    stops = {stage(iri) for iri in reached if not steps.links[iri]} - {Stage.IMPACT}
    before = find_leading(steps, (node.iri for node in unreached))
    resume = min((stage(iri) for iri in before), key=lambda found: found.rank)
    stages = list(Stage)
    return Break(
        basis=basis,
        between=tuple(
            (stop, resume if resume.rank > stop.rank else stages[stop.rank + 1])
            for stop in stages
            if stop in stops
        ),
        unreached=tuple(unreached),
    )
