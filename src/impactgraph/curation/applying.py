"""Making acts in a change of the store, and keeping a case study in step with its acts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from rdflib import Graph, Literal, URIRef

from impactgraph.curation.acts import (
    LONGEST,
    MOST_ACTS,
    Act,
    ActKind,
    Decision,
    check_decision,
    digest_acts,
    find_version,
    is_link,
    order_acts,
)
from impactgraph.curation.editing import Editing, NoEffectError
from impactgraph.curation.recording import (
    curation_graph,
    curator_iri,
    describe_act,
    parse_triples,
    read_acts,
    write_triples,
)
from impactgraph.curation.replaying import Effect, Replayed, replay
from impactgraph.errors import GraphNotFoundError, OutdatedError, UpdateError, UsageError
from impactgraph.graph import find_step
from impactgraph.store import Transaction
from impactgraph.store.terms import RdflibTriple
from impactgraph.vocabulary import IG, PROV, RDFS
from impactgraph.wording import VERBS

__all__ = ["apply_decision", "import_acts", "replay_curation"]

_MOST_NAMED = 5
_PAST = {
    ActKind.ACCEPT: "accepted",
    ActKind.REJECT: "rejected",
    ActKind.CORRECT: "corrected",
    ActKind.ADD: "added",
    ActKind.WITHDRAW: "withdrew",
    ActKind.UNDO: "undid:",
}


def apply_decision(
    transaction: Transaction,
    case_study: str,
    decision: Decision,
    *,
    version: str,
    now: datetime | None = None,
) -> Act:
    """Make an act; what follows from the case study is left to the caller.

    Args:
        transaction: the change that it is part of.
        case_study: the IRI of the case study.
        decision: what was decided.
        version: that of the curation which the person saw.
        now: when; an act is always later than those before it.

    Raises:
        GraphNotFoundError: there is no such case study.
        OutdatedError: others made acts since; the message says who and what.
        UpdateError: the act would do nothing, as its target is not there or cannot be so changed.
        ValidationError: what is kept of earlier acts is malformed.
    """
    kept = _open(transaction, case_study)
    _refuse_outdated(kept.acts, version)
    if len(kept.acts) >= MOST_ACTS:
        raise UpdateError(f"the case study has {MOST_ACTS} acts; no more are kept")
    try:
        checked = check_decision(decision, case_study)
    except UsageError as error:
        raise UpdateError(error.message) from None
    when = (now or datetime.now(UTC)).astimezone(UTC)
    if kept.acts:
        when = max(when, kept.acts[-1].when + timedelta(milliseconds=1))
    when = when.replace(microsecond=when.microsecond // 1000 * 1000)
    act = Act(case_study=case_study, when=when, about=_tell(kept, checked), decision=checked)
    replayed = kept.replay((*kept.acts, act))
    lack = replayed.effects[act.iri].lack
    if lack is not None:
        raise UpdateError(f"nothing was changed: {lack}")
    _keep(transaction, kept, (*kept.acts, act), replayed)
    return act


def import_acts(
    transaction: Transaction, case_study: str, acts: Sequence[Act], *, version: str | None = None
) -> tuple[Act, ...]:
    """Take over acts of another store; those that are there already stay as they are.

    Args:
        transaction: the change that it is part of.
        case_study: the IRI of the case study.
        acts: from `parse_acts`. One whose target is not there is kept, and does nothing.
        version: that of the curation which the person saw; None where it does not matter.

    Returns:
        The acts that are new.

    Raises:
        GraphNotFoundError, OutdatedError, UpdateError, ValidationError: as for `apply_decision`.
    """
    kept = _open(transaction, case_study)
    if version is not None:
        _refuse_outdated(kept.acts, version)
    known = {act.iri for act in kept.acts}
    new = tuple(act for act in order_acts(acts) if act.iri not in known)
    together = order_acts((*kept.acts, *new))
    if len(together) > MOST_ACTS:
        raise UpdateError(f"that would be {len(together)} acts; a case study may have {MOST_ACTS}")
    if new:
        _keep(transaction, kept, together, kept.replay(together))
    return new


def replay_curation(transaction: Transaction, case_study: str) -> bool:
    """Replay the acts on a case study that was encoded anew; return whether there are any.

    Args:
        transaction: the change that put the new encoding in the place of the old one.
        case_study: its IRI.

    Raises:
        ValidationError: what is kept of the acts is malformed.
    """
    beside = transaction.graph(curation_graph(case_study))
    acts = read_acts(beside, case_study)
    if not acts:
        return False
    encoded = transaction.graph(case_study)
    foreign = _find_foreign(beside, case_study, acts)
    kept = _Kept(case_study, acts, encoded, frozenset(), foreign)
    _keep(transaction, kept, acts, kept.replay(acts))
    return True


@dataclass(frozen=True, slots=True)
class _Kept:
    """What a store keeps of a case study.

    Its acts, what was encoded before any of them, what of that they have taken out, and what others
    wrote beside them.
    """

    case_study: str
    acts: tuple[Act, ...]
    encoded: Graph
    withdrawn: frozenset[RdflibTriple]
    foreign: Graph

    def replay(self, acts: Sequence[Act]) -> Replayed:
        return replay(acts, self.encoded, case_study=self.case_study, foreign=self.foreign)


def _open(transaction: Transaction, case_study: str) -> _Kept:
    encoded = transaction.graph(case_study)
    if not encoded:
        raise GraphNotFoundError(f"there is no case study <{case_study}> to curate")
    beside = transaction.graph(curation_graph(case_study))
    acts = read_acts(beside, case_study)
    withdrawn = frozenset(
        triple
        for act in acts
        for text in beside.objects(URIRef(act.iri), IG.withdrew)
        for triple in parse_triples(str(text))
    )
    for triple in withdrawn:
        encoded.add(triple)
    return _Kept(case_study, acts, encoded, withdrawn, _find_foreign(beside, case_study, acts))


def _find_foreign(beside: Graph, case_study: str, acts: Iterable[Act]) -> Graph:
    """Return what stands in the graph of the curation and comes from no act."""
    foreign = Graph(bind_namespaces="none")
    foreign += beside
    for act in acts:
        iri, decision = URIRef(act.iri), act.decision
        foreign.remove((iri, None, None))
        foreign.remove((URIRef(curator_iri(case_study, decision.who)), None, None))
        if decision.target and decision.label:
            label = Literal(decision.label, lang="en")
            foreign.remove((URIRef(decision.target), RDFS.label, label))
        for link in beside.objects(iri, PROV.generated):
            foreign.remove((link, None, None))
            step = beside.value(link, IG.step)
            if step is not None:
                plain = (beside.value(link, IG["from"]), step, beside.value(link, IG.to))
                foreign.remove(plain)
    return foreign


def _keep(transaction: Transaction, kept: _Kept, acts: Sequence[Act], replayed: Replayed) -> None:
    case_study = kept.case_study
    beside = Graph(bind_namespaces="none")
    for part in (kept.foreign, replayed.added):
        beside += part
    for act in acts:
        for triple in (*describe_act(act), *_describe_effect(act, replayed.effects[act.iri])):
            beside.add(triple)
    if replayed.withdrawn != kept.withdrawn:
        left = (triple for triple in kept.encoded if triple not in replayed.withdrawn)
        transaction.replace_graph(case_study, left)
    transaction.replace_graph(curation_graph(case_study), beside)


def _describe_effect(act: Act, effect: Effect) -> Iterable[tuple[URIRef, URIRef, URIRef | Literal]]:
    iri = URIRef(act.iri)
    for link in effect.generated:
        yield iri, PROV.generated, URIRef(link)
    if effect.withdrew:
        yield iri, IG.withdrew, Literal(write_triples(effect.withdrew))
    if effect.lack:
        yield iri, IG.withoutEffect, Literal(effect.lack, lang="en")


def _refuse_outdated(acts: Sequence[Act], version: str) -> None:
    if version == digest_acts(acts):
        return
    seen = find_version(acts, version)
    since = acts[-_MOST_NAMED:] if seen is None else acts[seen:]
    if not since:
        raise OutdatedError("the acts that you saw are gone; load the page anew, then decide again")
    told = "; ".join(
        f"{act.decision.who} ({act.when:%d %B %Y, %H:%M} UTC): {act.about}"
        for act in since[-_MOST_NAMED:]
    )
    more = len(since) - _MOST_NAMED
    raise OutdatedError(
        "nothing was changed, as somebody else decided something since you looked: "
        f"{told}{f'; and {more} more before' if more > 0 else ''}. Look again, then decide"
    )


def _tell(kept: _Kept, decision: Decision) -> str:
    """Return in words what an act does, as things are."""
    now = kept.replay(kept.acts)
    editing = Editing(kept.case_study, kept.encoded, now.added + kept.foreign)
    editing.withdrawn.update(now.withdrawn)
    try:
        words = f"{_PAST[decision.kind]} {_tell_target(kept, editing, decision)}"
    except NoEffectError as error:
        raise UpdateError(f"nothing was changed: {error}") from None
    longest = LONGEST["about"]
    return words if len(words) <= longest else f"{words[: longest - 1]}…"


def _tell_target(kept: _Kept, editing: Editing, decision: Decision) -> str:
    target = decision.target or ""
    if decision.kind is ActKind.UNDO:
        return next((act.about for act in kept.acts if act.iri == target), "an act")
    if decision.kind is ActKind.ADD:
        return f"that {_tell_step(editing, decision.origin or '', decision.end or '')}"
    if not is_link(target, kept.case_study):
        node = editing.node(target)
        words = f"{node.name}, “{node.label}”" if node.notation else node.name
        return f"the label of {words}: now “{decision.label}”" if decision.label else words
    said = editing.link(target)
    words = f"that {_tell_step(editing, said.origin, said.end)} ({said.basis.value})"
    ends = decision.origin or said.origin, decision.end or said.end
    if ends == (said.origin, said.end):
        return words
    return f"{words}: now that {_tell_step(editing, *ends)}"


def _tell_step(editing: Editing, origin: str, end: str) -> str:
    first, second = editing.node(origin), editing.node(end)
    step = find_step(first.kind, second.kind)
    return f"{first.name} {'to' if step is None else VERBS[step]} {second.name}"
