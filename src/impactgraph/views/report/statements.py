"""The headlines of a report: what an auditor would see first, each with its reasons."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from impactgraph.attestation import Attestations
from impactgraph.gaps import Gap, find_gaps
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of, nodes_of
from impactgraph.headline import Headline
from impactgraph.model import Basis, Figure, Link, Motivation, SourceType, Step
from impactgraph.parties import Party
from impactgraph.robustness import Corroboration
from impactgraph.views.report.values import Statement
from impactgraph.wording import capitalise, count_of, join_words, name_together

__all__ = ["Told", "state_headlines"]

_MOST_FIGURES = 4
"""How many figures the headline gives."""
_MOST_IMPACTS = 3
"""Of how many impacts with several sources the headline says which."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What the headlines are told from: what the document itself states."""

    graph: CaseGraph
    headline: Headline
    known: Attestations
    corroboration: tuple[Corroboration, ...]


def state_headlines(told: Told) -> tuple[Statement, ...]:
    """Return what is to be said first of a case study, of what its document states alone."""
    gaps = find_gaps(told.graph, basis=Basis.STATED)
    by_kind = {gap.kind: gap for gap in reversed(gaps)}
    if not told.headline.impacts:
        return (Statement(text="The case study has no impact."),)
    return (
        _state_reach(told, by_kind.get("research-as-a-whole")),
        *_state_pathways(told, by_kind.get("pathway-figures-uncorroborated")),
        *_state_sources(told),
    )


def _state_reach(told: Told, whole: Gap | None) -> Statement:
    graph, found = told.graph, told.headline
    stated = [link for link in links_of(graph) if link.basis is Basis.STATED]
    unmarked = _find_uncited(graph)
    if whole is not None:
        credited = [node_of(graph, link.target) for link in stated if _credits(link)]
        text = _say_whole(graph, credited, bool(unmarked))
    else:
        text = (
            f"{_say_reached(found.reached_stated, found.impacts)} reached from a finding or an "
            "output by steps that the document states."
        )
    reasons = []
    if unmarked and whole is None:
        reasons.append(f"{_say_range(unmarked)} is marked in section 4.")
    if whole is None and found.stops is not None:
        reasons.append(
            f"{'Towards the rest, the' if found.reached_stated else 'The'} stated chains stop "
            f"{found.stops.words}."
        )
    led = [link for link in stated if link.step is Step.LED_TO]
    if led and all(link.collective for link in led):
        carriers = _ends(graph, led, "origin")
        fed = {link.target for link in stated if link.step is Step.CARRIED_BY}
        bare = whole is not None and fed.isdisjoint(node.iri for node in carriers)
        reasons.append(
            f"{capitalise(name_together(carriers))} are said to have led to "
            f"{name_together(_ends(graph, led, 'target'))} together"
            f"{'; no finding or output is named for them' if bare else ''}."
        )
    return Statement(text=text, reasons=tuple(reasons))


def _state_pathways(told: Told, gap: Gap | None) -> Iterator[Statement]:
    if gap is None:
        return
    model = model_of(told.graph)
    pathways = {node.iri for node in gap.nodes}
    given = {
        iri for pathway in model.pathways if pathway.iri in pathways for iri in pathway.figures
    }
    figures = [
        figure.label
        for figure in sorted(model.figures, key=lambda figure: (_start(figure), figure.iri))
        if figure.iri in given and figure.part_of is None
    ]
    such = f", such as {join_words(figures[:_MOST_FIGURES])}" if figures else ""
    yield Statement(text=f"No source is cited for the figures of {name_together(gap.nodes)}{such}.")


def _state_sources(told: Told) -> Iterator[Statement]:
    """Yield on how many sources the impacts rest, and whether those who speak have a part."""
    bare = [found.impact for found in told.corroboration if not found.tally.sources]
    if bare:
        have = "has" if len(bare) == 1 else "have"
        yield Statement(text=f"{capitalise(name_together(bare))} {have} no source.")
    said = []
    if alone := [found for found in told.corroboration if found.tally.sources == 1]:
        said.append(_say_alone(alone))
    several = [found for found in told.corroboration if found.tally.sources > 1]
    if len(several) <= _MOST_IMPACTS:
        said += [_say_several(told, found) for found in several]
    else:
        names = name_together(found.impact for found in several)
        said.append(f"{capitalise(names)} rest on several sources each.")
    if said:
        yield Statement(text=" ".join(said))


def _say_alone(alone: Sequence[Corroboration]) -> str:
    types = {found.attested.sources[0].source_type for found in alone}
    noun = "testimonial" if types == {SourceType.TESTIMONIAL} else "source"
    one = len(alone) == 1
    names = capitalise(name_together(found.impact for found in alone))
    said = f"{names} {'rests' if one else 'rest'} on one {noun}{'' if one else ' each'}"
    if all(_all_have_part(found.attested.parties) for found in alone):
        said += ", from somebody with a part in the work"
    return f"{said}."


def _say_several(told: Told, found: Corroboration) -> str:
    sources = found.attested.sources
    spoken = [node for node in sources if node.source_type is SourceType.TESTIMONIAL]
    written = [node for node in sources if node not in spoken]
    kinds = []
    if written:
        kinds.append(f"{count_of(len(written), 'document')} ({_letters(written)})")
    if spoken:
        kinds.append(f"{count_of(len(spoken), 'testimonial')} ({_letters(spoken)})")
    said = f"{capitalise(found.impact.name)} rests on {join_words(kinds)}"
    if near := [node for node in written if _all_have_part(told.known.parties[node.iri])]:
        one = len(near) == 1
        said += (
            f"; of the documents {_letters(near)} {'comes' if one else 'come'} through "
            f"{'a party' if one else 'parties'} to the work"
        )
        if spoken and all(_all_have_part(told.known.parties[node.iri]) for node in spoken):
            does = "does the testimonial" if len(spoken) == 1 else "do the testimonials"
            said += f", and so {does}"
    return f"{said}."


def _find_uncited(graph: CaseGraph) -> tuple[GraphNode, ...]:
    """Return the outputs, if there are marks of outputs and none of them stands in section 4."""
    outputs = nodes_of(graph, Kind.OUTPUT)
    known = {node.iri for node in outputs}
    marks = [mark for mark in model_of(graph).marks if not known.isdisjoint(mark.cites)]
    there = any(anchor.section.startswith("4") for mark in marks for anchor in mark.anchors)
    return () if there or not marks else outputs


def _say_range(outputs: Sequence[GraphNode]) -> str:
    """Say that neither the one output nor any of several is."""
    if len(outputs) == 1:
        return f"No passage that cites {outputs[0].name}"
    last = outputs[-1].notation or len(outputs)
    return f"None of outputs {outputs[0].notation or 1} to {last}"


def _ends(graph: CaseGraph, links: Iterable[Link], end: str) -> list[GraphNode]:
    return [node_of(graph, iri) for iri in dict.fromkeys(getattr(link, end) for link in links)]


def _say_whole(graph: CaseGraph, credited: Sequence[GraphNode], lettered: bool) -> str:
    """Say that the research is credited as a whole, and what stands in words alone."""
    said = f"For {name_together(credited)} the document credits the research as a whole"
    if not lettered:
        return f"{said}: it states no step from a finding or an output to a pathway or an impact."
    ties = f"ties no change to one of {_name_unnamed(graph)} by letter or number."
    if shown := _find_shown(graph):
        return (
            f"{said}. Section 4 names in words what was found or shown for "
            f"{name_together(shown)} (see the questions), but {ties}"
        )
    return f"{said}: section 4 {ties}"


def _find_shown(graph: CaseGraph) -> list[GraphNode]:
    """Return the impacts of which it is asked which findings of the research are meant."""
    model = model_of(graph)
    own = {research.iri for research in model.research}
    within = {claim.iri: claim.claim_of for claim in model.claims}
    about = {
        within.get(iri, iri)
        for note in model.notes
        if note.motivation is Motivation.QUESTIONING and "findings" in note.body
        if not own.isdisjoint(note.about)
        for iri in note.about
    }
    return [node for node in nodes_of(graph, Kind.IMPACT) if node.iri in about]


def _credits(link: Link) -> bool:
    return link.step is Step.CREDITED_FOR


def _name_unnamed(graph: CaseGraph) -> str:
    """Name all findings and outputs, by the first and the last of each."""
    kinds = [nodes_of(graph, kind) for kind in (Kind.FINDING, Kind.OUTPUT)]
    named = [
        f"{nodes[0].kind.value}s {nodes[0].notation or 1} to {nodes[-1].notation or len(nodes)}"
        if len(nodes) > 1
        else nodes[0].name
        for nodes in kinds
        if nodes
    ]
    return join_words(named, "or")


def _say_reached(reached: int, impacts: int) -> str:
    if impacts == 1:
        return "The impact is" if reached else "The impact is not"
    if reached == impacts:
        return f"All {impacts} impacts are"
    return {0: f"None of {impacts} impacts is", 1: f"One of {impacts} impacts is"}.get(
        reached, f"{reached} of {impacts} impacts are"
    )


def _start(figure: Figure) -> int:
    return min((anchor.start for anchor in figure.anchors), default=0)


def _all_have_part(parties: Sequence[Party]) -> bool:
    return bool(parties) and all(party.known_part for party in parties)


def _letters(nodes: Sequence[GraphNode]) -> str:
    return join_words([node.notation or node.label for node in nodes])
