"""What kind of thing a source is, by the words that it opens with."""

from __future__ import annotations

import re

from impactgraph.extraction.testimony import is_post
from impactgraph.model import SourceType

__all__ = ["find_source_type"]

_OPENING = 200
_WORDS: tuple[tuple[SourceType, str], ...] = (
    (
        SourceType.TESTIMONIAL,
        r"testimon(?:y|ies|ials?)|letters?\b(?! to the editor)|statements?|e-?mails?"
        r"|correspondence|quotes?|feedback|comments? (?:from|by)|interviews?|corroborat(?:ing"
        r"|ion|or)"
        r"|endorsements?|can (?:corroborate|confirm|be contacted)|questionnaire responses?",
    ),
    (SourceType.MINUTES, r"minutes of|meeting minutes|minutes|hansard|transcripts?|oral evidence"),
    (
        SourceType.AGREEMENT,
        r"agreements?|contracts?|memorand(?:um|a) of understanding|MoU|licen[cs]es?|treaty",
    ),
    (
        SourceType.MEDIA,
        r"newspapers?|news|BBC|guardian|(?:the|sunday|new york|financial) times|telegraph|radio"
        r"|television|TV|broadcasts?|podcasts?|press|media|articles?|magazines?|daily|film"
        r"|documentary"
        r"|youtube|videos?|blogs?|the conversation|the economist|coverage|interviewed",
    ),
    (
        SourceType.POLICY_DOCUMENT,
        r"polic(?:y|ies)|strateg(?:y|ies)|guid(?:ance|elines?)|white paper|green paper"
        r"|\w+ act \d{4}"
        r"|legislation|bill|code of practice|standards?|directive|regulations?|action plan"
        r"|framework"
        r"|NICE|consultation|circular|select committee|recommendations?|toolkit|curriculum"
        r"|manifesto",
    ),
    (
        SourceType.DATA,
        r"data(?:set|base)?s?|statistics|analytics|figures|surveys?|metrics|downloads|altmetrics?"
        r"|spreadsheet|usage|questionnaires?|sales|numbers",
    ),
    (
        SourceType.REPORT,
        r"reports?|reviews?|evaluations?|stud(?:y|ies)|papers?|assessments?|audits?|annual|dossier"
        r"|briefings?|inquiry|case study|journal|et al",
    ),
    (
        SourceType.WEB_PAGE,
        r"web ?(?:site|page)s?|online|pages?|twitter|tweets?|facebook|URL|links?|portal",
    ),
)
_PATTERNS = tuple((kind, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for kind, words in _WORDS)
_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_QUOTED = re.compile(r"(?<!\w)(?:‘[^\n]{8,300}?’(?!\w)|“[^\n]{8,300}?”|\"[^\n\"]{8,300}\")")


def find_source_type(words: str) -> SourceType:
    """Return what kind of thing a source is; the word that comes first tells, outside of titles.

    >>> find_source_type("Testimonial from the museum's report editor").value
    'testimonial'
    """
    plain = _ADDRESS.sub("", words)
    outside = _QUOTED.sub("", plain)
    for opening in (outside[:_OPENING], plain[:_OPENING]):
        found = [
            (match.start(), index, kind)
            for index, (kind, pattern) in enumerate(_PATTERNS)
            if (match := pattern.search(opening))
        ]
        first = min(found, default=None)
        phrase = re.split(r"[,.;:(–—]", opening.strip(), maxsplit=1)[0]
        if is_post(phrase) and (not first or first[0] >= opening.find(phrase) + len(phrase)):
            return SourceType.TESTIMONIAL
        if first:
            return first[2]
    return SourceType.WEB_PAGE if _ADDRESS.search(words) else SourceType.OTHER
