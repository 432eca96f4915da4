"""What the page of a case study's curation shows: what awaits a decision, and what was decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal

from impactgraph.curation import Act, Curation, KeptAct
from impactgraph.errors import NotFoundError
from impactgraph.graph import CaseGraph, Kind, find_step, links_of, node_of, nodes_of
from impactgraph.model import Basis, Link, Step
from impactgraph.views.case_study import node_key, view_passages
from impactgraph.views.quotes import Passage
from impactgraph.views.records import Record
from impactgraph.views.values import name_basis
from impactgraph.wording import VERBS

__all__ = [
    "ActView",
    "CuratedLink",
    "CuratedNode",
    "act_record",
    "curation_record",
    "list_nodes",
    "list_undecided",
    "view_acts",
    "view_link",
    "view_node",
    "which_ends",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedNode:
    """A node that a person may decide on; `key` names it inside its case study."""

    key: str
    kind: Kind
    name: str
    label: str
    passages: tuple[Passage, ...]
    links: tuple[CuratedLink, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class CuratedLink:
    """A link that a person may decide on, with the words on both sides."""

    key: str
    origin: CuratedNode
    words: str
    end: CuratedNode
    basis: Basis
    collective: bool
    confidence: Decimal
    method: str | None
    rationale: str
    passages: tuple[Passage, ...]
    follows: str | None = None
    """The key of the link that it follows from, of an impact's claim to the same source."""

    @property
    def sure(self) -> str:
        """Who says it, and how sure that is."""
        return name_basis(self.basis, self.confidence, collective=self.collective)


@dataclass(frozen=True, slots=True, kw_only=True)
class ActView:
    """An act in the history; `undone_by` says who undid it and when."""

    key: str
    kind: str
    who: str
    when: str
    shown_when: str
    about: str
    why: str
    lack: str | None
    undone_by: str | None
    holds: bool


def list_undecided(graph: CaseGraph) -> tuple[CuratedLink, ...]:
    """Return the links that a program inferred and nobody decided on, the surest first."""
    inferred = [link for link in links_of(graph) if link.basis is Basis.INFERRED]
    return tuple(
        _view_link(graph, link) for link in sorted(inferred, key=lambda link: -link.confidence)
    )


def list_nodes(graph: CaseGraph) -> Mapping[Kind, tuple[CuratedNode, ...]]:
    """Return the nodes of a case study by kind, without their links."""
    return {
        kind: tuple(_view_node(graph, node.iri) for node in nodes_of(graph, kind)) for kind in Kind
    }


def which_ends() -> Mapping[str, tuple[str, ...]]:
    """Return for each kind of node the kinds of nodes that a link may lead to from it."""
    return {
        origin.value: tuple(end.value for end in Kind if find_step(origin, end)) for origin in Kind
    }


def view_link(graph: CaseGraph, key: str) -> CuratedLink:
    """Return a link by its key or IRI.

    Raises:
        NotFoundError: there is none.
    """
    iri = _to_iri(graph, key)
    for link in links_of(graph):
        if link.iri == iri:
            return _view_link(graph, link)
    raise NotFoundError(f"there is no link {key!r:.120} in this case study; it may be taken out")


def view_node(graph: CaseGraph, key: str) -> CuratedNode:
    """Return a node by its key or IRI, with the links at it.

    Raises:
        NotFoundError: there is none.
    """
    iri = _to_iri(graph, key)
    if iri not in graph:
        raise NotFoundError(
            f"there is no node {key!r:.120} in this case study, or it was taken out"
        )
    links = tuple(
        _view_link(graph, link) for link in links_of(graph) if iri in (link.origin, link.target)
    )
    return _view_node(graph, iri, links)


def view_acts(curation: Curation) -> tuple[ActView, ...]:
    """Return the acts on a case study, the latest first."""
    return tuple(_view_act(kept, curation.case_study) for kept in reversed(curation.acts))


def curation_record(curation: Curation) -> Record:
    """Return the acts on a case study, in the order of time, and the version that they are."""
    return {
        "case_study": curation.case_study,
        "version": curation.version,
        "acts": [act_record(kept) for kept in curation.acts],
    }


def act_record(kept: KeptAct) -> Record:
    """Return an act: what, who, when, why, and what has become of it."""
    act, decision = kept.act, kept.act.decision
    return {
        "iri": act.iri,
        "kind": decision.kind.value,
        "about": act.about,
        "who": decision.who,
        "when": act.written_when,
        "why": decision.why,
        "target": decision.target,
        "label": decision.label,
        "from": decision.origin,
        "to": decision.end,
        "quote": decision.quote,
        "confidence": None if decision.confidence is None else float(decision.confidence),
        "generated": list(kept.generated),
        "undone_by": None if kept.undone_by is None else kept.undone_by.iri,
        "without_effect": kept.lack,
    }


def _view_link(graph: CaseGraph, link: Link) -> CuratedLink:
    return CuratedLink(
        key=node_key(link.iri, graph.graph["case_study"]),
        origin=_view_node(graph, link.origin),
        words=VERBS[link.step],
        end=_view_node(graph, link.target),
        basis=link.basis,
        collective=link.collective,
        confidence=link.confidence,
        method=link.method,
        rationale=link.rationale,
        passages=view_passages(link.anchors),
        follows=_find_followed(graph, link),
    )


def _find_followed(graph: CaseGraph, link: Link) -> str | None:
    """Return the key of a claim's link from which one of its impact follows."""
    if link.step is not Step.CORROBORATED_BY or link.basis is Basis.INFERRED:
        return None
    if node_of(graph, link.origin).kind is not Kind.IMPACT:
        return None
    return next(
        (
            node_key(other.iri, graph.graph["case_study"])
            for other in links_of(graph)
            if other.step is Step.CORROBORATED_BY
            and other.basis is not Basis.INFERRED
            and other.target == link.target
            and node_of(graph, other.origin).claim_of == link.origin
        ),
        None,
    )


def _view_node(graph: CaseGraph, iri: str, links: tuple[CuratedLink, ...] = ()) -> CuratedNode:
    node = node_of(graph, iri)
    return CuratedNode(
        key=node_key(iri, graph.graph["case_study"]),
        kind=node.kind,
        name=node.name if node.notation or node.kind is Kind.RESEARCH else node.kind.value,
        label=node.label,
        passages=view_passages(node.anchors),
        links=links,
    )


def _view_act(kept: KeptAct, case_study: str) -> ActView:
    act, undoing = kept.act, kept.undone_by
    return ActView(
        key=node_key(act.iri, case_study),
        kind=act.decision.kind.value,
        who=act.decision.who,
        when=act.written_when,
        shown_when=_show_when(act),
        about=act.about,
        why=act.decision.why,
        lack=kept.lack,
        undone_by=None if undoing is None else f"{undoing.decision.who}, {_show_when(undoing)}",
        holds=kept.holds,
    )


def _show_when(act: Act) -> str:
    return f"{act.when.day} {act.when:%B %Y, %H:%M} UTC"


def _to_iri(graph: CaseGraph, key: str) -> str:
    return key if "://" in key else f"{graph.graph['case_study']}/{key}"
