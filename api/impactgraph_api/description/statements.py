"""The service in RDF, by the SPARQL 1.1 Service Description vocabulary and VoID.

See https://www.w3.org/TR/sparql11-service-description/ and https://www.w3.org/TR/void/.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Final, TypeAlias

import pyoxigraph as ox

from impactgraph_api.description.statistics import Count, Statistics
from impactgraph_api.settings import Settings

__all__ = ["PREFIXES", "describe_service"]

PREFIXES: Final = {
    "dcterms": "http://purl.org/dc/terms/",
    "ent": "http://www.w3.org/ns/entailment/",
    "formats": "http://www.w3.org/ns/formats/",
    "prov": "http://www.w3.org/ns/prov#",
    "rdfs": "http://www.w3.org/2000/01/rdf-schema#",
    "sd": "http://www.w3.org/ns/sparql-service-description#",
    "void": "http://rdfs.org/ns/void#",
    "xsd": "http://www.w3.org/2001/XMLSchema#",
}

_RESULT_FORMATS: Final = (
    "SPARQL_Results_JSON",
    "SPARQL_Results_XML",
    "SPARQL_Results_CSV",
    "SPARQL_Results_TSV",
)
_GRAPH_FORMATS: Final = ("Turtle", "N-Triples", "RDF_XML", "JSON-LD")
"""Names of the unique IRIs for file formats, https://www.w3.org/ns/formats/."""

_MOST_LISTED: Final = 1000
"""Graphs, classes and properties that are listed one by one; how many there are is said anyway."""

_UNION: Final = (
    "The union of all graphs: a pattern outside GRAPH matches the triples of every graph. A triple "
    "that stands in two graphs counts twice, here and in a query without DISTINCT."
)
_STRICT: Final = (
    "The data set's own default graph: a pattern outside GRAPH matches no triple of a named graph."
)

_UPDATES: Final = (
    "In an update, a pattern outside GRAPH matches the data set's own default graph alone, unless "
    "WITH, USING or using-graph-uri names other graphs; so it is, whatever queries see."
)

_Subject: TypeAlias = ox.NamedNode | ox.BlankNode
_A: Final = ox.NamedNode("http://www.w3.org/1999/02/22-rdf-syntax-ns#type")


def describe_service(
    endpoint: str, settings: Settings, statistics: Statistics | None, *, remote: bool = False
) -> tuple[ox.Triple, ...]:
    """Return the description of the service.

    Args:
        endpoint: the URL of its SPARQL endpoint, as the client knows it.
        settings: say what a query's default graph is, and whether updates are taken.
        statistics: of the data set; None leaves them out.
        remote: whether an engine elsewhere makes the updates, in its own way.
    """
    service = ox.BlankNode("service")
    address = ox.NamedNode(endpoint)
    return (
        *_describe_face(service, address, settings),
        *(() if remote or settings.read_only else (_comment(service, _UPDATES),)),
        *_describe_dataset(service, address, settings, statistics),
    )


def _describe_face(
    service: ox.BlankNode, address: ox.NamedNode, settings: Settings
) -> Iterator[ox.Triple]:
    yield ox.Triple(service, _A, _name("sd:Service"))
    yield ox.Triple(service, _name("sd:endpoint"), address)
    yield ox.Triple(service, _name("rdfs:label"), ox.Literal("impactgraph", language="en"))
    yield ox.Triple(service, _name("sd:defaultEntailmentRegime"), _name("ent:Simple"))
    languages = ["sd:SPARQL11Query"] + ([] if settings.read_only else ["sd:SPARQL11Update"])
    features = ["sd:EmptyGraphs"]
    if settings.default_graph == "union":
        features.append("sd:UnionDefaultGraph")
    taken = () if settings.read_only else _GRAPH_FORMATS
    for prefixed, names in (
        ("sd:supportedLanguage", languages),
        ("sd:feature", features),
        ("sd:resultFormat", [f"formats:{name}" for name in (*_RESULT_FORMATS, *_GRAPH_FORMATS)]),
        ("sd:inputFormat", [f"formats:{name}" for name in taken]),
    ):
        for name in names:
            yield ox.Triple(service, _name(prefixed), _name(name))


def _describe_dataset(
    service: ox.BlankNode,
    address: ox.NamedNode,
    settings: Settings,
    statistics: Statistics | None,
) -> Iterator[ox.Triple]:
    dataset, default = ox.BlankNode("dataset"), ox.BlankNode("default")
    yield ox.Triple(service, _name("sd:defaultDataset"), dataset)
    for kind in ("sd:Dataset", "void:Dataset"):
        yield ox.Triple(dataset, _A, _name(kind))
    yield ox.Triple(dataset, _name("void:sparqlEndpoint"), address)
    yield ox.Triple(dataset, _name("sd:defaultGraph"), default)
    for kind in ("sd:Graph", "void:Dataset"):
        yield ox.Triple(default, _A, _name(kind))
    words = _UNION if settings.default_graph == "union" else _STRICT
    yield ox.Triple(default, _name("dcterms:description"), ox.Literal(words, language="en"))
    if statistics is not None:
        yield from _describe_contents(dataset, default, statistics)
        yield from _describe_named_graphs(dataset, statistics)


def _describe_contents(
    dataset: ox.BlankNode, default: ox.BlankNode, statistics: Statistics
) -> Iterator[ox.Triple]:
    for whole, triples in (
        (dataset, statistics.triples),
        (default, statistics.default_triples),
    ):
        if triples is not None:
            yield ox.Triple(whole, _name("void:triples"), _number(triples))
    if statistics.classes is not None:
        yield ox.Triple(dataset, _name("void:classes"), _number(len(statistics.classes)))
        for number, count in enumerate(statistics.classes[:_MOST_LISTED]):
            part = ox.BlankNode(f"class{number}")
            yield from _describe_part(
                dataset, part, ("void:classPartition", "void:class", "void:entities"), count
            )
    if statistics.properties is not None:
        yield ox.Triple(dataset, _name("void:properties"), _number(len(statistics.properties)))
        for number, count in enumerate(statistics.properties[:_MOST_LISTED]):
            part = ox.BlankNode(f"property{number}")
            yield from _describe_part(
                dataset, part, ("void:propertyPartition", "void:property", "void:triples"), count
            )


def _describe_part(
    whole: _Subject, part: ox.BlankNode, properties: tuple[str, str, str], count: Count
) -> Iterator[ox.Triple]:
    """Describe a part of the data set by three properties: that it is one, of what, how large."""
    iri = _iri(count.iri)
    if iri is None:
        return
    partition, naming, counting = (_name(prefixed) for prefixed in properties)
    yield ox.Triple(whole, partition, part)
    yield ox.Triple(part, naming, iri)
    yield ox.Triple(part, counting, _number(count.number))


def _describe_named_graphs(dataset: ox.BlankNode, statistics: Statistics) -> Iterator[ox.Triple]:
    graphs, stale = statistics.graphs, statistics.stale
    if stale:
        words = (
            "Derived graphs that no longer follow from the case studies that they are named after"
        )
        yield _comment(dataset, f"{words}: {len(stale)}, marked by prov:invalidatedAtTime.")
    if graphs is None:
        return
    if len(graphs) > _MOST_LISTED:
        words = f"{len(graphs)} named graphs hold triples; the first {_MOST_LISTED} are listed."
        yield _comment(dataset, words)
    for number, count in enumerate(graphs[:_MOST_LISTED]):
        iri = _iri(count.iri)
        if iri is None:
            continue
        named, graph = ox.BlankNode(f"named{number}"), ox.BlankNode(f"graph{number}")
        yield ox.Triple(dataset, _name("sd:namedGraph"), named)
        yield ox.Triple(named, _A, _name("sd:NamedGraph"))
        yield ox.Triple(named, _name("sd:name"), iri)
        yield ox.Triple(named, _name("sd:graph"), graph)
        for kind in ("sd:Graph", "void:Dataset"):
            yield ox.Triple(graph, _A, _name(kind))
        yield ox.Triple(graph, _name("void:triples"), _number(count.number))
        if count.iri in stale:
            time = ox.Literal(stale[count.iri], datatype=_name("xsd:dateTime"))
            yield ox.Triple(graph, _name("prov:invalidatedAtTime"), time)


def _iri(text: str) -> ox.NamedNode | None:
    """Return a name as an IRI; in a result as CSV a blank node (a class may be one) is told apart.

    See SPARQL 1.1 Query Results CSV and TSV Formats, section 3.2.
    """
    return None if text.startswith("_:") else ox.NamedNode(text)


def _comment(subject: _Subject, words: str) -> ox.Triple:
    return ox.Triple(subject, _name("rdfs:comment"), ox.Literal(words, language="en"))


def _name(prefixed: str) -> ox.NamedNode:
    prefix, _, local = prefixed.partition(":")
    return ox.NamedNode(PREFIXES[prefix] + local)


def _number(number: int) -> ox.Literal:
    return ox.Literal(str(number), datatype=ox.NamedNode(PREFIXES["xsd"] + "integer"))
