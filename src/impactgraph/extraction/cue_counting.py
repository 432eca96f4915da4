"""How often a sentence has each cue of a pathway, its researchers' deeds among them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from functools import lru_cache

from impactgraph.extraction.pathway_cues import CUES

__all__ = ["count_cues"]

# The words of a deed of the researchers: how many words apart its parts may stand.
_ASKED = (
    r"invited|appoint(?:ed|ment)|commission(?:ed|ing)|approached|asked|contacted|recruited|engaged|"
    r"seconded|consulted|elected|nominated|contracted|tasked"
)
_ACTED = (
    r"work(?:ed|s|ing)|collaborat\w+|partner\w+|present(?:ed|s|ing)|deliver(?:ed|s|ing)|gave|"
    r"spoke|spoken|advis(?:ed?|es|ing)|train(?:ed|s|ing)|brief(?:ed|s)|shared|disseminated|"
    r"introduced|organi[sz]ed|hosted|curated|serv(?:ed|es|ing)|sits|sat|joined|submitted|"
    r"chair(?:ed|s)|co-\w+|ran|launched|discussed|debated|met|engag(?:ed|es|ing)|participat\w+|"
    r"conven(?:ed|es)|held|facilitat\w+|taught|testified|exhibited|performed|toured|staged|"
    r"licen[cs]ed|founded|set|translated|publici[sz]ed|attended|consult(?:ed|s)|liais\w+|"
    r"embark\w+|brought|draft(?:ed|ing)"
)
_TELLING = (
    r"provid\w+|gave|given|submit\w+|present(?:ed|s|ing)|wrote|written|draft\w+|suppli\w+|"
    r"contribut\w+|briefed|advis\w+|spoke|testified|appear(?:ed|ance)|evidence|liais\w+|assisted|"
    r"supported|helped"
)
_BODY = (
    r"government|ministry|ministers?|parliament\w*|committees?|department|council(?:s|lors)?|"
    r"agenc(?:y|ies)|commission|nhs|police|mps?|peers|policy-?makers|authorit(?:y|ies)|"
    r"charit(?:y|ies)|ngos?|museums?|schools?|teachers?|practitioners|professionals|clinicians|"
    r"compan(?:y|ies)|industry|stakeholders|communit(?:y|ies)|public|officials|regulators?|who|"
    r"unesco|un|nice|defra|dfe|trusts?|board|association|foundation"
)
_HOLDING = r"is|was|been|became|as|acts?|acted|serv\w+|role|remains|sits?|sat"
_POST = (
    r"members?|trustees?|chair|advis\w+|directors?|lead|consultant|board|committee|panel|expert|"
    r"fellow|ambassador|editor"
)
_NEAR, _FAR = 9, 14

_WORDS = {name: re.compile(cue.words) for name, cue in CUES.items() if cue.words}
_WORDS |= {
    name: re.compile(words)
    for name, words in (
        ("_asked", _ASKED),
        ("_acted", _ACTED),
        ("_telling", _TELLING),
        ("_body", _BODY),
        ("_holding", _HOLDING),
        ("_post", _POST),
        ("_first", "|".join(pair.split(" ")[0] for cue in CUES.values() for pair in cue.pairs)),
    )
}
_PAIRS = {name: re.compile("|".join(cue.pairs)) for name, cue in CUES.items() if cue.pairs}
_PHRASES = {name: re.compile(cue.phrase) for name, cue in CUES.items() if cue.phrase}
_TOKEN = re.compile(r"[^\W_]{1,40}(?:-[^\W_]{1,40})?(?:[’']s?\b)?|[.;%]")
_KNOWN_WORDS = 20_000


def count_cues(words: str, actors: frozenset[str]) -> Counter[str]:
    """Return how often each cue is met.

    Args:
        words: a sentence.
        actors: the words by which the document speaks of its researchers.

    >>> counts = count_cues("Hale was invited to workshops and meetings", frozenset({"Hale"}))
    >>> counts["meeting"], counts["asked"]
    (2, 1)
    """
    printed = _TOKEN.findall(words)
    tokens = [token.lower() for token in printed]
    kinds = [_kinds_of(token) for token in tokens]
    counts = Counter(kind for several in kinds for kind in several)
    for place, several in enumerate(kinds[:-1]):
        if "_first" in several:
            counts.update(_kinds_of_pair(f"{tokens[place]} {tokens[place + 1]}"))
    own = [place for place, token in enumerate(printed) if token.partition("’")[0] in actors]
    if own:
        _count_deeds(counts, tokens, kinds, own)
    for name, phrase in _PHRASES.items():
        counts[name] += len(phrase.findall(words))
    return counts


@lru_cache(maxsize=_KNOWN_WORDS)
def _kinds_of(word: str) -> tuple[str, ...]:
    """Return the lists of words that hold a word."""
    return tuple(name for name, words in _WORDS.items() if words.fullmatch(word))


@lru_cache(maxsize=_KNOWN_WORDS)
def _kinds_of_pair(pair: str) -> tuple[str, ...]:
    return tuple(name for name, pairs in _PAIRS.items() if pairs.fullmatch(pair))


def _count_deeds(
    counts: Counter[str],
    tokens: Sequence[str],
    kinds: Sequence[tuple[str, ...]],
    own: Sequence[int],
) -> None:
    """Count what the researchers do or are, one clause after another.

    Args:
        counts: where it is counted.
        tokens: the words and stops of a sentence, in small letters.
        kinds: the lists that hold each.
        own: the places of the researchers among them.
    """
    researchers = frozenset(own)
    counts["researchers"] += len(own)
    # Where the last mention of each part stood; a clause's end takes them out of reach.
    actor = asked = telling = holding = -_FAR - 1
    for place, several in enumerate(kinds):
        if tokens[place] in ".;":
            actor = asked = telling = holding = -_FAR - 1
        elif place in researchers:
            counts["their research"] += "’" in tokens[place]
            counts["asked"] += place - asked <= _NEAR
            actor = place
        elif several:
            near, far = place - actor <= _NEAR, place - actor <= _FAR
            if "_asked" in several:
                counts["asked"] += near
                asked = place
            counts["acted"] += near and "_acted" in several
            if "_body" in several and place - telling <= _FAR:
                counts["told"] += 1
                telling = -_FAR - 1
            if far and "_telling" in several:
                telling = place
            if "_post" in several and place - holding <= _NEAR:
                counts["role"] += 1
                holding = -_FAR - 1
            if near and "_holding" in several:
                holding = place
