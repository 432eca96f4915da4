"""The controlled words of the model: stages, bases, and the members of its concept schemes."""

from __future__ import annotations

from enum import StrEnum

__all__ = [
    "Basis",
    "ImpactType",
    "Maturity",
    "Motivation",
    "OutputType",
    "RoleType",
    "SourceType",
    "Stage",
]


class Stage(StrEnum):
    """One of the five stages through which research becomes evidenced impact, in order."""

    FINDING = "finding"
    OUTPUT = "output"
    PATHWAY = "pathway"
    IMPACT = "impact"
    SOURCE = "source"

    @property
    def rank(self) -> int:
        """Position among the stages, 0 for finding to 4 for source."""
        return list(Stage).index(self)


class Basis(StrEnum):
    """Who says that a link exists.

    As the level of a question, a basis admits itself and every surer one:

    >>> Basis.CURATED.admits(Basis.STATED), Basis.STATED.admits(Basis.CURATED)
    (True, False)
    """

    STATED = "stated"
    CURATED = "curated"
    INFERRED = "inferred"

    @property
    def rank(self) -> int:
        """0 for the surest (stated) to 2 (inferred)."""
        return list(Basis).index(self)

    def admits(self, other: Basis) -> bool:
        """Return whether links of the basis `other` count at this level."""
        return other.rank <= self.rank


class Maturity(StrEnum):
    """How far a claimed change has come, least first."""

    UNDERSTANDING = "understanding"
    ADOPTION = "adoption"
    BENEFIT = "benefit"


class ImpactType(StrEnum):
    """The kinds of impact of the REF impact case study database."""

    POLITICAL = "political"
    HEALTH = "health"
    TECHNOLOGICAL = "technological"
    ECONOMIC = "economic"
    LEGAL = "legal"
    CULTURAL = "cultural"
    SOCIETAL = "societal"
    ENVIRONMENTAL = "environmental"


class SourceType(StrEnum):
    """What kind of thing corroborates."""

    TESTIMONIAL = "testimonial"
    AGREEMENT = "agreement"
    POLICY_DOCUMENT = "policy document"
    REPORT = "report"
    MINUTES = "minutes"
    WEB_PAGE = "web page"
    MEDIA = "media"
    DATA = "data"
    OTHER = "other"


class OutputType(StrEnum):
    """What kind of publication an output is."""

    BOOK = "book"
    BOOK_CHAPTER = "book chapter"
    JOURNAL_ARTICLE = "journal article"
    CONFERENCE_PAPER = "conference paper"
    REPORT = "report"
    WORKING_PAPER = "working paper"
    SOFTWARE = "software"
    DATA = "data"
    PATENT = "patent"
    OTHER = "other"


class RoleType(StrEnum):
    """The part that an agent has in a thing."""

    AUTHOR = "author"
    STAFF = "staff"
    INVESTIGATOR = "investigator"
    DELIVERER = "deliverer"
    FUNDER = "funder"
    PARTNER = "partner"
    CO_PRODUCER = "co-producer"
    COLLABORATOR = "collaborator"
    BENEFICIARY = "beneficiary"
    CORROBORATOR = "corroborator"
    DECISION_MAKER = "decision-maker"


class Motivation(StrEnum):
    """Why a note was written (Web Annotation Vocabulary, section 3.3.5)."""

    DESCRIBING = "describing"
    QUESTIONING = "questioning"
    COMMENTING = "commenting"
