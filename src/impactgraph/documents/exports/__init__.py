"""Whole exports of an exercise's case studies."""

from impactgraph.documents.exports.counting import count_rows
from impactgraph.documents.exports.reading import ExportRow, read_export

__all__ = ["ExportRow", "count_rows", "read_export"]
