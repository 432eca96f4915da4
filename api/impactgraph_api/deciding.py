"""What people decide on a case study: from the fields of a request to the writer."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation
from http import HTTPStatus
from typing import Any

from fastapi import Request

from impactgraph.curation import Act, ActKind, Curation, Decision, KeptAct, check_decision
from impactgraph.errors import UsageError
from impactgraph_api.problem import ProblemError
from impactgraph_api.reading import Readings
from impactgraph_api.writing import CurationRequest, Writer

__all__ = ["FIELDS", "make_act", "read_decision", "read_version", "take_over", "write_tag"]

FIELDS = ("kind", "who", "why", "target", "label", "from", "to", "quote", "confidence")
"""The fields of a decision, as requests name them."""

_IRIS = ("target", "from", "to")
_NAMES = {"from": "origin", "to": "end"}
_TAG = re.compile(r'"([0-9a-f]{24})"')


def read_decision(fields: Mapping[str, Any], case_study: str) -> Decision:
    """Return the decision that the fields of a request describe.

    Args:
        fields: by the names of `FIELDS`; links, nodes and acts by IRI, or by what of it follows
            the case study's ("link/0123456789ab").
        case_study: the IRI of the case study.

    Raises:
        UsageError: a field is unknown, missing or malformed.
    """
    values: dict[str, Any] = {}
    for name, value in fields.items():
        if name not in FIELDS:
            raise UsageError(f"{name!r:.40} is no field of an act; there are {', '.join(FIELDS)}")
        if value is None or value == "":
            continue
        if name == "confidence":
            values[name] = _read_confidence(value)
            continue
        if not isinstance(value, str):
            raise UsageError(f"{name} is {value!r:.40}; it takes words")
        inside = name in _IRIS and "://" not in value
        values[_NAMES.get(name, name)] = f"{case_study}/{value}" if inside else value
    kind = values.pop("kind", None)
    if kind not in list(ActKind):
        raise UsageError(f"kind is {kind!r:.40}; take one of {', '.join(ActKind)}")
    return check_decision(
        Decision(kind=ActKind(kind), who=values.pop("who", ""), **values), case_study
    )


def read_version(if_match: str | None) -> str:
    """Return the version of the curation that a request was decided on.

    >>> read_version('"0123456789abcdef01234567"')
    '0123456789abcdef01234567'

    Raises:
        ProblemError: 428 where it names none (RFC 6585, section 3), 400 where it is malformed.
    """
    if if_match is None or if_match.strip() == "*":
        raise ProblemError(
            "precondition-required",
            HTTPStatus.PRECONDITION_REQUIRED,
            "send If-Match with the ETag of the curation that was decided on, so that nobody's "
            "decision is lost",
        )
    match = _TAG.fullmatch(if_match.strip())
    if match is None:
        raise UsageError("If-Match takes one ETag of a curation, in quotation marks")
    return match[1]


def write_tag(curation: Curation) -> str:
    """Return the ETag of a curation."""
    return f'"{curation.version}"'


async def make_act(
    request: Request, case_study: str, decision: Decision, version: str
) -> tuple[Curation, KeptAct]:
    """Have a decision made; return the curation, and the act that it became.

    Raises:
        OutdatedError: others decided something since that version.
        UpdateError: it would change nothing.
    """
    writer: Writer = request.app.state.monitored.writer
    await writer.write(CurationRequest(case_study=case_study, decision=decision, version=version))
    curation = _read(request, case_study)
    made = next(kept for kept in reversed(curation.acts) if kept.act.decision == decision)
    return curation, made


async def take_over(
    request: Request, case_study: str, acts: tuple[Act, ...], version: str
) -> Curation:
    """Have the acts of a file taken over.

    Raises:
        OutdatedError: others decided something since that version.
    """
    writer: Writer = request.app.state.monitored.writer
    await writer.write(CurationRequest(case_study=case_study, acts=acts, version=version))
    return _read(request, case_study)


def _read(request: Request, case_study: str) -> Curation:
    readings: Readings = request.app.state.readings
    return readings.curation(case_study)


def _read_confidence(value: object) -> Decimal:
    try:
        return Decimal(str(value))
    except InvalidOperation:
        raise UsageError(
            f"confidence is {value!r:.40}; give a number over 0, and up to 1"
        ) from None
