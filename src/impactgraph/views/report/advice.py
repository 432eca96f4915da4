"""What would mend most: whom to ask for what, the same need of several impacts in one item."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence

from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of, nodes_of
from impactgraph.model import Basis, Motivation, RoleType, Step
from impactgraph.remedies import Asking, Purpose, Request, find_unchanging, list_requests
from impactgraph.wording import join_words, name_together

__all__ = ["CAUTION", "gather_advice"]

CAUTION = (
    "Before asking for anything new, see whether a source already listed shows it. A "
    "record of a party to the work is no outside voice, and no record shows by itself what "
    "led to what it records."
)
"""What no new source shows by itself, said wherever one is advised."""

_MOST_ITEMS = 7
_MOST_NAMED = 4
"""How many names or claims stand in a list."""


def gather_advice(graph: CaseGraph, *, basis: Basis) -> tuple[str, ...]:
    """Return at most seven things to do: what to say of the research, then whom to ask for what.

    Args:
        graph: a case study's graph.
        basis: the level; links of this basis and of surer ones count.
    """
    asking, requests = Asking(graph), list_requests(graph, basis=basis)
    outside = [one for one in requests if one.purpose is Purpose.OUTSIDE]
    show = [one for one in requests if one.purpose is Purpose.SHOW]
    others = [
        *_say_shown(asking, show),
        *_say_examples(asking, find_unchanging(graph)),
        *_say_pathways(graph, basis),
    ]
    first = [*_say_citing(graph), *_say_outside(outside)]
    room = _MOST_ITEMS - len(first) - len(others)
    records = list(_say_records(asking, requests))[:room]
    return (*first, *records, *others)


def _say_citing(graph: CaseGraph) -> Iterator[str]:
    """Yield that it be said which finding informed what."""
    impacts = nodes_of(graph, Kind.IMPACT)
    found = [
        link
        for link in links_of(graph)
        if link.step.leads
        and node_of(graph, link.origin).kind in (Kind.FINDING, Kind.OUTPUT)
        and node_of(graph, link.target).kind in (Kind.PATHWAY, Kind.IMPACT)
    ]
    stated = {link.target for link in found if link.basis is Basis.STATED}
    stated |= {
        link.target
        for link in links_of(graph)
        if link.step is Step.LED_TO and link.basis is Basis.STATED and link.origin in stated
    }
    bare = [node for node in impacts if node.iri not in stated]
    if not bare or not nodes_of(graph, Kind.FINDING):
        return
    said = (
        "Say in section 4 which finding or output informed "
        f"{name_together(bare)}, where one did, and cite it there."
    )
    yield f"{said} Only the authors can tell which."


def _say_outside(requests: Sequence[Request]) -> Iterator[str]:
    """Yield one item for all impacts for which nobody speaks from outside."""
    if not requests:
        return
    named = [one for one in requests if one.asked]
    if not named:
        impacts = name_together(one.impact for one in requests)
        yield f"Ask for an outside voice on {impacts}; the text names nobody to ask."
        return
    silent = [one.impact for one in requests if not one.asked]
    impacts = name_together(one.impact for one in requests)
    said = [f"Ask for an outside voice on {impacts}; whom to ask is said of each in the report."]
    if silent:
        said.append(f"The text names nobody to ask on {name_together(silent)}.")
    yield " ".join(said)


def _say_records(asking: Asking, requests: Iterable[Request]) -> Iterator[str]:
    """Yield an item for each holder of records, whoever has most first."""
    held: dict[str, list[Request]] = {}
    for one in requests:
        if one.purpose is Purpose.RECORD:
            held.setdefault(one.asked[0].names[0], []).append(one)
    ordered = sorted(held.items(), key=lambda pair: -sum(len(one.claims) for one in pair[1]))
    for name, some in ordered:
        products = list(dict.fromkeys(f"the “{name}”" for one in some for name in one.products))
        text = f"the text of {join_words(products[:_MOST_NAMED])} and " if products else ""
        impacts = name_together(dict.fromkeys(one.impact for one in some))
        claims = _name_best(asking, [claim for one in some for claim in one.claims])
        yield f"Ask {name} for {text}its records of these claims ({impacts}){claims}."


def _say_shown(asking: Asking, requests: Sequence[Request]) -> Iterator[str]:
    """Yield one item for all claims that name nobody who ought to have a record."""
    if not requests:
        return
    claims = [claim for one in requests for claim in one.claims]
    names = list(
        dict.fromkeys(name for one in requests for some in one.asked for name in some.names)
    )
    whom = join_words(names[:_MOST_NAMED], "or") if names else "whoever led the work"
    impacts = name_together(dict.fromkeys(one.impact for one in requests))
    named = _name_best(asking, claims)
    model = asking.model
    asked = {
        iri
        for note in model.notes
        if note.motivation is Motivation.QUESTIONING
        for iri in note.about
    }
    open_still = any(claim.iri in asked for claim in claims)
    see = "question on it" if len(claims) == 1 else "questions on them"
    left = f" (see the {see})" if open_still else ", and leave out what nothing shows"
    shown = "this" if len(claims) == 1 else "these claims"
    yield f"Ask {whom} what shows {shown}{left} ({impacts}){named}."


def _say_examples(asking: Asking, still: Collection[str]) -> Iterator[str]:
    """Yield what would show how great a change is, of claims that have no mark of their own."""
    claims = [
        claim
        for claims in asking.claims_of.values()
        for claim in claims
        if claim.iri not in asking.marked
        and claim.iri not in still
        and asking.is_judgement(claim.iri)
    ]
    if claims:
        shown = _name_best(asking, claims)
        yield f"Give an example from before and one from after, with its source, for{shown}."


def _say_pathways(graph: CaseGraph, basis: Basis) -> Iterator[str]:
    """Yield whom to ask for what shows that the pathways took place."""
    sourced = {
        link.origin
        for link in links_of(graph)
        if link.step is Step.CORROBORATED_BY and link.basis is not Basis.INFERRED
        if basis.admits(link.basis)
    }
    bare = [node for node in nodes_of(graph, Kind.PATHWAY) if node.iri not in sourced]
    if bare:
        others = _name_deliverers(graph)
        yield (
            f"Look in the work's own files{f', or ask {others},' if others else ''} for a final "
            f"report, a programme or records of attendance of {name_together(bare)}, and add it to "
            "section 5."
        )


def _name_deliverers(graph: CaseGraph) -> str:
    """Name who delivered the research beside the submitting institution, as the document says."""
    model = model_of(graph)
    labels = {found.iri: found.label for found in model.reference.organisations}
    delivering = [role.agent for role in model.roles if role.role_type is RoleType.DELIVERER]
    others = [iri for iri in dict.fromkeys(delivering) if iri != model.submitted_by]
    known = [labels[iri] for iri in others if iri in labels]
    return join_words(sorted(known)[:_MOST_NAMED], "or")


def _name_best(asking: Asking, claims: Sequence[GraphNode]) -> str:
    """Name some claims, those with no source at all and the most telling first."""
    best = sorted(
        claims, key=lambda claim: (claim.iri in asking.suggested, asking.rank(claim.iri))
    )[:_MOST_NAMED]
    named = "; ".join(claim.label for claim in best)
    return f": {named}" if len(best) == len(claims) else f", first of all: {named}"
