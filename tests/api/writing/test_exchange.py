"""What the writer process says arrives as it was said; nonsense is known as such."""

from __future__ import annotations

import pytest

from impactgraph.errors import (
    GraphNotFoundError,
    ImpactGraphError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    UpdateError,
    ValidationError,
)
from impactgraph_api.writing.exchange import (
    At,
    Deriving,
    Done,
    Failed,
    Live,
    Message,
    pack,
    unpack,
)

ERRORS = [
    GraphNotFoundError,
    StoreError,
    StoreFullError,
    StoreLockedError,
    UpdateError,
    ValidationError,
]


@pytest.mark.parametrize(
    "message",
    [At(3), Deriving(), Live(7, [True, False]), Done(None, []), Done(2, [True])],
)
def test_messages_come_back(message: Message) -> None:
    assert unpack(pack(message)) == message


@pytest.mark.parametrize("kind", ERRORS)
def test_errors_come_back(kind: type[ImpactGraphError]) -> None:
    done = unpack(pack(Done(1, [True, kind("why: “é”")])))
    assert isinstance(done, Done)
    assert (type(done.results[1]), str(done.results[1])) == (kind, "why: “é”")
    failed = unpack(pack(Failed(kind("why"))))
    assert isinstance(failed, Failed)
    assert type(failed.error) is kind


@pytest.mark.parametrize(
    "content", [b"[]", b"{}", b'["at"]', b'["at", "x"]', b'["done"]', b"7", b'["x"]']
)
def test_nonsense_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="is no message of a writer"):
        unpack(content)


def test_an_error_of_no_known_kind_is_refused() -> None:
    with pytest.raises(ValueError, match="SystemExit"):
        unpack(b'["failed", ["SystemExit", "x"]]')
