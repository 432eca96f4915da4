"""Documents: a case study's text, in whose characters everything else is anchored."""

from impactgraph.documents.document import Document
from impactgraph.documents.reading import normalise_text, read_document
from impactgraph.documents.sections import HEADINGS, Section, count_words, parse_sections

__all__ = [
    "HEADINGS",
    "Document",
    "Section",
    "count_words",
    "normalise_text",
    "parse_sections",
    "read_document",
]
