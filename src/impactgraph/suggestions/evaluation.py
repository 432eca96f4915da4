"""Measuring suggestions: mask the marks of an impact, rank, compare with what it cited."""

from __future__ import annotations

import hashlib
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from impactgraph.suggestions.features import FEATURES
from impactgraph.suggestions.material import Material
from impactgraph.suggestions.training import Case, count_vocabulary, fit_ranker, mask_cases

__all__ = ["Score", "evaluate_suggestions"]

_FOLDS, _BINS = 5, 10
_BASELINES = {"TF-IDF": "all:raw", "BM25": "bm25:raw"}


@dataclass(frozen=True, slots=True)
class Score:
    """How well a ranking does over the cases of an export.

    `reliability` has for each tenth of confidence that occurs: the mean confidence, the share that
    was right, how many. A baseline has no confidence.
    """

    name: str
    marks: str
    split: str
    cases: int
    mean_average_precision: float
    hit_at_1: float
    calibration_error: float | None = None
    reliability: tuple[tuple[float, float, int], ...] = ()


def evaluate_suggestions(
    materials: Sequence[Material], groups: Sequence[str], *, split: str = "case study"
) -> tuple[Score, ...]:
    """Return the scores of the ranker, by cross-validation in five folds, and of the baselines.

    Args:
        materials: of each case study of an export.
        groups: which fold each belongs to follows from this: its identifier, or its institution.
        split: what the groups are called in the scores.

    Raises:
        ValueError: no impact, or none outside a fold, cites some but not all outputs.
    """
    vocabulary = count_vocabulary(materials)
    folds = [hashlib.sha256(f"7:{group}".encode()).digest()[0] % _FOLDS for group in groups]
    scores: list[Score] = []
    for hidden in (False, True):
        cases = [
            (fold, case)
            for fold, material in zip(folds, materials, strict=True)
            for case in mask_cases(material, vocabulary, hidden=hidden)
        ]
        if not cases:
            raise ValueError("no impact cites some but not all of the outputs")
        rated: list[tuple[Case, list[float]]] = []
        for fold in sorted({fold for fold, _ in cases}):
            ranker = fit_ranker(case for other, case in cases if other != fold)
            rated += [
                (case, [ranker.rate(row) for row in case.rows])
                for other, case in cases
                if other == fold
            ]
        marks = "all of section 4 hidden" if hidden else "of other impacts visible"
        scores.append(_score("suggestions", marks, split, rated))
    return (*scores, *_baselines([case for _, case in cases], split))


def _baselines(cases: Sequence[Case], split: str) -> list[Score]:
    def by(name: str) -> Callable[[Case], list[float]]:
        return lambda case: [row[FEATURES.index(name)] for row in case.rows]

    ways: dict[str, Callable[[Case], list[float]]] = {
        "chance": lambda case: [
            hashlib.sha256(repr((at, row)).encode()).digest()[0] / 256
            for at, row in enumerate(case.rows)
        ],
        "list order": lambda case: [float(-at) for at in range(len(case.rows))],
        **{name: by(feature) for name, feature in _BASELINES.items()},
    }
    return [
        _score(name, "not used", split, [(case, way(case)) for case in cases], calibrated=False)
        for name, way in ways.items()
    ]


def _score(
    name: str,
    marks: str,
    split: str,
    rated: Sequence[tuple[Case, list[float]]],
    *,
    calibrated: bool = True,
) -> Score:
    precisions, hits = [], 0
    for case, ratings in rated:
        order = sorted(range(len(ratings)), key=lambda at: -ratings[at])
        right = [case.cited[at] for at in order]
        hits += right[0]
        found = [sum(right[: at + 1]) / (at + 1) for at, yes in enumerate(right) if yes]
        precisions.append(sum(found) / len(found))
    total = len(rated)
    bins: list[list[tuple[float, bool]]] = [[] for _ in range(_BINS)]
    for case, ratings in rated if calibrated else ():
        for rating, yes in zip(ratings, case.cited, strict=True):
            bins[min(_BINS - 1, int(rating * _BINS))].append((rating, yes))
    reliability = tuple(
        (sum(r for r, _ in one) / len(one), sum(y for _, y in one) / len(one), len(one))
        for one in bins
        if one
    )
    pairs = sum(count for _, _, count in reliability)
    error = math.fsum(abs(said - was) * count for said, was, count in reliability)
    return Score(
        name,
        marks,
        split,
        total,
        math.fsum(precisions) / total,
        hits / total,
        error / pairs if pairs else None,
        reliability,
    )
