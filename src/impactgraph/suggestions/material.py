"""What suggestions are made from: the words and marks of a case study, without what is masked.

The words of every passage have all their marks blanked, at the same length, so that no word of a
mark counts as likeness and places stay true. What the marks of section 4 point to is kept apart, in
`Target.cited`, where it can be hidden.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from impactgraph.documents import Span
from impactgraph.extraction import Extraction, Reading
from impactgraph.extraction.reading import OutputEntry, TargetKind
from impactgraph.model import Anchor, Basis, CaseStudy, Link, Step

__all__ = ["Candidate", "Material", "Passage", "Target", "gather_material", "hide_marks"]

_SENTENCE_END = re.compile(r"[.!?][\"”’)\]]*\s+(?=[A-Z“\"(])")
_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_RESEARCH = ("1", "2")
_MOST_CITING = 12


@dataclass(frozen=True, slots=True)
class Passage:
    """Words, and where they begin in the plain text where that is known."""

    words: str
    start: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """An output or finding that may underpin an impact.

    `own` are its own words, `citing` the sentences of sections 1 and 2 that cite it (for a
    finding: the entries of its outputs), `around` the paragraphs of those. `members` are the
    positions of a finding's outputs, from 0.
    """

    iri: str
    label: str
    anchors: tuple[Anchor, ...]
    own: tuple[Passage, ...]
    citing: tuple[Passage, ...] = ()
    around: tuple[Passage, ...] = ()
    members: frozenset[int] = frozenset()
    names: tuple[str, ...] = ()
    year: int | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """An impact, and the positions of the outputs, from 0, that its marks cite."""

    iri: str
    label: str
    anchors: tuple[Anchor, ...]
    passages: tuple[Passage, ...]
    cited: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Material:
    """All that suggestions for one case study are made from."""

    case_study: str
    outputs: tuple[Candidate, ...]
    findings: tuple[Candidate, ...]
    impacts: tuple[Target, ...]


def gather_material(source: Extraction | CaseStudy) -> Material:
    """Return what suggestions are made from.

    Args:
        source: an extraction with its document's text, or a case study alone, of which there are
            labels, descriptions and short quotes only.
    """
    if isinstance(source, CaseStudy):
        return _from_case_study(source)
    return _from_extraction(source)


def hide_marks(material: Material, impacts: Iterable[int] | None = None) -> Material:
    """Return the material without what the marks of some impacts, or of all, point to."""
    hidden = set(range(len(material.impacts)) if impacts is None else impacts)
    return replace(
        material,
        impacts=tuple(
            replace(target, cited=frozenset()) if at in hidden else target
            for at, target in enumerate(material.impacts)
        ),
    )


def _from_extraction(extraction: Extraction) -> Material:
    reading, case_study = extraction.reading, extraction.case_study
    bare = _blank_marks(reading)
    citing = _citing_sentences(reading)
    outputs = tuple(
        Candidate(
            iri=node.iri,
            label=node.label,
            anchors=node.anchors,
            own=(_passage(bare, entry.entry.span),),
            citing=tuple(_passage(bare, span) for span, _ in citing.get(at, ())),
            around=tuple(
                _passage(bare, span)
                for span in dict.fromkeys(block for _, block in citing.get(at, ()))
            ),
            names=tuple(name.family_name for name in entry.authors),
            year=_year_of(entry, reading),
        )
        for at, (entry, node) in enumerate(zip(reading.outputs, case_study.outputs, strict=True))
    )
    findings = tuple(
        Candidate(
            iri=node.iri,
            label=node.label,
            anchors=node.anchors,
            own=(_passage(bare, found.span),),
            citing=tuple(
                _passage(bare, reading.outputs[at - 1].entry.span) for at in found.outputs
            ),
            members=frozenset(at - 1 for at in found.outputs),
        )
        for found, node in zip(reading.findings, case_study.findings, strict=True)
    )
    impacts = tuple(
        Target(
            iri=node.iri,
            label=node.label,
            anchors=node.anchors,
            passages=tuple(
                _passage(bare, span)
                for span in (passage.heading, passage.span)
                if span and (span == passage.span or not passage.span.covers(span))
            ),
            cited=frozenset(at - 1 for at in (*passage.outputs, *passage.heading_outputs)),
        )
        for passage, node in zip(reading.impacts, case_study.impacts, strict=True)
    )
    return Material(case_study=case_study.iri, outputs=outputs, findings=findings, impacts=impacts)


def _year_of(entry: OutputEntry, reading: Reading) -> int | None:
    found = entry.year or next(iter(_YEAR.findall(reading.plain.words(entry.entry.span))), None)
    return int(found[:4]) if found and found[:4].isdecimal() else None


def _blank_marks(reading: Reading) -> str:
    """Return the plain text with every mark blanked, and so what stands in it."""
    text, parts, at = reading.plain.text, [], 0
    for span in sorted(citation.span for citation in reading.citations):
        if span.end > at:
            start = max(at, span.start)
            parts += [text[at:start], " " * (span.end - start)]
            at = span.end
    return "".join([*parts, text[at:]])


def _passage(bare: str, span: Span) -> Passage:
    return Passage(bare[span.start : span.end], span.start)


def _citing_sentences(reading: Reading) -> dict[int, list[tuple[Span, Span]]]:
    """Return the sentences and paragraphs of the research that cite outputs, by position."""
    found: dict[int, list[tuple[Span, Span]]] = {}
    for citation in reading.citations:
        if citation.section not in _RESEARCH:
            continue
        positions = [t.position - 1 for t in citation.targets if t.kind is TargetKind.OUTPUT]
        if not positions:
            continue
        block = reading.plain.block_at(citation.span.start).span
        sentence = _sentence_at(reading.plain.text, block, citation.span)
        for at in positions:
            if len(places := found.setdefault(at, [])) < _MOST_CITING:
                places.append((sentence, block))
    return {at: list(dict.fromkeys(places)) for at, places in found.items()}


def _sentence_at(text: str, block: Span, mark: Span) -> Span:
    start, end = block.start, block.end
    for stop in _SENTENCE_END.finditer(text, block.start, block.end):
        # A mark behind the stop belongs to the sentence before it.
        if stop.end() < mark.start:
            start = stop.end()
        elif stop.start() >= mark.end - 1:
            end = stop.end()
            break
    return Span(start, end)


def _from_case_study(case_study: CaseStudy) -> Material:
    places = {node.iri: at for at, node in enumerate(case_study.outputs)}
    stated = [link for link in case_study.links if link.basis is Basis.STATED]
    claims: dict[str, list[Passage]] = {}
    for claim in case_study.claims:
        claims.setdefault(claim.claim_of, []).extend(
            _spoken(claim.label, claim.description, anchors=claim.anchors)
        )
    outputs = tuple(
        Candidate(
            iri=node.iri,
            label=node.label,
            anchors=node.anchors,
            own=_spoken(node.title, node.citation, node.venue, anchors=node.anchors),
            year=int(node.issued[:4]) if node.issued and node.issued[:4].isdecimal() else None,
        )
        for node in case_study.outputs
    )
    findings = []
    for found in case_study.findings:
        # What a person concluded of a finding's outputs stands as well as what is stated.
        members = frozenset(
            places[link.target]
            for link in case_study.links
            if link.origin == found.iri
            and link.step is Step.REPORTED_IN
            and link.basis is not Basis.INFERRED
            and link.target in places
        )
        findings.append(
            Candidate(
                iri=found.iri,
                label=found.label,
                anchors=found.anchors,
                own=_spoken(found.label, found.description, anchors=found.anchors),
                citing=tuple(passage for at in sorted(members) for passage in outputs[at].own[:1]),
                members=members,
            )
        )
    impacts = tuple(
        Target(
            iri=node.iri,
            label=node.label,
            anchors=node.anchors,
            passages=(
                *_spoken(node.label, node.description, node.change, anchors=node.anchors),
                *claims.get(node.iri, ()),
            ),
            cited=frozenset(_ends(stated, places, node.iri, Step.CONTRIBUTED_TO)),
        )
        for node in case_study.impacts
    )
    return Material(
        case_study=case_study.iri, outputs=outputs, findings=tuple(findings), impacts=impacts
    )


def _ends(links: Sequence[Link], places: dict[str, int], to: str, step: Step) -> Iterator[int]:
    for link in links:
        if link.target == to and link.step is step and link.origin in places:
            yield places[link.origin]


def _spoken(*words: str | None, anchors: Sequence[Anchor]) -> tuple[Passage, ...]:
    said = dict.fromkeys([*filter(None, words), *(anchor.exact for anchor in anchors)])
    return tuple(Passage(one) for one in said)
