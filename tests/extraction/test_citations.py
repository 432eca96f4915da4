"""Marks in invented case studies, and what they point to."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.documents import Document, PlainText, Span, read_plain_text
from impactgraph.extraction.citations import MarkKind, name_marks, read_citations
from impactgraph.extraction.reading import (
    Citation,
    Entry,
    Name,
    OutputEntry,
    SourceEntry,
    Warning,
    WarningKind,
)
from impactgraph.model import OutputType, SourceType

TOPICS = ["moss", "heron", "otter", "beaver", "willow", "peat", "reed", "newt"]


def write(
    two: str = "Nothing.",
    four: str = "Nothing.",
    *,
    outputs: Sequence[str] = (),
    sources: Sequence[str] = (),
    further: str = "",
) -> PlainText:
    listed = "\n".join(outputs) + f"\n{further}"
    text = (
        f"1. Summary of the impact\nA summary.\n2. Underpinning research\n{two}\n"
        f"3. References to the research\n{listed}\n4. Details of the impact\n{four}\n"
        "5. Sources to corroborate the impact\n" + "\n".join(sources) + "\n"
    )
    return read_plain_text(Document.from_text(text))


def find(plain: PlainText, section: str, lines: Sequence[str]) -> list[Span]:
    found, at = [], plain.sections[section].start
    for line in lines:
        words = re.sub(r"^\d+\. ", "", line)
        at = plain.text.index(words, at)
        found.append(Span(at, at + len(words)))
        at += len(words)
    return found


def cite(
    two: str = "Nothing.",
    four: str = "Nothing.",
    *,
    outputs: Sequence[str | None] = (),
    sources: Sequence[str | None] = (),
    further: str = "",
) -> tuple[PlainText, tuple[Citation, ...], tuple[Warning, ...]]:
    """Read a case study whose lists have these labels; None is a lost one."""
    output_lines = [f"{label or '1.'} On {TOPICS[n]}." for n, label in enumerate(outputs)]
    source_lines = [f"{label or '1.'} Letter on {TOPICS[-n]}." for n, label in enumerate(sources)]
    plain = write(two, four, outputs=output_lines, sources=source_lines, further=further)
    entries = [
        [
            Entry(span, label, lost=label is None)
            for span, label in zip(find(plain, section, lines), labels, strict=True)
        ]
        for section, lines, labels in (
            ("3", output_lines, outputs),
            ("5", source_lines, sources),
        )
    ]
    citations, warnings = read_citations(
        plain,
        tuple(OutputEntry(entry=each, output_type=OutputType.BOOK) for each in entries[0]),
        tuple(SourceEntry(entry=each, source_type=SourceType.REPORT) for each in entries[1]),
    )
    return plain, citations, warnings


def pointed(citations: Sequence[Citation], section: str = "4") -> list[str]:
    return [
        " ".join(f"{target.kind.value[0]}{target.position}" for target in citation.targets)
        for citation in citations
        if citation.section == section
    ]


R = [f"R{n}" for n in range(1, 7)]
S = [f"S{n}" for n in range(1, 9)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("It spread [S1].", ["s1"]),
        ("It spread [S1, S3].", ["s1 s3"]),
        ("It spread [S1; S3, p.66-68].", ["s1 s3"]),
        ("It spread [R1-R3, S2].", ["o1 o2 o3 s2"]),
        ("It spread [R1][R2].", ["o1", "o2"]),
        ("It spread [R1]–[R3].", ["o1 o2 o3"]),
        ("It spread (S2).", ["s2"]),
        ("It spread ( **S2**).", ["s2"]),
        ("It spread [R4**, **R5].", ["o4 o5"]),
        ("It spread (S4(a)).", ["s4"]),
        ("It spread (S5(a) & (b)).", ["s5"]),
        ("It spread [S2 and more.", ["s2"]),
        ("It spread <sup>S2</sup>.", ["s2"]),
        ("As R1 and R2 find, it spread.", ["o1", "o2"]),
        ("The work (drawing from R1-R3) spread.", ["o1 o2 o3"]),
        ("It spread (Jane Moss, S6).", ["s6"]),
        ("It spread [S1, 2].", ["s1 s2"]),
        ("It spread [S1: 12, S2: 4].", ["s1 s2"]),
        ("It spread [Source S1 and references R2, R3].", ["s1 o2 o3"]),
    ],
)
def test_prefixed_labels_are_found_however_they_are_set(text: str, targets: list[str]) -> None:
    _, citations, warnings = cite(four=text, outputs=R, sources=S)
    assert pointed(citations) == targets
    assert warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "They creat[e] and [t]hey wait.",
        "The film [24:58] was seen.",
        "It was [text removed for publication] then.",
        "In the paper (2015) it grew by 3 (1.5%).",
        "Of 12 (3) and (b) we say nothing; see Section 4 and Figure 2.",
        "[Herons](https://example.org/S1) came.",
        "Highway A1 and the REF 2021.",
        "Funded by [G1].",
    ],
)
def test_other_things_are_no_marks(text: str) -> None:
    _, citations, warnings = cite(four=text, outputs=R, sources=S)
    assert citations == ()
    assert warnings == ()


def test_a_mark_knows_its_place_and_pages() -> None:
    plain, citations, _ = cite(four="It spread [S3, p. 4] far.", outputs=R, sources=S)
    assert [plain.words(citation.span) for citation in citations] == ["[S3, p. 4]"]
    assert citations[0].pages == "p. 4"
    assert not citations[0].on_heading


def test_a_mark_on_a_heading_says_so() -> None:
    _, citations, _ = cite(
        four="### A wider marsh [S1]\nIt is wide.\n**A deeper one** [S2]\nIt is deep [S3].",
        outputs=R,
        sources=S,
    )
    assert [citation.on_heading for citation in citations] == [True, False, False]


@pytest.mark.parametrize(
    ("outputs", "sources", "two", "four"),
    [
        (["1", "2", "3"], ["A", "B", "C"], "[1] [2, 3]", "[A] [1, C]"),
        (["3.1", "3.2", "3.3"], ["5.1", "5.2", "5.3"], "(3.1) (3.2- 3.3)", "(5.1) [3.1; 5.3]"),
        (["R1", "R2", "R3"], ["a", "b", "c"], "[R1] [R2, R3]", "[a] [R1, c]"),
        (["Ref. 1", "Ref. 2", "Ref. 3"], ["Source 1", "Source 2", "Source 3"],
         "(Ref. 1) (Ref. 2; Ref. 3)", "(Source 1) (Ref. 1; Source 3)"),
        ([None] * 3, [None] * 3, "[R1] [R2, R3]", "[S1] [R1, S3] [S2]"),
        ([None] * 3, [None] * 3, "(3.1) (3.2, 3.3)", "(5.1) (3.1; 5.3) (5.2)"),
        ([None] * 3, [None] * 3, "[1] [2, 3]", "[A] [1, C] [B]"),
        ([None] * 3, ["S1", "S2", "S3"], "[1] [2, 3]", "[S1] [1, S3]"),
        (["1", "2", "3"], [None] * 3, "(ref 1) (refs 2 and 3)", "(Source A) (Ref 1, Source C)"),
        (["1", "2", "3"], ["4", "5", "6"], "[1] [2, 3]", "[4] [1, 6]"),
        (["R1", "R2", None], ["5.1", None, "5.3"], "[R1] [R2, R3]", "[5.1] [R1, 5.3]"),
    ],
)  # fmt: skip
def test_every_scheme_of_labels_finds_its_list(
    outputs: list[str | None], sources: list[str | None], two: str, four: str
) -> None:
    _, citations, warnings = cite(
        two.replace(") (", "), and so (").replace("] [", "], and so ["),
        four.replace(") (", "), and so (").replace("] [", "], and so ["),
        outputs=outputs,
        sources=sources,
    )
    assert pointed(citations, "2") == ["o1", "o2 o3"]
    assert pointed(citations)[:2] == ["s1", "o1 s3"]
    assert warnings == ()


def test_the_nth_item_is_the_nth_lost_label() -> None:
    _, citations, _ = cite(
        "Seen [R2], known [R4] and told [R1].", outputs=[None] * 4, sources=["S1"]
    )
    assert pointed(citations, "2") == ["o2", "o4", "o1"]


def test_the_same_numbers_mean_outputs_first_and_sources_later() -> None:
    _, citations, _ = cite(
        "Found [1] and seen [2, 3].",
        "It spread [1], was told [2] and heard [5].",
        outputs=["1", "2", "3"],
        sources=["1", "2", "3", "4", "5"],
    )
    assert pointed(citations, "2") == ["o1", "o2 o3"]
    assert pointed(citations) == ["s1", "s2", "s5"]


def test_numbers_mean_outputs_throughout_where_sources_have_letters() -> None:
    _, citations, _ = cite(
        "Found [1] and seen [2].",
        "It rests on [2] and was told [A], [B].",
        outputs=["1", "2"],
        sources=["A", "B", "C"],
    )
    assert pointed(citations) == ["o2", "s1", "s2"]


def test_a_word_before_a_number_tells_the_list() -> None:
    _, citations, _ = cite(
        "Found [1], [2] and [3].",
        "It grew [1], was seen [2] and heard [4], as output [3] says; so does source [3].",
        outputs=["1", "2", "3"],
        sources=["1", "2", "3", "4"],
    )
    assert pointed(citations) == ["s1", "s2", "s4", "o3", "s3"]


def test_a_list_may_be_cited_by_two_schemes_in_a_row() -> None:
    topics = TOPICS[:6]
    text = " ".join(
        f"They wrote of the {topic} at length [{label}]."
        for topic, label in zip(topics, ("S1", "S2", "S3", "C1", "C2", "C3"), strict=True)
    )
    sources = [f"1. Letter on {topic}." for topic in topics]
    plain = write("Found [R1].", text, outputs=["R1 On marshes."], sources=sources)
    citations, _ = read_citations(
        plain,
        (
            OutputEntry(
                entry=Entry(find(plain, "3", ["R1 On marshes."])[0], "R1"),
                output_type=OutputType.BOOK,
            ),
        ),
        tuple(
            SourceEntry(entry=Entry(span, None, lost=True), source_type=SourceType.REPORT)
            for span in find(plain, "5", sources)
        ),
    )
    assert pointed(citations) == [f"s{n}" for n in range(1, 7)]


def test_parts_listed_as_entries_are_told_apart() -> None:
    _, citations, _ = cite(
        four="Told [S1], [S4a], [S4], [S4b] and [S2c].",
        outputs=R,
        sources=["S1", "S2", "S3", "S4", "S4a", "S5"],
    )
    assert pointed(citations)[:3] == ["s1", "s5", "s4"]
    assert pointed(citations)[4] == "s2"


def test_a_mark_to_nothing_listed_is_a_warning() -> None:
    plain, citations, warnings = cite(four="It spread [S9] and [S1, S12].", outputs=R, sources=S)
    assert pointed(citations) == ["s1"]
    assert citations[0].unresolved == ("S12",)
    assert [(warning.kind, plain.words(warning.span)) for warning in warnings] == [
        (WarningKind.MARK_UNRESOLVED, "[S9]")
    ]


def test_a_label_of_a_further_line_of_section_three_is_no_output() -> None:
    _, citations, warnings = cite(
        "Paid by [N1] and [N2], found [R1].",
        outputs=["R1", "R2"],
        sources=S,
        further="N1. A grant of the Marsh Board.\nN2. Another.",
    )
    assert pointed(citations, "2") == ["o1"]
    assert warnings == ()


@pytest.mark.parametrize(
    "text",
    [
        "It did three things: (1) more, (2) less and (3) nothing.",
        "It had to (1) grow. It had to (2) shrink. It had to (3) stay.",
        "(1) First it grew.",
    ],
)
def test_counting_off_is_no_citing(text: str) -> None:
    _, citations, _ = cite(
        "Found (1), seen (2) and told (3).", text, outputs=["1", "2", "3"], sources=S
    )
    assert pointed(citations, "2") == ["o1", "o2", "o3"]
    assert pointed(citations) == []


def test_raised_numbers_are_marks_but_powers_are_not() -> None:
    _, citations, _ = cite(
        "Found<sup>1</sup>, seen<sup>2,3</sup> on 40 km<sup>2</sup> by the 3<sup>rd</sup> day.",
        outputs=["1", "2", "3"],
        sources=S,
    )
    assert pointed(citations, "2") == ["o1", "o2 o3"]


def name(plain: PlainText, printed: str, family: str) -> Name:
    return Name(Span(0, 1), printed, family)


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Moss grows (Fenn and Marsh, 2015).", ["o1"]),
        ("Moss grows, as Fenn & Marsh (2015) say.", ["o1"]),
        ("Reeds grow (Fenn, 2018; Marsh et al., 2015).", ["o2", "o1"]),
        ("Fenn’s (2015; 2018) work is known.", ["o1 o2"]),
        ("Moss grows (Heron 2015).", []),
        ("Moss grows (Fenn 2016).", []),
        ("Moss grows (Fenn 2015) [R1].", ["o1"]),
        ("In Fenn 2015 was warm.", []),
    ],
)
def test_author_and_year_are_a_mark_where_one_output_has_both(
    text: str, targets: list[str]
) -> None:
    lines = ["R1 Fenn, A. and Marsh, B. (2015) On moss.", "R2 Fenn, A. (2018) On reeds."]
    plain = write(text, outputs=lines)
    spans = find(plain, "3", lines)
    outputs = tuple(
        OutputEntry(
            entry=Entry(span, label),
            output_type=OutputType.BOOK,
            authors=tuple(name(plain, family, family) for family in families),
            year=year,
        )
        for span, label, families, year in zip(
            spans, ("R1", "R2"), (("Fenn", "Marsh"), ("Fenn",)), ("2015", "2018"), strict=True
        )
    )
    citations, _ = read_citations(plain, outputs, ())
    assert pointed(citations, "2") == targets


@given(st.text(alphabet="RSab123.,;()[]-– \n*", max_size=80))
def test_every_citation_lies_in_its_section_and_points_into_the_lists(text: str) -> None:
    plain, citations, warnings = cite(
        f"Seen [R1] {text} end.", f"Told [S1] {text} end.", outputs=R[:3], sources=S[:3]
    )
    for citation in citations:
        assert plain.sections[citation.section].covers(citation.span)
        assert citation.targets
        assert all(1 <= target.position <= 3 for target in citation.targets)
        assert len(set(citation.targets)) == len(citation.targets)
    spans = [citation.span for citation in citations]
    assert spans == sorted(spans)
    assert all(not one.overlaps(other) for one, other in pairwise(spans))
    assert all(len(warning.span) > 0 for warning in warnings)


def test_every_place_that_may_be_a_mark_is_named() -> None:
    lines = ["R1 On moss.", "R2 On peat."]
    plain = write(
        "Found [R1] with [G1], [R9] and (b); it had to (1) grow. See <sup>7</sup>.", outputs=lines
    )
    outputs = tuple(
        OutputEntry(entry=Entry(span, label), output_type=OutputType.BOOK)
        for span, label in zip(find(plain, "3", lines), ("R1", "R2"), strict=True)
    )
    assert [
        (plain.words(named.mark.span), named.kind) for named in name_marks(plain, outputs, ())
    ] == [
        ("[R1]", MarkKind.CITATION),
        ("[G1]", MarkKind.SOMETHING_ELSE),
        ("[R9]", MarkKind.UNRESOLVED),
        ("(b)", MarkKind.NO_MARK),
        ("(1)", MarkKind.COUNTER),
        ("7", MarkKind.NO_MARK),
    ]
