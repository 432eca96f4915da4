"""Many case studies at once: each analysed for itself, and how what is found is distributed."""

from impactgraph.corpus.analysis import CaseStudyAnalysis, analyse_case_study
from impactgraph.corpus.comparison import Comparison, compare
from impactgraph.corpus.distribution import Distribution, Grouping, distribute
from impactgraph.corpus.streaming import Failure, analyse_case_studies, list_case_studies

__all__ = [
    "CaseStudyAnalysis",
    "Comparison",
    "Distribution",
    "Failure",
    "Grouping",
    "analyse_case_studies",
    "analyse_case_study",
    "compare",
    "distribute",
    "list_case_studies",
]
