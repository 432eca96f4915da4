"""What is measured of an impact and each of the candidates that may underpin it."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Sequence

from impactgraph.suggestions.contrasts import Bag, Contrasts
from impactgraph.suggestions.material import Candidate, Material, Passage, Target
from impactgraph.suggestions.vocabulary import Vocabulary, read_words

__all__ = ["FEATURES", "Measurer"]

_LEXICAL = ("own", "citing", "around", "all", "names", "bm25", "coverage")
_APART = (
    *("contrast own", "contrast citing", "contrast all", "contrast pairs"),
    *("apart own", "apart all", "apart pairs", "elsewhere"),
    *("telling own", "telling all", "aligned"),
)
FEATURES = (
    *(f"{name}:{form}" for name in (*_LEXICAL, *_APART) for form in ("raw", "centred", "best")),
    "first",
    "position",
    "candidates",
    "popularity",
    "popularity:best",
    "uncited",
    "author",
    "age",
    "late",
    "diagonal",
    "neighbours",
    "previous",
    "next",
    "others",
    "unused",
    "inside",
    "like citers",
    "breadth",
)
"""The names of what is measured, in order."""
_K1, _B, _USUAL_LENGTH = 1.2, 0.75, 60.0


class Measurer:
    """Measures the impacts of one case study against its outputs or its findings."""

    def __init__(
        self, material: Material, vocabulary: Vocabulary, candidates: Sequence[Candidate]
    ) -> None:
        """Read the words once."""
        self._vocabulary = vocabulary
        self._material = material
        self._candidates = candidates
        self._impacts = [self._bag(target.passages) for target in material.impacts]
        self._printed = {
            target.iri: {word.printed.casefold() for word in bag.words}
            for target, bag in zip(material.impacts, self._impacts, strict=True)
        }
        self._bags = [
            (
                self._bag(one.own),
                self._bag(one.citing),
                self._bag(one.around),
                self._bag((*one.own, *one.citing, *one.around)),
            )
            for one in candidates
        ]
        self._likeness: dict[tuple[int, int], float] = {}
        self._contrasts = Contrasts(material, candidates, self._impacts, self._bags)

    def measure(self, impact: int) -> list[list[float]]:
        """Return a row of measures for each candidate of an impact, in the order of `FEATURES`."""
        bag, target = self._impacts[impact], self._material.impacts[impact]
        columns = [
            [*self._compare(bag, bags), *self._contrasts.measure(impact, at)]
            for at, bags in enumerate(self._bags)
        ]
        count = len(columns)
        means = [sum(column) / count for column in zip(*columns, strict=True)]
        bests = [max(column) for column in zip(*columns, strict=True)]
        popularity = [float(len(one.citing)) for one in self._candidates]
        rows = []
        for at, column in enumerate(columns):
            row: list[float] = []
            for value, mean, best in zip(column, means, bests, strict=True):
                row += [value, value - mean, float(best > 0 and value == best)]
            row += self._standing(at, target, popularity)
            row += self._company(at, impact)
            rows.append(row)
        return rows

    def _compare(self, bag: Bag, bags: tuple[Bag, Bag, Bag, Bag]) -> list[float]:
        own, citing, around, everything = bags
        shared_names = bag.names & everything.names
        telling = math.fsum(bag.weights[name] for name in shared_names)
        own_total = own.total or 1.0
        covered = math.fsum(weight for one, weight in own.weights.items() if one in bag.counts)
        return [
            _cosine(bag, own),
            _cosine(bag, citing),
            _cosine(bag, around),
            _cosine(bag, everything),
            math.log1p(telling),
            math.log1p(self._bm25(bag, everything)),
            covered / own_total,
        ]

    def _standing(self, at: int, target: Target, popularity: list[float]) -> list[float]:
        one, count = self._candidates[at], len(self._candidates)
        years = [other.year for other in self._candidates if other.year]
        middle = sum(years) / len(years) if years else 0.0
        age = (one.year - middle) / 5 if one.year and years else 0.0
        words = self._printed[target.iri]
        named = any(name.casefold() in words for name in one.names)
        total = sum(popularity) or 1.0
        return [
            float(at == 0),
            at / max(1, count - 1),
            math.log(count),
            popularity[at] / total,
            float(popularity[at] > 0 and popularity[at] == max(popularity)),
            float(popularity[at] == 0),
            float(named),
            max(-2.0, min(2.0, age)),
            float(one.year is not None and one.year == max(years)),
        ]

    def _company(self, at: int, impact: int) -> list[float]:
        """Return what the marks of the other impacts tell, and where the impact stands."""
        impacts = self._material.impacts
        count = len(self._candidates)
        place = (impact + 0.5) / len(impacts)
        diagonal = -abs(place - (at + 0.5) / count) if len(impacts) > 1 else -0.25
        citers = [
            (other, self._cites(other, at))
            for other in range(len(impacts))
            if other != impact and impacts[other].cited
        ]
        if not citers:
            return [diagonal, *[0.0] * 8]
        yes = [other for other, cites in citers if cites]
        before = [one for one in citers if one[0] < impact]
        after = [one for one in citers if one[0] > impact]
        previous = float(before[-1][1]) if before else 0.0
        following = float(after[0][1]) if after else 0.0
        high = max(impacts[before[-1][0]].cited, default=-1) if before else -1
        low = min(impacts[after[0][0]].cited, default=count) if after else count
        breadth = sum(len(impacts[one].cited) for one, _ in citers) / len(citers) / count
        return [
            diagonal,
            1.0,
            previous,
            following,
            len(yes) / len(citers),
            float(not yes),
            float(high < at < low),
            max((self._likeness_of(impact, other) for other in yes), default=0.0),
            breadth,
        ]

    def _cites(self, impact: int, at: int) -> bool:
        cited, one = self._material.impacts[impact].cited, self._candidates[at]
        if self._candidates is self._material.outputs:
            return at in cited
        return bool(one.members & cited)

    def _likeness_of(self, one: int, other: int) -> float:
        key = (min(one, other), max(one, other))
        if key not in self._likeness:
            self._likeness[key] = _cosine(self._impacts[one], self._impacts[other])
        return self._likeness[key]

    def _bag(self, passages: Sequence[Passage]) -> Bag:
        words = tuple(word for passage in passages for word in read_words(passage.words))
        counts = Counter(word.stem for word in words)
        weights = {one: self._vocabulary.weight(one) for one in counts}
        vector = {one: (1 + math.log(often)) * weights[one] for one, often in counts.items()}
        norm = math.sqrt(math.fsum(value * value for value in vector.values()))
        names = frozenset(word.stem for word in words if word.is_name)
        return Bag(words, counts, vector, weights, names, norm, math.fsum(weights.values()))

    def _bm25(self, bag: Bag, other: Bag) -> float:
        length = _K1 * (1 - _B + _B * len(other.words) / _USUAL_LENGTH)
        return math.fsum(
            bag.weights[one] * often * (_K1 + 1) / (often + length)
            for one in bag.counts
            if (often := other.counts.get(one, 0))
        )


def _cosine(one: Bag, other: Bag) -> float:
    if len(one.vector) > len(other.vector):
        one, other = other, one
    product = math.fsum(
        value * other.vector[stem] for stem, value in one.vector.items() if stem in other.vector
    )
    return product / (one.size * other.size) if product else 0.0
