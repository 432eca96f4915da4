"""From a REF impact case study to a knowledge graph of how research became impact.

>>> from impactgraph import Basis
>>> Basis.CURATED.admits(Basis.STATED)
True
"""

from importlib import import_module
from typing import TYPE_CHECKING

# These two have the names of their modules, and importing a module sets its name.
from impactgraph.headline import Headline, headline
from impactgraph.underpinnings import (
    Underpinning,
    explain_finding,
    explain_impact,
    underpinnings,
)

if TYPE_CHECKING:
    from impactgraph.chains import Chain, count_chains, find_chains, find_strongest_chain
    from impactgraph.documents import Document, Section, parse_sections, read_document
    from impactgraph.encoding import decode, encode
    from impactgraph.errors import ImpactGraphError
    from impactgraph.extraction import Extraction, extract_case_study
    from impactgraph.gaps import Gap, find_gaps
    from impactgraph.graph import default_basis, find_node, nodes_of, to_networkx
    from impactgraph.loading import load_case_studies, load_shipped, remove_case_study
    from impactgraph.matrix import Matrix, underpinning_matrix
    from impactgraph.model import Basis, CaseStudy, Link, Stage, Step
    from impactgraph.remedies import Remedies, suggest_remedies
    from impactgraph.robustness import Robustness, measure_robustness
    from impactgraph.store import Store, open_store
    from impactgraph.threads import Thread, find_threads
    from impactgraph.validation import ValidationReport, validate, validate_file
    from impactgraph.views import open_case_study
    from impactgraph.views.report import Report, build_report, render_report
    from impactgraph.views.svg import draw_svg

__version__ = "0.1.0"

__all__ = [
    "Basis",
    "CaseStudy",
    "Chain",
    "Document",
    "Extraction",
    "Gap",
    "Headline",
    "ImpactGraphError",
    "Link",
    "Matrix",
    "Remedies",
    "Report",
    "Robustness",
    "Section",
    "Stage",
    "Step",
    "Store",
    "Thread",
    "Underpinning",
    "ValidationReport",
    "build_report",
    "count_chains",
    "decode",
    "default_basis",
    "draw_svg",
    "encode",
    "explain_finding",
    "explain_impact",
    "extract_case_study",
    "find_chains",
    "find_gaps",
    "find_node",
    "find_strongest_chain",
    "find_threads",
    "headline",
    "load_case_studies",
    "load_shipped",
    "measure_robustness",
    "nodes_of",
    "open_case_study",
    "open_store",
    "parse_sections",
    "read_document",
    "remove_case_study",
    "render_report",
    "suggest_remedies",
    "to_networkx",
    "underpinning_matrix",
    "underpinnings",
    "validate",
    "validate_file",
]

_MODULES = {
    "Chain": "chains",
    "count_chains": "chains",
    "find_chains": "chains",
    "find_strongest_chain": "chains",
    "Document": "documents",
    "Section": "documents",
    "parse_sections": "documents",
    "read_document": "documents",
    "decode": "encoding",
    "encode": "encoding",
    "ImpactGraphError": "errors",
    "Extraction": "extraction",
    "extract_case_study": "extraction",
    "Gap": "gaps",
    "find_gaps": "gaps",
    "default_basis": "graph",
    "find_node": "graph",
    "nodes_of": "graph",
    "to_networkx": "graph",
    "load_case_studies": "loading",
    "load_shipped": "loading",
    "remove_case_study": "loading",
    "Matrix": "matrix",
    "underpinning_matrix": "matrix",
    "Basis": "model",
    "CaseStudy": "model",
    "Link": "model",
    "Stage": "model",
    "Step": "model",
    "Remedies": "remedies",
    "suggest_remedies": "remedies",
    "Robustness": "robustness",
    "measure_robustness": "robustness",
    "Store": "store",
    "open_store": "store",
    "Thread": "threads",
    "find_threads": "threads",
    "ValidationReport": "validation",
    "validate": "validation",
    "validate_file": "validation",
    "open_case_study": "views",
    "Report": "views.report",
    "build_report": "views.report",
    "render_report": "views.report",
    "draw_svg": "views.svg",
}


if not TYPE_CHECKING:

    def __getattr__(name: str) -> object:
        """Import what is asked for (PEP 562): few commands and processes need all of it."""
        if name not in _MODULES:
            raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
        return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)

    def __dir__() -> list[str]:
        return [*__all__, "__version__"]
