"""Remedies: what would close most gaps at least cost, and which sources could be spared."""

from impactgraph.remedies.asking import Asking, find_unchanging
from impactgraph.remedies.counting import ClaimCount, count_claims, say_counted
from impactgraph.remedies.needs import Need, Wanted, list_needs
from impactgraph.remedies.remedy import Action, Remedies, Remedy, SourceUse
from impactgraph.remedies.requests import Asked, Purpose, Request, list_requests
from impactgraph.remedies.suggesting import suggest_remedies
from impactgraph.remedies.uses import list_source_uses

__all__ = [
    "Action",
    "Asked",
    "Asking",
    "ClaimCount",
    "Need",
    "Purpose",
    "Remedies",
    "Remedy",
    "Request",
    "SourceUse",
    "Wanted",
    "count_claims",
    "find_unchanging",
    "list_needs",
    "list_requests",
    "list_source_uses",
    "say_counted",
    "suggest_remedies",
]
