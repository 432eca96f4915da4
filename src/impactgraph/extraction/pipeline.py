"""The rules of extraction, in the order in which they read a document."""

from __future__ import annotations

from impactgraph.documents import HEADINGS, Document, read_plain_text
from impactgraph.errors import DocumentError
from impactgraph.extraction.citations import read_citations
from impactgraph.extraction.figures import count_in_claims
from impactgraph.extraction.findings import read_findings
from impactgraph.extraction.grants import read_grants
from impactgraph.extraction.impacts import read_impacts
from impactgraph.extraction.outputs import read_outputs
from impactgraph.extraction.pathways import read_pathways
from impactgraph.extraction.reading import Reading
from impactgraph.extraction.sources import read_sources

__all__ = ["read_case_study"]


def read_case_study(document: Document) -> Reading:
    """Return all that the rules find in a document.

    Every rule takes the plain text and what earlier rules found, and returns what it found with
    the warnings that it gives.

    Raises:
        DocumentError: the five sections are empty.
    """
    plain = read_plain_text(document)
    if not any(plain.blocks_of(kind) for kind in HEADINGS):
        raise DocumentError(
            "this case study has no text below the headings of its five sections; if it has in the "
            "file, save it in another format"
        )
    outputs, output_warnings = read_outputs(plain)
    sources, source_warnings = read_sources(plain)
    grants, grant_warnings = read_grants(plain, outputs)
    citations, citation_warnings = read_citations(plain, outputs, sources)
    findings, finding_warnings = read_findings(plain, citations)
    impacts, impact_warnings = read_impacts(plain, citations)
    impacts = count_in_claims(plain, impacts, citations)
    pathways, pathway_warnings = read_pathways(plain, outputs, citations, findings, impacts)
    return Reading(
        plain=plain,
        outputs=outputs,
        sources=sources,
        grants=grants,
        citations=citations,
        findings=findings,
        pathways=pathways,
        impacts=impacts,
        warnings=(
            *output_warnings,
            *source_warnings,
            *grant_warnings,
            *citation_warnings,
            *finding_warnings,
            *impact_warnings,
            *pathway_warnings,
        ),
    )
