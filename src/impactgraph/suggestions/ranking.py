"""The ranker: a logistic regression for each situation, whose values are probabilities."""

from __future__ import annotations

import json
import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from impactgraph.resources import data_path
from impactgraph.suggestions.features import FEATURES
from impactgraph.suggestions.vocabulary import Vocabulary

__all__ = ["Ranker", "Rankers", "read_rankers", "write_rankers"]

_FILE = "suggestions.json"


@dataclass(frozen=True, slots=True)
class Ranker:
    """Weights of the measures, in the order of `FEATURES`, and what is added to their sum."""

    weights: tuple[float, ...]
    constant: float

    def rate(self, measures: Sequence[float]) -> float:
        """Return the probability, 0 to 1, that a candidate underpins an impact."""
        total = math.fsum(map(float.__mul__, self.weights, map(float, measures))) + self.constant
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@dataclass(frozen=True, slots=True)
class Rankers:
    """What is shipped: the vocabulary, and a ranker for each situation.

    `visible` is for outputs where other impacts of section 4 cite some, `hidden` where none does,
    `findings` for findings.
    """

    vocabulary: Vocabulary
    visible: Ranker
    hidden: Ranker
    findings: Ranker


@cache
def read_rankers() -> Rankers:
    """Return the rankers that are shipped."""
    found = json.loads((data_path() / _FILE).read_text(encoding="utf-8"))
    if tuple(found["features"]) != FEATURES:
        raise ValueError(f"{_FILE} was trained on other measures; train it again")
    rankers = {
        name: Ranker(tuple(one["weights"]), one["constant"])
        for name, one in found["rankers"].items()
    }
    return Rankers(Vocabulary(found["documents"], found["counts"]), **rankers)


def write_rankers(rankers: Rankers, path: Path) -> None:
    """Write rankers as JSON, the same each time."""
    record = {
        "features": FEATURES,
        "rankers": {
            name: {"weights": one.weights, "constant": one.constant}
            for name in ("visible", "hidden", "findings")
            for one in [getattr(rankers, name)]
        },
        "documents": rankers.vocabulary.documents,
        "counts": dict(sorted(rankers.vocabulary.counts.items())),
    }
    path.write_text(json.dumps(record, ensure_ascii=False) + "\n", encoding="utf-8")
