"""Suggestions: which outputs and findings probably underpin impacts, where the text is silent."""

from impactgraph.suggestions.adding import add_suggestions
from impactgraph.suggestions.suggesting import (
    LEAST_CONFIDENCE,
    METHOD,
    SUGGESTER,
    SharedTerm,
    Suggestion,
    list_suggested,
    suggest_links,
)

__all__ = [
    "LEAST_CONFIDENCE",
    "METHOD",
    "SUGGESTER",
    "SharedTerm",
    "Suggestion",
    "add_suggestions",
    "list_suggested",
    "suggest_links",
]
