"""Words and how telling they are: stems with the share of case studies that have them."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

__all__ = ["Vocabulary", "Word", "count_documents", "read_words", "stem"]

_WORD = re.compile(r"[^\W\d_]{3,}")
_COMMON = """about above after again against all also although among and any are because been before
    being between both but can could did does doing during each few for from further had has have
    having her here hers him his how into its itself just led may more most much new not now off
    one only other our out over own research same she should some study studies such than that the
    their them then there these they this those through too two under until upon used using very
    was well were what when where which while who whom why will with within work would you your
    university paper journal press article volume vol doi http https www org
"""
_STOP = frozenset(_COMMON.split())
_ENDINGS = ("ations", "ation", "ments", "ment", "ities", "ity", "ings", "ing", "ness", "ies")
_SHORT_ENDINGS = ("ed", "es", "ly", "al", "s", "e", "y")
_SHORTEST_STEM = 4


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a passage: its stem, its letters as printed and where they begin there."""

    stem: str
    printed: str
    start: int

    @property
    def is_name(self) -> bool:
        """Whether it is printed as a name or an acronym is."""
        return self.printed[0].isupper()


@lru_cache(maxsize=65536)
def stem(word: str) -> str:
    """Return a word without its ending, so that its forms are one.

    >>> stem("policies") == stem("policy"), stem("charter"), stem("NHS")
    (True, 'charter', 'nhs')
    """
    folded = word.casefold().replace("’", "'").removesuffix("'s")
    for endings in (_ENDINGS, _SHORT_ENDINGS):
        for ending in endings:
            if folded.endswith(ending) and len(folded) - len(ending) >= _SHORTEST_STEM:
                return folded[: -len(ending)]
    return folded


@lru_cache(maxsize=512)
def read_words(text: str) -> tuple[Word, ...]:
    """Return the words of a text that can tell something, with digits and marks left out."""
    return tuple(
        Word(stem(match.group()), match.group(), match.start())
        for match in _WORD.finditer(text)
        if match.group().casefold() not in _STOP
    )


def count_documents(documents: Iterable[Iterable[str]]) -> tuple[int, Counter[str]]:
    """Return how many documents there are, and in how many each stem stands."""
    total, counts = 0, Counter[str]()
    for texts in documents:
        counts.update({word.stem for text in texts for word in read_words(text)})
        total += 1
    return total, counts


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """How telling stems are: those in fewer case studies tell more."""

    documents: int
    counts: Mapping[str, int]

    def weight(self, stem: str) -> float:
        """Return the inverse document frequency of a stem, at least 0."""
        return math.log((self.documents + 1) / (self.counts.get(stem, 0) + 1))
