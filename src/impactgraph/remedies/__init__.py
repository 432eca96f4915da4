"""Remedies: what would close most gaps at least cost, and which sources could be spared."""

from impactgraph.remedies.needs import Need, Wanted, list_needs
from impactgraph.remedies.remedy import Action, Remedies, Remedy, SourceUse
from impactgraph.remedies.suggesting import suggest_remedies
from impactgraph.remedies.uses import list_source_uses

__all__ = [
    "Action",
    "Need",
    "Remedies",
    "Remedy",
    "SourceUse",
    "Wanted",
    "list_needs",
    "list_source_uses",
    "suggest_remedies",
]
