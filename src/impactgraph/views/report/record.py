"""A report as a plain record of JSON values."""

from __future__ import annotations

from impactgraph.views.quotes import Passage
from impactgraph.views.records import (
    Record,
    gap_record,
    headline_record,
    matrix_record,
    short_record,
)
from impactgraph.views.remedies import need_record, remedies_record, use_record
from impactgraph.views.report.values import Report, Statement
from impactgraph.views.robustness import robustness_record, thread_record

__all__ = ["report_record"]


def report_record(report: Report) -> Record:
    """Return all that a report says but for its picture, which is a view of the graph."""
    return {
        "case_study": report.case_study,
        "slug": report.slug,
        "title": report.title,
        "about": [{"term": term, "value": value} for term, value in report.about],
        "document": report.document,
        "basis": report.basis.value,
        "headline": headline_record(report.headline),
        "summary": [_statement(statement) for statement in report.summary],
        "matrix": matrix_record(report.matrix),
        "impacts": [
            {
                "impact": short_record(row.impact),
                "claimed": " ".join(row.paragraph.claimed),
                "speaking": row.paragraph.speaking,
                "unmarked": row.paragraph.unmarked,
                "strengthening": " ".join(row.paragraph.strengthening),
                "said": row.said,
                "corroboration": row.corroboration,
                "need": need_record(row.need),
                "places": [_place(passage) for passage in row.places],
            }
            for row in report.impacts
        ],
        "from_the_weakest": [
            {
                "impacts": [short_record(found.impact) for found in rung.impacts],
                "reasons": list(rung.reasons),
            }
            for rung in report.ranking
        ],
        "robustness": robustness_record(report.robustness),
        "chain_count": report.chain_total,
        "chains": [
            {
                "path": row.path,
                "sentence": row.sentence,
                "weakest": row.weakest,
                "skips": row.skips,
                "reaching": row.reaching,
                "sources": row.sources,
                "witnesses": row.witnesses,
                "places": [_place(passage) for passage in row.places],
            }
            for row in report.chains
        ],
        "threads": [thread_record(thread) for thread in report.threads],
        "gaps": [
            {
                "severity": group.severity,
                "kind": group.kind,
                "title": group.title,
                "meaning": group.meaning,
                "gaps": [gap_record(gap) for gap in group.gaps],
            }
            for group in report.gaps
        ],
        **remedies_record(report.remedies),
        "advice": list(report.advice),
        "tidying": list(report.tidying),
        "evidence": [
            {
                "of": row.impact,
                "claim": row.claim,
                "changes": row.changes,
                "source": row.source or None,
                "basis": row.basis or None,
                "attestation": row.attestation,
                "section": row.section or None,
                "quote": row.quote,
            }
            for row in report.evidence
        ],
        "sources": [
            {
                "type": row.type,
                "date": row.date or None,
                "parties": row.parties,
                "part": row.part,
                **use_record(row.use),
            }
            for row in report.sources
        ],
        "questions": [
            {
                "title": asked.title,
                "pressing": asked.pressing,
                "about": asked.about,
                "text": asked.text,
                "places": [_place(passage) for passage in asked.places],
            }
            for asked in report.questions
        ],
        "method": [_statement(statement) for statement in report.method],
    }


def _statement(statement: Statement) -> Record:
    return {"text": statement.text, "reasons": list(statement.reasons)}


def _place(passage: Passage) -> Record:
    return {
        "section": passage.section,
        "start": passage.start,
        "end": passage.end,
        "quote": passage.exact,
    }
