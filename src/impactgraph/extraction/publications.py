"""What kind of publication a reference names, and who published it."""

from __future__ import annotations

import re

from impactgraph.model import OutputType

__all__ = ["find_output_type", "find_publisher"]

_PUBLISHER = re.compile(
    r"\b(?P<name>(?:[A-Z][\w’&.+-]* ){0,3}(?:University Press|UP\b|Press|Publishing|Publications"
    r"|Publishers?|Books|Verlag|Editions)"
    r"|Routledge|Palgrave(?: Macmillan)?|Springer(?:[- ]Verlag| Nature)?|Elsevier|Sage|SAGE"
    r"|Wiley(?:[- ]Blackwell)?|Ashgate|Bloomsbury(?: Academic)?|Edward Elgar|Brill|Macmillan"
    r"|Blackwell|Taylor (?:&|and) Francis|Hart|De Gruyter|Peter Lang|Emerald|IGI Global|Penguin"
    r"|Faber(?: (?:&|and) Faber)?|Verso|Polity|Continuum|Boydell(?: (?:&|and) Brewer)?|Zed|Pluto"
    r"|Berghahn|John Benjamins|World Scientific|Allen Lane|Reaktion|Shearsman|Nick Hern)\b"
)
_IMPRINT = re.compile(
    r"(?:^|[.,(]\s?)(?:[^\W\d_a-z][\w.’'-]+,?\s?(?:[/&,]\s?|and\s)?){1,4}:\s?"
    r"(?P<name>[^\W\d_a-z][\w’'&. -]{2,50}?)(?=[,.;)\]]|\s?\[|\s\d|$)"
)
_FIRST: tuple[tuple[OutputType, re.Pattern[str]], ...] = (
    (
        OutputType.PATENT,
        re.compile(
            r"\bpatents?\b(?! and)|\bWO ?20\d\d/?\d{5,6}|\bUS ?\d{7}|\bGB ?\d{7}|\bEP ?\d{7}",
            re.IGNORECASE,
        ),
    ),
    (
        OutputType.DATA,
        re.compile(
            r"\[(?:data|dataset|database)|\bdata ?sets?\b[.,\])]|\bdigital database\b",
            re.IGNORECASE,
        ),
    ),
    (
        OutputType.SOFTWARE,
        re.compile(
            r"\[(?:software|code|app|mobile app)|\bsoftware package\b|\bR package\b|\bmobile app\b",
            re.IGNORECASE,
        ),
    ),
    (
        OutputType.WORKING_PAPER,
        re.compile(
            r"\bworking papers?\b|\bdiscussion papers?\b|\bpre-?print\b|\bar[Xx]iv\b|\bbio[Rr]xiv\b"
            r"|\bmed[Rr]xiv\b|\bSSRN\b",
            re.IGNORECASE,
        ),
    ),
    (
        OutputType.CONFERENCE_PAPER,
        re.compile(
            r"\bproceedings of the\b[^.]{0,120}\b(?:conference|symposium|workshop|congress|meeting)"
            r"|\bconference (?:paper|on|proceedings|contribution)\b|\b[Ii]n:? [Pp]roc\b"
            r"|\bsymposium on\b|\bworkshop on\b|\b[Pp]roc\. |\binternational conference\b"
            r"|\b(?:IEEE|ACM)\b[^.]{0,60}\bconference\b",
            re.IGNORECASE,
        ),
    ),
)
_CHAPTER = re.compile(
    r"\b[Cc]hapter\b|\b[Ii]n:?\s[^\n]{0,200}?\b[Ee]d(?:itor)?s?\b|\([Ee]ds?\.?\)|\b[Ii]n: "
    r"|\bChpt?\b"
)
_JOURNAL = re.compile(
    r"\bjournal\b|\btransactions\b|\bannals\b|\blancet\b|\bbmj\b|\bplos\b|\bquarterly\b|\bissn\b"
    r"|\b\d{1,4}\s?\(\d{1,3}(?:[-–/]\d{1,3})?\)"
    r"|\b\d{1,4}\s?[:,;]\s?(?:pp?\.?\s?)?e?\d{1,6}\s?[-–]\s?e?\d"
    r"|\bvol\.? ?\d|\breview\b,?|\bletters\b,? \d|\bscience\b|\bnature\b|\bproceedings\b"
    r"|\barchives\b",
    re.IGNORECASE,
)
_IN_JOURNAL = re.compile(
    r"\bISSN\b|\b[Jj]ournal of\b|\b\d{1,4}\s?\(\d{1,3}\)\s?[:,.]?\s?(?:pp?\.?\s?)?\d"
)
_BOOK = re.compile(
    r"\bISBN\b|\b[Mm]onograph\b|\b[Bb]ook\b|University Press|\bRoutledge\b|\bPalgrave\b"
    r"|\bBloomsbury\b|\bPress\b|\bAshgate\b|\bedn\b|\b[Ee]dition\b|\bPublish(?:ing|ers)\b"
)
_REPORT = re.compile(
    r"\breports?\b|\bbriefing\b|\bwhite paper\b|\bevidence review\b|\bguidance\b|\bsubmission\b"
    r"|\bcommissioned by\b|\bpolicy (?:paper|brief)\b|\bwritten evidence\b",
    re.IGNORECASE,
)


def find_output_type(words: str, rest: str) -> OutputType:
    """Return what kind of publication a reference names.

    Args:
        words: the reference.
        rest: what follows its title.
    """
    opening = words[:700]
    for kind, pattern in _FIRST:
        if pattern.search(opening):
            return kind
    if _CHAPTER.search(rest[:400]) and not _IN_JOURNAL.search(rest[:300]):
        return OutputType.BOOK_CHAPTER
    if _JOURNAL.search(rest[:300]) and not re.search(r"\bISBN\b", opening):
        return OutputType.JOURNAL_ARTICLE
    if _BOOK.search(opening):
        return OutputType.BOOK
    if _REPORT.search(opening):
        return OutputType.REPORT
    return OutputType.JOURNAL_ARTICLE if "10." in words and "/" in words else OutputType.OTHER


def find_publisher(rest: str) -> str | None:
    """Return the publisher that stands behind a book's or a report's title.

    >>> find_publisher("(London: Pluto, 2012)"), find_publisher("Ambridge: Tree House, 2012")
    ('Pluto', 'Tree House')
    """
    match = _PUBLISHER.search(rest[:400]) or _IMPRINT.search(rest[:400])
    return match["name"].strip() if match else None
