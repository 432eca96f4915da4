"""A case study as N-Quads, with what follows from it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import partial

from impactgraph.derivation import derive
from impactgraph.encoding import write_case_study, write_reference
from impactgraph.extraction import Extraction
from impactgraph.graph import build_graph
from impactgraph.importing.candidates import Candidate
from impactgraph.importing.reading import Failure, read_candidate
from impactgraph.loading import derived_graph
from impactgraph.suggestions import add_suggestions
from impactgraph.texts import text_graph, write_text
from impactgraph.vocabulary import REFERENCE_GRAPH

__all__ = ["EncodedCaseStudy", "count_warnings", "encode_candidate", "encode_extraction"]


@dataclass(frozen=True, slots=True)
class EncodedCaseStudy:
    """A case study as N-Quads, ready to be stored.

    `own` is what goes into its graphs, `shared` by subject what it says of things that case studies
    share; `warnings` how many there are of each kind.
    """

    slug: str
    iri: str
    own: bytes
    shared: dict[str, bytes]
    triples: int
    warnings: Counter[str] = field(default_factory=Counter)


def encode_candidate(
    candidate: Candidate, *, keep_text: bool = False
) -> EncodedCaseStudy | Failure | None:
    """Return a candidate's case study encoded, or why it cannot be; None where it is known."""
    return read_candidate(candidate, partial(encode_extraction, keep_text=keep_text))


def encode_extraction(extraction: Extraction, *, keep_text: bool = False) -> EncodedCaseStudy:
    """Encode an extracted case study, with what is suggested for it and what follows from it.

    Args:
        extraction: the case study, and what it was read from.
        keep_text: whether the document's text is to be kept beside it.
    """
    case_study = add_suggestions(extraction)
    own = write_case_study(case_study)
    derived = (
        " ".join((*(term.n3() for term in triple), "."))
        for triple in derive(build_graph(case_study))
    )
    shared: dict[str, list[str]] = {}
    for line in write_reference(case_study.reference):
        shared.setdefault(line[1 : line.index(">")], []).append(line)
    text = write_text(case_study.iri, extraction.reading.plain.document) if keep_text else []
    return EncodedCaseStudy(
        slug=case_study.slug,
        iri=case_study.iri,
        own=_in_graph(own, case_study.iri)
        + _in_graph(derived, derived_graph(case_study.iri))
        + _in_graph(text, text_graph(case_study.iri)),
        shared={subject: _in_graph(lines, REFERENCE_GRAPH) for subject, lines in shared.items()},
        triples=len(own),
        warnings=count_warnings(extraction),
    )


def count_warnings(extraction: Extraction) -> Counter[str]:
    """Return how many warnings of each kind an extraction has."""
    return Counter(warning.kind.value for warning in extraction.warnings)


def _in_graph(lines: Iterable[str], graph: str) -> bytes:
    """Return lines of N-Triples as N-Quads in a graph."""
    triples = "\n".join((*lines, ""))
    # Line ends that stand in literals are escaped.
    return triples.replace(" .\n", f" <{graph}> .\n").encode()
