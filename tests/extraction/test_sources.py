from __future__ import annotations

import pytest

from impactgraph.extraction.reading import SourceEntry, WarningKind
from impactgraph.extraction.sources import read_sources
from impactgraph.model import SourceType
from plain_sections import plain_sections, plain_words


def read(text: str) -> tuple[SourceEntry, str | None, str | None, str | None]:
    plain = plain_sections(five=f"S1. {text}\n\nS2. A film")
    source = read_sources(plain)[0][0]
    return (
        source,
        plain_words(plain, source.speaker),
        plain_words(plain, source.publisher),
        plain_words(plain, source.title),
    )


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Testimonial from the editor of a report", SourceType.TESTIMONIAL),
        ("Letter from Fen Trust", SourceType.TESTIMONIAL),
        ("Head of Collections, Moorland Museum", SourceType.TESTIMONIAL),
        ("Minutes of Fen Council, 2015", SourceType.MINUTES),
        ("Memorandum of understanding with Fen Trust", SourceType.AGREEMENT),
        ("Fen Council (2015) Moorland Strategy", SourceType.POLICY_DOCUMENT),
        ("‘A testimony of bogs’, The Guardian, 3 May 2015", SourceType.MEDIA),
        ("Visitor data 2015", SourceType.DATA),
        ("Fen Trust (2015) Evaluation Report", SourceType.REPORT),
        ("Fen Trust website, https://fen.example", SourceType.WEB_PAGE),
        ("https://fen.example", SourceType.WEB_PAGE),
        ("Bogs", SourceType.OTHER),
    ],
)
def test_the_kind_of_source_is_read(text: str, kind: SourceType) -> None:
    assert read(text)[0].source_type is kind


@pytest.mark.parametrize(
    ("text", "speaker", "body"),
    [
        (
            "Testimonial from Head of Collections, Moorland Museum, on displays",
            "Head of Collections",
            "Moorland Museum",
        ),
        ("Letter from Ada Reed, Director of Fen Trust", "Ada Reed", None),
        ("Email: Professor Ada Reed (Fen University), 2015", "Professor Ada Reed", None),
        ("Statement from Fen Trust confirming the change", None, "Fen Trust"),
        ("Letter from Curator at Fen House, describing bogs", "Curator", "Fen House"),
        ("CEO and founder, Bogwatch (letter, 3 May 2015)", "CEO and founder", "Bogwatch"),
        ("Testimonial letters", None, None),
    ],
)
def test_who_testifies_is_read(text: str, speaker: str | None, body: str | None) -> None:
    assert read(text)[1:3] == (speaker, body)


@pytest.mark.parametrize(
    ("text", "publisher", "title"),
    [
        (
            "Fen Council (2015) Moorland strategy for all.",
            "Fen Council",
            "Moorland strategy for all",
        ),
        ("‘Bogs are back’, The Guardian, 3 May 2015", "The Guardian", "Bogs are back"),
        ("Report *The state of the bogs*, 2015", None, "The state of the bogs"),
        ("Reed, C. (2015) Reeds of the river. Bogs 3.", None, "Reeds of the river"),
    ],
)
def test_who_issued_what_is_read(text: str, publisher: str | None, title: str | None) -> None:
    assert read(text)[2:] == (publisher, title)


@pytest.mark.parametrize(
    ("text", "date"),
    [
        ("Letter of 3rd May 2015", "2015-05-03"),
        ("Letter, 03/05/2015", "2015-05-03"),
        ("Report, May 2015", "2015-05"),
        ("Fen Trust (2015) Report. Published 3 May 2015", "2015-05-03"),
        ("Website, accessed 3 May 2015", None),
        ("Website https://fen.example/2015/05", None),
    ],
)
def test_the_date_is_read_as_exactly_as_known(text: str, date: str | None) -> None:
    assert read(text)[0].date == date


def test_addresses_are_kept_and_the_first_locates_the_source() -> None:
    source = read("[Report](https://fen.example/1) and https://fen.example/2")[0]
    assert source.addresses == ("https://fen.example/1", "https://fen.example/2")
    assert source.locator == "https://fen.example/1"


def test_a_section_without_sources_is_warned_of() -> None:
    sources, (warning,) = read_sources(plain_sections(five=""))
    assert (sources, warning.kind) == ((), WarningKind.NO_SOURCES)
