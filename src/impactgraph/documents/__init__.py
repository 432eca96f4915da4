"""Documents: a case study's text, in whose characters everything else is anchored."""

from impactgraph.documents.blocks import BlockKind
from impactgraph.documents.document import Document
from impactgraph.documents.exports import ExportRow, read_export
from impactgraph.documents.inline import Style, StyleKind
from impactgraph.documents.plain import Block, PlainText, Span, read_plain_text
from impactgraph.documents.reading import (
    MEDIA_TYPES,
    count_documents,
    normalise_text,
    read_content,
    read_document,
    read_documents,
)
from impactgraph.documents.sections import HEADINGS, Section, count_words, parse_sections
from impactgraph.documents.submission import AwardedGrant, StaffMember, Submission

__all__ = [
    "HEADINGS",
    "MEDIA_TYPES",
    "AwardedGrant",
    "Block",
    "BlockKind",
    "Document",
    "ExportRow",
    "PlainText",
    "Section",
    "Span",
    "StaffMember",
    "Style",
    "StyleKind",
    "Submission",
    "count_documents",
    "count_words",
    "normalise_text",
    "parse_sections",
    "read_content",
    "read_document",
    "read_documents",
    "read_export",
    "read_plain_text",
]
