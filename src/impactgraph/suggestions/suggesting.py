"""Suggesting: which outputs and findings probably underpin an impact, and why."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.extraction import Extraction
from impactgraph.identity import BASE, link_iri
from impactgraph.model import Basis, CaseStudy, Link, Software, Step
from impactgraph.suggestions.features import Measurer
from impactgraph.suggestions.material import Candidate, Material, Passage, Target, gather_material
from impactgraph.suggestions.ranking import Ranker, read_rankers
from impactgraph.suggestions.vocabulary import Vocabulary, Word, read_words

__all__ = [
    "LEAST_CONFIDENCE",
    "METHOD",
    "SUGGESTER",
    "SharedTerm",
    "Suggestion",
    "list_suggested",
    "suggest_links",
]

SUGGESTER = Software(
    iri=f"{BASE}agent/suggestions-1", label="impactgraph's suggestions", version="1"
)
"""The program that suggests: its version moves on whenever it would suggest otherwise."""

LEAST_CONFIDENCE = Decimal("0.50")
"""Nothing less sure is suggested."""

METHOD = "suggestion"
"""What the links that are suggested have as their method."""

_MOST_TERMS, _LABEL = 6, 200


@dataclass(frozen=True, slots=True)
class SharedTerm:
    """A word on both sides, as printed, and where it stands in the plain text where known."""

    impact_word: str
    candidate_word: str
    impact_place: int | None
    candidate_place: int | None
    is_name: bool
    weight: float


@dataclass(frozen=True, slots=True)
class Suggestion:
    """A link that is probable, with what a person can check it by."""

    link: Link
    shared: tuple[SharedTerm, ...]


def suggest_links(
    source: Extraction | CaseStudy, *, least: Decimal = LEAST_CONFIDENCE
) -> tuple[Suggestion, ...]:
    """Return the outputs and findings that probably underpin each impact, surest first.

    What the document states of an impact is not suggested of it again. Nothing is suggested where
    the two share no telling word.

    Args:
        source: an extraction, or a case study without its text.
        least: the least confidence, 0 to 1.
    """
    material, rankers = gather_material(source), read_rankers()
    case_study = source if isinstance(source, CaseStudy) else source.case_study
    known = {
        (link.origin, link.target)
        for link in case_study.links
        if link.basis is Basis.STATED and link.step is Step.CONTRIBUTED_TO
    }
    anywhere = any(target.cited for target in material.impacts)
    found = [
        *_rank(
            material,
            material.outputs,
            rankers.visible if anywhere else rankers.hidden,
            rankers.vocabulary,
            least,
        ),
        *_rank(material, material.findings, rankers.findings, rankers.vocabulary, least),
    ]
    return tuple(
        one
        for one in found
        if one.link.confidence >= least and (one.link.origin, one.link.target) not in known
    )


def list_suggested(case_study: CaseStudy) -> tuple[Link, ...]:
    """Return what is suggested for a case study of which there is no text, surest first.

    That is what was put beside it when it was encoded; where nothing was, what its labels,
    descriptions and short quotes suggest.
    """
    kept = [
        link for link in case_study.links if link.basis is Basis.INFERRED and link.method == METHOD
    ]
    found = kept or [suggestion.link for suggestion in suggest_links(case_study)]
    return tuple(sorted(found, key=lambda link: (-link.confidence, link.iri)))


def _rank(
    material: Material,
    candidates: Sequence[Candidate],
    ranker: Ranker,
    vocabulary: Vocabulary,
    least: Decimal,
) -> Iterator[Suggestion]:
    if not candidates:
        return
    measurer = Measurer(material, vocabulary, candidates)
    for at, target in enumerate(material.impacts):
        rated = zip(candidates, map(ranker.rate, measurer.measure(at)), strict=True)
        for one, chance in sorted(rated, key=lambda pair: -pair[1]):
            if chance >= least and (shared := _share(target, one, vocabulary)):
                yield Suggestion(_link(material, target, one, chance, shared), shared)


def _link(
    material: Material,
    target: Target,
    one: Candidate,
    chance: float,
    shared: tuple[SharedTerm, ...],
) -> Link:
    confidence = Decimal(min(99, max(1, int(chance * 100)))) / 100
    terms = ", ".join(f'"{term.impact_word}"' for term in shared)
    label = f"{one.label} contributed to {target.label} (inferred)"
    anchors = {anchor.iri: anchor for anchor in (*one.anchors, *target.anchors)}
    return Link(
        iri=link_iri(material.case_study, one.iri, Step.CONTRIBUTED_TO, target.iri, Basis.INFERRED),
        label=label if len(label) <= _LABEL else label[: _LABEL - 1] + "…",
        origin=one.iri,
        step=Step.CONTRIBUTED_TO,
        target=target.iri,
        basis=Basis.INFERRED,
        confidence=confidence,
        rationale=f"Both have the words {terms}.",
        method=METHOD,
        attributed_to=SUGGESTER.iri,
        anchors=tuple(anchors.values()),
    )


def _share(target: Target, one: Candidate, vocabulary: Vocabulary) -> tuple[SharedTerm, ...]:
    here = _first_places(target.passages)
    there = _first_places((*one.own, *one.citing, *one.around))
    terms = [
        SharedTerm(
            here[stem][0].printed,
            there[stem][0].printed,
            here[stem][1],
            there[stem][1],
            here[stem][0].is_name and there[stem][0].is_name,
            vocabulary.weight(stem),
        )
        for stem in sorted(here.keys() & there.keys())
    ]
    return tuple(sorted(terms, key=lambda term: -term.weight)[:_MOST_TERMS])


def _first_places(passages: Sequence[Passage]) -> dict[str, tuple[Word, int | None]]:
    found: dict[str, tuple[Word, int | None]] = {}
    for passage in passages:
        for word in read_words(passage.words):
            place = None if passage.start is None else passage.start + word.start
            found.setdefault(word.stem, (word, place))
    return found
