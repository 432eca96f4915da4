"""Acts and RDF, each way: how the graph of a case study's curation keeps them (PROV-O)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal, InvalidOperation
from typing import Any

import pyoxigraph as ox
from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from impactgraph.curation.acts import (
    LONGEST,
    MOST_ACTS,
    Act,
    ActKind,
    Decision,
    check_decision,
    order_acts,
)
from impactgraph.encoding import to_turtle
from impactgraph.errors import UsageError, ValidationError
from impactgraph.identity import labelled_iri
from impactgraph.store.terms import RdflibTriple, from_triple, to_quad
from impactgraph.vocabulary import IG, PREFIXES, PROV, RDF, RDFS, XSD

__all__ = [
    "ACT_CLASSES",
    "LARGEST_FILE",
    "curation_graph",
    "curator_iri",
    "describe_act",
    "export_acts",
    "parse_acts",
    "parse_triples",
    "read_acts",
    "write_triples",
]

LARGEST_FILE = 8 * 1024**2
"""How many bytes a file of acts may have."""

ACT_CLASSES: Mapping[ActKind, URIRef] = {
    ActKind.ACCEPT: IG.Acceptance,
    ActKind.REJECT: IG.Rejection,
    ActKind.CORRECT: IG.Correction,
    ActKind.ADD: IG.Addition,
    ActKind.WITHDRAW: IG.Withdrawal,
    ActKind.UNDO: IG.Undoing,
}
_KINDS: Mapping[Node, ActKind] = {iri: kind for kind, iri in ACT_CLASSES.items()}

_IRIS = {"target": PROV.used, "origin": IG.newFrom, "end": IG.newTo}
_WORDS = {"why": IG.rationale, "label": IG.newLabel, "quote": IG.newQuote}
_OTHERS = (RDFS.label, PROV.wasAssociatedWith, PROV.endedAtTime, IG.curates, IG.newConfidence)
_ONCE = frozenset({*_IRIS.values(), *_WORDS.values(), *_OTHERS})
_KNOWN = _ONCE | {RDF.type, PROV.generated, IG.withdrew, IG.withoutEffect}
"""What is said of an act; the last three follow from the case study and are no part of it."""


def curation_graph(case_study: str) -> str:
    """Return the IRI of the graph of what people decided on a case study."""
    return f"{case_study}/curation"


def curator_iri(case_study: str, name: str) -> str:
    """Return the IRI of a person who curates.

    >>> curator_iri("https://w3id.org/impactgraph/id/x", "Ada L")
    'https://w3id.org/impactgraph/id/x/curator/Ada%20L'
    """
    return labelled_iri(case_study, "curator", name)


def describe_act(act: Act) -> Iterator[RdflibTriple]:
    """Yield the triples of an act, and those of the person whose it is."""
    iri, decision = URIRef(act.iri), act.decision
    who = URIRef(curator_iri(act.case_study, decision.who))
    yield iri, RDF.type, IG.Act
    yield iri, RDF.type, ACT_CLASSES[decision.kind]
    yield iri, IG.curates, URIRef(act.case_study)
    yield iri, RDFS.label, Literal(act.about, lang="en")
    yield iri, PROV.wasAssociatedWith, who
    yield iri, PROV.endedAtTime, Literal(act.written_when, datatype=XSD.dateTime, normalize=False)
    yield who, RDF.type, PROV.Person
    yield who, RDFS.label, Literal(decision.who, lang="en")
    for field, predicate in _IRIS.items():
        if value := getattr(decision, field):
            yield iri, predicate, URIRef(value)
    for field, predicate in _WORDS.items():
        if value := getattr(decision, field):
            yield iri, predicate, Literal(value, lang="en")
    if decision.confidence is not None:
        yield iri, IG.newConfidence, Literal(decision.confidence)


def read_acts(graph: Graph, case_study: str) -> tuple[Act, ...]:
    """Return the acts that a graph holds, in the order of time.

    Raises:
        ValidationError: an act is malformed, or there are too many.
    """
    found = [iri for kind in _KINDS for iri in graph.subjects(RDF.type, kind)]
    if len(found) > MOST_ACTS:
        raise ValidationError(f"there are {len(found)} acts; a case study may have {MOST_ACTS}")
    return order_acts(_read_act(graph, iri, case_study) for iri in found)


def export_acts(acts: Iterable[Act]) -> str:
    """Return acts as Turtle, for `parse_acts` of another store."""
    graph = Graph(bind_namespaces="none")
    for prefix, namespace in PREFIXES.items():
        graph.bind(prefix, namespace)
    for act in acts:
        for triple in describe_act(act):
            graph.add(triple)
    return to_turtle(graph)


def parse_acts(content: bytes, case_study: str) -> tuple[Act, ...]:
    """Return the acts of a file in Turtle, in the order of time.

    Raises:
        ValidationError: the file is too large or malformed, holds anything but acts on this case
            study, or one of them is malformed; the message names it.
    """
    if len(content) > LARGEST_FILE:
        raise ValidationError(f"the file has {len(content)} bytes; at most {LARGEST_FILE} are read")
    graph = Graph(bind_namespaces="none")
    try:
        for quad in ox.parse(content, ox.RdfFormat.TURTLE, base_iri=case_study):
            graph.add(from_triple(quad))
    except (SyntaxError, ValueError) as error:
        raise ValidationError(f"the file is no Turtle: {error}") from None
    acts = read_acts(graph, case_study)
    if not acts:
        raise ValidationError("the file holds no act of curation; take one that was exported")
    said = {subject for act in acts for subject, _, _ in describe_act(act)}
    for subject in graph.subjects():
        if subject not in said:
            raise ValidationError(
                f"the file describes {subject.n3():.200}, which is no act and nobody who made one; "
                "take a file of acts alone, as the export writes it"
            )
    return acts


def write_triples(triples: Iterable[RdflibTriple]) -> str:
    """Return triples as N-Triples, in order."""
    quads = [to_quad(triple, ox.DefaultGraph()).triple for triple in triples]
    written = ox.serialize(quads, format=ox.RdfFormat.N_TRIPLES)
    assert written is not None
    return "".join(sorted(written.decode().splitlines(keepends=True)))


def parse_triples(text: str) -> Iterator[RdflibTriple]:
    """Yield the triples of N-Triples: the inverse of `write_triples`.

    Raises:
        ValidationError: it is malformed.
    """
    try:
        for quad in ox.parse(text, ox.RdfFormat.N_TRIPLES):
            yield from_triple(quad)
    except (SyntaxError, ValueError) as error:
        raise ValidationError(f"what an act withdrew is malformed: {error}") from None


def _read_act(graph: Graph, iri: Node, case_study: str) -> Act:
    try:
        act = _to_act(graph, iri, case_study)
    except (UsageError, ValueError, InvalidOperation) as error:
        raise ValidationError(f"the act {iri.n3():.200} is malformed: {error}") from None
    if act.iri != str(iri):
        raise ValidationError(
            f"the act <{iri}> is malformed: it was changed, or is one on another case study "
            f"(what it says would have the IRI <{act.iri}>)"
        )
    return act


def _to_act(graph: Graph, iri: Node, case_study: str) -> Act:
    kinds = [_KINDS[kind] for kind in graph.objects(iri, RDF.type) if kind in _KINDS]
    if len(kinds) != 1:
        raise ValueError(f"it is of {len(kinds)} kinds")
    values = _read_values(graph, iri)
    names = list(graph.objects(values[PROV.wasAssociatedWith], RDFS.label))
    if len(names) != 1:
        raise ValueError("who made it has no name, or several")
    if str(values[IG.curates]) != case_study:
        raise ValueError(f"it is on another case study, {values[IG.curates].n3()}")
    fields: dict[str, Any] = {
        field: str(values[predicate])
        for field, predicate in {**_IRIS, **_WORDS}.items()
        if predicate in values
    }
    if IG.newConfidence in values:
        fields["confidence"] = Decimal(str(values[IG.newConfidence]))
    decision = Decision(kind=kinds[0], who=str(names[0]), **fields)
    checked = check_decision(decision, case_study)
    if checked != replace(decision, confidence=checked.confidence):
        raise ValueError("a text of it has white space where none belongs")
    about = str(values[RDFS.label])
    if not 0 < len(about) <= LONGEST["about"]:
        raise ValueError("its label is empty or too long")
    when = datetime.fromisoformat(str(values[PROV.endedAtTime]))
    if when.tzinfo is None:
        raise ValueError("its time has no zone")
    return Act(case_study=case_study, when=when.astimezone(UTC), about=about, decision=checked)


def _read_values(graph: Graph, iri: Node) -> dict[Node, Node]:
    """Return what is said of an act, each property having one value."""
    values: dict[Node, Node] = {}
    for predicate, value in graph.predicate_objects(iri):
        if predicate not in _KNOWN:
            raise ValueError(f"nothing is known of the property {predicate.n3()}")
        if predicate in _ONCE and values.setdefault(predicate, value) != value:
            raise ValueError(f"it has several values of {predicate.n3()}")
    for predicate in (IG.curates, RDFS.label, PROV.wasAssociatedWith, PROV.endedAtTime):
        if predicate not in values:
            raise ValueError(f"it lacks {predicate.n3()}")
    return values
