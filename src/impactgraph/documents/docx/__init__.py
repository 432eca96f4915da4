"""Word processors' documents (.docx): WordprocessingML, ECMA-376, part 1, section 17."""

from impactgraph.documents.docx.reading import read_docx

__all__ = ["read_docx"]
