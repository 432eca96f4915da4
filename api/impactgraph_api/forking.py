"""The server that forks the service's processes: all is imported there, so that takes a moment.

There is one for all, and what it imports must be said before it starts.
"""

from __future__ import annotations

import multiprocessing
import os
import tempfile
from functools import cache
from multiprocessing.context import ForkServerContext
from multiprocessing.util import get_temp_dir
from typing import Final

__all__ = ["forking_context"]

_PRELOADED = ["__main__", "impactgraph_api.writing.process", "impactgraph_api.documents.process"]

_LONGEST: Final = 103 - len("/pymp-12345678/listener-12345678")
"""Bytes that the path of the folder for temporary files may have: the server's socket lies below
it, and the path of a socket has 107 bytes at most, on some systems 103."""

_SHORT: Final = ("/tmp", "/var/tmp")  # noqa: S108 - a folder of our own is made in it


def forking_context() -> ForkServerContext:
    """Return what starts processes by forking that server."""
    _choose_short_folder()
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context


@cache
def _choose_short_folder() -> None:
    """Have `multiprocessing` keep its socket in a short folder, if TMPDIR is too long for one."""
    usual = tempfile.gettempdir()
    if len(os.fsencode(usual)) <= _LONGEST:
        return
    short = next((folder for folder in _SHORT if os.access(folder, os.W_OK | os.X_OK)), usual)
    tempfile.tempdir = short
    try:
        # It makes a private folder now, and keeps to it until the process ends.
        get_temp_dir()
    finally:
        tempfile.tempdir = usual
