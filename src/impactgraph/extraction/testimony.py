"""Who speaks in a source that testifies, and for whom."""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ["Witness", "is_post", "names_person", "read_testimony"]

_KIND = (
    r"(?:[Tt]estimon(?:y|ials?|ies)|[Ll]etters?|[Ss]tatements?|[Ee]-?mails?|[Cc]orrespondence"
    r"|[Ii]nterviews?|[Ff]eedback|[Qq]uotes?|[Ee]ndorsements?|[Cc]orroborat(?:ion|or)|[Cc]ontact)"
)
_INTRODUCED = re.compile(
    rf"\b{_KIND}(?:\s\([^()]{{1,40}}\))?"
    r"(?:\s(?:of|and|in)\s(?:support|thanks|endorsement|recommendation|corroboration|evidence|email"
    r"|statement|letter|commendation|appreciation)|\s(?:letters?|statements?|emails?|evidence"
    r"|quotes?"
    r"|\d|received|provided|supplied|written|given|sent|exchanges?|correspondence|videos?)){0,3}"
    r"(?:\s?(?:from|by|with|of)\s|\s?[:;,.–—-]\s?(?:(?:from|by)\s)?|\s(?=[A-Z]))"
    r"(?:[Tt]he\s|[Aa]n?\s)?(?:(?:former|current|then|previous|ex-)\s?)?"
    r"(?P<speaker>[^\W\d_a-z][^.;:()\n\[\]–—|]{1,110})"
)
_CUT = re.compile(
    r",?\s(?:confirm|regard|describ|detail|about\b|outlin|dated\b|evidenc|explain|corroborat"
    r"|that\b|which\b"
    r"|who\b|testif|attest|discuss|concern|demonstrat|highlight|stat(?:es|ing)\b|verif"
    r"|acknowledg|show"
    r"|receiv|on\s|to\s|in relation|with regard|provid|indicat|relating|from\s|giving"
    r"|commenting|support"
    r"|evaluat|noting|\d|as to|into\s|reflect|summari|setting|quot|via\s|sent\b|\d{1,2}/|saying)"
)
_POST = re.compile(
    r"\b(?:Director|Directors|Manager|Chief|Officer|CEO|CTO|CFO|COO|Head|Chair|Chairman|Chairwoman"
    r"|Chairperson|President|Vice-Chancellor|Minister|Secretary|Lead|Leader|Consultant|Curator"
    r"|Editor|Founder|Co-[Ff]ounder|Coordinator|Co-ordinator|Engineer|Scientist|Advis[eo]r|Member"
    r"|Councillor"
    r"|Cllr|MP|MSP|MEP|Teacher|Headteacher|Principal|Partner|Producer|Researcher|Analyst|Executive"
    r"|Commissioner|Specialist|Developer|Nurse|Judge|Trustee|Patient|Constable|Inspector|Architect"
    r"|Designer|Owner|Dean|Registrar|Governor|Ambassador|Senator|Bishop|Rector|Convenor|Convener"
    r"|Archivist|Librarian|Lecturer|Practitioner|Therapist|Surgeon|Physician|Barrister|Solicitor"
    r"|Journalist|Author|Artist|Conductor|Composer|Actor|Film-?maker|Organi[sz]er|Representative"
    r"|Administrator|Superintendent|Fellow|Rapporteur|Programmer|Planner|Economist|Statistician"
    r"|Psychologist|Entrepreneur|Broadcaster|Presenter|Technologist|Associate|Attach[eé]"
    r"|Delegate)\b"
)
_TITLED = re.compile(
    r"(?:Prof(?:essor)?\.?|Dr\.?|Mr\.?|Mrs\.?|Ms\.?|Miss|Sir|Dame|Lord|Lady|Baroness"
    r"|Rev(?:erend)?\.?"
    r"|The (?:Rt|Right) Hon(?:ourable)?\.?|Hon\.|Cllr\.?|Col(?:onel)?\.?|Major|Captain|Judge"
    r"|Justice)\s[A-Z]"
)
_NAME = re.compile(
    r"[^\W\d_a-z][\w’'-]+(?:\s(?:[^\W\d_a-z]\.?|(?:van|von|de|der|den|del|di|da|la|le|bin|al)))?"
    r"(?:\s[^\W\d_a-z][\w’'-]+){1,2}"
)
_BODY = re.compile(
    r"\b(?:Trust|Foundation|Council|Commission|Fund|Society|Academy|Charity|Institute|Agency"
    r"|Ministry"
    r"|Department|Office|Association|Government|Board|Authority|Union|Bank|Federation|Centre"
    r"|Network"
    r"|Group|Service|Services|College|University|School|Hospital|Museum|Gallery|Library|Theatre"
    r"|Press"
    r"|Party|Committee|Company|Ltd|Limited|plc|PLC|Inc|GmbH|Alliance|Partnership|Project|Programme"
    r"|Forum|Team|Festival|Studio|Studios|Systems|Solutions|Technologies|UK|International|Global"
    r"|Energy|Media|Health|Parliament|House|England|Scotland|Wales|Europe|Kingdom|Research"
    r"|Police|Constabulary|Army|Navy)\b"
)
_NO_BODY = re.compile(rf"{_KIND}\b|Invitation|Evidence|Reports?\b|Text\b|Summary|Inc\b|.{{0,2}}$")
_AT = re.compile(r"\sat\s(?:the\s)?(?=[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Witness:
    """Where a speaker and the speaker's organisation stand in the words of a source."""

    speaker: tuple[int, int] | None = None
    body: tuple[int, int] | None = None


def is_post(words: str) -> bool:
    """Return whether the words name a post, or a person by title.

    >>> is_post("Head of Collections"), is_post("Professor Ada Wood"), is_post("Ada Wood")
    (True, True, False)
    """
    return bool(_POST.search(words) or _TITLED.match(words))


def names_person(words: str) -> bool:
    """Return whether the words name a post or a person rather than an organisation.

    >>> names_person("Ada Wood"), names_person("Moorland Trust")
    (True, False)
    """
    return is_post(words) or bool(_NAME.fullmatch(words.strip()) and not _BODY.search(words))


def read_testimony(words: str) -> Witness:
    """Return who speaks and for whom, in the words of a source behind its label.

    >>> words = "Testimonial from Head of Collections, Moorland Museum, on the new displays"
    >>> found = read_testimony(words)
    >>> [words[slice(*place)] for place in (found.speaker, found.body)]
    ['Head of Collections', 'Moorland Museum']
    """
    opening = words[:400]
    match = _INTRODUCED.search(opening)
    if match:
        return _divide(opening, *match.span("speaker"))
    first = re.match(r"[^.;:()\n\[\]]{3,110}", opening)
    if first and is_post(first[0].split(",")[0]):
        return _divide(opening, 0, first.end())
    return Witness()


def _divide(words: str, start: int, end: int) -> Witness:
    """Return the speaker and the organisation among phrases divided by commas."""
    cut = _CUT.search(words, start + 2, end)
    end = cut.start() if cut else end
    phrases = []
    for phrase in re.compile(r"[^,]+").finditer(words, start, end):
        text = phrase[0].strip()
        if text:
            begin = phrase.start() + len(phrase[0]) - len(phrase[0].lstrip())
            phrases.append((begin, begin + len(text)))
    if not phrases:
        return Witness()
    first = phrases[0]
    rest = phrases[1:]
    if not names_person(words[slice(*first)]):
        return Witness(body=first if _looks_named(words[slice(*first)]) else None)
    body = next(
        (
            place
            for place in rest
            if _looks_named(words[slice(*place)]) and not is_post(words[slice(*place)])
        ),
        None,
    )
    at = _AT.search(words, *first)
    if at:
        return Witness((first[0], at.start()), (at.end(), first[1]))
    return Witness(first, body)


def _looks_named(words: str) -> bool:
    return bool(re.match(r"(?:the\s)?[^\W\d_a-z]", words)) and not _NO_BODY.match(words)
