"""Pathways in invented sections 2 and 4."""

from __future__ import annotations

import pytest

from impactgraph.documents import Span
from impactgraph.extraction.actors import read_actors
from impactgraph.extraction.cue_counting import count_cues
from impactgraph.extraction.findings import read_findings
from impactgraph.extraction.impacts import read_impacts
from impactgraph.extraction.pathways import read_pathways
from impactgraph.extraction.reading import Entry, Name, OutputEntry, WarningKind
from impactgraph.model import OutputType
from marked_passages import find_marks, read_sections

BEFORE = "Professor Hale’s research is on moss. Hale’s study is well known to gardeners."
OUTCOME = "The council’s policy was changed as a result, and savings increased by 12% a year [S1]."


def read(four: str, two: str = "Nothing.") -> list[str]:
    plain = read_sections(two, four)
    marks = find_marks(plain)
    findings, _ = read_findings(plain, marks)
    impacts, _ = read_impacts(plain, marks)
    pathways, _ = read_pathways(plain, (), marks, findings, impacts)
    return [plain.words(pathway.span) for pathway in pathways]


@pytest.mark.parametrize(
    "told",
    [
        "In 2015 Hale was invited to advise the council’s steering group on verges.",
        "From 2014 Hale worked with the county’s gardeners in a series of workshops.",
        "Hale presented the findings at meetings of the council and briefed its advisers in 2015.",
        "In 2016 the method was licensed to a spin-out company founded by Hale and partners.",
        "Hale was a member of the council’s board for verges.",
        "For that debate Hale supplied the minister with a written opinion.",
        "The ministry requested a summary of the study in collaboration with its schools.",
        "A toolkit and a course for teachers were made, and 1,200 people were trained.",
        "It was shown at festivals and featured on BBC radio in 2017.",
    ],
)
def test_how_the_research_reached_people_is_a_pathway(told: str) -> None:
    assert read(f"{BEFORE}\n\n### Verges\n\n{told} {OUTCOME}\n\n### More\n\n{OUTCOME}") == [told]


def test_sentences_of_one_story_are_one_pathway() -> None:
    story = (
        "In 2015 Hale was invited to advise the council’s steering group. She gave talks in its "
        "towns. Workshops with gardeners were held in 2016 in partnership with the county’s museum."
    )
    assert read(f"{BEFORE}\n\n### Verges\n\n{story} {OUTCOME}\n\n### More\n\n{OUTCOME}") == [story]


@pytest.mark.parametrize(
    "other",
    [
        OUTCOME,
        "The leader of the council said: “Professor Hale’s workshops were the best we ever had”.",
        "Moss covers a third of the county and is found in all of its parks and woods.",
        "Hale’s research has had an impact on councils, and has improved their policies.",
    ],
)
def test_outcomes_testimony_and_context_are_no_pathways(other: str) -> None:
    assert read(f"{BEFORE}\n\n### Verges\n\n{other}\n\n### More\n\n{OUTCOME}") == []


def test_authors_of_outputs_are_researchers() -> None:
    told = "Fern’s help was sought. Fern drafted rules for the council."
    plain = read_sections(four=told)
    name = Name(Span(0, 4), "Fern, B.", "Fern")
    entry = Entry(Span(0, 4), None)
    output = OutputEntry(entry=entry, output_type=OutputType.BOOK, authors=(name,))
    assert "Fern" not in read_actors(plain, ())
    assert "Fern" in read_actors(plain, (output,))


def test_bodies_are_no_researchers() -> None:
    plain = read_sections(four="The Committee’s work began. " * 3)
    assert "Committee" not in read_actors(plain, ())


@pytest.mark.parametrize(
    ("words", "cue"),
    [
        ("Hale was asked for help", "asked"),
        ("The board appointed Hale", "asked"),
        ("Hale and the town debated verges", "acted"),
        ("Hale gave proof to the committee", "told"),
        ("Hale is now its director", "role"),
        ("Hale’s moss grew", "their research"),
        ("The knowledge exchange went on", "together"),
        ("Some 300 visitors came", "reach"),
        ("Verges rose by 5 per cent", "percent"),
    ],
)
def test_what_a_sentence_says_is_counted(words: str, cue: str) -> None:
    assert count_cues(words, frozenset({"Hale"}))[cue] == 1


@pytest.mark.parametrize(
    "words",
    [
        "Hale slept; the board was asked for help",
        "Hale gave proof. The committee slept",
        "Hale slept. The committee is glad",
    ],
)
def test_a_deed_is_told_in_one_clause(words: str) -> None:
    counts = count_cues(words, frozenset({"Hale"}))
    assert not any(counts[deed] for deed in ("asked", "told", "role"))


def test_a_document_without_pathways_is_reported() -> None:
    plain = read_sections(four=OUTCOME)
    pathways, warnings = read_pathways(plain, (), (), (), ())
    assert pathways == ()
    assert [warning.kind for warning in warnings] == [WarningKind.NO_PATHWAYS]
