"""The formats of a report: all say the same, none runs, asks for or breaks anything."""

from __future__ import annotations

import json
import re
import zipfile
from dataclasses import replace
from html.parser import HTMLParser
from io import BytesIO
from xml.etree import ElementTree

import pytest

from impactgraph.errors import UsageError
from impactgraph.graph import CaseGraph, build_graph, model_of
from impactgraph.model import Basis, Motivation, Note
from impactgraph.views.report import FORMATS, Report, build_report, render_report
from impactgraph.views.report.tables import list_tables
from small_case_studies import CASE, case_graph

LINES = (
    "finding a reportedIn output 1",
    "finding a contributedTo impact 1 curated 0.7",
    "output 1 carriedBy pathway 1",
    "pathway 1 ledTo impact 1",
    "impact 1 corroboratedBy source A",
    "claim c of 1",
    "claim c corroboratedBy source A",
    "claim d of 1",
    "source B report",
)
HOSTILE = (
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(1)",
    "\t=1",
    " =HYPERLINK(1)",
    "<script>alert(1)</script>",
    "</style></svg><img src=x onerror=alert(1)>",
    "{{ 7*7 }}",
    "[a](javascript:alert(1)) | **b**",
    "https://example.org/",
    "bell\x07",
)
SHEET = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"


@pytest.fixture(scope="module")
def report() -> Report:
    return build_report(case_graph(*LINES), basis=Basis.CURATED)


def labelled(text: str) -> CaseGraph:
    """Return a case study in which every label, title and note is a text."""
    model = model_of(case_graph(*LINES))
    kinds = ("findings", "outputs", "pathways", "impacts", "claims", "sources")
    note = Note(
        iri=f"{CASE}/note/1",
        label=text,
        body=text,
        motivation=Motivation.QUESTIONING,
        about=(f"{CASE}/source/A",),
        anchors=(),
    )
    changed = {
        kind: tuple(replace(member, label=text) for member in getattr(model, kind))
        for kind in kinds
    }
    return build_graph(replace(model, title=text, notes=(note,), **changed))


class Tags(HTMLParser):
    """The start tags of a page with their attributes."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[str, dict[str, str | None]]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found.append((tag, dict(attrs)))


def tags_of(page: bytes) -> list[tuple[str, dict[str, str | None]]]:
    parser = Tags()
    parser.feed(page.decode())
    return parser.found


def sheets_of(workbook: bytes) -> dict[str, ElementTree.Element]:
    with zipfile.ZipFile(BytesIO(workbook)) as book:
        names = [
            sheet.attrib["name"]
            for sheet in ElementTree.fromstring(book.read("xl/workbook.xml")).iter(f"{SHEET}sheet")
        ]
        return {
            name: ElementTree.fromstring(book.read(f"xl/worksheets/sheet{number}.xml"))
            for number, name in enumerate(names, 1)
        }


def texts_of(workbook: bytes) -> list[str]:
    with zipfile.ZipFile(BytesIO(workbook)) as book:
        shared = ElementTree.fromstring(book.read("xl/sharedStrings.xml"))
    return ["".join(part.text or "" for part in item.iter(f"{SHEET}t")) for item in shared]


def test_the_formats_are_the_same_from_run_to_run() -> None:
    assert sorted(FORMATS) == ["html", "json", "md", "xlsx"]
    for form in FORMATS:
        one, two = (
            render_report(build_report(case_graph(*lines), basis=Basis.CURATED), form)
            for lines in (LINES, LINES)
        )
        assert one == two, form


def test_the_order_of_members_changes_nothing() -> None:
    model = model_of(case_graph(*LINES))
    turned = replace(
        model,
        links=model.links[::-1],
        claims=model.claims[::-1],
        sources=model.sources[::-1],
        findings=model.findings[::-1],
    )
    for form in FORMATS:
        assert render_report(
            build_report(build_graph(turned), basis=Basis.CURATED), form
        ) == render_report(build_report(build_graph(model), basis=Basis.CURATED), form)


def test_an_unknown_format_is_refused(report: Report) -> None:
    with pytest.raises(UsageError, match=r"\.html, \.md, \.xlsx, \.json"):
        render_report(report, "pdf")


def test_an_empty_case_study_has_a_report_too() -> None:
    for basis in Basis:
        report = build_report(case_graph(), basis=basis)
        for form in FORMATS:
            assert render_report(report, form)


def test_the_page_asks_for_nothing_and_runs_nothing(report: Report) -> None:
    page = render_report(report, "html", annex=True)
    assert b"default-src 'none'" in page
    for tag, attributes in tags_of(page):
        assert tag not in {"script", "iframe", "object", "embed", "img", "form", "a"}
        assert not any(name.startswith("on") for name in attributes)
        assert attributes.get("href", "data:,") == "data:,"
        assert "src" not in attributes
    assert not re.search(rb"url\(|@import|https?://(?!www\.w3\.org/2000/svg)", page)


@pytest.mark.parametrize(
    ("annex", "more"),
    [(False, []), (True, ["picture", "matrix", "impacts", "weakest", "chains", "gaps", "method"])],
)
def test_the_page_has_every_section_in_order(report: Report, annex: bool, more: list[str]) -> None:
    sections = [
        attributes["id"]
        for tag, attributes in tags_of(render_report(report, "html", annex=annex))
        if tag == "section"
    ]
    assert sections == [
        "summary",
        "first",
        "evidence",
        "sources",
        "reading",
        *more,
    ]


def test_markdown_has_its_annex_where_it_is_asked_for(report: Report) -> None:
    plain = render_report(report, "md").decode()
    whole = render_report(report, "md", annex=True).decode()
    assert whole.startswith(plain)
    assert "### Chains" in whole.removeprefix(plain)
    assert "### Chains" not in plain
    for form in ("json", "xlsx"):
        assert render_report(report, form) == render_report(report, form, annex=True)


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_texts_are_texts_on_the_page_and_in_markdown(text: str) -> None:
    report = build_report(labelled(text), basis=Basis.CURATED)
    plain = build_report(labelled("plain"), basis=Basis.CURATED)
    page = {
        (tag, *attributes) for tag, attributes in tags_of(render_report(report, "html", annex=True))
    }
    assert page == {
        (tag, *found) for tag, found in tags_of(render_report(plain, "html", annex=True))
    }
    markdown = render_report(report, "md", annex=True).decode()
    assert not re.search(r"(?<!\\)(<|\]\()", markdown)
    rows = [line for line in markdown.splitlines() if line.startswith("|")]
    unescaped = [len(re.findall(r"(?<!\\)\|", row)) for row in rows]
    expected = [
        len(re.findall(r"(?<!\\)\|", row))
        for row in render_report(plain, "md", annex=True).decode().splitlines()
        if row.startswith("|")
    ]
    assert unescaped == expected


@pytest.mark.parametrize("text", HOSTILE)
def test_nothing_in_the_workbook_is_a_formula(text: str) -> None:
    workbook = render_report(build_report(labelled(text), basis=Basis.CURATED), "xlsx")
    for sheet in sheets_of(workbook).values():
        assert not list(sheet.iter(f"{SHEET}f"))
        assert not list(sheet.iter(f"{SHEET}hyperlinks"))
        for cell in sheet.iter(f"{SHEET}c"):
            assert cell.attrib.get("t") == "s" or cell.find(f"{SHEET}v") is not None
    if text.isprintable():
        assert text in texts_of(workbook)


def test_texts_that_look_like_formulas_are_guarded_when_edited() -> None:
    workbook = render_report(build_report(labelled("=1+1"), basis=Basis.CURATED), "xlsx")
    with zipfile.ZipFile(BytesIO(workbook)) as book:
        styles = ElementTree.fromstring(book.read("xl/styles.xml"))
    guarded = {
        str(number)
        for number, form in enumerate(styles.find(f"{SHEET}cellXfs") or ())
        if form.attrib.get("quotePrefix") == "1"
    }
    assert guarded
    texts = texts_of(workbook)
    cells = [
        cell
        for sheet in sheets_of(workbook).values()
        for cell in sheet.iter(f"{SHEET}c")
        if cell.attrib.get("t") == "s" and texts[int(cell.findtext(f"{SHEET}v", ""))] == "=1+1"
    ]
    assert cells
    assert {cell.attrib["s"] for cell in cells} <= guarded


def test_every_table_has_a_filter_and_headings_that_stay(report: Report) -> None:
    sheets = sheets_of(render_report(report, "xlsx"))
    titles = [table.title for table in list_tables(report)]
    assert list(sheets) == ["Summary", *titles, "Questions", "Method"]
    for title in sheets:
        pane = sheets[title].find(f".//{SHEET}pane")
        assert pane is not None, title
        assert (pane.attrib["state"], pane.attrib["ySplit"]) == ("frozen", "1")
        assert sheets[title].find(f"{SHEET}autoFilter") is not None, title


def test_a_cell_holds_no_more_than_a_cell_can() -> None:
    workbook = render_report(build_report(labelled("x" * 40_000), basis=Basis.CURATED), "xlsx")
    assert max(len(text) for text in texts_of(workbook)) == 32_767


def test_tables_have_a_cell_for_every_column(report: Report) -> None:
    for table in list_tables(report):
        assert len(table.columns) == len(table.widths)
        assert {len(row) for row in table.rows} <= {len(table.columns)}
    assert {table.title for table in list_tables(report) if table.rows} >= {"Chains", "Evidence"}


def test_json_is_the_record(report: Report) -> None:
    record = json.loads(render_report(report, "json"))
    assert record["basis"] == "curated"
    assert record["chains"][0]["path"] == "finding a → output 1 → pathway 1 → impact 1"
    assert record["chain_count"] == len(record["chains"]) == 2
    assert record["impacts"][0]["need"]["impact"]["notation"] == "1"


def test_more_chains_than_are_listed_are_said_to_be_there() -> None:
    lines = [f"finding {one} reportedIn output {two}" for one in range(11) for two in range(11)]
    report = build_report(case_graph(*lines), basis=Basis.STATED)
    assert (report.chain_total, len(report.chains)) == (121, 100)
    assert report.chain_words.startswith(
        "121 chains, strongest first, those alike in one row; the first 100 are listed."
    )
