"""The researchers of a case study, as its sections name them."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from impactgraph.documents import PlainText

__all__ = ["ACTOR", "Actors", "read_actors"]

ACTOR = "§"
"""What stands for a researcher in masked text."""

_TITLE = r"(?:Professors?|Profs?\.?|Drs?\.?)"
_OWNER = re.compile(
    r"\b([A-Z][\w-]{0,40}[a-z])[’']s?\s(?:[\w-]{1,40}\s){0,2}"
    r"(?:research|work|study|studies|findings|expertise|team|book|monograph|approach)\b"
)
_TITLED = re.compile(rf"\b{_TITLE}\s+(?:[A-Z][\w.-]{{0,40}}\s){{0,2}}([A-Z][\w-]{{0,40}}[a-z])")
_NO_NAMES = frozenset(
    (
        "The",
        "His",
        "Her",
        "This",
        "Their",
        "University",
        "NHS",
        "UK",
        "England",
        "Our",
        "First",
        "It",
    )
)
_WORD = re.compile(r"\b[A-Z][\w-]{0,40}")
_LEAST_OFTEN = 3
_MOST_NAMES = 30
_MENTION = re.compile(
    rf"\b(?:{_TITLE}\s)?(?:(?P<first>[A-Z][\w.-]{{0,40}})\s)?(?P<last>[A-Z][\w-]{{0,40}}[a-z])\b"
    r"(?:\s(?:and|et al\.?)\s[A-Z]\w{0,40})?"
)
_OTHERS = re.compile(
    r"\b(?:[Ww]e|[Oo]ur\s(?:team|group|researchers|academics)|"
    r"[Tt]he\s(?:[\w-]{1,40}\s){0,2}(?:team|researchers|group)|[Rr]esearchers|"
    r"He|She|They|[A-Z]\w{0,40}\s(?:researchers|academics|team)|[Uu]niversity)\b"
)


@dataclass(frozen=True, slots=True)
class Actors:
    """The family names of a case study's researchers."""

    names: frozenset[str]

    def mask(self, words: str) -> str:
        """Return words with `ACTOR` for each mention of a researcher, the team or the university.

        >>> Actors(frozenset({"Hale"})).mask("In 2014 Dr Mary Hale and her team met us in Leeds")
        'In 2014 § and her team met us in Leeds'
        """
        return _OTHERS.sub(ACTOR, _MENTION.sub(self._mask_mention, words))

    def _mask_mention(self, mention: re.Match[str]) -> str:
        if mention["last"] in self.names:
            return ACTOR
        if mention["first"] in self.names:
            return ACTOR + mention[0][mention.end("first") - mention.start() :]
        return mention[0]


def read_actors(plain: PlainText) -> Actors:
    """Return the researchers that a document names.

    A researcher is who has a title, or whose research or work is spoken of, and is named often.
    """
    found = Counter(name for pattern in (_OWNER, _TITLED) for name in pattern.findall(plain.text))
    often = Counter(_WORD.findall(plain.text))
    return Actors(
        frozenset(
            name
            for name, _ in found.most_common(_MOST_NAMES)
            if name not in _NO_NAMES and often[name] >= _LEAST_OFTEN
        )
    )
