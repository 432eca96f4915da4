"""SPARQLWrapper queries and updates the service."""

from __future__ import annotations

from typing import Any

import pytest
from SPARQLWrapper import CSV, JSON, POST, POSTDIRECTLY, TURTLE, URLENCODED, XML, SPARQLWrapper
from SPARQLWrapper.SPARQLExceptions import QueryBadFormed

from serving import Service

FINDINGS = """
PREFIX ig: <https://w3id.org/impactgraph/ontology#>
SELECT DISTINCT ?finding ?notation {
  ?finding a ig:Finding ; <http://www.w3.org/2004/02/skos/core#notation> ?notation
} ORDER BY ?notation
"""


def wrap(service: Service) -> SPARQLWrapper:
    wrapper = SPARQLWrapper(service.sparql)
    for name, value in service.authorisation.items():
        wrapper.addCustomHttpHeader(name, value)
    wrapper.setTimeout(30)
    return wrapper


@pytest.mark.parametrize("method", ["GET", POST])
@pytest.mark.parametrize("how", [URLENCODED, POSTDIRECTLY])
def test_select_as_json(shipped: Service, method: str, how: str) -> None:
    wrapper = wrap(shipped)
    wrapper.setMethod(method)
    wrapper.setRequestMethod(how)
    wrapper.setQuery(FINDINGS)
    wrapper.setReturnFormat(JSON)
    answer: Any = wrapper.queryAndConvert()
    rows = answer["results"]["bindings"]
    assert answer["head"]["vars"] == ["finding", "notation"]
    assert rows[0]["notation"]["value"] == "a"
    assert rows[0]["finding"]["value"].endswith("/jam-and-justice/finding/a")


def test_formats(shipped: Service) -> None:
    wrapper = wrap(shipped)
    wrapper.setQuery(FINDINGS)
    wrapper.setReturnFormat(XML)
    document: Any = wrapper.queryAndConvert()
    assert document.getElementsByTagName("result").length > 1
    wrapper.setReturnFormat(CSV)
    text: Any = wrapper.queryAndConvert()
    assert text.splitlines()[0] == b"finding,notation"


def test_ask(shipped: Service) -> None:
    wrapper = wrap(shipped)
    wrapper.setQuery("ASK { ?s a <https://w3id.org/impactgraph/ontology#Impact> }")
    wrapper.setReturnFormat(JSON)
    answer: Any = wrapper.queryAndConvert()
    assert answer["boolean"] is True


def test_construct(shipped: Service) -> None:
    wrapper = wrap(shipped)
    wrapper.setQuery(
        "CONSTRUCT { ?s a ?type } { ?s a ?type . "
        "FILTER (?type = <https://w3id.org/impactgraph/ontology#Finding>) }"
    )
    wrapper.setReturnFormat(TURTLE)
    assert b"jam-and-justice/finding/a" in wrapper.queryAndConvert()
    wrapper.setReturnFormat(XML)
    graph: Any = wrapper.queryAndConvert()
    assert len(graph) > 1


def test_a_malformed_query_is_named_as_such(shipped: Service) -> None:
    wrapper = wrap(shipped)
    wrapper.setQuery("SELECT nothing")
    with pytest.raises(QueryBadFormed):
        wrapper.query()


@pytest.mark.parametrize("how", [URLENCODED, POSTDIRECTLY])
def test_update(empty: Service, how: str) -> None:
    wrapper = wrap(empty)
    wrapper.setMethod(POST)
    wrapper.setRequestMethod(how)
    wrapper.setQuery('INSERT DATA { <urn:s> <urn:p> "väärtus" }')
    wrapper.query()
    assert empty.select("SELECT ?o { <urn:s> <urn:p> ?o }") == [{"o": "väärtus"}]


def test_dataset_of_the_request(empty: Service) -> None:
    assert empty.update("INSERT DATA { GRAPH <urn:g> { <urn:s> <urn:p> 1 } }").is_success
    wrapper = wrap(empty)
    wrapper.setReturnFormat(JSON)
    wrapper.setQuery("ASK { ?s ?p ?o }")
    answer: Any = wrapper.queryAndConvert()
    assert answer["boolean"] is False
    wrapper.addDefaultGraph("urn:g")
    answer = wrapper.queryAndConvert()
    assert answer["boolean"] is True
