"""Which of the formats on offer a request asks for: by name, else by its Accept header."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from impactgraph.errors import UsageError
from impactgraph_api.negotiation import Format, choose
from impactgraph_api.problem import ProblemError

__all__ = ["choose_offered"]


def choose_offered(name: str | None, accept: str | None, offers: Iterable[Format]) -> Format:
    """Return the format that a request asks for.

    Args:
        name: the format's name, as the parameter `format` has it; None leaves it to `accept`.
        accept: the Accept header.
        offers: the formats, the preferred one first.

    Raises:
        UsageError: no format is called so.
        ProblemError: none of them is acceptable.
    """
    offered = tuple(offers)
    if name is not None:
        for form in offered:
            if form.name == name:
                return form
        names = ", ".join(form.name for form in offered)
        raise UsageError(f"format is {name!r:.40}; take one of {names}")
    chosen = choose(accept, offered)
    if chosen is None:
        types = ", ".join(form.media_types[0] for form in offered)
        raise ProblemError(
            "not-acceptable",
            HTTPStatus.NOT_ACCEPTABLE,
            f"it can be had as {types}; ask for one of these in Accept",
        )
    return chosen
