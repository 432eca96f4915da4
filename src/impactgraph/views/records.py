"""The answers as plain records of JSON values: what the command line prints and the API serves."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, TypeAlias

from impactgraph.chains import Chain
from impactgraph.gaps import Gap
from impactgraph.graph import CaseGraph, GraphNode, links_of, nodes_of
from impactgraph.headline import Headline
from impactgraph.matrix import Matrix
from impactgraph.model import Anchor, Basis, Link
from impactgraph.parties import Party
from impactgraph.underpinnings import FindingUnderpinning, ImpactUnderpinning, Underpinning
from impactgraph.views.values import CaseStudySummary

__all__ = [
    "Record",
    "anchor_record",
    "chain_record",
    "finding_record",
    "gap_record",
    "graph_record",
    "headline_record",
    "impact_record",
    "link_record",
    "matrix_record",
    "node_record",
    "short_record",
    "summary_record",
    "underpinning_record",
]

Record: TypeAlias = dict[str, Any]


def node_record(node: GraphNode) -> Record:
    """Return a node: iri, kind, notation, label and anchors."""
    return {
        "iri": node.iri,
        "kind": node.kind.value,
        "notation": node.notation,
        "label": node.label,
        "claim_of": node.claim_of,
        "anchors": [anchor_record(anchor) for anchor in node.anchors],
    }


def link_record(link: Link) -> Record:
    """Return a link with its basis, its reason and its places."""
    return {
        "iri": link.iri,
        "from": link.origin,
        "step": link.step.value,
        "to": link.target,
        "basis": link.basis.value,
        "collective": link.collective,
        "confidence": float(link.confidence),
        "rationale": link.rationale,
        "method": link.method,
        "anchors": [anchor_record(anchor) for anchor in link.anchors],
    }


def graph_record(graph: CaseGraph, *, basis: Basis) -> Record:
    """Return the nodes of a case study and the links that count under a basis."""
    return {
        "case_study": graph.graph["case_study"],
        "slug": graph.graph["slug"],
        "basis": basis.value,
        "nodes": [node_record(node) for node in nodes_of(graph)],
        "links": [link_record(link) for link in links_of(graph) if basis.admits(link.basis)],
    }


def chain_record(chain: Chain, witnesses: Iterable[Party] = ()) -> Record:
    """Return a chain: its sentence, its extent, its weakest link, its nodes and links.

    Args:
        chain: the chain.
        witnesses: the parties that attest each of its steps after the output.
    """
    return {
        "sentence": chain.sentence,
        "start": chain.start.value,
        "stop": chain.stop.value,
        "skipped": [stage.value for stage in chain.skipped],
        "reaching": chain.reaching,
        "complete": chain.complete,
        "basis": chain.basis.value,
        "collective": chain.collective,
        "confidence": float(chain.weakest.confidence),
        "weakest_link": chain.weakest.iri,
        "nodes": [short_record(node) for node in chain.nodes],
        "links": [link_record(link) for link in chain.links],
        "witnesses": [{"iri": party.iri, "name": party.name} for party in witnesses],
    }


def gap_record(gap: Gap) -> Record:
    """Return a gap: kind, severity, where it is, the reason and the remedy."""
    return {
        "kind": gap.kind,
        "severity": gap.severity.value,
        "basis": gap.basis.value,
        "nodes": [short_record(node) for node in gap.nodes],
        "about": list(gap.about),
        "places": [anchor_record(anchor) for anchor in gap.places],
        "reason": gap.reason,
        "remedy": gap.remedy,
        "absence": gap.absence.value,
        "probable": [link_record(link) for link in gap.probable],
        "members": [gap_record(member) for member in gap.members],
    }


def matrix_record(matrix: Matrix) -> Record:
    """Return the matrix: a row for each finding, a cell for each impact, and the remark."""
    return {
        "findings": [short_record(node) for node in matrix.findings],
        "impacts": [short_record(node) for node in matrix.impacts],
        "cells": [
            [
                {
                    "finding": cell.finding,
                    "impact": cell.impact,
                    "chain_count": cell.chain_count,
                    "weakest_link": cell.weakest_link.iri if cell.weakest_link else None,
                    "basis": cell.basis.value if cell.basis else None,
                    "confidence": None if cell.confidence is None else float(cell.confidence),
                    "collective": cell.collective,
                }
                for cell in row
            ]
            for row in matrix.cells
        ],
        "remark": matrix.remark,
    }


def underpinning_record(found: Underpinning) -> Record:
    """Return that a finding underpins an impact: how many chains, and the strongest of them."""
    return {
        "finding": short_record(found.finding),
        "impact": short_record(found.impact),
        "basis": found.basis.value,
        "chain_count": found.chain_count,
        "weakest_link": link_record(found.weakest_link),
        "collective": found.collective,
        "through": [short_record(node) for node in found.through],
    }


def impact_record(explained: ImpactUnderpinning) -> Record:
    """Return what an impact rests on."""
    return {
        "impact": short_record(explained.impact),
        "basis": explained.basis.value,
        "sentence": explained.sentence,
        "credits": [link_record(link) for link in explained.credits],
        "findings": [underpinning_record(found) for found in explained.findings],
        "steps": [
            {"node": short_record(step.node), "link": link_record(step.link)}
            for step in explained.steps
        ],
        "evidence": [
            {"node": short_record(support.node), "link": link_record(support.link)}
            for support in explained.evidence
        ],
    }


def finding_record(explained: FindingUnderpinning) -> Record:
    """Return what a finding leads to."""
    return {
        "finding": short_record(explained.finding),
        "basis": explained.basis.value,
        "sentence": explained.sentence,
        "outputs": [
            {"node": short_record(support.node), "link": link_record(support.link)}
            for support in explained.outputs
        ],
        "impacts": [underpinning_record(found) for found in explained.impacts],
    }


def headline_record(headline: Headline) -> Record:
    """Return the headline's numbers and its sentence."""
    return {
        "sentence": headline.sentence,
        "impacts": headline.impacts,
        "reached_stated": headline.reached_stated,
        "reached_curated": headline.reached_curated,
        "credited": headline.credited,
        "claims": headline.claims,
        "sourced": headline.sourced,
        "covered": headline.covered,
        "stops": headline.stops.words if headline.stops else None,
    }


def summary_record(summary: CaseStudySummary) -> Record:
    """Return a case study's slug, IRI, title, periods, counts by stage and the like."""
    return {
        "slug": summary.slug,
        "iri": summary.iri,
        "label": summary.label,
        "title": summary.title,
        "institution": summary.institution,
        "unit_of_assessment": summary.unit_of_assessment,
        "exercise": summary.exercise,
        "research_period": summary.research_period,
        "impact_period": summary.impact_period,
        "description": summary.description,
        "counts": {stage.value: number for stage, number in summary.counts.items()},
        "claims": summary.claims,
        "stale_since": summary.stale_since,
    }


def short_record(node: GraphNode) -> Record:
    """Return a node, named."""
    return {
        "iri": node.iri,
        "kind": node.kind.value,
        "notation": node.notation,
        "label": node.label,
    }


def anchor_record(anchor: Anchor) -> Record:
    """Return a place in the document."""
    return {
        "section": anchor.section,
        "start": anchor.start,
        "end": anchor.end,
        "quote": anchor.exact,
    }
