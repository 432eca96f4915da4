"""Parties, attestation, robustness and threads as plain records of JSON values."""

from __future__ import annotations

from typing import Any

from impactgraph.parties import Party
from impactgraph.robustness import (
    Contribution,
    Corroboration,
    DisjointChains,
    Robustness,
    Shares,
    SinglePoint,
    Tally,
    Withdrawal,
)
from impactgraph.robustness.corroboration import Cut
from impactgraph.threads import Thread
from impactgraph.views.records import Record, chain_record, short_record

__all__ = ["party_record", "robustness_record", "thread_record"]

_PATHS = 20
"""How many disjoint chains of an impact are written out; `count` says how many there are."""


def robustness_record(measured: Robustness) -> Record:
    """Return all measures of robustness, each with its sentence."""
    return {
        "corroboration": [_corroboration(found) for found in measured.corroboration],
        "single_points": [_single_point(found) for found in measured.single_points],
        "disjoint_chains": [_disjoint(found) for found in measured.disjoint],
        "withdrawals": [_withdrawal(found) for found in measured.withdrawals],
        "spared": list(measured.spared),
        "contribution": _contribution(measured.contribution) if measured.contribution else None,
    }


def party_record(party: Party) -> Record:
    """Return a party with the parts that it is known to have in the research."""
    return {
        "iri": party.iri,
        "name": party.name,
        "known_part": party.known_part,
        "parts": [
            {
                "words": part.words,
                "role_in": part.role_in,
                "role": part.role_type.value if part.role_type else None,
                "post": part.post,
                "through": part.through,
            }
            for part in party.parts
        ],
        "benefits_from": [short_record(impact) for impact in party.benefits_from],
    }


def thread_record(thread: Thread) -> Record:
    """Return that a party attests each step from an output to an impact."""
    return {
        "sentence": thread.sentence,
        "output": short_record(thread.output),
        "impact": short_record(thread.impact),
        "party": party_record(thread.party),
        "sources": [short_record(source) for source in thread.sources],
        "chain_count": thread.chains,
        "strongest": chain_record(thread.strongest, [thread.party]),
    }


def _corroboration(found: Corroboration) -> Record:
    return {
        "impact": short_record(found.impact),
        "sentence": found.sentence,
        "attestation": found.attested.attestation.value,
        **_tally(found.tally),
        "unknown": [short_record(source) for source in found.attested.unknown],
        "sources_of": [short_record(source) for source in found.attested.sources],
        "parties_of": [party_record(party) for party in found.attested.parties],
        "claims": found.claims,
        "unsourced": [short_record(claim) for claim in found.unsourced],
        "weakest_claim": _tally(found.weakest) if found.weakest else None,
        "to_lose_all": _cut(found.to_lose_all),
        "to_lose_one": _cut(found.to_lose_one) if found.to_lose_one else None,
        "colleagues": [
            {
                "sentence": some.sentence,
                "organisation": some.organisation.iri,
                "parties": [party.iri for party in some.parties],
            }
            for some in found.colleagues
        ],
    }


def _tally(tally: Tally) -> dict[str, Any]:
    return {
        "sources": tally.sources,
        "parties": tally.parties,
        "no_known_part": tally.no_known_part,
    }


def _cut(cut: Cut) -> Record:
    return {
        "least": cut.least,
        "most": cut.most,
        "parties": [party.iri for party in cut.parties],
        "unknown": [short_record(source) for source in cut.unknown],
        "claim": short_record(cut.claim) if cut.claim else None,
    }


def _single_point(found: SinglePoint) -> Record:
    return {
        "impact": short_record(found.impact),
        "sentence": found.sentence,
        "node": short_record(found.node) if found.node else None,
        "link": found.link.iri if found.link else None,
        "chains": found.chains,
    }


def _disjoint(found: DisjointChains) -> Record:
    return {
        "impact": short_record(found.impact),
        "sentence": found.sentence,
        "count": found.count,
        "paths": [[short_record(node) for node in path] for path in found.paths[:_PATHS]],
        "cut": [short_record(node) for node in found.cut],
    }


def _withdrawal(found: Withdrawal) -> Record:
    return {
        "sentence": found.sentence,
        "node": short_record(found.node) if found.node else None,
        "party": party_record(found.party) if found.party else None,
        "loses_nothing": found.loses_nothing,
        "chains": found.chains,
        "unjoined": found.unjoined,
        "unreached": [short_record(node) for node in found.unreached],
        "fallen": [short_record(node) for node in found.fallen],
        "uncorroborated": [short_record(node) for node in found.uncorroborated],
    }


def _contribution(found: Contribution) -> Record:
    return {
        "sentence": found.sentence,
        "institution": found.institution.iri,
        "outputs": _shares(found.outputs),
        "grants": _shares(found.grants),
        "findings": [short_record(node) for node in found.findings],
        "reached": [short_record(node) for node in found.reached],
        "remaining": [short_record(node) for node in found.remaining],
        "others": [other.iri for other in found.others],
        "holders": [holder.iri for holder in found.holders],
    }


def _shares(shares: Shares) -> Record:
    return {
        "own": list(shares.own),
        "shared": list(shares.shared),
        "elsewhere": list(shares.elsewhere),
        "unknown": list(shares.unknown),
    }
