"""Importing: from documents, one or thousands, to case studies in a store or in files."""

from impactgraph.importing.candidates import (
    Candidate,
    Selection,
    count_candidates,
    find_candidates,
)
from impactgraph.importing.encoding import EncodedCaseStudy, encode_extraction
from impactgraph.importing.importing import import_case_studies
from impactgraph.importing.outcomes import Outcome, OutcomeKind
from impactgraph.importing.reading import Failure, write_record, write_records
from impactgraph.importing.storing import put_case_studies, refuse_curated
from impactgraph.importing.writing import write_case_studies

__all__ = [
    "Candidate",
    "EncodedCaseStudy",
    "Failure",
    "Outcome",
    "OutcomeKind",
    "Selection",
    "count_candidates",
    "encode_extraction",
    "find_candidates",
    "import_case_studies",
    "put_case_studies",
    "refuse_curated",
    "write_case_studies",
    "write_record",
    "write_records",
]
