"""The results of a query: the engine's own, held safely."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Generic, Self, TypeAlias, TypeVar

import pyoxigraph as ox

from impactgraph.errors import QueryError, StoreError
from impactgraph.store.layout import reporting

__all__ = ["Output", "Results", "Solutions", "Triples", "hold", "reporting_evaluation"]

_Inner = TypeVar("_Inner", ox.QuerySolutions, ox.QueryTriples)
_Item = TypeVar("_Item", ox.QuerySolution, ox.Triple)
Output: TypeAlias = IO[bytes] | str | os.PathLike[str] | None


@contextmanager
def reporting_evaluation() -> Iterator[None]:
    """Report what the engine raises while it answers."""
    try:
        with reporting("the store cannot be read, or the answer not written"):
            yield
    except RuntimeError as error:
        raise QueryError(f"the query cannot be answered: {error}") from error


class _Held(Generic[_Inner, _Item]):
    """Results that are read lazily, once, from what they hold.

    The engine ends the whole process when another thread touches its results than the one that
    asked, and fails when the tables are deleted that they still read from. So these refuse the
    first, and against the second keep `holder`, which locks the generation, until they have no
    more to give.
    """

    def __init__(self, inner: _Inner, holder: object) -> None:
        self._inner: _Inner | None = inner
        self._holder: object = holder
        self._thread = threading.get_ident()
        self._exhausted = False

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> _Item:
        if self._exhausted:
            raise StopIteration
        inner = self._confined()
        try:
            item: _Item = next(inner)
        except StopIteration:
            self._exhausted = True
            del inner
            self.close()
            raise
        except (RuntimeError, OSError):
            with reporting_evaluation():
                raise
            raise
        return item

    def close(self) -> None:
        """Give up what is left; done unasked at the end of the results and of a transaction."""
        self._inner = None
        self._holder = None

    def _confined(self) -> _Inner:
        if self._thread != threading.get_ident():
            raise StoreError(
                "results can be read only by the thread that asked the query; read or serialise "
                "them there and hand on the outcome"
            )
        if self._inner is None:
            raise StoreError("these results were read or closed before; ask the query again")
        return self._inner


class Solutions(_Held[ox.QuerySolutions, ox.QuerySolution]):
    """The rows of a SELECT, as `pyoxigraph.QuerySolutions`: each has a variable's term by name."""

    def __init__(self, inner: ox.QuerySolutions, holder: object) -> None:
        super().__init__(inner, holder)
        self.variables: list[ox.Variable] = inner.variables

    def serialize(
        self, output: Output = None, format: ox.QueryResultsFormat | None = None
    ) -> bytes | None:
        """Write the rows that are left in a format of SPARQL results, or return them as bytes."""
        with reporting_evaluation():
            return self._confined().serialize(output, format)


class Triples(_Held[ox.QueryTriples, ox.Triple]):
    """The triples of a CONSTRUCT or DESCRIBE, as `pyoxigraph.QueryTriples`."""

    def serialize(self, output: Output = None, format: ox.RdfFormat | None = None) -> bytes | None:
        """Write the triples that are left in a format of RDF, or return them as bytes."""
        with reporting_evaluation():
            return self._confined().serialize(output, format)


Results: TypeAlias = Solutions | Triples | ox.QueryBoolean
"""What a query answers: rows, triples, or for ASK a `pyoxigraph.QueryBoolean`."""


def hold(inner: ox.QuerySolutions | ox.QueryTriples | ox.QueryBoolean, holder: object) -> Results:
    """Return the engine's results, held with what they need for as long as they are read."""
    if isinstance(inner, ox.QuerySolutions):
        return Solutions(inner, holder)
    if isinstance(inner, ox.QueryTriples):
        return Triples(inner, holder)
    return inner
