"""Whatever a document holds, its extraction is a case study, or a refusal that says why."""

from __future__ import annotations

import os
import subprocess
import sys
from itertools import islice
from multiprocessing import get_context
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from benchmarks.linearity import UNITS, fill_section
from extraction_checks import check_extraction, extract_text, violations_of
from filled_form import FORM_TEXT
from impactgraph.documents import HEADINGS, Document, read_documents
from impactgraph.documents.exports import ExportRow
from impactgraph.errors import DocumentError
from impactgraph.extraction import Extraction, extract_case_study

EXPORT = Path(__file__).parents[2] / "../shared/case-studies/ref2021-dev.xlsx"
IN_EXPORT = 1505
SAMPLE = 6
FUZZING = Path(__file__).with_name("fuzzing.py")
SECTIONS = list(HEADINGS)

needs_export = pytest.mark.skipif(not EXPORT.exists(), reason="the export is not here")

LABELS = (
    "R1 R2 R10 S1 S2 S3a E4 A B C G1 1 2 3 12 3.1 3.2 5.1 5.2b 5.10 (a) (ii) iv IMP3 P1 O1 C1.2 99"
    " 0 5A 3:1 #1"
)
labels = st.sampled_from([*LABELS.split(), "Source 1", "ref 2", "Source\N{NO-BREAK SPACE}A"])
glue = st.sampled_from(
    [", ", "; ", "-", "–", " and ", "/", ",", " ", "] [", "][", ": 11, ", ", p. 4; "]
)
brackets = st.sampled_from(["[]", "()", "[)", "(]", "[ ", "( ", "{}", "  ", "<>", "**", "[[", "]["])
WORDS = (
    "moss impact found that research led to GBP1,000 £3m 2015 (2016) Smith, J. ‘Title’ Journal vol."
    " 3 pp. 1–9 doi:10.1000/1 https://a.b/c University of Leeds ESRC ES/N005945/1 “said Prof Moss”"
    " 50% Dr A. Fern, Professor of Bogs testimonial from the head May 2019 In adopted by"
)
words = st.sampled_from(WORDS.split())
marks = st.builds(
    lambda pair, parts, between: pair[0] + between.join(parts) + pair[1],
    brackets,
    st.lists(labels, min_size=1, max_size=5),
    glue,
)
odd_text = st.text(
    st.one_of(
        st.characters(codec="utf-8"),
        st.sampled_from(
            "\u202e\u202d\u2066\u200f\u200b\u0301\u00ad\ufeff\x00\x07\x1b\x7f\u0085\u2028😀𝟏𐎀﷽"
        ),
        st.sampled_from("[](){}<>*_`#|\\~^&;:.,-–'\"“”‘’ \n\t"),
    ),
    max_size=12,
)
starts = st.sampled_from(
    [
        "",
        "- ",
        "1. ",
        "\n1. ",
        "R1. ",
        "[R2] ",
        "3.3 ",
        "A) ",
        "a) ",
        "* ",
        "### ",
        "| ",
        "**",
        "\n\n",
        "  - ",
    ]
)
ends = st.sampled_from([".", "\n", "\n\n", "", " ", ". ", "?", "**\n", " |\n", "”", "’ (2015)"])
pieces = st.one_of(
    marks, labels, words, odd_text, st.builds(lambda one, two: one + two, starts, words), ends
)
bodies = st.one_of(
    st.lists(pieces, max_size=60).map(" ".join),
    st.lists(pieces, max_size=60).map("".join),
    st.sampled_from(
        ["", ".", "[", "1", "a", "\u0301", "😀", " ", "R1", "[text removed for publication]"]
    ),
)
entries = st.one_of(
    st.just("Moss, A. (2015) ‘Of moss’, Journal of Bogs, 3(2): 1–9. doi:10.1000/1"),
    st.just("Letter from the head of an agency, 1 May 2019. https://a.b/c"),
    st.just("ESRC grant ES/N005945/1 (Leeds, 2015–2018, GBP801,488)"),
    st.lists(pieces, max_size=9).map(" ".join),
)
lists = st.builds(
    lambda style, members, between: between.join(
        style.format(number, chr(64 + number)) + member
        for number, member in enumerate(members, start=1)
    ),
    st.sampled_from(
        [
            "R{}. ",
            "[R{}] ",
            "S{} ",
            "{}. ",
            "1. ",
            "3.{} ",
            "5.{}: ",
            "[{}] ",
            "{1}. ",
            "[{1}] ",
            "- ",
            "",
        ]
    ),
    st.lists(entries, min_size=1, max_size=12),
    st.sampled_from(["\n\n", "\n", "\n\n    "]),
)
sentences = st.builds(
    lambda opening, inner, mark, end: f"{opening} {inner} {mark}{end}",
    st.sampled_from(
        [
            "The research found that",
            "This led to",
            "“It works”, said",
            "By 2019, 40% of",
            "We",
            "In 2018",
        ]
    ),
    pieces,
    marks,
    st.sampled_from([". ", ".\n\n", "\n\n### ", "? ", "; ", ""]),
)
prose = st.lists(st.one_of(sentences, pieces), max_size=40).map("".join)
headers = st.one_of(
    st.just(""),
    st.lists(pieces, max_size=8).map(" ".join),
    st.builds(
        lambda who, unit, title, period: (
            f"Institution: {who}\n\nUnit of assessment: {unit}\n\nTitle of case study: {title}\n\n"
            f"Period when the underpinning research was undertaken: {period}\n\n"
        ),
        odd_text,
        st.sampled_from(["12 Engineering", "19", "x", "99999999999999999999", ""]),
        odd_text,
        st.sampled_from(
            ["2009 – 2018", "2018–2009", "May 2010 to now", "0000 - 9999", "13/13/13", "٢٠١٠"]
        ),
    ),
)


@st.composite
def case_study_texts(draw: st.DrawFn) -> str:
    """Draw the text of a case study: its five headings, with anything between."""
    parts = [draw(headers)]
    for kind, title in HEADINGS.items():
        body = draw(st.one_of(bodies, lists if kind in "35" else prose))
        parts.append(f"\n\n{kind}. {title}\n\n{body}\n\n")
    return "".join(parts)


def extract_surely(text: str) -> Extraction:
    extraction = extract_text(text)
    assert extraction is not None
    return check_extraction(extraction)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case_study_texts())
def test_any_text_gives_a_case_study_with_its_places_or_a_refusal(text: str) -> None:
    if extraction := extract_text(text):
        check_extraction(extraction)


@pytest.mark.soak
@settings(max_examples=20_000, deadline=None, suppress_health_check=list(HealthCheck))
@given(case_study_texts())
def test_very_many_texts_give_case_studies_or_refusals(text: str) -> None:
    if extraction := extract_text(text):
        check_extraction(extraction)


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(case_study_texts())
def test_any_case_study_conforms_to_the_shapes(text: str) -> None:
    if extraction := extract_text(text):
        assert violations_of(extraction) == []


@pytest.mark.soak
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(case_study_texts())
def test_very_many_case_studies_conform_to_the_shapes(text: str) -> None:
    if extraction := extract_text(text):
        assert violations_of(extraction) == []


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("body", ["", ".", "[", "R1", "\u0301", "😀", "\u202e", "\x00"])
def test_a_section_of_nothing_or_of_one_character_is_read(section: str, body: str) -> None:
    titles = (f"{kind}. {title}" for kind, title in HEADINGS.items())
    filled = (f"{title}\n\n{body if title[0] == section else 'Moss.'}\n\n" for title in titles)
    extract_surely("".join(filled))


def test_a_document_of_headings_alone_is_refused() -> None:
    document = Document.from_text("".join(f"{k}. {title}\n\n" for k, title in HEADINGS.items()))
    with pytest.raises(DocumentError, match="no text"):
        extract_case_study(document)


@pytest.mark.parametrize("empty", ["12", "24", "35", "45", "2345", "1234"])
def test_lists_and_sections_that_are_empty_are_warned_of(empty: str) -> None:
    titles = (f"{kind}. {title}" for kind, title in HEADINGS.items())
    filled = (f"{title}\n\n{'' if title[0] in empty else 'Moss holds.'}\n\n" for title in titles)
    extraction = extract_surely("".join(filled))
    lacking = {"2": "no-findings", "3": "no-outputs", "4": "no-impacts", "5": "no-sources"}
    wanted = {lacking[section] for section in empty if section in lacking}
    assert wanted <= {warning.kind.value for warning in extraction.warnings}


def test_over_a_thousand_outputs_sources_and_marks_are_read() -> None:
    number = 1500
    parts = dict.fromkeys(HEADINGS, "Moss holds water.\n")
    parts["2"] = "".join(
        f"Moss {n} was found to hold water [{n % 99 + 1}].\n" for n in range(number)
    )
    parts["3"] = "".join(
        f"1. Moss, A. ({1950 + n % 70}) ‘Of moss {n}’, Journal of Bogs, 3: 1–9. doi:10.1000/{n}\n\n"
        for n in range(number)
    )
    parts["5"] = "".join(f"1. Letter from agency {n}, 1 May 2019.\n\n" for n in range(number))
    extraction = extract_text(
        "".join(f"{kind}. {title}\n\n{parts[kind]}\n\n" for kind, title in HEADINGS.items())
    )
    assert extraction is not None
    assert len(extraction.case_study.outputs) == number
    assert len(extraction.case_study.sources) == number
    assert len(extraction.case_study.marks) == number


@pytest.mark.parametrize("section", SECTIONS)
@pytest.mark.parametrize("between", ["\n\n", " "])
def test_every_unit_repeated_in_a_section_is_read(section: str, between: str) -> None:
    extract_surely(fill_section(section, between.join(unit * 9 for unit in UNITS)))


@pytest.mark.soak
@pytest.mark.parametrize("section", SECTIONS)
def test_a_hundred_kilobytes_of_a_unit_in_a_section_are_read(section: str) -> None:
    for unit in UNITS:
        extract_text(fill_section(section, unit * (100_000 // len(unit))))


READ_AND_PRINT = """
import hashlib, sys
from impactgraph.documents.reading import read_content
from impactgraph.encoding import encode, to_turtle
from impactgraph.extraction import extract_case_study
document = read_content(sys.stdin.buffer.read(), "case-study.md")
extraction = extract_case_study(document)
print(repr(extraction.case_study), extraction.warnings, to_turtle(encode(extraction.case_study)))
"""


def test_another_process_extracts_the_same() -> None:
    printed = {
        subprocess.run(
            [sys.executable, "-c", READ_AND_PRINT],
            input=FORM_TEXT.encode(),
            env={**os.environ, "PYTHONHASHSEED": seed},
            capture_output=True,
            check=True,
        ).stdout
        for seed in ("1", "2", "77")
    }
    assert len(printed) == 1
    assert len(printed.pop()) > 10_000


def test_invented_case_studies_conform_to_the_shapes() -> None:
    bridges = (Path(__file__).parents[1] / "documents" / "safer-bridges.md").read_text("utf-8")
    for text in (FORM_TEXT, bridges, fill_section("4", "")):
        extraction = extract_surely(text)
        assert extraction.case_study.outputs
        assert extraction.case_study.sources
        assert violations_of(extraction) == []


@needs_export
def test_some_real_case_studies_conform_to_the_shapes() -> None:
    rows = list(islice(read_documents(EXPORT), 0, SAMPLE * 100, 100))
    assert len(rows) == SAMPLE
    assert [violations_in(row) for row in rows] == [[]] * SAMPLE


@needs_export
@pytest.mark.soak
def test_all_real_case_studies_conform_to_the_shapes() -> None:
    with get_context("spawn").Pool() as pool:
        found = pool.map(violations_in, read_documents(EXPORT), chunksize=10)
    assert len(found) == IN_EXPORT
    assert [violations for violations in found if violations] == []


def violations_in(row: ExportRow) -> list[str]:
    if row.document is None:
        return [f"{row.identifier}: {row.failure}"]
    violations = violations_of(check_extraction(extract_case_study(row.document)))
    return [f"{row.identifier}: {violation}" for violation in violations]


@pytest.mark.soak
def test_mutated_bytes_are_read_or_refused() -> None:
    pytest.importorskip("atheris", reason="atheris is not installed: pip install atheris")
    command = [
        sys.executable,
        str(FUZZING),
        "-max_total_time=120",
        "-rss_limit_mb=2048",
        "-timeout=20",
    ]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-4000:]
