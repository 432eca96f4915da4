"""The shapes of the answers about evidence, for the OpenAPI description."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from impactgraph.attestation import Attestation
from impactgraph.model import Basis, RoleType, Step
from impactgraph.remedies import Action
from impactgraph_api.responses import Chain, Gap, ShortNode

__all__ = [
    "Measures",
    "Need",
    "Remedies",
    "RemedyList",
    "Robustness",
    "SourceUse",
    "Thread",
]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Part(_Answer):
    """A part in the research; `through` names the organisation that has it, where one works."""

    words: str
    role_in: str
    role: RoleType | None
    post: str | None
    through: str | None


class Party(_Answer):
    """Who speaks for a source; that no part is known does not say that there is none."""

    iri: str
    name: str
    known_part: bool
    parts: list[Part]
    benefits_from: list[ShortNode]


class Tally(_Answer):
    """Sources, known parties of these, and of them those with no known part in the research."""

    sources: int
    parties: int
    no_known_part: int


class Cut(_Answer):
    """The fewest parties whose withdrawal leaves an impact, or the claim, without a source.

    Who speaks for an `unknown` source may be one of the known parties, or not: hence two numbers.
    """

    least: int
    most: int
    parties: list[str]
    unknown: list[ShortNode]
    claim: ShortNode | None


class Colleagues(_Answer):
    """Parties that are, or work at, one organisation."""

    sentence: str
    organisation: str
    parties: list[str]


class Corroboration(Tally):
    """How many sources and parties an impact has, and how many it can lose."""

    impact: ShortNode
    sentence: str
    attestation: Attestation
    unknown: list[ShortNode]
    sources_of: list[ShortNode]
    parties_of: list[Party]
    claims: int
    unsourced: list[ShortNode]
    weakest_claim: Tally | None
    to_lose_all: Cut
    to_lose_one: Cut | None
    colleagues: list[Colleagues]


class SinglePoint(_Answer):
    """A node, or the IRI of a link, that all chains from the research to an impact pass through."""

    impact: ShortNode
    sentence: str
    node: ShortNode | None
    link: str | None
    chains: int


class DisjointChains(_Answer):
    """Chains from the research to an impact that share no other node: 20 at most of `count`."""

    impact: ShortNode
    sentence: str
    count: int
    paths: list[list[ShortNode]]
    cut: list[ShortNode]


class Withdrawal(_Answer):
    """What is lost without a node or a party."""

    sentence: str
    node: ShortNode | None
    party: Party | None
    loses_nothing: bool
    chains: int
    unjoined: int
    unreached: list[ShortNode]
    fallen: list[ShortNode]
    uncorroborated: list[ShortNode]


class Shares(_Answer):
    """Whose outputs or grants are: the institution's own, shared, others', unknown; by IRI."""

    own: list[str]
    shared: list[str]
    elsewhere: list[str]
    unknown: list[str]


class Contribution(_Answer):
    """What remains with the submitting institution's research alone."""

    sentence: str
    institution: str
    outputs: Shares
    grants: Shares
    findings: list[ShortNode]
    reached: list[ShortNode]
    remaining: list[ShortNode]
    others: list[str]
    holders: list[str]


class Measures(_Answer):
    """The measures of robustness."""

    corroboration: list[Corroboration]
    single_points: list[SinglePoint]
    disjoint_chains: list[DisjointChains]
    withdrawals: list[Withdrawal]
    spared: list[str]
    contribution: Contribution | None


class Thread(_Answer):
    """That a party attests each step from an output to an impact."""

    sentence: str
    output: ShortNode
    impact: ShortNode
    party: Party
    sources: list[ShortNode]
    chain_count: int
    strongest: Chain


class Robustness(Measures):
    """What the evidence of a case study survives, and what it hangs on."""

    case_study: str
    basis: Basis
    threads: list[Thread]


class Added(_Answer):
    """A step that a remedy would add."""

    origin: str = Field(alias="from")
    step: Step
    target: str = Field(alias="to")


class Remedy(_Answer):
    """One thing that somebody could do, why, and the gaps that it would close."""

    action: Action
    sentence: str
    advice: str
    because: str
    gain: int
    nodes: list[ShortNode]
    adds: list[Added]
    closes: list[Gap]


class RemedyList(_Answer):
    """Remedies in the order in which to take them, and the gaps that none of them closes.

    `untried` counts the candidates that a case study of this size leaves no time to try.
    """

    remedies: list[Remedy]
    left: list[Gap]
    untried: int


class Wanted(_Answer):
    """What would show some claims that have no source."""

    evidence: str
    claims: list[ShortNode]


class Need(_Answer):
    """What an impact would need: a voice from outside, and evidence for claims without source."""

    impact: ShortNode
    sentence: str
    outside: bool
    voices: list[str]
    funders: list[str]
    groups: list[str]
    wanted: list[Wanted]


class SourceUse(_Answer):
    """What would be lost with a source, were it alone left out; `opens` is null where untried."""

    source: ShortNode
    sentence: str
    redundant: bool
    corroborates: list[ShortNode]
    only_for: list[ShortNode]
    opens: list[Gap] | None


class Remedies(RemedyList):
    """What would close most gaps, what each impact would need, what each source is good for."""

    case_study: str
    basis: Basis
    needs: list[Need]
    sources: list[SourceUse]
