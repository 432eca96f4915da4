"""Exports of REF 2021: the columns of its impact case study database."""

from __future__ import annotations

import re
from collections.abc import Mapping

from impactgraph.documents.characters import clean_characters
from impactgraph.documents.exports.records import Exercise, Record
from impactgraph.documents.markdown import clean_markdown
from impactgraph.documents.sections import HEADINGS
from impactgraph.documents.submission import AwardedGrant, Submission

__all__ = ["REF_2021", "split_values"]

_COLUMNS = {kind: f"{kind}. {title}" for kind, title in HEADINGS.items()}
_BETWEEN = re.compile(r"\]\s*;\s*\[")
_AMOUNT = re.compile(r"[0-9][0-9,]{0,15}(?:\.[0-9]{1,4})?")
_TRUTHS = {"1": True, "yes": True, "true": True, "0": False, "no": False, "false": False}


def _read_row(number: int, row: Mapping[str, str]) -> Record:
    """Return what a row says.

    Args:
        number: of the row, the header's being 1.
        row: the cells by the names of their columns in lower case.
    """
    cells = {kind: row.get(column.casefold(), "") for kind, column in _COLUMNS.items()}
    return Record(number, _read_submission(row), cells)


def split_values(cell: str) -> list[str]:
    """Return the values of a cell that holds several.

    >>> split_values("[Health [and] care];[ Law ]"), split_values("")
    (['Health [and] care', 'Law'], [])
    """
    cell = cell.strip()
    if cell.startswith("[") and cell.endswith("]"):
        cell = cell[1:-1]
    return [value.strip() for value in _BETWEEN.split(cell) if value.strip()]


def _read_submission(row: Mapping[str, str]) -> Submission:
    def one(column: str) -> str | None:
        return " ".join(clean_characters(row.get(column, "")).split()) or None

    def several(column: str) -> tuple[str, ...]:
        return tuple(dict.fromkeys(split_values(one(column) or "")))

    group = (one(f"multiple submission {part}") for part in ("letter", "name"))
    continued = (one("is continued from 2014") or "").casefold().removesuffix(".0")
    return Submission(
        exercise="REF 2021",
        institution=one("institution name"),
        ukprn=one("institution ukprn code"),
        panel=one("main panel"),
        unit=one("unit of assessment number"),
        unit_name=one("unit of assessment name"),
        group=" ".join(filter(None, group)) or None,
        joint=one("joint submission"),
        identifier=one("ref impact case study identifier"),
        title=one("title"),
        continued=_TRUTHS.get(continued),
        impact_type=one("summary impact type"),
        countries=several("countries"),
        partners=several("formal partners"),
        programmes=several("funding programmes"),
        organisation_identifiers=several("global research identifiers"),
        funders=several("name of funders"),
        orcids=several("researcher orcids"),
        grants=tuple(map(_read_grant, split_values(one("grant funding") or ""))),
    )


def _read_grant(value: str) -> AwardedGrant:
    number, _, amount = (part.strip() for part in value.rpartition(":"))
    if not _AMOUNT.fullmatch(amount):
        return AwardedGrant(value, None)
    return AwardedGrant(number or None, float(amount.replace(",", "")))


REF_2021 = Exercise(_COLUMNS, "text/markdown", _read_row, clean_markdown)
