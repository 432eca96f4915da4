"""Listening for requests: the web server and its log."""

from __future__ import annotations

import contextlib
import logging
import signal
import socket
import sys
from types import FrameType

import uvicorn
from fastapi import FastAPI

from impactgraph.errors import StoreError, UsageError
from impactgraph_api.connections import BoundedProtocol
from impactgraph_api.drafts import HideDrafts

__all__ = ["listen"]

_GRACE = 10
"""Seconds that requests have to end when the service is told to."""

_BACKLOG = 2048
"""Connections that may wait to be taken."""


def listen(app: FastAPI, *, host: str, port: int, root_path: str, log_level: str) -> None:
    """Serve an app until the process is told to end.

    Args:
        app: the service.
        host: the address to listen on.
        port: the port to listen on.
        root_path: the path that a proxy takes off, as in "/impact"; "" for none.
        log_level: from which level on to log to standard error; `info` logs each request.

    Raises:
        UsageError: the address is taken, or is none of this machine.
        StoreError: the service could not be started.
    """
    logging.basicConfig(
        level=log_level.upper(),
        format="%(asctime)s %(levelname)s %(name)s: %(message)s",
        stream=sys.stderr,
    )
    for name in ("uvicorn.access", "impactgraph.api"):
        logging.getLogger(name).addFilter(HideDrafts())
    _raise_file_limit()
    # Once all is shut down the web server sends itself the signal again: by default that ends the
    # process at once, and its temporary folder stays.
    signal.signal(signal.SIGTERM, _end)
    # Before anything is started: a port that is taken should cost nothing.
    with _open_socket(host, port) as door:
        print(
            f"impactgraph is at http://{_bracket(host)}:{port}{root_path} (Ctrl-C ends it)",
            file=sys.stderr,
        )
        server = uvicorn.Server(
            uvicorn.Config(
                app,
                http=BoundedProtocol,
                root_path=root_path,
                log_config=None,
                server_header=False,
                timeout_graceful_shutdown=_GRACE,
            )
        )
        with contextlib.suppress(KeyboardInterrupt):
            server.run(sockets=[door])
    if not server.started:
        raise StoreError("the service could not be started; its log says why")


def _end(_number: int, _frame: FrameType | None) -> None:
    sys.exit()


def _open_socket(host: str, port: int) -> socket.socket:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=_BACKLOG)
    except OSError as error:
        raise UsageError(
            f"cannot listen on {host}:{port}: {error.strerror or error}; is another program there? "
            "Choose another port with --port"
        ) from error


def _bracket(host: str) -> str:
    return f"[{host}]" if ":" in host else host


def _raise_file_limit() -> None:
    """Allow as many connections as the system lets this user have."""
    try:
        import resource
    except ImportError:  # not on Windows
        return
    _, most = resource.getrlimit(resource.RLIMIT_NOFILE)
    with contextlib.suppress(ValueError, OSError):
        resource.setrlimit(resource.RLIMIT_NOFILE, (most, most))
