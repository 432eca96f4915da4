"""Literals and the model's plain values, each way: one pair of functions for every range."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import StrEnum

from rdflib import Literal, URIRef

from impactgraph.encoding.mapping import Property, Range
from impactgraph.encoding.statements import Term
from impactgraph.errors import DecodingError
from impactgraph.model import Step
from impactgraph.vocabulary import CONCEPTS, IG, XSD

__all__ = ["to_term", "to_value"]

_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def to_term(value: object, prop: Property) -> URIRef | Literal:
    """Return the RDF term for a value of the model.

    Raises:
        ValueError: a date is not in the form YYYY, YYYY-MM or YYYY-MM-DD.
    """
    match prop.range:
        case Range.TEXT:
            return Literal(value, lang="en")
        case Range.TOKEN:
            return Literal(str(value))
        case Range.DATE:
            if not _DATE.fullmatch(str(value)):
                raise ValueError(
                    f"{prop.field}: {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD"
                )
            return Literal(str(value), datatype=_DATES[len(str(value))], normalize=False)
        case Range.DECIMAL:
            return _number(Decimal(str(value)))
        case Range.COUNT:
            return Literal(str(value), datatype=XSD.nonNegativeInteger)
        case Range.BOOLEAN:
            return Literal(bool(value))
        case Range.STEP:
            return IG[str(value)]
        case Range.CONCEPT:
            assert isinstance(value, StrEnum)
            return CONCEPTS[type(value)][value]
        case _:
            return URIRef(str(value))


def to_value(term: Term, prop: Property) -> object:
    """Return the model's value for a term: the inverse of `to_term`.

    Raises:
        DecodingError: the term is not of the property's range.
    """
    try:
        if prop.range in _RESOURCES:
            if term.literal or term.blank:
                raise ValueError
            return _RESOURCES[prop.range](term.value, prop)
        if not term.literal:
            raise ValueError
        return _LITERALS[prop.range](term.value)
    except (KeyError, ValueError, InvalidOperation):
        raise DecodingError(
            f"{term.n3()} is no value for {prop.iri.n3()}: expected {_expected(prop)}"
        ) from None


_MEMBERS: dict[type[StrEnum], dict[str, StrEnum]] = {
    enum: {str(iri): enum(member) for member, iri in members.items()}
    for enum, members in CONCEPTS.items()
}


def _number(value: Decimal) -> Literal:
    if value == value.to_integral_value():
        return Literal(str(int(value)), datatype=XSD.integer)
    return Literal(format(value.normalize(), "f"), datatype=XSD.decimal)


def _truth(lexical: str) -> bool:
    return {"true": True, "1": True, "false": False, "0": False}[lexical]


def _member(iri: str, prop: Property) -> StrEnum:
    assert prop.concept is not None
    return _MEMBERS[prop.concept][iri]


_LITERALS: dict[Range, Callable[[str], object]] = {
    Range.TEXT: str,
    Range.TOKEN: str,
    Range.DATE: str,
    Range.DECIMAL: Decimal,
    Range.COUNT: int,
    Range.BOOLEAN: _truth,
}
_RESOURCES: dict[Range, Callable[[str, Property], object]] = {
    Range.IRI: lambda iri, _: iri,
    Range.STEP: lambda iri, _: Step(iri.removeprefix(str(IG))),
    Range.CONCEPT: _member,
}


def _expected(prop: Property) -> str:
    if prop.concept is not None:
        return "one of " + ", ".join(sorted(_MEMBERS[prop.concept]))
    if prop.range is Range.STEP:
        return "one of " + ", ".join(str(IG) + step for step in Step)
    return {
        Range.IRI: "an IRI",
        Range.PART: "an IRI",
        Range.DECIMAL: "a number",
        Range.COUNT: "a whole number",
        Range.BOOLEAN: "true or false",
    }.get(prop.range, "a literal")
