"""Writes that are to happen only if: they are not offered."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus

from impactgraph_api.problem import ProblemError

__all__ = ["refuse_conditions"]

_CONDITIONS = ("if-match", "if-none-match", "if-modified-since", "if-unmodified-since")


def refuse_conditions(headers: Mapping[str, str]) -> None:
    """Refuse a write that is to happen only if: what is there could change before it does.

    Raises:
        ProblemError: 412 where there is a condition (RFC 9110, section 13.1).
    """
    for name in _CONDITIONS:
        if name in headers:
            raise ProblemError(
                "condition-not-offered",
                HTTPStatus.PRECONDITION_FAILED,
                f"writes under the condition {name} are not offered, so nothing was written; leave "
                "the header out, or send an update whose WHERE holds the condition",
            )
