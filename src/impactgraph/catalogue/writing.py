"""Putting case studies into the catalogue's tables, and taking them out again."""

from __future__ import annotations

import json
import sqlite3
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from impactgraph.catalogue.entry import Entry
from impactgraph.catalogue.passages import TITLE, Passage
from impactgraph.catalogue.schema import COLUMNS, INDEXED, NUMBERS
from impactgraph.catalogue.selecting import Facet
from impactgraph.corpus import CaseStudyAnalysis, Grouping, distribute
from impactgraph.gaps import Severity
from impactgraph.graph import Kind
from impactgraph.model import Basis, ImpactType, Stage
from impactgraph.views.corpus import distribution_record

__all__ = ["insert_entry", "remove_entry", "write_distributions", "write_facets"]

_COLUMN_OF = {
    TITLE: "title",
    Kind.RESEARCH.value: "research",
    **{kind.value: f"{kind.value}s" for kind in Kind if kind is not Kind.RESEARCH},
}


def insert_entry(connection: sqlite3.Connection, entry: Entry) -> None:
    """Put a case study into the catalogue, which holds none of its IRI."""
    values = dict(_columns(entry))
    marks = ", ".join("?" * len(COLUMNS))
    number = connection.execute(
        f"INSERT INTO case_study ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608
        [values[name] for name in COLUMNS],
    ).lastrowid
    assert number is not None
    numbers = _numbers(entry)
    connection.execute(
        f"INSERT INTO number VALUES (?, {', '.join('?' * len(NUMBERS))})",  # noqa: S608
        [number, *(numbers[name] for name in NUMBERS)],
    )
    connection.executemany(
        "INSERT INTO passage VALUES (?, ?, ?, ?, ?, ?, ?)",
        (
            (number, position, one.kind, one.key, one.name, one.label, one.words)
            for position, one in enumerate(entry.passages)
        ),
    )
    _index(connection, number, entry.passages)


def remove_entry(connection: sqlite3.Connection, case_study: str) -> None:
    """Take a case study out of the catalogue, if it is there."""
    row = connection.execute("SELECT id FROM case_study WHERE iri = ?", (case_study,)).fetchone()
    if row is None:
        return
    passages = [
        Passage(kind=kind, key="", name="", label=label, words=words)
        for kind, label, words in connection.execute(
            "SELECT kind, label, words FROM passage WHERE id = ? ORDER BY position", row
        )
    ]
    # The index holds no texts: it has to be told what to forget (SQLite FTS5, section 4.4.2).
    _index(connection, row[0], passages, forget=True)
    for table in ("case_study", "number", "passage"):
        connection.execute(f"DELETE FROM {table} WHERE id = ?", row)  # noqa: S608


def write_facets(connection: sqlite3.Connection) -> None:
    """Write for each value of each facet which case studies have it, as bits by their numbers."""
    members: dict[tuple[str, str], set[int]] = defaultdict(set)
    for number, facets in connection.execute("SELECT id, facets FROM case_study"):
        for name, values in json.loads(facets).items():
            for value in values:
                members[name, value].add(number)
    connection.execute("DELETE FROM facet")
    connection.executemany(
        "INSERT INTO facet VALUES (?, ?, ?)",
        ((name, value, _to_bits(numbers)) for (name, value), numbers in members.items()),
    )


def write_distributions(connection: sqlite3.Connection) -> None:
    """Write how what was found is distributed, over all and by each grouping."""
    analyses = list(_read_analyses(connection))
    for by in Grouping:
        records = [distribution_record(one) for one in distribute(analyses, by=by)]
        connection.execute(
            "INSERT OR REPLACE INTO about VALUES (?, ?)",
            (f"distribution by {by.value}", json.dumps(records)),
        )


def _to_bits(numbers: Iterable[int]) -> bytes:
    ordered = sorted(numbers)
    bits = bytearray(ordered[-1] // 8 + 1)
    for number in ordered:
        bits[number // 8] |= 1 << number % 8
    return bytes(bits)


def _index(
    connection: sqlite3.Connection,
    number: int,
    passages: Iterable[Passage],
    *,
    forget: bool = False,
) -> None:
    texts: dict[str, list[str]] = {name: [] for name in INDEXED}
    for passage in passages:
        texts[_COLUMN_OF[passage.kind]] += (passage.label, passage.words)
    columns = ["words"] * forget + ["rowid", *INDEXED]
    values = ["delete"] * forget + [number, *("\n".join(texts[name]) for name in INDEXED)]
    connection.execute(
        f"INSERT INTO words ({', '.join(columns)}) VALUES ({', '.join('?' * len(columns))})",  # noqa: S608
        values,
    )


def _columns(entry: Entry) -> Iterator[tuple[str, Any]]:
    analysis = entry.analysis
    yield "iri", analysis.iri
    yield "slug", analysis.slug
    yield "title", analysis.title
    yield "institution", analysis.institution
    yield "unit", analysis.unit_of_assessment
    yield "basis", analysis.basis.value
    yield (
        "shown",
        json.dumps(
            {
                "description": entry.description,
                "exercise": entry.exercise,
                "research_period": entry.research_period,
                "impact_period": entry.impact_period,
                "stops": entry.stops,
            }
        ),
    )
    yield "facets", json.dumps(_facets(entry))
    kinds: Counter[str] = Counter()
    for (kind, _), count in entry.gaps.items():
        kinds[kind] += count
    yield "gaps", json.dumps(kinds)


def _facets(entry: Entry) -> dict[str, list[str]]:
    analysis = entry.analysis
    found: dict[Facet, list[str | None]] = {
        Facet.INSTITUTION: [analysis.institution],
        Facet.UNIT: [analysis.unit_of_assessment],
        Facet.IMPACT_TYPE: [kind.value for kind in analysis.impact_types],
        Facet.GAP: [*sorted({kind for kind, _ in entry.gaps})],
        Facet.YEAR: [str(year) for year in entry.years],
        Facet.EXERCISE: [entry.exercise],
    }
    return {facet.value: [value for value in values if value] for facet, values in found.items()}


def _numbers(entry: Entry) -> Mapping[str, int]:
    analysis = entry.analysis
    severities: Counter[Severity] = Counter()
    for (_, severity), count in entry.gaps.items():
        severities[severity] += count
    return {
        **{f"{stage.value}s": entry.counts[stage] for stage in Stage},
        **{f"reached_{basis.value}": analysis.reached[basis] for basis in Basis},
        **{
            name: getattr(analysis, name)
            for name in (
                "claims",
                "sourced_claims",
                "chains",
                "one_party",
                "no_outsider",
                "single_points",
            )
        },
        **{
            f"{stage.value}s_on_{basis.value}": getattr(coverage, f"{stage.value}s")
            for basis, coverage in entry.coverage.items()
            for stage in list(Stage)[:-1]
        },
        **{f"gaps_{severity.value}": severities[severity] for severity in Severity},
    }


def _read_analyses(connection: sqlite3.Connection) -> Iterator[CaseStudyAnalysis]:
    """Yield the analyses as they were before they became rows."""
    rows = connection.execute(
        "SELECT iri, slug, title, institution, unit, facets, gaps, basis, number.* "
        "FROM case_study JOIN number USING (id) ORDER BY iri"
    )
    names = [column[0] for column in rows.description]
    for values in rows:
        row = dict(zip(names, values, strict=True))
        types = json.loads(row["facets"])[Facet.IMPACT_TYPE.value]
        yield CaseStudyAnalysis(
            iri=row["iri"],
            slug=row["slug"],
            title=row["title"],
            institution=row["institution"],
            unit_of_assessment=row["unit"],
            impact_types=tuple(map(ImpactType, types)),
            basis=Basis(row["basis"]),
            reached={basis: row[f"reached_{basis.value}"] for basis in Basis},
            gaps=json.loads(row["gaps"]),
            **{
                name: row[name]
                for name in (
                    "impacts",
                    "claims",
                    "sourced_claims",
                    "chains",
                    "one_party",
                    "no_outsider",
                    "single_points",
                )
            },
        )
