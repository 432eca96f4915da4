"""Curating in a browser: a wrong probable source, two people at once, hostile words."""

from __future__ import annotations

import json
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
OF_SECOND = "link/8cbc8b33f543"
"""A probable source of a claim of impact 2."""
CLAIM = "claim “The Combined Authority and the VCSE sector signed an Accord”"


@pytest.fixture
def writable(tmp_path: Path) -> Iterator[str]:
    store = make_store(tmp_path / "store")
    with serve(create_app(store, Settings(workers=1, token="a-token"))) as address:
        yield address


def sign(page: Page, name: str = "Ada Brook") -> None:
    page.get_by_label("Your name").fill(name)
    page.get_by_label("Token").fill("a-token")


def reject(page: Page, link: str) -> None:
    """Reject a link of the list, and say that it is meant."""
    item = page.locator(f"[id='{link}']")
    item.locator("summary", has_text="Reject").click()
    item.get_by_role("button", name="Yes, reject it").click()


def drawn(page: Page) -> set[tuple[str, str]]:
    """Return the ends of the lines to sources that the picture has."""
    data = json.loads(page.locator("#data").inner_text())
    found = [(edge["from"], edge["to"]) for edge in data["edges"] if edge["basis"] != "inferred"]
    return {(origin, end) for origin, end in found if end.startswith("source/")}


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


def test_a_source_given_to_a_claim_shows_at_its_impact_on_every_page(
    open_page: OpenPage, writable: str
) -> None:
    link = f"{writable}{PATH}?link={OF_SECOND}"
    with open_page(f"{writable}{CASE}?basis=curated") as page:
        before = drawn(page)
        assert ("impact/2", "source/C") not in before
        page.goto(link)
        sign(page)
        page.get_by_label("To", exact=True).select_option("source/C")
        page.get_by_label("Your reason").fill("The update says so.")
        page.get_by_role("button", name="Correct", exact=True).click()
        done = page.locator("#done")
        expect(done).to_contain_text("It closed 4 gaps and opened none.")
        expect(done.get_by_role("link", name="Claim: A major shift")).to_have_attribute(
            "href", re.compile("#node=claim/")
        )
        page.goto(f"{writable}{CASE}?basis=curated")
        page.wait_for_selector("html[data-ready]")
        assert drawn(page) == before | {("impact/2", "source/C")}
        page.goto(f"{writable}{CASE}/matrix?basis=curated")
        expect(page.get_by_role("row", name="Sources", exact=False).locator("td")).to_have_text(
            ["5", "2", "1", "1"]
        )
        page.goto(f"{writable}{CASE}/report?basis=curated")
        expect(page.locator("body")).to_contain_text("Also, as a person concluded: C (")
        page.goto(writable + PATH)
        page.get_by_role("button", name=re.compile("^Undo")).click()
        expect(done).to_contain_text("the link is inferred again and awaits a decision")
        expect(done).to_contain_text("It closed no gap and opened 4.")
        page.goto(f"{writable}{CASE}?basis=curated")
        page.wait_for_selector("html[data-ready]")
        assert drawn(page) == before


@pytest.mark.parametrize("script", [True, False])
def test_a_missing_reason_is_asked_for_at_its_field(
    open_page: OpenPage, writable: str, script: bool
) -> None:
    address = f"{writable}{PATH}?link={OF_SECOND}"
    with open_page(address, script=script, refused=400) as page:
        sign(page)
        expect(page.locator("button.primary")).to_have_text("Correct")
        page.locator("summary", has_text="Reject").click()
        page.get_by_role("button", name="Yes, reject it").click()
        reason = page.get_by_label("Your reason")
        expect(reason).to_be_focused()
        expect(reason).to_have_attribute("aria-invalid", "true")
        expect(page.locator(".fault")).to_contain_text("Say why")
        expect(reason).to_be_in_viewport()


def test_nothing_is_taken_out_before_it_is_asked_for(open_page: OpenPage, writable: str) -> None:
    with open_page(f"{writable}{PATH}?node=source/A", script=False) as page:
        sign(page)
        page.get_by_label("Your reason").fill("It is lost.")
        expect(page.get_by_role("button", name="Yes, withdraw it")).to_be_hidden()
        page.locator("summary", has_text="Withdraw this source").click()
        expect(page.get_by_text("It is taken out, and 4 links with it.").first).to_be_visible()
        page.get_by_role("button", name="Yes, withdraw it").click()
        expect(page.locator("#done")).to_contain_text("withdrew source A")


def test_a_long_list_is_narrowed_by_words_and_keeps_what_is_chosen(
    open_page: OpenPage, writable: str
) -> None:
    with open_page(f"{writable}{PATH}?link={OF_SECOND}") as page:
        ends = page.locator("#to option")
        every = ends.count()
        page.get_by_label("Narrow the list: To").fill("source")
        expect(page.locator("[data-narrowed=to]")).to_have_text(f"7 of {every} in the list")
        expect(page.locator("#to")).to_have_value("source/B")
        page.get_by_label("Narrow the list: To").fill("no such words")
        expect(ends).to_have_count(1)
        page.get_by_label("Narrow the list: To").fill("")
        expect(ends).to_have_count(every)


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
        reject(other, "link/2556e1f627e8")
        expect(other.get_by_role("alert")).to_contain_text("Ada Brook")
        expect(other.get_by_role("alert")).to_be_focused()
        assert Axe().run(other).response["violations"] == []
        expect(reason).to_have_value("another year")
        reject(other, "link/2556e1f627e8")
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
    with open_page(writable + PATH, width=width, dark=dark, refused=400) as page:
        sign(page)
        page.locator(f"[id='{WRONG}']").get_by_role("button", name="Accept").click()
        expect(page.get_by_role("status").filter(has_text="Done:")).to_be_visible()
        refused = f"{PATH}?link={OF_SECOND}"
        page.goto(writable + refused)
        page.get_by_role("button", name="Correct", exact=True).click()
        expect(page.locator("[aria-invalid=true]")).to_be_focused()
        page.locator("summary", has_text="Reject").click()
        for address in ("", f"{PATH}?link=link/2556e1f627e8", f"{PATH}?node=source/A", PATH):
            if address:
                page.goto(writable + address)
            violations = Axe().run(page).response["violations"]
            assert [(it["id"], it["nodes"][0]["html"][:160]) for it in violations] == []
            sideways = "document.documentElement.scrollWidth - window.innerWidth"
            assert page.evaluate(sideways) <= 0
