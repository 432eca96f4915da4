"""How many of the marks that an independent lister sees the extraction resolves or names.

    python benchmarks/candidate_marks.py export.xlsx > candidates.jsonl
    python -m benchmarks.marks export.xlsx candidates.jsonl
    python -m benchmarks.marks export.xlsx candidates.jsonl --list unseen --without held-out.txt
    python -m benchmarks.marks export.xlsx candidates.jsonl --draw 200 --seed 1

The lister shares nothing with the extraction. The two are compared by their places, counted in
letters and digits of a section alone, so that mark-up and spaces make no difference.
"""

from __future__ import annotations

import argparse
import json
import random
import unicodedata
from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import accumulate
from pathlib import Path

from benchmarks.candidate_marks import CandidateMark
from impactgraph.documents import PlainText, Span, read_documents
from impactgraph.extraction.citations import MarkKind, name_marks
from impactgraph.extraction.pipeline import read_case_study
from impactgraph.extraction.reading import Citation, Reading, TargetKind, WarningKind

__all__ = ["JudgedMark", "Outcome", "judge_marks"]

_SECTIONS = (1, 2, 4)
_REPORTED = (WarningKind.MARK_UNRESOLVED, WarningKind.MARK_AMBIGUOUS)
_SHORTEST_LEAD = 8
_CONTEXT = 150


class Outcome(StrEnum):
    """What became of a candidate."""

    RESOLVED = "resolved"
    """A citation overlaps it."""
    WARNED = "warned"
    """A warning overlaps it: it points to nothing listed, or to either list."""
    NAMED = "named"
    """It was read as a mark of something else: of a grant or a figure, or what counts off."""
    DENIED = "denied"
    """It was seen, and taken for a number, letter or code that points to nothing."""
    UNSEEN = "unseen"
    """It was passed over in silence."""
    UNPLACED = "unplaced"
    """It was not found in the text: the lister and the reader disagree on what the text is."""


@dataclass(frozen=True, slots=True)
class JudgedMark:
    """A candidate and what became of it, with the words behind it."""

    candidate: CandidateMark
    outcome: Outcome
    after: str


class _Letters:
    """The letters and digits of a section, small, with their positions in the plain text."""

    def __init__(self, plain: PlainText, section: Span) -> None:
        """Count them."""
        folded = [_fold(character) for character in plain.words(section)]
        self.text = "".join(folded)
        self._counts = [0, *accumulate(map(len, folded))]
        self._first = section.start

    def place(self, span: Span) -> Span:
        """Return where a stretch of the plain text stands among the letters."""
        return Span(self._counts[span.start - self._first], self._counts[span.end - self._first])

    def position(self, place: int) -> int:
        """Return the position in the plain text of a letter."""
        return self._first + bisect_right(self._counts, place) - 1


def judge_marks(reading: Reading, candidates: Sequence[CandidateMark]) -> Iterator[JudgedMark]:
    """Yield what became of each candidate of a document.

    Args:
        reading: what the rules found in the document.
        candidates: of the same document, in the order of its text.
    """
    plain = reading.plain
    named = _find_others(reading, MarkKind.COUNTER, MarkKind.SOMETHING_ELSE)
    denied = _find_others(reading, MarkKind.NO_MARK)
    for section in _SECTIONS:
        if (within := plain.sections.get(str(section))) is None:
            continue
        letters = _Letters(plain, within)
        spans = {
            Outcome.RESOLVED: [citation.span for citation in reading.citations],
            Outcome.WARNED: [
                warning.span for warning in reading.warnings if warning.kind in _REPORTED
            ],
            Outcome.NAMED: named,
            Outcome.DENIED: denied,
        }
        places = {
            outcome: [letters.place(span) for span in found if within.covers(span)]
            for outcome, found in spans.items()
        }
        behind = 0
        for candidate in candidates:
            if candidate.section != section:
                continue
            place = _find_place(letters.text, candidate, behind)
            if place is None:
                yield JudgedMark(candidate, Outcome.UNPLACED, "")
                continue
            behind = place.start
            outcome = next(
                (each for each, found in places.items() if any(map(place.overlaps, found))),
                Outcome.UNSEEN,
            )
            end = letters.position(place.end)
            yield JudgedMark(candidate, outcome, plain.text[end : end + 40])


def _find_others(reading: Reading, *kinds: MarkKind) -> list[Span]:
    """Return the places that may be marks and turned out to be of some kinds."""
    return [
        named.mark.span
        for named in name_marks(reading.plain, reading.outputs, reading.sources)
        if named.kind in kinds
    ]


def _find_place(text: str, candidate: CandidateMark, behind: int) -> Span | None:
    """Return where a candidate stands: the first such place from `behind` on, else the first."""
    lead, mark = _fold(candidate.before), _fold(candidate.mark)
    mark = mark.removeprefix("sup").removesuffix("sup") if "<sup>" in candidate.mark else mark
    while mark:
        for start in (behind, 0):
            at = text.find(lead + mark, start)
            if at >= 0:
                return Span(at + len(lead), at + len(lead) + len(mark))
        if len(lead) <= _SHORTEST_LEAD:
            return None
        lead = lead[len(lead) // 2 :]
    return None


def _fold(words: str) -> str:
    folded = unicodedata.normalize("NFKC", words).lower()
    return "".join(character for character in folded if character.isalnum())


def _describe_targets(reading: Reading, citation: Citation) -> Iterator[str]:
    lists = {
        TargetKind.OUTPUT: [output.entry for output in reading.outputs],
        TargetKind.SOURCE: [source.entry for source in reading.sources],
    }
    for target in citation.targets:
        entry = lists[target.kind][target.position - 1]
        words = reading.plain.words(entry.span)[:_CONTEXT]
        lost = " (lost)" if entry.lost else ""
        yield f"    {target.kind} {target.position}, labelled {entry.label}{lost}: {words}"


def _print_citation(name: str, reading: Reading, citation: Citation) -> None:
    plain, span = reading.plain, citation.span
    before = plain.text[max(0, span.start - _CONTEXT) : span.start]
    after = plain.text[span.end : span.end + _CONTEXT]
    print(f"{name} section {citation.section}: {before}⟦{plain.words(span)}⟧{after}")
    print(*_describe_targets(reading, citation), sep="\n")
    if citation.unresolved:
        print("    unresolved:", *citation.unresolved)


def _read_candidates(path: Path) -> dict[str, list[CandidateMark]]:
    candidates: dict[str, list[CandidateMark]] = defaultdict(list)
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            candidate = CandidateMark(**json.loads(line))
            candidates[candidate.id].append(candidate)
    return candidates


def _read_readings(export: Path, without: set[str]) -> Iterator[tuple[str, Reading]]:
    for row in read_documents(export):
        if row.document is None:
            raise SystemExit(f"{export}, row {row.number}: {row.failure}")
        if row.identifier and row.identifier not in without:
            yield row.identifier, read_case_study(row.document)


def main() -> None:
    """Print the share of the candidates by what became of them, or draw citations to judge."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("export", type=Path, help="case studies, .xlsx or .csv")
    parser.add_argument("candidates", type=Path, help="what the lister printed of it")
    parser.add_argument("--without", type=Path, help="identifiers to leave out, one a line")
    parser.add_argument("--list", type=Outcome, help="also list the candidates that came to this")
    parser.add_argument(
        "--draw", type=int, default=0, help="print so many random citations instead"
    )
    parser.add_argument("--seed", type=int, default=1)
    options = parser.parse_args()
    without = set(options.without.read_text().split()) if options.without else set()
    candidates = _read_candidates(options.candidates)
    outcomes: Counter[Outcome] = Counter()
    kept: list[tuple[str, Reading, int]] = []
    documents = 0
    for name, reading in _read_readings(options.export, without):
        documents += 1
        if options.draw:
            kept += [(name, reading, number) for number in range(len(reading.citations))]
            continue
        for judged in judge_marks(reading, candidates[name]):
            outcomes[judged.outcome] += 1
            if judged.outcome is options.list:
                candidate = judged.candidate
                shown = [name, candidate.section, candidate.before, candidate.mark, judged.after]
                print(json.dumps(shown, ensure_ascii=False))
    for name, reading, number in random.Random(options.seed).sample(kept, options.draw):
        _print_citation(name, reading, reading.citations[number])
    total = outcomes.total()
    print(f"{documents} case studies, {total} candidates")
    for outcome in Outcome:
        if total:
            print(f"{outcome:10} {outcomes[outcome]:6} {outcomes[outcome] / total:7.2%}")


if __name__ == "__main__":
    main()
