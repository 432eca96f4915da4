"""What the writer process tells the service, and how it goes over their pipe.

Jobs go to the writer pickled. What comes back is JSON: a process that a write led astray is not to
be believed.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from impactgraph import errors
from impactgraph_api.writing.applying import Result

__all__ = ["At", "Deriving", "Done", "Failed", "Live", "Message", "pack", "unpack"]

_ERRORS: Final[tuple[type[errors.ImpactGraphError], ...]] = (
    errors.GraphNotFoundError,
    errors.ValidationError,
    errors.OutdatedError,
    errors.ConflictError,
    errors.UpdateError,
    errors.StoreFullError,
    errors.StoreLockedError,
    errors.StoreError,
)
"""The errors that a writer reports; the first that fits gives the name."""


@dataclass(frozen=True, slots=True)
class At:
    """The job at this place is next."""

    place: int


@dataclass(frozen=True, slots=True)
class Deriving:
    """All jobs are done; what follows from them is derived."""


@dataclass(frozen=True, slots=True)
class Live:
    """All is durable in this generation, which is about to be made live."""

    generation: int
    results: Sequence[Result]


@dataclass(frozen=True, slots=True)
class Done:
    """The batch is done; no generation where every job was refused."""

    generation: int | None
    results: Sequence[Result]


@dataclass(frozen=True, slots=True)
class Failed:
    """The store could not be written; no job was done."""

    error: errors.ImpactGraphError


Message = At | Deriving | Live | Done | Failed


def pack(message: Message) -> bytes:
    """Return a message as bytes; inverse of `unpack`."""
    match message:
        case At(place):
            content: list[Any] = ["at", place]
        case Deriving():
            content = ["deriving"]
        case Live(generation, results):
            content = ["live", generation, [_to_json(result) for result in results]]
        case Done(number, results):
            content = ["done", number, [_to_json(result) for result in results]]
        case Failed(error):
            content = ["failed", _to_json(error)]
    return json.dumps(content).encode("ascii")


def unpack(content: bytes) -> Message:
    """Return the message of these bytes; inverse of `pack`.

    Raises:
        ValueError: no writer in its right mind sends that.
    """
    match json.loads(content):
        case ["at", int(place)]:
            return At(place)
        case ["deriving"]:
            return Deriving()
        case ["live", int(generation), list(results)]:
            return Live(generation, [_from_json(result) for result in results])
        case ["done", (int() | None) as number, list(results)]:
            return Done(number, [_from_json(result) for result in results])
        case ["failed", list(error)]:
            return Failed(_to_error(error))
        case other:
            raise ValueError(f"{other!r} is no message of a writer")


def _to_json(result: Result) -> Any:
    if isinstance(result, bool):
        return result
    kind = next((kind for kind in _ERRORS if isinstance(result, kind)), errors.StoreError)
    return [kind.__name__, result.message, result.details]


def _from_json(result: Any) -> Result:
    return result if isinstance(result, bool) else _to_error(result)


def _to_error(content: Any) -> errors.ImpactGraphError:
    match content:
        case [str(name), str(message), str(details)]:
            for kind in _ERRORS:
                if kind.__name__ == name:
                    return kind(message, details)
    raise ValueError(f"{content!r} is no error of a writer")
