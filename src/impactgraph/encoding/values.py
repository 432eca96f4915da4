"""Literals and the model's plain values, each way: one pair of functions for every range."""

from __future__ import annotations

import re
from collections.abc import Callable
from decimal import Decimal, InvalidOperation
from enum import StrEnum
from functools import lru_cache

import pyoxigraph as ox

from impactgraph.encoding.mapping import Property, Range
from impactgraph.encoding.statements import Term
from impactgraph.errors import DecodingError
from impactgraph.model import Step
from impactgraph.vocabulary import CONCEPTS, IG, XSD

__all__ = ["to_ntriples", "to_value", "write_count", "write_iri", "write_string"]

_DATES = {4: XSD.gYear, 7: XSD.gYearMonth, 10: XSD.date}
_DATE = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")


def to_ntriples(value: object, prop: Property) -> str:
    """Return a value of the model as N-Triples writes it (RDF 1.1 N-Triples, section 2).

    Raises:
        ValueError: a date is not in the form YYYY, YYYY-MM or YYYY-MM-DD, or a text is no IRI.
    """
    return _WRITERS[prop.range](value, prop)


def to_value(term: Term, prop: Property) -> object:
    """Return the model's value for a term: the inverse of `to_ntriples`.

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


@lru_cache(maxsize=4096)
def write_iri(iri: str) -> str:
    """Return an IRI as N-Triples writes it.

    >>> write_iri("https://example.org/a")
    '<https://example.org/a>'

    Raises:
        ValueError: the text is no IRI.
    """
    return str(ox.NamedNode(iri))


def write_string(value: str) -> str:
    r"""Return a plain string as N-Triples writes it.

    >>> print(write_string('say "so"'))
    "say \"so\""
    """
    return f'"{value.translate(_ESCAPES)}"'


def write_count(value: int) -> str:
    """Return a number that is not negative as N-Triples writes it."""
    return f'"{value}"^^{_COUNT}'


_ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\r": "\\r"})
_COUNT = XSD.nonNegativeInteger.n3()
_INTEGER, _DECIMAL, _BOOLEAN = XSD.integer.n3(), XSD.decimal.n3(), XSD.boolean.n3()
_DATE_TYPES = {length: datatype.n3() for length, datatype in _DATES.items()}
_CONCEPTS = {
    enum: {m: iri.n3() for m, iri in members.items()} for enum, members in CONCEPTS.items()
}


def _write_date(value: object, prop: Property) -> str:
    date = str(value)
    if not _DATE.fullmatch(date):
        raise ValueError(f"{prop.field}: {value!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD")
    return f'"{date}"^^{_DATE_TYPES[len(date)]}'


def _write_number(value: object, _: Property) -> str:
    number = Decimal(str(value))
    if number == number.to_integral_value():
        return f'"{int(number)}"^^{_INTEGER}'
    return f'"{format(number.normalize(), "f")}"^^{_DECIMAL}'


def _write_concept(value: object, _: Property) -> str:
    assert isinstance(value, StrEnum)
    return _CONCEPTS[type(value)][value]


_WRITERS: dict[Range, Callable[[object, Property], str]] = {
    Range.TEXT: lambda value, _: f"{write_string(str(value))}@en",
    Range.TOKEN: lambda value, _: write_string(str(value)),
    Range.DATE: _write_date,
    Range.DECIMAL: _write_number,
    Range.COUNT: lambda value, _: write_count(int(str(value))),
    Range.BOOLEAN: lambda value, _: f'"{"true" if value else "false"}"^^{_BOOLEAN}',
    Range.STEP: lambda value, _: IG[str(value)].n3(),
    Range.CONCEPT: _write_concept,
    Range.IRI: lambda value, _: write_iri(str(value)),
}


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
