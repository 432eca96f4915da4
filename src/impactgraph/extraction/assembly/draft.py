"""What the parts of an assembly share: the reading, and the IRIs given so far."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

from impactgraph.extraction.assembly.agents import Agents
from impactgraph.extraction.assembly.anchoring import Anchoring
from impactgraph.extraction.reading import Reading
from impactgraph.identity import labelled_iri, passage_iri, period_iri
from impactgraph.model import Period

__all__ = ["Draft"]


@dataclass(slots=True)
class Draft:
    """One case study in the making.

    `outputs` and `sources` have the IRIs in the order of their lists: the first is that of
    position 1.
    """

    reading: Reading
    case_study: str
    anchoring: Anchoring
    agents: Agents
    outputs: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    periods: dict[str, Period] = field(default_factory=dict)
    _taken: set[str] = field(default_factory=set, repr=False)
    _counts: Counter[str] = field(default_factory=Counter, repr=False)

    def name(self, kind: str, label: str | None, words: str) -> str:
        """Return a new IRI: from a label that the document prints, else from the words."""
        stem = (
            labelled_iri(self.case_study, kind, label)
            if label
            else passage_iri(self.case_study, kind, words)
        )
        count = self._counts[stem] + 1
        while (iri := stem if count == 1 else f"{stem}-{count}") in self._taken:
            count += 1
        self._counts[stem] = count
        self._taken.add(iri)
        return iri

    def period(self, start: str | None, end: str | None, *, open_ended: bool = False) -> str | None:
        """Return the IRI of a period, None where neither its start nor its end is known."""
        if not (start or end) or (start and end and end[: len(start)] < start[: len(end)]):
            return None
        iri = period_iri(self.case_study, start, end, open_ended)
        if start and start == end:
            label = start
        else:
            label = (
                f"{start or 'until'} to {'now' if open_ended else end}" if start else f"until {end}"
            )
        self.periods.setdefault(
            iri, Period(iri=iri, label=label, start=start, end=end, open_ended=open_ended)
        )
        return iri

    def source_iris(self, positions: Iterable[int]) -> tuple[str, ...]:
        """Return the IRIs of sources by their positions."""
        return tuple(self.sources[position - 1] for position in positions)
