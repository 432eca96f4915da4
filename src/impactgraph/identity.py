"""How IRIs are made and ordered: from labels that the document prints, else digests of words.

Every function is deterministic: the same document always gets the same IRIs.
"""

from __future__ import annotations

import hashlib
import re
from urllib.parse import quote

from impactgraph.model import Basis, Stage, Step

__all__ = [
    "SHARED_KINDS",
    "anchor_iri",
    "case_study_iri",
    "digest",
    "fold",
    "is_slug",
    "labelled_iri",
    "link_iri",
    "natural_key",
    "node_iri",
    "passage_iri",
    "period_iri",
    "slug_of",
]

BASE = "https://w3id.org/impactgraph/id/"
"""The default base of all identifiers of case studies and of what they share."""

SHARED_KINDS = (
    "agent",
    "exercise",
    "organisation",
    "place",
    "reference",
    "unit-of-assessment",
)
"""What stands in the place of a slug in the IRIs of what case studies share."""

_SLUG = re.compile(r"[a-z0-9](?:[a-z0-9-]{0,98}[a-z0-9])?")
_MARKUP = re.compile(r"</?[A-Za-z][^<>]{0,200}>|[*\\]")
_SPACE = re.compile(r"\s+")
_NUMBER = re.compile(r"(\d+)")


def fold(text: str) -> str:
    r"""Return the words of a passage without mark-up, case and line breaks.

    >>> fold("The  <i>local</i>\n**Charter**")
    'the local charter'
    """
    return _SPACE.sub(" ", _MARKUP.sub("", text)).strip().casefold()


def digest(*parts: str) -> str:
    """Return the first 12 hexadecimal digits of the SHA-256 digest of the parts."""
    return hashlib.sha256("\x1f".join(parts).encode()).hexdigest()[:12]


def case_study_iri(slug: str, base: str = BASE) -> str:
    """Return the IRI of a case study.

    >>> case_study_iri("jam-and-justice")
    'https://w3id.org/impactgraph/id/jam-and-justice'
    """
    return base + quote(slug, safe="")


def slug_of(case_study: str) -> str:
    """Return the last path segment of a case study's IRI: its slug, still percent-encoded."""
    return case_study.rsplit("/", 1)[-1]


def is_slug(words: str) -> bool:
    """Return whether words may be a case study's slug: lower-case letters, digits and hyphens.

    >>> is_slug("jam-and-justice"), is_slug("Jam"), is_slug("organisation")
    (True, False, False)
    """
    return bool(_SLUG.fullmatch(words)) and words not in SHARED_KINDS


def labelled_iri(
    case_study: str, kind: str, label: str, taken: frozenset[str] = frozenset()
) -> str:
    """Return the IRI of a member that a label names; the second of the same label gets "-2".

    >>> labelled_iri("https://w3id.org/impactgraph/id/x", "grant", "ES/1")
    'https://w3id.org/impactgraph/id/x/grant/ES%2F1'
    """
    stem = f"{case_study}/{kind}/{quote(label, safe='')}"
    iri, count = stem, 1
    while iri in taken:
        count += 1
        iri = f"{stem}-{count}"
    return iri


def node_iri(case_study: str, stage: Stage, notation: str) -> str:
    """Return the IRI of a node with a label of its own in the document."""
    return labelled_iri(case_study, stage.value, notation)


def passage_iri(case_study: str, kind: str, text: str, taken: frozenset[str] = frozenset()) -> str:
    """Return the IRI of what a passage without a label says: a digest of its folded text."""
    return labelled_iri(case_study, kind, digest(fold(text)), taken)


def anchor_iri(case_study: str, start: int, end: int, exact: str) -> str:
    """Return the IRI of an anchor: a digest of its position and quote."""
    return f"{case_study}/anchor/{digest(str(start), str(end), exact)}"


def period_iri(case_study: str, start: str | None, end: str | None, open_ended: bool) -> str:
    """Return the IRI of a period, in the manner of an ISO 8601-2 interval.

    >>> period_iri("x", "2016", "2020", False), period_iri("x", "2006", None, True)
    ('x/period/2016--2020', 'x/period/2006--present')
    """
    return f"{case_study}/period/{start or ''}--{'present' if open_ended else end or ''}"


def link_iri(case_study: str, origin: str, step: Step, target: str, basis: Basis) -> str:
    """Return the IRI of a link: a digest of from, step, to and basis."""
    return f"{case_study}/link/{digest(origin, step.value, target, basis.value)}"


def natural_key(text: str) -> tuple[tuple[int, int, str], ...]:
    """Return a sort key that counts as people do.

    >>> sorted(["10", "2", "b", "a", "A2", "A10"], key=natural_key)
    ['2', '10', 'a', 'A2', 'A10', 'b']
    """
    return tuple(
        (0, int(part), "") if part.isdecimal() else (1, 0, part.casefold())
        for part in _NUMBER.split(text)
        if part
    )
