"""The text of a case study, with its sections and its digest."""

from __future__ import annotations

import hashlib
from bisect import bisect_right
from dataclasses import dataclass

from impactgraph.documents.header import read_header
from impactgraph.documents.sections import Section, parse_sections
from impactgraph.documents.submission import Submission
from impactgraph.errors import DocumentError

__all__ = ["Document"]


@dataclass(frozen=True, slots=True)
class Document:
    """A case study's normalised text; positions count its Unicode code points.

    `digest` is "sha256:" and the hexadecimal SHA-256 of the text in UTF-8, so that a reader of a
    position can tell whether it was counted in this very text. `submission` is what its header, or
    its row in an export, says of it.
    """

    text: str
    sections: tuple[Section, ...]
    digest: str
    media_type: str
    submission: Submission | None = None

    @classmethod
    def from_text(cls, text: str, *, media_type: str = "text/plain") -> Document:
        """Return the document of a text that is normalised already.

        Raises:
            DocumentError: the text is no case study.
        """
        sections = parse_sections(text)
        submission = read_header(text[: sections[0].end])
        return cls.from_parts(text, sections, media_type=media_type, submission=submission)

    @classmethod
    def from_parts(
        cls,
        text: str,
        sections: tuple[Section, ...],
        *,
        media_type: str,
        submission: Submission | None = None,
    ) -> Document:
        """Return the document of a normalised text whose sections are known."""
        digest = hashlib.sha256(text.encode("utf-8")).hexdigest()
        return cls(text, sections, f"sha256:{digest}", media_type, submission)

    def section_at(self, position: int) -> Section:
        """Return the section in which a position lies.

        Raises:
            DocumentError: the position lies outside the text.
        """
        if not 0 <= position < len(self.text):
            raise DocumentError(
                f"position {position} lies outside the document, which has {len(self.text)} "
                "characters; was it counted in another version of the text?"
            )
        starts = [section.start for section in self.sections]
        return self.sections[bisect_right(starts, position) - 1]
