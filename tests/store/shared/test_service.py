"""The service's queries and writes over engines that really run."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import TypeVar

import pyoxigraph as ox
import pytest
from fastapi.testclient import TestClient

from impactgraph.errors import (
    GraphNotFoundError,
    QueryError,
    StoreError,
    UpdateError,
    ValidationError,
)
from impactgraph.loading import derived_graph, load_shipped
from impactgraph.resources import case_study_files
from impactgraph.store import Store
from impactgraph.store.remote import Engine, RemoteStore
from impactgraph_api import create_app
from impactgraph_api.remote import RemoteWorkers, RemoteWriter
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.operations import Dataset, QueryOperation, UpdateOperation
from impactgraph_api.workers import (
    Answer,
    NotAcceptableError,
    QueryTimeoutError,
    Question,
    ResultTooLargeError,
)
from impactgraph_api.writing import GraphRequest, UpdateRequest, WriteOutcome, WriteRequest

Result = TypeVar("Result")
EX = "https://example.org/"
G, H = EX + "g", EX + "h"
CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
SETTINGS = Settings(workers=4)
BRIDGES = Path(__file__).parents[2] / "documents" / "safer-bridges.md"


@pytest.fixture
def remote(store: Store) -> RemoteStore:
    if not isinstance(store, RemoteStore):
        pytest.skip("an embedded store has workers of its own")
    return store


def ask_all(
    store: RemoteStore,
    operations: list[QueryOperation],
    settings: Settings = SETTINGS,
    solutions: str | None = "csv",
    graphs: str | None = "ntriples",
) -> list[Answer]:
    async def run() -> list[Answer]:
        workers = RemoteWorkers(store, settings)
        await workers.start()
        try:
            questions = [
                Question(operation=operation, solutions=solutions, graphs=graphs)
                for operation in operations
            ]
            return await asyncio.gather(*map(workers.ask, questions))
        finally:
            await workers.close()

    return asyncio.run(run())


def ask(store: RemoteStore, text: str, **options: object) -> bytes:
    (answer,) = ask_all(store, [QueryOperation(text=text)], **options)  # type: ignore[arg-type]
    if answer.file is None:
        assert answer.body is not None
        return answer.body
    with answer.file as file:
        return file.read()


def write(store: RemoteStore, request: WriteRequest, settings: Settings = SETTINGS) -> WriteOutcome:
    async def run() -> WriteOutcome:
        writer = RemoteWriter(store, settings)
        await writer.start()
        try:
            return await writer.write(request)
        finally:
            await writer.close()

    return asyncio.run(run())


def put(store: RemoteStore, graph: str, turtle: str, method: str = "PUT") -> WriteOutcome:
    return write(
        store,
        GraphRequest(
            method=method,  # type: ignore[arg-type]
            graph=graph,
            body=turtle.encode(),
            media_type="text/turtle",
            base=EX,
        ),
    )


def update(store: RemoteStore, text: str, **dataset: tuple[str, ...]) -> WriteOutcome:
    return write(store, UpdateRequest(operation=UpdateOperation(text=text, **dataset)))


class TestQueries:
    @pytest.mark.parametrize(
        ("form", "expected"),
        [
            ("csv", b"o\r\na\r\n"),
            ("tsv", b'?o\n"a"\n'),
            ("json", b'{"head":{"vars":["o"]},"results":{"bindings":[{"o":{"type":"literal",'),
            (
                "xml",
                b'<?xml version="1.0"?><sparql xmlns="http://www.w3.org/2005/sparql-results#">',
            ),
        ],
    )
    def test_rows_come_in_the_format_asked_for(
        self, remote: RemoteStore, form: str, expected: bytes
    ) -> None:
        put(remote, G, "<s> <p> 'a' .")
        assert ask(remote, f"SELECT ?o {{ <{EX}s> ?p ?o }}", solutions=form).startswith(expected)

    @pytest.mark.parametrize(
        ("form", "kind"),
        [
            ("turtle", ox.RdfFormat.TURTLE),
            ("ntriples", ox.RdfFormat.N_TRIPLES),
            ("rdfxml", ox.RdfFormat.RDF_XML),
            ("jsonld", ox.RdfFormat.JSON_LD),
        ],
    )
    def test_triples_come_in_the_format_asked_for(
        self, remote: RemoteStore, form: str, kind: ox.RdfFormat
    ) -> None:
        put(remote, G, "<s> <p> 'a'@en, <o> .")
        body = ask(remote, f"CONSTRUCT WHERE {{ <{EX}s> <{EX}p> ?o }}", graphs=form)
        found = {str(quad.object) for quad in ox.parse(body, kind)}
        assert found == {'"a"@en', f"<{EX}o>"}

    def test_yes_and_no(self, remote: RemoteStore) -> None:
        put(remote, G, "<s> <p> 'a' .")
        answers = [ask(remote, f"ASK {{ <{EX}{s}> ?p ?o }}", solutions="json") for s in "sx"]
        assert [json.loads(answer)["boolean"] for answer in answers] == [True, False]

    def test_the_request_chooses_the_graphs(self, remote: RemoteStore) -> None:
        put(remote, G, "<s> <p> 'a' .")
        put(remote, H, "<s> <p> 'b' .")
        text = f"SELECT ?o {{ <{EX}s> ?p ?o }}"
        (answer,) = ask_all(remote, [QueryOperation(text=text, dataset=Dataset(default=(H,)))])
        assert answer.body == b"o\r\nb\r\n"

    def test_a_long_answer_comes_as_a_file_and_may_not_be_longer_than_allowed(
        self, remote: RemoteStore
    ) -> None:
        put(remote, G, f"<s> <p> '{'x' * 1_500_000}' .")
        text = f"SELECT ?o {{ <{EX}s> ?p ?o }}"
        (answer,) = ask_all(remote, [QueryOperation(text=text)])
        assert answer.body is None
        assert answer.file is not None
        assert len(answer.file.read()) == answer.size > 1_500_000
        answer.file.close()
        with pytest.raises(ResultTooLargeError):
            ask(remote, text, settings=Settings(result_size=1_000_000))

    def test_many_at_once_are_all_answered(self, remote: RemoteStore) -> None:
        put(remote, G, "<s> <p> 'a' .")
        operation = QueryOperation(text=f"SELECT ?o {{ <{EX}s> ?p ?o }}")
        answers = ask_all(remote, [operation] * 40)
        assert [answer.body for answer in answers] == [b"o\r\na\r\n"] * 40

    @pytest.mark.parametrize(
        ("text", "options", "error"),
        [
            ("SELEKT", {}, QueryError),
            ("SELECT * { ?s ?p }", {}, QueryError),
            ("SELECT * { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }", {}, QueryError),
            ("ASK {}", {"solutions": None}, NotAcceptableError),
            ("CONSTRUCT WHERE { ?s ?p ?o }", {"graphs": None}, NotAcceptableError),
        ],
    )
    def test_what_cannot_be_answered_is_refused(
        self, remote: RemoteStore, text: str, options: dict[str, object], error: type[Exception]
    ) -> None:
        with pytest.raises(error):
            ask(remote, text, **options)

    def test_a_query_that_takes_too_long_is_given_up(self, remote: RemoteStore) -> None:
        put(remote, G, "".join(f"<s{number}> <p> {number} .\n" for number in range(150)))
        text = f"SELECT (COUNT(*) AS ?n) {{ {' '.join(f'?a{n} <{EX}p> ?b{n} .' for n in range(3))} "
        text += "FILTER(CONTAINS(CONCAT(STR(?b0), STR(?b1), STR(?b2)), '987654321')) }"
        operation = QueryOperation(text=text, seconds=0.2)
        with pytest.raises(QueryTimeoutError, match=r"0\.2 seconds"):
            ask_all(remote, [operation])

    def test_an_engine_that_is_down_is_reported(self) -> None:
        nobody = RemoteStore(
            Engine(query_url="http://127.0.0.1:1/", update_url="http://127.0.0.1:1/")
        )
        with pytest.raises(StoreError, match="cannot be reached"):
            ask(nobody, "ASK {}")
        with pytest.raises(StoreError, match="cannot be reached"):
            update(nobody, "CLEAR ALL")


class TestAnswersOverHttp:
    def test_none_is_kept_for_others_write_too(self, remote: RemoteStore) -> None:
        ask = {"query": f"SELECT ?o {{ GRAPH <{G}> {{ ?s ?p ?o }} }}", "format": "csv"}
        with TestClient(create_app(remote, SETTINGS)) as client:
            for number in ("1", "2"):
                # Past the service, as another program would.
                put(remote, G, f"<s> <p> {number} .")
                answers = [
                    client.get("/sparql", params=ask, headers={"If-None-Match": '"a"'}),
                    client.get("/sparql", params=ask),
                    client.get("/rdf-graph-store", params={"graph": G, "format": "ntriples"}),
                ]
                for answer in answers:
                    assert answer.status_code == 200
                    assert number in answer.text
                    assert "etag" not in answer.headers
                    assert answer.headers["cache-control"] == "no-store"


class TestDocuments:
    def test_a_document_is_kept_and_replaced(self, remote: RemoteStore) -> None:
        slug, content = "safer-bridges", BRIDGES.read_bytes()
        headers = {"Content-Type": "text/markdown", "Authorization": "Bearer a-token"}
        with TestClient(create_app(remote, Settings(workers=1, token="a-token"))) as client:
            address = f"/case-studies/{slug}"
            assert client.put(address, content=content, headers=headers).status_code == 201
            before = client.get(f"/api{address}").json()
            assert before["counts"]["output"] == 6
            again = client.put(address, content=content, headers=headers)
            assert again.status_code == 200, again.text
            refused = client.put(address, content=b"1. Milk", headers=headers)
            assert refused.status_code == 422
            stranger = client.put(address, content=content, headers={"Content-Type": "text/plain"})
            assert stranger.status_code == 401
            assert client.get(f"/api{address}").json() == before

    def test_what_a_person_encoded_stays(self, remote: RemoteStore) -> None:
        load_shipped(remote)
        headers = {"Content-Type": "text/markdown", "Authorization": "Bearer a-token"}
        with TestClient(create_app(remote, Settings(workers=1, token="a-token"))) as client:
            address = "/case-studies/jam-and-justice"
            answer = client.put(address, content=BRIDGES.read_bytes(), headers=headers)
            assert answer.status_code == 409
            assert client.get(f"/api{address}").json()["title"].startswith("Jam")


class TestWrites:
    def test_a_graph_is_put_added_to_and_deleted(self, remote: RemoteStore) -> None:
        text = f"SELECT ?o {{ GRAPH <{G}> {{ ?s ?p ?o }} }} ORDER BY ?o"
        assert put(remote, G, "<s> <p> 'a' .").created
        assert not put(remote, G, "<s> <p> 'b' .").created
        assert ask(remote, text) == b"o\r\nb\r\n"
        assert not put(remote, G, "<s> <p> 'c', [] .", method="POST").created
        assert ask(remote, text).count(b"\r\n") == 4
        put(remote, G, "", method="DELETE")
        assert ask(remote, text) == b"o\r\n"
        with pytest.raises(GraphNotFoundError):
            put(remote, G, "", method="DELETE")

    def test_a_malformed_graph_changes_nothing(self, remote: RemoteStore) -> None:
        put(remote, G, "<s> <p> 'a' .")
        with pytest.raises(UpdateError, match="malformed"):
            put(remote, G, "<s> <p>")
        assert ask(remote, f"SELECT ?o {{ GRAPH <{G}> {{ ?s ?p ?o }} }}") == b"o\r\na\r\n"

    def test_an_update_with_the_graphs_of_the_request(self, remote: RemoteStore) -> None:
        put(remote, G, "<s> <p> 'a' .")
        put(remote, H, "<s> <p> 'b' .")
        before = remote.generation
        outcome = update(
            remote, f"INSERT {{ GRAPH <{EX}i> {{ ?s ?p ?o }} }} WHERE {{ ?s ?p ?o }}", using=(H,)
        )
        assert outcome.generation > before
        assert ask(remote, f"SELECT ?o {{ GRAPH <{EX}i> {{ ?s ?p ?o }} }}") == b"o\r\nb\r\n"

    @pytest.mark.parametrize(
        "text",
        [
            "INSERT DATA {",
            "LOAD <http://127.0.0.1:1/>",
            "INSERT { ?s ?p ?o } WHERE { SERVICE <http://127.0.0.1:1/> { ?s ?p ?o } }",
        ],
    )
    def test_what_is_not_offered_is_refused(self, remote: RemoteStore, text: str) -> None:
        with pytest.raises(UpdateError):
            update(remote, text)

    def test_what_follows_from_a_case_study_keeps_step(self, remote: RemoteStore) -> None:
        load_shipped(remote)
        derived = derived_graph(CASE)
        count = len(remote.snapshot().graph(derived))
        assert count > 0
        links = "?link <https://w3id.org/impactgraph/ontology#from> ?from ; ?p ?o"
        (file,) = case_study_files()
        # The text of the second does not tell which graph it changes.
        for graph in (f"<{CASE}>", "?graph"):
            update(
                remote,
                f"DELETE {{ GRAPH {graph} {{ ?link ?p ?o }} }} "
                f"WHERE {{ GRAPH {graph} {{ {links} }} }}",
            )
            assert len(remote.snapshot().graph(derived)) < count
            assert not put(remote, CASE, file.read_text(encoding="utf-8")).created
            assert len(remote.snapshot().graph(derived)) == count
        put(remote, CASE, "", method="DELETE")
        assert len(remote.snapshot().graph(derived)) == 0

    def test_a_graph_that_violates_the_shapes_can_be_refused(self, remote: RemoteStore) -> None:
        settings = Settings(validate_writes=True)
        body = f"<{CASE}> a <https://w3id.org/impactgraph/ontology#CaseStudy> ."
        request = GraphRequest(
            method="PUT", graph=CASE, body=body.encode(), media_type="text/turtle"
        )
        with pytest.raises(ValidationError, match="violate"):
            write(remote, request, settings)
        assert len(remote.snapshot().graph(CASE)) == 0
        with pytest.raises(UpdateError, match="whole graphs"):
            write(remote, UpdateRequest(operation=UpdateOperation(text="CLEAR ALL")), settings)
