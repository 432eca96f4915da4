"""Where sections 1, 2 and 4 may point to outputs and sources: the marks, by how they are set."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from impactgraph.documents import PlainText, Span, StyleKind
from impactgraph.extraction.mark_parsing import ParsedMark, parse_mark
from impactgraph.extraction.mark_tokens import CITING_WORDS, citing_word

__all__ = ["CITING_SECTIONS", "MARK_STYLES", "Mark", "MarkForm", "MarkStyle", "find_marks"]

CITING_SECTIONS = ("1", "2", "4")
_DASH = r"[-–—−‐‑‒]"
_SUB = (
    r"(?:\s?\((?:[a-j]|[ivx]{1,4})\)|[a-jvx](?![A-Za-z])|[ivx]{2,4}(?![A-Za-z])"
    r"|\.[a-hivx](?![A-Za-z]))?"
)
_AFTER_NUMBER = (
    r"(?![\d%£$€]|[.,:]\d"
    r"|\s?(?:%|per\b|million|billion|m\b|bn\b|k\b|times\b|years|points|hours|to\s[\d£$€]))"
)
_CITING = "|".join(CITING_WORDS.values())


class MarkForm(StrEnum):
    """How a mark is set."""

    SQUARE = "["
    ROUND = "("
    SUPERSCRIPT = "^"
    BARE = ""


@dataclass(frozen=True, slots=True)
class Mark:
    """A place that may point to outputs or sources: `span` with its brackets.

    `word` is the citing word before it ("source" in "source [3]"), `closed` whether its bracket is
    closed, or the one at whose end a bare label stands.
    """

    span: Span
    form: MarkForm
    section: str
    parsed: ParsedMark
    word: str = ""
    closed: bool = True


@dataclass(frozen=True, slots=True)
class MarkStyle:
    """One way to set a mark; `pattern` has the group `inside`."""

    name: str
    form: MarkForm
    pattern: re.Pattern[str]
    whole: bool = True
    closed: bool = True


MARK_STYLES: tuple[MarkStyle, ...] = (
    MarkStyle(
        "a range of brackets: [R1]-[R4]",
        MarkForm.SQUARE,
        re.compile(rf"\[(?P<inside>[^\[\]\n]{{1,12}}\]\s?(?:{_DASH}|to)\s?\[[^\[\]\n]{{1,12}})\]"),
    ),
    MarkStyle(
        "in square brackets: [R1, R3], [3], [S1, p. 4]",
        MarkForm.SQUARE,
        re.compile(r"\[(?P<inside>[^\[\]\n]{1,240})\]"),
    ),
    MarkStyle(
        "in round brackets: (R1), (5.1(ii): page 4)",
        MarkForm.ROUND,
        re.compile(r"\((?P<inside>(?:[^()\[\]\n]|\([^()\[\]\n]{1,12}\)){1,240})\)"),
    ),
    MarkStyle(
        "in brackets that are closed by the other kind: [R1), (S2]",
        MarkForm.SQUARE,
        re.compile(r"\[(?P<inside>[^\[\]()\n]{1,30})\)|\((?P<inside2>[^\[\]()\n]{1,30})\]"),
    ),
    MarkStyle(
        "in a bracket never closed: [E8 and",
        MarkForm.SQUARE,
        re.compile(
            rf"(?:\[|\((?!\d))(?P<inside>\s?(?:[A-Z]{{1,5}}\s?\d{{1,2}}|[35]\.\d{{1,2}}){_SUB}"
            rf"(?:\s?[,;]\s?(?:[A-Z]{{1,5}}\s?\d{{1,2}}|[35]\.\d{{1,2}}){_SUB}){{0,9}})"
            r"(?=[\s.,;:]|$)"
        ),
        closed=False,
    ),
    MarkStyle(
        "a word and numbers in running text: Source 3, refs 2 and 4, output B",
        MarkForm.BARE,
        re.compile(
            rf"(?<![A-Za-z])(?P<inside>(?i:{_CITING})\.?\s?(?:(?i:nos?\.?)\s?|\#)?"
            rf"(?:\d{{1,2}}{_SUB}{_AFTER_NUMBER}(?![A-Za-z])|[A-Z](?![A-Za-z'’.]))"
            rf"(?:(?:\s?[,&/]\s?|\s?{_DASH}\s?|\s(?:and|to|or)\s)"
            rf"(?:\d{{1,2}}{_SUB}{_AFTER_NUMBER}(?![A-Za-z])|[A-Z](?![A-Za-z'’]))){{0,9}})"
        ),
        whole=False,
    ),
    MarkStyle(
        "a label in running text: R1, R1-R3, IMP 2, 3.R1",
        MarkForm.BARE,
        re.compile(
            rf"(?<![A-Za-z0-9_/.–-])(?P<inside>[A-Z][A-Za-z]{{0,11}}[.\s-]?\d{{1,2}}{_SUB}"
            rf"{_AFTER_NUMBER}(?![A-Za-z0-9_])"
            rf"(?:\s?(?:{_DASH}|to)\s?(?:[A-Z][A-Za-z]{{0,11}}[.\s-]?)?\d{{1,2}}{_SUB}"
            rf"{_AFTER_NUMBER}(?![A-Za-z0-9_]))?)"
        ),
        whole=False,
    ),
    MarkStyle(
        "a section's number right after a word, once raised: guidelines5.1",
        MarkForm.SUPERSCRIPT,
        re.compile(
            r"(?<=[a-z)\]”’\"'%])(?P<inside>[35]\.\d{1,2}(?:\s?[,–-]\s?[35]\.\d{1,2}){0,9})"
            r"(?=[\s.,;:)”’]|$)(?![.,]\d)"
        ),
    ),
    MarkStyle(
        "a section's number in running text: 3.1, 5.2(ii), 3.1-3.4",
        MarkForm.BARE,
        re.compile(
            rf"(?<![A-Za-z0-9_.,£$€–-])(?P<inside>[35]\.\d{{1,2}}{_SUB}{_AFTER_NUMBER}"
            rf"(?![A-Za-z0-9_])"
            rf"(?:\s?{_DASH}\s?(?:[35]\.)?\d{{1,2}}{_SUB}{_AFTER_NUMBER}(?![A-Za-z0-9_]))?)"
        ),
        whole=False,
    ),
)
"""All styles, in the order in which they take their places, after what is raised."""

_WORD_BEFORE = re.compile(
    rf"(?<![A-Za-z])({_CITING})\.?:?\s?(?:[\[(][^\[\]()\n]{{1,12}}[\])](?:,\s?|\s?&\s?|\sand\s)){{0,3}}$",
    re.IGNORECASE,
)
_PREFIX_BEFORE = re.compile(r"(?<![A-Za-z])[A-Z]{1,3}$")
_CUE_BEFORE = re.compile(
    rf"(?:(?<![A-Za-z])(?:see|also|e\.?g\.?|cf\.?|in|{_CITING}|described|reported|outlined|detailed"
    r"|by|from|as|at|section|study|studies)\s|[\[(,;–—:-]\s?|\d(?:\s?[,&]|\sand)\s)$",
    re.IGNORECASE,
)
_BRACKETED = frozenset("[(,;–—:-")
_BOLD_REACH = 60
_CUE_AFTER = re.compile(r"\s?[\]),;:]")
_UNITS_BEFORE = frozenset(
    {"m", "km", "cm", "mm", "nm", "dm", "s", "ms", "h", "kg", "g", "ft", "co"}
)
_BEFORE_RAISED = re.compile(r"(?<![^\W\d_])([^\W\d_]{1,3}|\d)$")
_SUPERSCRIPT_GAP = re.compile(r"[\s,;–-]{0,3}")
_SUPERSCRIPT = re.compile(
    r"\s?[\[(]?\s?(?:[A-Z]{0,3}\d{1,2}[a-h]?|[A-Z]|[a-h](?![a-z]))"
    r"(?:\s?[,;–-]\s?(?:[A-Z]{0,3}\d{1,2}[a-h]?|[A-Z]|[a-h](?![a-z]))){0,12}\s?[\])]?[.,;]?\s?"
)


def find_marks(plain: PlainText) -> tuple[Mark, ...]:
    """Return the places of sections 1, 2 and 4 that may be marks, in the order of the text.

    None overlaps another. Brackets with words that no mark has are left to the bare labels inside.
    """
    found: list[Mark] = []
    for section in CITING_SECTIONS:
        if section in plain.sections:
            found += _find_in(plain, section, plain.sections[section])
    return tuple(found)


def _find_in(plain: PlainText, section: str, within: Span) -> list[Mark]:
    taken: dict[int, Mark] = {}
    free = bytearray(b"\1") * len(within)
    bold = _find_bold(plain, within)

    def take(mark: Mark) -> None:
        first, last = mark.span.start - within.start, mark.span.end - within.start
        if all(free[first:last]):
            free[first:last] = bytes(last - first)
            taken[mark.span.start] = mark

    text = plain.text
    for mark in _superscripts(plain, section, within):
        take(mark)
    for style in MARK_STYLES:
        for match in style.pattern.finditer(text, within.start, within.end):
            inside = match.group(match.lastindex or 0)
            start = match.start(match.lastindex or 0)
            parsed = parse_mark(inside)
            if not parsed.labels:
                continue
            if style.whole and not (parsed.pure or _leads(parsed, inside, style.form)):
                continue
            if not style.whole and (
                parsed.labels[0].weak
                or not _stands_as_label(text, Span(start, match.end()), bold, within.start)
            ):
                continue
            span = Span(*match.span())
            if style.whole and _is_inserted(text, span, parsed):
                continue
            before = _WORD_BEFORE.search(text, max(within.start, span.start - 50), span.start)
            word = citing_word(before[1]) if before and style.whole else None
            prefix = _PREFIX_BEFORE.search(text, max(within.start, span.start - 5), span.start)
            if prefix and style.whole and all(use.scheme == "#" for use in parsed.labels):
                span = Span(prefix.start(), span.end)
                parsed = parse_mark(plain.words(span).replace(text[match.start()], " ", 1))
            closed = style.closed if style.whole else text[span.end : span.end + 1] in (")", "]")
            take(Mark(span, style.form, section, parsed, word or "", closed))
    return [taken[start] for start in sorted(taken)]


def _is_inserted(text: str, span: Span, parsed: ParsedMark) -> bool:
    """Return whether a lone letter is put into a word: "creat[e]d", "[t]he"."""
    if len(parsed.labels) > 1 or not parsed.labels[0].printed.isalpha():
        return False
    after = text[span.end : span.end + 1]
    return after.isalpha() or (
        text[max(0, span.start - 1) : span.start].isalpha() and parsed.labels[0].printed.islower()
    )


def _leads(parsed: ParsedMark, inside: str, form: MarkForm) -> bool:
    """Return whether other words only follow the labels, after a stop: "3,4; sold as ..."."""
    if not parsed.leads:
        return False
    labels = [use for use in parsed.labels if use.start < parsed.foreign[0]]
    if any(not use.weak for use in parsed.labels[len(labels) :]):
        return False
    between = inside[labels[-1].end : parsed.foreign[0]]
    if not labels[0].weak:
        return len(inside) <= 80
    return ";" in between or (form is MarkForm.SQUARE and bool(re.search(r"[,:]", between)))


def _find_bold(plain: PlainText, within: Span) -> bytes:
    """Return for each character of a stretch whether it is bold, as 1 or 0."""
    bold = bytearray(len(within))
    for style in plain.styles_in(within, StyleKind.BOLD):
        start = max(style.start - within.start, 0)
        end = min(style.end - within.start, len(within))
        bold[start:end] = b"\1" * max(0, end - start)
    return bytes(bold)


def _stands_as_label(text: str, span: Span, bold: bytes, offset: int) -> bool:
    """Return whether a section's number is a label: bold by itself, or after words that say so."""
    start = span.start
    if not text[start].isdigit() or _is_bold_alone(text, span, bold, offset):
        return True
    before = _CUE_BEFORE.search(text, max(0, start - 14), start)
    if before is None or before[0].strip()[-1:] not in _BRACKETED:
        return before is not None
    reach = max(0, start - 200)
    opened = max(text.rfind(bracket, reach, start) for bracket in "[(")
    closed = max(text.rfind(bracket, reach, start) for bracket in ")]")
    return opened > closed and _CUE_AFTER.match(text, span.end) is not None


def _is_bold_alone(text: str, span: Span, bold: bytes, offset: int) -> bool:
    if not all(bold[span.start - offset : span.end - offset]):
        return False
    for position in range(span.start - 1, max(offset, span.start - _BOLD_REACH) - 1, -1):
        if text[position].isalpha() or text[position] == "\n":
            return not bold[position - offset] and text[position] != "\n"
    return False


def _superscripts(plain: PlainText, section: str, within: Span) -> Iterator[Mark]:
    spans: list[Span] = []
    for style in plain.styles_in(within, StyleKind.SUPERSCRIPT):
        start, end = max(style.start, within.start), min(style.end, within.end)
        if (
            spans
            and start >= spans[-1].end
            and _SUPERSCRIPT_GAP.fullmatch(plain.text, spans[-1].end, start)
        ):
            spans[-1] = Span(spans[-1].start, end)
        else:
            spans.append(Span(start, end))
    for span in spans:
        words = plain.words(span)
        if not _SUPERSCRIPT.fullmatch(words):
            continue
        before = _BEFORE_RAISED.search(plain.text, max(within.start, span.start - 12), span.start)
        if before and (before[1].lower() in _UNITS_BEFORE or before[1].isdigit()):
            continue
        begins = span.start == within.start or plain.text[span.start - 1] in " \n(["
        if begins and plain.text[span.end : span.end + 1].isalpha():
            continue  # an isotope's mass
        parsed = parse_mark(words)
        if parsed.pure:
            yield Mark(span, MarkForm.SUPERSCRIPT, section, parsed)
