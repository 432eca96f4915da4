"""Gaps in who speaks: testimony alone, one party, only parties of the research, none of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from impactgraph.gaps.evidence import CREDIT, INFLUENCE, Evidence
from impactgraph.gaps.gap import Gap, Severity
from impactgraph.gaps.kind import GapKind
from impactgraph.graph import GraphNode, Kind
from impactgraph.model import SourceType, Step
from impactgraph.parties import Party
from impactgraph.wording import capitalise, join_words, name_together

__all__ = [
    "TESTIMONY_KINDS",
    "find_all_parties_involved",
    "find_single_party",
    "find_step_unattested",
    "find_testimony_alone",
]

_ATTESTS = frozenset({Step.ATTESTS})


def find_step_unattested(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts whose sources attest the change and not the part of the research in it.

    A step leads to the impact, or it is credited to the research, and it has sources; but none of
    these attests the research, or a finding or an output of it. Where no source at all is known
    to attest any of it, nothing was read of that, and nothing is known.
    """
    if not any(evidence.out_of(source.iri, _ATTESTS) for source in evidence.nodes(Kind.SOURCE)):
        return
    for node, sources in _sourced_impacts(evidence):
        if not evidence.to(node.iri, INFLUENCE | CREDIT):
            continue
        if any(evidence.out_of(source.iri, _ATTESTS) for source in sources):
            continue
        names = name_together(sources)
        yield evidence.gap(
            "step-unattested",
            Severity.MEDIUM,
            (node,),
            f"As far as the document says, what the sources of {node.name} ({names}) attest is the "
            "change, and not the part of the research in it."
            if evidence.read_by_person
            else f"No source of {node.name} ({names}) was found to speak of the research.",
            f"Say in section 4 or 5 where a source of {node.name} names the research, "
            "or obtain a statement that does.",
            probable=tuple(
                link
                for source in sources
                for link in evidence.suggested_out_of(source.iri, _ATTESTS)
            ),
        )


def find_testimony_alone(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts all of whose sources are testimonials: low, as testimony is evidence too."""
    for node, sources in _sourced_impacts(evidence):
        if all(source.source_type is SourceType.TESTIMONIAL for source in sources):
            yield evidence.gap(
                "testimony-alone",
                Severity.LOW,
                (node,),
                f"{capitalise(node.name)} rests on testimony alone: {name_together(sources)}.",
                f"Add a document or data that shows {node.name} as well, such as minutes, "
                "a policy text or a web page.",
            )


def find_single_party(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts for which one party speaks: in one source, or in all of several.

    One source that several parties speak for is no such gap. Nor is there one if the party of a
    source is unknown: it may be another one, or several, as entries of section 5 often gather what
    different people say.
    """
    for node, sources in _sourced_impacts(evidence):
        parties = evidence.attestations.parties_among(sources)
        unknown = any(not evidence.attestations.parties[source.iri] for source in sources)
        if unknown or len(parties) > 1:
            continue
        yield evidence.gap(
            "single-party",
            Severity.LOW,
            (node,),
            _describe_single(node, sources, parties[0]),
            f"Add a source from somebody else that shows {node.name}.",
        )


def find_all_parties_involved(evidence: Evidence) -> Iterator[Gap]:
    """Yield impacts for which nobody speaks but parties with a known part in the research.

    Where some of them only benefit from the impact it is a note: that a beneficiary speaks for an
    impact is ordinary evidence. Where the party of a source is unknown there is no such gap.
    """
    for node, sources in _sourced_impacts(evidence):
        parties = evidence.attestations.parties_among(sources)
        if any(not evidence.attestations.parties[source.iri] for source in sources):
            continue
        if not all(party.known_part or node in party.benefits_from for party in parties):
            continue
        words = join_words([party.words if party.known_part else party.name for party in parties])
        benefit = [party for party in parties if not party.known_part]
        who = "The one who speaks for" if len(parties) == 1 else "All who speak for"
        have = "has" if len(parties) == 1 else "have"
        if not benefit:
            reason = f"{who} {node.name} {have} a part in the research: {words}."
        elif len(benefit) == len(parties):
            verb = "benefits" if len(parties) == 1 else "benefit"
            reason = f"{who} {node.name} {verb} from it: {words}."
        else:
            reason = f"{who} {node.name} {have} a part in the research or benefit from it: {words}."
        yield evidence.gap(
            "all-parties-involved",
            Severity.NOTE if benefit else Severity.MEDIUM,
            (node,),
            reason,
            f"Add a source that shows {node.name} from somebody who had no part in the research.",
        )


def _describe_single(node: GraphNode, sources: Sequence[GraphNode], party: Party) -> str:
    if len(sources) > 1:
        return (
            f"All sources of {node.name} come from one party, {party.name}: "
            f"{name_together(sources)}."
        )
    return f"{capitalise(node.name)} rests on one source, {sources[0].name}: {party.name}."


def _sourced_impacts(evidence: Evidence) -> Iterator[tuple[GraphNode, tuple[GraphNode, ...]]]:
    """Yield the impacts that have sources, of their own or of their claims, and these."""
    for node in evidence.nodes(Kind.IMPACT):
        sources = evidence.attestations.sources_of(node.iri)
        if sources:
            yield node, sources


TESTIMONY_KINDS = (
    GapKind(
        id="step-unattested",
        title="Part of the research unattested",
        meaning="the sources of an impact attest the change, and not the research's part in it",
        severity=Severity.MEDIUM,
        find=find_step_unattested,
    ),
    GapKind(
        id="all-parties-involved",
        title="Only parties of the research speak",
        meaning="all who speak for an impact have a known part in the research",
        severity=Severity.MEDIUM,
        find=find_all_parties_involved,
    ),
    GapKind(
        id="testimony-alone",
        title="Testimony alone",
        meaning="all sources of an impact are testimonials",
        severity=Severity.LOW,
        find=find_testimony_alone,
    ),
    GapKind(
        id="single-party",
        title="One party alone",
        meaning="one party speaks for an impact, in one source or in all of several",
        severity=Severity.LOW,
        find=find_single_party,
    ),
)
