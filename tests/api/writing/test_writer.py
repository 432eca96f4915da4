"""What is written is whole and durable, and each write is judged alone."""

from __future__ import annotations

import asyncio
import re
import sys
from collections.abc import Awaitable
from pathlib import Path

import pytest
from pyoxigraph import RdfFormat

from api.writing.running import (
    GREEDY,
    RUNAWAY,
    insert,
    kinds,
    numbers,
    outcome,
    select,
    until,
    update,
    writing,
)
from impactgraph.errors import (
    GraphNotFoundError,
    StoreError,
    StoreLockedError,
    UpdateError,
    UpdateMemoryError,
    UpdateTimeoutError,
)
from impactgraph.store import Store, open_store
from impactgraph_api.workers.errors import OverloadedError
from impactgraph_api.writing import GraphRequest, WriteOutcome, Writer, conversation, loads
from impactgraph_api.writing.documents import Document
from impactgraph_api.writing.fetching import Fetcher
from store.examples import set_version


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def put(graph: str | None, body: bytes, method: str = "PUT") -> GraphRequest:
    return GraphRequest(method=method, graph=graph, body=body, media_type="text/turtle")  # type: ignore[arg-type]


def objects(store: Store, graph: str = "?g") -> list[str]:
    rows = select(store, f"SELECT ?o {{ GRAPH {graph} {{ ?s ?p ?o }} }}")
    return sorted(row["o"].value for row in rows)


class TestUpdates:
    def test_a_write_is_there_once_it_is_answered(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                for number in range(1, 4):
                    written = await writer.write(insert(number))
                    assert written == WriteOutcome(generation=number, created=False)
                    assert store.generation == number
                    assert number in numbers(store)

        asyncio.run(write())

    def test_writes_that_wait_go_into_one_generation_and_are_judged_alone(
        self, store: Store
    ) -> None:
        requests = [
            insert(1),
            update("CREATE GRAPH <x:new>"),
            update("CREATE GRAPH <x:new>"),
            update("INSERT DATA {"),
            update("INSERT DATA { GRAPH <x:g> { <x:9> <x:first> 9 } } ; DROP GRAPH <x:none>"),
            # Its first step is done when the second fails: the generation is begun again.
            update(
                "INSERT DATA { GRAPH <x:g> { <x:8> <x:first> 8 } } ; PREFIX : <x:> "
                "CREATE GRAPH <x:later> ; PREFIX : <x:y> DROP GRAPH <x:none>"
            ),
            update("CREATE GRAPH <x:later>"),
            insert(2),
            put("x:put", b"<x:s> <x:p> ."),
            put("x:put", b"<x:s> <x:p> <x:o> ."),
            GraphRequest(method="DELETE", graph="x:none"),
        ]

        async def write() -> list[object]:
            async with writing(store.location) as writer:
                writes = [asyncio.ensure_future(outcome(writer.write(one))) for one in requests]
                outcomes = await asyncio.gather(*writes)
                assert writer.stats().generations == 1
                return outcomes

        outcomes = asyncio.run(write())
        assert kinds(outcomes) == [
            "WriteOutcome",
            "WriteOutcome",
            "UpdateError",
            "UpdateError",
            "UpdateError",
            "UpdateError",
            "WriteOutcome",
            "WriteOutcome",
            "UpdateError",
            "WriteOutcome",
            "GraphNotFoundError",
        ]
        assert store.generation == max(
            one.generation for one in outcomes if isinstance(one, WriteOutcome)
        )
        assert numbers(store) == {1, 2}
        assert objects(store, "<x:put>") == ["x:o"]

    def test_a_write_that_is_refused_makes_no_generation(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                with pytest.raises(UpdateError, match="malformed"):
                    await writer.write(update("INSERT"))
                with pytest.raises(UpdateError, match="SERVICE"):
                    await writer.write(update("INSERT {} WHERE { SERVICE <http://127.0.0.1/> {} }"))

        asyncio.run(write())
        assert store.generation == 0

    def test_the_protocols_graphs_are_the_dataset_of_every_where(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                await writer.write(insert(1, "x:a"))
                await writer.write(insert(2, "x:b"))
                await writer.write(
                    update(
                        "INSERT { GRAPH <x:out> { ?s ?p ?o } } WHERE { ?s ?p ?o }", using=("x:b",)
                    )
                )
                with pytest.raises(UpdateError, match="USING or WITH"):
                    await writer.write(
                        update("WITH <x:a> DELETE { ?s ?p ?o } WHERE { ?s ?p ?o }", using=("x:b",))
                    )

        asyncio.run(write())
        assert objects(store, "<x:out>") == ["2", "2"]

    def test_relative_iris_have_a_base(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                await writer.write(update("INSERT DATA { GRAPH <x:g> { <s> <p> <o> } }"))

        asyncio.run(write())
        assert objects(store) == ["https://w3id.org/impactgraph/id/o"]


class TestGraphs:
    def test_graphs_are_put_posted_and_deleted(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:

                async def do(request: GraphRequest) -> bool:
                    return (await writer.write(request)).created

                assert await do(put("x:g", b"<x:s> <x:p> 1 ."))
                assert objects(store) == ["1"]
                assert not await do(put("x:g", b"<x:s> <x:p> 2 ."))
                assert objects(store) == ["2"]
                assert not await do(put("x:g", b"<x:s> <x:p> 3 .", "POST"))
                assert objects(store) == ["2", "3"]
                assert await do(put("x:h", b"", "POST"))
                assert not await do(put("x:h", b""))
                assert not await do(put(None, b"<x:s> <x:p> 4 ."))
                assert not await do(GraphRequest(method="DELETE", graph="x:g"))
                assert objects(store) == []
                with pytest.raises(GraphNotFoundError, match="no graph <x:g>"):
                    await do(GraphRequest(method="DELETE", graph="x:g"))
                rows = select(store, "SELECT ?o { ?s ?p ?o }")
                assert [row["o"].value for row in rows] == ["4"]
                await do(GraphRequest(method="DELETE", graph=None))
                assert select(store, "SELECT ?o { ?s ?p ?o }") == []

        asyncio.run(write())

    def test_blank_nodes_of_two_documents_are_kept_apart(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                for _ in range(2):
                    await writer.write(put("x:g", b"_:b <x:p> 1 .", "POST"))

        asyncio.run(write())
        assert objects(store) == ["1", "1"]

    @pytest.mark.parametrize(
        "request_",
        [
            put("no iri", b""),
            put("x:g", b"<x:s> <x:p>"),
            GraphRequest(method="PUT", graph="x:g", body=b"", media_type="image/png"),
            GraphRequest(
                method="PUT", graph="x:g", body=b"<x:a> { <x:b> <x:c> 1 }", media_type="text/turtle"
            ),
        ],
    )
    def test_what_is_no_graph_is_refused(self, store: Store, request_: GraphRequest) -> None:
        async def write() -> object:
            async with writing(store.location) as writer:
                await writer.write(insert(1))
                return await outcome(writer.write(request_))

        assert isinstance(asyncio.run(write()), UpdateError)
        assert numbers(store) == {1}


class TestLimits:
    @pytest.mark.parametrize(
        ("text", "settings", "error"),
        [
            (RUNAWAY, {"update_timeout": 1.0}, UpdateTimeoutError),
            (GREEDY, {"query_memory": 512 * 1024**2}, UpdateMemoryError),
        ],
    )
    def test_a_runaway_is_ended_and_the_others_of_its_batch_are_written(
        self, store: Store, text: str, settings: dict[str, float], error: type[Exception]
    ) -> None:
        async def write() -> list[object]:
            async with writing(store.location, **settings) as writer:
                outcomes = await asyncio.gather(
                    *[
                        outcome(writer.write(one))
                        for one in (insert(1), insert(2), update(text), insert(3))
                    ]
                )
                # The lock is free for others, at once.
                set_version(store, 1)
                assert isinstance(await writer.write(insert(4)), WriteOutcome)
                assert writer.stats().started == 2
                return outcomes

        outcomes = asyncio.run(write())
        assert [isinstance(one, WriteOutcome) for one in outcomes] == [True, True, False, True]
        assert type(outcomes[2]) is error
        assert numbers(store) == {1, 2, 3, 4}

    def test_what_makes_the_engine_crash_refuses_only_itself(self, store: Store) -> None:
        deep = "INSERT {} WHERE " + "{" * 20_000 + "}" * 20_000

        async def write() -> list[object]:
            async with writing(store.location) as writer:
                return await asyncio.gather(
                    *[outcome(writer.write(one)) for one in (insert(1), update(deep), insert(2))]
                )

        assert kinds(asyncio.run(write())) == ["WriteOutcome", "UpdateError", "WriteOutcome"]
        assert numbers(store) == {1, 2}

    def test_more_writes_than_may_wait_are_refused(self, store: Store) -> None:
        async def write() -> list[object]:
            async with writing(store.location, queue=3) as writer:
                return await asyncio.gather(
                    *[outcome(writer.write(insert(number))) for number in range(8)]
                )

        outcomes = asyncio.run(write())
        assert kinds(outcomes).count("OverloadedError") == 5
        assert all(one.retry_after > 0 for one in outcomes if isinstance(one, OverloadedError))
        assert numbers(store) == {0, 1, 2}

    def test_a_write_whose_client_has_gone_before_its_turn_is_not_made(self, store: Store) -> None:
        async def write() -> None:
            async with writing(store.location) as writer:
                first = asyncio.ensure_future(writer.write(insert(1)))
                await asyncio.sleep(0)
                await until(lambda: bool(writer.stats().writing), pause=0)
                second = asyncio.ensure_future(writer.write(insert(2)))
                await asyncio.sleep(0)
                second.cancel()
                await first
                await writer.write(insert(3))
                assert writer.stats().outcomes["cancelled"] == 1

        asyncio.run(write())
        assert numbers(store) == {1, 3}

    def test_what_waits_when_the_service_ends_is_answered(self, store: Store) -> None:
        async def write() -> list[object]:
            writes: list[Awaitable[object]] = []
            async with writing(store.location) as writer:
                writes.append(asyncio.ensure_future(outcome(writer.write(insert(1)))))
                await until(lambda: bool(writer.stats().writing), pause=0)
                writes += [
                    asyncio.ensure_future(outcome(writer.write(insert(number))))
                    for number in (2, 3)
                ]
                await asyncio.sleep(0)
            assert isinstance(await outcome(writer.write(insert(4))), StoreError)
            return await asyncio.gather(*writes)

        assert kinds(asyncio.run(write())) == ["WriteOutcome", "StoreError", "StoreError"]
        assert numbers(store) == {1}

    def test_a_store_that_another_program_writes_is_waited_for_and_then_refused(
        self, store: Store, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(conversation, "_LOCK_WAIT", 0.5)

        async def write() -> object:
            async with writing(store.location) as writer:
                loop = asyncio.get_running_loop()
                held, ended = asyncio.Event(), loop.create_future()

                def hold(_: object) -> None:
                    loop.call_soon_threadsafe(held.set)
                    asyncio.run_coroutine_threadsafe(_wait_for(ended), loop).result()

                holder = asyncio.ensure_future(asyncio.to_thread(store.write, hold))
                await held.wait()
                found = await outcome(writer.write(insert(1)))
                ended.set_result(None)
                await holder
                return found

        assert isinstance(asyncio.run(write()), StoreLockedError)


async def _wait_for(future: asyncio.Future[object]) -> None:
    await asyncio.shield(future)


class TestLoad:
    @pytest.fixture
    def writer_with_documents(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Let one URL be a document; all others are judged as ever."""
        fetch = Fetcher.fetch

        def fetch_known(self: Fetcher, url: str) -> Document:
            if url == "http://data.example/a.ttl":
                return Document(data=b"<b> <x:p> <x:loaded> .", form=RdfFormat.TURTLE, base=url)
            if url == "http://data.example/broken.ttl":
                return Document(data=b"<b> <x:p>", form=RdfFormat.TURTLE, base=url)
            return fetch(self, url)

        monkeypatch.setattr(Fetcher, "fetch", fetch_known)

    @pytest.mark.usefixtures("writer_with_documents")
    def test_documents_are_loaded_where_they_are_named(self, store: Store) -> None:
        text = (
            "CREATE GRAPH <x:g> ; LOAD <http://data.example/a.ttl> INTO GRAPH <x:g> ;"
            "INSERT { GRAPH <x:h> { ?s ?p ?o } } WHERE { GRAPH <x:g> { ?s ?p ?o } } ;"
            "LOAD SILENT <http://data.example/broken.ttl> INTO GRAPH <x:g> ;"
            "LOAD SILENT <http://127.0.0.1/x.ttl> INTO GRAPH <x:g>"
        )

        async def write() -> None:
            async with writing(store.location) as writer:
                await writer.write(update(text))

        asyncio.run(write())
        assert objects(store, "<x:h>") == objects(store, "<x:g>") == ["x:loaded"]

    @pytest.mark.usefixtures("writer_with_documents")
    @pytest.mark.parametrize(
        "load",
        [
            "LOAD <http://data.example/broken.ttl>",
            "LOAD <http://127.0.0.1:9/x.ttl>",
            "LOAD <http://localhost/x.ttl>",
            "LOAD <file:///etc/passwd>",
        ],
    )
    def test_a_load_that_fails_refuses_the_update_whole(self, store: Store, load: str) -> None:
        async def write() -> list[object]:
            async with writing(store.location, load_allow=("localhost", "127.0.0.1:9")) as writer:
                return await asyncio.gather(
                    *[
                        outcome(writer.write(one))
                        for one in (
                            insert(1),
                            update(
                                f"INSERT DATA {{ GRAPH <x:g> {{ <x:2> <x:first> 2 }} }}; {load}"
                            ),
                            insert(3),
                        )
                    ]
                )

        assert kinds(asyncio.run(write())) == ["WriteOutcome", "UpdateError", "WriteOutcome"]
        assert numbers(store) == {1, 3}

    def test_an_update_may_not_load_without_end(self, store: Store) -> None:
        async def write() -> object:
            async with writing(store.location) as writer:
                text = ";".join(f"LOAD SILENT <http://127.0.0.1/{n}>" for n in range(101))
                return await outcome(writer.write(update(text)))

        assert "may LOAD 100 documents" in str(asyncio.run(write()))

    def test_the_writer_process_itself_reaches_no_network(self, store: Store) -> None:
        """Were a LOAD ever to slip through to the engine, it would fail."""

        async def read_filter() -> str:
            async with writing(store.location) as writer:
                await writer.write(insert(1))
                status = Path(f"/proc/{writer.stats().process}/status").read_text()
                (mode,) = re.findall(r"^Seccomp:\s*(\d)", status, re.MULTILINE)
                return str(mode)

        if sys.platform != "linux":
            pytest.skip("only Linux keeps a process from the network")
        assert asyncio.run(read_filter()) == "2"


def test_the_loads_of_an_update_are_found_only_where_they_are(store: Store) -> None:
    async def find(text: str) -> dict[str, Document | str]:
        fetcher = Fetcher(allow=(), size=1)
        return await loads.fetch_documents(update(text), fetcher)

    assert asyncio.run(find("INSERT DATA { <x:load> <x:p> 'LOAD <http://data.example/>' }")) == {}
    assert list(asyncio.run(find("PREFIX a: <http://a.example/> load a:b"))) == [
        "http://a.example/b"
    ]


def test_the_writer_must_run(store: Store) -> None:
    async def write() -> object:
        from impactgraph_api.settings import Settings

        return await outcome(Writer(store.location, Settings()).write(insert(1)))

    assert "does not run" in str(asyncio.run(write()))
