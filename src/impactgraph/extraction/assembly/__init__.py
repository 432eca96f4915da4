"""Assembly: from what the rules found to a case study with IRIs, anchors and links."""

from impactgraph.extraction.assembly.agents import slugify
from impactgraph.extraction.assembly.case_study import RULES, assemble_case_study

__all__ = ["RULES", "assemble_case_study", "slugify"]
