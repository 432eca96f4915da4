"""How long the extraction takes over 100 KB of one repeated character, or short unit, in a section.

    python -m benchmarks.linearity
    python -m benchmarks.linearity --units "[1" ". " --sections 3 5 --profile

A rule that takes time by the square of its text shows here. Any one character should take well
under a second; a unit that makes thousands of marks or entries takes longer, but four times as
much of it takes no more than about four times as long: that factor is printed too.
"""

from __future__ import annotations

import argparse
import cProfile
import pstats
import signal
import string
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from impactgraph.documents import HEADINGS, Document
from impactgraph.documents.reading import normalise_text
from impactgraph.errors import ImpactGraphError
from impactgraph.extraction import extract_case_study

__all__ = ["UNITS", "Measure", "fill_section", "measure_unit"]

LENGTH = 100_000
_PATIENCE = 10
"""Seconds after which a measurement is given up."""
_NOTABLE = 0.5
"""Seconds from which a quarter is measured too."""
_OTHERS = (
    "\t\n\u00a0\u00ad\u0301\u200b\u200e\u202e\u2028\x00\x1b²³½éßıΩЖא中–—−…“”‘’«»•·§¶†°№™£€😀𝟏𐀀"
)
_PAIRS = (
    # brackets and marks
    "[1", "(a", "[1]", "(1)", "[[", "](", "[]", "()", "[(", ")]", "[R1, ", "[S1; ", "R1 ", "R1-",
    "R1, ", "3.1 ", "5.1,", "[3.1, ", "(5.1b; p. 4) ", "ref 1, ", "Source A ", "i) ", "(i) ", "a) ",
    "[A", "A, ", "A. ", "1,", "1-", "1 – ", "1; ", "see ", "pp. 1-2, ", "[1](", "[a](http://b) ",
    # lists, tables and headings
    "1. ", "\n1. ", "\n1. a", "\n- ", "\n- a", "\n# ", "\n### a", "\n|", "| a ", "\n| a | b |",
    "\n---", "\nR1. ", "\nS1 a", "\n[1] a", "\n(a) b", "\n\n", "\na\n", " \n", "\n**a** ",
    "\n3.1 a\n",
    # mark-up
    "**", "***", "*a", "*a*", "**a", "_a_", "`", "``", "<", "<a", "<a>", "<sup>", "<sup>1</sup>",
    "</", "&amp;", "&#", "\\[", "\\", "~~", "![", "<!--",
    # references
    "A. B., ", "Smith, J., ", "(2015) ", "2015 ", "10.1/", "10.1000/a", "doi:", "https://",
    "http://a/", "www.a", "‘a’ ", "'a' ", "\"a\" ", "“a", "’ ", "pp. ", "12(3): ", "ISBN 9",
    "978-", "et al. ",
    # grants, figures, dates, people
    "£", "£1", "GBP1,", "1,000", "£1m ", "EP/", "EP/A1", "ESRC ", "1.", "1.1", "%", "1% ",
    "10 to ", "May 2015 ", "1 May ", "2015–", "Dr ", "Dr A ", "Mr. ", "A B ", "Professor ",
    "University of ",
    # sentences and quotations
    "a. ", "A. a. ", "e.g. ", "a.", ". ", ".. ", "? ", "! ", "a, ", "a; ", "a: ", "“a.” ", "(a) ",
    "the ", "impact ", "found that ", "we found ", "a b", "a ", "ab-\n", "…", "' ", "\"",
    "said ", "said: “",
)  # fmt: skip
UNITS: tuple[str, ...] = (*string.printable[:95], *_OTHERS, *_PAIRS)
"""What is repeated: every printable ASCII character, some others, and what rules look for."""

_BODIES = {
    "1": "Our models of moss led two agencies to drain less land [R1, S1].",
    "2": "The research found that moss holds water [R1]. It lasts for years (R2, p. 4).",
    "3": "R1. Moss, A. and Fern, B. (2015) ‘Of moss’, Journal of Bogs, 3(2): 1–9. doi:10.1000/1\n\n"
    "R2. Fern, B. (2016) Wet Land. Leeds: Bog Press.",
    "4": "Two agencies drained less land in 2018 [S1]. “It works”, said their head [S2].",
    "5": "S1. Letter from the head of an agency, 1 May 2019.\n\nS2. Report of another, 2020.",
}


@dataclass(frozen=True, slots=True)
class Measure:
    """How long a unit in a section took, in seconds; None where patience ran out.

    `growth` is how many times as long it took as a quarter of it; None where that was not measured.
    """

    unit: str
    section: str
    seconds: float | None
    growth: float | None = None


def fill_section(section: str, words: str) -> str:
    """Return the text of a small invented case study with words put into a section.

    Args:
        section: "1" to "5".
        words: what to put between two sentences of it.
    """
    parts = []
    for kind, title in HEADINGS.items():
        body = (
            f"{_BODIES[kind]}\n\n{words}\n\n{_BODIES[kind]}" if kind == section else _BODIES[kind]
        )
        parts.append(f"{kind}. {title}\n\n{body}\n\n")
    return normalise_text("".join(parts))


def measure_unit(unit: str, section: str, length: int = LENGTH) -> Measure:
    """Return how long a section full of one unit took to read and extract.

    Args:
        unit: what is repeated.
        section: "1" to "5".
        length: of the repetition, in characters.
    """
    seconds = _time(unit, section, length)
    growth = None
    if seconds is None or seconds >= _NOTABLE:
        quarter = _time(unit, section, length // 4)
        growth = (seconds or _PATIENCE) / quarter if quarter else None
    return Measure(unit, section, seconds, growth)


def _time(unit: str, section: str, length: int) -> float | None:
    text = fill_section(section, unit * (length // len(unit)))
    start = time.process_time()
    try:
        with _limited(_PATIENCE):
            _extract(text)
    except TimeoutError:
        return None
    return time.process_time() - start


def _extract(text: str) -> None:
    try:
        extract_case_study(Document.from_text(text))
    except ImpactGraphError as error:
        print(f"refused: {str(error)[:120]}")


@contextmanager
def _limited(seconds: int) -> Iterator[None]:
    def stop(*_: object) -> None:
        raise TimeoutError

    # The processor's time, not the clock's: others may keep the machine busy.
    signal.signal(signal.SIGPROF, stop)
    signal.setitimer(signal.ITIMER_PROF, seconds)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_PROF, 0)


def _profile(unit: str, section: str, length: int) -> None:
    text = fill_section(section, unit * (length // len(unit)))
    profile = cProfile.Profile()
    try:
        with _limited(_PATIENCE):
            profile.runcall(_extract, text)
    except TimeoutError:
        print("(stopped)")
    pstats.Stats(profile).sort_stats("tottime").print_stats(8)


def _print_slowest(measures: Sequence[Measure], most: int) -> None:
    slow = sorted(measures, key=lambda each: -(each.seconds or _PATIENCE))
    for each in slow[:most]:
        seconds = f"{each.seconds:6.2f} s" if each.seconds else f"> {_PATIENCE} s"
        growth = f"x {each.growth:4.1f}" if each.growth else ""
        print(f"{seconds:>9} {growth:>7}  section {each.section}  {each.unit!r}")
    over = [each for each in measures if (each.seconds or _PATIENCE) >= 1]
    single = sum(len(each.unit) == 1 for each in over)
    print(
        f"{len(measures)} measured; a second or more: {single} of single characters, "
        f"{len(over) - single} of longer units"
    )


def main() -> None:
    """Print the slowest units and sections."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--units", nargs="*", default=UNITS, help="what to repeat; all by default")
    parser.add_argument("--sections", nargs="*", default=list(HEADINGS))
    parser.add_argument("--length", type=int, default=LENGTH, help="characters of the repetition")
    parser.add_argument("--most", type=int, default=30, help="how many of the slowest to print")
    parser.add_argument("--profile", action="store_true", help="say where the time goes instead")
    options = parser.parse_args()
    if options.profile:
        for unit in options.units:
            for section in options.sections:
                print(f"section {section}, {unit!r}")
                _profile(unit, section, options.length)
        return
    measures = [
        measure_unit(unit, section, options.length)
        for unit in options.units
        for section in options.sections
    ]
    _print_slowest(measures, options.most)


if __name__ == "__main__":
    main()
