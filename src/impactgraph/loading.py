"""Bringing case studies into a store and taking them out, each act whole or not at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from rdflib import Graph, Literal, URIRef

from impactgraph.curation import curation_graph, replay_curation
from impactgraph.derivation import derive
from impactgraph.errors import DecodingError, LoadingError, NotFoundError, ValidationError
from impactgraph.graph import to_networkx
from impactgraph.identity import BASE, SHARED_KINDS, is_slug
from impactgraph.resources import case_study_files, data_path, ontology_files
from impactgraph.store import Store, Transaction
from impactgraph.texts import text_graph
from impactgraph.validation import parse_file, validate
from impactgraph.vocabulary import IG, ONTOLOGY_GRAPH, PROV, RDF, REFERENCE_GRAPH, SKOS, XSD

__all__ = [
    "LoadedCaseStudy",
    "derived_graph",
    "load_case_studies",
    "load_shipped",
    "mark_stale",
    "refresh_derived",
    "remove_case_study",
]


@dataclass(frozen=True, slots=True)
class LoadedCaseStudy:
    """A case study that was loaded: its slug and IRI, and how many triples it has."""

    slug: str
    iri: str
    triples: int


@dataclass(frozen=True, slots=True)
class _Parsed:
    slug: str
    iri: str
    own: Graph
    shared: Graph


def load_case_studies(
    store: Store, files: Sequence[Path], *, progress: Callable[[Path], None] | None = None
) -> tuple[LoadedCaseStudy, ...]:
    """Load files of one case study each, all of them or none, replacing what has the same IRI.

    What a file says of organisations, places and the like goes into the reference graph, for
    what is not yet described there. Everything else must lie under the case study's IRI.

    Args:
        store: the store; it moves on by one generation.
        files: RDF, by the ending of their names: see `validation.parse_file`.
        progress: called with each file after it was checked.

    Returns:
        What was loaded, in the order of the files.

    Raises:
        LoadingError: a file cannot be read, or is not the graph of one case study.
        ValidationError: a file violates the shapes; the message is the report.
        StoreError: the store cannot be written.
    """
    parsed = []
    for file in files:
        parsed.append(_parse(file))
        _check_shapes(file, parsed[-1])
        if progress is not None:
            progress(file)
    _refuse_twins(files, parsed)

    def change(transaction: Transaction) -> None:
        for case in parsed:
            _write(transaction, case)

    store.write(change)
    return _describe(parsed)


def load_shipped(store: Store, files: Sequence[Path] | None = None) -> tuple[LoadedCaseStudy, ...]:
    """Load the ontology, the reference graph and the case studies that impactgraph ships.

    They are one generation: a store never has a part of them only. That they conform to the
    shapes is tested where they are made, and not checked again: that would take longest.

    Args:
        store: the store; it moves on by one generation.
        files: those of the case studies shipped that are wanted; None for all.

    Raises:
        ResourceError: they could not be found.
        LoadingError, StoreError: as for `load_case_studies`.
    """
    parsed = [_parse(file) for file in (case_study_files() if files is None else files)]

    def change(transaction: Transaction) -> None:
        ontology = Graph()
        for file in ontology_files():
            ontology += parse_file(file)
        transaction.replace_graph(ONTOLOGY_GRAPH, ontology)
        _describe_shared(transaction, parse_file(data_path() / "reference.ttl"))
        for case in parsed:
            _write(transaction, case)

    store.write(change)
    return _describe(parsed)


def remove_case_study(store: Store, slug: str) -> str:
    """Remove a case study with its curation, text and derived graphs; what it shares stays.

    Returns:
        The IRI of the case study that is gone.

    Raises:
        NotFoundError: the store holds no such case study.
        StoreError: the store cannot be written.
    """
    iri: str = to_networkx(store, slug).graph["case_study"]

    def change(transaction: Transaction) -> None:
        for graph in (iri, curation_graph(iri), text_graph(iri), derived_graph(iri)):
            transaction.remove_graph(graph)

    store.write(change)
    return iri


def derived_graph(case_study: str) -> str:
    """Return the IRI of the graph of what follows from a case study."""
    return f"{case_study}/derived"


def refresh_derived(transaction: Transaction, case_study: str) -> bool:
    """Derive again what follows from a case study; if it is gone, remove that and its text.

    Args:
        transaction: the change that the case study was changed by.
        case_study: its IRI.

    Returns:
        Whether that was possible; where the case study cannot be read, what follows from it is
        marked: see `mark_stale`.
    """
    graph = derived_graph(case_study)
    try:
        derived = list(derive(to_networkx(transaction, case_study)))
    except NotFoundError:
        transaction.remove_graph(graph)
        transaction.remove_graph(text_graph(case_study))
        return True
    except DecodingError:
        mark_stale(transaction, case_study)
        return False
    transaction.replace_graph(graph, derived)
    return True


def mark_stale(transaction: Transaction, case_study: str) -> None:
    """Say in the derived graph of a case study that it no longer follows from the case study.

    The mark is `prov:invalidatedAtTime` of the derived graph (PROV-O, section 3.2); it goes when
    the graph is derived again.
    """
    graph = derived_graph(case_study)
    if (URIRef(graph), PROV.invalidatedAtTime, None) not in transaction.graph(graph):
        now = Literal(datetime.now(UTC).isoformat(timespec="seconds"), datatype=XSD.dateTime)
        transaction.add(graph, [(URIRef(graph), PROV.invalidatedAtTime, now)])


def _describe(parsed: Iterable[_Parsed]) -> tuple[LoadedCaseStudy, ...]:
    return tuple(
        LoadedCaseStudy(slug=case.slug, iri=case.iri, triples=len(case.own)) for case in parsed
    )


def _parse(file: Path) -> _Parsed:
    graph = parse_file(file)
    found = list(graph.subjects(RDF.type, IG.CaseStudy))
    if len(found) != 1 or not isinstance(found[0], URIRef):
        raise LoadingError(
            f"{file}: holds {len(found)} resources of the class ig:CaseStudy; "
            "a file to load holds one, named by an IRI"
        )
    iri = str(found[0])
    base, _, last = iri.rpartition("/")
    slug = str(graph.value(found[0], SKOS.notation) or "")
    if slug != last or not is_slug(slug):
        raise LoadingError(
            f"{file}: the case study <{iri}> has the slug (skos:notation) {slug!r}; it must be the "
            "last part of the IRI: up to 100 lower-case letters, digits and hyphens, none of "
            f"{', '.join(SHARED_KINDS)}"
        )
    own, shared = _split(file, graph, iri, f"{base}/")
    return _Parsed(slug=slug, iri=iri, own=own, shared=shared)


def _check_shapes(file: Path, case: _Parsed) -> None:
    report = validate(case.own + case.shared)
    if not report.conforms:
        raise ValidationError(f"{file}: violates the shapes\n{report}")


def _split(file: Path, graph: Graph, iri: str, base: str) -> tuple[Graph, Graph]:
    own, shared = Graph(bind_namespaces="none"), Graph(bind_namespaces="none")
    stems = tuple(f"{root}{kind}/" for root in {base, BASE} for kind in SHARED_KINDS)
    for triple in graph:
        subject = str(triple[0])
        if not isinstance(triple[0], URIRef):
            raise LoadingError(
                f"{file}: describes a blank node ({triple[1].n3()} {triple[2].n3()[:80]}); "
                "give every resource an IRI, so that others can refer to it"
            )
        if subject == iri or subject.startswith(iri + "/"):
            own.add(triple)
        elif subject.startswith(stems):
            shared.add(triple)
        else:
            raise LoadingError(
                f"{file}: describes <{subject}>, which is neither under <{iri}/> nor one of the "
                f"things that case studies share (<{base}organisation/…> and the like); "
                "leave that to the graph that it belongs to"
            )
    return own, shared


def _refuse_twins(files: Iterable[Path], parsed: Iterable[_Parsed]) -> None:
    seen: dict[str, Path] = {}
    for file, case in zip(files, parsed, strict=True):
        if case.iri in seen:
            raise LoadingError(f"{seen[case.iri]} and {file} both hold <{case.iri}>; load one")
        seen[case.iri] = file


def _write(transaction: Transaction, case: _Parsed) -> None:
    transaction.replace_graph(case.iri, case.own)
    _describe_shared(transaction, case.shared)
    replay_curation(transaction, case.iri)
    derived = derive(to_networkx(transaction, case.iri))
    transaction.replace_graph(derived_graph(case.iri), derived)


def _describe_shared(transaction: Transaction, shared: Graph) -> None:
    """Add what the store does not yet describe: the first description of a thing stays."""
    known = transaction.subjects(REFERENCE_GRAPH)
    transaction.add(REFERENCE_GRAPH, (triple for triple in shared if str(triple[0]) not in known))
