"""The SPARQL page: its questions and their search, and yasgui in place of the plain form."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from impactgraph_api.pages import STATIC_FOLDER

from .conftest import OpenPage

HAS_EDITOR = (STATIC_FOLDER / "yasgui" / "yasgui.min.js").is_file()
needs_editor = pytest.mark.skipif(
    not HAS_EDITOR,
    reason="yasgui was not fetched when this was installed (no npm, or no way to its registry)",
)
LABELS = """PREFIX ig: <https://w3id.org/impactgraph/ontology#>
SELECT ?impact ?class WHERE { ?impact a ig:Impact ; a ?class } ORDER BY ?impact"""
PROBES = """SELECT ?x ?y WHERE { VALUES (?x ?y) {
  ("<img src=x onerror=window.ran=1>" <javascript:window.ran=2>)
  ("<svg onload=window.ran=3>"@en <http://e/'onmouseover=window.ran=4>) } }"""


def open_editor(page: Page) -> None:
    page.get_by_role("button", name="Open the editor").click()
    expect(page.locator(".yasgui .CodeMirror").first).to_be_visible()


def ask(page: Page, query: str) -> None:
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(query)
    page.keyboard.press("Control+Enter")


def axe(page: Page) -> list[object]:
    """What axe finds, yasgui alone left out: its markup is its makers'."""
    options = {"exclude": [[".yasgui"]]}
    response = Axe().run(page, context=options).response
    assert len(response["passes"]) > 5
    found: list[object] = response["violations"]
    return found


def test_questions_are_searched_and_counted(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}/sparql") as page:
        cards = page.locator(".subject li:visible")
        total = cards.count()
        assert total >= 21
        count = page.locator("#count")
        expect(count).to_have_text(f"{total} questions")
        page.get_by_label("Search the questions").fill("single SOURCE")
        expect(count).to_have_text("1 question")
        expect(page.locator(".subject:visible")).to_have_count(1)
        cards.get_by_role("link").click()
        expect(page.locator("#result tbody tr").first).to_be_visible()
        assert "rest on a single source" in page.locator("#query").input_value()


@pytest.mark.parametrize("script", [True, False])
def test_the_form_works_with_and_without_scripts(
    open_page: OpenPage, site: str, script: bool
) -> None:
    with open_page(f"{site}/sparql", script=script) as page:
        page.locator("#query").fill(LABELS)
        page.get_by_role("button", name="Run").click()
        expect(page.locator("#result tbody tr")).to_have_count(4)
        expect(page.locator("#searching:visible")).to_have_count(int(script))
        expect(page.locator("#open-editor:visible")).to_have_count(int(script and HAS_EDITOR))


@needs_editor
def test_a_query_typed_in_the_editor_shows_our_rows_and_leads_to_our_pages(
    open_page: OpenPage, site: str
) -> None:
    with open_page(f"{site}/sparql") as page:
        open_editor(page)
        ask(page, LABELS)
        links = page.locator(".yasr tbody a.iri")
        expect(links).to_have_count(8)
        expect(links.first).to_have_attribute("href", "/nodes/jam-and-justice/impact/1")
        expect(links.nth(1)).to_have_attribute("href", "/ontology#Impact")
        assert f"?query={quote('PREFIX')}" in page.url
        assert page.evaluate("localStorage.length") == 0
        page.reload()
        expect(page.locator("#result tbody tr")).to_have_count(4)
        assert page.locator("#query").input_value() == LABELS
        page.locator("#result a[href$='/impact/1']").first.click()
        expect(page).to_have_url(f"{site}/nodes/jam-and-justice/impact/1")


@needs_editor
def test_the_query_goes_to_the_editor_and_back(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}/sparql?query={quote(LABELS)}") as page:
        open_editor(page)
        assert "ig:Impact" in page.locator(".yasqe .CodeMirror-code").inner_text()
        page.keyboard.press("Control+a")
        page.keyboard.insert_text("ASK {}")
        page.get_by_role("button", name="Back to the plain form").click()
        expect(page.locator("#query")).to_have_value("ASK {}")
        page.locator("#query").fill("SELECT (1 AS ?one) {}")
        open_editor(page)
        assert "?one" in page.locator(".yasqe .CodeMirror-code").inner_text()


@needs_editor
def test_the_editor_can_be_left_by_keyboard(open_page: OpenPage, site: str) -> None:
    inside = "document.activeElement.matches('.CodeMirror textarea')"
    with open_page(f"{site}/sparql") as page:
        open_editor(page)
        assert page.evaluate(inside)
        page.keyboard.press("Tab")
        assert not page.evaluate(inside)
        page.keyboard.press("Shift+Tab")
        assert page.evaluate(inside)
        page.keyboard.press("Shift+Tab")
        assert not page.evaluate(inside)


@needs_editor
def test_nothing_in_a_query_or_an_answer_runs_in_the_editor(open_page: OpenPage, site: str) -> None:
    address = f"{site}/sparql?query={quote('</script><script>window.ran=5</script>')}"
    with open_page(address, status=400) as page:
        open_editor(page)
        ask(page, PROBES)
        expect(page.locator(".yasr tbody tr")).to_have_count(2)
        page.locator(".yasr tbody tr").nth(1).hover()
        assert page.evaluate("window.ran") is None
        assert (
            page.locator("main img[onerror], main svg[onload], .yasr a[href^=javascript]").count()
            == 0
        )
        assert "onerror=window.ran=1" in page.locator(".yasr tbody").inner_text()


@needs_editor
def test_a_query_that_fails_says_so_in_the_editor(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}/sparql?query=nonsense", status=400) as page:
        open_editor(page)
        ask(page, "SELECT nonsense")
        expect(page.locator(".yasr .errorResult")).to_contain_text("malformed")


@needs_editor
@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, True)])
def test_axe_finds_nothing_around_the_editor(
    open_page: OpenPage, site: str, width: int, dark: bool
) -> None:
    with open_page(f"{site}/sparql", width=width, dark=dark) as page:
        open_editor(page)
        ask(page, LABELS)
        expect(page.locator(".yasr tbody tr")).to_have_count(4)
        assert axe(page) == []
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
