"""Remedies, needs and what sources are good for as plain records of JSON values."""

from __future__ import annotations

from impactgraph.remedies import Need, Remedies, Remedy, SourceUse
from impactgraph.views.records import Record, gap_record, short_record

__all__ = ["need_record", "remedies_record", "use_record"]


def remedies_record(found: Remedies) -> Record:
    """Return remedies in the order in which to take them, and the gaps that none closes."""
    return {
        "remedies": [_remedy(remedy) for remedy in found.remedies],
        "left": [gap_record(gap) for gap in found.left],
        "untried": found.untried,
    }


def need_record(need: Need) -> Record:
    """Return what an impact would need."""
    return {
        "impact": short_record(need.impact),
        "sentence": need.sentence,
        "outside": need.outside,
        "voices": list(need.voices),
        "funders": list(need.funders),
        "groups": list(need.groups),
        "wanted": [
            {
                "evidence": wanted.evidence,
                "claims": [short_record(claim) for claim in wanted.claims],
            }
            for wanted in need.wanted
        ],
    }


def use_record(use: SourceUse) -> Record:
    """Return what would be lost with a source."""
    return {
        "source": short_record(use.source),
        "sentence": use.sentence,
        "redundant": use.redundant,
        "corroborates": [short_record(node) for node in use.corroborates],
        "only_for": [short_record(node) for node in use.only_for],
        "opens": None if use.opens is None else [gap_record(gap) for gap in use.opens],
    }


def _remedy(remedy: Remedy) -> Record:
    return {
        "action": remedy.action.value,
        "sentence": remedy.sentence,
        "advice": remedy.advice,
        "because": remedy.because,
        "gain": remedy.gain,
        "nodes": [short_record(node) for node in remedy.nodes],
        "adds": [
            {"from": link.origin, "step": link.step.value, "to": link.target}
            for link in remedy.adds
        ],
        "closes": [gap_record(gap) for gap in remedy.closes],
    }
