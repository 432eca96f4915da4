"""Curating in a browser: a wrong probable source, two people at once, hostile words."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from impactgraph_api import Settings, create_app
from shipped import make_store, serve

from .conftest import OpenPage
from .test_hostile_data import PROBES

CASE = "/case-studies/jam-and-justice"
PATH = f"{CASE}/curation"
WRONG = "link/78c4c9769051"
CLAIM = "claim “The Combined Authority and the VCSE sector signed an Accord”"


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[str]:
    store = make_store(tmp_path / "store")
    with serve(create_app(store, Settings(workers=1, token="a-token"))) as address:
        yield address


def sign(page: Page, name: str = "Ada Brook") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Token").fill("a-token")


def count_gaps(page: Page, site: str) -> int:
    """Return how many claims have no source, as the text of the case study's page says it."""
    page.goto(f"{site}{CASE}?basis=curated")
    return page.locator(".unsourced").count()


def test_a_wrong_probable_link_corrected_becomes_curated_and_undoing_brings_it_back(
    open_page: OpenPage, writable: str
) -> None:
    with open_page(f"{writable}{CASE}?basis=inferred") as page:
        opened = count_gaps(page, writable)
        page.goto(f"{writable}{PATH}")
        item = page.locator(f"[id='{WRONG}']")
        sign(page)
        item.get_by_role("link", name="Correct").click()
        # The name and the token are kept from page to page.
        expect(page.get_by_label("Your name")).to_have_value("Ada Brook")
        expect(page.get_by_label("Token")).to_have_value("a-token")
        page.get_by_label("To", exact=True).select_option("source/C")
        page.get_by_label("Your reason").fill("The minutes name the accord; the letter does not.")
        page.get_by_role("button", name="Correct", exact=True).click()
        status = page.get_by_role("status").filter(has_text="Done:")
        expect(status).to_contain_text(f"corrected that {CLAIM}")
        expect(status).to_be_focused()
        expect(page.locator(f"[id='{WRONG}']")).to_have_count(0)
        assert count_gaps(page, writable) == opened - 1
        page.goto(f"{writable}{PATH}")
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_contain_text("undid")
        expect(page.locator(f"[id='{WRONG}']")).to_have_count(1)
        assert count_gaps(page, writable) == opened


def test_all_of_it_works_without_scripts(open_page: OpenPage, writable: str) -> None:
    with open_page(writable + PATH, script=False) as page:
        sign(page)
        page.locator(f"[id='{WRONG}']").get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_contain_text("accepted that")
        sign(page, "Bo")
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_contain_text("Bo undid")


def test_the_return_key_in_a_field_decides_nothing(open_page: OpenPage, writable: str) -> None:
    with open_page(writable + PATH) as page:
        sign(page)
        page.get_by_label("Token").press("Enter")
        page.locator(f"[id='{WRONG}']").get_by_role("textbox").press("Enter")
        page.wait_for_timeout(300)
        expect(page).to_have_url(writable + PATH)
        expect(page.get_by_text("Nobody has decided anything yet.")).to_be_visible()


def test_the_second_of_two_sees_what_the_first_did_and_sends_again(
    open_page: OpenPage, writable: str
) -> None:
    with open_page(writable + PATH, status=200) as first:
        sign(first)
        other = first.context.new_page()
        other.goto(writable + PATH)
        sign(other, "Bo")
        first.locator(f"[id='{WRONG}']").get_by_role("button", name="Accept").click()
        expect(first.get_by_role("status").filter(has_text="Done:")).to_be_visible()
        reason = other.locator("[id='link/2556e1f627e8']").get_by_role("textbox")
        reason.fill("another year")
        other.locator("[id='link/2556e1f627e8']").get_by_role("button", name="Reject").click()
        expect(other.get_by_role("alert")).to_contain_text("Ada Brook")
        expect(other.get_by_role("alert")).to_be_focused()
        assert Axe().run(other).response["violations"] == []
        expect(reason).to_have_value("another year")
        other.locator("[id='link/2556e1f627e8']").get_by_role("button", name="Reject").click()
        expect(other.get_by_role("status").filter(has_text="Done:")).to_contain_text("Bo rejected")


def test_a_link_is_added_with_words_that_are_offered(open_page: OpenPage, writable: str) -> None:
    with open_page(writable + PATH) as page:
        sign(page)
        page.get_by_label("To", exact=True).select_option("output/1")
        page.get_by_label("From", exact=True).select_option("output/3")
        expect(page.locator("#step-hint")).to_contain_text("No step leads from there to there")
        page.get_by_label("To", exact=True).select_option("impact/4")
        page.get_by_role("button", name="Use these words").first.click()
        expect(page.get_by_label("Words of the document")).not_to_have_value("")
        page.get_by_label("Your reason", exact=True).fill("Both speak of it.")
        page.get_by_role("button", name="Add the link").click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_contain_text(
            "added that output 3 contributed to impact 4"
        )


def test_hostile_words_in_any_field_run_nothing(open_page: OpenPage, writable: str) -> None:
    with open_page(writable + PATH) as page:
        for probe in PROBES:
            page.goto(f"{writable}{PATH}?node=finding/a")
            sign(page, probe[:120])
            page.get_by_label("Label", exact=True).fill(probe)
            page.get_by_label("Your reason").fill(probe)
            page.get_by_role("button", name="Correct the label").click()
            expect(page.get_by_role("status").filter(has_text="Done:")).to_be_visible()
        for address in (PATH, f"{PATH}?node=finding/a", CASE):
            page.goto(writable + address)
            assert page.evaluate("window.ran") is None
        page.goto(writable + PATH)
        expect(page.locator("#history small")).to_have_text(str(len(PROBES)))
        assert page.locator(".history script, .history img, .history iframe").count() == 0


@pytest.mark.parametrize("dark", [False, True])
@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_in_any_state(
    open_page: OpenPage, writable: str, width: int, dark: bool
) -> None:
    with open_page(writable + PATH, width=width, dark=dark) as page:
        sign(page)
        page.locator(f"[id='{WRONG}']").get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_be_visible()
        for address in ("", f"{PATH}?link=link/2556e1f627e8", f"{PATH}?node=source/A", PATH):
            if address:
                page.goto(writable + address)
            violations = Axe().run(page).response["violations"]
            assert [(it["id"], it["nodes"][0]["html"][:160]) for it in violations] == []
            sideways = "document.documentElement.scrollWidth - window.innerWidth"
            assert page.evaluate(sideways) <= 0
