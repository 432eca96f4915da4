"""Inventing case studies: values of the model, shaped like those of the real corpus."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import dataclass, replace
from itertools import product
from string import ascii_lowercase

from benchmarks import words
from benchmarks.details import make_period, tell_details
from benchmarks.linking import Linker
from benchmarks.places import Passages
from benchmarks.reference import BODIES, EXERCISE, PLACES, READER, UNITS, UNIVERSITIES
from impactgraph.identity import (
    case_study_iri,
    labelled_iri,
    node_iri,
    passage_iri,
)
from impactgraph.model import (
    Authorship,
    CaseStudy,
    Claim,
    Finding,
    Impact,
    ImpactType,
    Maturity,
    Output,
    OutputType,
    Pathway,
    Person,
    Research,
    Source,
    SourceType,
    Stage,
)

__all__ = ["OUTLINE", "READING", "Shape", "invent_case_study"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """How many of each a case study has, fewest and most."""

    findings: tuple[int, int]
    outputs: tuple[int, int]
    pathways: tuple[int, int]
    impacts: tuple[int, int]
    claims: tuple[int, int]
    """Of each impact."""
    sources: tuple[int, int]
    authors: tuple[int, int]
    """Of each output."""
    own_anchors: bool
    """Whether each member has a passage of its own, or all of a section one."""


OUTLINE = Shape(
    findings=(2, 3),
    outputs=(3, 5),
    pathways=(1, 2),
    impacts=(2, 3),
    claims=(1, 2),
    sources=(4, 6),
    authors=(0, 0),
    own_anchors=False,
)
"""A case study of which only the main lines were read: about 440 triples."""

READING = Shape(
    findings=(2, 6),
    outputs=(4, 6),
    pathways=(1, 6),
    impacts=(2, 7),
    claims=(2, 5),
    sources=(8, 12),
    authors=(1, 4),
    own_anchors=True,
)
"""One that was read whole; the numbers are those of careful readings of REF 2021 documents."""


def invent_case_study(number: int, *, seed: int = 1, shape: Shape = OUTLINE) -> CaseStudy:
    """Return a case study that nobody wrote; the same arguments give the same one always.

    Args:
        number: its number, from 1.
        seed: of the pseudo-random choices.
        shape: how many members it has.
    """
    return _Inventor(number, seed, shape).case_study()


class _Inventor:
    """One case study in the making."""

    def __init__(self, number: int, seed: int, shape: Shape) -> None:
        self.chance = random.Random(f"{seed}/{number}")
        self.shape = shape
        self.topic = self.chance.choice(words.TOPICS)
        self.slug = f"{self.topic.replace(' ', '-')}-{number:06d}"
        self.iri = case_study_iri(self.slug)
        self.passages = Passages(self.iri, shared=not shape.own_anchors)
        self.first_year = self.chance.randint(2001, 2013)

    def case_study(self) -> CaseStudy:
        place = self.chance.choice(words.PLACES)
        title = f"{self.topic[0].upper()}{self.topic[1:]} in {place}, reconsidered"
        research_period = make_period(self.iri, self.first_year, self.first_year + 7)
        impact_period = make_period(self.iri, 2014, 2020)
        research = Research(
            iri=f"{self.iri}/research",
            label=f"Research on {self.topic}",
            anchors=self.passages.anchor("2", f"Work on {self.topic} began in {place}"),
        )
        impacts = self.impacts()
        people: dict[str, Person] = {}
        outputs, authorships = self.outputs(people)
        bare = CaseStudy(
            iri=self.iri,
            slug=self.slug,
            label=title,
            title=title,
            submitted_by=self.chance.choice(UNIVERSITIES).iri,
            unit_of_assessment=self.chance.choice(UNITS).iri,
            exercise=EXERCISE.iri,
            research_period=research_period.iri,
            impact_period=impact_period.iri,
            continued=False,
            document=self.passages.document(),
            anchors=self.passages.anchor("A", f"Title of case study: {title}"),
            research=(research,),
            findings=self.findings(research.iri),
            outputs=outputs,
            authorships=authorships,
            people=tuple(people.values()),
            pathways=self.pathways(),
            impacts=impacts,
            claims=self.claims(impacts),
            sources=self.sources(),
            periods=(research_period, impact_period),
        )
        linker = Linker(self.chance, self.passages, READER.iri)
        linked = replace(bare, links=linker.link(bare))
        return tell_details(linked, self.chance, self.passages)

    def count(self, bounds: tuple[int, int]) -> range:
        return range(1, self.chance.randint(*bounds) + 1)

    def say(self, patterns: tuple[str, ...]) -> str:
        return self.chance.choice(patterns).format(
            body=self.chance.choice(words.BODIES),
            group=self.chance.choice(words.GROUPS),
            place=self.chance.choice(words.PLACES),
            topic=self.topic,
            count=self.chance.randint(3, 900),
        )

    def findings(self, research: str) -> tuple[Finding, ...]:
        wanted = len(self.count(self.shape.findings))
        chosen = self.chance.sample(words.INSIGHTS * -(-wanted // len(words.INSIGHTS)), wanted)
        return tuple(
            Finding(
                iri=node_iri(self.iri, Stage.FINDING, notation),
                label=f"On {self.topic}, {insight}",
                notation=notation,
                description=f"By {self.chance.choice(words.METHODS)}: {insight}.",
                part_of_research=research,
                anchors=self.passages.anchor("2", f"We found that {insight} on {self.topic}"),
            )
            for notation, insight in zip(_letters(), chosen, strict=False)
        )

    def outputs(
        self, people: dict[str, Person]
    ) -> tuple[tuple[Output, ...], tuple[Authorship, ...]]:
        outputs: list[Output] = []
        authorships: list[Authorship] = []
        for position in self.count(self.shape.outputs):
            iri = node_iri(self.iri, Stage.OUTPUT, str(position))
            book = self.chance.random() < 0.15
            title = f"{self.topic[0].upper()}{self.topic[1:]}: part {position}"
            names = self.chance.sample(words.FAMILY_NAMES, self.chance.randint(*self.shape.authors))
            written = tuple(self.author(iri, place, name) for place, name in enumerate(names, 1))
            authorships.extend(written)
            for name, authorship in zip(names, written, strict=True):
                people.setdefault(authorship.agent, self.person(authorship.agent, name))
            outputs.append(
                Output(
                    iri=iri,
                    label=f"{'Book' if book else 'Article'}: {title}",
                    notation=str(position),
                    output_type=OutputType.BOOK if book else OutputType.JOURNAL_ARTICLE,
                    title=title,
                    issued=str(self.first_year + position),
                    venue=None if book else self.chance.choice(words.JOURNALS),
                    doi=None if book else f"10.99999/{self.slug}.{position}",
                    creators=tuple(authorship.agent for authorship in written),
                    anchors=self.passages.anchor("3", f"[{position}] {title}, in print"),
                )
            )
        return tuple(outputs), tuple(authorships)

    def author(self, output: str, position: int, name: str) -> Authorship:
        return Authorship(
            iri=f"{output}/author-{position}",
            label=f"{name}, author {position}",
            output=output,
            agent=labelled_iri(self.iri, "person", name.lower()),
            position=position,
            name_as_printed=f"{name}, X.",
        )

    def person(self, iri: str, name: str) -> Person:
        return Person(
            iri=iri,
            label=name,
            family_name=name,
            anchors=self.passages.anchor("3", f"{name}, X. and others"),
        )

    def pathways(self) -> tuple[Pathway, ...]:
        return tuple(
            Pathway(
                iri=node_iri(self.iri, Stage.PATHWAY, str(position)),
                label=f"Reached them by {self.say(words.ACTIVITIES)}",
                notation=str(position),
                agents=(self.chance.choice(BODIES).iri,),
                spatial=(self.chance.choice(PLACES).iri,),
                anchors=self.passages.anchor("4", f"Pathway {position}: this went through people"),
            )
            for position in self.count(self.shape.pathways)
        )

    def impacts(self) -> tuple[Impact, ...]:
        return tuple(
            Impact(
                iri=node_iri(self.iri, Stage.IMPACT, str(position)),
                label=self.say(words.CHANGES),
                notation=str(position),
                impact_types=tuple(
                    sorted(self.chance.sample(list(ImpactType), self.chance.choice((1, 1, 2))))
                ),
                beneficiaries=(self.chance.choice(BODIES).iri,),
                anchors=self.passages.anchor("4", f"Impact {position}: as a result things changed"),
            )
            for position in self.count(self.shape.impacts)
        )

    def claims(self, impacts: tuple[Impact, ...]) -> tuple[Claim, ...]:
        claims: list[Claim] = []
        for impact in impacts:
            for _ in self.count(self.shape.claims):
                label = self.say(words.MEASURES)
                taken = frozenset(claim.iri for claim in claims)
                claims.append(
                    Claim(
                        iri=passage_iri(self.iri, "claim", label, taken),
                        label=label,
                        claim_of=impact.iri,
                        maturity=self.chance.choice(list(Maturity)),
                        anchors=self.passages.anchor("4", f"By the end of it {label}"),
                    )
                )
        return tuple(claims)

    def sources(self) -> tuple[Source, ...]:
        return tuple(
            Source(
                iri=node_iri(self.iri, Stage.SOURCE, str(position)),
                label=self.say(words.RECORDS),
                notation=str(position),
                source_type=self.chance.choice(list(SourceType)),
                party=self.chance.choice(BODIES).iri if self.chance.random() < 0.7 else None,
                anchors=self.passages.anchor("5", f"({position}) A source that may be asked for"),
            )
            for position in self.count(self.shape.sources)
        )


def _letters() -> Iterator[str]:
    """Yield a to z, then aa, ab and so on to zz."""
    for length in (1, 2):
        yield from map("".join, product(ascii_lowercase, repeat=length))
