"""Exports of REF 2014: the columns of its database's downloads, the fields of its API's JSON."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from impactgraph.documents.characters import clean_characters
from impactgraph.documents.exports.records import Exercise, Record
from impactgraph.documents.exports.wrapped import resolve_entities, unwrap_text
from impactgraph.documents.sections import HEADINGS
from impactgraph.documents.submission import Submission

__all__ = ["FIELDS", "REF_2014", "read_object"]

FIELDS = {
    "1": "ImpactSummary",
    "2": "UnderpinningResearch",
    "3": "References",
    "4": "ImpactDetails",
    "5": "Sources",
}
"""The names of the JSON fields that hold the sections' text."""


def _read_row(number: int, row: Mapping[str, str]) -> Record:
    """Return what a row says.

    Args:
        number: of the row, the header's being 1.
        row: the cells by the names of their columns in lower case.
    """

    def one(column: str) -> str | None:
        return _clean_value(row.get(column, ""))

    submission = Submission(
        exercise="REF 2014",
        institution=one("institution"),
        unit_name=one("unit of assessment"),
        identifier=one("case study id"),
        title=one("title"),
        impact_type=one("impact type"),
    )
    cells = {kind: row.get(column.casefold(), "") for kind, column in HEADINGS.items()}
    return Record(number, submission, cells)


def read_object(number: int, value: Mapping[str, Any]) -> Record:
    """Return what an object of the API's JSON says.

    Args:
        number: of the object, from 1.
        value: the object.
    """

    def one(field: str) -> str | None:
        found = value.get(field)
        return _clean_value(str(found)) if isinstance(found, str | int) else None

    submission = Submission(
        exercise="REF 2014",
        institution=one("Institution")
        or next(_names(value, "Institutions", "InstitutionName"), None),
        ukprn=next(_names(value, "Institutions", "UKPRN"), None),
        panel=one("Panel"),
        unit_name=one("UOA"),
        identifier=one("CaseStudyId"),
        title=one("Title"),
        impact_type=one("ImpactType"),
        countries=tuple(dict.fromkeys(_names(value, "Country", "Name"))),
        funders=tuple(dict.fromkeys(_names(value, "Funders", "Name"))),
    )
    texts = {kind: value.get(field) for kind, field in FIELDS.items()}
    cells = {kind: text if isinstance(text, str) else "" for kind, text in texts.items()}
    return Record(number, submission, cells)


def _clean_value(text: str) -> str | None:
    return " ".join(clean_characters(resolve_entities(text)).split()) or None


def _names(value: Mapping[str, Any], field: str, key: str) -> Iterator[str]:
    """Yield the names in a field's list, which are its values or stand in objects."""
    found = value.get(field)
    for one in found if isinstance(found, list) else [found]:
        name = one.get(key) if isinstance(one, dict) else one
        if isinstance(name, str | int) and (clean := _clean_value(str(name))):
            yield clean


REF_2014 = Exercise(HEADINGS, "text/plain", _read_row, unwrap_text)
