"""Leave one out: what is lost when a finding, an output, a pathway, a source or a party goes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, Kind, nodes_of
from impactgraph.model import Basis
from impactgraph.parties import Party
from impactgraph.robustness.influence import Influence
from impactgraph.robustness.single_points import find_passages
from impactgraph.wording import count_of, join_words, level_words, name_together

__all__ = ["Withdrawal", "describe_spared", "withdraw_each"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Withdrawal:
    """What is lost when one thing is withdrawn: a node, or a party (the other one is None).

    Without a finding, an output or a pathway: `chains` of those from the research to an impact
    break, `unjoined` pairs of finding and impact are joined by none any more, and none reaches the
    impacts in `unreached`. Without a source or a party: the sources in `fallen` fall, a joint one
    only with its last party, and `uncorroborated` are left without a source.
    """

    node: GraphNode | None
    party: Party | None
    basis: Basis
    chains: int = 0
    unjoined: int = 0
    unreached: tuple[GraphNode, ...] = ()
    fallen: tuple[GraphNode, ...] = ()
    uncorroborated: tuple[GraphNode, ...] = ()

    @property
    def name(self) -> str:
        """What a sentence calls it."""
        if self.node is not None:
            return self.node.name
        return self.party.name if self.party is not None else ""

    @property
    def loses_nothing(self) -> bool:
        """Whether every pair stays joined, and everything that has a source keeps one."""
        return not (self.unjoined or self.unreached or self.uncorroborated)

    @property
    def sentence(self) -> str:
        """What is lost without it."""
        clauses = []
        if self.unreached:
            names = name_together(self.unreached)
            clauses.append(f"no chain from the research reaches {names}")
        if self.unjoined == 1:
            clauses.append("one pair of finding and impact is no longer joined")
        elif self.unjoined:
            clauses.append(f"{self.unjoined} pairs of finding and impact are no longer joined")
        if self.uncorroborated:
            verb = "is" if len(self.uncorroborated) == 1 else "are"
            clauses.append(f"{_say_things(self.uncorroborated)} {verb} left without a source")
        said = "; ".join(clauses) or self._say_spared()
        return f"Without {self.name}, {said} ({level_words(self.basis)})."

    @property
    def spared_as(self) -> str:
        """Why nothing is lost without it, where nothing is."""
        if self.node is None or self.node.kind is Kind.SOURCE:
            return "whatever has a source keeps one"
        if not self.chains:
            return "nothing is lost, as no chain from the research to an impact passes through it"
        return "chains break, but others join the same"

    def _say_spared(self) -> str:
        if not self.chains:
            return self.spared_as
        breaks = "breaks" if self.chains == 1 else "break"
        return f"{count_of(self.chains, 'chain')} {breaks}, but others join the same"


def describe_spared(withdrawals: Sequence[Withdrawal]) -> tuple[str, ...]:
    """Return what could go without loss: a sentence for each reason, in place of one for each.

    Args:
        withdrawals: those of one case study at one level, with loss and without.
    """
    alike: dict[str, list[Withdrawal]] = defaultdict(list)
    for withdrawal in withdrawals:
        if withdrawal.loses_nothing:
            alike[withdrawal.spared_as].append(withdrawal)
    return tuple(_say_spared(spared_as, spared) for spared_as, spared in alike.items())


def withdraw_each(
    graph: CaseGraph,
    *,
    basis: Basis,
    known: Attestations | None = None,
    influence: Influence | None = None,
) -> tuple[Withdrawal, ...]:
    """Return what is lost when each finding, output, pathway, source and party is withdrawn.

    Each is withdrawn alone, the rest of the graph staying as it is. An impact is lost with a node
    just if the node dominates it, as `find_single_points` says, and a pair of finding and impact
    if it dominates the impact where that finding alone is the start; so one pass for each finding
    answers for all nodes.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
        known: who attests what at this level, where it has been made already.
        influence: the steps at this level, where they have been read already.

    Returns:
        The withdrawals of findings, outputs, pathways and sources in their order, then those of
        parties in the order of names.
    """
    known = known or Attestations(graph, basis)
    influence = influence or Influence(graph, basis)
    return (
        *_withdraw_nodes(influence),
        *_withdraw_sources(known),
    )


def _withdraw_nodes(influence: Influence) -> Iterator[Withdrawal]:
    everywhere = find_passages(influence, influence.starts)
    unjoined = _count_unjoined(influence)
    ways_to, ways_on = influence.count_chains(), influence.count_ways()
    for node in nodes_of(influence.graph, Kind.FINDING, Kind.OUTPUT, Kind.PATHWAY):
        here = (node.iri,)
        yield Withdrawal(
            node=node,
            party=None,
            basis=influence.basis,
            chains=ways_to[node.iri] * ways_on[node.iri],
            unjoined=unjoined.get(node.iri, 0),
            unreached=tuple(
                impact for impact in influence.reached if here in everywhere[impact.iri]
            ),
        )


def _count_unjoined(influence: Influence) -> Mapping[str, int]:
    """Return for each node how many pairs of finding and impact are joined through it alone.

    With a finding all its own pairs go. For the others one pass over the steps serves all findings,
    sets of which are bits of an integer: for each node, which findings reach it, and through what
    alone which of them do.
    """
    bits = {
        finding.iri: 1 << position
        for position, finding in enumerate(nodes_of(influence.graph, Kind.FINDING))
    }
    reaching: dict[str, int] = {}
    through: dict[str, dict[str, int]] = {}
    for iri, preceding in influence.before.items():
        reached, alone = bits.get(iri, 0), dict[str, int]()
        for before in preceding:
            coming, passing = reaching[before], through[before]
            if reached & coming:
                alone = {
                    node: left
                    for node, findings in alone.items()
                    if (left := findings & (passing.get(node, 0) | ~coming))
                }
            for node, findings in passing.items():
                if new := findings & ~reached:
                    alone[node] = alone.get(node, 0) | new
            reached |= coming
        reaching[iri] = reached
        through[iri] = alone if iri in bits else alone | {iri: reached}
    ends = [impact.iri for impact in influence.impacts]
    unjoined = {
        finding: sum(bool(reaching[iri] & bit) for iri in ends) for finding, bit in bits.items()
    }
    for iri in ends:
        for node, findings in through[iri].items():
            unjoined[node] = unjoined.get(node, 0) + findings.bit_count()
    return unjoined


def _withdraw_sources(known: Attestations) -> Iterator[Withdrawal]:
    sources = nodes_of(known.graph, Kind.SOURCE)
    supported = {
        node: {source.iri for source in known.sources_of(node.iri)}
        for node in nodes_of(known.graph, Kind.IMPACT, Kind.PATHWAY, Kind.CLAIM)
    }
    for source in sources:
        yield Withdrawal(
            node=source,
            party=None,
            basis=known.basis,
            fallen=(source,),
            uncorroborated=_find_unsupported(supported, (source,)),
        )
    for party in known.parties_among(sources):
        fallen = tuple(source for source in sources if known.parties[source.iri] == (party,))
        yield Withdrawal(
            node=None,
            party=party,
            basis=known.basis,
            fallen=fallen,
            uncorroborated=_find_unsupported(supported, fallen),
        )


def _find_unsupported(
    supported: Mapping[GraphNode, set[str]], fallen: Sequence[GraphNode]
) -> tuple[GraphNode, ...]:
    gone = {source.iri for source in fallen}
    return tuple(node for node, sources in supported.items() if sources and sources <= gone)


def _say_spared(spared_as: str, spared: Sequence[Withdrawal]) -> str:
    nodes = [withdrawal.node for withdrawal in spared if withdrawal.node is not None]
    people = [withdrawal.name for withdrawal in spared if withdrawal.node is None]
    names = join_words([*([name_together(nodes)] if nodes else []), *people])
    without = names if len(spared) == 1 else f"any one of {names}"
    return f"Without {without}, {spared_as} ({level_words(spared[0].basis)})."


def _say_things(nodes: Sequence[GraphNode]) -> str:
    """Name impacts and pathways, and count claims: "impact 2 and 8 claims"."""
    words = [
        count_of(len(members), "claim") if kind is Kind.CLAIM else name_together(members)
        for kind in Kind
        if (members := [node for node in nodes if node.kind is kind])
    ]
    return join_words(words)
