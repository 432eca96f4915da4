"""Which remedies to take, in which order: greedy set cover over the gaps that they would close."""

from __future__ import annotations

from impactgraph.gaps import Gap
from impactgraph.graph import CaseGraph
from impactgraph.model import Basis
from impactgraph.remedies.candidate import Candidate
from impactgraph.remedies.candidates import list_candidates
from impactgraph.remedies.remedy import WEIGHTS, Action, Remedies, Remedy
from impactgraph.remedies.variations import GapKey, count_affordable, list_gaps, with_more

__all__ = ["suggest_remedies"]


def suggest_remedies(graph: CaseGraph, *, basis: Basis, limit: int | None = None) -> Remedies:
    """Return what would close most gaps, in the order in which to do it.

    Each candidate is tried: it is added to the case study, and the gaps that then are gone are
    those that it closes. Then the greedy algorithm for weighted set cover (V. Chvátal, "A Greedy
    Heuristic for the Set-Covering Problem", Mathematics of Operations Research 4(3), 1979) takes
    again and again what closes most of what is left: a high gap counts 8, a medium 4, a low 2, a
    note nothing. New sources come first, then what of the research to cite, and last the marks to
    move, which add nothing new. A remedy helps only as far as it is true: nothing here knows
    whether a document shows what it is asked for.

    Args:
        graph: a case study's graph.
        basis: the level; inferred links close no gap, so under inferred it is as under curated.
        limit: how many remedies at most.
    """
    level = Basis.STATED if basis is Basis.STATED else Basis.CURATED
    left = {key: gap for key, gap in list_gaps(graph, level).items() if WEIGHTS[gap.severity]}
    candidates = list_candidates(graph, level)
    tried = candidates[: count_affordable(graph)]
    closing = [(candidate, _try(graph, level, candidate, left)) for candidate in tried]
    remedies: list[Remedy] = []
    while closing and (limit is None or len(remedies) < limit):
        action = next(
            (some for some in Action if any(_closes(pair, some, left) for pair in closing)), None
        )
        if action is None:
            break
        candidate, keys = max(
            (pair for pair in closing if pair[0].action is action),
            key=lambda pair: _weigh(pair[1], left),
        )
        closed = [key for key in left if key in keys]
        remedies.append(
            Remedy(
                action=candidate.action,
                advice=candidate.advice,
                because=candidate.because,
                nodes=candidate.nodes,
                adds=candidate.adds,
                closes=tuple(left.pop(key) for key in closed),
                outside=candidate.outside,
            )
        )
        closing = [pair for pair in closing if pair[0] is not candidate]
    return Remedies(
        basis=level,
        remedies=tuple(remedies),
        left=tuple(left.values()),
        untried=len(candidates) - len(tried),
    )


def _try(
    graph: CaseGraph, level: Basis, candidate: Candidate, present: dict[GapKey, Gap]
) -> frozenset[GapKey]:
    """Return which of the present gaps are gone, or a mere note, once the candidate is done."""
    after = list_gaps(with_more(graph, candidate.adds, candidate.source), level)
    gone = (key for key in present if key not in after or not WEIGHTS[after[key].severity])
    if not candidate.among:
        return frozenset(gone)
    return frozenset(key for key in gone if not candidate.among.isdisjoint(present[key].at))


def _closes(
    pair: tuple[Candidate, frozenset[GapKey]], action: Action, left: dict[GapKey, Gap]
) -> bool:
    candidate, keys = pair
    return candidate.action is action and not keys.isdisjoint(left)


def _weigh(keys: frozenset[GapKey], left: dict[GapKey, Gap]) -> int:
    return sum(WEIGHTS[left[key].severity] for key in keys if key in left)
