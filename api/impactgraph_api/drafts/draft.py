"""One draft: a document that somebody sent, and the graph of its case study, in memory."""

from __future__ import annotations

import json
from dataclasses import dataclass

import pyoxigraph as ox

from impactgraph.store.snapshot import Snapshot
from impactgraph_api.documents.process import unpack_case_study
from impactgraph_api.drafts.uploads import Upload
from impactgraph_api.reading import Readings

__all__ = ["Draft", "MemoryStore", "Unsure", "make_draft"]

_VIEWS = 8
"""How many graphs, views and reports of one draft are kept."""


@dataclass(frozen=True, slots=True)
class _Generation:
    engine: ox.Store
    number: int


class MemoryStore:
    """The graphs of one case study, in memory; they never change."""

    def __init__(self, quads: bytes) -> None:
        self._generation = _Generation(ox.Store(), 0)
        self._generation.engine.load(quads, ox.RdfFormat.N_QUADS)

    def snapshot(self) -> Snapshot:
        """Return what answers queries about the case study."""
        return Snapshot(self._generation)

    def close(self) -> None:
        """Do nothing: what is in memory goes with its last reader."""


@dataclass(frozen=True, slots=True)
class Unsure:
    """What could not be read surely, and the words where it stands."""

    message: str
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A draft; `slug` is what its case study is called in `readings`, `size` what it counts for."""

    id: str
    upload: Upload
    slug: str
    readings: Readings
    unsure: tuple[Unsure, ...]
    size: int


def make_draft(draft_id: str, upload: Upload, answer: bytes) -> Draft:
    """Return the draft that a process of the document reader made of an upload.

    Args:
        draft_id: what addresses it.
        upload: the document.
        answer: to the task `documents.process.Draft`.
    """
    head, _, packed = answer.partition(b"\n")
    encoded = unpack_case_study(packed)
    quads = encoded.own + b"".join(encoded.shared.values())
    return Draft(
        id=draft_id,
        upload=upload,
        slug=encoded.slug,
        readings=Readings(MemoryStore(quads), _VIEWS),
        unsure=tuple(Unsure(item["message"], item["words"]) for item in json.loads(head)),
        size=len(upload.content) + len(quads),
    )
