from __future__ import annotations

import pytest

from impactgraph.documents import Span
from impactgraph.extraction.dois import clean_doi, find_dois, read_isbn
from plain_sections import plain_sections


def dois(text: str) -> list[str]:
    plain = plain_sections(three=text)
    span = plain.sections["3"]
    return [doi for _, doi in find_dois(plain, Span(span.start, span.end - 1))]


@pytest.mark.parametrize(
    ("text", "doi"),
    [
        ("DOI: 10.1000/AB.12.", "10.1000/ab.12"),
        ("doi:10.1000/ ab-12", "10.1000/ab-12"),
        ("https://doi.org/10.1000%2FAB.12", "10.1000/ab.12"),
        ("http://dx.doi.org/10.1000/ab(1)2", "10.1000/ab(1)2"),
        ("(doi 10.1000/ab12)", "10.1000/ab12"),
        ("https://journals.example/doi/full/10.1000/ab12?journal=x", "10.1000/ab12"),
        ("https://journals.example/10.1000/ab12.pdf", "10.1000/ab12"),
        ("[Read it](https://doi.org/10.1000/ab12)", "10.1000/ab12"),
        ("DOI 10.1000/ab–12", "10.1000/ab-12"),
        ("doi:0.1000/2011-01-0159", "10.1000/2011-01-0159"),
        ("10.1000/(SICI)17:15<16::AID-2>3.0.CO;2-2.", "10.1000/(sici)17:15<16::aid-2>3.0.co;2-2"),
    ],
)
def test_a_doi_is_bare_and_in_lower_case(text: str, doi: str) -> None:
    assert dois(text)[:1] == [doi]


@pytest.mark.parametrize(
    "text",
    [
        "Reviewed in Bog Review, doi:10.1000/ab12",
        "Book reviews: https://doi.org/10.1000/ab12",
        "Erratum: doi 10.1000/ab12",
        "https://doi.org/ab12",
        "Section 10.1000 of the act",
    ],
)
def test_other_works_have_none(text: str) -> None:
    assert dois(text) == []


def test_a_printed_doi_comes_before_a_link_on_other_words() -> None:
    text = "[Of bogs](https://doi.org/10.1000/other), DOI: 10.1000/own"
    assert dois(text) == ["10.1000/own"]


def test_a_doi_is_not_cut_at_brackets_of_its_own() -> None:
    assert clean_doi("10.1000/S0140(12)60730-2).") == "10.1000/s0140(12)60730-2"


@pytest.mark.parametrize(
    ("words", "isbn"),
    [
        ("ISBN 978-1-2345-6789-0", "978-1-2345-6789-0"),
        ("ISBN-13: 9781234567890", "9781234567890"),
        ("ISBN 123456789X", "123456789X"),
        ("(Fen Press, 2012). 9781234567890", "9781234567890"),
        ("call 01234 567890", None),
    ],
)
def test_an_isbn_is_read(words: str, isbn: str | None) -> None:
    assert read_isbn(words) == isbn
