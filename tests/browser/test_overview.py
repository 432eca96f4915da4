"""Finding a case study among many, and going on from there."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from impactgraph.store import open_store
from impactgraph_api import Settings, create_app
from invented_store import COUNT, invent_store
from shipped import serve

from .conftest import OpenPage


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    store = open_store(invent_store(tmp_path_factory.mktemp("many") / "store"))
    with serve(create_app(store, Settings(workers=1))) as address:
        yield address


def fits(page: Page) -> bool:
    return bool(
        page.evaluate(
            "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
        )
    )


def test_a_search_leads_to_a_hit_and_the_hit_to_its_node(open_page: OpenPage, site: str) -> None:
    with open_page(site) as page:
        page.get_by_role("searchbox").fill("procurement")
        page.keyboard.press("Enter")
        expect(page.get_by_role("heading", name="1 case study with")).to_be_visible()
        hit = page.locator(".hits a").first
        expect(hit.locator("mark").first).to_have_text("procurement", ignore_case=True)
        key = str(hit.get_attribute("href")).partition("#node=")[2]
        hit.click()
        page.wait_for_selector("html[data-ready]")
        assert page.url.endswith(f"/case-studies/jam-and-justice#node={key}")
        expect(page.locator("#panel")).to_contain_text("procurement", ignore_case=True)


@pytest.mark.parametrize("script", [True, False])
def test_facets_narrow_down_and_the_address_says_so(
    open_page: OpenPage, many: str, script: bool
) -> None:
    with open_page(f"{many}/?q=trust", script=script) as page:
        unit = page.locator(".facet", has_text="Institution").first
        if not script:
            unit.locator("summary").click()
        value = unit.locator("label").first
        count = value.locator(".n").inner_text()
        value.locator("input").check()
        page.get_by_role("button", name="Apply").click()
        expect(page.locator("#count")).to_contain_text(f"{count} case stud")
        assert "q=trust" in page.url
        assert "institution=" in page.url
        page.locator(".chosen a").click()
        expect(page.locator(".chosen")).to_have_count(0)
        assert "institution=" not in page.url


def test_pages_are_turned_and_the_order_is_kept(open_page: OpenPage, many: str) -> None:
    with open_page(many) as page:
        page.get_by_label("Order").select_option("gaps")
        page.get_by_role("button", name="Sort").click()
        page.wait_for_url("**sort=gaps**")
        expect(page.locator(".case")).to_have_count(20)
        first = page.locator(".case h3").all_inner_texts()
        assert len(first) == 20
        page.get_by_role("link", name="Next").click()
        page.wait_for_url("**page=2**")
        assert "sort=gaps" in page.url
        expect(page.locator(".case")).to_have_count(COUNT - 20)
        page.get_by_role("link", name="Previous").click()
        expect(page.locator(".case").nth(19)).to_be_visible()
        assert page.locator(".case h3").all_inner_texts() == first


def test_by_keyboard_alone(open_page: OpenPage, many: str) -> None:
    with open_page(many) as page:
        page.get_by_role("searchbox").focus()
        page.keyboard.type("trust")
        page.keyboard.press("Enter")
        page.wait_for_url("**q=trust**")
        page.locator(".facet input").first.focus()
        page.keyboard.press("Space")
        page.keyboard.press("Enter")
        expect(page.locator(".chosen a")).to_have_count(1)


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/?q=trust+school&sort=title",
        "/?q=nowhere+else",
        "/?year=2019&gap=nothing-after",
        "/corpus",
        "/corpus?by=impact-type",
    ],
)
@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (1400, "dark"), (390, "dark")])
def test_many_case_studies_are_accessible_and_fit(
    open_page: OpenPage, many: str, path: str, width: int, theme: str
) -> None:
    with open_page(many + path, width=width, dark=theme == "dark") as page:
        assert fits(page)
        page.evaluate("for (const one of document.querySelectorAll('details')) one.open = true")
        assert Axe().run(page).response["violations"] == []
        assert fits(page)
