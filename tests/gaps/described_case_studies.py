"""Small case studies with more said of their members than lines can write."""

from __future__ import annotations

import dataclasses
from typing import Any

from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import (
    Anchor,
    CaseStudy,
    Mark,
    Maturity,
    Organisation,
    Period,
    Reference,
    Role,
    RoleType,
)
from small_case_studies import CASE, case_graph

__all__ = ["OTHERS", "PARTNER", "SOUND", "described", "mark", "part", "place", "sound"]

SOUND = (
    "finding a reportedIn output 1",
    "output 1 carriedBy pathway 1",
    "pathway 1 ledTo impact 1",
    "pathway 1 corroboratedBy source A",
    "impact 1 corroboratedBy source A",
    "source R report",
    "impact 1 corroboratedBy source R",
    "claim c of 1",
    "claim c corroboratedBy source A",
    "source A attests finding a",
)
"""A case study of which nothing lacks, once `sound` has said more of it."""

PARTNER = "https://example.org/organisation/partner"
OTHERS = "https://example.org/organisation/others"
_YEAR = Period(iri=f"{CASE}/period/2019", label="2019", start="2019", end="2019")
_NAMES = (
    Organisation(iri=PARTNER, label="The Partner"),
    Organisation(iri=OTHERS, label="The Others"),
)


def described(*lines: str, fields: dict[str, Any] | None = None, **about: Any) -> CaseGraph:
    """Return the graph of the lines, with fields of single members replaced.

    Args:
        lines: see `small_case_studies`.
        fields: by the end of a member's IRI ("impact/1"), the fields that differ.
        about: fields of the case study itself.
    """
    case = model_of(case_graph(*lines))
    replaced: dict[str, Any] = {}
    for collection in ("impacts", "claims", "pathways", "sources", "outputs"):
        replaced[collection] = tuple(
            dataclasses.replace(member, **(fields or {}).get(member.iri.split("/example/")[1], {}))
            for member in getattr(case, collection)
        )
    return build_graph(_named(dataclasses.replace(case, **replaced, **about)))


def sound(*lines: str, fields: dict[str, Any] | None = None, **about: Any) -> CaseGraph:
    """Return the graph of a case study of which nothing lacks but what the lines add."""
    full: dict[str, dict[str, Any]] = {
        "impact/1": {"beneficiaries": (OTHERS,), "change": "otherwise", "temporal": (_YEAR.iri,)},
        "impact/2": {"beneficiaries": (OTHERS,), "change": "otherwise", "temporal": (_YEAR.iri,)},
        "claim/c": {"maturity": Maturity.BENEFIT},
    }
    for member, changed in (fields or {}).items():
        full[member] = full.get(member, {}) | changed
    return described(*SOUND, *lines, fields=full, periods=(_YEAR,), **about)


def place(section: str, start: int, end: int) -> Anchor:
    """Return a passage of the document."""
    return Anchor(
        iri=f"{CASE}/anchor/{section}-{start}",
        source=f"{CASE}/document",
        start=start,
        end=end,
        exact="words",
        section=section,
    )


def mark(text: str, *cites: str, **about: Any) -> Mark:
    """Return a mark that cites members, each by the end of its IRI."""
    return Mark(
        iri=f"{CASE}/mark/{text}",
        label=text,
        text=text,
        cites=tuple(f"{CASE}/{target}" for target in cites),
        anchors=(place("4", 80, 90),),
        **about,
    )


def part(agent: str, role_type: RoleType, role_in: str) -> Role:
    """Return the part of an agent in a member, by the end of its IRI."""
    return Role(
        iri=f"{CASE}/role/{role_type}-{role_in.replace('/', '-')}",
        label=role_type,
        agent=agent,
        role_type=role_type,
        role_in=f"{CASE}/{role_in}",
        anchors=(place("2", 20, 30),),
    )


def _named(case: CaseStudy) -> CaseStudy:
    return dataclasses.replace(case, reference=Reference(organisations=_NAMES))
