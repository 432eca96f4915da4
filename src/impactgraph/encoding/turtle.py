"""Turtle that a person can read and compare line by line: in a fixed order, with short names."""

from __future__ import annotations

import re
from itertools import chain

import pyoxigraph as ox
from rdflib import Graph, URIRef
from rdflib.term import Node

from impactgraph.encoding.mapping import CASE_STUDY, COLLECTIONS, REFERENCE
from impactgraph.identity import BASE
from impactgraph.vocabulary import IG, PREFIXES, RDF

__all__ = ["to_turtle"]

_CLASSES = {
    rdf_type: rank
    for rank, rdf_type in enumerate(
        mapping.types[0] for mapping in (CASE_STUDY, *COLLECTIONS.values(), *REFERENCE.values())
    )
}
_PROPERTIES = {
    iri: rank
    for rank, iri in enumerate(
        dict.fromkeys(
            [
                RDF.type,
                *(
                    prop.iri
                    for mapping in chain((CASE_STUDY,), COLLECTIONS.values(), REFERENCE.values())
                    for prop in mapping.properties
                ),
            ]
        )
    )
}


def to_turtle(graph: Graph) -> str:
    """Return a case study's or reference graph as Turtle in a fixed order.

    The case study comes first, then its members by stage, the links, and the anchors; the
    same triples give the same text.
    """
    classes: dict[Node, int] = {}
    for subject, rdf_type in graph.subject_objects(RDF.type):
        rank = _CLASSES.get(URIRef(str(rdf_type)), len(_CLASSES))
        classes[subject] = min(rank, classes.get(subject, rank))
    prefixes = dict(PREFIXES)
    for case_study in sorted(map(str, graph.subjects(RDF.type, IG.CaseStudy))):
        prefixes |= {"case": case_study, "own": case_study + "/"}
        prefixes |= _kinds(graph, case_study)
    for kind in ("organisation", "place"):
        prefixes[kind] = f"{BASE}{kind}/"

    def order(triple: tuple[Node, Node, Node]) -> tuple[object, ...]:
        subject, predicate, value = triple
        return (
            classes.get(subject, len(_CLASSES) + 1),
            str(subject),
            _PROPERTIES.get(URIRef(str(predicate)), len(_PROPERTIES)),
            str(predicate),
            value.n3(),
        )

    ordered = "\n".join(
        " ".join((*(term.n3() for term in triple), ".")) for triple in sorted(graph, key=order)
    )
    used = {prefix: iri for prefix, iri in prefixes.items() if f"<{iri}" in ordered}
    quads = ox.parse(ordered, format=ox.RdfFormat.N_TRIPLES)
    text = ox.serialize((quad.triple for quad in quads), format=ox.RdfFormat.TURTLE, prefixes=used)
    assert text is not None
    # Oxigraph escapes line breaks inside literals, so a dot at a line's end closes a subject.
    return re.sub(r" \.\n(?=[^@\s])", " .\n\n", text.decode()).replace("\t", "    ")


def _kinds(graph: Graph, case_study: str) -> dict[str, str]:
    kinds = {
        str(subject).removeprefix(case_study + "/").split("/")[0]
        for subject in graph.subjects()
        if str(subject).startswith(case_study + "/") and str(subject).count("/") > 5
    }
    return {kind: f"{case_study}/{kind}/" for kind in sorted(kinds)}
