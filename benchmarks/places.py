"""The document that a generated case study was never read from: lengths, passages, quotes."""

from __future__ import annotations

import hashlib

from impactgraph.identity import anchor_iri
from impactgraph.model import Anchor, DocumentDescription

__all__ = ["Passages"]

_SECTIONS = {"A": 0, "1": 1_000, "2": 1_800, "3": 5_000, "4": 9_000, "5": 15_000}
_LENGTH = 17_500


class Passages:
    """Hands out the passages of one document, one after the other in each section.

    Args:
        case_study: the IRI of the case study.
        shared: whether all that stands in a section has one anchor, or each member its own.
    """

    def __init__(self, case_study: str, *, shared: bool) -> None:
        self._case_study = case_study
        self._shared = shared
        self._next = dict(_SECTIONS)
        self._first: dict[str, Anchor] = {}

    def document(self) -> DocumentDescription:
        """Return the description of the document."""
        return DocumentDescription(
            iri=f"{self._case_study}/document",
            digest="sha256:" + hashlib.sha256(self._case_study.encode()).hexdigest(),
            length=_LENGTH,
            media_type="text/plain",
        )

    def anchor(self, section: str, words: str) -> tuple[Anchor, ...]:
        """Return the anchor of what stands next in a section.

        Args:
            section: "A", or "1" to "5".
            words: what stands there; the first of them are quoted.
        """
        if self._shared and section in self._first:
            return (self._first[section],)
        anchor = self.own_anchor(section, words)
        self._first.setdefault(section, anchor)
        return (anchor,)

    def own_anchor(self, section: str, words: str) -> Anchor:
        """Return the anchor of what stands next in a section, and is no other's.

        Args:
            section: "A", or "1" to "5".
            words: what stands there; the first of them are quoted.
        """
        start = self._next[section]
        end = start + len(words)
        self._next[section] = end + 1
        exact = " ".join(words.split()[:6])
        return Anchor(
            iri=anchor_iri(self._case_study, start, end, exact),
            source=f"{self._case_study}/document",
            start=start,
            end=end,
            exact=exact,
            section=section,
        )
