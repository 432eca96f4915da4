"""Replaying acts over what was encoded: the one rule that says what people's decisions change.

In order of time, each act that holds takes triples out of what was encoded or puts triples beside
it. An act that cannot do what it says, because its target is gone, does nothing, and stays.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from decimal import Decimal

from rdflib import Graph, Literal, URIRef

from impactgraph.curation.acts import Act, ActKind, find_live, is_link
from impactgraph.curation.editing import Editing, NoEffectError, Stated
from impactgraph.curation.raising import Raising, refuse_following
from impactgraph.curation.recording import curator_iri
from impactgraph.graph import Kind, find_step
from impactgraph.model import Basis, Step
from impactgraph.store.terms import RdflibTriple
from impactgraph.vocabulary import RDFS

__all__ = ["Effect", "Replayed", "replay"]

_CONFIDENCE = Decimal("0.9")
"""How sure a person is who says nothing of it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Effect:
    """What an act does: the triples that it takes out, the links that it makes.

    The first link is the one that was decided; those that follow from it come after. `lack` says
    why it does nothing, where it cannot do what it says.
    """

    withdrew: tuple[RdflibTriple, ...] = ()
    generated: tuple[str, ...] = ()
    lack: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Replayed:
    """What is taken out of what was encoded, what is added, the effect of each act by its IRI."""

    withdrawn: frozenset[RdflibTriple]
    added: Graph
    effects: Mapping[str, Effect]


def replay(
    acts: Sequence[Act], encoded: Graph, *, case_study: str, foreign: Graph | None = None
) -> Replayed:
    """Return what a case study becomes by what people decided on it.

    Args:
        acts: in the order of time.
        encoded: the graph that was encoded; it is not changed.
        case_study: its IRI.
        foreign: what others wrote into the graph of the curation; it is not changed.
    """
    undone = find_live(acts)
    editing = Editing(case_study, encoded, Graph() if foreign is None else foreign)
    raising = Raising(editing)
    effects: dict[str, Effect] = {}
    for act in acts:
        if undone[act.iri] is not None:
            effects[act.iri] = Effect()
            continue
        try:
            made = _DEEDS[act.decision.kind](editing, act, undone)
            follow = raising.follow(curator_iri(case_study, act.decision.who))
            effects[act.iri] = Effect(
                withdrew=editing.take_withdrawn(), generated=(*([made] if made else ()), *follow)
            )
        except NoEffectError as error:
            effects[act.iri] = Effect(lack=str(error))
    return Replayed(withdrawn=frozenset(editing.withdrawn), added=editing.added, effects=effects)


Undone = Mapping[str, Act | None]


def _accept(editing: Editing, act: Act, _: Undone) -> str:
    link = act.decision.target or ""
    said = editing.link(link)
    if said.basis is not Basis.INFERRED:
        raise NoEffectError(f"the link is {said.basis.value} already")
    rationale = act.decision.why or said.rationale
    return _put(editing, act, link, replace(said, basis=Basis.CURATED, rationale=rationale))


def _reject(editing: Editing, act: Act, _: Undone) -> None:
    target = act.decision.target or ""
    if is_link(target, editing.case_study):
        refuse_following(editing, editing.link(target))
        editing.remove(editing.triples_of_link(target))
        return
    if editing.node(target).kind is Kind.RESEARCH:
        raise NoEffectError("the research as a whole cannot be taken out")
    editing.remove(editing.triples_of_node(target))


def _withdraw(editing: Editing, act: Act, _: Undone) -> None:
    source = act.decision.target or ""
    if editing.node(source).kind is not Kind.SOURCE:
        raise NoEffectError("only a source can be withdrawn; reject what is wrong")
    editing.remove(editing.triples_of_node(source))


def _correct(editing: Editing, act: Act, _: Undone) -> str | None:
    target, decision = act.decision.target or "", act.decision
    if not is_link(target, editing.case_study):
        editing.node(target)
        node = URIRef(target)
        editing.remove(editing.find(node, RDFS.label, None))
        editing.add([(node, RDFS.label, Literal(decision.label, lang="en"))])
        return None
    said = editing.link(target)
    origin, end = decision.origin or said.origin, decision.end or said.end
    moved = (origin, end) != (said.origin, said.end)
    refuse_following(editing, said)
    if said.basis is Basis.STATED and not moved:
        raise NoEffectError(
            "the document states this link, so its reason stands there; "
            "reject it, or let it lead elsewhere"
        )
    corrected = replace(
        said,
        origin=origin,
        end=end,
        step=_find_step(editing, origin, end),
        basis=Basis.CURATED,
        rationale=decision.why,
    )
    return _put(editing, act, target, corrected)


def _add(editing: Editing, act: Act, _: Undone) -> str:
    decision = act.decision
    origin, end = decision.origin or "", decision.end or ""
    said = Stated(
        origin=origin,
        step=_find_step(editing, origin, end),
        end=end,
        basis=Basis.CURATED,
        rationale=decision.why,
        anchors=(editing.locate(decision.quote or "", (origin, end)),),
    )
    return _put(editing, act, None, said)


def _undo(_: Editing, act: Act, undone: Undone) -> None:
    done = undone.get(act.decision.target or "")
    if done is None or done.iri != act.iri:
        raise NoEffectError("the act is not there, or was undone already")


_DEEDS: Mapping[ActKind, Callable[[Editing, Act, Undone], str | None]] = {
    ActKind.ACCEPT: _accept,
    ActKind.REJECT: _reject,
    ActKind.CORRECT: _correct,
    ActKind.ADD: _add,
    ActKind.WITHDRAW: _withdraw,
    ActKind.UNDO: _undo,
}


def _put(editing: Editing, act: Act, instead: str | None, said: Stated) -> str:
    """Put a curated link in the place of another, or beside all; return its IRI."""
    there = editing.surely(said.origin, said.step, said.end, but=instead)
    if there is not None:
        raise NoEffectError(
            f"another link says so already ({there.value}); reject the one that is too many"
        )
    who = curator_iri(editing.case_study, act.decision.who)
    iri, triples = editing.curated(said, who, act.decision.confidence or _CONFIDENCE)
    if instead is not None:
        editing.remove(editing.triples_of_link(instead))
    editing.add(triples)
    return iri


def _find_step(editing: Editing, origin: str, end: str) -> Step:
    if origin == end:
        raise NoEffectError("a link joins two nodes; choose another one for one of its ends")
    first, second = editing.node(origin), editing.node(end)
    step = find_step(first.kind, second.kind)
    if step is None:
        raise NoEffectError(
            f"no step leads from {first.name} to {second.name}: "
            "links go from an earlier stage to a later one"
        )
    return step
