"""Extraction: from a document to a case study, by rules; the only place of judgement."""

from impactgraph.extraction.assembly import RULES, slugify
from impactgraph.extraction.extracting import Extraction, extract_case_study, slug_of
from impactgraph.extraction.reading import Reading, Warning, WarningKind
from impactgraph.extraction.records import reading_record

__all__ = [
    "RULES",
    "Extraction",
    "Reading",
    "Warning",
    "WarningKind",
    "extract_case_study",
    "reading_record",
    "slug_of",
    "slugify",
]
