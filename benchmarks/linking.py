"""Joining the nodes of an invented case study by links of every basis."""

from __future__ import annotations

import random
from decimal import Decimal

from benchmarks.places import Passages
from impactgraph.identity import link_iri
from impactgraph.model import Basis, CaseStudy, Claim, Impact, Link, Pathway, Source, Step

__all__ = ["Linker"]

_CONFIDENCE = {
    Basis.STATED: Decimal(1),
    Basis.CURATED: Decimal("0.9"),
    Basis.INFERRED: Decimal("0.6"),
}


class Linker:
    """Draws the links of one case study.

    Args:
        chance: where the choices come from.
        passages: of the document.
        reader: the IRI of the agent that the links are attributed to.
    """

    def __init__(self, chance: random.Random, passages: Passages, reader: str) -> None:
        self._chance = chance
        self._passages = passages
        self._reader = reader
        self._links: dict[str, Link] = {}
        self._case_study = ""

    def link(self, case: CaseStudy) -> tuple[Link, ...]:
        """Return links for the case study: at least one chain touches all five stages."""
        self._case_study = case.iri
        choose = self._chance.choice
        for finding in case.findings:
            self._join(finding.iri, Step.REPORTED_IN, choose(case.outputs).iri, Basis.STATED)
        first = next(link.target for link in self._links.values())
        for pathway in case.pathways:
            origin = first if pathway is case.pathways[0] else choose(case.outputs).iri
            self._join(origin, Step.CARRIED_BY, pathway.iri, choose((Basis.STATED, Basis.CURATED)))
        for impact in case.impacts:
            self._reach(impact, case)
        for claim in case.claims:
            self._corroborate(claim, case.sources)
        self._corroborate_first(case.impacts[0], case.sources)
        if len(case.impacts) > 1 and self._chance.random() < 0.3:
            first_impact, last_impact = case.impacts[0], case.impacts[-1]
            self._join(first_impact.iri, Step.ENABLED, last_impact.iri, Basis.STATED)
        for source in case.sources:
            if self._chance.random() < 0.06:
                self._join(source.iri, Step.ATTESTS, case.research[0].iri, Basis.STATED)
        return tuple(self._links.values())

    def _reach(self, impact: Impact, case: CaseStudy) -> None:
        """Let a pathway lead to the impact; a few impacts are credited directly instead."""
        choose = self._chance.choice
        if impact is case.impacts[0] or self._chance.random() < 0.7:
            pathway: Pathway = case.pathways[0]
            if impact is not case.impacts[0]:
                pathway = choose(case.pathways)
            collective = self._chance.random() < 0.3
            self._join(pathway.iri, Step.LED_TO, impact.iri, Basis.STATED, collective=collective)
        else:
            basis = choose((Basis.CURATED, Basis.INFERRED))
            self._join(choose(case.findings).iri, Step.CONTRIBUTED_TO, impact.iri, basis)
        if self._chance.random() < 0.25:
            self._join(case.research[0].iri, Step.CREDITED_FOR, impact.iri, Basis.STATED)

    def _corroborate(self, claim: Claim, sources: tuple[Source, ...]) -> None:
        """Give most claims a source; where it is stated of a claim, it is of its impact too."""
        drawn = self._chance.random()
        source = self._chance.choice(sources).iri
        if drawn < 0.6:
            self._join(claim.iri, Step.CORROBORATED_BY, source, Basis.STATED)
            self._join(claim.claim_of, Step.CORROBORATED_BY, source, Basis.STATED)
        elif drawn < 0.75:
            self._join(claim.iri, Step.CORROBORATED_BY, source, Basis.INFERRED)

    def _corroborate_first(self, impact: Impact, sources: tuple[Source, ...]) -> None:
        stated = any(
            link.origin == impact.iri and link.step is Step.CORROBORATED_BY
            for link in self._links.values()
        )
        if not stated:
            self._join(impact.iri, Step.CORROBORATED_BY, sources[0].iri, Basis.STATED)

    def _join(
        self, origin: str, step: Step, target: str, basis: Basis, *, collective: bool = False
    ) -> None:
        iri = link_iri(self._case_study, origin, step, target, basis)
        section = "2" if step is Step.REPORTED_IN else "4"
        ends = f"{_name(origin)} to {_name(target)}"
        self._links[iri] = Link(
            iri=iri,
            label=f"{ends} ({basis.value})",
            origin=origin,
            step=step,
            target=target,
            basis=basis,
            collective=collective,
            confidence=_CONFIDENCE[basis],
            rationale=f"The passage names both ends, {ends}.",
            method="paragraph-scope" if basis is Basis.INFERRED else None,
            attributed_to=self._reader,
            anchors=self._passages.anchor(section, f"This joins {ends}"),
        )


def _name(iri: str) -> str:
    return " ".join(iri.rsplit("/", 2)[-2:])
