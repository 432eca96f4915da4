"""From the model to N-Triples (RDF 1.1 N-Triples), quickly: `encode` and imports begin here."""

from __future__ import annotations

from typing import Any

from impactgraph.encoding.anchors import write_anchor
from impactgraph.encoding.mapping import CASE_STUDY, COLLECTIONS, REFERENCE, Mapping
from impactgraph.encoding.values import to_ntriples, write_iri
from impactgraph.model import Anchor, Basis, CaseStudy, Output, OutputType, Reference
from impactgraph.vocabulary import CONCEPTS, FABIO_WORKS, IG, RDF

__all__ = ["write_case_study", "write_reference"]

_TYPE = RDF.type.n3()
_IN_CASE_STUDY = IG.inCaseStudy.n3()


def write_case_study(case_study: CaseStudy) -> list[str]:
    """Return the triples of a case study as N-Triples, without what it shares with others.

    Raises:
        ValueError: a date is not in the form YYYY, YYYY-MM or YYYY-MM-DD, or a text is no IRI.
    """
    case_iri = write_iri(case_study.iri)
    description = _Description(case_iri)
    description.add(case_study, CASE_STUDY)
    lines = description.lines
    for name, mapping in COLLECTIONS.items():
        for member in getattr(case_study, name):
            lines.append(f"{write_iri(member.iri)} {_IN_CASE_STUDY} {case_iri} .")
            description.add(member, mapping)
    for link in case_study.links:
        if link.basis is not Basis.INFERRED:
            step = IG[link.step.value].n3()
            lines.append(f"{write_iri(link.origin)} {step} {write_iri(link.target)} .")
    return lines


def write_reference(reference: Reference) -> list[str]:
    """Return the triples of what case studies share as N-Triples."""
    description = _Description(None)
    for name, mapping in REFERENCE.items():
        for member in getattr(reference, name):
            description.add(member, mapping)
    return description.lines


class _Description:
    """The lines that describe members, of one case study or of none."""

    def __init__(self, case_iri: str | None) -> None:
        self.lines: list[str] = []
        self._case_iri = case_iri
        self._parts: set[str] = set()

    def add(self, member: Any, mapping: Mapping) -> None:
        """Add what is said of a member and of its parts, but of those that were added before."""
        lines, subject = self.lines, write_iri(member.iri)
        lines.extend(f"{subject} {_TYPE} {rdf_type} ." for rdf_type in mapping.written_types)
        if isinstance(member, Output):
            kind = CONCEPTS[OutputType][member.output_type]
            if kind not in FABIO_WORKS:
                lines.append(f"{subject} {_TYPE} {kind.n3()} .")
        for prop, predicate in mapping.predicates:
            value = getattr(member, prop.field)
            for item in value if prop.many else () if value is None else (value,):
                if prop.part is None:
                    lines.append(f"{subject} {predicate} {to_ntriples(item, prop)} .")
                else:
                    part = write_iri(item.iri)
                    lines.append(f"{subject} {predicate} {part} .")
                    self._add_part(item, part, prop.part)

    def _add_part(self, item: Any, part: str, mapping: Mapping) -> None:
        if item.iri in self._parts:
            return
        self._parts.add(item.iri)
        if self._case_iri is not None:
            self.lines.append(f"{part} {_IN_CASE_STUDY} {self._case_iri} .")
        if isinstance(item, Anchor):
            self.lines.extend(write_anchor(item))
        else:
            self.add(item, mapping)
