"""A case study as it was read, with what is suggested put beside it as inferred links."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from impactgraph.extraction import Extraction
from impactgraph.model import CaseStudy, Link
from impactgraph.suggestions.suggesting import SUGGESTER, suggest_links

__all__ = ["add_suggestions"]

_MOST = 3
"""How many outputs, and how many findings, are suggested for an impact: more bury the best."""


def add_suggestions(extraction: Extraction) -> CaseStudy:
    """Return the case study of an extraction with the surest suggestions as inferred links.

    A pair that the reading joins already, on whatever basis, is not suggested again.
    """
    case_study = extraction.case_study
    joined = {(link.origin, link.target) for link in case_study.links}
    taken: Counter[tuple[str, str]] = Counter()
    added: list[Link] = []
    for suggestion in suggest_links(extraction):
        link = suggestion.link
        place = link.target, link.origin.removeprefix(case_study.iri).split("/")[1]
        if (link.origin, link.target) not in joined and taken[place] < _MOST:
            taken[place] += 1
            added.append(link)
    if not added:
        return case_study
    reference = case_study.reference
    return replace(
        case_study,
        links=(*case_study.links, *added),
        reference=replace(reference, software=(*reference.software, SUGGESTER)),
    )
