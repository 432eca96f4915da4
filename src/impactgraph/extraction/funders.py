"""Names of those who fund research, as a text prints them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

__all__ = ["Funder", "find_funders", "is_same_funder", "read_funder_at"]

_ABBREVIATIONS = (
    "AHRC BBSRC EPSRC ESRC MRC NERC STFC PPARC NIHR UKRI HEFCE HEFCW HEIF GCRF DFID FCDO DEFRA"
    " Defra"
    " DEFRA's DCMS DWP BEIS DTI MoD MOD DSTL Dstl TSB KTP ERC FP5 FP6 FP7 H2020 NSF NIH NASA"
    " ESA EMBO"
    " DARPA ONR AFOSR AFRL DOE USAID UNICEF UNESCO WHO NHMRC SSHRC CIHR NSERC ARC DFG ANR NWO FWO"
    " SNSF FWF CRUK BHF NORAD SIDA IDRC CEPI JISC Jisc HEA SFC CSO HTA RCUK QNRF FAPESP CNPq CAPES"
    " UKIERI ATI InnovateUK HERA DAAD DfT DfE DfID DCSF ERDF ESF WEFO RSSB TfL JPI COST"
    " Interreg INTERREG Erasmus ERASMUS WRAP EIT EURATOM NDA AWE"
    " Cerebra WellChild Oxfam INQUEST Ufi Nesta NESTA NSPCC RNIB RNLI RSPB NCRI BIBIANA CHDI AFRC"
    " SERC ORSAS EURAMET NMSO UKAEA EFDA HLF NLHF ACE NHS Ofgem Ofcom Ofwat"
)
_NAMES = (
    r"Wellcome(?: Trust)?",
    r"Leverhulme(?: Trust)?",
    r"(?:The )?British Academy(?:/ ?Leverhulme(?: Trust)?)?",
    r"Royal Society of (?:Edinburgh|Chemistry)",
    r"Royal Academy of Engineering",
    r"Royal Society",
    r"Innovate ?UK",
    r"Technology Strategy Board",
    r"Research England",
    r"UK Research and Innovation",
    r"Horizon ?2020",
    r"Marie (?:Sk[lł]odowska[- ])?Curie",
    r"(?:EU |European |EC )?(?:Seventh|Sixth|Fifth|Fourth|7th|6th|5th"
    r"|4th) Framework(?: Programme)?",
    r"EU(?:[ -](?:FP\d|H2020|Horizon ?2020|Interreg|INTERREG|Erasmus\+?|LIFE|[A-Z]{3,8}))?",
    r"(?:Scottish|Highlands and Islands|Welsh) Enterprise",
    r"(?:The )?Crown Estate",
    r"European (?:Commission|Union|Research Council|Science Foundation|Space Agency|Social Fund"
    r"|Regional Development Fund|Parliament|Investment Bank|Defence Agency"
    r"|Cooperation in Science and Technology)",
    r"(?:Joseph )?Rowntree Foundation",
    r"(?:Bill (?:and|&) Melinda )?Gates Foundation",
    r"Cancer Research UK",
    r"(?:Versus )?Arthritis(?: Research(?: UK| Campaign)?)?(?= |,|\)|;|\.)",
    r"Diabetes UK",
    r"Breast Cancer Now",
    r"Parkinson['’]s UK",
    r"Alzheimer['’]s (?:Society|Research UK)",
    r"Asthma UK",
    r"Newton Fund",
    r"Global Challenges Research Fund",
    r"Creative Scotland",
    r"Historic England",
    r"English Heritage",
    r"Natural England",
    r"Sport England",
    r"Highways England",
    r"NHS England",
    r"Public Health England",
    r"Darwin Initiative",
    r"Knowledge Transfer Partnerships?",
    r"Home Office",
    r"Cabinet Office",
    r"Foreign (?:and|&) Commonwealth Office",
    r"(?:The )?Children['’]s Society",
    r"Media Diversity Institute",
    r"Rolls[- ]Royce(?: plc)?",
    r"Unilever|AstraZeneca|GlaxoSmithKline|GSK|Pfizer|Novartis|Roche|Janssen|Airbus|Google"
    r"|Microsoft"
    r"|Facebook|Intel|IBM|Shell|BP|Siemens|EDF(?: Energy)?|BAE Systems|Jaguar Land Rover|Tata Steel"
    r"|Network Rail|National Grid|Syngenta|Johnson Matthey|Procter (?:and|&) Gamble|Thales|QinetiQ",
)
_HEAD = (
    r"Trusts?|Foundation|Councils?|Commission|Fund|Society|Academy|Charit(?:y|ies)|Institutes?"
    r"|Agency"
    r"|Ministry|Departments?|Office|Association|Government|Board|Authority|Union|Bank|Federation"
    r"|Lottery|Endowment|Initiative|Executive|Corporation|Consortium|Partnership|Service|College"
    r"|Directorate|Forum|Alliance|Appeal|Programme|Scheme|Centre|Network|Group|Police|Parliament"
    r"|Nations|Company|Assembly|Museum|Secretariat|Organi[sz]ation|Committee|Ltd|Limited|plc"
    r"|PLC|Inc|GmbH|Embassy"
)
_WORD = r"(?:[^\W\d_a-z][\w’'&+-]{0,25}|[A-Z]\.)"
_LINK = r"(?:of|for|and|the|in|on|to|&|de|des|der|für)"
_GENERIC = (
    rf"(?:UK |US |Welsh |Scottish |Australian |Irish )?(?:Department|Ministry|Office|Government"
    rf"|Bank"
    rf"|Council|University|College|Institute|Agency|Association|Commission|Board)\s(?:of|for)\s"
    rf"(?:the\s)?{_WORD}(?:,?\s(?:and\s|&\s)?{_WORD}){{0,5}}"
    rf"|(?:{_WORD}\s(?:{_LINK}\s){{0,2}}){{1,6}}(?:{_HEAD})(?![\w])"
    rf"(?:\s(?:of|for|on)\s(?:the\s)?{_WORD}(?:\s(?:and\s)?{_WORD}){{0,4}})?"
)
_KNOWN = (
    rf"(?:(?:UK|US|EU|Cancer|The)\s)?(?:(?:{'|'.join(_NAMES)})(?!\w)"
    rf"|(?<![\w/-])(?:{'|'.join(_ABBREVIATIONS.split())})(?![\w])"
    r"(?: (?:Foundation|Trust|Council|Society|Health and Care Research|UK)\b)?)"
)
_JOINT = re.compile(r",?\s(?:and|&)\s(?:the\s)?|,\s")
_ENDS_NAME = re.compile(rf"\b(?:{_HEAD}|University|Press)$")
_BEGINS_NAME = re.compile(r"(?:College|Institute|University|Association|Council)\b")
_LONGER = re.compile(rf"(?:{_GENERIC})")
_PART = re.compile(r"(?:Programme|Scheme|Centre|Network|Group|Initiative|Partnership|Service)$")
_WELL_KNOWN = re.compile(
    r"Research Council|Trust\b|Foundation|Academy|Lottery|Charit|Arts Council"
    r"|National Institutes? of\b"
)
_SCHEME = re.compile(
    r"(?:Fellowships?|Grants?|Awards?|Scholarships?|Studentships?|Account|Scheme|Projects?|Funding"
    r"|Prizes?|Medal|Press|Journal|Report|Review)$"
)
_FUNDER = re.compile(rf"(?<![\w])(?:(?P<known>{_KNOWN})|(?P<generic>{_GENERIC}))")
_ANY_NAME = re.compile(
    rf"(?:the\s|a\s|an\s)?(?P<name>{_WORD}(?:\s(?:(?:of|for|the|in|&|de|des"
    rf"|für)\s){{0,2}}{_WORD}){{0,7}})"
)
_ALONE = re.compile(r"\s?[.;)\]]|\s(?:to|and|for|in|from)\s|\s?\(|\s?$")
_ALIAS = re.compile(r"\s?\(([A-Z][A-Za-z]{1,9})\)")
_NOT_FUNDER = re.compile(
    r"^(?:(?:GBP|EUR|USD)\s?\d[\w.,]*|[A-Z]{1,3}\d{5,9}"
    r"|Principal|Advisory Board|Steering|General|Director|Editor|Head|Member|Co-|Total|Project"
    r"|PI|Professor|Dr|Prof|Title|Amount"
    r"|Value|Award|Grants?|January|February|March|April|May|June|July|August|September|October"
    r"|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec|From|Between|In|This|These|It"
    r"|He|She|They|Their|Our|We|Section|Figure|Table|Research(?: Grant)?$|Phase|Centre$|UK$|USA?$"
    r"|REF|UoA|PhD)\b"
)


@dataclass(frozen=True, slots=True)
class Funder:
    """A funder's name in a text: where it stands, and whether it is one of the well-known.

    `alias` is the abbreviation that follows in brackets.
    """

    start: int
    end: int
    name: str
    known: bool
    alias: str | None = None


def find_funders(words: str) -> Iterator[Funder]:
    """Yield the names of funders in the words, in order.

    >>> [funder.name for funder in find_funders("PI: Smith, Leverhulme Trust, EPSRC EP/X1")]
    ['Leverhulme Trust', 'EPSRC']
    """
    position = 0
    while match := _FUNDER.search(words, position):
        position = match.end()
        if funder := _read(words, match):
            alias = _ALIAS.match(words, funder.end)
            position = alias.end() if alias else funder.end
            yield funder


def read_funder_at(words: str, position: int) -> Funder | None:
    """Return the funder whose name begins at a position, such as behind "funded by"."""
    match = _FUNDER.match(words, _skip_article(words, position))
    if match:
        return _read(words, match)
    match = _ANY_NAME.match(words, position)
    name = _clean(match["name"]) if match else ""
    if not match or _NOT_FUNDER.match(name) or _SCHEME.search(name):
        return None
    if re.fullmatch(r"[A-Z][a-z]+", name) and not _ALONE.match(words, match.end()):
        return None
    return Funder(match.start(), match.end(), name, False, _alias(words, match.end()))


def _read(words: str, match: re.Match[str]) -> Funder | None:
    end = match.end()
    if match["known"]:
        longer = _LONGER.match(words, match.start())
        if longer and longer.end() > end and not _PART.search(longer[0]):
            end = longer.end()
    end = match.start() + _end_of_first(words[match.start() : end])
    name = _clean(words[match.start() : end])
    known = match["known"] is not None or bool(_WELL_KNOWN.search(name))
    if not name or _NOT_FUNDER.match(name) or _SCHEME.search(name):
        return None
    return Funder(match.start(), end, name, known, _alias(words, end))


def _end_of_first(name: str) -> int:
    """Return where the first of two names that are joined by "and" or a comma ends."""
    for joint in _JOINT.finditer(name):
        before, behind = name[: joint.start()], name[joint.end() :]
        if _ENDS_NAME.search(before) or (_BEGINS_NAME.match(before) and _ENDS_NAME.search(behind)):
            return joint.start()
    return len(name)


def _alias(words: str, end: int) -> str | None:
    match = _ALIAS.match(words, end)
    return match[1] if match else None


def _skip_article(words: str, position: int) -> int:
    for article in ("the ", "The ", "an ", "a "):
        if words.startswith(article, position):
            return position + len(article)
    return position


def _clean(name: str) -> str:
    name = re.sub(r"^(?:The|the)\s", "", name)
    return re.sub(r"\s(?:of|for|and|the|in|on|to|&)$|[’']s$|[.,'’-]$", "", name.strip())


def is_same_funder(one: str, other: str) -> bool:
    """Return whether two names are of one funder: alike, one in the other, or its initials.

    >>> is_same_funder("ESRC", "Economic and Social Research Council")
    True
    """
    first, second = _key(one), _key(other)
    if first in second or second in first:
        return True
    return _initials(one) == second or _initials(other) == first


def _key(name: str) -> str:
    return "".join(character for character in name.casefold() if character.isalnum())


def _initials(name: str) -> str:
    return "".join(
        word[0] for word in re.findall(r"[A-Za-z]+", name) if word[0].isupper()
    ).casefold()
