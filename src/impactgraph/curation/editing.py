"""A case study's graph while acts are replayed: what it says, and what is taken out or put in."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable, Iterator
from decimal import Decimal
from functools import cache
from itertools import chain

from rdflib import Graph, Literal, URIRef
from rdflib.term import Node

from impactgraph.encoding.mapping import COLLECTIONS
from impactgraph.graph import GraphNode, Kind
from impactgraph.identity import fold, link_iri
from impactgraph.model import Basis, Step
from impactgraph.store.terms import RdflibTriple
from impactgraph.vocabulary import CONCEPTS, IG, OA, PROV, RDF, RDFS, SKOS, XSD
from impactgraph.wording import VERBS

__all__ = ["Editing", "NoEffectError", "Stated"]

_LONGEST_LABEL = 200
"""What ontology/shapes/link.ttl allows."""

_POINTING = (OA.hasTarget, IG.cites, IG.unresolved)
"""What marks and notes point with: without anything to point to they say nothing."""

_CLASSES: dict[Node, Kind] = {IG[kind.value.capitalize()]: kind for kind in Kind}
_STEPS = {str(IG[step.value]): step for step in Step}
_BASES: dict[Node, Basis] = {iri: Basis(basis) for basis, iri in CONCEPTS[Basis].items()}


class NoEffectError(Exception):
    """An act cannot do what it says, as things are; the message says why."""


@dataclasses.dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What a link says: the step between two nodes, on which basis, and where."""

    origin: str
    step: Step
    end: str
    basis: Basis
    rationale: str
    anchors: tuple[Node, ...]


class Editing:
    """What was encoded, what of it was withdrawn, and what was added; no graph given is changed.

    `foreign` is what others wrote beside the acts: it counts, and no act takes it out.
    """

    def __init__(self, case_study: str, encoded: Graph, foreign: Graph) -> None:
        self.case_study = case_study
        self.added = Graph(bind_namespaces="none")
        self.withdrawn: set[RdflibTriple] = set()
        self._encoded = encoded
        self._foreign = foreign
        self.touched: set[tuple[str, str]] = set()
        """What corroborates what, where an act changed that: each the thing and its source."""
        self._latest: list[RdflibTriple] = []

    def find(
        self, subject: Node | None, predicate: Node | None, value: Node | None
    ) -> Iterator[RdflibTriple]:
        """Yield the triples of a pattern, wherever they are."""
        pattern = (subject, predicate, value)
        for triple in self._encoded.triples(pattern):
            if triple not in self.withdrawn:
                yield triple
        yield from self.added.triples(pattern)
        yield from self._foreign.triples(pattern)

    def value(self, subject: str, predicate: Node) -> str | None:
        """Return a value of a property, None where there is none."""
        found = sorted(str(value) for _, _, value in self.find(URIRef(subject), predicate, None))
        return found[0] if found else None

    def node(self, iri: str) -> GraphNode:
        """Return a node of the case study.

        Raises:
            NoEffectError: it is not there.
        """
        for _, _, rdf_class in self.find(URIRef(iri), RDF.type, None):
            if rdf_class in _CLASSES:
                return GraphNode(
                    iri=iri,
                    kind=_CLASSES[rdf_class],
                    label=self.value(iri, RDFS.label) or "",
                    notation=self.value(iri, SKOS.notation),
                )
        raise NoEffectError(f"the node {self._short(iri)} is not there")

    def link(self, iri: str) -> Stated:
        """Return what a link says.

        Raises:
            NoEffectError: it is not there.
        """
        origin, step = self.value(iri, IG["from"]), self.value(iri, IG.step)
        end, basis = self.value(iri, IG.to), self.value(iri, IG.basis)
        if origin is None or step is None or end is None or basis is None:
            raise NoEffectError(f"the link {self._short(iri)} is not there")
        if URIRef(basis) not in _BASES or step not in _STEPS:
            raise NoEffectError(f"the link {self._short(iri)} has no step or basis that is known")
        return Stated(
            origin=origin,
            step=_STEPS[step],
            end=end,
            basis=_BASES[URIRef(basis)],
            rationale=self.value(iri, IG.rationale) or "",
            anchors=tuple(anchor for _, _, anchor in self.find(URIRef(iri), IG.anchor, None)),
        )

    def surely(self, origin: str, step: Step, end: str, *, but: str | None = None) -> Basis | None:
        """Return on which basis a step is stated or curated, by another link than one."""
        for iri, basis in self.links_between(origin, step, end):
            if iri != but and basis is not Basis.INFERRED:
                return basis
        return None

    def links_between(
        self, origin: str, step: Step, end: str
    ) -> Iterator[tuple[str, Basis | None]]:
        """Yield the links that say one step, each with its basis."""
        for link, _, _ in list(self.find(None, IG["from"], URIRef(origin))):
            iri = str(link)
            if self.value(iri, IG.to) == end and self.value(iri, IG.step) == str(IG[step.value]):
                yield iri, _BASES.get(URIRef(self.value(iri, IG.basis) or ""))

    def remove(self, triples: Iterable[RdflibTriple]) -> None:
        """Take triples out, all or none.

        Raises:
            NoEffectError: one of them was not encoded, nor added by an act.
        """
        gone = list(dict.fromkeys(triples))
        if any(triple in self._foreign for triple in gone):
            raise NoEffectError(
                "it was written into the graph of the curation by other means; change it there"
            )
        for triple in gone:
            if triple in self._encoded and triple not in self.withdrawn:
                self.withdrawn.add(triple)
                self._latest.append(triple)
            self.added.remove(triple)
        self._touch(gone)

    def add(self, triples: Iterable[RdflibTriple]) -> None:
        """Put triples in, where they are not there."""
        put = list(triples)
        for triple in put:
            if next(self.find(*triple), None) is None:
                self.added.add(triple)
        self._touch(put)

    def take_withdrawn(self) -> tuple[RdflibTriple, ...]:
        """Return what was taken out of what was encoded since this was last asked."""
        latest, self._latest = tuple(self._latest), []
        return latest

    def triples_of_link(self, iri: str) -> list[RdflibTriple]:
        """Return what a link is made of; its plain triple too, where no other link asserts it."""
        said = self.link(iri)
        triples = list(self.find(URIRef(iri), None, None))
        triples += self.find(None, None, URIRef(iri))
        if self.surely(said.origin, said.step, said.end, but=iri) is None:
            triples += self.find(URIRef(said.origin), IG[said.step.value], URIRef(said.end))
        return triples

    def triples_of_node(self, iri: str) -> list[RdflibTriple]:
        """Return what a node is made of, with all that cannot be without it."""
        triples: list[RdflibTriple] = []
        waiting, seen = [iri], {iri}
        while waiting:
            at = URIRef(waiting.pop())
            triples += self.find(at, None, None)
            for subject, predicate, _ in list(self.find(None, None, at)):
                triples.append((subject, predicate, at))
                if str(subject) not in seen and self._needs(subject, predicate, seen):
                    seen.add(str(subject))
                    waiting.append(str(subject))
        return triples

    def locate(self, quote: str, near: Iterable[str]) -> URIRef:
        """Return the anchor whose words a quote is from, one of the nodes near before others.

        Raises:
            NoEffectError: no passage that is kept has these words.
        """
        close = {anchor for iri in near for _, _, anchor in self.find(URIRef(iri), IG.anchor, None)}
        words = fold(quote)
        found: list[tuple[bool, bool, int, str]] = []
        for anchor, _, _ in self.find(None, RDF.type, OA.SpecificResource):
            exact = fold(self._exact(str(anchor)))
            if exact and (words in exact or exact in words):
                found.append((words not in exact, anchor not in close, len(exact), str(anchor)))
        if not found:
            raise NoEffectError(
                f"no passage that is kept has the words “{quote[:80]}”; "
                "take words of a passage that the case study quotes"
            )
        return URIRef(min(found)[3])

    def curated(
        self, said: Stated, who: str, confidence: Decimal
    ) -> tuple[str, list[RdflibTriple]]:
        """Return the IRI and the triples of a link, its plain triple too.

        Args:
            said: what it says.
            who: the IRI of the person who concluded it.
            confidence: how sure that person is.
        """
        case = self.case_study
        iri = link_iri(case, said.origin, said.step, said.end, said.basis)
        link, origin, end = URIRef(iri), URIRef(said.origin), URIRef(said.end)
        names = (self.node(said.origin).name, VERBS[said.step], self.node(said.end).name)
        label = f"{' '.join(names)} ({said.basis.value})"
        if len(label) > _LONGEST_LABEL:
            label = label[: _LONGEST_LABEL - 1] + "…"
        sure = int(confidence) if confidence == 1 else confidence
        triples: list[RdflibTriple] = [
            (link, RDF.type, IG.Link),
            (link, IG.inCaseStudy, URIRef(case)),
            (link, RDFS.label, Literal(label, lang="en")),
            (link, IG["from"], origin),
            (link, IG.step, IG[said.step.value]),
            (link, IG.to, end),
            (link, IG.basis, CONCEPTS[Basis][said.basis]),
            (link, IG.collective, Literal("false", datatype=XSD.boolean)),
            (link, IG.confidence, Literal(sure)),
            (link, IG.rationale, Literal(said.rationale, lang="en")),
            (link, PROV.wasAttributedTo, URIRef(who)),
            (origin, IG[said.step.value], end),
        ]
        triples += [(link, IG.anchor, anchor) for anchor in said.anchors]
        return iri, triples

    def _touch(self, triples: Iterable[RdflibTriple]) -> None:
        self.touched.update(
            (str(thing), str(source))
            for thing, predicate, source in triples
            if predicate == IG.corroboratedBy
        )

    def _exact(self, anchor: str) -> str:
        position = self.value(anchor, OA.hasSelector)
        quote = position and self.value(position, OA.refinedBy)
        return (quote and self.value(quote, OA.exact)) or ""

    def _needs(self, subject: Node, predicate: Node, gone: set[str]) -> bool:
        """Return whether a thing cannot be without what a property of it leads to.

        Args:
            subject: the thing.
            predicate: the property.
            gone: the things that go already.
        """
        if predicate in _POINTING:
            rest = chain.from_iterable(self.find(subject, one, None) for one in _POINTING)
            return all(str(value) in gone for _, _, value in rest)
        return any(
            (rdf_class, predicate) in _list_needs()
            for _, _, rdf_class in self.find(subject, RDF.type, None)
        )

    def _short(self, iri: str) -> str:
        return iri.removeprefix(f"{self.case_study}/")


@cache
def _list_needs() -> frozenset[tuple[Node, Node]]:
    """Return the classes with the properties that every member has once, leading to a thing."""
    needs: set[tuple[Node, Node]] = set()
    for mapping in COLLECTIONS.values():
        required = {
            field.name
            for field in dataclasses.fields(mapping.cls)
            if "None" not in str(field.type) and "tuple" not in str(field.type)
        }
        needs.update(
            (mapping.types[0], prop.iri) for prop in mapping.properties if prop.field in required
        )
    return frozenset(needs)
