"""Reading what engines answer, their own ways included.

Ways seen: Virtuoso calls typed literals `typed-literal` in JSON, names blank nodes `nodeID://b1`,
answers ASK with a row of a variable `__ASK_RETVAL` or none, and cuts off long answers (it says
so in a header, but for CONSTRUCT).
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import BinaryIO, cast

import httpx
import pyoxigraph as ox

from impactgraph.errors import StoreError
from impactgraph.store.remote.failures import excerpt
from impactgraph.store.remote.queries import Form
from impactgraph.store.results import Output, Solutions, Triples

__all__ = [
    "ACCEPTED",
    "mend",
    "parse_solutions",
    "parse_triples",
    "refuse_nonsense",
    "reporting_answer",
    "triples_format",
]

ACCEPTED = {
    True: "application/n-triples, text/turtle;q=0.5",
    False: "application/sparql-results+json",
}
"""What is asked for, by whether the query gives triples. Engines differ when asked for both."""

_SOLUTIONS = ("application/sparql-results+json", "application/json")
_TRIPLES = {
    "application/n-triples": ox.RdfFormat.N_TRIPLES,
    "text/plain": ox.RdfFormat.N_TRIPLES,
    "text/turtle": ox.RdfFormat.TURTLE,
    "application/x-turtle": ox.RdfFormat.TURTLE,
}
# In JSON a quotation mark of a value is escaped, so this never matches inside of one.
_NODE = re.compile(rb'("type"\s*:\s*"bnode"\s*,\s*"value"\s*:\s*")nodeID://')
_LONGEST = 80
"""More bytes than what is to be mended has."""

_ASKED = "__ASK_RETVAL"
_YES_NO = {
    True: b'{"head":{},"boolean":true}',
    False: b'{"head":{},"boolean":false}',
}


def refuse_nonsense(response: httpx.Response, body: bytes, form: Form) -> None:
    """Refuse an answer that is none, or not a whole one, by its headers.

    Args:
        response: the answer, whose status is a success.
        body: the beginning of its body.
        form: what was asked.

    Raises:
        StoreError: it is of another type than asked for, or was cut off.
    """
    media_type = _media_type(response)
    if media_type not in (_TRIPLES if form.gives_triples else _SOLUTIONS):
        raise StoreError(
            f"{response.request.url.copy_with(query=None)} answers with "
            f"{media_type or 'something of no type'}: {excerpt(response, body)}; is that the "
            "address of a SPARQL endpoint?"
        )
    if (most := response.headers.get("x-sparql-maxrows")) is not None:
        raise StoreError(
            f"the engine gives no more than {most} rows and has cut off its answer; ask with LIMIT "
            "below that, or raise ResultSetMaxRows in its virtuoso.ini"
        )
    if response.headers.get("x-sql-state"):
        raise StoreError(
            "the engine ran out of time and gave only a part of its answer: "
            f"{response.headers.get('x-sql-message', 'it does not say why')}"
        )


def mend(text: bytes) -> bytes:
    """Return a part of results in JSON with blank nodes named as they may be.

    >>> mend(b'{"type": "bnode", "value": "nodeID://b1"}')
    b'{"type": "bnode", "value": "b1"}'
    """
    return _NODE.sub(rb"\1", text) if b"nodeID://" in text else text


def parse_solutions(body: BinaryIO, form: Form) -> Solutions | ox.QueryBoolean:
    """Return the rows, or yes or no, that results in JSON hold.

    Raises:
        StoreError: they are malformed, or rows where yes or no was asked; rows further on that are
            malformed are reported when they are reached.
    """
    with reporting_answer():
        results = ox.parse_query_results(cast(BinaryIO, _Mended(body)), ox.QueryResultsFormat.JSON)
        if form is Form.ASK and isinstance(results, ox.QuerySolutions):
            if [variable.value for variable in results.variables] != [_ASKED]:
                raise StoreError("the engine answers a question of yes or no with rows")
            yes = any(row[_ASKED] is not None and row[_ASKED].value != "0" for row in results)
            return _yes_or_no(yes)
    if isinstance(results, ox.QuerySolutions):
        return _Received(results, body)
    if form is not Form.ASK:
        raise StoreError("the engine answers a question for rows with yes or no")
    return results


def parse_triples(response: httpx.Response, body: BinaryIO) -> Triples:
    """Return the triples that an answer holds, each once.

    Raises:
        StoreError: it is malformed.
    """
    held = ox.Store()
    with reporting_answer():
        held.load(body, triples_format(response))
    triples = held.query("CONSTRUCT WHERE { ?s ?p ?o }")
    assert isinstance(triples, ox.QueryTriples)
    return Triples(triples, held)


def triples_format(response: httpx.Response) -> ox.RdfFormat:
    """Return the format of an answer of triples, which `refuse_nonsense` let pass."""
    return _TRIPLES[_media_type(response)]


@contextmanager
def reporting_answer() -> Iterator[None]:
    """Report what is malformed in an answer as a failure of the engine's."""
    try:
        yield
    except (SyntaxError, ValueError) as error:
        raise StoreError(f"the engine's answer is malformed: {error}") from error


class _Received(Solutions):
    """Rows that are parsed while they are read."""

    def __next__(self) -> ox.QuerySolution:
        with reporting_answer():
            return super().__next__()

    def serialize(
        self, output: Output = None, format: ox.QueryResultsFormat | None = None
    ) -> bytes | None:
        with reporting_answer():
            return super().serialize(output, format)


class _Mended:
    """A body as a file that is mended while it is read."""

    def __init__(self, body: BinaryIO) -> None:
        self._body = body
        self._ready = b""
        self._held_back = b""
        self._ended = False

    def read(self, size: int = -1) -> bytes:
        """Return as many bytes as are asked for, or fewer, and none at the end."""
        while not self._ready and not self._ended:
            self._fill(size)
        size = len(self._ready) if size < 0 else size
        given, self._ready = self._ready[:size], self._ready[size:]
        return given

    def _fill(self, size: int) -> None:
        read = self._body.read(size)
        self._ended = not read or size < 0
        mended = mend(self._held_back + read)
        # What is to be mended may go on in the next part.
        place = len(mended) if self._ended else max(0, len(mended) - _LONGEST)
        self._ready, self._held_back = mended[:place], mended[place:]


def _media_type(response: httpx.Response) -> str:
    content_type: str = response.headers.get("content-type", "")
    return content_type.partition(";")[0].strip().lower()


def _yes_or_no(yes: bool) -> ox.QueryBoolean:
    answer = ox.parse_query_results(_YES_NO[yes], ox.QueryResultsFormat.JSON)
    assert isinstance(answer, ox.QueryBoolean)
    return answer
