"""Downloads: each is opened again with the reader that its users have."""

from __future__ import annotations

import csv
import zipfile
from html.parser import HTMLParser
from io import BytesIO, StringIO
from pathlib import Path
from xml.etree import ElementTree as ET

import networkx as nx
import pytest
from fastapi.testclient import TestClient
from rdflib import Graph
from rdflib.compare import isomorphic

from impactgraph.documents.exports.workbooks import read_workbook
from impactgraph.encoding import encode
from impactgraph.graph import links_of, model_of, nodes_of, to_networkx
from impactgraph.store import Store
from impactgraph_api.pages.downloads import DOWNLOADS

CASE = "/case-studies/jam-and-justice"


def fetch(client: TestClient, name: str, basis: str | None = None) -> bytes:
    params = {"basis": basis} if basis else {}
    answer = client.get(f"{CASE}/download/{name}", params=params)
    assert answer.status_code == 200
    named = f'attachment; filename="jam-and-justice-{name}"'
    assert answer.headers["content-disposition"] == named
    assert answer.headers["content-type"] == DOWNLOADS[name].media_type
    return answer.content


def rows(content: bytes) -> list[list[str]]:
    return list(csv.reader(StringIO(content.decode("utf-8-sig"), newline="")))


@pytest.mark.parametrize("name", list(DOWNLOADS))
def test_every_download_is_in_the_menu_of_every_page(client: TestClient, name: str) -> None:
    for page in ("", "/matrix", "/chains", "/gaps", "/readiness", "/report", "/text"):
        assert f'href="{CASE}/download/{name}"' in client.get(CASE + page).text
    assert (
        f'href="{CASE}/download/{name}?basis=stated"'
        in client.get(f"{CASE}/gaps?basis=stated").text
    )


@pytest.mark.parametrize(("name", "form"), [("graph.ttl", "turtle"), ("graph.jsonld", "json-ld")])
def test_the_graph_comes_back_from_rdf(
    client: TestClient, store: Store, name: str, form: str
) -> None:
    read = Graph().parse(data=fetch(client, name), format=form)
    assert isomorphic(read, encode(model_of(to_networkx(store, "jam-and-justice"))))


def test_the_graph_comes_back_from_graphml(client: TestClient, store: Store) -> None:
    read = nx.read_graphml(BytesIO(fetch(client, "graph.graphml")), force_multigraph=True)
    graph = to_networkx(store, "jam-and-justice")
    assert set(read.nodes) == {node.iri for node in nodes_of(graph)}
    assert {key for _, _, key in read.edges(keys=True)} == {link.iri for link in links_of(graph)}


def test_the_evidence_comes_back_from_csv(client: TestClient) -> None:
    head, *table = rows(fetch(client, "evidence.csv", "curated"))
    assert head == ["Of", "Claim", "Source", "Basis", "Attestation", "Place", "Words"]
    evidence = client.get(f"/api{CASE}/report?basis=curated").json()["evidence"]
    assert [row[1] for row in table] == [row["claim"] for row in evidence]
    assert [row[2] for row in table] == [row["source"] or "none" for row in evidence]
    assert all(len(row) == len(head) for row in table)


def test_the_matrix_comes_back_from_csv(client: TestClient) -> None:
    head, *table = rows(fetch(client, "matrix.csv"))
    matrix = client.get(f"/api{CASE}/matrix").json()
    assert head[2:] == ["Impact 1", "Impact 2", "Impact 3", "Impact 4"]
    assert len(table) == len(matrix["findings"]) + 3
    joined = [cell != "no chain" for row in table[:-3] for cell in row[2:]]
    assert joined == [cell["chain_count"] > 0 for row in matrix["cells"] for cell in row]


@pytest.mark.parametrize("name", ["chains.csv", "gaps.csv"])
def test_other_tables_follow_the_basis(client: TestClient, name: str) -> None:
    assert rows(fetch(client, name, "stated")) != rows(fetch(client, name, "inferred"))


def test_the_workbook_opens(client: TestClient, tmp_path: Path) -> None:
    content = fetch(client, "report.xlsx")
    with zipfile.ZipFile(BytesIO(content)) as book:
        assert book.testzip() is None
        for part in book.namelist():
            if part.endswith(".xml"):
                ET.fromstring(book.read(part))
    file = tmp_path / "report.xlsx"
    file.write_bytes(content)
    assert sum(1 for _ in read_workbook(file)) > 5


def test_the_report_and_the_picture_open(client: TestClient) -> None:
    HTMLParser().feed(fetch(client, "report.html").decode())
    assert fetch(client, "report.md").decode().startswith("# ")
    picture = ET.fromstring(fetch(client, "picture.svg"))
    assert picture.tag == "{http://www.w3.org/2000/svg}svg"
    assert (
        fetch(client, "picture.svg", "stated")
        == client.get(f"{CASE}/picture.svg?basis=stated").content
    )


@pytest.mark.parametrize("name", ["none.csv", "..%2f..%2fetc", "report.exe"])
def test_nothing_else_is_on_offer(client: TestClient, name: str) -> None:
    assert client.get(f"{CASE}/download/{name}").status_code == 404
