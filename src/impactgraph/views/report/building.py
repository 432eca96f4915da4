"""Putting a report together from a case study's graph."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import islice
from operator import attrgetter
from typing import Protocol

from impactgraph.attestation import Attestations
from impactgraph.chains import chain_along
from impactgraph.gaps import KINDS, Gap, Severity, find_gaps
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of, nodes_of
from impactgraph.headline import headline
from impactgraph.matrix import underpinning_matrix
from impactgraph.model import Anchor, Basis, CaseStudy, Link, Motivation, SourceType, Step
from impactgraph.paths import walk_strongest
from impactgraph.remedies import (
    find_unchanging,
    list_needs,
    list_requests,
    list_source_uses,
    suggest_remedies,
)
from impactgraph.robustness import measure_corroboration, measure_robustness, order_by_evidence
from impactgraph.steps import count_paths, read_steps
from impactgraph.threads import find_threads, find_witnesses
from impactgraph.underpinnings import explain_impact
from impactgraph.views.quotes import Passage
from impactgraph.views.report.advice import gather_advice
from impactgraph.views.report.impacts import ImpactTeller, find_doubted
from impactgraph.views.report.method import METHOD
from impactgraph.views.report.statements import Told, state_headlines
from impactgraph.views.report.tidying import gather_tidying
from impactgraph.views.report.values import (
    ChainRow,
    EvidenceRow,
    GapGroup,
    ImpactRow,
    Question,
    Report,
    SourceRow,
)
from impactgraph.views.values import name_basis
from impactgraph.wording import join_words, level_words

__all__ = ["build_report"]


class _Labelled(Protocol):
    @property
    def iri(self) -> str: ...

    @property
    def label(self) -> str: ...


MOST_CHAINS = 100
"""How many chains a report lists; it says how many there are."""


def build_report(graph: CaseGraph, *, basis: Basis) -> Report:
    """Return the report of a case study.

    The first page says what the document states, whatever the basis: that is what an auditor
    reads. Remedies, picture, matrix, chains, gaps and evidence are those of the basis.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    model = model_of(graph)
    stated, known = Attestations(graph, Basis.STATED), Attestations(graph, basis)
    found = headline(graph)
    robustness = measure_robustness(graph, basis=basis)
    gaps = find_gaps(graph, basis=basis)
    needs = list_needs(graph, basis=basis, known=known)
    spoken = measure_corroboration(graph, basis=Basis.STATED, known=stated)
    teller = ImpactTeller(graph, stated)
    asked = list_requests(graph, basis=Basis.CURATED)
    remedies = suggest_remedies(graph, basis=basis)
    chains, total = _list_chains(graph, basis, known)
    return Report(
        graph=graph,
        case_study=model.iri,
        slug=model.slug,
        title=model.title,
        about=tuple(_describe(model)),
        document=model.document.digest,
        basis=basis,
        level=level_words(basis),
        headline=found,
        summary=state_headlines(
            Told(graph=graph, headline=found, known=stated, corroboration=spoken)
        ),
        matrix=underpinning_matrix(graph, basis=basis),
        impacts=tuple(
            ImpactRow(
                impact=row.impact,
                paragraph=teller.tell(told, [one for one in asked if one.impact == row.impact]),
                said=explain_impact(graph, row.impact, basis=Basis.STATED).sentence,
                corroboration=row.sentence,
                need=need,
                places=_passages(row.impact.anchors),
            )
            for row, need, told in zip(robustness.corroboration, needs, spoken, strict=True)
        ),
        ranking=order_by_evidence(spoken),
        chains=chains,
        chain_total=total,
        threads=find_threads(graph, basis=basis, known=known),
        robustness=robustness,
        gaps=tuple(_group(gaps)),
        remedies=remedies,
        advice=gather_advice(graph, basis=basis),
        tidying=gather_tidying(graph),
        evidence=tuple(_list_evidence(graph, basis, known)),
        sources=tuple(_list_sources(graph, basis, known)),
        questions=tuple(_list_questions(graph, model)),
        method=METHOD,
    )


def _describe(model: CaseStudy) -> Iterator[tuple[str, str]]:
    labels = _label(
        model.reference.organisations,
        model.reference.units_of_assessment,
        model.reference.exercises,
        model.periods,
    )
    for term, iri in (
        ("Institution", model.submitted_by),
        ("Unit of assessment", model.unit_of_assessment),
        ("Exercise", model.exercise),
        ("Research", model.research_period),
        ("Impact", model.impact_period),
    ):
        if iri is not None:
            yield term, labels.get(iri, iri)


def _list_chains(
    graph: CaseGraph, basis: Basis, known: Attestations
) -> tuple[tuple[ChainRow, ...], int]:
    """Return the strongest chains, each up to its impact, and how many there are."""
    steps = read_steps(graph, basis, influence_only=True)
    sources: dict[str, list[str]] = {}
    for link in links_of(graph):
        if link.step is Step.CORROBORATED_BY and basis.admits(link.basis):
            node = node_of(graph, link.target)
            sources.setdefault(link.origin, []).append(node.notation or node.label)
    rows = []
    for path in islice(walk_strongest(steps, steps.starts, steps.ends), MOST_CHAINS):
        chain = chain_along(graph, steps, path)
        weakest = chain.weakest
        rows.append(
            ChainRow(
                nodes=chain.nodes,
                together=bool(chain.links) and chain.links[-1].collective,
                path=" → ".join(node.name for node in chain.nodes),
                sentence=chain.sentence,
                weakest=name_basis(
                    weakest.basis, weakest.confidence, collective=weakest.collective
                ),
                skips=join_words([stage.value for stage in chain.skipped]),
                reaching=chain.reaching,
                sources=", ".join(dict.fromkeys(sources.get(path[-1], ()))),
                witnesses=join_words([party.name for party in find_witnesses(chain, known)]),
                places=_passages(chain.anchors),
            )
        )
    return tuple(rows), count_paths(steps, steps.starts, steps.ends)


def _group(gaps: Iterable[Gap]) -> Iterator[GapGroup]:
    by_kind: dict[tuple[Severity, str], list[Gap]] = {}
    for gap in gaps:
        by_kind.setdefault((gap.severity, gap.kind), []).append(gap)
    for (severity, kind), some in by_kind.items():
        yield GapGroup(
            severity=severity.value,
            kind=kind,
            title=KINDS[kind].title,
            meaning=KINDS[kind].meaning,
            gaps=tuple(some),
        )


def _list_evidence(graph: CaseGraph, basis: Basis, known: Attestations) -> Iterator[EvidenceRow]:
    """Yield each claim with each of its sources, by impact and in the document's order."""
    leading: dict[str, dict[str, Link]] = {}
    for known_link in links_of(graph):
        if known_link.step is Step.CORROBORATED_BY and basis.admits(known_link.basis):
            best = leading.setdefault(known_link.origin, {})
            other = best.setdefault(known_link.target, known_link)
            best[known_link.target] = max(other, known_link, key=attrgetter("strength"))
    still, meant = find_unchanging(graph), _list_meant(graph)
    claims = sorted(nodes_of(graph, Kind.CLAIM), key=lambda claim: _order(graph, claim))
    for node in (*claims, *nodes_of(graph, Kind.PATHWAY)):
        place = _find_telling(node.label, _passages(node.anchors))
        within = _find_impact(graph, node) or node
        links: Iterable[Link | None] = leading.get(node.iri, {}).values() or (None,)
        for link in links:
            source = node_of(graph, link.target) if link else None
            yield EvidenceRow(
                impact=within.name,
                claim=node.label,
                source=(source.notation or source.label) if source else "",
                basis=name_basis(link.basis, link.confidence) if link else "",
                attestation=known.of_source(source.iri).attestation.words
                if source
                else "no mark in its sentence",
                section=place.section if place else "",
                quote=place.quote if place else "",
                changes=node.iri not in still,
                meant=meant.get(node.iri, ""),
            )


def _list_meant(graph: CaseGraph) -> dict[str, str]:
    """Name for each claim the sources that an analyst or a program, not the document, joins to it.

    A source that the document itself joins to it is not named again.
    """
    stated = set[tuple[str, str]]()
    concluded: dict[str, dict[str, Basis]] = {}
    for link in links_of(graph):
        if link.step is not Step.CORROBORATED_BY:
            continue
        if link.basis is Basis.STATED:
            stated.add((link.origin, link.target))
        elif concluded.setdefault(link.origin, {}).get(link.target) is not Basis.CURATED:
            concluded[link.origin][link.target] = link.basis
    return {
        origin: ", ".join(
            f"{node_of(graph, target).notation or node_of(graph, target).label} "
            f"({'probably' if basis is Basis.CURATED else 'possibly'})"
            for target, basis in sorted(
                some.items(), key=lambda pair: node_of(graph, pair[0]).sort_key
            )
            if (origin, target) not in stated
        )
        for origin, some in concluded.items()
    }


def _name_type(source_type: SourceType | None) -> str:
    """Name a type of source in words that hold for all that are of it."""
    if source_type is SourceType.MINUTES:
        return "record of a meeting"
    return source_type.value if source_type else ""


def _order(graph: CaseGraph, claim: GraphNode) -> tuple[object, ...]:
    impact = _find_impact(graph, claim)
    place = min((anchor.start for anchor in claim.anchors), default=0)
    return impact.sort_key if impact else (), place, claim.iri


def _find_impact(graph: CaseGraph, claim: GraphNode) -> GraphNode | None:
    if claim.claim_of is None or claim.claim_of not in graph:
        return None
    return node_of(graph, claim.claim_of)


def _list_sources(graph: CaseGraph, basis: Basis, known: Attestations) -> Iterator[SourceRow]:
    doubted = find_doubted(model_of(graph))
    dates: Mapping[str, str | None] = {
        source.iri: source.date for source in model_of(graph).sources
    }
    for use in list_source_uses(graph, basis=basis):
        parties = known.parties[use.source.iri]
        yield SourceRow(
            source=use.source,
            type=_name_type(use.source.source_type),
            date=dates[use.source.iri] or "",
            parties=(join_words([party.name for party in parties]) or "not said")
            + (" (see the questions)" if use.source.iri in doubted else ""),
            part="; ".join(party.part_words or "none known" for party in parties),
            use=use,
        )


def _list_questions(graph: CaseGraph, model: CaseStudy) -> Iterator[Question]:
    labels = _label(model.people, model.groups, model.grants, model.projects, model.figures)
    asked = [note for note in model.notes if note.motivation is Motivation.QUESTIONING]
    sources = {source.iri for source in model.sources}
    impacts = {impact.iri for impact in model.impacts}
    doubted = find_doubted(model)
    claims = {claim.iri for claim in model.claims}
    first: list[Question] = []
    others: list[Question] = []
    for note in sorted(asked, key=lambda note: (_start(note.anchors), note.iri)):
        names = [
            node_of(graph, iri).name if iri in graph else labels.get(iri) for iri in note.about
        ]
        asks, of_source = note.label.endswith("?"), not sources.isdisjoint(note.about)
        question = Question(
            title=note.label,
            pressing=not impacts.isdisjoint(note.about)
            or not doubted.isdisjoint(note.about)
            or (asks and not sources.isdisjoint(note.about))
            or not claims.isdisjoint(note.about),
            about=join_words([name for name in names if name]),
            text=note.body,
            places=_passages(note.anchors),
        )
        (first if asks and of_source else others).append(question)
    yield from (*first, *others)


def _label(*things: Iterable[_Labelled]) -> dict[str, str]:
    return {thing.iri: thing.label for some in things for thing in some}


def _start(anchors: Iterable[Anchor]) -> int:
    return min((anchor.start for anchor in anchors), default=0)


def _find_telling(label: str, places: Iterable[Passage]) -> Passage | None:
    """Return the passage whose quote shares most words with a label, the first of several."""
    words = set(label.casefold().split())
    return max(
        places, key=lambda place: len(words & set(place.exact.casefold().split())), default=None
    )


def _passages(anchors: Iterable[Anchor]) -> tuple[Passage, ...]:
    return tuple(
        Passage(exact=anchor.exact, section=anchor.section, start=anchor.start, end=anchor.end)
        for anchor in sorted(anchors, key=lambda anchor: (anchor.start, anchor.end))
    )
