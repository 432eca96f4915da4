"""One batch's way through the writer process, under the deadline and the ceiling of memory."""

from __future__ import annotations

import signal
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from multiprocessing.process import BaseProcess
from pathlib import Path
from typing import Final

from impactgraph.errors import (
    ImpactGraphError,
    StoreError,
    StoreFullError,
    UpdateError,
    UpdateMemoryError,
    UpdateTimeoutError,
)
from impactgraph.store.layout import Layout, sync_folder
from impactgraph.store.locking import exclusive
from impactgraph.store.room import measure_room
from impactgraph.store.sweeping import sweep
from impactgraph_api.forking import forking_context
from impactgraph_api.workers.gauge import Gauge
from impactgraph_api.writing.applying import Batch, Result
from impactgraph_api.writing.exchange import At, Deriving, Done, Failed, Live, unpack
from impactgraph_api.writing.process import serve

__all__ = ["Broken", "Committed", "Outcome", "Refused", "WriterProcess"]

_POLL = 0.05
_LOCK_WAIT = 10.0
_LITTLE = 2 * 1024**2
"""Free bytes below which the disk counts as full: the engine writes in pieces of one MiB, and
leaves what no piece fits in."""

_ROOM_WAIT = 2.0
"""Seconds for which the disk may be full: others may free what they hold, yet where the engine
waits for room to tidy up in, it waits for ever."""

_CRASHES: Final = (signal.SIGSEGV, signal.SIGBUS, signal.SIGILL, signal.SIGFPE)


@dataclass(frozen=True, slots=True)
class Committed:
    """A generation holds what the results say; None where every job was refused."""

    generation: int | None
    results: Sequence[Result]


@dataclass(frozen=True, slots=True)
class Refused:
    """The store could not be written: that holds for every job."""

    error: ImpactGraphError


@dataclass(frozen=True, slots=True)
class Broken:
    """The process ended before the batch was done, and no job was done.

    Attributes:
        place: the job that was being done, if any.
        error: what that job is refused with; None where it may not have been its doing.
        deriving: whether it was ended because it took too much to derive what follows.
    """

    place: int | None
    error: ImpactGraphError | None
    deriving: bool = False


Outcome = Committed | Refused | Broken


class WriterProcess:
    """A process that writes to a store, one batch at a time; for one thread."""

    def __init__(self, location: Path, *, seconds: float, memory: int) -> None:
        self._layout = Layout(location)
        self._seconds = seconds
        self._memory = memory
        context = forking_context()
        self._pipe, theirs = context.Pipe()
        self._process: BaseProcess = context.Process(
            target=serve,
            args=(theirs, location, memory, _LOCK_WAIT),
            name="impactgraph-writer",
            daemon=True,
        )
        self._process.start()
        theirs.close()
        self._gauge = Gauge(self._process.pid or 0)

    @property
    def number(self) -> int:
        """Number of the process."""
        return self._process.pid or 0

    @property
    def fit(self) -> bool:
        """Whether it runs, and has not kept so much memory that the next write would suffer."""
        return self._process.is_alive() and self._gauge.read_memory() < self._memory // 2

    def kill(self) -> None:
        """End the process at once; any thread may."""
        self._process.kill()

    def close(self) -> None:
        """End the process, and let go of all that it needed."""
        self._process.kill()
        self._process.join()
        self._process.close()
        self._pipe.close()
        self._gauge.close()

    def apply(self, batch: Batch) -> Outcome:
        """Have a batch applied; the process has ended if the outcome is `Broken`."""
        state = _State(self._seconds)
        try:
            self._pipe.send(batch)
            while True:
                while not self._pipe.poll(_POLL):
                    if error := self._judge(state):
                        return self._end(state, error)
                match unpack(self._pipe.recv_bytes()):
                    case At(place):
                        state.move(place=place)
                    case Deriving():
                        state.move(deriving=True)
                    case Live() as live:
                        state.move(live=live)
                    case Done(number, results):
                        return Committed(number, results)
                    case Failed(error):
                        return Refused(error)
        except (EOFError, OSError, ValueError):
            return self._end(state, None)

    def _judge(self, state: _State) -> ImpactGraphError | None:
        """Return why the process must be ended, if it must."""
        if self._gauge.read_memory() > self._memory:
            return self._out_of_memory()
        self._look_for_room(state)
        late = time.monotonic() > state.deadline
        if state.full_for() > _ROOM_WAIT or (late and state.was_full):
            return _disk_full()
        if late:
            return UpdateTimeoutError(
                f"the write was ended after {self._seconds:g} seconds, nothing of it was made; "
                "change less at a time"
            )
        return None

    def _end(self, state: _State, error: ImpactGraphError | None) -> Outcome:
        """End the process, and find out what its last batch came to."""
        self._process.kill()
        self._process.join()
        outcome = self._explain(state, error)
        self._sweep()
        return outcome

    def _explain(self, state: _State, error: ImpactGraphError | None) -> Outcome:
        """Return what the last batch came to of a process that has ended."""
        if state.live is not None:
            return self._find_out(state.live)
        if error is None:
            self._look_for_room(state)
            error = _disk_full() if state.was_full else self._explain_end()
        if isinstance(error, StoreFullError):
            return Refused(error)
        if state.place is None and not state.deriving:
            # It was waiting for the lock, or copying: no job's doing.
            return Broken(None, None)
        return Broken(state.place, error, state.deriving and error is not None)

    def _look_for_room(self, state: _State) -> None:
        with suppress(OSError):
            state.note_room(measure_room(self._layout.root))

    def _sweep(self) -> None:
        """Delete what the process left, which may be what fills the disk; the next write would."""
        with suppress(StoreError, OSError), exclusive(self._layout.lock, wait=0):
            sweep(self._layout)

    def _find_out(self, live: Live) -> Outcome:
        """Return whether a generation whose writer ended while making it live is live."""
        now = self._layout.live()
        if now < live.generation:
            return Broken(None, None)
        if now == live.generation:
            # The writer may have renamed the pointer and not yet made that durable.
            sync_folder(self._layout.root)
            return Committed(live.generation, live.results)
        return Refused(
            StoreError(
                "the writer ended while it made the change live, and another program has written "
                "to the store since; look whether the change is there before you repeat it"
            )
        )

    def _explain_end(self) -> ImpactGraphError | None:
        """Return what the end of the process says of its job; None where it says nothing."""
        number = -(self._process.exitcode or 0)
        # The engine aborts where an allocation fails; it raises nothing.
        if number == signal.SIGABRT:
            return self._out_of_memory()
        if number in _CRASHES:
            return UpdateError(
                "the engine cannot apply the update: its process ended with "
                f"{signal.Signals(number).name}, as it does where groups, expressions or paths "
                "are nested too deeply; nest less"
            )
        return None

    def _out_of_memory(self) -> UpdateMemoryError:
        return UpdateMemoryError(
            f"the write was ended because it took more than {self._memory // 1024**2} MiB of "
            "memory, nothing of it was made; change less at a time"
        )


def _disk_full() -> StoreFullError:
    return StoreFullError(
        "the disk is full: the write was ended, nothing of it was made. Make room, then try again"
    )


class _State:
    """How far a batch has come, and by when it must be further."""

    def __init__(self, seconds: float) -> None:
        self._seconds = seconds
        self.place: int | None = None
        self.deriving = False
        self.live: Live | None = None
        self.deadline = time.monotonic() + _LOCK_WAIT + seconds
        self.was_full = False
        self._full_since: float | None = None

    def move(
        self, *, place: int | None = None, deriving: bool = False, live: Live | None = None
    ) -> None:
        self.place, self.deriving, self.live = place, deriving, live
        self.deadline = time.monotonic() + self._seconds

    def note_room(self, room: int) -> None:
        """Note how many bytes are free on the disk."""
        if room >= _LITTLE:
            self._full_since = None
        elif self._full_since is None:
            self.was_full = True
            self._full_since = time.monotonic()

    def full_for(self) -> float:
        """Return for how many seconds the disk has been full."""
        return 0.0 if self._full_since is None else time.monotonic() - self._full_since
