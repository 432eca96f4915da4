"""Rule profiles: what an exercise asks of a case study, and whether it keeps to that."""

from impactgraph.profiles.checking import Check, RuleResult, Verdict, check_case_study
from impactgraph.profiles.comparing import RuleChange, compare_profiles
from impactgraph.profiles.reading import (
    own_profile,
    profile_of_exercise,
    rule_profile,
    rule_profiles,
)

__all__ = [
    "Check",
    "RuleChange",
    "RuleResult",
    "Verdict",
    "check_case_study",
    "compare_profiles",
    "own_profile",
    "profile_of_exercise",
    "rule_profile",
    "rule_profiles",
]
