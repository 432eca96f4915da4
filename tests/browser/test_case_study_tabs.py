"""The pages behind a case study's tabs, as people use them: forms, links, keyboard, paper."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from impactgraph.importing import find_candidates, import_case_studies
from impactgraph_api import Settings, create_app
from shipped import make_store, serve

from .conftest import OpenPage

CASE = "/case-studies/jam-and-justice"
TABS = ("/matrix", "/chains", "/gaps", "/readiness", "/report", "/text")
BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"
KEPT = "/case-studies/safer-bridges-for-slow-rivers/text"


@pytest.fixture(scope="module")
def keeping(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A service that keeps the text of a document."""
    store = make_store(tmp_path_factory.mktemp("keeping") / "store")
    assert len(list(import_case_studies(store, find_candidates([BRIDGES]), keep_text=True))) == 1
    with serve(create_app(store, Settings(workers=1))) as address:
        yield address


def violations(page: Page) -> list[str]:
    found = Axe().run(page).response["violations"]
    return [f"{one['id']}: {node['html'][:160]}" for one in found for node in one["nodes"]]


def open_everything(page: Page) -> None:
    page.evaluate("document.querySelectorAll('main details').forEach((it) => { it.open = true; })")


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize(("width", "dark"), [(1400, True), (390, False)])
def test_axe_finds_nothing_where_everything_is_open(
    open_page: OpenPage, site: str, tab: str, width: int, dark: bool
) -> None:
    with open_page(f"{site}{CASE}{tab}?basis=inferred", width=width, dark=dark) as page:
        open_everything(page)
        assert page.locator("details[open]").count() > 0
        assert violations(page) == []


@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, True)])
def test_axe_finds_nothing_in_a_text_that_is_kept(
    open_page: OpenPage, keeping: str, width: int, dark: bool
) -> None:
    with open_page(keeping + KEPT, width=width, dark=dark) as page:
        assert page.locator("a.lit").count() > 20
        assert violations(page) == []


@pytest.mark.parametrize("tab", TABS)
@pytest.mark.parametrize("script", [True, False])
def test_no_page_scrolls_sideways_on_a_phone(
    open_page: OpenPage, site: str, tab: str, script: bool
) -> None:
    with open_page(f"{site}{CASE}{tab}", width=390, height=844, script=script) as page:
        if script:
            open_everything(page)
            assert page.evaluate("document.documentElement.scrollWidth") <= 390
        page.screenshot()


def test_a_cell_of_the_matrix_opens_its_chains_and_the_form_asks_for_others(
    open_page: OpenPage, site: str
) -> None:
    with open_page(f"{site}{CASE}/matrix", script=False) as page:
        page.get_by_role("row", name="Finding d").get_by_role("link", name="curated").nth(2).click()
        assert page.locator("#found").inner_text().startswith("2 chains from finding d to impact 3")
        page.get_by_label("From").select_option("finding/a")
        page.get_by_label("To").select_option("")
        page.get_by_label("only through all five stages").check()
        page.get_by_role("button", name="Show").click()
        assert "from=finding%2Fa" in page.url
        assert "from finding a" in page.locator("#found").inner_text()
        assert page.get_by_label("only through all five stages").is_checked()
        page.get_by_role("link", name="Show all").click()
        assert "56 chains" in page.locator("#found").inner_text()
        page.get_by_role("link", name="Weaker").click()
        assert "11–20" in page.locator("#found").inner_text()


def test_a_step_of_a_chain_leads_to_its_link_in_the_graph(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}{CASE}/chains?from=finding/d&to=impact/3") as page:
        page.locator(".chains .why summary").first.click()
        page.locator(".steps li.weakest a.basis").first.click()
        page.wait_for_selector("html[data-ready]")
        assert (
            "the two that the finding sets against each other"
            in page.locator("#panel").inner_text()
        )


def test_gaps_are_filtered_by_a_form_and_lead_to_their_cards(
    open_page: OpenPage, site: str
) -> None:
    with open_page(f"{site}{CASE}/gaps") as page:
        page.get_by_label("Kind").select_option("nothing-before")
        page.get_by_role("button", name="Show").click()
        assert page.locator(".reason").count() == 2
        page.locator(".place").first.click()
        page.wait_for_selector("html[data-ready]")
        assert page.url.endswith("#node=pathway/1")


def test_readiness_is_asked_by_other_rules(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}{CASE}/readiness", script=False) as page:
        page.get_by_label("Rules of").select_option("ref2014")
        page.get_by_role("button", name="Show").click()
        assert page.get_by_role("heading", name="The rules of REF 2014").is_visible()
        assert page.locator(".verdict").count() > 3


@pytest.mark.parametrize("tab", ["", "/gaps"])
def test_the_picture_is_taken_away_as_png(open_page: OpenPage, site: str, tab: str) -> None:
    with open_page(f"{site}{CASE}{tab}?basis=stated") as page:
        page.locator("#downloads summary").click()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="PNG").click()
        assert waiting.value.suggested_filename == "jam-and-justice-picture.png"
        content = Path(waiting.value.path()).read_bytes()
        assert content.startswith(b"\x89PNG\r\n\x1a\n")
        width, height = struct.unpack(">II", content[16:24])
        assert width > 1500
        assert height > 800


def test_the_menu_of_downloads_works_by_keyboard_and_closes_by_escape(
    open_page: OpenPage, site: str
) -> None:
    with open_page(f"{site}{CASE}/report") as page:
        summary = page.locator("#downloads summary")
        summary.focus()
        page.keyboard.press("Enter")
        assert page.get_by_role("link", name="GraphML").is_visible()
        assert violations(page) == []
        page.keyboard.press("Tab")
        assert page.evaluate("document.activeElement.textContent") == "SVG"
        page.keyboard.press("Escape")
        assert not page.get_by_role("link", name="GraphML").is_visible()
        assert summary.evaluate("it => it === document.activeElement")


def test_without_scripts_the_menu_opens_and_offers_no_png(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}{CASE}/matrix", script=False) as page:
        page.locator("#downloads summary").click()
        with page.expect_download() as waiting:
            page.get_by_role("link", name="Evidence, CSV").click()
        assert waiting.value.suggested_filename == "jam-and-justice-evidence.csv"
        assert page.get_by_role("link", name="PNG").count() == 0


def test_a_marked_passage_leads_to_its_card(open_page: OpenPage, keeping: str) -> None:
    with open_page(keeping + KEPT) as page:
        passage = page.locator("#section-4 ~ .part a.lit.s-claim").first
        form = passage.evaluate("it => getComputedStyle(it).textDecorationStyle")
        assert form == "wavy"
        address = passage.get_attribute("href")
        passage.click()
        page.wait_for_selector("html[data-ready]")
        assert address is not None
        assert page.url.endswith(address)


@pytest.mark.parametrize("tab", TABS)
def test_on_paper_there_is_nothing_to_press(open_page: OpenPage, site: str, tab: str) -> None:
    with open_page(f"{site}{CASE}{tab}") as page:
        page.emulate_media(media="print")
        for control in ("button", "select", ".tabs", ".switch", "#downloads", ".top"):
            for each in page.locator(control).all():
                assert not each.is_visible(), control
        assert page.get_by_role("heading", level=1).is_visible()
