"""Extraction as a whole: a document in, a case study and warnings out."""

from __future__ import annotations

from dataclasses import dataclass

from impactgraph.documents import Document
from impactgraph.extraction.assembly import assemble_case_study, slugify
from impactgraph.extraction.pipeline import read_case_study
from impactgraph.extraction.reading import Reading, Warning
from impactgraph.model import CaseStudy

__all__ = ["Extraction", "assemble_extraction", "extract_case_study", "slug_of"]


@dataclass(frozen=True, slots=True)
class Extraction:
    """What was extracted from a document: its case study, and what could not be read surely.

    `reading` is what the rules found, by places of the plain text.
    """

    case_study: CaseStudy
    reading: Reading

    @property
    def warnings(self) -> tuple[Warning, ...]:
        """Return what could not be read surely, in the order of the rules."""
        return self.reading.warnings


def extract_case_study(document: Document, *, slug: str | None = None) -> Extraction:
    """Extract the case study of a document, by rules: without network, the same every time.

    Args:
        document: the document, as `documents.read_document` reads it.
        slug: the case study's short name, the last part of its IRI; by default the exercise's
            identifier, else made of the title, else of the document's digest.
    """
    return assemble_extraction(read_case_study(document), slug=slug)


def assemble_extraction(reading: Reading, *, slug: str | None = None) -> Extraction:
    """Return the extraction that a reading makes."""
    slug = slug or slug_of(reading.plain.document)
    return Extraction(assemble_case_study(reading, slug), reading)


def slug_of(document: Document, *, fallback: str | None = None) -> str:
    """Return what a document's case study is called: its exercise's identifier, else its title.

    Args:
        document: the document.
        fallback: what to call it where it says neither; by default its digest's first digits.
    """
    submission = document.submission
    named = submission and (submission.identifier or submission.title)
    if named:
        return slugify(named)
    return fallback or document.digest.removeprefix("sha256:")[:12]
