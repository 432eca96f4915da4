"""Findings, pathways, impacts, claims and quotations, from the passages of sections 2 and 4."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from impactgraph.extraction.assembly.anchoring import entitle, shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.reading import (
    ClaimPassage,
    FigureMention,
    ImpactPassage,
    QuotationPassage,
)
from impactgraph.model import Claim, Figure, Finding, Impact, ImpactType, Pathway, Quotation

__all__ = ["Passages", "assemble_passages"]

_LABEL = 160
_QUOTE_WORDS = 12


@dataclass(frozen=True, slots=True)
class Passages:
    """What the passages became, each list in the order of the reading's."""

    findings: tuple[Finding, ...]
    pathways: tuple[Pathway, ...]
    impacts: tuple[Impact, ...]
    claims: tuple[tuple[Claim, ...], ...]
    """The claims of each impact."""
    quotations: tuple[Quotation, ...]
    figures: tuple[Figure, ...]


def assemble_passages(draft: Draft, impact_types: Sequence[ImpactType]) -> Passages:
    """Return the members of the graph that passages make.

    Args:
        draft: the case study in the making, its outputs and sources assembled.
        impact_types: of what kind its impacts are said to be together; given to each impact only
            where there is one impact or one kind.
    """
    reading = draft.reading
    plain = reading.plain
    findings = tuple(
        Finding(
            iri=draft.name("finding", found.label, plain.words(found.span)),
            label=entitle(plain.words(found.span), _LABEL),
            notation=found.label,
            part_of_research=f"{draft.case_study}/research",
            anchors=(draft.anchoring.at(found.span),),
        )
        for found in reading.findings
    )
    pathways = tuple(
        Pathway(
            iri=draft.name("pathway", found.label, plain.words(found.span)),
            label=entitle(plain.words(found.span), _LABEL),
            notation=found.label,
            part_of_research=f"{draft.case_study}/research",
            anchors=(draft.anchoring.at(found.span),),
        )
        for found in reading.pathways
    )
    shared = tuple(impact_types) if len(reading.impacts) == 1 or len(impact_types) == 1 else ()
    impacts: list[Impact] = []
    claims: list[tuple[Claim, ...]] = []
    quotations: list[Quotation] = []
    figures: list[Figure] = []
    for passage in reading.impacts:
        impact = _assemble_impact(draft, passage, shared)
        own = [_assemble_claim(draft, impact, claim, figures) for claim in passage.claims]
        impacts.append(impact)
        claims.append(tuple(own))
        quotations.extend(
            _assemble_quotation(draft, quotation, impact, passage.claims, own)
            for quotation in passage.quotations
        )
    return Passages(
        findings, pathways, tuple(impacts), tuple(claims), tuple(quotations), tuple(figures)
    )


def _assemble_impact(
    draft: Draft, passage: ImpactPassage, impact_types: tuple[ImpactType, ...]
) -> Impact:
    words = draft.reading.plain.words(passage.span)
    return Impact(
        iri=draft.name("impact", passage.label, words),
        label=entitle(passage.title or words, _LABEL),
        notation=passage.label,
        impact_types=impact_types,
        heading=draft.anchoring.at(passage.heading) if passage.heading else None,
        anchors=(draft.anchoring.at(passage.span),),
    )


def _assemble_claim(
    draft: Draft, impact: Impact, passage: ClaimPassage, figures: list[Figure]
) -> Claim:
    words = draft.reading.plain.words(passage.span)
    own = [_assemble_figure(draft, figure) for figure in passage.figures]
    figures.extend(own)
    dates = tuple(filter(None, (draft.period(date, date) for date in passage.dates)))
    return Claim(
        iri=draft.name("claim", None, words),
        label=entitle(words, _LABEL),
        claim_of=impact.iri,
        maturity=passage.maturity,
        temporal=tuple(dict.fromkeys(dates)),
        figures=tuple(figure.iri for figure in own),
        anchors=(draft.anchoring.at(passage.span),),
    )


def _assemble_figure(draft: Draft, found: FigureMention) -> Figure:
    plain = draft.reading.plain
    counted = plain.words(found.counted) if found.counted else found.unit or "what the text counts"
    words = plain.words(found.span)
    return Figure(
        iri=draft.name("figure", None, words),
        label=shorten(words if found.counted is None else f"{words} {counted}", _LABEL),
        counted=shorten(counted, _LABEL),
        value=found.value,
        minimum=found.minimum,
        maximum=found.maximum,
        unit=found.unit,
        currency=found.currency,
        qualifier=found.qualifier,
        anchors=(draft.anchoring.at(found.span),),
    )


def _assemble_quotation(
    draft: Draft,
    passage: QuotationPassage,
    impact: Impact,
    passages: Sequence[ClaimPassage],
    claims: Sequence[Claim],
) -> Quotation:
    plain = draft.reading.plain
    words = plain.words(passage.span).split()
    quoted_for = [
        claim.iri
        for found, claim in zip(passages, claims, strict=True)
        if found.span.overlaps(passage.span)
    ]
    return Quotation(
        iri=draft.name("quotation", None, plain.words(passage.span)),
        label=shorten("quoted: " + " ".join(words), _LABEL),
        text=" ".join(words[:_QUOTE_WORDS]),
        speaker=draft.agents.person(plain.words(passage.speaker), passage.speaker)
        if passage.speaker
        else None,
        in_sources=draft.source_iris(passage.sources),
        quoted_for=tuple(quoted_for) or (impact.iri,),
        anchors=(draft.anchoring.at(passage.span),),
    )
