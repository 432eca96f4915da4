"""Suggestions: which outputs and findings probably underpin impacts, where the text is silent."""

from impactgraph.suggestions.suggesting import (
    LEAST_CONFIDENCE,
    SUGGESTER,
    SharedTerm,
    Suggestion,
    suggest_links,
)

__all__ = ["LEAST_CONFIDENCE", "SUGGESTER", "SharedTerm", "Suggestion", "suggest_links"]
