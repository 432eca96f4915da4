"""Reading a case study's graph from anything that answers SPARQL."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from typing import Any, Protocol, TypeAlias, TypeVar, runtime_checkable

from pyoxigraph import Literal, NamedNode

from impactgraph.errors import DecodingError, NotFoundError
from impactgraph.graph.building import CaseGraph, build_graph
from impactgraph.graph.nodes import GraphNode, Kind
from impactgraph.model import Anchor, Basis, Link, SourceType, Step
from impactgraph.resources import read_query
from impactgraph.vocabulary import CONCEPTS, IG

__all__ = ["Queryable", "narrow", "to_networkx"]

_Member = TypeVar("_Member", bound=StrEnum)
_Anchors: TypeAlias = dict[str, tuple[Anchor, ...]]

_ABOUT = ("caseStudy", "slug", "label", "title")
_ANCHOR = ("source", "section", "start", "end", "exact")
_NODE = ("class", "label", "notation", "claimOf", "sourceType")
_LINK = (
    "label",
    "from",
    "step",
    "to",
    "basis",
    "collective",
    "confidence",
    "rationale",
    "method",
    "attributedTo",
)
_STEPS = {str(IG[step.value]): step for step in Step}
_BASES = {str(iri): Basis(value) for value, iri in CONCEPTS[Basis].items()}
_SOURCE_TYPES = {str(iri): SourceType(value) for value, iri in CONCEPTS[SourceType].items()}
_KINDS = {str(IG[kind.value.capitalize()]): kind for kind in Kind}


class Queryable(Protocol):
    """What answers SPARQL over the union of its graphs: a store, or one generation of it."""

    def query(self, text: str, *, bindings: Mapping[str, Any] | None = None) -> Any:
        """Return the rows of a SELECT, each giving the term of a variable by its name."""


@runtime_checkable
class _Moving(Protocol):
    """What may change between two queries, and can be held still."""

    def snapshot(self) -> Queryable:
        """Return what answers every query from the same data."""


@runtime_checkable
class _Dividing(Protocol):
    """What is far away: a case study is better fetched whole, and asked of then."""

    def case_study(self, iri: str) -> Queryable:
        """Return what answers queries about one case study."""


def narrow(store: Queryable, case_study: str) -> Queryable:
    """Return what answers queries about one case study: from a remote engine it is fetched whole.

    Args:
        store: what answers queries about all of them.
        case_study: the case study's IRI.
    """
    return store.case_study(case_study) if isinstance(store, _Dividing) else store


def to_networkx(store: Queryable, case_study: str) -> CaseGraph:
    """Return the graph of one case study.

    A store that gives snapshots is read from one of them, so a write meanwhile does not show.

    Args:
        store: what answers the queries.
        case_study: the case study's slug or IRI.

    Returns:
        A MultiDiGraph. A node's key is its IRI, its attribute `node` a `GraphNode`; an edge's key
        is its Link's IRI, its attribute `link` a `model.Link`. The graph's attributes are
        case_study (IRI), slug, label and title.

    Raises:
        NotFoundError: the store holds no such case study.
        DecodingError: a node or link lacks what it must have, or leads backwards.
    """
    if isinstance(store, _Moving):
        store = store.snapshot()
    bound = _to_term(case_study)
    if isinstance(bound, NamedNode):
        store = narrow(store, case_study)
    about = _read_about(store, bound)
    store = narrow(store, about["caseStudy"])
    bindings = {"caseStudy": NamedNode(about["caseStudy"])}
    anchors = _read_anchors(store, bindings)
    nodes = _read_descriptions(store, "queries/graph/nodes", _NODE, bindings)
    links = _read_descriptions(store, "queries/graph/links", _LINK, bindings)
    return build_graph(
        [_to_node(description, anchors) for description in nodes],
        [_to_link(description, anchors) for description in links],
        case_study=about["caseStudy"],
        slug=about["slug"],
        label=about["label"],
        title=about["title"],
    )


def _to_term(case_study: str) -> NamedNode | Literal:
    try:
        return NamedNode(case_study) if "://" in case_study else Literal(case_study)
    except ValueError:
        raise NotFoundError(f"{case_study!r} is no IRI, so it names no case study") from None


def _read_about(store: Queryable, bound: NamedNode | Literal) -> dict[str, str]:
    name = "caseStudy" if isinstance(bound, NamedNode) else "slug"
    rows = store.query(read_query("queries/graph/case-study"), bindings={name: bound})
    found = sorted(tuple(_text(row, part) or "" for part in _ABOUT) for row in rows)
    if not found:
        raise NotFoundError(
            f"there is no case study {bound.value!r} in this store; "
            "`impactgraph case-studies` lists what is, `impactgraph load FILE` adds one"
        )
    return dict(zip(_ABOUT, found[0], strict=True))


def _read_anchors(store: Queryable, bindings: Mapping[str, NamedNode]) -> _Anchors:
    read: dict[str, Anchor] = {}
    anchored: dict[str, set[str]] = defaultdict(set)
    for row in store.query(read_query("queries/graph/anchors"), bindings=bindings):
        iri = row["anchor"].value
        anchored[row["subject"].value].add(iri)
        if iri not in read:
            read[iri] = _to_anchor(iri, row)
    order = {iri: (anchor.start, anchor.end, iri) for iri, anchor in read.items()}
    return {
        subject: tuple(read[iri] for iri in sorted(iris, key=order.__getitem__))
        for subject, iris in anchored.items()
    }


def _to_anchor(iri: str, row: Any) -> Anchor:
    source, section, start, end, exact = (_text(row, name) for name in _ANCHOR)
    if source is None or section is None or start is None or end is None or exact is None:
        raise DecodingError(f"the anchor <{iri}> lacks its source, section, position or quote")
    return Anchor(
        iri=iri, source=source, start=int(start), end=int(end), exact=exact, section=section
    )


class _Description:
    """What is said of one subject, by the query's variables."""

    __slots__ = ("subject", "values")

    def __init__(self, subject: str, row: Any, names: Sequence[str]) -> None:
        self.subject = subject
        self.values = {name: _text(row, name) for name in names}

    def required(self, name: str) -> str:
        value = self.values[name]
        if value is None:
            raise DecodingError(f"<{self.subject}> lacks its {name}; state it, then load again")
        return value

    def member(self, name: str, members: Mapping[str, _Member]) -> _Member:
        value = self.required(name)
        if value not in members:
            known = ", ".join(sorted(members))
            raise DecodingError(
                f"<{self.subject}> has the {name} <{value}>, which is none of {known}"
            )
        return members[value]


def _read_descriptions(
    store: Queryable, query: str, names: Sequence[str], bindings: Mapping[str, NamedNode]
) -> list[_Description]:
    descriptions: dict[str, _Description] = {}
    for row in store.query(read_query(query), bindings=bindings):
        subject = row["subject"].value
        described = _Description(subject, row, names)
        first = descriptions.setdefault(subject, described)
        for name, value in described.values.items():
            if value != first.values[name]:
                raise DecodingError(
                    f"<{subject}> has two values for its {name}, {first.values[name]!r} and "
                    f"{value!r}; keep one"
                )
    return list(descriptions.values())


def _to_node(described: _Description, anchors: _Anchors) -> GraphNode:
    kind = described.member("class", _KINDS)
    is_typed = kind is Kind.SOURCE and described.values["sourceType"] is not None
    return GraphNode(
        iri=described.subject,
        kind=kind,
        notation=described.values["notation"],
        label=described.required("label"),
        anchors=anchors.get(described.subject, ()),
        claim_of=described.values["claimOf"],
        source_type=described.member("sourceType", _SOURCE_TYPES) if is_typed else None,
    )


def _to_link(described: _Description, anchors: _Anchors) -> Link:
    try:
        confidence = Decimal(described.required("confidence"))
    except InvalidOperation:
        raise DecodingError(f"<{described.subject}> has a confidence that is no number") from None
    return Link(
        iri=described.subject,
        label=described.required("label"),
        origin=described.required("from"),
        step=described.member("step", _STEPS),
        target=described.required("to"),
        basis=described.member("basis", _BASES),
        collective=described.required("collective") in ("true", "1"),
        confidence=confidence,
        rationale=described.required("rationale"),
        method=described.values["method"],
        attributed_to=described.required("attributedTo"),
        anchors=anchors.get(described.subject, ()),
    )


def _text(row: Any, name: str) -> str | None:
    term = row[name]
    return None if term is None else str(term.value)
