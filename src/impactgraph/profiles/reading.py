"""The rule profiles that impactgraph ships."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from rdflib import Graph

from impactgraph.encoding import decode_rule_profiles
from impactgraph.errors import NotFoundError, ResourceError
from impactgraph.graph import CaseGraph, model_of
from impactgraph.model import RuleProfile
from impactgraph.resources import ontology_path, rule_profile_files

__all__ = ["own_profile", "profile_of_exercise", "rule_profile", "rule_profiles"]


@cache
def rule_profiles() -> Mapping[str, RuleProfile]:
    """Return every rule profile by its notation, read once a process.

    Raises:
        ResourceError: there are none.
        DecodingError: one of them lacks what it must have.
    """
    profiles = {
        profile.notation: profile
        for file in rule_profile_files()
        for profile in decode_rule_profiles(Graph().parse(file, format="ox-turtle"))
    }
    if not profiles:
        raise ResourceError(
            f"no rule profiles in {ontology_path() / 'rule-profiles'}; install impactgraph again"
        )
    return MappingProxyType(profiles)


def rule_profile(notation: str) -> RuleProfile:
    """Return a rule profile by its notation.

    Raises:
        NotFoundError: there is no such profile.

    >>> rule_profile("ref2021").label
    'REF 2021'
    """
    profiles = rule_profiles()
    if notation not in profiles:
        raise NotFoundError(
            f"there is no rule profile {notation!r}; there are {', '.join(profiles)}"
        )
    return profiles[notation]


def profile_of_exercise(exercise: str | None) -> RuleProfile | None:
    """Return the rules of an exercise, by its IRI; None where none are known."""
    return _by_exercise().get(exercise) if exercise else None


def own_profile(graph: CaseGraph) -> RuleProfile:
    """Return the rules of the exercise that a case study was submitted to.

    Raises:
        NotFoundError: the case study names no exercise, or one of which no rules are known.
    """
    case_study = model_of(graph)
    profile = profile_of_exercise(case_study.exercise)
    if profile is None:
        named = f"<{case_study.exercise}>" if case_study.exercise else "no exercise"
        raise NotFoundError(
            f"{case_study.slug!r} names {named}, of which no rules are known; "
            f"choose a profile: {', '.join(rule_profiles())}"
        )
    return profile


@cache
def _by_exercise() -> Mapping[str, RuleProfile]:
    return {profile.exercise: profile for profile in rule_profiles().values()}
