"""One case study reads alike as text, Markdown, a web page, DOCX and PDF.

The converters are Debian's pandoc and libreoffice-writer-nogui; without them these tests skip.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from filled_form import FORM_TEXT, filled_form
from impactgraph.documents import Document, read_document, read_plain_text
from impactgraph.documents.blocks import BlockKind
from impactgraph.documents.inline import StyleKind
from impactgraph.documents.plain import PlainText
from office_converters import MISSING, READER, convert_text, run_office

WRITTEN = Path(__file__).with_name("safer-bridges.md")
JAM_AND_JUSTICE = Path(__file__).parents[2] / "../shared/case-studies/jam-and-justice.txt"
FORMATS = ("txt", "html", "docx", "pdf")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


def spoken(document: Document) -> list[tuple[str, str, str]]:
    """Return a document's blocks: their sections, their list labels, their words."""
    plain = read_plain_text(document)
    return [
        # HTML's lists have "a." where the other formats have "a)".
        (one.section, one.marker.strip("()."), " ".join(plain.words(one.span).split()))
        for one in plain.blocks
    ]


@pytest.fixture(scope="module")
def bridges(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The invented case study in every format."""
    folder = tmp_path_factory.mktemp("bridges")
    paths = convert_text(WRITTEN.read_text("utf-8"), folder)
    return {kind: read_document(path) for kind, path in paths.items()}


@pytest.fixture(scope="module")
def form(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Document]:
    """The invented case study in the template, as DOCX and printed to PDF."""
    folder = tmp_path_factory.mktemp("form")
    path = folder / "form.docx"
    path.write_bytes(filled_form())
    printed = run_office(path, "pdf", folder / "profile")
    return {"docx": read_document(path), "pdf": read_document(printed)}


class TestBridges:
    @pytest.mark.parametrize("kind", FORMATS)
    def test_blocks_labels_and_words_are_the_same(
        self, bridges: dict[str, Document], kind: str
    ) -> None:
        assert len(spoken(bridges["md"])) == 44
        assert spoken(bridges[kind]) == spoken(bridges["md"])

    @pytest.mark.parametrize("kind", FORMATS)
    def test_styles_and_links_are_the_same(self, bridges: dict[str, Document], kind: str) -> None:
        expected, found = (read_plain_text(bridges[one]) for one in ("md", kind))
        styled = set(styles_of(expected))
        assert {kind for kind, _, _ in styled} == set(StyleKind) - {
            StyleKind.SUBSCRIPT,
            StyleKind.UNDERLINE,
        }
        assert set(styles_of(found)) == styled

    @pytest.mark.parametrize("kind", FORMATS)
    def test_the_header_is_the_same(self, bridges: dict[str, Document], kind: str) -> None:
        expected = bridges["md"].submission
        assert expected is not None
        assert [member.name for member in expected.staff] == [
            "Ada Ferry",
            "Boris Quay",
            "Chiara Weir-Smith",
        ]
        assert bridges[kind].submission == expected


class TestForm:
    def test_docx_has_its_text_as_word_processors_show_it(self, form: dict[str, Document]) -> None:
        assert form["docx"].text == FORM_TEXT

    def test_pdf_has_the_same_text(self, form: dict[str, Document]) -> None:
        assert form["pdf"].text == FORM_TEXT


@pytest.mark.skipif(not JAM_AND_JUSTICE.is_file(), reason="the document itself is not shipped")
def test_a_real_case_study_reads_alike_as_docx_and_pdf(tmp_path: Path) -> None:
    # pandoc reads the header's lines as one paragraph: there the two may part lines differently.
    written = JAM_AND_JUSTICE.read_text("utf-8")
    paths = convert_text(written, tmp_path, f"{READER}-fancy_lists")
    docx, pdf, html = (read_document(paths[kind]) for kind in ("docx", "pdf", "html"))
    below = [[one for one in spoken(document) if one[0] != "A"] for document in (docx, pdf, html)]
    assert len(below[0]) > 40
    assert below[1] == below[0]
    assert below[2] == below[0]


def styles_of(plain: PlainText) -> Iterator[tuple[StyleKind, str, str]]:
    """Yield what is set in a style, but for whole headings, which formats mark differently."""
    headings = [one.span for one in plain.blocks if one.kind is BlockKind.HEADING]
    for style in plain.styles:
        if not any(one.start <= style.start < one.end for one in headings):
            words = plain.text[style.start : style.end].strip()
            yield style.kind, words, style.address or ""
