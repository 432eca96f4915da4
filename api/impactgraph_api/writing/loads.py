"""Fetching, before an update is applied, all that its LOADs name: outside the writer's lock."""

from __future__ import annotations

import asyncio

from impactgraph.errors import UpdateError
from impactgraph_api.writing.documents import Document
from impactgraph_api.writing.fetching import Fetcher
from impactgraph_api.writing.operations import parse_update
from impactgraph_api.writing.requests import UpdateRequest

__all__ = ["fetch_documents"]

_MOST_LOADS = 100


async def fetch_documents(request: UpdateRequest, fetcher: Fetcher) -> dict[str, Document | str]:
    """Return the documents that an update names for LOAD, or why one cannot be had, by URL.

    Raises:
        UpdateError: the update is malformed, or loads too many documents.
    """
    text = request.operation.text
    if "load" not in text.lower():
        return {}
    return await asyncio.to_thread(_fetch_all, text, request.base, fetcher)


def _fetch_all(text: str, base: str, fetcher: Fetcher) -> dict[str, Document | str]:
    loads = [operation.load for operation in parse_update(text, base) if operation.load]
    if len(loads) > _MOST_LOADS:
        raise UpdateError(f"an update may LOAD {_MOST_LOADS} documents; this has {len(loads)}")
    documents: dict[str, Document | str] = {}
    left = fetcher.size
    for source in dict.fromkeys(load.source for load in loads):
        try:
            document = fetcher.fetch(source)
            left -= len(document.data)
            if left < 0:
                raise UpdateError(f"<{source}> is not loaded: with the others it is too large")
            documents[source] = document
        except UpdateError as error:
            documents[source] = str(error)
    return documents
