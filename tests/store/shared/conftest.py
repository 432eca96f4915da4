"""Each test here runs over every engine: a folder of our own, Oxigraph's server, Virtuoso."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest

from impactgraph.store import Store, Transaction, open_store
from impactgraph.store.remote import Engine, RemoteStore
from store.shared.engines import start_oxigraph, start_virtuoso

ENGINES = (
    "embedded",
    "oxigraph",
    pytest.param("virtuoso", marks=pytest.mark.soak),
)
OURS = ("https://example.org/", "https://w3id.org/impactgraph/")


@pytest.fixture(scope="session", params=ENGINES)
def engine(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Engine | None]:
    """A running engine; None stands for the embedded one."""
    name: str = request.param
    folder = tmp_path_factory.mktemp(name)
    with ExitStack() as stack:
        match name:
            case "oxigraph":
                yield stack.enter_context(start_oxigraph(folder))
            case "virtuoso":
                yield stack.enter_context(start_virtuoso(folder))
            case _:
                yield None


@pytest.fixture
def store(engine: Engine | None, tmp_path: Path) -> Iterator[Store]:
    """An empty store."""
    if engine is None:
        yield open_store(tmp_path / "store")
        return
    remote = RemoteStore(engine)
    yield remote
    remote.write(clear)
    remote.close()


@pytest.fixture
def embedded(tmp_path: Path) -> Store:
    """A store in a folder, to compare with."""
    return open_store(tmp_path / "embedded")


def clear(transaction: Transaction) -> None:
    for iri in transaction.graphs():
        if iri.startswith(OURS):
            transaction.remove_graph(iri)
