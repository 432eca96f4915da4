from __future__ import annotations

from impactgraph.extraction.outputs import read_outputs
from impactgraph.extraction.reading import WarningKind
from plain_sections import plain_sections, plain_words


def test_an_output_has_what_its_entry_says() -> None:
    plain = plain_sections(
        three="R1. Moss, A. (2014) ‘Mosses of the moor’, *Journal of Bogs*, 3(2), 11–19.\n\n"
        "[doi](https://doi.org/10.1000/AB12)\n\nR2. Fern, B. (2015) *Ferns*. Oxford: Tree House. "
        "ISBN 9781234567890"
    )
    (first, second), warnings = read_outputs(plain)
    assert (first.entry.label, first.year, first.doi) == ("R1", "2014", "10.1000/ab12")
    assert plain_words(plain, first.venue) == "Journal of Bogs"
    assert first.addresses == ("https://doi.org/10.1000/AB12",)
    assert (second.publisher, second.isbn, second.doi) == ("Tree House", "9781234567890", None)
    assert warnings == ()


def test_the_doi_of_a_part_is_not_the_outputs() -> None:
    plain = plain_sections(
        three="R1. Moss, A. (2014) *Five articles on bogs*:\n\n"
        "- Moss, A. (2012) ‘A bog’, Journal of Bogs, 1(1), 1–9. doi:10.1000/part\n\n"
        "R2. Fern, B. (2015) ‘A fen’, Journal of Bogs, 4(1), 21–29. doi:10.1000/own"
    )
    assert [output.doi for output in read_outputs(plain)[0]] == [None, "10.1000/own"]


def test_the_doi_of_a_review_is_not_the_books() -> None:
    plain = plain_sections(
        three="R1. Moss, A. (2014) *Mosses of the Moor*. Oxford: Tree House. Reviewed in Bogs, "
        "https://doi.org/10.1000/review and Fens: https://fens.example/doi/full/10.1000/review\n\n"
        "R2. Fern, B. (2015) ‘A fen’, Journal of Bogs, 4(1), 2–9."
    )
    assert [output.doi for output in read_outputs(plain)[0]] == [None, None]


def test_a_section_without_outputs_is_warned_of() -> None:
    outputs, (warning,) = read_outputs(plain_sections(three="None."))
    assert (outputs, warning.kind) == ((), WarningKind.NO_OUTPUTS)
