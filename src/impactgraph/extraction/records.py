"""A reading as one plain record: what `impactgraph extract` prints, one JSON object a line."""

from __future__ import annotations

from typing import Any

from impactgraph.documents import Span
from impactgraph.extraction.reading import OutputEntry, Reading, SourceEntry

__all__ = ["reading_record"]

_WORDS_BEFORE = 60


def reading_record(reading: Reading, identifier: str) -> dict[str, Any]:
    """Return a reading as JSON can hold it.

    Texts are whole entries or passages as a reader sees them; positions of outputs and sources
    count from 1 in the record's own lists; `place` gives the start and the end (excluded) in the
    document's normalised text.
    """
    plain = reading.plain

    def passage(span: Span) -> dict[str, Any]:
        return {"text": plain.words(span), "place": list(plain.place(span))}

    def optional(span: Span | None) -> str | None:
        return plain.words(span) if span else None

    return {
        "id": identifier,
        "digest": plain.document.digest,
        "outputs": [_output(output, passage, optional) for output in reading.outputs],
        "sources": [_source(source, passage, optional) for source in reading.sources],
        "grants": [
            {
                **passage(grant.span),
                "funder": grant.funder,
                "number": grant.number,
                "amount": None if grant.amount is None else float(grant.amount),
                "currency": grant.currency,
            }
            for grant in reading.grants
        ],
        "findings": [
            {**passage(finding.span), "label": finding.label, "outputs": list(finding.outputs)}
            for finding in reading.findings
        ],
        "pathways": [
            {
                **passage(pathway.span),
                "section": int(pathway.section),
                "label": pathway.label,
                "outputs": list(pathway.outputs),
                "sources": list(pathway.sources),
            }
            for pathway in reading.pathways
        ],
        "impacts": [
            {
                "title": impact.title,
                **passage(impact.span),
                "outputs": list(impact.outputs),
                "sources": list(impact.sources),
                "claims": [
                    {
                        **passage(claim.span),
                        "outputs": list(claim.outputs),
                        "sources": list(claim.sources),
                        "nearby_sources": list(claim.nearby_sources),
                        "maturity": claim.maturity and claim.maturity.value,
                        "dates": list(claim.dates),
                    }
                    for claim in impact.claims
                ],
                "quotations": [
                    {
                        **passage(quotation.span),
                        "speaker": optional(quotation.speaker),
                        "sources": list(quotation.sources),
                    }
                    for quotation in impact.quotations
                ],
            }
            for impact in reading.impacts
        ],
        "citations": [
            {
                "section": int(citation.section),
                "before": plain.text[
                    max(
                        plain.sections[citation.section].start,
                        citation.span.start - _WORDS_BEFORE,
                    ) : citation.span.start
                ],
                "mark": plain.words(citation.span),
                "targets": [
                    f"{target.kind.value}:{target.position}" for target in citation.targets
                ],
                "unresolved": list(citation.unresolved),
                "pages": citation.pages,
                "place": list(plain.place(citation.span)),
            }
            for citation in reading.citations
        ],
        "warnings": [
            {
                "kind": warning.kind.value,
                "message": warning.message,
                "place": list(plain.place(warning.span)),
            }
            for warning in reading.warnings
        ],
    }


def _output(output: OutputEntry, passage: Any, optional: Any) -> dict[str, Any]:
    return {
        **passage(output.entry.span),
        "label": output.entry.label,
        "type": output.output_type.value,
        "authors": [name.printed for name in output.authors],
        "year": output.year,
        "title": optional(output.title),
        "venue": optional(output.venue),
        "doi": output.doi,
        "isbn": output.isbn,
        "addresses": list(output.addresses),
    }


def _source(source: SourceEntry, passage: Any, optional: Any) -> dict[str, Any]:
    return {
        **passage(source.entry.span),
        "label": source.entry.label,
        "type": source.source_type.value,
        "speaker": optional(source.speaker),
        "publisher": optional(source.publisher),
        "date": source.date,
        "locator": source.locator,
        "addresses": list(source.addresses),
    }
