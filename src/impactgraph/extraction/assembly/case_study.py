"""A case study, from a reading."""

from __future__ import annotations

from impactgraph.documents import Span, count_words
from impactgraph.extraction.assembly.agents import Agents
from impactgraph.extraction.assembly.anchoring import Anchoring, shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.assembly.entries import (
    assemble_grants,
    assemble_outputs,
    assemble_sources,
)
from impactgraph.extraction.assembly.linking import assemble_links
from impactgraph.extraction.assembly.marks import assemble_marks
from impactgraph.extraction.assembly.passages import Passages, assemble_passages
from impactgraph.extraction.assembly.submission import assemble_submission
from impactgraph.extraction.reading import Reading
from impactgraph.identity import BASE, case_study_iri
from impactgraph.model import (
    Anchor,
    CaseStudy,
    DocumentDescription,
    Output,
    Reference,
    Research,
    SectionDescription,
    Software,
    Source,
)

__all__ = ["RULES", "assemble_case_study"]

RULES = Software(
    iri=f"{BASE}agent/extraction-rules-1", label="impactgraph's rules of extraction", version="1"
)
"""The program that reads: its version moves on whenever the same text would give other values."""

_LABEL = 160
_SHORT_LABEL = 60


def assemble_case_study(reading: Reading, slug: str) -> CaseStudy:
    """Return the case study that a reading makes.

    Args:
        reading: what the rules found in a document.
        slug: the case study's short name, the last part of its IRI.
    """
    document = reading.plain.document
    iri = case_study_iri(slug)
    anchoring = Anchoring(reading.plain, iri, f"{iri}/document")
    draft = Draft(reading, iri, anchoring, Agents(anchoring))
    submission = assemble_submission(draft)
    outputs, authorships = assemble_outputs(draft)
    sources = assemble_sources(draft)
    grants = assemble_grants(draft)
    passages = assemble_passages(draft, submission.impact_types)
    names = _names(outputs, sources, passages)
    research = _research(draft, submission.title)
    return CaseStudy(
        iri=iri,
        slug=slug,
        label=shorten(submission.title, _LABEL),
        title=submission.title,
        submitted_by=submission.submitted_by,
        unit_of_assessment=submission.unit.iri if submission.unit else None,
        exercise=submission.exercise.iri if submission.exercise else None,
        research_period=submission.research_period,
        impact_period=submission.impact_period,
        continued=submission.continued,
        attributed_to=RULES.iri,
        document=DocumentDescription(
            iri=f"{iri}/document",
            digest=document.digest,
            length=len(document.text),
            media_type=document.media_type,
            sections=tuple(
                SectionDescription(
                    iri=f"{iri}/document/section/{section.kind}",
                    section=section.kind,
                    word_count=count_words(document.text, section),
                )
                for section in document.sections
                if section.heading
            ),
        ),
        anchors=(_case_study_anchor(draft),),
        research=(research,) if research else (),
        findings=passages.findings,
        outputs=outputs,
        authorships=authorships,
        pathways=passages.pathways,
        impacts=passages.impacts,
        claims=tuple(claim for claims in passages.claims for claim in claims),
        sources=sources,
        marks=assemble_marks(draft),
        quotations=passages.quotations,
        grants=grants,
        figures=passages.figures,
        links=assemble_links(draft, passages, names, RULES.iri),
        periods=tuple(draft.periods.values()),
        people=draft.agents.people,
        roles=submission.roles,
        reference=Reference(
            organisations=draft.agents.organisations,
            units_of_assessment=(submission.unit,) if submission.unit else (),
            exercises=(submission.exercise,) if submission.exercise else (),
            software=(RULES,),
        ),
    )


def _case_study_anchor(draft: Draft) -> Anchor:
    """Return the anchor of the title, else of the first block."""
    plain = draft.reading.plain
    submission = plain.document.submission
    if submission and submission.title:
        start = plain.text.find(submission.title)
        if start >= 0:
            return draft.anchoring.at(Span(start, start + len(submission.title)))
    return draft.anchoring.at(plain.blocks[0].span)


def _research(draft: Draft, title: str) -> Research | None:
    blocks = draft.reading.plain.blocks_of("2")
    if not blocks:
        return None
    return Research(
        iri=f"{draft.case_study}/research",
        label=shorten(f"The research behind “{title}”", _LABEL),
        anchors=(draft.anchoring.at(blocks[0].span),),
    )


def _names(
    outputs: tuple[Output, ...], sources: tuple[Source, ...], passages: Passages
) -> dict[str, str]:
    names = {}
    for noun, members in (
        ("finding", passages.findings),
        ("output", outputs),
        ("pathway", passages.pathways),
        ("impact", passages.impacts),
        ("source", sources),
    ):
        for member in members:
            words = member.notation or f"“{shorten(member.label, _SHORT_LABEL)}”"
            names[member.iri] = f"{noun} {words}"
    for claims in passages.claims:
        for claim in claims:
            names[claim.iri] = f"claim “{shorten(claim.label, _SHORT_LABEL)}”"
    return names
