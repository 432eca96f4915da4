"""The sources to corroborate the impact that section 5 lists."""

from __future__ import annotations

import re

from impactgraph.documents import PlainText, Span, StyleKind
from impactgraph.extraction.authors import read_authors
from impactgraph.extraction.dates import find_dates
from impactgraph.extraction.entries import Listed, split_entries
from impactgraph.extraction.list_warnings import warn_of_entries
from impactgraph.extraction.reading import SourceEntry, Warning, WarningKind
from impactgraph.extraction.source_types import find_source_type
from impactgraph.extraction.testimony import is_post, names_person, read_testimony
from impactgraph.extraction.units import Role
from impactgraph.model import SourceType

__all__ = ["read_sources"]

_ADDRESS = re.compile(r"https?://\S+|www\.\S+")
_ACCESSED = re.compile(
    r"\b(?:accessed|retrieved|viewed|visited|downloaded|last updated)\b[^.;)\]]{0,50}",
    re.IGNORECASE,
)
_QUOTED = re.compile(
    r"(?<!\w)(?:‘(?P<single>\s?[^\Wa-z][^\n]{8,300}?)’(?!\w)|“(?P<double>\s?[^\Wa-z][^\n]{8,300}?)”"
    r"|\"(?P<plain>\s?[^\Wa-z][^\n\"]{8,300})\")"
)
_ISSUER = re.compile(
    r"(?P<name>[^\W\d_a-z][^.,;:(\n‘“\"\[]{1,90}?)"
    r"\s?(?=\(\s?(?:[^()]{1,40}\)\s?\(\s?)?(?:[A-Z][a-z]+ )?(?:19|20)\d\d|[.,:]\s(?:19"
    r"|20)\d\d\b|[.:,]\s?[‘“])"
)
_ORGANISATION = re.compile(
    r"(?!.*\b(?:Update|Record|Minutes|Speech|Note|Article|Website|Draft|Summary|Report|Data|Review|Letter|Survey|Guide|Analysis|Strategy|Evaluation)\b)"
    r"(?:[^\W\d_a-z][\w’'&.-]*|of|for|and|the|in|on|to|&)"
    r"(?:\s(?:[^\W\d_a-z][\w’'&.-]*|of|for|and|the|in|on|to|&)){0,11}"
)
_INITIALS = re.compile(r"[,.]|\b[A-Z]{1,3}$")
_DATED_TITLE = re.compile(
    r"\(?(?:19|20)\d\d[a-z]?\)?[.,:]?\s(?P<title>[^\W\d_a-z]['’\w]*\s[^.\n]{8,200})"
)
_OUTLETS = re.compile(
    r"\b(?:BBC(?: (?:News|World Service|Radio \d\w*|Radio [A-Z]\w+|One|Two|Four|Scotland|Wales))?"
    r"|The Guardian|Guardian|The (?:Sunday )?Times|The (?:Daily |Sunday )?Telegraph|The Independent"
    r"|Financial Times|The Economist|New York Times|Washington Post|The Scotsman|The Herald"
    r"|The Lancet"
    r"|Daily Mail|The Conversation|New Scientist|Channel 4(?: News)?|ITV(?: News)?|Sky News|CNN"
    r"|Reuters"
    r"|Forbes|Wired|The Observer|The Spectator|New Statesman|Evening Standard|Huffington Post"
    r"|Al Jazeera|Deutsche Welle|El País|Le Monde|Times Higher Education)\b"
)


def read_sources(plain: PlainText) -> tuple[tuple[SourceEntry, ...], tuple[Warning, ...]]:
    """Return the sources of section 5 in listing order, and what was doubtful.

    Args:
        plain: the document's plain text.
    """
    listed = [item for item in split_entries(plain, "5") if item.role is Role.ENTRY]
    sources = tuple(_read_source(plain, item) for item in listed)
    if sources:
        return sources, tuple(warn_of_entries(plain, [source.entry for source in sources]))
    message = "no source was found in section 5"
    return (), (Warning(WarningKind.NO_SOURCES, message, plain.sections["5"]),)


def _read_source(plain: PlainText, item: Listed) -> SourceEntry:
    body = Span(min(item.start, item.entry.span.end), item.entry.span.end)
    words = plain.words(body)
    kind = find_source_type(words)
    addresses = plain.addresses(item.entry.span)
    testimony = read_testimony(words) if kind is SourceType.TESTIMONIAL else None
    publisher = testimony.body if testimony else _find_publisher(words, kind)
    return SourceEntry(
        entry=item.entry,
        source_type=kind,
        title=_find_title(plain, body, kind),
        speaker=_place(body, testimony.speaker if testimony else None),
        publisher=_place(body, publisher),
        date=_find_date(words),
        locator=addresses[0] if addresses else None,
        addresses=addresses,
    )


def _place(body: Span, found: tuple[int, int] | None) -> Span | None:
    return Span(body.start + found[0], body.start + found[1]) if found else None


def _find_publisher(words: str, kind: SourceType) -> tuple[int, int] | None:
    if kind is SourceType.MEDIA and (outlet := _OUTLETS.search(words[:300])):
        return outlet.span()
    start = len(words) - len(words.lstrip(" .,:;-–—"))
    authors, _ = read_authors(words, start, len(words), 0)
    if authors and (_INITIALS.search(authors[0].printed) or names_person(authors[0].printed)):
        return None
    match = _ISSUER.match(words, start)
    if match and not is_post(match["name"]) and _ORGANISATION.fullmatch(match["name"].strip()):
        return match.start(), match.start() + len(match["name"].rstrip())
    return None


def _find_title(plain: PlainText, body: Span, kind: SourceType) -> Span | None:
    words = plain.words(body)
    quoted = _QUOTED.search(words[:500])
    if quoted and kind is not SourceType.TESTIMONIAL:
        group = next(name for name in ("single", "double", "plain") if quoted[name])
        return _trim(words, body, *quoted.span(group))
    for style in plain.styles_in(
        Span(body.start, min(body.end, body.start + 300)), StyleKind.ITALIC
    ):
        start, end = max(style.start, body.start), min(style.end, body.end)
        if end - start > 12 and kind is not SourceType.TESTIMONIAL:
            return _trim(words, body, start - body.start, end - body.start)
    dated = _DATED_TITLE.search(words[:300])
    if dated and kind is not SourceType.TESTIMONIAL:
        return _trim(words, body, *dated.span("title"))
    return None


def _trim(words: str, body: Span, start: int, end: int) -> Span:
    text = words[start:end]
    start += len(text) - len(text.lstrip(" .,:;"))
    return Span(body.start + start, body.start + start + len(words[start:end].rstrip(" .,:;–-")))


def _find_date(words: str) -> str | None:
    kept = _ACCESSED.sub("", _ADDRESS.sub("", words[:800]))
    dates = [found.date for found in find_dates(kept)]
    # The exactest of the first two, as a year after the author is often told again in full.
    return max(dates[:2], key=len, default=None)
