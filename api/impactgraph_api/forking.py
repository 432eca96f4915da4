"""The server that forks the service's processes: all is imported there, so that takes a moment.

There is one for all, and what it imports must be said before it starts.
"""

from __future__ import annotations

import multiprocessing
from multiprocessing.context import ForkServerContext

__all__ = ["forking_context"]

_PRELOADED = ["__main__", "impactgraph_api.writing.process", "impactgraph_api.documents.process"]


def forking_context() -> ForkServerContext:
    """Return what starts processes by forking that server."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload(_PRELOADED)
    return context
