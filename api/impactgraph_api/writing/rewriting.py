"""Making an update request into steps that the engine can take, one after another.

The engine has no parameters for a dataset that the protocol names, would itself fetch what LOAD
names, and takes declarations only before the first operation.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import groupby

from impactgraph.errors import UpdateError
from impactgraph_api.writing.operations import Load, Operation, parse_update

__all__ = ["Plan", "Step", "plan_update"]

Step = str | Load
"""Text for the engine, or a document to load."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Plan:
    """What a request asks for: its steps, and which graphs they may change.

    Attributes:
        steps: all of them must succeed.
        written: the graphs, None for the default one; None as a whole where only the data tells.
    """

    steps: tuple[Step, ...]
    written: frozenset[str | None] | None


def plan_update(
    text: str,
    *,
    base: str | None = None,
    using: Sequence[str] = (),
    using_named: Sequence[str] = (),
) -> Plan:
    """Return the steps of an update request.

    Where graphs are given, every WHERE sees these and no others, as if USING named them
    (SPARQL 1.1 Protocol, section 2.2.3).

    Args:
        text: the request.
        base: what relative IRIs are relative to where the text declares no BASE.
        using: the graphs whose merge is the default graph of every WHERE.
        using_named: the graphs that GRAPH sees in every WHERE.

    Raises:
        UpdateError: the text is malformed, or names a dataset beside the one that is given.
    """
    try:
        operations = parse_update(text, base)
    except UpdateError:
        if using or using_named or "load" in text.lower():
            raise
        # The engine says better what is wrong.
        return Plan(steps=(text,), written=None)
    clauses = _write_clauses(using, using_named)
    if clauses:
        _refuse_conflicts(operations)
    plain = len({id(operation.prologue) for operation in operations}) < 2 and not any(
        operation.load for operation in operations
    )
    return Plan(
        steps=(_rewrite(text, operations, clauses),)
        if plain
        else tuple(_split(text, operations, clauses)),
        written=_unite(operation.written for operation in operations),
    )


def _write_clauses(using: Sequence[str], using_named: Sequence[str]) -> str:
    for iri in (*using, *using_named):
        if not iri or any(character in '<>"{}|^`\\' or character <= " " for character in iri):
            raise UpdateError(f"{iri!r} cannot name a graph; give a whole IRI")
    # An empty default graph, where only named graphs are given, is what USING NAMED alone means.
    return "".join(
        [f"USING <{iri}> " for iri in using] + [f"USING NAMED <{iri}> " for iri in using_named]
    )


def _refuse_conflicts(operations: Iterable[Operation]) -> None:
    if any(operation.names_dataset for operation in operations):
        raise UpdateError(
            "using-graph-uri and using-named-graph-uri go with no update that has USING or WITH "
            "itself; leave out the one or the other"
        )


def _rewrite(text: str, operations: Iterable[Operation], clauses: str) -> str:
    if not clauses:
        return text
    pieces, done = [], 0
    for operation in operations:
        if operation.where is not None:
            # DELETE WHERE stands for a DELETE and a WHERE of the same pattern.
            pieces += [text[done : operation.where], operation.pattern, clauses]
            done = operation.where
    return "".join([*pieces, text[done:]])


def _split(text: str, operations: Iterable[Operation], clauses: str) -> Iterable[Step]:
    for _, group in groupby(operations, lambda one: (id(one.prologue), one.load)):
        members = list(group)
        if members[0].load is not None:
            yield from (member.load for member in members if member.load is not None)
            continue
        first, last = members[0], members[-1]
        yield f"{first.prologue}{_rewrite(text[: last.end], members, clauses)[first.start :]}"


def _unite(written: Iterable[frozenset[str | None] | None]) -> frozenset[str | None] | None:
    united: frozenset[str | None] = frozenset()
    for graphs in written:
        if graphs is None:
            return None
        united |= graphs
    return united
