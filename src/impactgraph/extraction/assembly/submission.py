"""What the form says: title, institution, unit, exercise, periods, staff and kinds of impact."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from impactgraph.documents import Span, Submission
from impactgraph.extraction.assembly.agents import slugify
from impactgraph.extraction.assembly.anchoring import shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.dates import read_period
from impactgraph.identity import BASE
from impactgraph.model import Exercise, ImpactType, Role, RoleType, UnitOfAssessment

__all__ = ["AssembledSubmission", "assemble_submission"]

_LABEL = 160
_TITLE = 600


@dataclass(frozen=True, slots=True)
class AssembledSubmission:
    """What a case study says of itself as a whole, as values of the model."""

    title: str
    submitted_by: str | None
    unit: UnitOfAssessment | None
    exercise: Exercise | None
    research_period: str | None
    impact_period: str | None
    continued: bool | None
    impact_types: tuple[ImpactType, ...]
    roles: tuple[Role, ...]


def assemble_submission(draft: Draft) -> AssembledSubmission:
    """Return what the document's form says; what it does not say is left open."""
    submission = draft.reading.plain.document.submission or Submission()
    exercise = _exercise(submission)
    return AssembledSubmission(
        title=shorten(submission.title or _first_words(draft), _TITLE),
        submitted_by=draft.agents.organisation(submission.institution, ukprn=submission.ukprn)
        if submission.institution
        else None,
        unit=_unit(submission, exercise),
        exercise=exercise,
        research_period=_period(draft, submission.research_period),
        impact_period=_period(draft, submission.impact_period),
        continued=submission.continued,
        impact_types=tuple(
            kind
            for kind in ImpactType
            if submission.impact_type and kind.value in submission.impact_type.casefold()
        ),
        roles=tuple(_staff(draft, submission)),
    )


def _first_words(draft: Draft) -> str:
    plain = draft.reading.plain
    summary = plain.blocks_of("1") or plain.blocks
    return plain.words(summary[0].span) if summary else "Untitled case study"


def _exercise(submission: Submission) -> Exercise | None:
    if not submission.exercise:
        return None
    slug = slugify(submission.exercise).replace("-", "")
    return Exercise(iri=f"{BASE}exercise/{slug}", label=submission.exercise)


def _unit(submission: Submission, exercise: Exercise | None) -> UnitOfAssessment | None:
    if not (submission.unit and submission.unit_name and exercise):
        return None
    scheme = f"{BASE}unit-of-assessment/{exercise.iri.rsplit('/', 1)[-1]}"
    return UnitOfAssessment(
        iri=f"{scheme}-{slugify(submission.unit)}",
        label=submission.unit_name,
        notation=submission.unit,
        scheme=scheme,
    )


def _period(draft: Draft, words: str | None) -> str | None:
    found = read_period(words) if words else None
    return draft.period(found.start, found.end, open_ended=found.open_ended) if found else None


def _staff(draft: Draft, submission: Submission) -> Iterator[Role]:
    """Yield the parts of the staff whom the form lists, where the text has their names."""
    plain = draft.reading.plain
    for member in submission.staff:
        start = plain.text.find(member.name)
        if start < 0:
            continue
        span = Span(start, start + len(member.name))
        yield Role(
            iri=draft.name("role", None, f"staff {member.name} {member.role}"),
            label=shorten(f"{member.name}, {member.role or 'member of staff'}", _LABEL),
            agent=draft.agents.person(member.name, span),
            role_type=RoleType.STAFF,
            role_in=f"{draft.case_study}/research",
            post=shorten(member.role, _LABEL) if member.role else None,
            period=_period(draft, member.period),
            anchors=(draft.anchoring.at(span),),
        )
