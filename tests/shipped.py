"""A store with what impactgraph ships, and the service over it on a free port."""

from __future__ import annotations

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import uvicorn
from fastapi import FastAPI

from impactgraph.loading import load_shipped
from impactgraph.store import Store, open_store

__all__ = ["make_store", "serve"]


def make_store(folder: Path) -> Store:
    store = open_store(folder)
    load_shipped(store)
    return store


@contextmanager
def serve(app: FastAPI) -> Iterator[str]:
    """Serve an app in a thread; gives its address."""
    listening = socket.socket()
    listening.bind(("127.0.0.1", 0))
    server = uvicorn.Server(uvicorn.Config(app, log_level="error", lifespan="on"))
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
