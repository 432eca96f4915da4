"""What an invented case study says beside its nodes and links: marks, roles, dates and figures.

Some say too little, or what cannot be right, so that every kind of gap has something to find.
"""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

from benchmarks.places import Passages
from benchmarks.reference import BODIES
from impactgraph.identity import labelled_iri, natural_key, passage_iri, period_iri
from impactgraph.model import (
    Basis,
    CaseStudy,
    Claim,
    Figure,
    Impact,
    Mark,
    Output,
    Pathway,
    Period,
    Role,
    RoleType,
    Source,
    Step,
)

__all__ = ["make_period", "tell_details"]

_PARTS = (RoleType.PARTNER, RoleType.COLLABORATOR, RoleType.CO_PRODUCER)
_BROAD = 4
"""How many a mark that no longer says which of them shows what cites."""


def make_period(case_study: str, start: int, end: int) -> Period:
    """Return a period of whole years of a case study, which is given by its IRI."""
    first, last = str(start), str(end)
    return Period(
        iri=period_iri(case_study, first, last, False),
        label=first if first == last else f"{first} to {last}",
        start=first,
        end=last,
    )


def tell_details(case: CaseStudy, chance: random.Random, passages: Passages) -> CaseStudy:
    """Return a case study that says more of the nodes that it has: when, who, cited where.

    Args:
        case: one with nodes and links.
        chance: where the choices come from.
        passages: of its document.
    """
    return _Teller(case, chance, passages).tell()


class _Teller:
    def __init__(self, case: CaseStudy, chance: random.Random, passages: Passages) -> None:
        self.case = case
        self.chance = chance
        self.passages = passages
        self.periods = {period.iri: period for period in case.periods}
        self.figures: list[Figure] = []
        self.impact_period = (case.impact_period,) if case.impact_period else ()
        self.summarised = self.happens(0.3)
        self.heading = (
            passages.own_anchor("4", "What changed, in short") if self.happens(0.3) else None
        )

    def tell(self) -> CaseStudy:
        case = self.case
        return replace(
            case,
            outputs=tuple(map(self.date_output, case.outputs)),
            pathways=tuple(map(self.count_pathway, case.pathways)),
            impacts=tuple(map(self.describe_impact, case.impacts)),
            claims=tuple(map(self.describe_claim, case.claims)),
            sources=tuple(map(self.date_source, case.sources)),
            roles=tuple(self.roles()),
            marks=tuple(self.marks()),
            figures=tuple(self.figures),
            periods=tuple(self.periods.values()),
        )

    def happens(self, how_often: float) -> bool:
        return self.chance.random() < how_often

    def date_output(self, output: Output) -> Output:
        return replace(output, issued="1998") if self.happens(0.01) else output

    def date_source(self, source: Source) -> Source:
        if not self.happens(0.6):
            return source
        return replace(source, date=str(self.chance.randint(2013, 2021)))

    def count_pathway(self, pathway: Pathway) -> Pathway:
        if not self.happens(0.2):
            return pathway
        people = self.figure("people reached", self.chance.randint(20, 900), "in total")
        return replace(pathway, figures=(people,))

    def describe_impact(self, impact: Impact) -> Impact:
        anchors = impact.anchors
        if self.summarised and self.happens(0.8):
            anchors = (*self.passages.anchor("1", "In short, things changed"), *anchors)
        return replace(
            impact,
            beneficiaries=() if self.happens(0.1) else impact.beneficiaries,
            change="It is done in another way than before." if self.happens(0.6) else None,
            temporal=self.impact_period if self.happens(0.4) else (),
            heading=self.heading,
            anchors=anchors,
        )

    def describe_claim(self, claim: Claim) -> Claim:
        if self.heading and self.happens(0.06):
            claim = replace(claim, anchors=(self.heading,))
        if self.happens(0.12):
            claim = replace(claim, temporal=(self.year().iri,))
        if self.happens(0.04):
            one, other = self.chance.sample(range(10, 90), 2)
            elsewhere = "in all" if self.happens(0.5) else "in one district"
            counted = f"places that joined scheme {len(self.figures) + 1}"
            claim = replace(
                claim,
                figures=(
                    self.figure(counted, one, scope="in all"),
                    self.figure(counted, other, scope=elsewhere),
                ),
            )
        return claim

    def year(self) -> Period:
        """Return a year of the impact; now and then one that is too early for it."""
        year = 1999 if self.happens(0.05) else self.chance.randint(2013, 2020)
        period = make_period(self.case.iri, year, year)
        return self.periods.setdefault(period.iri, period)

    def figure(
        self, counted: str, value: int, qualifier: str | None = None, scope: str | None = None
    ) -> str:
        iri = labelled_iri(self.case.iri, "figure", f"p{len(self.figures) + 1}")
        self.figures.append(
            Figure(
                iri=iri,
                label=f"{value} {counted}",
                counted=counted,
                value=Decimal(value),
                qualifier=qualifier,
                scope=scope,
                anchors=self.passages.anchor("4", f"There were {value} {counted}"),
            )
        )
        return iri

    def roles(self) -> Iterator[Role]:
        """Yield parts in the research, often of those who speak for a source."""
        for position in range(1, self.chance.choice((0, 1, 1, 2)) + 1):
            parties = [source.party for source in self.case.sources if source.party]
            agent = self.chance.choice(parties or [body.iri for body in BODIES])
            part = self.chance.choice(_PARTS)
            yield Role(
                iri=labelled_iri(self.case.iri, "role", f"p{position}"),
                label=f"{part.value} in the research",
                agent=agent,
                role_type=part,
                role_in=self.case.research[0].iri,
                anchors=self.passages.anchor("2", f"With us worked a {part.value}"),
            )

    def marks(self) -> Iterator[Mark]:
        """Yield a mark for what a stated link says of a claim or finding, and some on headings."""
        cited: dict[str, list[str]] = defaultdict(list)
        claims = {claim.iri for claim in self.case.claims}
        for link in self.case.links:
            reported = link.step is Step.REPORTED_IN and self.happens(0.2)
            shown = link.step is Step.CORROBORATED_BY and link.origin in claims
            if link.basis is Basis.STATED and (reported or shown):
                cited[link.origin].append(link.target)
        sources = [source.iri for source in self.case.sources]
        taken: set[str] = set()
        for origin, targets in cited.items():
            if self.happens(0.05):
                targets.extend(self.chance.sample(sources, _BROAD))
            mark = self.mark(origin, targets, taken)
            taken.add(mark.iri)
            yield mark

    def mark(self, origin: str, targets: list[str], taken: set[str]) -> Mark:
        cites = tuple(sorted(set(targets), key=natural_key))
        absent = ("S99",) if self.happens(0.04) else ()
        printed = [("S" if "/source/" in iri else "") + iri.rsplit("/", 1)[-1] for iri in cites]
        text = f"[{', '.join((*printed, *absent))}]"
        pages = "p. 3" if self.happens(0.05) else None
        return Mark(
            iri=passage_iri(self.case.iri, "mark", f"{origin} {text}", frozenset(taken)),
            label=f"mark {text}",
            text=text,
            cites=cites,
            unresolved=absent,
            pages=pages,
            on_heading=self.heading is not None and self.happens(0.1),
            anchors=self.passages.anchor(
                "2" if "/finding/" in origin else "4", f"{text} shows this"
            ),
        )
