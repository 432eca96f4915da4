"""The Graph Store HTTP Protocol; W3C's own tests of it are in tests/conformance."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import pytest
from fastapi.testclient import TestClient
from rdflib import Graph

from impactgraph.store import open_store
from impactgraph_api import Settings, create_app
from impactgraph_api.graph_store.naming import find_target
from impactgraph_api.graph_store.payload import check_content_type
from impactgraph_api.problem import ProblemError

TOKEN = "token-of-the-tests"
WRITE = {"Authorization": f"Bearer {TOKEN}", "Content-Type": "text/turtle"}
GRAPH = "http://example.org/graph"
PATH = "/rdf-graph-store"
ONE = "<http://example.org/a> <http://example.org/p> 1 ."
TWO = "<http://example.org/a> <http://example.org/p> 2 ."


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    """A service over an empty store, whose queries see the union of all graphs."""
    store = open_store(tmp_path_factory.mktemp("graph-store") / "store")
    app = create_app(store, Settings(token=TOKEN, workers=1, write_body=5000))
    with TestClient(app, raise_server_exceptions=False) as client:
        yield client


@pytest.fixture
def client(service: TestClient) -> TestClient:
    """The service, with nothing in it."""
    body = {"update": "DROP ALL"}
    assert service.post("/sparql", data=body, headers={"Authorization": WRITE["Authorization"]})
    return service


def name(graph: str) -> str:
    return f"{PATH}?graph={quote(graph, safe='')}"


def triples(client: TestClient, url: str, **headers: str) -> int:
    answer = client.get(url, headers={"Accept": "application/n-triples", **headers})
    assert answer.status_code == 200, answer.text
    return len(Graph().parse(data=answer.text, format="nt"))


def test_a_graph_is_put_read_added_to_replaced_and_removed(client: TestClient) -> None:
    url = name(GRAPH)
    assert client.get(url).status_code == 404
    assert client.put(url, content=ONE, headers=WRITE).status_code == 201
    assert triples(client, url) == 1
    assert client.post(url, content=TWO, headers=WRITE).status_code == 204
    assert triples(client, url) == 2
    assert client.put(url, content=TWO, headers=WRITE).status_code == 204
    assert triples(client, url) == 1
    assert client.delete(url, headers=WRITE).status_code == 204
    assert client.get(url).status_code == 404
    gone = client.delete(url, headers=WRITE)
    assert gone.status_code == 404
    assert GRAPH in gone.json()["detail"]


def test_an_empty_graph_is_one(client: TestClient) -> None:
    assert client.put(name(GRAPH), content="", headers=WRITE).status_code == 201
    assert triples(client, name(GRAPH)) == 0
    assert client.head(name(GRAPH)).status_code == 200
    assert client.head(name(GRAPH + "2")).status_code == 404


def test_the_default_graph_is_the_data_sets_own_whatever_queries_see(client: TestClient) -> None:
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    assert triples(client, f"{PATH}?default") == 0
    assert client.put(f"{PATH}?default", content=TWO, headers=WRITE).status_code == 204
    assert triples(client, f"{PATH}?default") == 1
    count = client.get("/sparql", params={"query": "SELECT * { ?s ?p ?o }", "format": "json"})
    assert len(count.json()["results"]["bindings"]) == 2
    assert client.delete(f"{PATH}?default", headers=WRITE).status_code == 204
    assert triples(client, f"{PATH}?default") == 0
    assert triples(client, name(GRAPH)) == 1


def test_a_url_below_the_path_names_a_graph_itself(client: TestClient) -> None:
    url = f"{PATH}/people/1.ttl"
    assert client.put(url, content="<> <p> <#it> .", headers=WRITE).status_code == 201
    body = client.get(url, headers={"Accept": "application/n-triples"}).text
    whole = f"http://testserver{url}"
    assert f"<{whole}> <http://testserver{PATH}/people/p> <{whole}#it>" in body
    assert triples(client, name(whole)) == 1
    assert triples(client, url, Host="TESTSERVER:80") == 1
    assert client.get(url, headers={"Host": "elsewhere"}).status_code == 404


def test_a_post_to_the_store_itself_makes_a_graph_and_says_where(client: TestClient) -> None:
    made = client.post(PATH, content="<> <http://example.org/p> 1 .", headers=WRITE)
    assert made.status_code == 201
    where = made.headers["location"]
    assert where.startswith(f"http://testserver{PATH}/")
    assert triples(client, where) == triples(client, name(where)) == 1
    assert f"<{where}>" in client.get(where, headers={"Accept": "application/n-triples"}).text
    again = client.post(PATH, content=ONE, headers=WRITE)
    assert again.headers["location"] != where


@pytest.mark.parametrize(
    ("media_type", "body"),
    [
        ("text/turtle; charset=UTF-8", ONE),
        ("application/n-triples", '<http://example.org/a> <http://example.org/p> "1" .'),
        ("application/ld+json", '{"@id": "http://example.org/a", "http://example.org/p": 1}'),
        (
            "application/rdf+xml",
            '<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" '
            'xmlns:e="http://example.org/"><rdf:Description rdf:about="http://example.org/a">'
            "<e:p>1</e:p></rdf:Description></rdf:RDF>",
        ),
    ],
)
def test_a_graph_is_taken_and_given_in_each_format(
    client: TestClient, media_type: str, body: str
) -> None:
    headers = WRITE | {"Content-Type": media_type}
    assert client.put(name(GRAPH), content=body, headers=headers).status_code == 201
    plain = media_type.partition(";")[0]
    answer = client.get(name(GRAPH), headers={"Accept": plain})
    assert answer.headers["content-type"].partition(";")[0] == plain
    form = {"text/turtle": "turtle", "application/n-triples": "nt"}.get(
        plain, "json-ld" if "json" in plain else "xml"
    )
    assert len(Graph().parse(data=answer.text, format=form)) == 1


def test_the_parts_of_a_form_are_added_together(client: TestClient) -> None:
    parts = [
        ("a", ("a.ttl", "_:x <http://example.org/p> 1 .", "text/turtle")),
        ("b", ("b.nt", '_:x <http://example.org/p> "2" .', "application/n-triples")),
    ]
    headers = {"Authorization": WRITE["Authorization"]}
    assert client.post(name(GRAPH), files=parts, headers=headers).status_code == 201
    body = client.get(name(GRAPH), headers={"Accept": "application/n-triples"}).text
    # A blank node is its document's own.
    assert len({line.split()[0] for line in body.splitlines()}) == 2


@pytest.mark.parametrize(
    ("method", "url", "status", "words"),
    [
        ("GET", PATH, 400, "needs a graph"),
        ("PUT", PATH, 400, "needs a graph"),
        ("DELETE", f"{PATH}/", 400, "needs a graph"),
        ("GET", f"{PATH}?graph={quote(GRAPH)}&default", 400, "both"),
        ("GET", f"{PATH}?default=x", 400, "no value"),
        ("GET", f"{PATH}?default&default", 400, "one default"),
        ("GET", f"{PATH}?graph=people", 400, "no absolute IRI"),
        ("GET", f"{PATH}?graph=http://example.org/%20", 400, "no absolute IRI"),
        ("GET", f"{PATH}?graph=http://example.org/%3E%20%7B", 400, "no absolute IRI"),
        ("GET", f"{PATH}?graph=%FF", 400, "UTF-8"),
        ("GET", f"{PATH}?garph={quote(GRAPH)}", 400, "no parameter 'garph'"),
        ("GET", f"{PATH}/people?default", 400, "the URL itself"),
        ("PATCH", f"{PATH}?default", 405, "PATCH is not offered"),
    ],
)
def test_a_request_that_names_no_graph_is_told_why(
    client: TestClient, method: str, url: str, status: int, words: str
) -> None:
    answer = client.request(method, url, headers=WRITE)
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    assert words in answer.json()["detail"]


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"Content-Type": ""}, 415),
        ({"Content-Type": "application/trig"}, 415),
        ({"Content-Type": "text/turtle; charset=latin-1"}, 415),
        ({"Content-Encoding": "gzip"}, 415),
        ({"Authorization": "Bearer no"}, 401),
        ({"If-Match": '"1"'}, 412),
        ({"If-None-Match": "*"}, 412),
        ({"Content-Length": "999999"}, 413),
    ],
)
def test_a_write_that_is_not_right_changes_nothing(
    client: TestClient, change: dict[str, str], status: int
) -> None:
    answer = client.put(name(GRAPH), content=ONE, headers=WRITE | change)
    assert answer.status_code == status
    assert client.get(name(GRAPH)).status_code == 404


@pytest.mark.parametrize("body", ["<a> <b>", "<http://example.org/a> <http://example.org/b> 'x"])
def test_a_malformed_graph_changes_nothing(client: TestClient, body: str) -> None:
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    answer = client.put(name(GRAPH), content=f"{TWO}\n{body}", headers=WRITE)
    assert answer.status_code == 400
    assert triples(client, name(GRAPH)) == 1


def test_a_body_past_the_limit_is_too_large(client: TestClient) -> None:
    answer = client.put(name(GRAPH), content=f"#{'x' * 5000}\n{ONE}", headers=WRITE)
    assert answer.status_code == 413
    assert "5000 bytes" in answer.json()["detail"]


def test_without_a_token_nobody_writes(client: TestClient) -> None:
    headers = {"Content-Type": "text/turtle"}
    for method in ("PUT", "POST", "DELETE"):
        answer = client.request(method, name(GRAPH), content=ONE, headers=headers)
        assert answer.status_code == 401
        assert answer.headers["www-authenticate"].startswith("Bearer")
    assert client.get(name(GRAPH)).status_code == 404


def test_a_service_without_a_token_only_reads(tmp_path: Path) -> None:
    store = open_store(tmp_path / "store")
    with TestClient(create_app(store, Settings(workers=1))) as client:
        answer = client.put(name(GRAPH), content=ONE, headers=WRITE)
        assert answer.status_code == 403
        assert "--token-file" in answer.json()["detail"]
        assert triples(client, f"{PATH}?default") == 0


def test_head_answers_as_get_without_the_body(client: TestClient) -> None:
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    got, head = client.get(name(GRAPH)), client.head(name(GRAPH))
    assert (head.status_code, head.content) == (200, b"")
    for header in ("content-type", "content-length", "etag"):
        assert head.headers[header] == got.headers[header], header


def test_an_unchanged_graph_need_not_be_sent_again(client: TestClient) -> None:
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    tag = client.get(name(GRAPH)).headers["etag"]
    known = {"If-None-Match": tag}
    again = client.get(name(GRAPH), headers=known)
    assert (again.status_code, again.content, again.headers["etag"]) == (304, b"", tag)
    assert client.get(name(GRAPH), headers={**known, "Accept": "application/ld+json"}).content
    client.put(name(GRAPH), content=TWO, headers=WRITE)
    assert client.get(name(GRAPH), headers=known).status_code == 200


def test_a_format_can_be_named_and_one_that_is_none_is_refused(client: TestClient) -> None:
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    answer = client.get(f"{name(GRAPH)}&format=json")
    assert answer.headers["content-type"] == "application/ld+json"
    assert client.get(name(GRAPH), headers={"Accept": "text/csv"}).status_code == 406


def test_pages_of_other_origins_may_read_and_not_write(client: TestClient) -> None:
    asked = {"Origin": "https://example.org", "Access-Control-Request-Method": "PUT"}
    answer = client.options(name(GRAPH), headers=asked)
    assert answer.status_code == 204
    assert answer.headers["access-control-allow-methods"] == "GET, HEAD"
    assert "PUT" in answer.headers["allow"]
    client.put(name(GRAPH), content=ONE, headers=WRITE)
    read = client.get(name(GRAPH), headers={"Origin": "https://example.org"})
    assert read.headers["access-control-allow-origin"] == "*"
    wrote = client.put(name(GRAPH), content=ONE, headers=WRITE | {"Origin": "https://example.org"})
    assert "access-control-allow-origin" not in wrote.headers


def _scope(path: str, query: str = "", **more: object) -> dict[str, object]:
    return {
        "type": "http",
        "path": path,
        "raw_path": path.encode(),
        "query_string": query.encode(),
        "headers": [(b"host", b"Data.Example.org:443")],
        "scheme": "https",
        **more,
    }


def test_percent_encoding_is_undone_once() -> None:
    once = find_target(_scope(PATH, "graph=http://e.org/%31+%2531"))
    assert once.graph == "http://e.org/1+%31"
    direct = find_target(_scope(f"{PATH}/a", raw_path=f"{PATH}/%61%20".encode()))
    assert direct.graph == f"https://data.example.org{PATH}/%61%20"


def test_a_proxys_path_belongs_to_the_name() -> None:
    scope = _scope(f"/impact{PATH}/a", root_path="/impact")
    assert find_target(scope).graph == f"https://data.example.org/impact{PATH}/a"
    assert find_target(_scope(f"/impact{PATH}", "default", root_path="/impact")).graph is None


@pytest.mark.parametrize("host", [b"a b", b"\xff", b"a>b"])
def test_a_host_that_is_none_names_no_graph(host: bytes) -> None:
    with pytest.raises(ProblemError):
        find_target(_scope(f"{PATH}/a", headers=[(b"host", host)]))


@pytest.mark.parametrize("sent", [None, "", ";", "turtle", "application/n-quads", "image/png"])
def test_what_is_no_graph_is_not_supported(sent: str | None) -> None:
    with pytest.raises(ProblemError) as refused:
        check_content_type(sent)
    assert refused.value.problem.status == 415
    assert "text/turtle" in refused.value.problem.headers["Accept-Post"]
