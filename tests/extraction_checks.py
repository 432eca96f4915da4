"""What must hold of every extraction, whatever the document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from functools import cache
from typing import Any

from impactgraph.documents.reading import read_content
from impactgraph.encoding import encode, encode_reference
from impactgraph.errors import ImpactGraphError
from impactgraph.extraction import Extraction, extract_case_study
from impactgraph.graph import build_graph
from impactgraph.model import Anchor
from impactgraph.validation import Severity, validate

__all__ = ["anchors_of", "check_extraction", "extract_text", "violations_of"]


def extract_text(text: str) -> Extraction | None:
    """Extract a case study's text; None where it is refused on purpose."""
    try:
        return extract_case_study(read_content(text.encode(), "case-study.md"))
    except ImpactGraphError:
        return None


def check_extraction(extraction: Extraction) -> Extraction:
    """Check the case study of an extraction, its graph, its places and warnings; return it.

    Extracting its document again must give the same.
    """
    case_study = extraction.case_study
    document = extraction.reading.plain.document
    again = extract_case_study(document)
    assert case_study == again.case_study
    assert extraction.warnings == again.warnings
    triples = encode(case_study)
    assert len(triples) > 0
    build_graph(case_study)
    text = document.text
    for anchor in anchors_of(case_study):
        assert 0 <= anchor.start < anchor.end <= len(text)
        assert anchor.exact
        assert anchor.exact in text[anchor.start : anchor.end]
        assert document.section_at(anchor.start).kind == anchor.section
        assert len(anchor.exact.split()) <= 12
    plain = extraction.reading.plain
    for warning in extraction.warnings:
        assert warning.message
        assert 0 <= warning.span.start <= warning.span.end <= len(plain.text)
    return extraction


def violations_of(extraction: Extraction) -> list[str]:
    """Return how the graph of an extraction breaks the shapes."""
    case_study = extraction.case_study
    graph = encode(case_study) + encode_reference(case_study.reference)
    report = validate(graph)
    assert report.checked > 0
    return [str(result) for result in report.results if result.severity is Severity.VIOLATION]


def anchors_of(value: Any) -> Iterator[Anchor]:
    """Yield all anchors in a value of the model."""
    if isinstance(value, Anchor):
        yield value
    elif isinstance(value, tuple):
        for each in value:
            yield from anchors_of(each)
    elif is_dataclass(value) and not isinstance(value, type):
        for name in _names(type(value)):
            yield from anchors_of(getattr(value, name))


@cache
def _names(kind: type) -> tuple[str, ...]:
    return tuple(each.name for each in fields(kind))
