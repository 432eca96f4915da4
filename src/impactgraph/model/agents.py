"""People, organisations, groups and places, and the parts that they have."""

from __future__ import annotations

from dataclasses import dataclass

from impactgraph.model.anchors import Anchor
from impactgraph.model.terms import RoleType

__all__ = [
    "Exercise",
    "Group",
    "Organisation",
    "Person",
    "Place",
    "Role",
    "Software",
    "UnitOfAssessment",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Person:
    """Somebody whom a case study names, or names by post."""

    iri: str
    label: str
    family_name: str | None = None
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """People whom a case study names together, such as the residents of a town."""

    iri: str
    label: str
    anchors: tuple[Anchor, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """A body that several case studies may name; `ukprn` is its number as a UK provider."""

    iri: str
    label: str
    alternative_labels: tuple[str, ...] = ()
    ukprn: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place that several case studies may name."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitOfAssessment:
    """A subject panel of a research exercise; `notation` is its number."""

    iri: str
    label: str
    notation: str
    scheme: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Exercise:
    """A national research assessment, such as REF 2021."""

    iri: str
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Software:
    """A program that concludes links, at a version."""

    iri: str
    label: str
    version: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The part of an agent in a thing, with post, place of work and period where known."""

    iri: str
    label: str
    agent: str
    role_type: RoleType
    role_in: str
    post: str | None = None
    organisation: str | None = None
    period: str | None = None
    anchors: tuple[Anchor, ...]
