"""The ontology as a page, and as RDF."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from impactgraph.resources import ontology_file
from impactgraph_api.negotiation import GRAPH_FORMATS

HTML = {"Accept": "text/html"}


def test_the_page_defines_every_class_and_property(client: TestClient) -> None:
    page = client.get("/ontology", headers=HTML).text
    text = ontology_file().read_text(encoding="utf-8")
    terms = re.findall(r"^ig:(\w+) a owl:(?:Class|\w*Property)\b", text, re.MULTILINE)
    assert len(terms) > 90
    for term in terms:
        assert f'id="{term}"' in page


def test_each_place_that_the_page_leads_to_is_there(client: TestClient) -> None:
    page = client.get("/ontology", headers=HTML).text
    leading = set(re.findall(r'href="(?:/ontology)?#([^"]+)"', page))
    assert len(leading) > 150
    assert leading - {"main"} <= set(re.findall(r'id="([^"]+)"', page))


@pytest.mark.parametrize("form", GRAPH_FORMATS, ids=lambda form: form.name)
def test_programs_get_the_ontology_itself(client: TestClient, form: object) -> None:
    answer = client.get("/ontology", headers={"Accept": form.media_types[0]})  # type: ignore[attr-defined]
    found = len(list(ox.parse(answer.content, format=GRAPH_FORMATS[form])))  # type: ignore[index]
    base = "https://w3id.org/impactgraph/ontology"
    content = ontology_file().read_bytes()
    whole = len(list(ox.parse(content, format=ox.RdfFormat.TURTLE, base_iri=base)))
    assert found == whole


def test_another_format_is_refused(client: TestClient) -> None:
    assert client.get("/ontology", headers={"Accept": "image/png"}).status_code == 406
    assert client.get("/ontology?format=pdf").status_code == 400
