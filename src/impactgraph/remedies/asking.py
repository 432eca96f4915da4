"""Whom to ask for what: the evidence that a claim calls for, by what it says."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, nodes_of
from impactgraph.model import Basis, CaseStudy, Claim, Maturity, Organisation, RoleType, Step
from impactgraph.parts import find_parts
from impactgraph.wording import join_words

__all__ = ["ANY_EVIDENCE", "Asking", "find_unchanging"]

ANY_EVIDENCE = "a document, data or a statement that shows it"
"""What would show a claim that says nothing of who ought to have a record."""


_WON = re.compile(
    r"\b(?:funding|grants?) (?:was |were )?won\b|\bwon (?:the )?(?:funding|grants?)\b", re.I
)


_JUDGEMENT = re.compile(
    r"\b(?:major|significant(?:ly)?|transformative|radical(?:ly)?|profound(?:ly)?)\b", re.I
)
"""Words for how great a change is, which no record shows."""


def find_unchanging(graph: CaseGraph) -> frozenset[str]:
    """Return the claims in which a person read no change: context, aims, opinions, own work.

    Of a case study that a program has read, none, whatever people decided on it later: a program
    leaves open what it is not sure of.
    """
    model = model_of(graph)
    programs = {program.iri for program in model.reference.software}
    links = tuple(links_of(graph))
    by_program = any(
        link.basis is Basis.STATED and link.attributed_to in programs for link in links
    )
    if by_program or not any(link.basis is Basis.CURATED for link in links):
        return frozenset()
    claims = model.claims
    still = frozenset(claim.iri for claim in claims if claim.maturity is None)
    return still if len(still) < len(claims) else frozenset()


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
        self.marked, self.suggested = set[str](), set[str]()
        """The claims with a mark, and those at which a mark is thought to be meant."""
        for link in links_of(graph):
            if link.step is Step.CORROBORATED_BY:
                (self.marked if link.basis is Basis.STATED else self.suggested).add(link.origin)
        self.organisations: Mapping[str, Organisation] = {
            found.iri: found for found in self.model.reference.organisations
        }
        self._groups = {group.iri: group.label for group in self.model.groups}
        self._spoken = {
            group.iri: [anchor.exact for anchor in group.anchors] for group in self.model.groups
        }
        own = _list_own_projects(self.model)
        self._projects = {
            project.label: {anchor.iri for anchor in project.anchors}
            for project in self.model.projects
            if project.iri not in own
        }
        """Projects of others by their names, and the passages on them."""
        self._funding: dict[str, list[str]] = defaultdict(list)
        self._products = {product.iri: product.label for product in self.model.products}
        self._sums = {
            figure.iri for figure in self.model.figures if figure.currency and figure.unit is None
        }
        self._deciding: dict[str, list[str]] = defaultdict(list)
        self._acting: dict[str, list[str]] = defaultdict(list)
        for role in sorted(self.model.roles, key=lambda role: role.iri):
            if role.role_in not in self.claims:
                continue
            if role.role_type is RoleType.FUNDER:
                self._funding[role.role_in].append(role.agent)
            if role.role_type is RoleType.DECISION_MAKER:
                self._deciding[role.role_in].append(role.agent)
            elif role.role_type is not RoleType.CORROBORATOR:
                self._acting[role.role_in].append(role.agent)
        self.involved = frozenset(find_parts(graph)) | _list_parties(self.model)
        """Agents that are a party to something in the work: no outside voices."""
        others = {
            holder
            for claim in self.claims
            for holder in self.holders_of(claim)
            if holder not in self._funding.get(claim, ())
        }
        self._funders = {iri for agents in self._funding.values() for iri in agents} - others

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

    def record_holders(self, claim: str) -> tuple[str, ...]:
        """Return who best has a record of what a claim says, by name; none if nobody is known.

        That is a project of others that it names, else who decided, else who acted, else who
        gained.
        """
        said = self.claims[claim]
        if projects := self._projects_in(said):
            return tuple(f"the project {label}" for label in projects)
        for agents in (
            self._deciding[claim],
            (*said.agents, *self._acting[claim]),
            said.beneficiaries,
        ):
            if names := self._list_names(agents):
                return names
        return ()

    def products_in(self, claim: str) -> Iterator[str]:
        """Yield the names of the products that a claim speaks of."""
        yield from (
            self._products[iri] for iri in self.claims[claim].products if iri in self._products
        )

    def rank(self, claim: str) -> tuple[int, ...]:
        """Return how telling a claim is, most first: how far it goes, and how tangible it is."""
        said = self.claims[claim]
        maturity = -1 if said.maturity is None else list(Maturity).index(said.maturity)
        tangible = bool(said.figures or said.temporal or said.products or self._deciding[claim])
        return -maturity, not tangible

    def gaining_groups(self, claim: str) -> Iterator[str]:
        """Yield the people who are no organisation and benefit from what a claim says."""
        yield from (iri for iri in self.claims[claim].beneficiaries if iri in self._groups)

    def name_group(self, iri: str) -> str:
        """Return what the case study calls some people, as it stands within a sentence."""
        label = self._groups[iri]
        first = label.partition(" ")[0].casefold()
        common = any(first in exact.split() for exact in self._spoken[iri])
        return label[:1].lower() + label[1:] if common else label

    def is_funder(self, organisation: str) -> bool:
        """Return whether an organisation is named only as having given money."""
        return organisation in self._funders

    def is_won_of_nobody(self, claim: str) -> bool:
        """Return whether a claim is of funding won, and names no funder."""
        said = self.claims[claim]
        return not self._funding.get(claim) and bool(_WON.search(said.label))

    def is_judgement(self, claim: str) -> bool:
        """Return whether a claim says how great a change is: examples show that, no record."""
        return bool(_JUDGEMENT.search(self.claims[claim].label))

    def names_project(self, claim: str) -> bool:
        """Return whether a claim names a project of others, whose own record shows it best."""
        return bool(self._projects_in(self.claims[claim]))

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
            return f"minutes, accounts or an award letter{f' of {who}' if who else ''}"
        if said.products and all(iri in self._products for iri in said.products):
            names = join_words([f"“{self._products[iri]}”" for iri in said.products])
            if not gaining:
                return f"a record of the use of {names} from whoever took it up"
            return f"the text of {names}, and a record of its use by {gaining}"
        if projects := self._projects_in(said):
            return f"a record of the project {join_words(projects)} itself"
        if acting or gaining:
            return f"a record or a statement of {acting or gaining}"
        return ANY_EVIDENCE

    def _projects_in(self, said: Claim) -> list[str]:
        """Return the projects of others that the passages of a claim are on, and name."""
        return [
            label
            for label, passages in self._projects.items()
            if any(anchor.iri in passages and label in anchor.exact for anchor in said.anchors)
        ]

    def _names(self, agents: Sequence[str]) -> str:
        return join_words(self._list_names(agents), "or")

    def _list_names(self, agents: Sequence[str]) -> tuple[str, ...]:
        known = dict.fromkeys(iri for iri in agents if iri in self.organisations)
        return tuple(self.organisations[iri].label for iri in known)


def _list_own_projects(model: CaseStudy) -> set[str]:
    """Return the projects that the research comprises or its grants fund."""
    own = {iri for research in model.research for iri in research.comprises}
    return own | {iri for grant in model.grants for iri in grant.funds}


def _list_parties(model: CaseStudy) -> frozenset[str]:
    """Return who signed a source, and with whom a pathway was taken."""
    signing = {iri for source in model.sources for iri in source.signatories}
    return frozenset(signing | {iri for pathway in model.pathways for iri in pathway.agents})
