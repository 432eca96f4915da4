"""The endpoint before workers and a writer that do as told, so that every turn can be taken."""

from __future__ import annotations

import asyncio
import gzip
import tempfile
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from types import SimpleNamespace
from typing import Any, BinaryIO, cast

import httpx
import pytest

from impactgraph.errors import ImpactGraphError, QueryError, StoreError, StoreFullError, UpdateError
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.endpoint import SparqlEndpoint
from impactgraph_api.sparql.operations import Dataset, QueryOperation, UpdateOperation
from impactgraph_api.workers import (
    Answer,
    NotAcceptableError,
    OverloadedError,
    QueryMemoryError,
    QueryTimeoutError,
    QueryWorkers,
    Question,
    ResultTooLargeError,
)
from impactgraph_api.writing import UpdateRequest, WriteOutcome, Writer

JSON = "application/sparql-results+json"
BODY = b'{"head":{"vars":[]},"results":{"bindings":[]}}'
LONG = b'{"head":{"vars":[]},"results":{"bindings":[' + b" " * 5000 + b"]}}"
TOKEN = {"Authorization": "Bearer s3cret"}
UPDATE = {"Content-Type": "application/sparql-update"}


@dataclass
class Script:
    """What the workers answer, what was asked, and the live generation."""

    settings: Settings = field(default_factory=lambda: Settings(token="s3cret"))
    body: bytes = BODY
    generation: int = 1
    graph: bool = False
    filed: bool = False
    error: ImpactGraphError | None = None
    asked: list[Question] = field(default_factory=list)
    written: list[UpdateOperation] = field(default_factory=list)
    cancelled: list[Question] = field(default_factory=list)
    waiting: asyncio.Event | None = None
    kept: bool = True

    async def ask(self, question: Question) -> Answer:
        self.asked.append(question)
        if self.waiting is not None:
            try:
                await self.waiting.wait()
            except asyncio.CancelledError:
                self.cancelled.append(question)
                raise
        if self.error is not None:
            raise self.error
        body: bytes | None = self.body
        file: BinaryIO | None = None
        if self.filed:
            body, file = None, cast(BinaryIO, tempfile.TemporaryFile())  # noqa: SIM115
            file.write(self.body)
            file.seek(0)
        return Answer(
            generation=self.generation,
            graph=self.graph,
            body=body,
            file=file,
            size=len(self.body),
        )

    async def write(self, request: UpdateRequest) -> WriteOutcome:
        self.written.append(request.operation)
        if self.error is not None:
            raise self.error
        self.generation += 1
        return WriteOutcome(generation=self.generation, created=False)

    def endpoint(self) -> SparqlEndpoint:
        return SparqlEndpoint(
            workers=cast(QueryWorkers, self),
            writer=cast(Writer, self),
            settings=self.settings,
            generation=(lambda: self.generation) if self.kept else None,
        )


def talk(script: Script, *requests: tuple[str, dict[str, Any]]) -> list[httpx.Response]:
    """Send requests one after the other; each is a method and what httpx takes."""

    async def send() -> list[httpx.Response]:
        endpoint = script.endpoint()
        transport = httpx.ASGITransport(app=endpoint, raise_app_exceptions=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            client.headers.clear()
            answers = [
                await client.request(method, options.pop("url", "/sparql"), **options)
                for method, options in requests
            ]
        await endpoint.close()
        return answers

    return asyncio.run(send())


def get(query: str = "ASK {}", **headers: str) -> tuple[str, dict[str, Any]]:
    named = {name.replace("_", "-"): value for name, value in headers.items()}
    return "GET", {"params": {"query": query}, "headers": named}


def problem_of(answer: httpx.Response) -> str:
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.json()["status"] == answer.status_code
    assert answer.headers["cache-control"] == "no-store"
    return str(answer.json()["type"]).rpartition("/")[2]


def test_a_question_has_the_operation_and_the_formats() -> None:
    script = Script()
    graphs = {"query": "ASK {}", "default-graph-uri": "http://example.org/g", "timeout": "2"}
    (answer,) = talk(script, ("GET", {"params": graphs, "headers": {"Accept": "text/csv"}}))
    dataset = Dataset(default=("http://example.org/g",), named=())
    assert answer.status_code == 200
    assert script.asked == [
        Question(
            operation=QueryOperation(text="ASK {}", dataset=dataset, seconds=2),
            solutions="csv",
            graphs=None,
        )
    ]


def test_an_answer_is_kept_until_the_next_generation() -> None:
    script = Script()
    update = ("POST", {"content": b"CLEAR ALL", "headers": {**UPDATE, **TOKEN}})
    first, again, posted, written, later = talk(
        script,
        get(),
        get(),
        ("POST", {"data": {"query": "ASK {}"}}),
        update,
        get(),
    )
    assert [first.content, again.content, posted.content, later.content] == [BODY] * 4
    assert written.status_code == 204
    assert len(script.asked) == 2
    assert first.headers["etag"] == again.headers["etag"] != later.headers["etag"]
    assert first.headers["cache-control"] == "no-cache"
    assert "etag" not in posted.headers


def test_what_differs_is_kept_apart() -> None:
    script = Script()
    answers = talk(
        script,
        get(),
        get("ASK  {}"),
        get(Accept="text/csv"),
        ("GET", {"params": {"query": "ASK {}", "default-graph-uri": "http://example.org/g"}}),
        ("GET", {"params": {"query": "ASK {}", "named-graph-uri": "http://example.org/g"}}),
        ("GET", {"params": {"query": "ASK {}", "timeout": "3"}}),
    )
    assert len(script.asked) == 5
    assert len({answer.headers["etag"] for answer in answers}) == 5


def test_an_answer_from_an_older_generation_is_not_kept_for_the_newer() -> None:
    script = Script()
    endpoint = script.endpoint()
    script.generation = 2

    async def run() -> None:
        transport = httpx.ASGITransport(app=endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            newer = await client.get("/sparql", params={"query": "ASK {}"})
            script.generation = 1
            older = await client.get("/sparql", params={"query": "SELECT * {}"})
            assert newer.headers["etag"] != older.headers["etag"]

    asyncio.run(run())
    assert len(endpoint.cache) == 1


@pytest.mark.parametrize("query", ["SELECT (NOW() AS ?t) {}", "SELECT (rand\n( ) AS ?t) {}"])
def test_what_is_never_twice_the_same_is_not_kept(query: str) -> None:
    script = Script()
    answers = talk(script, get(query), get(query))
    assert len(script.asked) == 2
    assert all("etag" not in answer.headers for answer in answers)
    assert all(answer.headers["cache-control"] == "no-store" for answer in answers)


def test_nothing_is_kept_where_nobody_knows_whether_it_still_holds() -> None:
    script = Script(kept=False)
    answers = talk(script, get(), get())
    assert len(script.asked) == 2
    assert "etag" not in answers[0].headers


def test_the_cache_is_bounded_in_bytes() -> None:
    script = Script(settings=Settings(cache_size=20_000), body=b"x" * 5000)
    endpoint = script.endpoint()

    async def run() -> None:
        transport = httpx.ASGITransport(app=endpoint)
        async with httpx.AsyncClient(transport=transport, base_url="http://service") as client:
            for number in (1, 2, 3, 1, 4, 1):
                parameters = {"query": f"ASK {{ {number} }}"}
                plain = {"Accept-Encoding": "identity"}
                await client.get("/sparql", params=parameters, headers=plain)

    asyncio.run(run())
    assert endpoint.cache.used <= 20_000
    assert len(endpoint.cache) == 3
    texts = [question.operation.text for question in script.asked]
    assert texts == [f"ASK {{ {number} }}" for number in (1, 2, 3, 4)]
    assert (endpoint.cache.hits, endpoint.cache.misses) == (2, 4)


def test_a_client_that_has_the_answer_gets_none() -> None:
    script = Script()
    (first,) = talk(script, get())
    etag = first.headers["etag"]
    asked = len(script.asked)
    same, listed, strong, other, star, posted = talk(
        script,
        get(If_None_Match=etag),
        get(If_None_Match=f'"x", {etag}'),
        get(If_None_Match=etag.removeprefix("W/")),
        get(If_None_Match='"x"'),
        get(If_None_Match="*"),
        ("POST", {"data": {"query": "ASK {}"}, "headers": {"If-None-Match": etag}}),
    )
    assert [same.status_code, listed.status_code, strong.status_code] == [304] * 3
    assert same.content == b""
    assert same.headers["etag"] == etag
    assert "Accept" in same.headers["vary"]
    assert [other.status_code, star.status_code, posted.status_code] == [200, 304, 200]
    assert len(script.asked) == asked + 1
    script.generation += 1
    (changed,) = talk(script, get(If_None_Match=etag))
    assert changed.status_code == 200


def test_a_long_answer_is_compressed_for_who_takes_that() -> None:
    script = Script(body=LONG)
    plain, zipped, kept, refused = talk(
        script,
        get(Accept_Encoding="identity"),
        get(Accept_Encoding="br, gzip"),
        get(Accept_Encoding="gzip"),
        get(Accept_Encoding="gzip;q=0"),
    )
    assert [answer.content for answer in (plain, zipped, kept, refused)] == [LONG] * 4
    assert zipped.headers["content-encoding"] == kept.headers["content-encoding"] == "gzip"
    assert int(zipped.headers["content-length"]) < 500
    assert "content-encoding" not in plain.headers
    assert "content-encoding" not in refused.headers
    assert "Accept-Encoding" in plain.headers["vary"]
    assert len(script.asked) == 2
    (short,) = talk(Script(), get(Accept_Encoding="gzip"))
    assert "content-encoding" not in short.headers


@pytest.mark.parametrize("coding", ["identity", "gzip"])
def test_a_file_is_sent_whole_and_closed(coding: str) -> None:
    body = bytes(range(256)) * 5000
    script = Script(body=body, filed=True)
    answer, head = talk(
        script,
        get(Accept_Encoding=coding),
        ("HEAD", {"params": {"query": "ASK {}"}, "headers": {"Accept-Encoding": coding}}),
    )
    assert answer.content == body
    assert head.content == b""
    assert head.headers.get("content-encoding") == answer.headers.get("content-encoding")
    if coding == "identity":
        assert answer.headers["content-length"] == head.headers["content-length"] == str(len(body))
    assert len(script.asked) == 2


def test_head_is_get_without_the_body() -> None:
    query = {"params": {"query": "ASK {}"}}
    got, head = talk(Script(), ("GET", dict(query)), ("HEAD", dict(query)))
    assert head.status_code == 200
    assert head.content == b""
    assert {**head.headers} == {**got.headers}


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (QueryError("malformed"), 400, "query-refused"),
        (QueryTimeoutError("after 2 seconds"), 504, "query-timeout"),
        (QueryMemoryError("too much"), 422, "query-memory"),
        (ResultTooLargeError("too much"), 422, "result-size"),
        (OverloadedError("busy", retry_after=7), 503, "too-many-queries"),
        (StoreError("gone"), 503, "store-unavailable"),
    ],
)
def test_each_way_a_query_fails_has_its_problem(
    error: ImpactGraphError, status: int, kind: str
) -> None:
    script = Script(error=error)
    answer, again = talk(script, get(), get())
    assert (answer.status_code, problem_of(answer)) == (status, kind)
    assert answer.json()["detail"] == str(error)
    assert answer.headers["access-control-allow-origin"] == "*"
    assert again.status_code == status, "a failure is not kept"
    assert len(script.asked) == 2
    assert answer.headers.get("retry-after") == {7: "7"}.get(
        getattr(error, "retry_after", 0), "1" if status == 503 else None
    )


def test_a_format_that_does_not_fit_is_told_those_that_do() -> None:
    (graph,) = talk(Script(error=NotAcceptableError("graph")), get(Accept="text/csv"))
    assert (graph.status_code, problem_of(graph)) == (406, "not-acceptable")
    assert "text/turtle" in graph.json()["detail"]
    (rows,) = talk(Script(error=NotAcceptableError("solutions")), get(Accept="text/turtle"))
    assert "text/csv" in rows.json()["detail"]


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (UpdateError("malformed"), 400, "update-refused"),
        (StoreFullError("full"), 507, "store-full"),
        (OverloadedError("busy", retry_after=2), 503, "too-many-queries"),
    ],
)
def test_each_way_an_update_fails_has_its_problem(
    error: ImpactGraphError, status: int, kind: str
) -> None:
    script = Script(error=error)
    (answer,) = talk(script, ("POST", {"content": b"x", "headers": {**UPDATE, **TOKEN}}))
    assert (answer.status_code, problem_of(answer)) == (status, kind)


def test_only_who_bears_the_token_writes() -> None:
    script = Script()
    form = {"data": {"update": "CLEAR ALL"}}
    direct = {"content": b"CLEAR ALL"}
    wrong = {"Authorization": "Bearer other"}
    answers = talk(
        script,
        ("POST", {**direct, "headers": UPDATE}),
        ("POST", {**direct, "headers": {**UPDATE, **wrong}}),
        ("POST", dict(form)),
        ("POST", {**form, "headers": wrong}),
    )
    assert [answer.status_code for answer in answers] == [401] * 4
    assert all("Bearer" in answer.headers["www-authenticate"] for answer in answers)
    assert script.written == []
    allowed = talk(
        script,
        ("POST", {**direct, "headers": {**UPDATE, **TOKEN}}),
        ("POST", {**form, "headers": TOKEN}),
    )
    assert [answer.status_code for answer in allowed] == [204, 204]
    assert [operation.text for operation in script.written] == ["CLEAR ALL"] * 2
    assert all("access-control-allow-origin" not in answer.headers for answer in allowed)


def test_a_service_without_a_token_only_reads() -> None:
    script = Script(settings=Settings())
    answers = talk(
        script,
        ("POST", {"data": {"update": "CLEAR ALL"}, "headers": TOKEN}),
        ("POST", {"content": b"CLEAR ALL", "headers": {**UPDATE, **TOKEN}}),
    )
    assert [(answer.status_code, problem_of(answer)) for answer in answers] == [
        (403, "read-only")
    ] * 2
    assert "IMPACTGRAPH_TOKEN" in answers[0].json()["detail"]
    assert script.written == []


def test_bodies_that_are_too_long_or_compressed_are_not_read() -> None:
    script = Script(settings=Settings(body=1000))
    query = {"Content-Type": "application/sparql-query"}

    async def unannounced() -> Any:
        for _ in range(10):
            yield b"#" * 500

    def parts() -> Any:
        return unannounced()

    answers = talk(
        script,
        ("POST", {"content": b"#" * 1001, "headers": query}),
        ("POST", {"content": parts(), "headers": query}),
        ("POST", {"content": b"x", "headers": {**query, "Content-Length": "9" * 30}}),
    )
    assert [(answer.status_code, problem_of(answer)) for answer in answers] == [
        (413, "request-too-large")
    ] * 3
    body = gzip.compress(b"ASK {}")
    (bomb,) = talk(
        script, ("POST", {"content": body, "headers": {**query, "Content-Encoding": "gzip"}})
    )
    assert bomb.status_code == 415
    assert bomb.headers["accept-encoding"] == "identity"
    assert script.asked == []


def test_only_who_may_write_sends_a_long_form() -> None:
    script = Script(settings=Settings(token="s3cret", query_length=1000))
    form = {"data": {"update": "#" * 100_000}}
    stranger, writer = talk(script, ("POST", dict(form)), ("POST", {**form, "headers": TOKEN}))
    assert (stranger.status_code, problem_of(stranger)) == (413, "request-too-large")
    assert writer.status_code == 204
    query = {"content": b"#" * 1001, "headers": {"Content-Type": "application/sparql-query"}}
    (long,) = talk(script, ("POST", query))
    assert long.status_code == 413


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "QUERY"])
def test_another_method_is_not_allowed(method: str) -> None:
    (answer,) = talk(Script(), (method, {}))
    assert (answer.status_code, problem_of(answer)) == (405, "method-not-allowed")
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"


def test_what_lies_below_is_not_found() -> None:
    below, slash = talk(
        Script(), ("GET", {"url": "/sparql/x"}), ("GET", {"url": "/sparql/?query=ASK{}"})
    )
    assert problem_of(below) == "not-found"
    assert slash.status_code == 200


def test_options_say_what_is_offered() -> None:
    (answer,) = talk(Script(), ("OPTIONS", {}))
    assert answer.status_code == 204
    assert answer.headers["allow"] == "GET, HEAD, POST, OPTIONS"
    assert "access-control-allow-methods" not in answer.headers


PREFLIGHT = {"Origin": "https://example.org", "Access-Control-Request-Method": "POST"}


def test_pages_of_any_origin_read_by_default_and_none_writes() -> None:
    read, preflight = talk(
        Script(), get(Origin="https://example.org"), ("OPTIONS", {"headers": PREFLIGHT})
    )
    assert read.headers["access-control-allow-origin"] == "*"
    assert "ETag" in read.headers["access-control-expose-headers"]
    assert preflight.headers["access-control-allow-origin"] == "*"
    assert preflight.headers["access-control-allow-methods"] == "GET, HEAD, POST"
    allowed = preflight.headers["access-control-allow-headers"].lower()
    assert "content-type" in allowed
    assert "authorization" not in allowed
    assert "access-control-allow-credentials" not in {**read.headers, **preflight.headers}


def test_an_operator_chooses_whose_pages_read() -> None:
    script = Script(settings=Settings(cors_origins=("https://example.org",)))
    ours, kept, theirs, none, preflight, refused = talk(
        script,
        get(Origin="https://example.org"),
        get(Origin="https://example.org"),
        get(Origin="https://example.com"),
        get(),
        ("OPTIONS", {"headers": PREFLIGHT}),
        ("OPTIONS", {"headers": {**PREFLIGHT, "Origin": "null"}}),
    )
    assert len(script.asked) == 1
    for answer in (ours, kept, preflight):
        assert answer.headers["access-control-allow-origin"] == "https://example.org"
    for answer in (theirs, none, refused):
        assert "access-control-allow-origin" not in answer.headers
    assert "Origin" in ours.headers["vary"]
    assert "Origin" in theirs.headers["vary"]


Message = Mapping[str, Any]


async def call(
    endpoint: SparqlEndpoint,
    receive: Callable[[], Awaitable[Message]],
    send: Callable[[Message], Awaitable[None]],
    query: bytes = b"query=ASK{}",
) -> None:
    scope = {
        "type": "http",
        "method": "GET",
        "path": "/sparql",
        "query_string": query,
        "headers": [],
        "app": SimpleNamespace(),
    }
    await endpoint(scope, cast(Any, receive), cast(Any, send))


def test_a_client_that_goes_away_ends_its_query() -> None:
    async def run() -> None:
        script = Script(waiting=asyncio.Event())
        messages = [{"type": "http.request", "body": b"", "more_body": False}]
        sent: list[Message] = []

        async def receive() -> Message:
            if messages:
                return messages.pop()
            while not script.asked:
                await asyncio.sleep(0)
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            sent.append(message)

        await asyncio.wait_for(call(script.endpoint(), receive, send), 10)
        assert script.cancelled == script.asked
        assert sent == []

    asyncio.run(run())


def test_a_file_is_given_up_when_the_client_goes_away() -> None:
    async def run() -> None:
        script = Script(body=bytes(20_000_000), filed=True)
        gone = asyncio.Event()
        sent = 0

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        async def send(message: Message) -> None:
            nonlocal sent
            sent += len(message.get("body", b""))
            if sent > 1_000_000:
                gone.set()

        await asyncio.wait_for(call(script.endpoint(), receive, send), 10)
        assert 1_000_000 < sent < 3_000_000

    asyncio.run(run())


def test_a_client_that_does_not_read_holds_no_other() -> None:
    async def run() -> None:
        script = Script(body=bytes(1_000_000), filed=True)
        endpoint = script.endpoint()
        stuck = asyncio.Event()

        async def receive() -> Message:
            await asyncio.Event().wait()
            raise AssertionError

        async def never_take(message: Message) -> None:
            if message.get("body"):
                stuck.set()
                await asyncio.Event().wait()

        slow = [asyncio.create_task(call(endpoint, receive, never_take)) for _ in range(20)]
        await asyncio.wait_for(stuck.wait(), 10)
        script.filed, script.body = False, BODY
        sent: list[Message] = []

        async def take(message: Message) -> None:
            sent.append(message)

        await asyncio.wait_for(call(endpoint, receive, take, b"query=SELECT*{}"), 10)
        assert sent[-1]["body"] == BODY
        for task in slow:
            task.cancel()
        await asyncio.gather(*slow, return_exceptions=True)

    asyncio.run(run())
