"""Rule profiles: the rules of an exercise, as data."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

__all__ = ["Aspect", "Guidance", "Obligation", "ProfileStatus", "Rule", "RuleProfile"]


class Obligation(StrEnum):
    """How strictly a rule binds, most first."""

    MUST = "must"
    SHOULD = "should"
    INDICATIVE = "indicative"


class Aspect(StrEnum):
    """What of a case study a rule is about."""

    RESEARCH_PERIOD = "research period"
    IMPACT_PERIOD = "impact period"
    HEADER = "header"
    REFERENCES = "references"
    SOURCES = "sources"
    WORDS = "words"
    PAGES = "pages"
    CHANGE = "change"
    QUALITY = "quality"


class ProfileStatus(StrEnum):
    """Whether the rules of a profile are final (BIBO's statuses of documents)."""

    PUBLISHED = "published"
    DRAFT = "draft"


@dataclass(frozen=True, slots=True, kw_only=True)
class Guidance:
    """A document that rules stand in; `identifier` is its number, `issued` its date."""

    iri: str
    title: str
    identifier: str | None = None
    issued: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One rule: what it is about, its limits, and where it stands.

    `section` is the section that it holds for, None for the whole. `maximum` is the most that may
    be counted; `start` and `end` are the days between which something must lie. `verified` says
    whether what is here was held against the source, or against several others that repeat it and
    agree; `description` says against what.
    """

    iri: str
    label: str
    aspect: Aspect
    obligation: Obligation
    section: str | None = None
    maximum: Decimal | None = None
    start: str | None = None
    end: str | None = None
    source: Guidance
    locator: str | None = None
    verified: bool
    description: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleProfile:
    """The rules of one exercise at a version (the day of the data); a draft may still change."""

    iri: str
    notation: str
    label: str
    exercise: str
    status: ProfileStatus
    version: str
    rules: tuple[Rule, ...]
