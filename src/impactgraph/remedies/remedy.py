"""What a remedy is, and what a present source is good for."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.gaps import Gap, Severity
from impactgraph.graph import GraphNode, Kind
from impactgraph.model import Basis, Link
from impactgraph.wording import capitalise, count_of, join_words, name_together

__all__ = ["WEIGHTS", "Action", "Remedies", "Remedy", "SourceUse"]

WEIGHTS = {Severity.HIGH: 8, Severity.MEDIUM: 4, Severity.LOW: 2, Severity.NOTE: 0}
"""What closing a gap counts for."""


class Action(StrEnum):
    """What somebody has to do, what improves most first."""

    OBTAIN = "obtain"
    """Obtain a source that is not there yet: an outside voice, or a missing record."""
    CITE = "cite"
    """Say in section 4 what of the research something rests on."""
    MARK = "mark"
    """Put the mark of a source that is there into further sentences; it adds no new voice."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedy:
    """One thing that somebody could do, and the gaps that it would close.

    `advice` says what to do, `because` why just that; it helps only as far as it is true. `nodes`
    are what it is about, `adds` the steps that it would add, as links that nobody has stated yet.
    `closes` are the gaps that go when the remedies before it are taken already. `outside` says
    whether it is a voice with no known part in the research.
    """

    action: Action
    advice: str
    because: str
    nodes: tuple[GraphNode, ...]
    adds: tuple[Link, ...]
    closes: tuple[Gap, ...]
    outside: bool = False

    @property
    def gain(self) -> int:
        """How much it closes: gaps by their weight (high 8, medium 4, low 2, note 0)."""
        return sum(WEIGHTS[gap.severity] for gap in self.closes)

    @property
    def sentence(self) -> str:
        """What to do, why, and what that would close."""
        return f"{self.advice} {self.because} {self.closing_words}"

    @property
    def claims(self) -> tuple[GraphNode, ...]:
        """The claims that it is about."""
        return tuple(node for node in self.nodes if node.kind is Kind.CLAIM)

    @property
    def closing_words(self) -> str:
        """How many gaps it would close, and how grave they are."""
        found = Counter(gap.severity for gap in self.closes)
        if len(self.closes) == 1:
            return f"It would close one gap ({next(iter(found)).value})."
        levels = [f"{found[level]} {level.value}" for level in Severity if found[level]]
        return f"It would close {len(self.closes)} gaps ({join_words(levels)})."


@dataclass(frozen=True, slots=True, kw_only=True)
class Remedies:
    """Remedies in the order in which to take them, and the gaps that none of them closes.

    `untried` counts the candidates that were not tried, as the case study is too large for all.
    """

    basis: Basis
    remedies: tuple[Remedy, ...]
    left: tuple[Gap, ...]
    untried: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceUse:
    """What would be lost with a source: `only_for` has no other, `opens` are the gaps to come.

    `opens` is None where that was not tried, as the case study is too large to try all.
    """

    source: GraphNode
    basis: Basis
    corroborates: tuple[GraphNode, ...]
    only_for: tuple[GraphNode, ...]
    opens: tuple[Gap, ...] | None

    @property
    def redundant(self) -> bool:
        """Whether no gap would open if this source alone were left out."""
        return self.opens == ()

    @property
    def only_words(self) -> str:
        """What it is the only source of: so many claims, and which impacts."""
        return " and ".join(self._list_only()) or "nothing"

    @property
    def sentence(self) -> str:
        """What the source is good for."""
        name = capitalise(self.source.name)
        if not self.corroborates:
            return f"{name} corroborates nothing."
        if self.redundant:
            return f"{name} could be left out: whatever it shows has another source."
        if not self.only_for:
            weaker = ", but without it evidence grows weaker" if self.opens else ""
            return f"{name} is nowhere the only source{weaker}."
        return f"{name} is the only source of {' and of '.join(self._list_only())}."

    def _list_only(self) -> list[str]:
        claims = sum(1 for node in self.only_for if node.claim_of)
        parts = [count_of(claims, "claim")] if claims else []
        if others := [node for node in self.only_for if not node.claim_of]:
            parts.append(name_together(others))
        return parts
