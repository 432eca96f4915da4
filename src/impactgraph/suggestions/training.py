"""Training the rankers on impacts whose text says what underpins them."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from operator import mul

from impactgraph.suggestions.features import Measurer
from impactgraph.suggestions.material import Material, hide_marks
from impactgraph.suggestions.ranking import Ranker, Rankers
from impactgraph.suggestions.vocabulary import Vocabulary, count_documents

__all__ = ["Case", "count_vocabulary", "fit_ranker", "mask_cases", "train_rankers"]

_ROUNDS, _RIDGE, _DIGITS, _COMMON = 6, 300.0, 6, 2
_NO_OUTPUT_CASES = (
    "no impact cites some but not all of its case study's outputs, so that the ranking of outputs "
    "has nothing to learn from; train on an export with more case studies"
)
_NO_FINDING_CASES = (
    "outputs could be learnt from, but findings could not: no impact cites the outputs of some but "
    "not all findings of its case study; train on an export with more case studies"
)


@dataclass(frozen=True, slots=True)
class Case:
    """An impact with its marks masked: measures of each candidate, and which the marks cited."""

    rows: Sequence[Sequence[float]]
    cited: tuple[bool, ...]


def count_vocabulary(materials: Iterable[Material]) -> Vocabulary:
    """Return in how many case studies each stem stands, those of one case study left out."""
    total, counts = count_documents(_texts(material) for material in materials)
    return Vocabulary(total, {one: often for one, often in counts.items() if often >= _COMMON})


def _texts(material: Material) -> Iterator[str]:
    for target in material.impacts:
        yield from (passage.words for passage in target.passages)
    for one in material.outputs:
        yield from (passage.words for passage in (*one.own, *one.citing))


def mask_cases(
    material: Material, vocabulary: Vocabulary, *, hidden: bool, findings: bool = False
) -> Iterator[Case]:
    """Yield the impacts that cite some but not all of the candidates, their own marks masked.

    Args:
        material: of one case study.
        vocabulary: how telling words are.
        hidden: whether the marks of all other impacts are masked too.
        findings: whether findings are ranked, by whether an output of theirs is cited.
    """
    candidates = material.findings if findings else material.outputs
    wanted = [
        (
            at,
            tuple(
                bool(one.members & target.cited) if findings else position in target.cited
                for position, one in enumerate(candidates)
            ),
        )
        for at, target in enumerate(material.impacts)
    ]
    wanted = [(at, cited) for at, cited in wanted if any(cited) and not all(cited)]
    if wanted:
        measurer = Measurer(hide_marks(material) if hidden else material, vocabulary, candidates)
        for at, cited in wanted:
            yield Case(measurer.measure(at), cited)


def train_rankers(materials: Sequence[Material]) -> Rankers:
    """Return the rankers that the case studies of an export give.

    Raises:
        ValueError: nothing to learn the ranking of outputs from, or that of findings; says which.
    """
    vocabulary = count_vocabulary(materials)

    def fit(*, hidden: bool, findings: bool = False) -> Ranker:
        cases = [
            case
            for material in materials
            for case in mask_cases(material, vocabulary, hidden=hidden, findings=findings)
        ]
        if not cases:
            raise ValueError(_NO_FINDING_CASES if findings else _NO_OUTPUT_CASES)
        return fit_ranker(cases)

    return Rankers(vocabulary, fit(hidden=False), fit(hidden=True), fit(hidden=True, findings=True))


def fit_ranker(cases: Iterable[Case]) -> Ranker:
    """Return a logistic regression with a ridge, fitted by Newton's method.

    Raises:
        ValueError: there are no cases.
    """
    pairs = [pair for case in cases for pair in zip(case.rows, case.cited, strict=True)]
    if not pairs:
        raise ValueError(
            "no impact cites the outputs of some but not all candidates; nothing to learn from"
        )
    columns = list(zip(*(row for row, _ in pairs), strict=True))
    means = [math.fsum(column) / len(pairs) for column in columns]
    spreads = [
        math.sqrt(math.fsum((x - mean) ** 2 for x in column) / len(pairs)) or 1.0
        for column, mean in zip(columns, means, strict=True)
    ]
    scaled_columns = [
        [1.0] * len(pairs),
        *(
            [(x - mean) / spread for x in column]
            for column, mean, spread in zip(columns, means, spreads, strict=True)
        ),
    ]
    weights = [0.0] * len(scaled_columns)
    for _ in range(_ROUNDS):
        weights = _improve(weights, scaled_columns, [cited for _, cited in pairs])
    scaled = [round(w / s, _DIGITS) for w, s in zip(weights[1:], spreads, strict=True)]
    constant = weights[0] - math.fsum(w * m for w, m in zip(scaled, means, strict=True))
    return Ranker(tuple(scaled), round(constant, _DIGITS))


def _improve(weights: list[float], columns: list[list[float]], cited: list[bool]) -> list[float]:
    """Return better weights: a step of Newton's method."""
    weighted = ([w * x for x in column] for w, column in zip(weights, columns, strict=True))
    totals = list(map(math.fsum, zip(*weighted, strict=True)))
    chances = [1 / (1 + math.exp(-max(-30.0, min(30.0, total)))) for total in totals]
    wrong = [yes - chance for yes, chance in zip(cited, chances, strict=True)]
    doubt = [chance * (1 - chance) for chance in chances]
    slope, curve = [], []
    for at, column in enumerate(columns):
        ridge = _RIDGE if at else 0.0
        slope.append(math.fsum(map(mul, wrong, column)) - ridge * weights[at])
        doubted = list(map(mul, doubt, column))
        curve.append([math.fsum(map(mul, doubted, other)) for other in columns[: at + 1]])
        curve[at][at] += ridge or 1e-6
    for at, line in enumerate(curve):
        line += [curve[other][at] for other in range(at + 1, len(columns))]
    return [w + step for w, step in zip(weights, _solve(curve, slope), strict=True)]


def _solve(matrix: list[list[float]], right: list[float]) -> list[float]:
    """Return the solution of linear equations with a positive definite matrix."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for at in range(size):
        for below in range(at + 1, size):
            factor = rows[below][at] / rows[at][at]
            if factor:
                for column in range(at, size + 1):
                    rows[below][column] -= factor * rows[at][column]
    found = [0.0] * size
    for at in reversed(range(size)):
        rest = math.fsum(rows[at][k] * found[k] for k in range(at + 1, size))
        found[at] = (rows[at][size] - rest) / rows[at][at]
    return found
