"""Who is said to have said what stands in quotation marks."""

from __future__ import annotations

import re

from impactgraph.documents import Span

__all__ = ["find_speaker"]

_TITLE = (
    r"(?:Professor|Prof\.?|Dr\.?|Sir|Dame|Lord|Lady|Baroness|Baron|Mr\.?|Mrs\.?|Ms\.?|Rev\.?|"
    r"Cllr|Councillor|Col\.?|Lt\.?|General|Judge|Justice)"
)
_NAME = (
    r"(?!(?:As|The|In|At|For|While|When|However|Finally|Similarly|Additionally|This|Their|One|An?|"
    r"By|From|With|Both|Another|Since|Following|During|After|Meanwhile|Furthermore|Moreover|His|"
    r"Her|Its|Our|And|But)\b)"
    rf"(?:{_TITLE}\s){{0,2}}"
    r"[A-ZÀ-Þ][\w’'-]{1,30}(?:\s(?:(?:de|van|von|der|den|la|le|al|bin)\s){0,2}"
    r"(?:[A-ZÀ-Þ]\.\s?){0,3}[A-ZÀ-Þ][\w’'-]{1,30}){1,3}"
)
_OFFICE = (
    r"(?:Head|Director|Manager|Officer|Executive|CEO|Chair|Chairman|Chairwoman|Minister|Secretary|"
    r"President|Lead|Leader|Co-?ordinator|Curator|Editor|Founder|Commissioner|Advis[eo]r|Producer|"
    r"Consultant|Teacher|Headteacher|Engineer|Scientist|Analyst|Principal)"
)
_NOUNS = r"[A-Z][\w&’'-]{0,30}(?:\s(?:(?:of|for|and|the|&)\s){0,2}[A-Z][\w&’'-]{0,30}){0,5}"
_POST = (
    r"(?!(?:The|Their|Its|An?|Our|As)\s)"
    rf"(?:[A-Z][\w&’'-]{{0,30}}\s){{0,4}}{_OFFICE}(?:\s(?:of|for|at)\s(?:the\s)?{_NOUNS})?"
)
_VERB = (
    r"(?:(?:has|have|also|further|recently|therefore)\s){0,2}"
    r"(?:said|says|stated|states|commented|comments|confirmed|confirms|noted|notes|wrote|writes|"
    r"explained|explains|added|adds|reported|reports|described|describes|testified|testifies|"
    r"remarked|observed|reflected|reflects|concluded|acknowledged|acknowledges|recalled|recalls|"
    r"told|emphasised|emphasises|highlighted|argued|attests|attested|welcomed|praised)"
)
_ASIDE = r"(?:\s?\([^()]{1,120}\)|\s?,[^.;:“‘\"]{1,140},)?"
_AHEAD = (
    re.compile(rf"(?P<speaker>{_NAME}){_ASIDE}\s{_VERB}\b"),
    re.compile(rf"\b[Aa]ccording\sto\s(?P<speaker>{_NAME})"),
    re.compile(rf"(?P<speaker>{_POST}){_ASIDE}\s{_VERB}\b"),
)
_BEHIND = (
    re.compile(rf"[\s,”’\"'–—-]{{0,5}}\(?(?P<speaker>{_NAME})(?=\s?[,;)(\[]|\s{_VERB}\b)"),
    re.compile(rf"[\s,”’\"']{{0,5}}{_VERB}\s(?P<speaker>{_NAME})"),
)
_ORGANISATION = re.compile(
    r"\b(?:School|University|Party|Trust|Council|Museum|Institute|Centre|Department|Association|"
    r"Society|Government|Ministry|Group|Foundation|Committee|Board|Office|Agency|Network|Services?|"
    r"Hospital|Company|Ltd|Limited|Gallery|Theatre|Festival|Times|Guardian|Parliament|Commission|"
    r"College|Academy|Review|Report|News|Survey|Project|Programme)\b"
)
_PART_OF = re.compile(r"\b(?:from|of|at|for|the|in|with|on)\s\Z")


def find_speaker(text: str, ahead: Span, behind: Span) -> Span | None:
    """Return the name, or else the post, of who says what is quoted, if told plainly.

    Args:
        text: the plain text.
        ahead: the words of the sentence before the quotation, or the sentence that announces it.
        behind: the words of the sentence after it.

    >>> text = "Mary Hale, Head of Roads, said: “It works”."
    >>> found = find_speaker(text, Span(0, 31), Span(42, 44))
    >>> text[found.start : found.end]
    'Mary Hale'
    """
    for pattern in _AHEAD:
        named = [
            match
            for match in pattern.finditer(text, ahead.start, ahead.end)
            if _is_person(text, match, post=pattern is _AHEAD[-1])
        ]
        if named:
            return Span(*named[-1].span("speaker"))
    for pattern in _BEHIND:
        match = pattern.match(text, behind.start, max(behind.end, behind.start))
        if match and _is_person(text, match, post=False):
            return Span(*match.span("speaker"))
    return None


def _is_person(text: str, match: re.Match[str], *, post: bool) -> bool:
    if post:
        return True
    start = match.start("speaker")
    return not _ORGANISATION.search(match["speaker"]) and not _PART_OF.search(
        text, max(0, start - 8), start
    )
