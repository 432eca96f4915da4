"""A store with what impactgraph ships, and the service over it on a free port."""

from __future__ import annotations

import shutil
import socket
import tempfile
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from impactgraph.loading import load_shipped
from impactgraph.store import Store, open_store
from impactgraph_api.connections import BoundedProtocol

__all__ = ["make_store", "serve"]


def make_store(folder: Path) -> Store:
    """Make a store in a new folder: a copy of one that is filled once, for checking takes long."""
    shutil.copytree(Path(_fill_once().name) / "store", folder, dirs_exist_ok=True)
    return open_store(folder)


@cache
def _fill_once() -> tempfile.TemporaryDirectory[str]:
    folder = tempfile.TemporaryDirectory(prefix="impactgraph-shipped-")
    with open_store(Path(folder.name) / "store") as store:
        load_shipped(store)
    return folder


@contextmanager
def serve(app: FastAPI, *, log_level: str = "error") -> Iterator[str]:
    """Serve an app in a thread, as `impactgraph serve` does; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    config = uvicorn.Config(app, http=BoundedProtocol, log_level=log_level, lifespan="on")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, kwargs={"sockets": [listening]}, daemon=True)
    thread.start()
    deadline = time.monotonic() + 20
    while not server.started:
        assert time.monotonic() < deadline, "the service did not start within 20 seconds"
        time.sleep(0.02)
    try:
        yield f"http://127.0.0.1:{listening.getsockname()[1]}"
    finally:
        server.should_exit = True
        thread.join(timeout=20)
        listening.close()
