"""The researchers of a case study, as its sections name them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from impactgraph.documents import PlainText
from impactgraph.extraction.reading import OutputEntry

__all__ = ["read_actors"]

_TITLE = r"(?:Professors?|Profs?\.?|Drs?\.?)"
_OWNER = re.compile(
    r"\b([A-Z][\w-]{0,40}[a-z])[’']s?\s(?:[\w-]{1,40}\s){0,2}"
    r"(?:research|work|study|studies|findings|expertise|team|book|monograph|approach)\b"
)
_TITLED = re.compile(rf"\b{_TITLE}\s+(?:[A-Z][\w.-]{{0,40}}\s){{0,2}}([A-Z][\w-]{{0,40}}[a-z])")
_NO_NAMES = frozenset(
    (
        *("The", "His", "Her", "This", "Their", "Our", "First", "It", "Dr"),
        *("University", "Department", "Institute", "Centre", "Team", "Committee", "Clinical"),
        *("NHS", "UK", "England", "Britain", "London"),
    )
)
_WORD = re.compile(r"\b[A-Z][\w-]{0,40}")
_LEAST_OFTEN = 3
_MOST_NAMES = 30
_AUTHOR_OFTEN = 2
_CALLED = frozenset(
    (
        *("We", "we", "Our", "our", "He", "She", "They", "team", "Team"),
        *("researchers", "Researchers", "academics", "university", "University"),
    )
)


def read_actors(plain: PlainText, outputs: Sequence[OutputEntry]) -> frozenset[str]:
    """Return the words by which a document speaks of its researchers, family names among them.

    A researcher is who has a title, or whose research or work is spoken of, and is named often; or
    an author of an output whom sections 2 and 4 name.

    Args:
        plain: the document as it reads.
        outputs: the outputs of section 3.
    """
    found = Counter(name for pattern in (_OWNER, _TITLED) for name in pattern.findall(plain.text))
    often = Counter(_WORD.findall(plain.text))
    named = {name for name, _ in found.most_common(_MOST_NAMES) if often[name] >= _LEAST_OFTEN}
    told = Counter(
        name
        for section in ("2", "4")
        for name in _WORD.findall(plain.words(plain.sections[section]))
    )
    authors = {name.family_name for output in outputs for name in output.authors}
    named |= {name for name in authors if told[name] >= _AUTHOR_OFTEN}
    return frozenset(named - _NO_NAMES) | _CALLED
