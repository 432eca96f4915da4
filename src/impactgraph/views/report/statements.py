"""What the summary of a report says: what an auditor would see first, each with its reasons."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.gaps import Gap, find_gaps
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of
from impactgraph.headline import Headline
from impactgraph.model import Basis, Figure, Link, Motivation, Source, SourceType, Step
from impactgraph.parties import Party
from impactgraph.remedies import Need
from impactgraph.robustness import Corroboration
from impactgraph.views.report.values import Statement
from impactgraph.wording import capitalise, count_of, join_words, name_together

__all__ = ["Told", "state_summary"]

_SENTENCE = re.compile(r"(?<=[.?!])\s+(?=[A-Z])")
"""Between two sentences."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the summary is told from: what the document itself states, and what it would need."""

    graph: CaseGraph
    headline: Headline
    known: Attestations
    corroboration: tuple[Corroboration, ...]
    needs: tuple[Need, ...]


def state_summary(told: Told) -> tuple[Statement, ...]:
    """Return what is to be said first of a case study, of what its document states alone."""
    gaps = find_gaps(told.graph, basis=Basis.STATED)
    by_kind = {gap.kind: gap for gap in reversed(gaps)}
    return (
        *_state_reach(told, by_kind.get("research-as-a-whole")),
        *_state_pathways(told, by_kind.get("pathway-figures-uncorroborated")),
        *_state_testimony(told),
        *_state_documents(told),
        *_state_unsourced(told, gaps),
        *_state_claims(told),
        *_state_needs(told),
    )


def _state_reach(told: Told, whole: Gap | None) -> Iterator[Statement]:
    stated = [link for link in links_of(told.graph) if link.basis is Basis.STATED]
    credited = [
        node_of(told.graph, link.target) for link in stated if link.step is Step.CREDITED_FOR
    ]
    reasons = []
    if told.headline.stops is not None:
        towards = "Towards the others, the" if told.headline.reached_stated else "The"
        reasons.append(
            f"{towards} chains that the document states stop {told.headline.stops.words}."
        )
    led = [link for link in stated if link.step is Step.LED_TO]
    if led and all(link.collective for link in led):
        reasons.append(
            "It joins its pathways and its impacts as groups, and does not say of each pathway "
            f"which impact it led to{_say_pairs(told.graph)}."
        )
    if concluded := _count_concluded(told.graph):
        reasons.append(
            f"{capitalise(count_of(concluded, 'link'))} from findings or outputs to pathways or "
            f"impacts {'is' if concluded == 1 else 'are'} a curator's conclusion from shared "
            "content; whoever reads the document alone has none of them."
        )
    if whole is not None:
        text = (
            f"The document credits the research as a whole for {name_together(credited)}. No "
            "stated step joins a finding or an output to a pathway or an impact."
        )
    else:
        text = capitalise(f"{told.headline.sentence.split(';')[0].rstrip('.')}.")
    if told.headline.impacts:
        yield Statement(text=text, reasons=tuple(reasons))


def _state_pathways(told: Told, gap: Gap | None) -> Iterator[Statement]:
    if gap is None:
        return
    model = model_of(told.graph)
    pathways = {node.iri for node in gap.nodes}
    given = {
        iri for pathway in model.pathways if pathway.iri in pathways for iri in pathway.figures
    }
    figures = [
        _name_figure(figure, model.figures)
        for figure in sorted(model.figures, key=lambda figure: (_start(figure), figure.iri))
        if figure.iri in given and figure.part_of is None
    ]
    yield Statement(
        text=f"The figures of {name_together(gap.nodes)} are uncorroborated.",
        reasons=(
            *((f"They are: {join_words(figures)}.",) if figures else ()),
            "No source mark stands at any of them.",
        ),
    )


def _name_figure(figure: Figure, figures: Iterable[Figure]) -> str:
    """Return a figure's label, with those of its parts in brackets."""
    parts = [
        part.label
        for part in sorted(figures, key=lambda part: (_start(part), part.iri))
        if part.part_of == figure.iri
    ]
    return f"{figure.label} ({join_words(parts)})" if parts else figure.label


def _state_testimony(told: Told) -> Iterator[Statement]:
    """Yield which impacts rest on one source each, and who speaks in it with which part."""
    alone = [found for found in told.corroboration if found.tally.sources == 1]
    if not alone:
        return
    types = {found.attested.sources[0].source_type for found in alone}
    noun = "testimonial" if types == {SourceType.TESTIMONIAL} else "source"
    rest = "rests" if len(alone) == 1 else "rest"
    each = " each" if len(alone) > 1 else ""
    yield Statement(
        text=f"{capitalise(name_together(found.impact for found in alone))} {rest} on one "
        f"{noun}{each}.",
        reasons=tuple(
            f"{capitalise(found.impact.name)}, {found.attested.sources[0].name}: "
            f"{_describe(told, found.attested.sources[0])}"
            for found in alone
        ),
    )


def _state_documents(told: Told) -> Iterator[Statement]:
    """Yield which impacts rest on several sources, and through whom each of these comes."""
    for found in told.corroboration:
        sources = found.attested.sources
        if len(sources) < 2:
            continue
        spoken = [node for node in sources if node.source_type is SourceType.TESTIMONIAL]
        written = [node for node in sources if node not in spoken]
        clauses = []
        if written:
            clauses.append(f"{count_of(len(written), 'document')} ({_letters(written)})")
        if spoken:
            clauses.append(f"{count_of(len(spoken), 'testimonial')} ({_letters(spoken)})")
        near = [node for node in written if _all_have_part(told.known.parties[node.iri])]
        own = ""
        if near:
            own = (
                f" {_letters(near)} {'comes' if len(near) == 1 else 'come'} through "
                f"{'a party' if len(near) == 1 else 'parties'} to the research."
            )
        yield Statement(
            text=f"{capitalise(found.impact.name)} rests on {join_words(clauses)}.{own}",
            reasons=tuple(f"{capitalise(node.name)}: {_describe(told, node)}" for node in sources),
        )


def _state_unsourced(told: Told, gaps: Iterable[Gap]) -> Iterator[Statement]:
    bare = [gap.nodes[0] for gap in gaps if gap.kind == "uncorroborated-impact"]
    if bare:
        have = "has" if len(bare) == 1 else "have"
        yield Statement(
            text=f"{capitalise(name_together(bare))} {have} no source: nobody can check "
            f"{'it' if len(bare) == 1 else 'them'}."
        )


def _state_claims(told: Told) -> Iterator[Statement]:
    headline = told.headline
    if not headline.claims:
        return
    lacking = headline.claims - headline.sourced
    if not lacking:
        yield Statement(text="Every claim has a source in its sentence.")
        return
    by_impact = [
        f"{len(found.unsourced)} in {found.impact.name}"
        for found in told.corroboration
        if found.unsourced
    ]
    covered = headline.covered - headline.sourced
    reasons = [f"They are {join_words(by_impact)}."] if by_impact else []
    if covered:
        reasons.append(
            f"{capitalise(str(covered))} of them may be covered all the same: a mark further down "
            "in the paragraph, or what the sentence shares with one that is marked, suggests which "
            "source is meant."
        )
    have = "has" if lacking == 1 else "have"
    yield Statement(
        text=f"{lacking} of {count_of(headline.claims, 'claim')} {have} no source in "
        f"{'its' if lacking == 1 else 'their'} sentence.",
        reasons=tuple(reasons),
    )


def _state_needs(told: Told) -> Iterator[Statement]:
    """Yield what the impacts would need that nobody speaks for who has no part in the research."""
    for need in told.needs:
        if need.outside:
            yield Statement(
                text=need.sentence,
                reasons=tuple(
                    f"{capitalise(wanted.evidence)}: for "
                    f"{join_words([f'“{claim.label}”' for claim in wanted.claims])}."
                    for wanted in need.wanted
                ),
            )


def _describe(told: Told, node: GraphNode) -> str:
    """Say what a source is, who speaks for it with which part, and what a reader asks of it."""
    source = next(found for found in model_of(told.graph).sources if found.iri == node.iri)
    said = [f"{node.label}."]
    parties = told.known.parties[node.iri]
    if not parties:
        said.append("The document does not say who speaks for it.")
    said += [_tell_part(party) for party in parties]
    said += _ask(told.graph, source)
    return " ".join(said)


def _tell_part(party: Party) -> str:
    """Say which part somebody has in the research, be it through where they work."""
    if not party.parts:
        return f"No part of {party.name} in the research is known."
    return f"{party.name}, {party.part_words}."


def _ask(graph: CaseGraph, source: Source) -> Iterator[str]:
    """Yield what the notes whose titles ask something of a source ask, and their last sentences.

    A note whose title asks nothing explains a reading; it stands whole among the questions.
    """
    for note in sorted(model_of(graph).notes, key=lambda note: note.iri):
        asks = note.motivation is Motivation.QUESTIONING and note.label.endswith("?")
        if asks and source.iri in note.about:
            yield f"{note.label} {_SENTENCE.split(note.body.strip())[-1]}"


def _say_pairs(graph: CaseGraph) -> str:
    """Name the pathways and impacts that a curator joined one to one."""
    pairs = [
        f"{node_of(graph, link.origin).name} to {node_of(graph, link.target).name}"
        for link in links_of(graph)
        if link.step is Step.LED_TO and link.basis is Basis.CURATED
    ]
    return f"; from what it says, a curator joins {join_words(pairs)}" if pairs else ""


def _count_concluded(graph: CaseGraph) -> int:
    return sum(_is_concluded(graph, link) for link in links_of(graph))


def _is_concluded(graph: CaseGraph, link: Link) -> bool:
    return (
        link.basis is Basis.CURATED
        and link.step.leads
        and node_of(graph, link.origin).kind in (Kind.FINDING, Kind.OUTPUT)
        and node_of(graph, link.target).kind in (Kind.PATHWAY, Kind.IMPACT)
    )


def _start(figure: Figure) -> int:
    return min((anchor.start for anchor in figure.anchors), default=0)


def _all_have_part(parties: Sequence[Party]) -> bool:
    return bool(parties) and all(party.known_part for party in parties)


def _letters(nodes: Sequence[GraphNode]) -> str:
    return join_words([node.notation or node.label for node in nodes])
