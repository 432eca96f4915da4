"""Links: what the text states by its marks, and what is inferred from where they stand.

A mark belongs to the claim in whose sentence it stands: that link is stated. What is concluded from
position alone is inferred, with the method's name and a confidence; it never closes a gap.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from impactgraph.documents import Span
from impactgraph.extraction.assembly.anchoring import shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.assembly.passages import Passages
from impactgraph.extraction.marked import citations_in
from impactgraph.extraction.reading import Citation, ImpactPassage, TargetKind
from impactgraph.identity import link_iri
from impactgraph.model import Basis, Claim, Impact, Link, Step

__all__ = ["METHODS", "Method", "assemble_links"]

_LABEL = 200
_MARK = 60


@dataclass(frozen=True, slots=True)
class Method:
    """A way to read or conclude a link: its name, basis, confidence and reason."""

    name: str
    basis: Basis
    confidence: Decimal
    rationale: str


_SURE = Decimal(1)
IN_SENTENCE = Method(
    "mark-in-sentence", Basis.STATED, _SURE, "The mark {mark} stands in the sentence itself."
)
IN_PASSAGE = Method(
    "mark-in-passage", Basis.STATED, _SURE, "The mark {mark} stands in the passage."
)
ON_HEADING = Method(
    "mark-on-heading", Basis.STATED, _SURE, "The mark {mark} stands on the heading."
)
FROM_CLAIM = Method(
    "mark-in-claim", Basis.STATED, _SURE, "The mark {mark} stands in a sentence of the impact."
)
PARAGRAPH_SCOPE = Method(
    "paragraph-scope",
    Basis.INFERRED,
    Decimal("0.6"),
    "The mark {mark} stands further down in the paragraph, with no other mark between.",
)
BESIDE_CLAIMS = Method(
    "mark-beside-claims",
    Basis.INFERRED,
    Decimal("0.7"),
    "The mark {mark} stands in the impact's passage, in a sentence that claims nothing itself.",
)
TOLD_INSIDE = Method(
    "told-inside",
    Basis.INFERRED,
    Decimal("0.7"),
    "The pathway is told inside the passage that claims the impact.",
)
METHODS = (
    IN_SENTENCE,
    IN_PASSAGE,
    ON_HEADING,
    FROM_CLAIM,
    PARAGRAPH_SCOPE,
    BESIDE_CLAIMS,
    TOLD_INSIDE,
)
"""Every way in which extraction makes links."""


_VERBS = {
    Step.REPORTED_IN: "reported in",
    Step.CARRIED_BY: "carried by",
    Step.LED_TO: "led to",
    Step.CONTRIBUTED_TO: "contributed to",
    Step.CORROBORATED_BY: "corroborated by",
}


@dataclass(frozen=True, slots=True)
class _Ground:
    """What a link rests on: places of the text and the first mark among them."""

    spans: tuple[Span, ...]
    mark: str = ""


@dataclass(slots=True)
class _Linker:
    draft: Draft
    attributed_to: str
    names: dict[str, str]
    links: dict[str, Link]

    def link(self, ends: tuple[str, str], step: Step, method: Method, ground: _Ground) -> None:
        """Add a link; one of the same ends, step and basis gets the further anchors."""
        origin, target = ends
        iri = link_iri(self.draft.case_study, origin, step, target, method.basis)
        anchors = {anchor.iri: anchor for anchor in map(self.draft.anchoring.at, ground.spans)}
        known = self.links.get(iri)
        if known is not None:
            merged = {anchor.iri: anchor for anchor in known.anchors} | anchors
            self.links[iri] = replace(known, anchors=tuple(merged.values()))
            return
        label = f"{self.names[origin]} {_VERBS[step]} {self.names[target]} ({method.basis.value})"
        self.links[iri] = Link(
            iri=iri,
            label=shorten(label, _LABEL),
            origin=origin,
            step=step,
            target=target,
            basis=method.basis,
            confidence=method.confidence,
            rationale=method.rationale.format(mark=ground.mark),
            method=method.name,
            attributed_to=self.attributed_to,
            anchors=tuple(anchors.values()),
        )


def assemble_links(
    draft: Draft, passages: Passages, names: dict[str, str], attributed_to: str
) -> tuple[Link, ...]:
    """Return the links of a case study.

    Args:
        draft: the case study in the making.
        passages: its findings, pathways, impacts and claims.
        names: what to call each node, by its IRI.
        attributed_to: the IRI of the program that reads.
    """
    linker = _Linker(draft, attributed_to, names, {})
    for found, finding in zip(draft.reading.findings, passages.findings, strict=True):
        for output, ground in _cited(draft, found.span, TargetKind.OUTPUT):
            linker.link((finding.iri, output), Step.REPORTED_IN, IN_PASSAGE, ground)
    _link_pathways(linker, passages)
    for passage, impact, claims in zip(
        draft.reading.impacts, passages.impacts, passages.claims, strict=True
    ):
        _link_claims(linker, passage, impact, claims)
        _link_impact(linker, passage, impact)
    return tuple(linker.links.values())


def _link_pathways(linker: _Linker, passages: Passages) -> None:
    draft = linker.draft
    for found, pathway in zip(draft.reading.pathways, passages.pathways, strict=True):
        for output, ground in _cited(draft, found.span, TargetKind.OUTPUT):
            linker.link((output, pathway.iri), Step.CARRIED_BY, IN_PASSAGE, ground)
        for source, ground in _cited(draft, found.span, TargetKind.SOURCE):
            linker.link((pathway.iri, source), Step.CORROBORATED_BY, IN_PASSAGE, ground)
        for passage, impact in zip(draft.reading.impacts, passages.impacts, strict=True):
            if passage.span.covers(found.span):
                ends = pathway.iri, impact.iri
                linker.link(ends, Step.LED_TO, TOLD_INSIDE, _Ground((found.span,)))


def _link_claims(
    linker: _Linker, passage: ImpactPassage, impact: Impact, claims: Sequence[Claim]
) -> None:
    draft = linker.draft
    for found, claim in zip(passage.claims, claims, strict=True):
        for source, ground in _cited(draft, found.span, TargetKind.SOURCE):
            linker.link((claim.iri, source), Step.CORROBORATED_BY, IN_SENTENCE, ground)
            linker.link((impact.iri, source), Step.CORROBORATED_BY, FROM_CLAIM, ground)
        after = Span(found.span.end, passage.span.end)
        nearby = set(draft.source_iris(found.nearby_sources))
        for source, ground in _cited(draft, after, TargetKind.SOURCE):
            if source in nearby:
                first = _Ground(ground.spans[:1], ground.mark)
                linker.link((claim.iri, source), Step.CORROBORATED_BY, PARAGRAPH_SCOPE, first)


def _link_impact(linker: _Linker, passage: ImpactPassage, impact: Impact) -> None:
    draft = linker.draft
    if passage.heading:
        for source, ground in _cited(draft, passage.heading, TargetKind.SOURCE):
            linker.link((impact.iri, source), Step.CORROBORATED_BY, ON_HEADING, ground)
        for output, ground in _cited(draft, passage.heading, TargetKind.OUTPUT):
            linker.link((output, impact.iri), Step.CONTRIBUTED_TO, ON_HEADING, ground)
    for source, ground in _cited(draft, passage.span, TargetKind.SOURCE):
        stated = link_iri(draft.case_study, impact.iri, Step.CORROBORATED_BY, source, Basis.STATED)
        if stated not in linker.links:
            linker.link((impact.iri, source), Step.CORROBORATED_BY, BESIDE_CLAIMS, ground)
    for output, ground in _cited(draft, passage.span, TargetKind.OUTPUT):
        linker.link((output, impact.iri), Step.CONTRIBUTED_TO, IN_PASSAGE, ground)


def _cited(draft: Draft, span: Span, kind: TargetKind) -> Iterator[tuple[str, _Ground]]:
    """Yield the outputs or sources that the marks of a stretch point to, with those marks."""
    found: dict[int, list[Citation]] = {}
    for citation in citations_in(draft.reading.citations, span):
        for target in citation.targets:
            if target.kind is kind:
                found.setdefault(target.position, []).append(citation)
    iris = draft.outputs if kind is TargetKind.OUTPUT else draft.sources
    for position, citations in found.items():
        mark = shorten(draft.reading.plain.words(citations[0].span), _MARK)
        yield iris[position - 1], _Ground(tuple(c.span for c in citations), mark)
