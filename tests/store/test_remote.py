"""What a remote store makes of engines that are down, slow, busy, odd or want to know who asks."""

from __future__ import annotations

import base64
import json
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

import pyoxigraph as ox
import pytest
from rdflib import Literal, URIRef

from impactgraph.errors import QueryError, StoreError, UpdateError, UsageError
from impactgraph.store import Solutions, open_store
from impactgraph.store.remote import Engine, RemoteStore, locate_engine, open_remote_store
from impactgraph.store.remote.queries import Form, bind_values, declare_prefixes, read_form

JSON = "application/sparql-results+json"
ALL = "SELECT ?s { ?s ?p ?o }"
ROWS = json.dumps(
    {
        "head": {"vars": ["s"]},
        "results": {"bindings": [{"s": {"type": "uri", "value": "urn:x"}}]},
    }
)
CHALLENGES = {
    "basic": 'Basic realm="x"',
    "digest": 'Digest realm="SPARQL", nonce="n", opaque="o", qop="auth", algorithm="MD5"',
}
YES = '{"head": {}, "boolean": true}'


@dataclass
class Reply:
    body: str = ROWS
    status: int = 200
    headers: dict[str, str] = field(default_factory=lambda: {"Content-Type": JSON})
    cut: bool = False


@dataclass
class Request:
    method: str
    path: str
    headers: dict[str, str]
    body: str

    @property
    def fields(self) -> dict[str, list[str]]:
        return parse_qs(self.body)


@dataclass
class Scripted:
    """An engine that says what it is told to; the last reply is given again and again."""

    url: str = ""
    replies: list[Reply | Callable[[Request], Reply]] = field(default_factory=list)
    requests: list[Request] = field(default_factory=list)

    def store(self, **options: object) -> RemoteStore:
        given = {"query_url": self.url, "update_url": self.url, "timeout": 5.0, **options}
        return RemoteStore(Engine(**given))  # type: ignore[arg-type]


@pytest.fixture
def engine(monkeypatch: pytest.MonkeyPatch) -> Iterator[Scripted]:
    monkeypatch.setattr("impactgraph.store.remote.connection.PAUSES", (0.0, 0.0))
    scripted = Scripted()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            headers = {name.lower(): value for name, value in self.headers.items()}
            request = Request(self.command, self.path, headers, body)
            scripted.requests.append(request)
            number = min(len(scripted.requests), len(scripted.replies)) - 1
            reply = scripted.replies[number]
            reply = reply(request) if callable(reply) else reply
            sent = reply.body.encode()
            self.send_response_only(reply.status)
            for name, value in reply.headers.items():
                self.send_header(name, value)
            self.send_header("Content-Length", str(len(sent) + 10 * reply.cut))
            self.end_headers()
            # Who gave up waiting is not there any more.
            with suppress(ConnectionError):
                self.wfile.write(sent)

        do_GET = do_PUT = do_POST  # noqa: N815

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, args=(0.01,), daemon=True)
    thread.start()
    scripted.url = f"http://127.0.0.1:{server.server_address[1]}/sparql"
    yield scripted
    server.shutdown()
    server.server_close()


def names(store: RemoteStore) -> list[str]:
    results = store.query(ALL)
    assert isinstance(results, Solutions)
    return [str(row["s"].value) for row in results]


class TestAsking:
    def test_a_query_goes_as_a_form(self, engine: Scripted) -> None:
        engine.replies = [Reply()]
        assert names(engine.store()) == ["urn:x"]
        (request,) = engine.requests
        assert request.fields == {"query": [ALL]}
        assert request.headers["accept"] == JSON

    def test_parameters_of_the_url_go_along_but_not_against_from(self, engine: Scripted) -> None:
        engine.replies = [Reply()]
        store = engine.store(query_url=f"{engine.url}?key=1&default-graph-uri=urn:u")
        store.query(ALL)
        store.query("SELECT ?s FROM <urn:g> { ?s ?p ?o }")
        paths = [request.path for request in engine.requests]
        assert paths == ["/sparql?key=1&default-graph-uri=urn:u", "/sparql?key=1"]

    @pytest.mark.parametrize("status", [502, 503, 504])
    def test_a_busy_engine_is_asked_again(self, engine: Scripted, status: int) -> None:
        engine.replies = [Reply("later", status), Reply("later", status), Reply()]
        assert names(engine.store()) == ["urn:x"]
        assert len(engine.requests) == 3

    def test_an_engine_that_stays_busy_is_reported(self, engine: Scripted) -> None:
        engine.replies = [Reply("in maintenance", 503)]
        with pytest.raises(StoreError, match=r"down or busy \(503\): in maintenance"):
            engine.store().query(ALL)
        assert len(engine.requests) == 3

    def test_an_answer_that_breaks_off_is_asked_for_again(self, engine: Scripted) -> None:
        engine.replies = [Reply(cut=True), Reply()]
        assert names(engine.store()) == ["urn:x"]

    def test_a_refusal_is_not_asked_again(self, engine: Scripted) -> None:
        engine.replies = [Reply("line 1: no", 400)]
        with pytest.raises(QueryError, match="refuses the query: line 1: no"):
            engine.store().query(ALL)
        assert len(engine.requests) == 1

    def test_an_engine_that_does_not_answer_in_time_is_not_asked_again(
        self, engine: Scripted
    ) -> None:
        waiting = threading.Event()

        def wait(_: Request) -> Reply:
            waiting.wait(5)
            return Reply()

        engine.replies = [wait]
        with pytest.raises(StoreError, match="did not answer in time"):
            engine.store(timeout=0.3).query(ALL)
        waiting.set()
        assert len(engine.requests) == 1

    def test_nobody_there_is_reported(self, engine: Scripted) -> None:
        nobody = "http://127.0.0.1:1/sparql"
        with pytest.raises(StoreError, match=r"127\.0\.0\.1:1/sparql cannot be reached"):
            engine.store(query_url=nobody).query(ALL)
        with pytest.raises(StoreError, match="cannot be reached"):
            open_store(nobody)


class TestNonsense:
    @pytest.mark.parametrize(
        ("reply", "words"),
        [
            (Reply("<p>Welcome</p>", headers={"Content-Type": "text/html"}), "text/html: Welcome"),
            (Reply("", headers={}), "something of no type"),
            (Reply("not json"), "malformed"),
            (Reply('{"head": {"vars": ["s"]}, "results": {"bindings": [{'), "malformed"),
            (Reply(YES), "answers a question for rows with yes or no"),
            (Reply("", 302, {"Location": "http://other/"}), "leads on to http://other/"),
            (Reply("gone", 404), "nothing that takes a query"),
            (Reply("no", 500), "failed over the query .500.: no"),
            (Reply("", 401), "does not let this user"),
            (Reply("", 403), "IMPACTGRAPH_STORE_USER"),
        ],
    )
    def test_it_is_reported_in_words(self, engine: Scripted, reply: Reply, words: str) -> None:
        engine.replies = [reply]
        with pytest.raises(StoreError, match=words):
            names(engine.store())

    def test_rows_for_yes_or_no_are_nonsense(self, engine: Scripted) -> None:
        engine.replies = [Reply()]
        with pytest.raises(StoreError, match="yes or no with rows"):
            engine.store().query("ASK { ?s ?p ?o }")

    def test_malformed_triples_are_reported(self, engine: Scripted) -> None:
        engine.replies = [Reply("<urn:s> <urn:p>", headers={"Content-Type": "text/turtle"})]
        with pytest.raises(StoreError, match="malformed"):
            engine.store().query("CONSTRUCT WHERE { ?s ?p ?o }")


class TestVirtuoso:
    def test_its_blank_nodes_and_literals_are_understood(self, engine: Scripted) -> None:
        terms = [
            '{ "type": "bnode", "value": "nodeID://b10001" }',
            '{ "type": "typed-literal", "datatype": "urn:d", "value": "1" }',
            r'{ "type": "literal", "value": "\"type\": \"bnode\", \"value\": \"nodeID://b1" }',
        ]
        lines = ",\n".join(f'{{ "s": {term}}}' for term in terms)
        head = '{ "head": { "link": [], "vars": ["s"] },\n "results": { "bindings": [\n'
        body = f"{head}{lines} ] }} }}"
        engine.replies = [Reply(body, headers={"Content-Type": JSON})]
        results = engine.store().query(ALL)
        assert isinstance(results, Solutions)
        assert [row["s"] for row in results] == [
            ox.BlankNode("b10001"),
            ox.Literal("1", datatype=ox.NamedNode("urn:d")),
            ox.Literal('"type": "bnode", "value": "nodeID://b1'),
        ]

    @pytest.mark.parametrize(("rows", "yes"), [(1, True), (0, False)])
    def test_its_yes_and_no_are_understood(self, engine: Scripted, rows: int, yes: bool) -> None:
        number = "http://www.w3.org/2001/XMLSchema#integer"
        row = (
            f'{{"__ASK_RETVAL": {{"type": "typed-literal", "datatype": "{number}", "value": "1"}}}}'
        )
        body = (
            f'{{"head": {{"vars": ["__ASK_RETVAL"]}}, "results": {{"bindings": [{row * rows}]}}}}'
        )
        engine.replies = [Reply(body, headers={"Content-Type": JSON})]
        assert bool(engine.store().query("ASK { ?s ?p ?o }")) is yes

    @pytest.mark.parametrize(
        ("headers", "words"),
        [
            ({"X-SPARQL-MaxRows": "10000"}, "no more than 10000 rows"),
            ({"X-SQL-State": "S1TAT", "X-SQL-Message": "partial"}, "only a part.*partial"),
        ],
    )
    def test_what_it_cuts_off_is_refused(
        self, engine: Scripted, headers: dict[str, str], words: str
    ) -> None:
        engine.replies = [Reply(headers={"Content-Type": JSON, **headers})]
        with pytest.raises(StoreError, match=words):
            engine.store().query(ALL)

    def test_its_errors_are_told_without_the_echo_of_the_query(self, engine: Scripted) -> None:
        said = "Virtuoso 22023 Error SR001: bad argument\n\nSPARQL query:\nSELECT secret"
        engine.replies = [Reply(said, 500, {"Content-Type": "text/plain"})]
        with pytest.raises(QueryError, match="SR001: bad argument") as raised:
            engine.store().query(ALL)
        assert "secret" not in str(raised.value)

    def test_what_is_to_be_mended_may_come_in_parts(self, engine: Scripted) -> None:
        row = '{"s": {"type": "bnode", "value": "nodeID://b1"}}'
        body = (
            '{"head": {"vars": ["s"]}, "results": {"bindings": [' + ",".join([row] * 5_000) + "]}}"
        )
        engine.replies = [Reply(body, headers={"Content-Type": JSON})]
        results = engine.store().query(ALL)
        assert isinstance(results, Solutions)
        assert [row["s"] for row in results] == [ox.BlankNode("b1")] * 5_000


class TestCredentials:
    @pytest.mark.parametrize("scheme", ["basic", "digest"])
    def test_they_are_given_as_the_engine_wants_them(self, engine: Scripted, scheme: str) -> None:
        def answer(request: Request) -> Reply:
            if request.headers.get("authorization", "").lower().startswith(scheme):
                return Reply()
            return Reply("", 401, {"WWW-Authenticate": CHALLENGES[scheme]})

        engine.replies = [answer]
        store = engine.store(user="me", password="secret")
        assert names(store) == ["urn:x"]
        first = len(engine.requests)
        assert names(store) == ["urn:x"]
        given = [request.headers.get("authorization") for request in engine.requests]
        assert given[0] is None
        assert len(given) == first + 1
        if scheme == "basic":
            assert given[-1] == "Basic " + base64.b64encode(b"me:secret").decode()
        else:
            assert 'username="me"' in str(given[-1])
            assert "secret" not in str(given)

    def test_wrong_ones_are_reported(self, engine: Scripted) -> None:
        engine.replies = [Reply("", 401, {"WWW-Authenticate": CHALLENGES["basic"]})]
        with pytest.raises(StoreError, match="does not let this user make a query"):
            engine.store(user="me", password="wrong").query(ALL)

    def test_they_come_from_the_environment_and_are_not_shown(self) -> None:
        environment = {
            "IMPACTGRAPH_STORE_USER": "me",
            "IMPACTGRAPH_STORE_PASSWORD": "secret",
            "IMPACTGRAPH_UPDATE_URL": "https://x.org/update",
            "IMPACTGRAPH_GRAPH_STORE_URL": "https://x.org/graphs",
            "IMPACTGRAPH_STORE_TIMEOUT": "7.5",
        }
        engine = locate_engine("https://x.org/query", environment)
        assert (engine.user, engine.password, engine.timeout) == ("me", "secret", 7.5)
        assert engine.update_url == "https://x.org/update"
        assert engine.graph_store_url == "https://x.org/graphs"
        assert locate_engine("https://x.org/query", {}).graph_store_url is None
        assert "secret" not in repr(engine)

    @pytest.mark.parametrize(
        ("location", "environment", "words"),
        [
            ("https://me:secret@x.org/", {}, "holds credentials"),
            ("ftp://x.org/", {}, "begins with https://"),
            ("http://", {}, "no address"),
            ("https://x.org/", {"IMPACTGRAPH_STORE_PASSWORD": "p"}, "set both or neither"),
            ("https://x.org/", {"IMPACTGRAPH_UPDATE_URL": "x"}, "no address"),
            ("https://x.org/", {"IMPACTGRAPH_GRAPH_STORE_URL": "x"}, "no address"),
        ],
    )
    def test_what_cannot_be_an_engine_is_refused(
        self, location: str, environment: dict[str, str], words: str
    ) -> None:
        with pytest.raises(StoreError, match=words) as raised:
            locate_engine(location, environment)
        assert "secret" not in str(raised.value)

    def test_a_timeout_is_a_number_of_seconds(self) -> None:
        with pytest.raises(UsageError, match="'soon'"):
            locate_engine("https://x.org/", {"IMPACTGRAPH_STORE_TIMEOUT": "soon"})


class TestUpdating:
    TRIPLE = (URIRef("urn:s"), URIRef("urn:p"), Literal("o"))

    def test_a_change_is_one_request_and_the_answer_to_it_is_not_read(
        self, engine: Scripted
    ) -> None:
        engine.replies = [Reply("<anything/>", headers={"Content-Type": "text/html"})]
        store = engine.store(update_url=f"{engine.url}-auth")

        def change(transaction) -> None:  # type: ignore[no-untyped-def]
            transaction.replace_graph("urn:g", [self.TRIPLE])
            transaction.add("urn:h", [self.TRIPLE])

        store.write(change)
        (request,) = engine.requests
        assert request.path == "/sparql-auth"
        assert request.headers["content-type"] == "application/sparql-update"
        assert request.body.count("INSERT DATA") == 2
        assert request.body.startswith("DROP SILENT GRAPH <urn:g> ;")

    def test_a_change_that_is_none_is_not_sent(self, engine: Scripted) -> None:
        engine.replies = [Reply()]
        engine.store().write(lambda transaction: transaction.add("urn:g", []))
        assert engine.requests == []

    def test_a_busy_engine_is_not_given_an_update_twice(self, engine: Scripted) -> None:
        engine.replies = [Reply("later", 503), Reply()]
        with pytest.raises(StoreError, match="down or busy"):
            engine.store().write(lambda transaction: transaction.add("urn:g", [self.TRIPLE]))
        assert len(engine.requests) == 1

    def test_an_answer_that_breaks_off_leaves_it_open_what_happened(self, engine: Scripted) -> None:
        engine.replies = [Reply(cut=True)]
        with pytest.raises(StoreError, match="may have been made or not"):
            engine.store().write(lambda transaction: transaction.add("urn:g", [self.TRIPLE]))

    def test_a_refusal_is_an_error_of_the_update(self, engine: Scripted) -> None:
        engine.replies = [Reply("no", 400)]
        with pytest.raises(UpdateError, match="refuses the update: no"):
            engine.store().write(lambda transaction: transaction.update("CLEAR ALL"))

    def test_missing_permission_is_told_from_a_malformed_update(self, engine: Scripted) -> None:
        said = "Virtuoso 42000 Error SR186:SECURITY: No permission to execute"
        engine.replies = [Reply(said, 500, {"Content-Type": "text/plain"})]
        with pytest.raises(StoreError, match="/sparql-auth"):
            engine.store().write(lambda transaction: transaction.update("CLEAR ALL"))


class TestGraphStore:
    TRIPLE = (URIRef("urn:s"), URIRef("urn:p"), Literal("o"))
    TURTLE = Reply("<urn:s> <urn:p> 'o' .", headers={"Content-Type": "text/turtle"})

    def store(self, engine: Scripted) -> RemoteStore:
        return engine.store(graph_store_url=f"{engine.url}?key=1")

    def test_a_graph_is_fetched_by_its_name(self, engine: Scripted) -> None:
        engine.replies = [self.TURTLE]
        assert set(self.store(engine).snapshot().graph("urn:a&b")) == {self.TRIPLE}
        (request,) = engine.requests
        assert (request.method, request.path) == ("GET", "/sparql?key=1&graph=urn%3Aa%26b")
        assert "text/turtle" in request.headers["accept"]

    def test_a_graph_that_is_not_there_is_empty(self, engine: Scripted) -> None:
        engine.replies = [Reply("none", 404)]
        assert len(self.store(engine).snapshot().graph("urn:g")) == 0

    def test_a_graph_that_is_replaced_is_put_after_the_rest_was_sent(
        self, engine: Scripted
    ) -> None:
        engine.replies = [Reply("", 204)]

        def change(transaction) -> None:  # type: ignore[no-untyped-def]
            transaction.replace_graph("urn:g", [self.TRIPLE])
            transaction.add("urn:h", [self.TRIPLE])
            transaction.remove_graph("urn:i")

        self.store(engine).write(change)
        update, put = engine.requests
        assert update.method == "POST"
        assert "urn:g" not in update.body
        assert "INSERT DATA { GRAPH <urn:h>" in update.body
        assert "DROP SILENT GRAPH <urn:i>" in update.body
        assert (put.method, put.path) == ("PUT", "/sparql?key=1&graph=urn%3Ag")
        assert put.headers["content-type"] == "text/turtle"
        assert put.body == '<urn:s> <urn:p> "o" .\n'

    def test_what_replaces_whole_graphs_may_be_sent_again(self, engine: Scripted) -> None:
        engine.replies = [Reply("later", 503), Reply(cut=True), Reply("", 204)]
        self.store(engine).write(lambda t: t.replace_graph("urn:g", [self.TRIPLE]))
        assert [request.method for request in engine.requests] == ["PUT"] * 3

    @pytest.mark.parametrize(
        ("reply", "error", "words"),
        [
            (Reply("no", 400), UpdateError, "refuses the update: no"),
            (Reply("no", 403), StoreError, "does not let this user"),
            (Reply("later", 503), StoreError, "down or busy"),
            (Reply(cut=True), StoreError, "may have been made or not"),
        ],
    )
    def test_a_refusal_is_reported(
        self, engine: Scripted, reply: Reply, error: type[Exception], words: str
    ) -> None:
        engine.replies = [reply]
        with pytest.raises(error, match=words):
            self.store(engine).write(lambda t: t.replace_graph("urn:g", [self.TRIPLE]))

    @pytest.mark.parametrize(
        ("reply", "words"),
        [
            (Reply("not here", 404), "check the address"),
            (Reply("<p>Welcome</p>", headers={"Content-Type": "text/html"}), "Welcome"),
            (
                Reply("", headers={"Content-Type": "text/turtle", "Server": "Virtuoso/07.20"}),
                "IMPACTGRAPH_GRAPH_STORE_URL",
            ),
        ],
    )
    def test_an_address_that_gives_no_graphs_is_found_out_at_once(
        self, engine: Scripted, reply: Reply, words: str
    ) -> None:
        engine.replies = [Reply('{"head": {}, "boolean": false}'), reply]
        environment = {"IMPACTGRAPH_GRAPH_STORE_URL": f"{engine.url}/graphs"}
        with pytest.raises(StoreError, match=words):
            open_remote_store(engine.url, environment)
        assert engine.requests[-1].path == "/sparql/graphs?default="


class TestTexts:
    @pytest.mark.parametrize(
        ("text", "form"),
        [
            ("select * {}", Form.SELECT),
            ("# ASK\nBASE <http://x/> PREFIX ask: <urn:#construct> DESCRIBE <x>", Form.DESCRIBE),
            ('DEFINE input:inference "x" CONSTRUCT WHERE {}', Form.CONSTRUCT),
            ("PREFIX : <urn:x>ASK{}", Form.ASK),
        ],
    )
    def test_the_form_is_read(self, text: str, form: Form) -> None:
        assert read_form(text) is form

    @pytest.mark.parametrize(
        "text",
        [
            "SELECT ?x { ?x ?p ?o }",
            "SELECT ?x (COUNT(?o) AS ?n) WHERE { ?x ?p ?o } GROUP BY ?x",
            "SELECT ?x (IF(EXISTS { ?x ?p '}' }, 1, 2) AS ?y) { ?x ?p ?o } # {",
            "PREFIX p: <urn:#a> # {\nSELECT ?x FROM <urn:b#> { ?x ?p '''{''' }",
            "CONSTRUCT { ?x ?p '{' } WHERE { ?x ?p ?o }",
            "CONSTRUCT WHERE { ?x ?p ?o }",
            "DESCRIBE ?x { ?x ?p ?o }",
            "ASK { ?x ?p ?o }",
            "SELECT ?x { SELECT ?x { ?x ?p ?o } }",
            "SELECT ?x { ?x ?p ?o } ORDER BY ?x LIMIT 1 # end",
        ],
    )
    def test_what_is_bound_is_bound_and_stays_well_formed(self, text: str) -> None:
        bound = bind_values(text, {"x": [ox.NamedNode("urn:only")]})
        assert "(<urn:only>)" in bound
        ox.Store().query(bound)

    def test_nothing_in_a_value_is_taken_for_code(self) -> None:
        nasty = ox.Literal('") } } ; DROP ALL # \n\\')
        bound = bind_values("SELECT ?x { ?s ?p ?x }", {"x": [nasty]})
        store = ox.Store()
        node = ox.NamedNode("urn:s")
        store.add(ox.Quad(node, node, nasty))
        found = store.query(bound)
        assert isinstance(found, ox.QuerySolutions)
        assert [row["x"] for row in found] == [nasty]

    def test_blank_nodes_and_malformed_names_are_refused(self) -> None:
        with pytest.raises(QueryError, match="blank node"):
            bind_values(ALL, {"s": [ox.BlankNode()]})
        with pytest.raises(QueryError, match="cannot name a variable"):
            bind_values(ALL, {"s) {": [ox.Literal("a")]})
        with pytest.raises(QueryError, match="no IRI"):
            declare_prefixes(ALL, {"x": "> DROP"})
