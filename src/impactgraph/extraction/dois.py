"""An entry's own DOI and ISBN, from its words and from where its links lead."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import unquote

from impactgraph.documents import PlainText, Span, StyleKind

__all__ = ["clean_doi", "find_dois", "read_isbn"]

_DOI = re.compile(
    r"(?<![\d.])10\.\s?\d{4,9}(?:\.\d{1,9}){0,3}\s?/\s?(?:[^\s\"<>|{}]|<[^\s<>]{1,40}>(?=\d)){1,300}"
)
_LOST_ONE = re.compile(r"(?<=doi[:\s])\s?0(\.\d{4,9}/[^\s\"<>|]{3,200})", re.IGNORECASE)
_WHOLE = re.compile(r"10\.\d{4,9}(?:\.\d+)*//?[a-z0-9(][^\s]{2,}")
_TAIL = re.compile(
    r"(?:/(?:full|abstract|abs|pdf|epdf|html|summary|meta|references|suppl_file|issuetoc)/?"
    r"|\.pdf|\.full|\.abstract|\.short|\.html|v\d\.full)$"
)
_OTHERS = re.compile(
    r"\b(?:reviewed (?:in|by|at)|reviews? (?:in|by)|book reviews?|reviews(?=:)|cited (?:in|by)"
    r"|erratum|corrigendum|correction to|comment(?:ary)? on|in response to|supersed\w+|see also"
    r"|reply to|data ?sets?(?=:)|data (?:available|at))\b[^.]{0,120}$",
    re.IGNORECASE,
)
_ADDRESS = re.compile(r"<?https?://\S+")
_REACH = 250
_NEARBY = 40
_MOST_NEARBY = 4
_ISBN = re.compile(
    r"\bISBN(?:[- ]?1[03])?(?:\s?\([^()]{1,20}\))?[\s:#.–-]{0,4}"
    r"((?:97[89][\s–‐‑-]?)?\d(?:[\s–‐‑-]?\d){8}[\s–‐‑-]?[\dXx])(?!\d)",
    re.IGNORECASE,
)
_BARE_ISBN = re.compile(r"(?<![\d/.-])(97[89](?:[\s–‐‑-]?\d){10})(?![\d/])")


def clean_doi(found: str) -> str:
    """Return a DOI bare and in lower case, without what follows it in an address or a sentence.

    >>> clean_doi("10.1000/ABC(1).2).")
    '10.1000/abc(1).2'
    """
    doi = re.sub(r"[–‐‑−—]", "-", re.sub(r"\s", "", unquote(found)).lower())
    doi = re.split(r"[?#]|;(?!\d-)|&(?:amp;)?\w{1,20}=|,?https?:|\]\(|doi:|\[", doi)[0]
    while True:
        shorter = doi.rstrip(".,;:'\"”’‘“*_\\>»…-–—]}/")
        if shorter.endswith(")") and shorter.count(")") > shorter.count("("):
            shorter = shorter[:-1]
        shorter = _TAIL.sub("", shorter)
        if shorter == doi:
            return doi
        doi = shorter


def find_dois(plain: PlainText, span: Span) -> Iterator[tuple[int, str]]:
    """Yield the DOIs of a stretch that are not said to be another work's, with their places."""
    words = plain.words(span)
    found = [(span.start + match.start(), clean_doi(match[0])) for match in _DOI.finditer(words)]
    printed = bool(found)
    found += [
        (span.start + match.start(), clean_doi("10" + match[1]))
        for match in _LOST_ONE.finditer(words)
    ]
    for style in plain.styles_in(span, StyleKind.LINK):
        match = _DOI.search(unquote(style.address or ""))
        # Where words print a DOI, a link on other words leads to something else.
        if match and not (printed and not _DOI.search(plain.text[style.start : style.end])):
            found.append((style.start, clean_doi(match[0])))
    found.sort()
    others = {doi for position, doi in found if _is_anothers(plain, span, position)}
    seen: set[str] = set()
    for index, (position, doi) in enumerate(found):
        # A link's words may show its address cut short.
        nearby = found[index : index + _MOST_NEARBY]
        whole = max(
            (other for at, other in nearby if other.startswith(doi) and at <= position + _NEARBY),
            key=len,
        )
        if doi not in others and whole not in seen and _WHOLE.fullmatch(whole):
            seen.add(whole)
            yield position, whole


def _is_anothers(plain: PlainText, span: Span, position: int) -> bool:
    """Return whether the words before a DOI say that it is another work's."""
    before = plain.text[max(span.start, position - _REACH) : position].rpartition(" ")[0]
    return bool(_OTHERS.search(_ADDRESS.sub("", before)))


def read_isbn(words: str) -> str | None:
    """Return the first ISBN that the words state, its parts divided by hyphens.

    >>> read_isbn("ISBN: 978–1–234–56789–0")
    '978-1-234-56789-0'
    """
    match = _ISBN.search(words) or _BARE_ISBN.search(words)
    return re.sub(r"[\s–‐‑]", "-", match[1]).upper() if match else None
