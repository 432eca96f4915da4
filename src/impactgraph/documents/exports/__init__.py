"""Whole exports of an exercise's case studies."""

from impactgraph.documents.exports.reading import ExportRow, read_export

__all__ = ["ExportRow", "read_export"]
