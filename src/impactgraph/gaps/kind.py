"""What a kind of gap is: an entry of the registry."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeAlias

from impactgraph.gaps.evidence import Evidence
from impactgraph.gaps.gap import Gap, Severity

__all__ = ["Find", "GapKind"]

Find: TypeAlias = Callable[[Evidence], Iterable[Gap]]


@dataclass(frozen=True, slots=True, kw_only=True)
class GapKind:
    """One kind of gap: what it means, how grave it is as a rule, and how it is found.

    `severity` is the usual one; a single gap may be graver or slighter, and says so. A kind that
    is not `default_on` is looked for only where it is asked for. `unqueried` says why a kind has
    no query and no shape; those of all others find the same in RDF.
    """

    id: str
    title: str
    meaning: str
    severity: Severity
    find: Find
    default_on: bool = True
    unqueried: str | None = None

    @property
    def query(self) -> str | None:
        """The name of the query that finds the same things in a store, unless there is none."""
        return None if self.unqueried else f"gaps/{self.id}"

    @property
    def concept(self) -> str:
        """The local name of the concept in the ontology that stands for the kind.

        >>> from impactgraph.gaps import KINDS
        >>> KINDS["nothing-before"].concept
        'gapNothingBefore'
        """
        return "gap" + "".join(word.capitalize() for word in self.id.split("-"))
