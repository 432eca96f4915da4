"""Which scheme of labels is whose: concluded from all marks of a document together."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from itertools import combinations, product

from impactgraph.documents import PlainText
from impactgraph.extraction.label_schemes import LabelledList
from impactgraph.extraction.mark_tokens import CITING_WORDS
from impactgraph.extraction.marks import Mark, MarkForm
from impactgraph.extraction.number_sharing import LIKER, measure_likeness
from impactgraph.extraction.reading import TargetKind
from impactgraph.extraction.scheme_usage import LEANINGS, OTHER_SCHEMES, Usage

__all__ = ["place_second_schemes", "share_schemes"]

_OUTPUT = TargetKind.OUTPUT
_OF_SOME = frozenset({"testimonial", "letter", "document", "item", "paper"})
_WEAK = frozenset({"#", "A", "a", "i", "I"})
_NONE = 2
_MOST_PENDING = 5
_DOUBLE = 6.0  # how much less likely it is that a list is cited by two schemes that it lacks
_NEVER = 9.0
_DOUBTFUL = 0.4  # a sharing whose value comes so near to the best one's leaves doubt
_LEAST_IN_A_ROW = 3  # how many entries each of two schemes in a row must have


def share_schemes(
    outputs: LabelledList,
    sources: LabelledList,
    usage: dict[str, Usage],
    elsewhere: frozenset[str],
) -> None:
    """Give each list the schemes that the text cites it by and that it does not print.

    A scheme goes where its numbers fit, to the list whose own labels are not cited, by the sections
    in which it is used and by what such a scheme most often stands for. What is doubtful is given
    to none.
    """
    lists = (outputs, sources)
    printed = outputs.schemes | sources.schemes
    cited = [
        any(
            scheme in usage and len(usage[scheme].all_ordinals) >= 2
            for scheme in each.schemes - (outputs.schemes & sources.schemes)
        )
        for each in lists
    ]
    free = {
        scheme: used
        for scheme, used in usage.items()
        if scheme not in printed | OTHER_SCHEMES | elsewhere
    }
    _merge_letters(free, sources.size)
    letters = {
        f"{letter}#"
        for each in lists
        if each.schemes & {"A", "a"} or len(free.get("A", Usage()).all_ordinals) >= 3
        for letter in "abcdefghijklmn"[: each.size]
    }
    pending = sorted(
        (
            scheme
            for scheme, used in free.items()
            if _may_be_scheme(scheme, used) and scheme not in letters
        ),
        key=lambda scheme: (-free[scheme].total, scheme),
    )
    scores = {scheme: [_fit(scheme, free[scheme], each) for each in lists] for scheme in pending}
    words = [scheme for scheme in pending if scheme[:-1] in CITING_WORDS]
    others = [scheme for scheme in pending if scheme not in words][:_MOST_PENDING]
    in_a_row = {
        frozenset(pair)
        for pair in combinations(others, 2)
        for each in lists
        if LEANINGS[each.kind].issuperset(pair)
        and min(len(free[scheme].all_ordinals) for scheme in pair) >= _LEAST_IN_A_ROW
        and sum(max(free[scheme].all_ordinals) for scheme in pair) == each.size
    }
    for scheme, choice in _share_out(others, scores, cited, in_a_row).items():
        lists[choice].aliases[scheme] = 0
    for scheme in words:
        least = 1 if not free[scheme].forms[MarkForm.BARE] else 2
        if len(free[scheme].all_ordinals) < (3 if scheme[:-1] in _OF_SOME else least):
            continue
        for_outputs, for_sources = scores[scheme]
        if max(for_outputs, for_sources) > 0 and abs(for_outputs - for_sources) >= 0.5:
            lists[for_sources > for_outputs].aliases[scheme] = 0


def _merge_letters(free: dict[str, Usage], size: int) -> None:
    """Read A1, B2, C1 as parts of A, B and C where so many letters are used."""
    lettered = [scheme for scheme in free if re.fullmatch(r"[a-z]#", scheme)]
    lettered = [scheme for scheme in lettered if ord(scheme[0]) - 96 <= size]
    if len(lettered) + ("A" in free) >= 3:
        merged = free.setdefault("A", Usage())
        for scheme in lettered:
            used = free.pop(scheme)
            letter = ord(scheme[0]) - 96
            for section, ordinals in used.ordinals.items():
                merged.ordinals[section][letter] += ordinals.total()
            merged.forms += used.forms


def _may_be_scheme(scheme: str, used: Usage) -> bool:
    ordinals = used.all_ordinals
    if scheme == "#":
        square = used.total - used.forms[MarkForm.ROUND]
        return len(ordinals) >= 2 and (square > 0 or len(ordinals) * 2 >= max(ordinals))
    if scheme in _WEAK:
        square = used.forms[MarkForm.SQUARE] + used.forms[MarkForm.SUPERSCRIPT]
        consecutive = sum(ordinal in ordinals for ordinal in range(1, len(ordinals) + 2))
        return (
            len(ordinals) >= 3
            and min(ordinals) <= 2
            and consecutive >= 0.6 * len(ordinals)
            and (scheme == "A" or square * 2 >= used.total or used.total >= 1.5 * len(ordinals))
        )
    if scheme[0].isdigit():
        least = {"3": 2, "5": 2, "2": 3, "4": 3}.get(scheme[0])
        return least is not None and len(ordinals) >= least
    if re.fullmatch(r"[a-z]+[1-9]\..", scheme) and scheme[-3] not in "35":
        return False
    return scheme[:-1] in CITING_WORDS or (len(scheme) <= 6 and used.total >= 2)


def _fit(scheme: str, used: Usage, of: LabelledList) -> float:
    """Return how well a scheme suits a list; below 0, not at all."""
    ordinals = used.all_ordinals
    within = sum(times for ordinal, times in ordinals.items() if ordinal <= of.last)
    if not of.size or within < (0.5 if scheme == "3.#" else 0.7) * ordinals.total():
        return -_NEVER
    if scheme == "#" and of.schemes and used.forms[MarkForm.ROUND] == used.total:
        return -_NEVER
    two, four = used.ordinals["2"].total(), used.ordinals["4"].total()
    in_two = two / (two + four) if two + four else 0.0
    for_outputs = 1.5 if in_two >= 0.3 else 0.5 if in_two >= 0.1 else -1.0
    score = for_outputs if of.kind is _OUTPUT else -for_outputs
    if scheme in LEANINGS[of.kind]:
        score += 3 if scheme[0] in "35" else 2
    elif any(scheme in schemes for schemes in LEANINGS.values()):
        score -= 1
    return score + 0.5 * min(1.0, len(ordinals) / of.size) + min(1.0, used.total / 10)


def place_second_schemes(
    plain: PlainText, of: LabelledList, marks: Iterable[Mark], usage: dict[str, Usage]
) -> None:
    """Put two schemes that an unlabelled list is cited by one after the other: S1-S5, C1-C5.

    Where their numbers do not make up the list, or it cannot be told which comes first, the
    less used one is left out.
    """
    pair = sorted(
        (scheme for scheme in of.aliases if re.fullmatch(r"[a-z]{1,4}#", scheme)),
        key=lambda scheme: (-usage[scheme].total, scheme),
    )
    if len(pair) != 2 or pair[1][:-1] in CITING_WORDS or pair[0][:-1] in CITING_WORDS:
        return
    lengths = [max(usage[scheme].all_ordinals) for scheme in pair]
    if sum(lengths) == of.size:
        marks = tuple(marks)
        offsets = ((0, lengths[0]), (lengths[1], 0))
        ways = [
            sum(
                measure_likeness(plain, of, scheme, offset, marks)
                for scheme, offset in zip(pair, way, strict=True)
            )
            for way in offsets
        ]
        if max(ways) > LIKER * min(ways):
            of.aliases.update(zip(pair, offsets[ways[1] > ways[0]], strict=True))
            return
    del of.aliases[pair[1]]


def _share_out(
    schemes: list[str],
    scores: dict[str, list[float]],
    cited: list[bool],
    in_a_row: Collection[frozenset[str]],
) -> dict[str, int]:
    """Return which list each scheme goes to (0 or 1), such that all together fit best.

    Two go to one list only where they make it up in a row. What would go elsewhere in an almost as
    good sharing is left out.
    """
    ways = []
    for way in product((0, 1, _NONE), repeat=len(schemes)):
        value = sum(
            scores[scheme][choice]
            for scheme, choice in zip(schemes, way, strict=True)
            if choice != _NONE
        )
        for choice in (0, 1):
            together = frozenset(
                scheme for scheme, chosen in zip(schemes, way, strict=True) if chosen == choice
            )
            if cited[choice] and together:
                value -= _NEVER
            if len(together) > 1 and together not in in_a_row:
                value -= _DOUBLE * (len(together) - 1)
        ways.append((value, way))
    ways.sort(reverse=True)
    best_value, best = ways[0]
    doubtful = {
        index
        for value, way in ways[1:]
        if value > best_value - _DOUBTFUL
        for index, choice in enumerate(way)
        if choice != best[index]
    }
    return {
        scheme: best[index]
        for index, scheme in enumerate(schemes)
        if best[index] != _NONE and index not in doubtful
    }
