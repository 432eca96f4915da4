"""Our own service as a server under measurement."""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

import pyoxigraph as ox

from benchmarks.servers import Server, free_port
from impactgraph.store import Transaction, open_store
from impactgraph.store.terms import from_triple

__all__ = ["build_store", "make_service"]


def build_store(folder: Path, files: Sequence[Path]) -> None:
    """Load files of N-Quads, one graph a file, into a new store of ours, as one change.

    Args:
        folder: of the store.
        files: see `generator.write_case_studies`.
    """

    def change(transaction: Transaction) -> None:
        for file in files:
            quads = list(ox.parse(path=file, format=ox.RdfFormat.N_QUADS))
            graph = quads[0].graph_name
            if not isinstance(graph, ox.NamedNode):
                raise TypeError(f"{file} is not one named graph")
            transaction.add(graph.value, map(from_triple, quads))

    with open_store(folder) as store:
        store.write(change)


def make_service(
    name: str,
    *,
    store: Path,
    folder: Path,
    cpus: str,
    options: Sequence[str] = (),
    token: str | None = None,
) -> Server:
    """Return our service over a store, not started yet.

    Args:
        name: how the tables call it.
        store: the folder of the store.
        folder: where it runs.
        cpus: the processors that it may use.
        options: more options of `impactgraph serve`.
        token: what writes must bear; None for a service that only reads.
    """
    port = free_port()
    command = [sys.executable, "-m", "impactgraph", "serve", "--host", "127.0.0.1"]
    command += ["--port", str(port), "--store", str(store), "--empty", *options]
    return Server(
        name=name,
        command=command,
        path="/sparql",
        port=port,
        folder=folder,
        cpus=cpus,
        environment={} if token is None else {"IMPACTGRAPH_TOKEN": token},
    )
