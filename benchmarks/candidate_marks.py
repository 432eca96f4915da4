"""List what looks like a reference mark in the case studies of an export.

A stand-in for a careful proof-reader: it knows nothing of how the library reads case studies, so
that the marks it lists can be held against those the library found. It is generous: a mark
counts when its form says so and the document's lists bear it out, whether or not its target exists.

    python benchmarks/candidate_marks.py export.xlsx > candidates.jsonl

Needs openpyxl. Marks by author and year are out of its reach.
"""

from __future__ import annotations

import argparse
import html
import importlib
import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict, dataclass
from pathlib import Path

__all__ = ["CandidateMark", "Labels", "list_marks", "read_export", "read_labels", "read_text"]

_SECTIONS = {
    1: "1. Summary of the impact",
    2: "2. Underpinning research",
    3: "3. References to the research",
    4: "4. Details of the impact",
    5: "5. Sources to corroborate the impact",
}
_IDENTIFIER = "REF impact case study identifier"
_BEFORE = 60
_HIGHEST = 40
"""A bare number above this is no label."""

_ESCAPED = {
    "[": "\ue010",
    "]": "\ue011",
    "(": "\ue012",
    ")": "\ue013",
    "*": "\ue014",
    "<": "\ue015",
    ">": "\ue016",
}
_LITERAL = str.maketrans({kept: sign for sign, kept in _ESCAPED.items()})
_RAISED, _LEVEL, _LOWERED, _UPPED = "\ue000", "\ue001", "\ue002", "\ue003"
_TAGS = {"<sup>": _RAISED, "</sup>": _LEVEL, "<sub>": _LOWERED, "</sub>": _UPPED}
_UNSEEN = str.maketrans("", "", _RAISED + _LEVEL + _LOWERED + _UPPED)
_LINK = re.compile(r"!?\[([^\[\]]*)\]\(((?:[^()\n]|\([^()\n]*\))*)\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[^\s\[\]<>|]+|\bdoi:?\s*10\.[^\s\[\]]+", re.IGNORECASE)
_DIGITS = str.maketrans("⁰¹²³⁴⁵⁶⁷⁸⁹", "0123456789")

_CUES = (
    r"(?:corroborat\w+\s+)?(?:refs?|references?|sources?|evidence|evid|outputs?|papers?"
    r"|publications?|pubs?|items?|citations?|testimon(?:y|ials?))"
)
_WORDS = re.compile(
    rf"\b(?:{_CUES}|see|also|and|or|to|through|eg|e\.g|cf|i\.e|as|at|in|of|on|from|with|by|the|for|both"
    r"|all|above|below|evidenced|supported|corroborated|published|cited|listed|quoted|described"
    r"|detailed|example|details?|statements?|numbers?|research|underpinning|findings"
    r"|reports?|articles?|quotes?|section|via|key|main|impact|supporting|further|more|part|parts"
    r"|ibid|passim|onwards|ff|especially|particularly|notably|respectively|throughout|data|based|per)\b\.?",
    re.IGNORECASE,
)
_PAGES = re.compile(
    r"\b(?:pp?g?s?|pages?|paras?|paragraphs?|slides?|tables?|tab|figs?|figures?|chapters?|ch|lines?"
    r"|sections?|sect?|min(?:ute)?s?|annex|appendix|recommendations?|rec|rows?|columns?|vol|timestamp"
    r"|question|clause|footnote|fn|box|points?|quotes?|cases?|stage|steps?)(?:\.\s*|\s*:\s*|\s*)"
    r"#?(?:\d[\d.:]*|(?<=[\s.])[ivxlcm]+\b)(?:\s*(?:[-–—,&]|and|to)\s*[\divxlc][\d.:]*(?![\w(]))*",
    re.IGNORECASE,
)
_SUB = (
    r"(?:\.\d{1,2}(?!\d)){0,2}"
    r"(?:\s?\([a-z]{1,4}\)|(?:[-._]?(?:[a-z][ivx]{0,3}|[ivx]{1,4})|\.?[A-H])(?![A-Za-z]))*"
)
"""What may follow a label's number: further numbers, and letters or Roman numbers."""
_PREFIXED = re.compile(
    rf"(?<![\w.£$€])([A-Za-z]{{1,12}})[ .\-#:_]{{0,2}}(\d{{1,2}})(?!\d){_SUB}(?!\w)"
)
_DOTTED = re.compile(
    rf"(?<![\w.,£$€/-])([1-9])(?:[.:]\s?\d{{1,2}}(?!\d)|\.?[A-Z]\b){_SUB}(?![\w%])"
)
_NUMBER = re.compile(r"(?<![\w.£$€%])#?([1-9]\d?)[a-l]?(?![\w%])(?!\.\d|,\d{3})")
_LETTER = re.compile(
    r"(?<![\w.'’])([ivx]{2,4}|[A-Z](?=(?:[a-d]|i{1,3})\b)|[A-Za-z])(?:[a-d]|i{1,3})?(?:\.?\d{1,2})?(?:\([a-z]+\))?(?!\w)"
    r"(?!['’]\w)"
)
_SUBORDINATE = re.compile(r"(?<![\w.])(?:\d{1,3}|(?:[A-Za-z]|[ivxIVX]{1,4})\d?)(?!\w)(?!\.\d)")
_MERE = re.compile(r"[\s,;:&+/.\-–—−()\[\]#'’‘\"“”|*…]*")
_CLOCK = re.compile(r"\s*\d{1,2}\s?[:/.]\s?\d{1,2}(?:\D\d{1,4})?\s*$")
_GLUE = re.compile(r"\s*(?:[-–—,;/&+]|and|to)\s*")
_TAIL = re.compile(
    r"(?:\s?(?:[-–—,&]|,?\sand|to)\s?[1-9]\.\d{1,2}[a-h]?(?![\w%])(?!\.\d)"
    r"|\s?[-–—]\s?\d{1,2}(?!\w)(?!\.\d)|\s?,\s?\d{1,2}(?=\s?[,)\]]))+"
)
_MAJORS = ("3.", "5.", "3:", "5:")
_COMMON = frozenset(["R", "S", "E", "C", "O", "RO", "REF", "IMP", "EV"])
"""Prefixes that need no list to be believed where brackets hold them often."""
# fmt: off
_NO_PREFIXES = frozenset((
    "CHF", "CO", "COVID", "DOI", "EUR", "FIG", "FIGURE", "FOOTNOTE", "GBP",
    "ISBN", "ISSN", "KEY", "KF", "KS", "NO", "PAGE", "PART", "PHASE",
    "PM", "SECTION", "STAGE", "STEP", "TABLE", "TIER", "USD", "VOL", "YEAR",
))
# fmt: on
"""Words before numbers that name something else."""
_STATION = re.compile(r"S4C\b|(?<=BBC )R\d")
_COMPOUND = re.compile(r"[A-Za-z]-$")
_CUED_LETTER = re.compile(
    r"\b(?:refs?|references?|sources?|evidence|appendix|item)\.?:?\s+[A-Za-z](?![\w’'])",
    re.IGNORECASE,
)
_CUED = re.compile(_CUES, re.IGNORECASE)
_CUED_DOTTED = re.compile(
    rf"\b(?:{_CUES}|see|section|sect?\.)\s*\(?\s*([1-9]\.\d{{1,2}}(?:\.?[a-h])?)(?![\w%])(?!\.\d)"
    r"(?!\s*(?:%|million|billion|bn|m\b|k\b|years|times|fold|°|per\b))",
    re.IGNORECASE,
)
_DOTTED_LIST = re.compile(
    r"(?<![\w.,£$€/–-])([1-9])(?:\.\d{1,2}){1,2}[a-h]?"
    r"(?:\s*(?:[-–,;&]|,?\s?and)\s*\1(?:\.\d{1,2}){1,2}[a-h]?)+(?![\w%])(?!\.\d)"
    r"(?!\s*(?:%|million|billion|bn|m\b|k\b|years|times|fold|°|per\b))"
)
_ENTRY = re.compile(r"^[\s\-–•·|>(\[\"'“‘#*]*")
_LISTED_PREFIX = re.compile(
    rf"([A-Z]{{1,5}}|[A-Z][a-z]{{1,3}}|(?i:{_CUES}))[ .\-#:_]{{0,2}}(\d{{1,2}})(?!\d){_SUB}"
    r"(?=[\s.:,;)\]|–-]|$)",
)
_INLINE_PREFIX = re.compile(r"([A-Za-z]{1,12})[ .\-]{0,2}(\d{1,2})[a-z]?\s*[\])|,;–-]")
_LISTED_DOTTED = re.compile(r"([1-9])(?:\.\d{1,2}(?!\d)(?!\.\d\d)|\.?[A-Z]\b)")
_LISTED_NUMBER = re.compile(r"(\d{1,2})(?=[.):\]\s]\D)")
_LISTED_LETTER = re.compile(r"([A-Za-z])(?=[.):\]–-]\s?|\s-)")
_GRANT = re.compile(
    r"GBP|USD|EUR|[£$€]\s?\d|grant|award|fund|fellowship|ESRC|EPSRC|AHRC|NERC|MRC|BBSRC|STFC"
    r"|Wellcome|Innovate|Leverhulme|ERC\b|\bPI\b",
    re.IGNORECASE,
)
_OUTPUT = re.compile(r"doi|journal|10\.\d{4}/|\bpp?\.|vol\b|press|proc\b|isbn", re.IGNORECASE)
_UNITS = re.compile(
    r"(?:(?:\b|(?<=\d))(?:[kcmnµμ]?m|ft|kg|g|s|L|ha|W|hr?|d|day|yr|year"
    r"|[xyzRrNnKTp]|CO|mol|Hz|sec|inch|mile)|[χλσ×∼^])$"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class CandidateMark:
    """What looks like a reference mark, and where it stands."""

    id: str
    section: int
    before: str
    """About 60 characters before it, without mark-up."""
    mark: str
    """As printed, without mark-up; superscripts in `<sup>`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labels:
    """The kinds of label a document's lists bear out."""

    prefixes: Mapping[str, int]
    """The highest number of each, as in R1 to R6, by the prefix in capitals."""
    grants: frozenset[str]
    """Prefixes of lists of grants, which are no references."""
    majors: frozenset[str]
    """What stands before the dot, as in 3.1 and 5.1."""
    letters: frozenset[str]
    """Single letters."""
    highest: int
    """Of the plain numbers that may be labels; 0 where none may."""
    firm: bool
    """Whether a list prints such numbers in brackets."""


@dataclass(frozen=True, slots=True)
class _Found:
    start: int
    end: int
    family: str
    """A prefix, the digit before a dot, `letter`, `number` or `cue`; after `square` where so."""


def read_export(path: Path) -> Iterator[tuple[str, dict[int, str]]]:
    """Yield each case study's identifier and raw sections.

    Args:
        path: of an export of case studies, .xlsx, its first row the names of the columns.

    Raises:
        SystemExit: where the export lacks a column.
    """
    book = importlib.import_module("openpyxl").load_workbook(path, read_only=True)
    rows = book.active.iter_rows(values_only=True)
    names = [str(name) for name in next(rows, ())]
    lacking = {_IDENTIFIER, *_SECTIONS.values()} - set(names)
    if lacking:
        raise SystemExit(f"{path} lacks the columns {sorted(lacking)}: is it an export?")
    for row in rows:
        cells = dict(zip(names, row, strict=False))
        texts = {number: str(cells[name] or "") for number, name in _SECTIONS.items()}
        yield str(cells[_IDENTIFIER]), texts


def read_text(raw: str) -> str:
    r"""Return a section as a reader sees it, superscripts and subscripts between private signs.

    >>> read_text(r"as shown \[ **R1**\- **R3**\] in [the *Times*](https://a.b/c_\(1\))")
    'as shown [ R1- R3] in the Times'
    """
    text = html.unescape(html.unescape(raw)).replace("\xa0", " ").replace("\u200b", "")
    text = re.sub(r"\\(.)", lambda match: _ESCAPED.get(match[1], match[1]), text)
    text = _LINK.sub(r"\1", text).replace("*", "")
    text = re.sub(r"[⁰¹²³⁴⁵⁶⁷⁸⁹]+", lambda m: _RAISED + m[0].translate(_DIGITS) + _LEVEL, text)
    text = re.sub(r"</?su[bp]>", lambda match: _TAGS[match[0]], text)
    text = re.sub(r"</?(?:ins|del|span|u|b|i|em|strong|br|p|s)\b[^<>]{0,200}>", "", text)
    text = re.sub(rf"{_LEVEL}( ?){_RAISED}", r"\1", text.translate(_LITERAL))
    return re.sub(rf"{_RAISED}([\s\[\](),.]*){_LEVEL}", r"\1", text)


def read_labels(texts: Mapping[int, str]) -> Labels:
    """Return the labels that sections 3 and 5 list, or that the text uses where they list none.

    Args:
        texts: all sections by number, as `read_text` gives them.
    """
    listed: dict[str, set[int]] = {}
    majors: Counter[str] = Counter()
    letters: set[str] = set()
    highest = 0
    grants: dict[str, list[bool]] = {}
    bare = False
    for section in (3, 5):
        seen = (len(listed), len(majors), len(letters))
        initials: set[str] = set()
        entries = 0
        for line, inline in _split_entries(texts[section]):
            if match := (_INLINE_PREFIX if inline else _LISTED_PREFIX).match(line):
                prefix = _name_prefix(match[1])
                listed.setdefault(prefix, set()).add(int(match[2]))
                if section == 3:
                    grant = bool(_GRANT.search(line)) and not _OUTPUT.search(line)
                    grants.setdefault(prefix, []).append(grant)
            elif match := _LISTED_DOTTED.match(line):
                majors[match[1]] += 1
            elif inline:
                continue
            elif match := _LISTED_NUMBER.match(line):
                entries += 1  # the numbers of automatic lists are lost: all of them read 1
                highest = max(highest, min(int(match[1]), _HIGHEST), entries)
            elif match := _LISTED_LETTER.match(line):
                initials.add(match[1])
        for first, second in ("AB", "ab"):
            if {first, second} <= initials:
                letters |= {letter for letter in initials if letter.isupper() == first.isupper()}
        bare = bare or seen == (len(listed), len(majors), len(letters))
    paid = {prefix for prefix, told in grants.items() if sum(told) * 2 > len(told)}
    paid -= {_open_list(texts[3]), *_COMMON}
    prefixes = {
        prefix: max(told)
        for prefix, told in listed.items()
        if prefix in _COMMON or (len(told) > 1 and min(told) <= 2)
    }
    for prefix, number in _use_prefixes(texts):
        if bare or prefix in _COMMON:
            prefixes[prefix] = max(prefixes.get(prefix, 0), number)
    return Labels(
        prefixes={
            prefix: top for prefix, top in prefixes.items() if prefix not in paid | _NO_PREFIXES
        },
        grants=frozenset(paid),
        majors=frozenset(
            major for major in "123456789" if majors[major] >= (1 if major in "35" else 3)
        )
        | frozenset("35" if bare else ""),
        letters=frozenset(letters | _use_letters(texts, prefixes)),
        highest=highest or (20 if bare else 0),
        firm=any(re.search(r"^\W*[\[(]\d{1,2}[\])]", texts[at], re.MULTILINE) for at in (3, 5)),
    )


def _open_list(text: str) -> str:
    """Return the prefix of the list that a section starts with, if it has one."""
    lines = [line for line, inline in _split_entries(text) if line and not inline]
    matches = (_LISTED_PREFIX.match(line) for line in lines[1:4])
    return next((_name_prefix(match[1]) for match in matches if match), "")


def _split_entries(text: str) -> Iterator[tuple[str, bool]]:
    """Yield lines without what leads them, then what follows a bracket inside them."""
    for line in text.translate(_UNSEEN).splitlines():
        yield _ENTRY.sub("", line, count=1), False
        for match in re.finditer(r"[\[(|]\s*(?=[A-Za-z\d. ]{1,14}[\])|,;–-])", line):
            yield line[match.end() :], True


def _name_prefix(prefix: str) -> str:
    return prefix.upper().removesuffix("S") if len(prefix) > 3 else prefix.upper()


def _use_prefixes(texts: Mapping[int, str]) -> Iterator[tuple[str, int]]:
    """Yield the prefixes that lead brackets, where they do so often."""
    used: dict[str, list[int]] = {}
    for section in (1, 2, 4):
        leads = re.findall(
            r"(?:\[\s*(?=[a-z]\d)|[\[(]\s*(?=[A-Z]))([A-Za-z]{1,4})\.?(\d{1,2})\b", texts[section]
        )
        for prefix, number in leads:
            used.setdefault(prefix.upper(), []).append(int(number))
    for prefix, numbers in used.items():
        if len(numbers) >= 3 and (prefix in _COMMON or len(set(numbers)) >= 2):
            yield prefix, max(numbers)


def _use_letters(texts: Mapping[int, str], prefixes: Iterable[str]) -> set[str]:
    """Return the single letters and Roman numbers that brackets hold, where there are several."""
    text = texts[2] + "\n" + texts[4]
    letters: set[str] = set()
    for first, kind in (("A", "[A-Z]"), ("a", "[a-h]"), ("i", "[ivx]+")):
        ends = r"\s*(?:[.,;:)\[\]]|$)"
        square = rf"[\w’”).,%\]]\s?\[\s*({kind})\s*\]" + (r"(?!\w)" if first == "A" else ends)
        for mark in (square, rf"\(\s*({kind})\s*\){ends}"):
            used = set(re.findall(mark, text, re.MULTILINE))
            alike = used | ({prefix for prefix in prefixes if len(prefix) == 1} if used else set())
            if len(alike if first == "A" else used) <= (2 if first in used else 3):
                continue
            letters |= used
            if first != "i":
                letters |= {chr(code) for code in range(ord(first), ord(max(used)) + 1)}
    return letters


def list_marks(identifier: str, raw: Mapping[int, str]) -> list[CandidateMark]:
    """Return what looks like a reference mark in sections 1, 2 and 4, in reading order.

    Args:
        identifier: of the case study.
        raw: its sections by number, as exported.
    """
    texts = {section: read_text(raw[section]) for section in _SECTIONS}
    labels = read_labels(texts)
    found = {section: _list_section(texts[section], labels) for section in (1, 2, 4)}
    if not labels.firm and _have_others(found):
        # Both lists have labels of another kind, so lone numbers are something else.
        found = {
            section: [mark for mark in marks if mark.family != "number"]
            for section, marks in found.items()
        }
    return [
        CandidateMark(
            id=identifier,
            section=section,
            before=_show(texts[section][max(0, mark.start - _BEFORE - 9) : mark.start])[-_BEFORE:],
            mark=_show_mark(texts[section][mark.start : mark.end]),
        )
        for section, marks in found.items()
        for mark in marks
    ]


def _have_others(found: Mapping[int, list[_Found]]) -> bool:
    """Tell whether marks that are no lone numbers serve both sections, each with its own kind."""
    research, details = (
        Counter(mark.family.removeprefix("square ") for mark in found[section])
        for section in (2, 4)
    )
    research -= Counter(cue=research["cue"])
    others = {family for family, count in details.items() if count >= 3}
    others -= {*research, "cue", "number"}
    return research.total() > 2 * research["number"] and bool(others)


def _show(text: str) -> str:
    return re.sub(r"\s+", " ", text.translate(_UNSEEN))


def _show_mark(text: str) -> str:
    shown = _show(text)
    return f"<sup>{shown}</sup>" if text.startswith(_RAISED) else shown


def _list_section(text: str, labels: Labels) -> list[_Found]:
    taken = [_Found(match.start(), match.end(), "") for match in _ADDRESS.finditer(text)]
    addresses = len(taken)
    for finder in (_find_brackets, _find_raised, _find_bare):
        for mark in finder(text, labels):
            if all(mark.end <= other.start or other.end <= mark.start for other in taken):
                taken.append(mark)
    return sorted(taken[addresses:], key=lambda mark: mark.start)


def _find_brackets(text: str, labels: Labels) -> Iterator[_Found]:
    """Yield brackets that hold a list of labels, outer ones first, and such parts of others."""
    others: list[tuple[int, str, bool]] = []
    for start, end in _pair_brackets(text):
        content, square = text[start + 1 : end - 1], "[" in text[start:end]
        family = _name_family(content, labels, square=square)
        if not family:
            others.append((start + 1, content, square))
        elif family not in ("number", "letter") or not _is_ordinary(text, start, end):
            yield _Found(start, end, f"square {family}" if square else family)
    for start, content, square in others:
        for cut, loose in (("[^;]+", ";" in content), ("[^,;:]+", False)):
            for piece in re.finditer(cut, content):
                family = _name_family(piece[0], labels, square=square)
                if family.isdigit() or (loose and family):
                    yield _Found(start + piece.start(), start + piece.end(), family)


def _pair_brackets(text: str) -> list[tuple[int, int]]:
    """Return the ranges of brackets within lines, square ones blind to round ones."""
    pairs: list[tuple[int, int]] = []
    waiting: dict[str, list[int]] = {"]": [], ")": []}
    for at, sign in enumerate(text):
        if sign in "[(":
            waiting["]" if sign == "[" else ")"].append(at)
        elif sign in "])":
            if waiting[sign]:
                pairs.append((waiting[sign].pop(), at + 1))
        elif sign == "\n":
            waiting = {"]": [], ")": []}
    return sorted(pairs, key=lambda pair: (pair[0], -pair[1]))


def _name_family(content: str, labels: Labels, *, square: bool) -> str:
    """Return the family of the first label, empty where there is more than labels or none."""
    rest = content.translate(_UNSEEN)
    if len(rest) > 200 or (_CLOCK.match(rest) and not _DOTTED.match(rest.strip())):
        return ""
    families: list[str] = []

    def take_prefixed(match: re.Match[str]) -> str:
        prefix = _name_prefix(match[1])
        if prefix in labels.prefixes and match[1] not in ("p", "pp"):
            families.append(prefix)
        elif _CUED.fullmatch(match[1]) and int(match[2]) <= _HIGHEST:
            families.append("cue")
        elif prefix not in labels.grants:
            return match[0]
        return " "

    def take_dotted(match: re.Match[str]) -> str:
        if match[1] in labels.majors or (square and match[0][:2] in _MAJORS):
            families.append(match[1])
            return " "
        return match[0]

    def take_number(match: re.Match[str]) -> str:
        if 0 < int(match[1]) <= (_HIGHEST if square else labels.highest):
            families.append("number")
            return " "
        return match[0]

    def take_letter(match: re.Match[str]) -> str:
        if match[1] in labels.letters:
            families.append("letter")
            return " "
        return match[0]

    rest = _PREFIXED.sub(take_prefixed, rest)
    if _CUED_LETTER.search(rest):
        families.append("cue")
        rest = _CUED_LETTER.sub(" ", rest)
    rest = re.sub(r"\b[Ss]ections?\s+(?=[1-9]\.\d)", " ", rest)
    rest = _PAGES.sub(" ", rest)
    rest = _DOTTED.sub(take_dotted, rest)
    if not families:
        rest = _LETTER.sub(take_letter, rest)
    if not families:
        rest = _NUMBER.sub(take_number, rest)
    rest = _WORDS.sub(" ", rest)
    if families[:1] != ["number"]:
        rest = _SUBORDINATE.sub(" ", rest)
    return families[0] if families and _MERE.fullmatch(rest) else ""


def _is_ordinary(text: str, start: int, end: int) -> bool:
    """Tell whether a bracket is an enumerator, or letters put into a quotation."""
    before = text[max(0, start - 2) : start]
    if text[start] == "[":
        opened = re.search(r"[A-Za-z‘“]$|(?:^|\s)['\"]$", before)
        return text[end : end + 1].isalpha() or (
            text[start + 1 : end - 1].isalpha() and bool(opened)
        )
    line_start = text.rfind("\n", 0, start) + 1
    line_end = text.find("\n", end) if "\n" in text[end:] else len(text)
    follows = re.compile(r"\s*[\w‘“'\"]")
    if before[-1:].isdigit() or not text[line_start:start].strip(" -•|"):
        return True
    if not follows.match(text, end, line_end):
        return False
    if re.search(r"[:;–]\s*(?:and|or|to)?\s*$", text[line_start:start]):
        return True
    heads = [
        match[1].lower()
        for match in re.finditer(r"\((\d{1,2}|[A-Za-z])\)", text[line_start:line_end])
        if follows.match(text, line_start + match.end(), line_end)
    ]
    counted = (("1", "2"), ("a", "b"))
    return any(heads[at : at + 2] == list(pair) for at in range(len(heads)) for pair in counted)


def _find_raised(text: str, labels: Labels) -> Iterator[_Found]:
    """Yield superscripts that hold a list of labels and are neither exponents nor isotopes."""
    for match in re.finditer(rf"{_RAISED}([^{_RAISED}{_LEVEL}\n]{{1,40}}){_LEVEL}", text):
        family = _name_family(match[1], labels, square=True)
        before = text[max(0, match.start() - 12) : match.start()]
        if not family or (family == "number" and not labels.highest):
            continue
        if family == "number":
            power = re.search(r"\d$", before) and not re.search(r"(?:19|20)\d\d$", before)
            nuclide = re.search(r"(?:^|[\s(\-–/])$", before) and text[match.end()].isupper()
            if power or nuclide or _UNITS.search(before) or match[1][0] in "-–−+.":
                continue
        yield _Found(match.start(), match.end(), family)


def _find_bare(text: str, labels: Labels) -> Iterator[_Found]:
    """Yield labels in running text, those next to each other as one."""
    parts = sorted(_find_tokens(text, labels), key=lambda part: part.start)
    joined: list[_Found] = []
    for part in parts:
        last = joined[-1] if joined else None
        if last and part.start < last.end:
            continue
        if last and _GLUE.fullmatch(text[last.end : part.start]):
            joined[-1] = _Found(last.start, part.end, last.family)
        else:
            joined.append(part)
    yield from joined


def _find_tokens(text: str, labels: Labels) -> Iterator[_Found]:
    for match in _PREFIXED.finditer(text):
        prefix = _name_prefix(match[1])
        spaced = not match[0][len(match[1])].isdigit()
        if not _CUED.fullmatch(match[1]):
            lower = match[1].islower() or (len(match[1]) == 1 and spaced)
            if lower or not 0 < int(match[2]) <= labels.prefixes.get(prefix, 0):
                continue
        elif int(match[2]) > max(labels.prefixes.get(prefix, 0), labels.highest):
            continue
        if _STATION.match(text, match.start()) or _COMPOUND.search(text[: match.start()][-2:]):
            continue
        if re.match(r"\s?%|\s(?:million|billion|years)", text[match.end() :][:12]):
            continue
        tail = _TAIL.match(text, match.end())
        yield _Found(match.start(), tail.end() if tail else match.end(), prefix)
    for match in _DOTTED_LIST.finditer(text):
        if match[1] in labels.majors and match[1] in "35":
            yield _Found(match.start(), match.end(), match[1])
    for match in _CUED_DOTTED.finditer(text):
        if match[1][0] in labels.majors:
            yield _Found(match.start(1), match.end(1), match[1][0])


def _print_marks(documents: Iterable[tuple[str, dict[int, str]]]) -> None:
    for identifier, raw in documents:
        for mark in list_marks(identifier, raw):
            print(json.dumps(asdict(mark), ensure_ascii=False))


def main() -> None:
    """Print the candidate marks of an export, one JSON object a line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("export", type=Path, help="case studies, .xlsx")
    _print_marks(read_export(parser.parse_args().export))


if __name__ == "__main__":
    main()
