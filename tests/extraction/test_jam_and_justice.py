"""Jam and Justice, extracted from its text, beside the graph that a person made of it.

docs/extraction-of-jam-and-justice.md lists what differs; its tables are what these tests expect.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from impactgraph.documents import read_document
from impactgraph.encoding import decode, decode_reference
from impactgraph.extraction import extract_case_study
from impactgraph.model import Basis, CaseStudy, Claim, Link, Step
from impactgraph.resources import case_study_files, reference_file
from impactgraph.validation import parse_file

ROOT = Path(__file__).parents[2]
TEXT = ROOT / "../shared/case-studies/jam-and-justice.txt"
GUIDE = ROOT / "docs/extraction-of-jam-and-justice.md"
REVIEWS = "10.1177/1478929917716890"
PRINTED = ("notation", "title", "issued", "venue", "volume", "issue")

pytestmark = pytest.mark.skipif(not TEXT.exists(), reason="the text of the document is not here")

Place = tuple[int, int]
Difference = tuple[str, str, str]
"""What differs, what a person made of it, what the rules made of it."""


@cache
def curated() -> CaseStudy:
    (path,) = (file for file in case_study_files() if file.stem == "jam-and-justice")
    return decode(parse_file(path))


@cache
def extracted() -> CaseStudy:
    return extract_case_study(read_document(TEXT), slug="jam-and-justice").case_study


@cache
def agent_names() -> dict[str, str]:
    """Return the names of people and organisations, by their IRIs in either graph."""
    shared = decode_reference(parse_file(reference_file())).organisations
    agents = [*shared, *extracted().reference.organisations, *extracted().people, *curated().people]
    return {agent.iri: agent.label for agent in agents}


def test_the_two_are_of_one_text() -> None:
    assert extracted().document.digest == curated().document.digest
    assert extracted().document.length == curated().document.length
    assert extracted().title == curated().title


def test_the_outputs_differ_as_listed() -> None:
    fields: dict[str, Callable[[CaseStudy, Any], str]] = {
        name: field(name)
        for name in [
            "notation",
            "title",
            "issued",
            "venue",
            "volume",
            "issue",
            "page_start",
            "page_end",
            "doi",
            "isbn",
        ]
    }
    fields["type"] = field("output_type")
    fields["publishers"] = lambda _, output: name_all(output.publishers)
    fields["authors"] = lambda case, output: "; ".join(
        authorship.name_as_printed
        for authorship in sorted(case.authorships, key=lambda one: one.position)
        if authorship.output == output.iri
    )
    assert len(curated().outputs) == len(extracted().outputs) == 5
    assert compare("outputs", "output", fields) == listed("output ")


def test_no_output_has_the_doi_of_its_reviews() -> None:
    assert {review.doi for review in curated().reviews} == {REVIEWS}
    assert REVIEWS not in {output.doi for output in extracted().outputs}


def test_the_sources_differ_as_listed() -> None:
    fields = {name: field(name) for name in ("notation", "title", "date", "locator")}
    fields["type"] = field("source_type")
    fields["speaker"] = lambda _, source: name_all([source.speaker])
    fields["party"] = lambda _, source: name_all([source.party])
    assert len(curated().sources) == len(extracted().sources) == 7
    assert compare("sources", "source", fields) == listed("source ")


def test_the_grants_and_their_figures_differ_as_listed() -> None:
    fields: dict[str, Callable[[CaseStudy, Any], str]] = {
        "amount": lambda _, grant: str((grant.amount and grant.amount.value) or "—"),
        "currency": lambda _, grant: str((grant.amount and grant.amount.currency) or "—"),
        "funder": lambda _, grant: name_all([grant.funder]),
        "holder": lambda _, grant: name_all([grant.awarded_to]),
        "period": lambda _, grant: (grant.period or "—").rpartition("/")[2],
    }
    assert compare("grants", "grant", fields, key="number") == listed("grant ")


def test_the_marks_are_the_same() -> None:
    def marks(case: CaseStudy) -> set[tuple[int, str, frozenset[str]]]:
        return {
            (mark.anchors[0].end, mark.text, frozenset(name_entry(case, iri) for iri in mark.cites))
            for mark in case.marks
        }

    assert len(curated().marks) == 28
    assert marks(extracted()) == marks(curated())


@pytest.mark.parametrize("members", ["findings", "impacts"])
def test_the_passages_stand_where_a_person_found_them(members: str) -> None:
    ours, theirs = in_order(curated(), members), in_order(extracted(), members)
    for one, other in zip(ours, theirs, strict=True):
        places = one.anchors[-1], other.anchors[0]
        both = shared(*((place.start, place.end) for place in places))
        longest = max(place.end - place.start for place in places)
        assert both >= longest / 2, f"{one.label}: {places}"


def test_the_stated_links_from_findings_to_outputs_are_the_same() -> None:
    expected = stated_pairs(curated(), "findings", Step.REPORTED_IN)
    assert len(expected) == 7
    assert stated_pairs(extracted(), "findings", Step.REPORTED_IN) == expected


def test_the_stated_links_from_impacts_to_sources_are_the_same() -> None:
    expected = stated_pairs(curated(), "impacts", Step.CORROBORATED_BY)
    assert len(expected) == 8
    assert stated_pairs(extracted(), "impacts", Step.CORROBORATED_BY) == expected


@pytest.mark.parametrize("basis", [Basis.STATED, Basis.INFERRED])
def test_the_sources_of_claims_differ_as_listed(basis: Basis) -> None:
    ours, theirs = (list(claim_sources(case, basis)) for case in (curated(), extracted()))
    assert len(ours) == {Basis.STATED: 28, Basis.INFERRED: 10}[basis]
    word = "stated" if basis is Basis.STATED else "in scope"
    found = {
        (f"claim “{claim.label}”, {word}", source, "—")
        for claim, source in ours
        if not any(source == other and meet(claim, one) for one, other in theirs)
    } | {
        (f"claim at {claim.anchors[0].start}, {word}", "—", source)
        for claim, source in theirs
        if not any(source == other and meet(claim, one) for one, other in ours)
    }
    assert found == {row for row in listed("claim ") if row[0].endswith(word)}


def test_nothing_but_what_is_marked_is_stated_by_the_rules() -> None:
    steps = {link.step for link in extracted().links if link.basis is Basis.STATED}
    assert steps <= {Step.REPORTED_IN, Step.CARRIED_BY, Step.CORROBORATED_BY}


def test_the_numbers_of_nodes_are_as_listed() -> None:
    kinds = "findings outputs impacts sources marks grants reviews products projects groups notes"
    found = {
        (kind, str(len(getattr(curated(), kind))), str(len(getattr(extracted(), kind))))
        for kind in kinds.split()
    }
    assert found == {row for row in listed("") if row[0] in kinds.split()}


def compare(
    members: str,
    noun: str,
    fields: dict[str, Callable[[CaseStudy, Any], str]],
    *,
    key: str | None = None,
) -> set[Difference]:
    """Return the fields in which the members of the two graphs differ, by what names a member."""

    def by_key(case: CaseStudy) -> dict[str, Any]:
        if key is None:
            return {name_entry(case, each.iri): each for each in getattr(case, members)}
        return {getattr(each, key) or "without a number": each for each in getattr(case, members)}

    ours, theirs = by_key(curated()), by_key(extracted())
    differences = {(f"{noun} {name}", "there", "—") for name in ours.keys() - theirs.keys()}
    differences |= {(f"{noun} {name}", "—", "there") for name in theirs.keys() - ours.keys()}
    for name in ours.keys() & theirs.keys():
        for word, read in fields.items():
            values = read(curated(), ours[name]), read(extracted(), theirs[name])
            if values[0] != values[1]:
                differences.add((f"{noun} {name}, {word}", *values))
    return differences


def field(name: str) -> Callable[[CaseStudy, Any], str]:
    return lambda _, member: str(getattr(member, name) or "—")


def name_all(iris: Iterable[str | None]) -> str:
    return "; ".join(agent_names()[iri] for iri in iris if iri) or "—"


def name_entry(case: CaseStudy, iri: str) -> str:
    """Return the curated label of the entry that stands in the same place of its list."""
    for members in ("outputs", "sources"):
        ours, theirs = in_order(curated(), members), in_order(case, members)
        for one, other in zip(ours, theirs, strict=True):
            if other.iri == iri:
                return str(one.notation)
    raise AssertionError(f"{iri} is no entry")


def in_order(case: CaseStudy, members: str) -> list[Any]:
    return sorted(getattr(case, members), key=lambda member: member.anchors[0].start)


def stated_pairs(case: CaseStudy, members: str, step: Step) -> set[tuple[str, str]]:
    """Return the stated links of one kind: the curated member that it is of, and the entry."""
    return {
        (name_by_place(members, member), name_entry(case, link.target))
        for member in getattr(case, members)
        for link in links_of(case, step, Basis.STATED)
        if link.origin == member.iri
    }


def name_by_place(members: str, member: Any) -> str:
    """Return the label of the curated member with which a member shares most of its place."""
    best = max(
        getattr(curated(), members),
        key=lambda other: sum(
            shared((one.start, one.end), (two.start, two.end))
            for one in other.anchors
            for two in member.anchors
        ),
    )
    return str(best.label)


def claim_sources(case: CaseStudy, basis: Basis) -> Iterator[tuple[Claim, str]]:
    for link in links_of(case, Step.CORROBORATED_BY, basis):
        for claim in case.claims:
            if claim.iri == link.origin:
                yield claim, name_entry(case, link.target)


def links_of(case: CaseStudy, step: Step, basis: Basis) -> list[Link]:
    return [link for link in case.links if link.step is step and link.basis is basis]


def meet(one: Claim, other: Claim) -> bool:
    """Return whether one of two claims lies, by half at least, in the other."""
    return any(
        2 * shared((a.start, a.end), (b.start, b.end)) >= min(a.end - a.start, b.end - b.start)
        for a in one.anchors
        for b in other.anchors
    )


def shared(one: Place, other: Place) -> int:
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


@cache
def rows() -> tuple[Difference, ...]:
    """Return the rows of the guide's tables, without the column that says why."""
    found = []
    for line in GUIDE.read_text(encoding="utf-8").splitlines():
        cells = [cell.strip() for cell in line.strip("|").split(" | ")]
        if line.startswith("|") and len(cells) == 4 and not re.fullmatch(r"[|:-]+", line):
            found.append((cells[0], cells[1], cells[2]))
    assert len(found) > 10
    return tuple(found)


def listed(start: str) -> set[Difference]:
    return {row for row in rows() if row[0].startswith(start)}
