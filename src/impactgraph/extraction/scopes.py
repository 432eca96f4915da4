"""What a stretch of section 3 or 5 is: a heading, a note on quality, a grant, a reference."""

from __future__ import annotations

import re
from enum import StrEnum

from impactgraph.documents import HEADINGS, Block, BlockKind, PlainText, StyleKind

__all__ = [
    "Scope",
    "is_continuation",
    "is_heading",
    "is_published",
    "is_section_heading",
    "looks_like_grant",
    "looks_like_note",
    "looks_like_reference",
    "names_award",
    "opens_like_note",
    "read_scope",
    "skip_section_heading",
    "states_money",
]

_LONGEST_HEADING = 110
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_ADDRESS = re.compile(r"https?://|www\.|\bdoi\b|\b10\.\d{4,9}/", re.IGNORECASE)
_SECTION = re.compile(
    r"(?:section\s)?\(?[1-5]?\)?[.:)]?\s{0,3}(?:"
    + "|".join(HEADINGS.values())
    + r")\s?(?:[(\[][^()\[\]]{0,80}[)\]])?\s?[.:]?",
    re.IGNORECASE,
)


_RUN_IN_SECTION = re.compile(
    r"\s?(?:[1-5]\s?[.):]?)?\s{0,3}(?:" + "|".join(HEADINGS.values()) + r")"
    r"(?:\s?\([^()]{0,80}\))?[\s:.]{0,3}(?:Key )?(?:Outputs|References|Publications)?[\s:.]{0,3}"
)


class Scope(StrEnum):
    """What stands below a heading."""

    ENTRIES = "entries"
    GRANTS = "grants"
    NOTES = "notes"


_OUTPUT_WORDS = re.compile(
    r"\b(?:publications?|outputs?|references?|papers?|articles?|books?|chapters?|bibliography"
    r"|patents?|monographs?|journals?|works?)\b",
    re.IGNORECASE,
)
_GRANT_WORDS = re.compile(
    r"\b(?:grants?|fund(?:ing|ed|ers?|s)?|awards?|incomes?|projects?|fellowships?|studentships?"
    r"|support(?:ed)?|contracts?|investments?|sponsors?(?:hip|ed)?|PI)\b",
    re.IGNORECASE,
)
_NOTE_WORDS = re.compile(
    r"\b(?:quality|peer[- ]review(?:ed)?|esteem|indicators?|rigour|rating|reviews|prizes?|honours"
    r"|REF\s?2014|REF\s?2021|REF2|notes?)\b",
    re.IGNORECASE,
)


def skip_section_heading(words: str) -> int:
    """Return where the words go on behind the title of a section that runs into them.

    >>> skip_section_heading("3. References to the research R1. Smith, J. (2014)")
    30
    """
    match = _RUN_IN_SECTION.match(words)
    return match.end() if match else 0


def is_section_heading(words: str) -> bool:
    """Return whether the words are the title of a section of the REF's template."""
    return len(words) < 130 and bool(_SECTION.fullmatch(words.strip()))


def is_heading(plain: PlainText, block: Block) -> bool:
    """Return whether a block without a label heads what follows."""
    words = plain.words(block.span).strip()
    if block.marker[:-1] and not _BARE_HEADING.fullmatch(words):
        return False
    if len(words) > _LONGEST_HEADING or _ADDRESS.search(words):
        return False
    if block.kind is BlockKind.HEADING:
        return not (_YEAR.search(words) and len(words) > 60)
    if words.endswith(":"):
        if _COMPRISES.search(words) and not _PROSE.match(words):
            return False
        return not re.search(r"\d{4}", words) or len(words) < 60
    if words.endswith((".", ",", ";")) and len(words) > 40:
        return False
    styled = max(plain.share(block.span, StyleKind.BOLD), plain.share(block.span, StyleKind.ITALIC))
    if styled > 0.9:
        return not _YEAR.search(words)
    return bool(_BARE_HEADING.fullmatch(words))


_COMPRISES = re.compile(r"\bmulti-?(?:component|part)|\b(?:includ|compris|consist)", re.IGNORECASE)
_BARE_HEADING = re.compile(
    r"(?:(?:key|relevant|associated|related|selected|other|main|major|research|underpinning|funding"
    r"|supporting|example|examples|of|and|the|project|external|competitive|grant|further"
    r"|additional|from|for|by|list|this|academic|peer[- ]reviewed|published|journal|principal"
    r"|associated|industrial|evidence|quality|details|section|3|5|funded|awarded|information"
    r"|sources?|corroborating|impact|contact|referenced|cited|in|text|above|&)[ /]){0,8}"
    r"(?:grants?|funding|awards?|publications?|outputs?|references?|papers?|articles?|quality"
    r"|books?|chapters?|income|patents?|research|projects?|reports?|testimonials?|documents?"
    r"|sources?|websites?|evidence|media|letters?|statements?|links?|data|policy|funders?|text"
    r"|esteem|works|corroborate|contacts|rigour|individuals|users|beneficiaries|information"
    r"|details|prizes|honours|indicators|applications|studentships|fellowships)"
    r"\s?(?:\([^()]{0,80}\))?\s?[:–-]?",
    re.IGNORECASE,
)


def read_scope(words: str, section: str, before: Scope) -> Scope:
    """Return what a heading announces; what stood `before` goes on where it says nothing."""
    if section == "5":
        return Scope.ENTRIES
    outputs = _OUTPUT_WORDS.search(words)
    grants = _GRANT_WORDS.search(words)
    if grants and not outputs:
        return Scope.GRANTS
    if outputs:
        return Scope.ENTRIES
    return Scope.NOTES if _NOTE_WORDS.search(words) else before


_ADDRESS_FIRST = re.compile(r"\s*[<(\[]?\s?(?:https?://|www\.|10\.\d{4}|doi\b)", re.IGNORECASE)
_SMALL = re.compile(r"\s*(?:\(|[a-z]{2}|[—–=&/]|[*†‡^]{1,3}\s?(?![\[(]?[A-Z])|[.,;:]|\d{1,4}\W*$)")
_LEADING = re.compile(
    r"\s*\[?(?:doi|ISBN|ISSN|available (?:at|from|on|online|via|here|upon)|available\b(?=.{0,12}\])"
    r"|accessed|URL|link:|links?\b.{0,12}$|see |submitted|listed|PDF|REF ?ID|REF ?2\b|pp\."
    r"|can be (?:supplied"
    r"|provided)|archived|cited (?:by|in)|citations?:|impact factor|note:|journal impact"
    r"|(?:title|year(?: of publication)?|type(?: of output)?|journal(?: title)?|publisher|volume"
    r"|pages)\s?:|returned (?:in|to)|included in|peer[- ]review|DOI|pages?:? \d|output (?:id"
    r"|type|ref))",
    re.IGNORECASE,
)


def is_continuation(words: str) -> bool:
    """Return whether the words go on with the entry before them: an address, a remark in brackets.

    >>> is_continuation("https://doi.org/10.1000/1"), is_continuation("Smith, J. (2014) Trees.")
    (True, False)
    """
    return any(pattern.match(words) for pattern in (_ADDRESS_FIRST, _SMALL, _LEADING))


_AUTHOR = re.compile(
    r"(?:[^\W\d_][\w’'`´-]{1,25}(?:[ -][^\W\d_][\w’'-]{1,25})?,?\s"
    r"(?:[A-Z][.,\s-]{0,2}){1,4}(?=[\s,;:(&]|$)"
    r"|(?:[A-Z][.\s-]{1,2}){1,4}\s?[^\W\d_][\w’'-]{2,25}\b"
    r"|[^\W\d_][\w’'-]{2,25},\s[^\W\d_][\w’'.-]{1,25}\b"
    r"|[A-Z][\w’'-]{1,20}\s(?:[A-Z]\.?\s)?[A-Z][\w’'-]{2,25}(?:,| and | & |\s?\())"
)
_TITLE = re.compile(r"[‘“'\"][^’”'\"]{8,300}[’”'\"]")
_VENUE = re.compile(
    r"\b(?:Journal|Review|Press|University Press|Proceedings|Conference|Quarterly|Studies|Research"
    r"|vol\.?|pp?\.|Eds?\.?|eds?\.?|Routledge|Palgrave|Springer|Elsevier|Sage|Wiley|Oxford"
    r"|Cambridge|Lancet|Nature|Science|BMJ|PLoS|PLOS|Report|Working Paper|Annals|Letters"
    r"|Transactions|in press|forthcoming|edn|edition|chapter|London)\b"
)
_PRACTICE = re.compile(
    r"\b(?:exhibitions?|film|documentary|DVD|CD|album|composition|performance|installation|score"
    r"|recording|patent|software|podcast|broadcast|sculpture|play|poems?|novel|curat(?:ed|or|ion)"
    r"|choreograph(?:y|ed|er)|premi[eè]red?|gallery|festival)\b",
    re.IGNORECASE,
)
_NUMBERS = re.compile(
    r"\b\d{1,4}\s?\(\d{1,3}(?:[-–/]\d{1,3})?\)|\d{1,5}\s?[-–]\s?\d{1,5}|\bpp?\.\s?\d"
    r"|\b\d{1,3}:\s?e?\d{1,7}"
)
_PROSE = re.compile(
    r"\s*(?:The (?:research|outputs?|quality|following|work|underpinning|above|publications?"
    r"|papers?"
    r"|references?|findings|key|project|studies|articles?|body|journals?|team|six|five|four|three"
    r"|first|second|programme|results)|All (?:of )?(?:the |these |outputs|papers|references"
    r"|articles"
    r"|publications|research|journal|six|five|four|three|items|are|were|have|listed)|These|This"
    r"|Our (?:research|work|outputs|studies|findings|papers)"
    r"|Each|Both|Outputs?\b(?! \d)|References?\b|Publications\b|Quality|Research (?:was|has|is"
    r"|outputs|from|quality|undertaken)|Evidence|Underpinning|Items|Papers|Key (?:outputs|research"
    r"|references|publications)|Copies|Note|Please|We |It |In (?:addition|total)|As |They |Since"
    r"|Funded|Funding|Peer[- ]review|An asterisk|Google Scholar|Citation|Cited|Winner|Shortlisted"
    r"|Awarded|Reviewed|Included|Field-weighted|Double[- ]blind|Named authors|UoA|UoP"
    r"|Authors (?:in|are|from)"
    r"|Staff|Bold|Indicat|\d+ (?:citations|downloads)|REF2?\b|Where|Over|Most|Several|Selected"
    r"|Supported|Many|Total|Text removed|\[text removed)"
)
_REMARK = re.compile(r"^\s?[*†‡^\s]{0,4}\[[A-Z][^\[\]]{3,60}\]")
_RATED = re.compile(
    r"\b(?:peer[- ]reviewed|rigorous|internationally (?:recognised|excellent)|world[- ]leading"
    r"|quality of|originality|2\*|(?:two|three|four) star|high[- ]quality|prestigious)\b",
    re.IGNORECASE,
)


def looks_like_reference(words: str) -> bool:
    """Return whether the words read like the reference of a publication.

    >>> looks_like_reference("Smith, J. (2014) ‘Trees of the moor’, Journal of Moors 3(2), 1–9.")
    True
    >>> looks_like_reference("All outputs were peer reviewed.")
    False
    """
    if len(words) < 25 or _PROSE.match(words):
        return False
    opening = words[:900]
    points = 0
    points += bool(_YEAR.search(opening) or re.search(r"in press|forthcoming", opening))
    points += 2 * bool(_AUTHOR.match(_REMARK.sub("", opening, count=1).lstrip(" *†[(‘“'\"")))
    points += bool(_TITLE.search(opening))
    points += bool(_VENUE.search(opening))
    points += bool(_NUMBERS.search(opening))
    points += bool(_ADDRESS.search(opening) or "ISBN" in opening)
    points += 2 * bool(len(words) < 400 and _PRACTICE.search(opening))
    points -= 2 * bool(_RATED.search(opening[:200]))
    return points >= 3


_PUBLISHED = re.compile(
    r"\bdoi\b|\b10\.\d{4}|\bISBN|\bISSN|\bpp\.\s?\d|\b\d{1,4}\s?\(\d{1,3}(?:[-–/]\d{1,3})?\)"
    r"|\d{1,4}:\s?\d{1,5}\s?[-–]\s?\d",
    re.IGNORECASE,
)


def is_published(words: str) -> bool:
    """Return whether the words have what only a publication has: a DOI, an ISBN, pages."""
    return bool(_PUBLISHED.search(words))


def looks_like_note(words: str) -> bool:
    """Return whether the words are a remark on the list rather than an entry of it."""
    return opens_like_note(words) or bool(_RATED.search(words[:200]))


def opens_like_note(words: str) -> bool:
    """Return whether the words open as a remark does."""
    return bool(_PROSE.match(words))


_MONEY = re.compile(
    r"(?:£|€|\$|\b(?:GBP|EUR|USD|AUD|CAD|NOK|SEK|CHF|INR|ZAR)\s?)\s?\d|\d\s?(?:k|K|m"
    r"|M)\b(?:\s?GBP)?|\d(?:,\d{3})+ (?:GBP|EUR|pounds|euros)"
)
_AWARD = re.compile(
    r"\b(?:grant|funded by|funding from|PI\b|P\.I\.|Principal Investigator|Co-?I\b|CoI\b"
    r"|fellowship|award(?:ed)?|studentship|total (?:value|award|grant)|FEC|research council"
    r"|[EB]P/[A-Z]?\w{4,8}|(?:AH|ES|NE|BB|MR|ST|EP)/[A-Z0-9]{4,9}/?\d?)",
    re.IGNORECASE,
)
_GRANT_FIELD = re.compile(
    r"\b(?:Funder|Funding [Bb]ody|Sponsor|Grant (?:[Tt]itle|[Rr]ef\w*|[Nn]umber|[Aa]warded to)"
    r"|[Vv]alue of (?:the )?[Gg]rant|[Pp]eriod of (?:the )?[Gg]rant|Funded by)\s?:"
)
_GRANT_LEAD = re.compile(
    r"\s*(?:(?:key|research|associated|related|relevant|main|underpinning|supporting) ){0,2}"
    r"(?:grants?|funding|funders?|grant support|funded by|supported by)\b[^.:]{0,40}:",
    re.IGNORECASE,
)
_FUNDER = re.compile(
    r"\b(?:EPSRC|ESRC|AHRC|BBSRC|MRC|NERC|STFC|NIHR|UKRI|Wellcome|Leverhulme|British Academy"
    r"|Innovate UK|Horizon|FP[67]|ERC|H2020|European (?:Commission|Union|Research Council)|GCRF"
    r"|DFID|Newton|Research Council|Trust|Foundation|Fund|Royal Society|HEFCE|KTP)\b"
)


def states_money(words: str) -> bool:
    """Return whether the words name a sum of money."""
    return bool(_MONEY.search(words))


def names_award(words: str) -> bool:
    """Return whether the words have a sum of money, an award's number or a funder's name."""
    return any(pattern.search(words) for pattern in (_MONEY, _AWARD, _FUNDER))


def looks_like_grant(words: str) -> bool:
    """Return whether the words state an award rather than a publication.

    >>> looks_like_grant("ESRC grant ES/K000000/1, PI: Smith, 2012–14, GBP100,000")
    True
    """
    opening = words[:500]
    if _GRANT_LEAD.match(opening) or _GRANT_FIELD.search(opening):
        return True
    points = 2 * bool(_MONEY.search(opening)) + bool(_AWARD.search(opening))
    points += bool(_FUNDER.search(opening[:250]))
    points += bool(re.match(r"[^.]{0,80}\b(?:PI|grant|award)\b", opening, re.IGNORECASE))
    points -= 2 * bool(re.search(r"doi|10\.\d{4}/|ISBN|\bpp?\.\s?\d", opening, re.IGNORECASE))
    points -= bool(_NUMBERS.search(opening) and re.search(r"Journal|Press|Review\b", opening))
    points -= bool(_TITLE.search(opening) and _AUTHOR.match(opening)) and not _MONEY.search(opening)
    return points >= 3
