"""What the marks of a document point to: its labels against the lists of sections 3 and 5."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from operator import attrgetter

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.label_schemes import ROMAN_LETTERS, LabelledList, read_labelled_list
from impactgraph.extraction.mark_parsing import LabelUse, parse_mark
from impactgraph.extraction.mark_tokens import CITING_WORDS
from impactgraph.extraction.marks import Mark, MarkForm
from impactgraph.extraction.number_sharing import share_numbers
from impactgraph.extraction.reading import Entry, Target, TargetKind
from impactgraph.extraction.scheme_sharing import place_second_schemes, share_schemes
from impactgraph.extraction.scheme_usage import (
    OTHER_SCHEMES,
    OUTPUT_WORDS,
    SOURCE_WORDS,
    count_usage,
)

__all__ = ["MarkResolver"]

_OUTPUT, _SOURCE = TargetKind.OUTPUT, TargetKind.SOURCE
_LETTER_SCHEME = re.compile(r"[a-z]#")
_SECTION_SCHEME = re.compile(r"([a-z]+)(\d)\.#")
_SECTION_LETTERS = re.compile(r"(\d\.)A")
_REF_EXERCISE = re.compile(r"REF\s?\d")
_OF_OUTPUTS = frozenset({"r#", "ref#", "3.#"})  # what nothing but outputs is called
_OF_ANY = frozenset({"ref", "source", "output", "pub", "evidence"})  # words before any number
_LABEL = (
    r"\s?[\[(]?\s?([A-Z][A-Za-z]{0,8}\.?\s?\d{1,2}|[24]\.\d{1,2}|3\.[A-Za-z](?![A-Za-z]))(?![\d%])"
)
_LABELLED = re.compile(rf"{_LABEL}\s?[\])]?[.:\s–-]{{1,3}}(?![a-z])")
_CLEARLY_LABELLED = re.compile(rf"{_LABEL}(?:[\])]\s|\s?[:.)–-]|(?<=\.\d)\s)")
_END = attrgetter("end")


class MarkResolver:
    """The marks of a document and the lists that they point to."""

    def __init__(
        self,
        plain: PlainText,
        outputs: Sequence[Entry],
        sources: Sequence[Entry],
        marks: tuple[Mark, ...],
    ) -> None:
        self.plain = plain
        self.outputs = read_labelled_list(plain, _OUTPUT, outputs)
        self.sources = read_labelled_list(plain, _SOURCE, sources)
        self.lists = (self.outputs, self.sources)
        self.marks = marks
        self.usage = count_usage(self.marks, max(each.last for each in self.lists))
        self.elsewhere = _find_elsewhere(plain, [entry.span for entry in (*outputs, *sources)])
        if not self.outputs.schemes:
            self.elsewhere -= _OF_OUTPUTS
        share_schemes(self.outputs, self.sources, self.usage, self.elsewhere)
        for each in self.lists:
            place_second_schemes(plain, each, self.marks, self.usage)
        self.meant = share_numbers(plain, self.outputs, self.sources, self.marks, self.usage)

    def resolve(self, mark: Mark) -> tuple[tuple[Target, ...], tuple[str, ...]]:
        """Return what a mark points to, and its parts that point to nothing listed."""
        targets: list[Target] = []
        unresolved: list[str] = []
        if self._is_exercise(mark):
            return (), ()
        for use in mark.parsed.labels:
            if use.weak and (
                (mark.parsed.foreign and not mark.parsed.leads) or self._is_stray(mark, use)
            ):
                continue
            found = self._find(mark, use)
            targets += found
            if not found and self._is_lost(mark, use):
                unresolved.append(use.printed)
        return tuple(dict.fromkeys(targets)), tuple(dict.fromkeys(unresolved))

    def _is_exercise(self, mark: Mark) -> bool:
        """Return whether a mark is the REF itself, or one of its forms: "REF 2021", "REF2"."""
        bare = mark.form is MarkForm.BARE and _REF_EXERCISE.match(self.plain.words(mark.span))
        return bool(bare) and not any("ref#" in each.schemes for each in self.lists)

    def _is_stray(self, mark: Mark, use: LabelUse) -> bool:
        """Return whether a number stands in round brackets where such marks have square ones."""
        if mark.form is not MarkForm.ROUND or use.scheme not in self.usage:
            return False
        forms = self.usage[use.scheme].forms
        return forms[MarkForm.ROUND] * 3 < forms[MarkForm.SQUARE] + forms[MarkForm.SUPERSCRIPT]

    def is_of_something_else(self, mark: Mark) -> bool:
        """Return whether all that a mark names are grants, figures or passages of the text."""
        return all(use.scheme in OTHER_SCHEMES | self.elsewhere for use in mark.parsed.labels)

    def is_ambiguous(self, mark: Mark) -> bool:
        """Return whether a mark's labels could be of either list."""
        return any(all(each.knows(use.scheme) for each in self.lists) for use in mark.parsed.labels)

    def _find(self, mark: Mark, use: LabelUse) -> list[Target]:
        if use.section and use.section in "35":
            told = self.outputs if use.section == "3" else self.sources
            if not told.knows(use.scheme):
                positions = told.positions.get(use.ordinal, [])
                return [Target(told.kind, position) for position in positions]
        for scheme, ordinal, sub in self._readings(mark, use):
            for each in self._lists_for(mark, use, scheme):
                if each.knows(scheme):
                    positions = each.find(scheme, ordinal, sub)
                    if positions:
                        return [Target(each.kind, position) for position in positions]
        return []

    def _is_lost(self, mark: Mark, use: LabelUse) -> bool:
        """Return whether a label that names no entry seems to be meant to."""
        if use.part_of or use.inherited or mark.form is MarkForm.BARE:
            return False
        known = any(
            each.knows(scheme) for scheme, _, _ in self._readings(mark, use) for each in self.lists
        )
        if use.weak:
            return known and mark.parsed.pure and mark.form is not MarkForm.ROUND
        if use.scheme in OTHER_SCHEMES | self.elsewhere:
            return False
        if not known and use.scheme[0] in "1246789":
            return False
        return known or (mark.parsed.pure and mark.form is MarkForm.SQUARE and mark.closed)

    def _lists_for(self, mark: Mark, use: LabelUse, scheme: str) -> tuple[LabelledList, ...]:
        if use.section and use.section in "35":
            return (self.outputs,) if use.section == "3" else (self.sources,)
        if all(each.knows(scheme) for each in self.lists):
            if mark.word in SOURCE_WORDS | OUTPUT_WORDS:
                return (self.sources if mark.word in SOURCE_WORDS else self.outputs,)
            if (scheme, mark.section) in self.meant:
                meant = self.meant[scheme, mark.section]
                return (meant,) if meant else ()
            if any(scheme == key for key, _ in self.meant):
                return ()
        return self.lists

    def _may_be_letter(self, mark: Mark, scheme: str) -> bool:
        """Return whether "B2" may be part 2 of B; not where G1 and its like are grants."""
        if mark.form is MarkForm.BARE or not _LETTER_SCHEME.fullmatch(scheme):
            return False
        if scheme not in OTHER_SCHEMES | self.elsewhere:
            return True
        kin = [other for other in self.usage if _LETTER_SCHEME.fullmatch(other)]
        return len(kin) > 2 and scheme not in self.elsewhere

    def _know(self, scheme: str) -> bool:
        return any(each.knows(scheme) for each in self.lists)

    def _readings(self, mark: Mark, use: LabelUse) -> list[tuple[str, int, str]]:
        """Return how a label may be read, the likelier first."""
        scheme, ordinal, sub = use.scheme, use.ordinal, use.sub
        own = [(scheme, ordinal, sub)]
        if use.part_of:
            own.append((*use.part_of, use.printed.lower()))
        if use.inherited and mark.form is not MarkForm.BARE and self._know("#"):
            own.insert(0, ("#", ordinal, sub))
        if match := _SECTION_SCHEME.fullmatch(scheme):
            own += [(f"{match[1]}#", int(match[2]), str(ordinal)), (f"{match[2]}.#", ordinal, sub)]
        elif match := _SECTION_LETTERS.fullmatch(scheme):
            own += [("A", ordinal, sub), ("a", ordinal, sub)]
            if ordinal in ROMAN_LETTERS:
                own.insert(0, (f"{match[1]}i", ROMAN_LETTERS[ordinal], sub))
        elif scheme.endswith(".i"):
            own.append(("i", ordinal, sub))
        elif self._may_be_letter(mark, scheme):
            letter = ord(scheme[0]) - 96
            own += [("A", letter, str(ordinal)), ("a", letter, str(ordinal))]
        elif scheme == "#" and len(sub) == 1 and ordinal in (3, 5):
            own.append((f"{ordinal}.A", ord(sub) - 96, ""))
        elif scheme in ("a", "A") and ordinal in ROMAN_LETTERS:
            own.append(("i" if scheme == "a" else "I", ROMAN_LETTERS[ordinal], sub))
        elif scheme[-1] == "A" and scheme[:-1] in CITING_WORDS:
            own += [("A", ordinal, sub), ("a", ordinal, sub)]
        elif scheme[:-1] in _OF_ANY:
            own.append(("#", ordinal, sub))
        return own


def _find_elsewhere(plain: PlainText, entries: list[Span]) -> frozenset[str]:
    """Return the schemes that label something else: grants in section 3, passages in section 2."""
    found: Counter[str] = Counter()
    entries = sorted(entries, key=_END)
    for block in plain.blocks:
        at = bisect_right(entries, block.span.start, key=_END)
        of_entry = at < len(entries) and entries[at].overlaps(block.span)
        if of_entry or block.section not in "234":
            continue
        opening = plain.words(Span(block.span.start, min(block.span.end, block.span.start + 24)))
        match = (_LABELLED if block.section == "3" else _CLEARLY_LABELLED).match(opening)
        labels = parse_mark(match[1]).labels if match else []
        if labels and not labels[0].weak:
            found[labels[0].scheme] += 2 if block.section == "3" else 1
    return frozenset(scheme for scheme, times in found.items() if times >= 2)
