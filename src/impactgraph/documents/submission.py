"""What a case study's header, or its row in an export, says of its submission."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["AwardedGrant", "StaffMember", "Submission"]


@dataclass(frozen=True, slots=True)
class StaffMember:
    """A line of the header's table of staff: who, as what, employed when, as written."""

    name: str
    role: str | None = None
    period: str | None = None


@dataclass(frozen=True, slots=True)
class AwardedGrant:
    """A grant as the submission's data has it: its number and its sum in pounds."""

    number: str | None
    amount: float | None


@dataclass(frozen=True, slots=True)
class Submission:
    """To which exercise a case study was submitted, by whom, and what its form says of it.

    Everything is as the form has it, without duplicates; None or () where it says nothing.

    Attributes:
        exercise: "REF 2021" or "REF 2014".
        institution: the name of the submitting institution; ukprn its provider number.
        panel: the main panel's letter.
        unit: the number of the unit of assessment; unit_name its name.
        group: the letter and name of a multiple submission; joint who else submitted.
        identifier: the exercise's own identifier of the case study.
        continued: whether it continues one submitted to the exercise before.
        impact_type: the summary impact type.
        programmes: the names of funding programmes.
        organisation_identifiers: "Global research identifiers": of GRID, mostly.
        research_period: when the research was undertaken, as written; impact_period when the
            impact occurred.
    """

    exercise: str | None = None
    institution: str | None = None
    ukprn: str | None = None
    panel: str | None = None
    unit: str | None = None
    unit_name: str | None = None
    group: str | None = None
    joint: str | None = None
    identifier: str | None = None
    title: str | None = None
    continued: bool | None = None
    impact_type: str | None = None
    countries: tuple[str, ...] = ()
    partners: tuple[str, ...] = ()
    programmes: tuple[str, ...] = ()
    organisation_identifiers: tuple[str, ...] = ()
    funders: tuple[str, ...] = ()
    orcids: tuple[str, ...] = ()
    grants: tuple[AwardedGrant, ...] = ()
    research_period: str | None = None
    impact_period: str | None = None
    staff: tuple[StaffMember, ...] = ()
