"""PDF files with a text layer (ISO 32000-1)."""

from impactgraph.documents.pdf.reading import read_pdf

__all__ = ["read_pdf"]
