"""What tells the candidates of one case study apart: words that few of them share.

All of a case study is about one subject, so most words that an impact and an output share are
shared by all. A word counts the more, the fewer candidates have it; and a likeness to an impact
counts the more, the less the candidate is like the other impacts.
"""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import TypeAlias, TypeVar

from impactgraph.suggestions.material import Candidate, Material
from impactgraph.suggestions.vocabulary import Word

__all__ = ["Bag", "Contrasts"]

_Pair: TypeAlias = tuple[str, str]
_Term = TypeVar("_Term", str, _Pair)


@dataclass(frozen=True, slots=True)
class Bag:
    """The words of some passages: how often each stem stands there, and its length as a vector."""

    words: tuple[Word, ...]
    counts: Counter[str]
    vector: dict[str, float]
    weights: dict[str, float]
    names: frozenset[str]
    size: float
    total: float


_Parts: TypeAlias = tuple[Bag, Bag, Bag, Bag]
"""Of a candidate: its own words, those that cite it, those around them, and all together."""


class Contrasts:
    """Compares the impacts of one case study with its candidates, each against the others.

    Args:
        material: of the case study.
        candidates: its outputs or its findings.
        impacts: the words of each impact.
        parts: the words of each candidate.
    """

    def __init__(
        self,
        material: Material,
        candidates: Sequence[Candidate],
        impacts: Sequence[Bag],
        parts: Sequence[_Parts],
    ) -> None:
        self._impacts = impacts
        kinds = [[some[at] for some in parts] for at in (0, 1, 3)]
        self._rarity = [_rate_rarity(bag.counts for bag in bags) for bags in kinds]
        self._bags = [tuple(bags[at] for bags in kinds) for at in range(len(parts))]
        self._pairs = [_pair(some[3].words) for some in parts]
        self._pair_rarity = _rate_rarity(self._pairs)
        self._rare_impacts = _rate_rarity(bag.counts for bag in impacts)
        impact_pairs = [_pair(bag.words) for bag in impacts]
        self._likeness = [
            [self._compare(impact, pairs, at) for at in range(len(parts))]
            for impact, pairs in zip(impacts, impact_pairs, strict=True)
        ]
        self._places = _place(candidates)
        self._count = len(material.impacts)

    def measure(self, impact: int, candidate: int) -> list[float]:
        """Return how much an impact and a candidate have in common that others have not."""
        own, citing, everything, pairs = self._likeness[impact][candidate]
        others = [row[candidate] for at, row in enumerate(self._likeness) if at != impact]
        apart = [
            value - math.fsum(row[at] for row in others) / len(others) if others else 0.0
            for at, value in ((0, own), (2, everything), (3, pairs))
        ]
        more = sum(row[2] > everything for row in others) / max(1, len(others))
        place = (impact + 0.5) / self._count
        aligned = -abs(self._places[candidate] - place) if self._count > 1 else -0.25
        return [
            *(own, citing, everything, pairs),
            *(*apart, more),
            *(self._tell(impact, candidate, at) for at in (0, 2)),
            aligned,
        ]

    def _compare(self, impact: Bag, pairs: frozenset[_Pair], at: int) -> tuple[float, ...]:
        shared = self._pair_rarity
        return (
            *(
                _contrast(impact, bag, rare)
                for bag, rare in zip(self._bags[at], self._rarity, strict=True)
            ),
            math.log1p(math.fsum(shared[pair] for pair in pairs & self._pairs[at])),
        )

    def _tell(self, impact: int, candidate: int, part: int) -> float:
        """Return what they share that neither other candidates nor other impacts have."""
        bag, other = self._impacts[impact], self._bags[candidate][part]
        rare, apart = self._rarity[part], self._rare_impacts
        total = math.fsum(
            other.weights[one] * rare[one] * apart[one] for one in other.counts if one in bag.counts
        )
        return total / math.sqrt(len(other.words) + 1)


def _contrast(impact: Bag, other: Bag, rare: Mapping[str, float]) -> float:
    total = math.fsum(
        other.weights[one]
        * rare[one]
        * (1 + math.log(impact.counts[one]))
        * min(2.0, 1 + math.log(often))
        for one, often in other.counts.items()
        if one in impact.counts
    )
    return total / math.sqrt(len(other.words) + 1)


def _rate_rarity(things: Iterable[Iterable[_Term]]) -> dict[_Term, float]:
    """Return for each word how few of the things have it: more for fewer."""
    sets = [set(one) for one in things]
    counts = Counter(word for one in sets for word in one)
    return {word: math.log((len(sets) + 1) / (often + 0.5)) for word, often in counts.items()}


def _pair(words: Sequence[Word]) -> frozenset[_Pair]:
    stems = [word.stem for word in words]
    return frozenset(pairwise(stems))


def _place(candidates: Sequence[Candidate]) -> list[float]:
    """Return where each candidate is cited on the whole, from 0, the first mark, to 1, the last."""
    starts = [
        [passage.start for passage in one.citing if passage.start is not None] for one in candidates
    ]
    all_of_them = [start for some in starts for start in some]
    if not all_of_them:
        return [0.5] * len(candidates)
    first, width = min(all_of_them), max(all_of_them) - min(all_of_them) + 1
    return [
        math.fsum((start - first) / width for start in some) / len(some) if some else 0.5
        for some in starts
    ]
