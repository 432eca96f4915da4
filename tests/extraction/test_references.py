from __future__ import annotations

import pytest

from impactgraph.documents import Span
from impactgraph.extraction.references import Reference, read_reference
from impactgraph.model import OutputType
from plain_sections import plain_sections, plain_words


def read(text: str) -> tuple[Reference, str | None, str | None]:
    plain = plain_sections(three=text)
    section = plain.sections["3"]
    reference = read_reference(plain, Span(section.start, section.end - 1))
    return reference, plain_words(plain, reference.title), plain_words(plain, reference.venue)


@pytest.mark.parametrize(
    ("text", "families", "year", "title", "venue"),
    [
        (
            "Moss, A. B. & Fern, C. (2014). Mosses of the moor. *Journal of Bogs*, 3(2), 11–19.",
            ["Moss", "Fern"],
            "2014",
            "Mosses of the moor",
            "Journal of Bogs",
        ),
        (
            "Moss AB, van der Fern C, O’Reed D, et al. Mosses of the moor. J Bogs 2014;3(2):11-9.",
            ["Moss", "van der Fern", "O’Reed"],
            "2014",
            "Mosses of the moor",
            "J Bogs",
        ),
        (
            "Ada Moss and Cy Fern, ‘Mosses of the Moor’ (2014) 54 Bog Law Review 695–733.",
            ["Moss", "Fern"],
            "2014",
            "Mosses of the Moor",
            "Bog Law Review",
        ),
        (
            "A.B. Moss, C. Fern, “Mosses of the moor”, Bog Letters, vol. 3, no. 2, 2014.",
            ["Moss", "Fern"],
            "2014",
            "Mosses of the moor",
            "Bog Letters",
        ),
        (
            "Moss, Ada Beth ( 2014). ‘“Moss” and the moor: a study’. Bog Review 3: 11-19.",
            ["Moss"],
            "2014",
            "“Moss” and the moor: a study",
            "Bog Review",
        ),
        (
            "Moss, A. (2014) 'Who drains bogs? The farmers' views', Bog Review 3: 11-19.",
            ["Moss"],
            "2014",
            "Who drains bogs? The farmers' views",
            "Bog Review",
        ),
        (
            "Moss, A. (2014) ‘The farmers’ bogs’, Bog Review 3: 11-19.",
            ["Moss"],
            "2014",
            "The farmers’ bogs",
            "Bog Review",
        ),
        (
            "Moss, Ada, *Mosses of the Moor* (London: Tree Press, 2014)",
            ["Moss"],
            "2014",
            "Mosses of the Moor",
            None,
        ),
        (
            "Moss, A. (2014) “Wet and green”: mosses of the moor. Bog Review 3(1).",
            ["Moss"],
            "2014",
            "“Wet and green”: mosses of the moor",
            "Bog Review",
        ),
    ],
)
def test_authors_year_title_and_venue_are_read(
    text: str, families: list[str], year: str, title: str, venue: str | None
) -> None:
    reference, found_title, found_venue = read(text)
    assert [name.family_name for name in reference.authors] == families
    assert (reference.year, found_title, found_venue) == (year, title, venue)


@pytest.mark.parametrize(
    ("behind", "volume", "issue", "first", "last"),
    [
        ("*Bogs* 3(2), 11–19.", "3", "2", "11", "19"),
        ("*Bogs*, vol. 3, no. 2, pp. 115-21.", "3", "2", "115", "121"),
        ("*Bogs* 29, 587-592.", "29", None, "587", "592"),
        ("*Bogs*; 45: pp. 154–160. DOI: 10.1000/16501977-1090", "45", None, "154", "160"),
        ("*Bogs*. DOI: 10.1000/ab.12", None, None, None, None),
    ],
)
def test_volume_issue_and_pages_are_read(
    behind: str, volume: str | None, issue: str | None, first: str | None, last: str | None
) -> None:
    reference, _, _ = read(f"Moss, A. (2014) Mosses of the moor. {behind}")
    found = (reference.volume, reference.issue, reference.page_start, reference.page_end)
    assert found == (volume, issue, first, last)


@pytest.mark.parametrize(
    ("behind", "kind"),
    [
        ("*Journal of Bogs* 3(2), 11–19.", OutputType.JOURNAL_ARTICLE),
        ("Fen: Tree Press. ISBN 9781234567890", OutputType.BOOK),
        ("In C. Fern (ed.) *Of Bogs*. Tree Press, 11–19.", OutputType.BOOK_CHAPTER),
        ("In: B. Reed, C. Fern, eds., *Of Bogs*.", OutputType.BOOK_CHAPTER),
        ("Proceedings of the 3rd Conference on Bogs, 11–19.", OutputType.CONFERENCE_PAPER),
        ("Report to Fen Trust.", OutputType.REPORT),
        ("Fen Working Paper 3.", OutputType.WORKING_PAPER),
        ("UK patent GB1234567.", OutputType.PATENT),
        ("Fen Hall, 3–9 May.", OutputType.OTHER),
    ],
)
def test_the_kind_of_publication_is_read(behind: str, kind: OutputType) -> None:
    assert read(f"Moss, A. (2014) ‘Mosses of the moor’. {behind}")[0].output_type is kind


def test_a_book_has_its_publisher() -> None:
    reference, _, venue = read("Moss, A. (2014) *Mosses of the Moor*. Oxford: Tree House.")
    assert (reference.publisher, venue) == ("Tree House", None)


def test_a_chapter_has_its_book() -> None:
    text = "Moss, A. (2014) ‘Mosses’. In: Fern, C. and Reed, B. (eds) Of Bogs and Fens, Tree Press."
    assert read(text)[2] == "Of Bogs and Fens"


def test_a_title_in_italics_is_no_list_of_names() -> None:
    reference, title, _ = read("Moss, Ada, *Summer, Autumn, Winter, Spring* (2015)")
    assert ([name.printed for name in reference.authors], title) == (
        ["Moss, Ada"],
        "Summer, Autumn, Winter, Spring",
    )


def test_remarks_before_the_authors_are_skipped() -> None:
    text = "[Journal Article, listed in REF2] Moss, A. (2014) ‘Mosses of the moor’, *Bogs* 3."
    assert [name.family_name for name in read(text)[0].authors] == ["Moss"]
