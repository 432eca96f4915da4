"""The drafts that are in memory: so many, so large, for so long; the oldest unused goes first."""

from __future__ import annotations

import asyncio
import secrets
import threading
import time
from collections import OrderedDict
from collections.abc import Callable
from typing import NoReturn

from impactgraph.errors import NotFoundError
from impactgraph_api.drafts.draft import Draft, make_draft
from impactgraph_api.drafts.uploads import Upload
from impactgraph_api.settings import Settings

__all__ = ["Drafts"]

_ID_BYTES = 16
_SWEEP = 15.0


class Drafts:
    """Drafts by their ids, which nobody can guess: 128 random bits.

    Args:
        settings: how many, how large, and for how long.
        clock: gives the time in seconds.
    """

    def __init__(self, settings: Settings, clock: Callable[[], float] = time.monotonic) -> None:
        self._settings = settings
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[str, tuple[Draft, float]] = OrderedDict()
        self._size = 0

    def __len__(self) -> int:
        """Return how many are kept."""
        return len(self._kept)

    @property
    def size(self) -> int:
        """Bytes that they count for together."""
        return self._size

    def add(self, upload: Upload, answer: bytes) -> Draft:
        """Keep a new draft, in the place of the oldest unused ones where there is no room.

        Args:
            upload: the document.
            answer: what the document reader made of it.
        """
        draft = make_draft(secrets.token_urlsafe(_ID_BYTES), upload, answer)
        with self._lock:
            self._kept[draft.id] = draft, self._clock()
            self._size += draft.size
            self._forget_old()
            while len(self._kept) > self._settings.drafts or (
                self._size > self._settings.draft_memory and len(self._kept) > 1
            ):
                self._forget(next(iter(self._kept)))
        return draft

    def find(self, draft_id: str) -> Draft:
        """Return a draft, which is kept for longer then.

        Raises:
            NotFoundError: there is none of that id, or no more.
        """
        with self._lock:
            self._forget_old()
            if draft_id not in self._kept:
                raise NotFoundError("there is no such draft, or no more")
            draft, _ = self._kept[draft_id]
            self._kept[draft_id] = draft, self._clock()
            self._kept.move_to_end(draft_id)
            return draft

    def delete(self, draft_id: str) -> None:
        """Forget a draft, if it is there."""
        with self._lock:
            if draft_id in self._kept:
                self._forget(draft_id)

    async def forget_unused(self) -> NoReturn:
        """Forget now and then what nobody has looked at for long."""
        while True:
            await asyncio.sleep(min(_SWEEP, self._settings.draft_time))
            with self._lock:
                self._forget_old()

    def _forget_old(self) -> None:
        limit = self._clock() - self._settings.draft_time
        while self._kept:
            draft_id, (_, looked) = next(iter(self._kept.items()))
            if looked > limit:
                return
            self._forget(draft_id)

    def _forget(self, draft_id: str) -> None:
        draft, _ = self._kept.pop(draft_id)
        self._size -= draft.size
