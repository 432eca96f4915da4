"""Numbers that both lists may be cited by: [1], an output in section 2, a source in section 4."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable

from impactgraph.documents import PlainText
from impactgraph.extraction.label_schemes import LabelledList, read_words
from impactgraph.extraction.marks import Mark
from impactgraph.extraction.reading import TargetKind
from impactgraph.extraction.scheme_usage import OUTPUT_WORDS, SOURCE_WORDS, Usage

__all__ = ["LIKER", "measure_likeness", "share_numbers"]

_OUTPUT, _SOURCE = TargetKind.OUTPUT, TargetKind.SOURCE
LIKER = 1.25
"""How much more like one list's entries the words near marks must be to decide."""

_TOLD = 3.0  # how much "output [5]" weighs in this
_CONTEXT = 200


def share_numbers(
    plain: PlainText,
    outputs: LabelledList,
    sources: LabelledList,
    marks: Iterable[Mark],
    usage: dict[str, Usage],
) -> dict[tuple[str, str], LabelledList | None]:
    """Return which list a scheme means in a section, where both lists may be cited by it.

    In section 2 it means the outputs. In section 4 that list whose length its numbers fit, else
    the one whose entries share more words with the text before the marks; None where neither tells.
    """
    found: dict[tuple[str, str], LabelledList | None] = {}
    for scheme, used in usage.items():
        knowing = [each for each in (outputs, sources) if each.knows(scheme)]
        if len(knowing) == 2:
            if not _overlap(outputs, sources, scheme):
                continue
        elif not _is_open_to(scheme, outputs, sources, knowing, usage):
            continue
        if knowing == [sources]:
            found[scheme, "2"] = outputs
            found[scheme, "4"] = sources
        else:
            four = used.ordinals["4"]
            choice = _choose_by_length(four, outputs, sources) or _choose_by_words(
                plain, outputs, sources, scheme, tuple(marks)
            )
            if len(knowing) == 1 and choice in (None, *knowing):
                continue
            found[scheme, "2"] = outputs
            found[scheme, "4"] = choice or (sources if len(knowing) == 2 else None)
            if choice is outputs:
                found[scheme, "1"] = outputs
        for each in (outputs, sources):
            if not each.knows(scheme):
                each.aliases[scheme] = 0
    return found


def _overlap(outputs: LabelledList, sources: LabelledList, scheme: str) -> bool:
    if scheme in outputs.aliases or scheme in sources.aliases:
        return True
    return any(key in sources.exact for key in outputs.exact if key[0] == scheme)


def _is_open_to(
    scheme: str,
    outputs: LabelledList,
    sources: LabelledList,
    knowing: list[LabelledList],
    usage: dict[str, Usage],
) -> bool:
    """Return whether a scheme of one list, or of none, may mean the other in section 4."""
    if scheme != "#" and scheme[:-1] not in ("ref", "item"):
        return False
    used = usage[scheme]
    if knowing == [sources]:
        two = used.ordinals["2"]
        if not two or max(two) > outputs.last or outputs.schemes:
            return False
    elif len(used.ordinals["4"]) < 2 or not sources.size:
        return False
    lists = [each for each in (outputs, sources) if each not in knowing]
    return not any(
        other in usage and len(usage[other].all_ordinals) >= 2
        for each in lists
        for other in (each.schemes | each.aliases.keys()) - {scheme}
    )


def _choose_by_length(
    ordinals: Counter[int], outputs: LabelledList, sources: LabelledList
) -> LabelledList | None:
    if not ordinals:
        return None
    for_outputs, for_sources = (
        sum(times for ordinal, times in ordinals.items() if ordinal <= each.last) / ordinals.total()
        for each in (outputs, sources)
    )
    if max(for_outputs, for_sources) < 0.85 or abs(for_outputs - for_sources) < 0.04:
        return None
    return outputs if for_outputs > for_sources else sources


def _choose_by_words(
    plain: PlainText,
    outputs: LabelledList,
    sources: LabelledList,
    scheme: str,
    marks: tuple[Mark, ...],
) -> LabelledList | None:
    likeness = {
        each.kind: 0.5 + measure_likeness(plain, each, scheme, 0, marks)
        for each in (outputs, sources)
    }
    for mark in marks:
        told = mark.section == "4" and mark.word in OUTPUT_WORDS | SOURCE_WORDS
        if told and any(use.scheme == scheme for use in mark.parsed.labels):
            likeness[_OUTPUT if mark.word in OUTPUT_WORDS else _SOURCE] += _TOLD
    if likeness[_OUTPUT] > LIKER * likeness[_SOURCE]:
        return outputs
    return sources if likeness[_SOURCE] > LIKER * likeness[_OUTPUT] else None


def measure_likeness(
    plain: PlainText, of: LabelledList, scheme: str, offset: int, marks: Iterable[Mark]
) -> float:
    """Return how many words the entries share with the text before their marks in section 4.

    A word counts the less the more entries have it.
    """
    common = Counter(word for words in of.words for word in words)
    likeness = 0.0
    for mark in marks:
        if mark.section == "4":
            start = max(plain.sections["4"].start, mark.span.start - _CONTEXT)
            before = read_words(plain.text[start : mark.span.start])
            for use in mark.parsed.labels:
                if use.scheme == scheme:
                    for position in of.positions.get(use.ordinal + offset, ()):
                        shared = before & of.words[position - 1]
                        likeness += sum(1 / common[word] ** 2 for word in shared)
    return likeness
