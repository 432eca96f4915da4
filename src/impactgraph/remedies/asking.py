"""Whom to ask for what: the evidence that a claim calls for, by what it says."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from impactgraph.graph import CaseGraph, GraphNode, Kind, model_of, nodes_of
from impactgraph.model import CaseStudy, Claim, Organisation, RoleType
from impactgraph.wording import join_words

__all__ = ["Asking"]


class Asking:
    """What the claims of a case study say of who decided, acted or benefited, by claim."""

    def __init__(self, graph: CaseGraph) -> None:
        self.model: CaseStudy = model_of(graph)
        self.claims: Mapping[str, Claim] = {claim.iri: claim for claim in self.model.claims}
        self.claims_of: dict[str, list[GraphNode]] = defaultdict(list)
        """The claims of each impact, in the document's order."""
        for node in nodes_of(graph, Kind.CLAIM):
            self.claims_of[node.claim_of or ""].append(node)
        for nodes in self.claims_of.values():
            nodes.sort(key=lambda node: min((a.start for a in node.anchors), default=0))
        self.organisations: Mapping[str, Organisation] = {
            found.iri: found for found in self.model.reference.organisations
        }
        self._products = {product.iri: product.label for product in self.model.products}
        self._sums = {
            figure.iri for figure in self.model.figures if figure.currency and figure.unit is None
        }
        self._deciding: dict[str, list[str]] = defaultdict(list)
        self._acting: dict[str, list[str]] = defaultdict(list)
        for role in sorted(self.model.roles, key=lambda role: role.iri):
            if role.role_in not in self.claims:
                continue
            if role.role_type is RoleType.DECISION_MAKER:
                self._deciding[role.role_in].append(role.agent)
            elif role.role_type is not RoleType.CORROBORATOR:
                self._acting[role.role_in].append(role.agent)

    def holders_of(self, claim: str) -> Iterator[str]:
        """Yield the organisations that ought to have a record of what a claim says, each once."""
        said = self.claims[claim]
        agents = (
            *self._deciding[claim],
            *said.agents,
            *self._acting[claim],
            *said.beneficiaries,
        )
        yield from dict.fromkeys(iri for iri in agents if iri in self.organisations)

    def is_of_sum(self, claim: str) -> bool:
        """Return whether a claim gives a sum of money."""
        return any(figure in self._sums for figure in self.claims[claim].figures)

    def evidence_for(self, claim: str) -> str:
        """Return in words what would show a claim, by what it says.

        A decision is shown by its record, a sum by whoever paid or received it, a product by
        itself, a benefit by those who had it. How much there is of it is never asked.
        """
        said = self.claims[claim]
        deciding = self._names(self._deciding[claim])
        acting = self._names((*said.agents, *self._acting[claim]))
        gaining = self._names(said.beneficiaries)
        if deciding:
            return f"the record of that decision by {deciding}"
        if self.is_of_sum(claim):
            who = acting or gaining
            return f"an award letter, minutes or accounts{f' of {who}' if who else ''}"
        if said.products and all(iri in self._products for iri in said.products):
            names = join_words([f"“{self._products[iri]}”" for iri in said.products])
            if not gaining:
                return f"a record of the use of {names} from whoever took it up"
            return f"the text of {names}, and a record of its use by {gaining}"
        if acting or gaining:
            return f"a record or a statement of {acting or gaining}"
        return "a document, data or a statement that shows it"

    def _names(self, agents: Sequence[str]) -> str:
        known = dict.fromkeys(iri for iri in agents if iri in self.organisations)
        return join_words([self.organisations[iri].label for iri in known], "or")
