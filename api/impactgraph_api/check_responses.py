"""The shapes of the answers about rules, for the OpenAPI description."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict

from impactgraph.model import Aspect, Obligation, ProfileStatus
from impactgraph.profiles import Verdict
from impactgraph_api.responses import Anchor, ShortNode

__all__ = ["Check"]


class _Answer(BaseModel):
    model_config = ConfigDict(extra="forbid")


class RuleSource(_Answer):
    """The document that a rule stands in, and where in it."""

    title: str
    identifier: str | None
    issued: str | None
    locator: str | None


class Rule(_Answer):
    """One rule: what it is about, its limits, how strictly it binds, and if it was verified."""

    iri: str
    label: str
    aspect: Aspect
    section: str | None
    obligation: Obligation
    maximum: int | None
    start: str | None
    end: str | None
    source: RuleSource
    verified: bool
    verification: str | None


class RuleResult(_Answer):
    """What can be said of one rule, why, at which nodes and where in the document."""

    rule: Rule
    verdict: Verdict
    reason: str
    nodes: list[ShortNode]
    places: list[Anchor]


class RuleProfile(_Answer):
    """The rules of an exercise; those of a draft may still change."""

    iri: str
    notation: str
    label: str
    status: ProfileStatus
    version: str


class RuleChange(_Answer):
    """How a rule differs between two profiles; `before` or `after` is null where one lacks it."""

    aspect: Aspect
    section: str | None
    sentence: str
    before: RuleResult | None
    after: RuleResult | None


class Check(_Answer):
    """A case study beside the rules of a profile, and what differs under a second one."""

    case_study: str
    profile: RuleProfile
    verdicts: dict[Verdict, int]
    results: list[RuleResult]
    against: RuleProfile | None
    changes: list[RuleChange] | None
