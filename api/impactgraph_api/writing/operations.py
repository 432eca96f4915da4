"""The operations of a SPARQL update request, as far as the service must know them.

See SPARQL 1.1 Update, section 3, and rules 29 to 45 of SPARQL 1.1 Query, section 19.8.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import lru_cache
from types import MappingProxyType

import pyoxigraph as ox

from impactgraph.errors import UpdateError
from impactgraph_api.writing.scanning import Group, Scanner, Token

__all__ = ["Load", "Operation", "Prologue", "parse_update"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Prologue:
    """What relative IRIs and prefixed names stand for at some place of a request."""

    base: str | None = None
    prefixes: Mapping[str, str] = field(default_factory=lambda: MappingProxyType({}))

    def resolve(self, token: Token) -> str:
        """Return the IRI that an IRI or prefixed name in the text stands for."""
        if token.kind == "iri":
            return _read_iri(token.text, "", self.base)
        prefix = token.text.partition(":")[0]
        if prefix not in self.prefixes:
            raise UpdateError(f"the update is malformed: the prefix {prefix}: is not declared")
        declared = f"PREFIX {prefix}: <{self.prefixes[prefix]}>"
        return _read_iri(token.text, declared, None)

    def __str__(self) -> str:
        """Return it as text that may stand before any operation."""
        base = f"BASE <{self.base}>\n" if self.base else ""
        return base + "".join(
            f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in self.prefixes.items()
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What a LOAD asks for; the target None is the default graph."""

    source: str
    target: str | None
    silent: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Operation:
    """One operation of a request.

    Attributes:
        start: where it begins in the text.
        end: where it ends.
        prologue: what is declared before it.
        written: the graphs that it may change, None for the default one; None as a whole where
            the text does not tell.
        load: what it loads, if it is a LOAD.
        where: the place of its WHERE, if it has one: there USING may be put.
        pattern: for DELETE WHERE the pattern, braces included.
        names_dataset: whether it has WITH or USING.
    """

    start: int
    end: int
    prologue: Prologue
    written: frozenset[str | None] | None
    load: Load | None = None
    where: int | None = None
    pattern: str = ""
    names_dataset: bool = False


def parse_update(text: str, base: str | None = None) -> tuple[Operation, ...]:
    """Return the operations of an update request, in their order.

    Args:
        text: the request.
        base: what relative IRIs are relative to where the text declares no BASE.

    Raises:
        UpdateError: the text is malformed; not all that is malformed is found here.
    """
    scanner = Scanner(text)
    prologue = Prologue(base=base)
    operations: list[Operation] = []
    while True:
        prologue = _read_prologue(scanner, prologue)
        if scanner.peek().kind == "end":
            return tuple(operations)
        operations.append(_read_operation(scanner, prologue))
        if scanner.peek().kind != "end":
            scanner.expect(";")


def _read_prologue(scanner: Scanner, prologue: Prologue) -> Prologue:
    while keyword := scanner.accept("BASE", "PREFIX", "VERSION"):
        token = scanner.take()
        if keyword == "BASE" and token.kind == "iri":
            prologue = replace(prologue, base=prologue.resolve(token))
        elif keyword == "PREFIX" and token.kind == "name" and token.text.endswith(":"):
            if scanner.peek().kind != "iri":
                raise scanner.fail("an IRI in angle brackets")
            iri = prologue.resolve(scanner.take())
            known = {**prologue.prefixes, token.text[:-1]: iri}
            prologue = replace(prologue, prefixes=MappingProxyType(known))
        elif keyword != "VERSION" or token.kind != "string":
            raise UpdateError(f"the update is malformed: {token.text[:40]!r} follows {keyword}")
    return prologue


def _read_operation(scanner: Scanner, prologue: Prologue) -> Operation:
    start = scanner.peek().start
    match scanner.accept(
        "INSERT", "DELETE", "WITH", "LOAD", "CLEAR", "DROP", "CREATE", "ADD", "MOVE", "COPY"
    ):
        case "LOAD":
            return _read_load(scanner, prologue, start)
        case "CLEAR" | "DROP":
            scanner.accept("SILENT")
            written = _read_reference(scanner, prologue)
        case "CREATE":
            scanner.accept("SILENT")
            scanner.expect("GRAPH")
            _read_iri_token(scanner, prologue)
            written = frozenset()
        case "ADD" | "COPY" | "MOVE" as keyword:
            scanner.accept("SILENT")
            source = _read_graph(scanner, prologue)
            scanner.expect("TO")
            target = _read_graph(scanner, prologue)
            written = frozenset({source, target} if keyword == "MOVE" else {target})
        case "INSERT" | "DELETE" | "WITH" as keyword:
            return _read_change(scanner, prologue, start, keyword)
        case _:
            raise scanner.fail("an operation such as INSERT, DELETE or LOAD")
    return Operation(start=start, end=_end(scanner), prologue=prologue, written=written)


def _read_load(scanner: Scanner, prologue: Prologue, start: int) -> Operation:
    silent = scanner.accept("SILENT") is not None
    source = _read_iri_token(scanner, prologue)
    target = None
    if scanner.accept("INTO"):
        scanner.expect("GRAPH")
        target = _read_iri_token(scanner, prologue)
    return Operation(
        start=start,
        end=_end(scanner),
        prologue=prologue,
        written=frozenset({target}),
        load=Load(source=source, target=target, silent=silent),
    )


def _read_change(scanner: Scanner, prologue: Prologue, start: int, keyword: str) -> Operation:
    default = None
    names_dataset = keyword == "WITH"
    if names_dataset:
        default = _read_iri_token(scanner, prologue)
        keyword = scanner.expect("INSERT", "DELETE")
    elif scanner.accept("DATA"):
        group = scanner.group()
        return Operation(
            start=start,
            end=group.end,
            prologue=prologue,
            written=_written(group, prologue, None),
        )
    elif keyword == "DELETE" and scanner.peek().text == "WHERE":
        where = scanner.take().start
        group = scanner.group()
        return Operation(
            start=start,
            end=group.end,
            prologue=prologue,
            written=_written(group, prologue, None),
            where=where,
            pattern=scanner.text[group.start : group.end],
        )
    written = _written(scanner.group(), prologue, default)
    if keyword == "DELETE" and scanner.accept("INSERT"):
        more = _written(scanner.group(), prologue, default)
        written = None if written is None or more is None else written | more
    while scanner.accept("USING"):
        names_dataset = True
        scanner.accept("NAMED")
        _read_iri_token(scanner, prologue)
    where = scanner.peek().start
    scanner.expect("WHERE")
    group = scanner.group()
    return Operation(
        start=start,
        end=group.end,
        prologue=prologue,
        written=written,
        where=where,
        names_dataset=names_dataset,
    )


def _written(group: Group, prologue: Prologue, default: str | None) -> frozenset[str | None] | None:
    if group.any_graph:
        return None
    named = {prologue.resolve(token) for token in group.graphs}
    return frozenset(named | {default}) if group.own else frozenset(named)


def _read_reference(scanner: Scanner, prologue: Prologue) -> frozenset[str | None] | None:
    match scanner.expect("GRAPH", "DEFAULT", "NAMED", "ALL"):
        case "GRAPH":
            return frozenset({_read_iri_token(scanner, prologue)})
        case "DEFAULT":
            return frozenset({None})
        case _:
            return None


def _read_graph(scanner: Scanner, prologue: Prologue) -> str | None:
    if scanner.accept("DEFAULT"):
        return None
    scanner.accept("GRAPH")
    return _read_iri_token(scanner, prologue)


def _read_iri_token(scanner: Scanner, prologue: Prologue) -> str:
    if scanner.peek().kind not in ("iri", "name"):
        raise scanner.fail("an IRI")
    return prologue.resolve(scanner.take())


def _end(scanner: Scanner) -> int:
    return scanner.peek().start


@lru_cache(maxsize=256)
def _read_iri(text: str, declared: str, base: str | None) -> str:
    """Return what the engine makes of an IRI or prefixed name."""
    try:
        (quad,) = ox.parse(f"{declared}\n{text} <x:p> 1 .", ox.RdfFormat.TURTLE, base_iri=base)
    except (SyntaxError, ValueError) as error:
        raise UpdateError(f"the update is malformed: {text} is no IRI: {error}") from error
    assert isinstance(quad.subject, ox.NamedNode)
    return quad.subject.value
