"""The labels of list entries: how outputs and sources are numbered and lettered."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["LABEL_STYLES", "Label", "LabelStyle", "read_labels", "read_marker"]

_ROMANS = dict(
    zip(
        [
            "i",
            "ii",
            "iii",
            "iv",
            "v",
            "vi",
            "vii",
            "viii",
            "ix",
            "x",
            "xi",
            "xii",
            "xiii",
            "xiv",
            "xv",
            "xvi",
            "xvii",
            "xviii",
        ],
        range(1, 19),
        strict=True,
    )
)
_WORDS = (
    r"Ref(?:erence)?|Source|Output|Pub(?:lication)?|PUB|IMP|Imp|IM|EQR|GRANT|Grant|Evidence|Paper"
    r"|Item|Testimonial|Testimony|Article|Book|Corroboration|Patent|Research|Impact|Exhibit|Doc"
    r"|Document|Appendix|Statement|Corrob|Link|Letter|Report|Project|Award|REF|Key|EVID|SOURCE"
)
_DECORATION = re.compile(r"\s?(?:[*•†‡^#+]{1,3}|[-–—](?=\s))\s?")
_MENTION = re.compile(
    r"[\[(]?\s?[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})?[\])]?"
    r"(?:(?:\s?[-–—,;&/]\s?|\sto\s|\sand\s|\s)[\[(]?[A-Z]{0,3}\d{1,2}(?:\.\d{1,2})?[\])]?){0,8}"
    r"\s(?:is|are|was|were|has|have|had|also|can|represents?|supported|received|won|demonstrates?"
    r"|appear(?:s|ed)|reports?|both|underwent|shows?|relates? to|provides?|published)\b"
)
_BOUNDARY = r"(?:\s?[.:,;)\]]+|\s?[-–—|]+(?=\s)|(?=\s|$)|(?=[‘“'\"\[(]))"


@dataclass(frozen=True, slots=True)
class LabelStyle:
    """One way to label entries: what its label looks like at the start of the words.

    `pattern` has the group `label` (as printed, without brackets), one of `number`, `letter` and
    `roman`, and perhaps `prefix` and `sub`. A `weak` style says little unless its labels ascend;
    `family` is filled with the groups `prefix` and `open`.
    """

    name: str
    pattern: re.Pattern[str]
    family: str
    weak: bool = False


@dataclass(frozen=True, slots=True)
class Label:
    """A label that the words may begin with, as printed; `stem` is it without `sub`.

    `family` is common to the labels of one list, `ordinal` the place in it, `sub` what follows
    it in the label of a part ("a" in "3a"); `end` is where the entry's own words begin, counted
    from where the label does.
    """

    printed: str
    stem: str
    family: str
    ordinal: int
    sub: str
    end: int
    weak: bool = False
    nested: bool = False


def _style(name: str, pattern: str, family: str, *, weak: bool = False) -> LabelStyle:
    return LabelStyle(name, re.compile(pattern, re.VERBOSE), family, weak)


_SUB = (
    r"(?P<sub>[a-h](?:\s?[-–/,&]\s?[a-h])?(?![a-z])|[.-](?:\d{1,2}(?!\d)|[a-h](?![a-z)]))"
    r"|\s?\((?:[a-h]|[ivx]{1,4})\)|[ivx]{1,4}(?![a-z]))?"
)
_NOTE = r"(?:\s?\([^()\d]{1,30}\)|\s?[*†‡§^]{1,3})?"

LABEL_STYLES: tuple[LabelStyle, ...] = (
    _style(
        "prefix and number: R1, [S2], (E3), R1a, R01, R.1, R[1], RO1",
        rf"""\s?(?P<open>[\[(])?\s{{0,2}}
        (?P<label>(?P<prefix>[A-Z]{{1,3}}|\$|Ev|So|PaR|eR|(?<=[\[(])[A-Za-z]{{1,6}})
        (?:\.\s?|\s|-)?\[?(?P<number>\d{{1,2}}){_SUB}(?!\d))
        {_NOTE}(?(open)\s?(?:[\])][.:,]?\s?[-–—:]?|[:.]?(?=\s))|\]?{_BOUNDARY})""",
        "{prefix}#",
    ),
    _style(
        "word and number: Ref. 1, Source 2, PUB 3, [EQR.1], Output 4",
        rf"""\s?(?P<open>[\[(])?\s{{0,2}}(?P<label>(?P<prefix>{_WORDS})
        (?:\.\s?|\s|-|\s?\#\s?)?(?:No\.?\s?)?(?P<number>\d{{1,2}}){_SUB}(?!\d))
        {_NOTE}(?(open)\s?(?:[\])][.:,]?|[:.]?(?=\s))|{_BOUNDARY})""",
        "{prefix}#",
    ),
    _style(
        "word and letter: Source A, Appendix B, [Evidence C]",
        rf"""\s?(?P<open>[\[(])?\s{{0,2}}(?P<label>(?P<prefix>{_WORDS})\s(?P<letter>[A-Z]){_SUB})
        (?(open)\s?[\])][.:,]?|(?:\s?[.:)]|\s?[-–—](?=\s)))""",
        "{prefix}A",
    ),
    _style(
        "section and number: 3.1, [5.2], (3.3), R3.1, S5.1, 5.1a, 5.1.1",
        rf"""\s?(?P<open>[\[(])?\s{{0,2}}(?P<label>(?P<prefix>[A-Z]{{0,2}}[35])
        (?:\.\s?|-|\s?·)(?P<number>\d{{1,2}}){_SUB}(?![\d%]))
        {_NOTE}(?(open)\s?(?:[\])][.:,]?\s?[-–—:]?|[:.]?(?=\s))|{_BOUNDARY})""",
        "{prefix}.#",
    ),
    _style(
        "section and prefixed number: 3.R1, 5.S1",
        rf"""\s?(?P<open>[\[(])?\s{{0,2}}(?P<label>[35]\.(?P<prefix>[A-Z]{{1,2}})
        (?P<number>\d{{1,2}}){_SUB}(?!\d))(?(open)\s?[\])][.:,]?|{_BOUNDARY})""",
        "x.{prefix}#",
    ),
    _style(
        "section and letter: 3.A, [5a], 5.b",
        r"""\s?(?P<open>[\[(])?\s{0,2}(?P<label>(?P<prefix>[35])\.?(?P<letter>[A-Za-z]))
        (?(open)\s?[\])][.:,]?|(?:\s?[.:)]|(?=\s)))""",
        "{prefix}.A",
        weak=True,
    ),
    _style(
        "bracketed number: [1], (1), [1a], [01]",
        rf"""\s?(?P<open>[\[(])\s{{0,2}}(?P<label>(?P<number>\d{{1,2}}){_SUB})
        {_NOTE}\s?[\])][.:,]?""",
        "{open}#",
    ),
    _style(
        "number and stop: 1. 1) 1: 1- 1a.",
        rf"""\s?(?P<label>(?P<number>\d{{1,2}}){_SUB})
        (?:\s?[.:)](?!\d)|\]|\s?[-–—](?=\s))""",
        "#",
    ),
    _style(
        "number alone: 1 Smith",
        r"""\s?(?P<label>(?P<number>\d{1,2}))(?=\s[A-Z‘“'"\[(])""",
        "#",
        weak=True,
    ),
    _style(
        "bracketed letter: [A], (a), [Aa]",
        rf"""\s?(?P<open>[\[(])\s{{0,2}}(?P<label>(?P<letter>[A-Za-z])
        (?P<sub>(?<=[A-Z])[ivx]{{1,4}}|\s?\((?:[a-h]|[ivx]{{1,4}}|\d)\))?){_NOTE}\s?[\])][.:,]?""",
        "{open}{case}",
    ),
    _style(
        "letter and stop: A. a) B:",
        r"""\s?(?P<label>(?P<letter>[A-Za-z]))
        (?:\s?[.:)\]](?=[\s\[(‘“'"]|$|[A-Z][a-z])|\s[-–—](?=\s))""",
        "{case}",
    ),
    _style(
        "roman: i. (ii) [iii] iv)",
        r"""\s?(?P<open>[\[(])?\s{0,2}(?P<label>(?P<roman>[ivx]{1,5}))(?(open)\s?[\])]|\s?[.:)])""",
        "i",
    ),
    _style(
        "roman capitals: I. (II) [III] IV)",
        r"""\s?(?P<open>[\[(])?\s{0,2}(?P<label>(?P<roman>[IVX]{1,5}))(?(open)\s?[\])]|\s?[.:)])""",
        "I",
    ),
)
"""All styles, the more telling first; to read another one, add it here."""


def read_labels(words: str) -> tuple[Label, ...]:
    """Return the labels that the words may begin with, the likelier first.

    >>> [(label.printed, label.family, label.ordinal) for label in read_labels("[R2] Smith, J.")]
    [('R2', 'R#', 2)]
    >>> [(label.printed, label.family, label.ordinal) for label in read_labels("(i) Letter")]
    [('i', '(a', 9), ('i', 'i', 1)]
    """
    decoration = _DECORATION.match(words)
    before = decoration.end() if decoration else 0
    opening = words[before : before + 80]
    if _MENTION.match(opening):
        return ()
    found: list[Label] = []
    for style in LABEL_STYLES:
        match = style.pattern.match(opening)
        if match:
            label = _read(style, match, before)
            if label and all(label.family != other.family for other in found):
                found.append(label)
    return tuple(found)


def read_marker(marker: str) -> tuple[Label, ...]:
    """Return the labels that a list item's marker may be; none for a bullet."""
    return read_labels(f"{marker} ") if marker[:-1] else ()


def _bare(printed: str) -> str:
    return printed.replace("[", "").replace("]", "").strip(" .-")


def _read(style: LabelStyle, match: re.Match[str], before: int) -> Label | None:
    groups = match.groupdict()
    if groups.get("number"):
        ordinal = int(groups["number"])
    elif groups.get("letter"):
        ordinal = ord(groups["letter"].upper()) - 64
    else:
        ordinal = _ROMANS.get(groups["roman"].lower(), 0)
    if not ordinal:
        return None
    letter = groups.get("letter") or "A"
    family = style.family.format(
        prefix=(groups.get("prefix") or "").upper(),
        open="(" if groups.get("open") == "(" else "",
        case="A" if letter.isupper() else "a",
    )
    stem = groups["label"].removesuffix(groups.get("sub") or "")
    sub = (groups.get("sub") or "").strip(" .-()")
    printed = _bare(groups["label"])
    return Label(
        printed,
        _bare(stem),
        family,
        ordinal,
        sub,
        before + match.end(),
        style.weak,
        "roman" in groups,
    )
