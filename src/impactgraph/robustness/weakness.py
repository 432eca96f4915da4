"""Which impact has the weakest evidence: the impacts in order, ties as ties, and never a score."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from impactgraph.robustness.corroboration import Corroboration, Tally
from impactgraph.wording import capitalise, count_of, join_words, name_together

__all__ = ["COMPARED_BY", "Rung", "order_by_evidence"]

COMPARED_BY = (
    "Compared by how many speak for an impact of whom no part in the research is known, then by "
    "how many speak at all, then by the sources, and last by the claim that has least of these. "
    "Those that are alike in all of it share a place."
)
"""How the order comes about, for readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Rung:
    """The impacts that share one place in the order, and the reason for each."""

    impacts: tuple[Corroboration, ...]

    @property
    def names(self) -> str:
        """What the impacts are called."""
        return capitalise(name_together(found.impact for found in self.impacts))

    @property
    def tied(self) -> bool:
        """Whether several share the place."""
        return len(self.impacts) > 1

    @property
    def reasons(self) -> tuple[str, ...]:
        """Why each of them stands here, in words."""
        return tuple(_say_why(found) for found in self.impacts)


def order_by_evidence(corroboration: Iterable[Corroboration]) -> tuple[Rung, ...]:
    """Return impacts from the weakest evidence to the strongest.

    They are compared by their tallies, one number after the other: parties with no known part,
    parties, sources, then the same of the claim that has least. The numbers are never added up or
    weighed against each other.

    Args:
        corroboration: of each impact, all at one level of basis.

    Returns:
        The places, the weakest first; impacts that no number tells apart share one.
    """
    ordered = sorted(corroboration, key=lambda found: (_compare(found), found.impact.sort_key))
    return tuple(Rung(impacts=tuple(some)) for _, some in groupby(ordered, key=_compare))


def _compare(found: Corroboration) -> tuple[int, ...]:
    return (*_list_numbers(found.tally), *_list_numbers(found.weakest or found.tally))


def _list_numbers(tally: Tally) -> tuple[int, int, int]:
    return tally.no_known_part, tally.parties, tally.sources


def _say_why(found: Corroboration) -> str:
    if not found.tally.sources:
        return "no source."
    letters = _name_all(found)
    said = [f"{count_of(found.tally.sources, 'source')} ({letters})", _say_speakers(found.tally)]
    if found.unsourced:
        said.append("not every claim has a source")
    elif found.weakest is not None and found.claims > 1:
        said.append(f"each claim has at least {count_of(found.weakest.sources, 'source')}")
    return f"{'; '.join(said)}."


def _name_all(found: Corroboration) -> str:
    return join_words([node.notation or f"“{node.label}”" for node in found.attested.sources])


def _say_speakers(tally: Tally) -> str:
    if not tally.parties:
        return "it is not said who speaks"
    speakers = "one speaker" if tally.parties == 1 else f"{tally.parties} speakers"
    every = {1: "", 2: "both "}.get(tally.parties, "all ")
    apart = tally.no_known_part
    if not apart:
        return f"{speakers}, {every}with a part in the research"
    if apart == tally.parties:
        return f"{speakers}, {every}with no known part in the research"
    return f"{speakers}, {apart} of them with no known part in the research"
