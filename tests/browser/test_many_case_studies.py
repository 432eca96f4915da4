"""The pages over many case studies, gone through as a reader would."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import httpx
import pytest
from axe_playwright_python.sync_playwright import Axe

from benchmarks.generator import write_case_studies
from benchmarks.service import build_store
from impactgraph.store import open_store
from impactgraph_api import Settings, create_app
from shipped import serve

from .conftest import OpenPage


@pytest.fixture(scope="module", params=[60, pytest.param(300, marks=pytest.mark.soak)])
def library(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[str]:
    """A service over many invented case studies, when its catalogue has been built."""
    folder = tmp_path_factory.mktemp("many")
    write_case_studies(folder / "files", request.param)
    build_store(folder / "store", sorted((folder / "files").glob("*.nq")))
    store = open_store(folder / "store")
    with serve(create_app(store, Settings(workers=1))) as address:
        deadline = time.monotonic() + 120
        while httpx.get(f"{address}/api/search", timeout=20).status_code != 200:
            assert time.monotonic() < deadline, "the catalogue was not built within two minutes"
            time.sleep(0.5)
        yield address


def test_a_reader_narrows_down_opens_a_case_study_and_comes_back(
    open_page: OpenPage, library: str
) -> None:
    with open_page(library) as page:
        assert page.locator("#count").inner_text().startswith(("60 ", "300 "))
        first = page.locator(".results article h3 a, .results h3 a").first
        title = first.inner_text()
        page.locator(".results a[rel=next]").first.click()
        page.wait_for_load_state()
        assert page.locator(".results h3 a").first.inner_text() != title
        page.go_back()
        page.locator(".results h3 a").first.click()
        page.wait_for_selector("html[data-ready]")
        assert page.locator("h1").inner_text() == title
        for tab in ("Matrix", "Chains", "Gaps", "Readiness", "Report", "Source text", "Curation"):
            page.locator("nav.tabs").get_by_role("link", name=re.compile(f"^{tab}")).click()
            page.wait_for_load_state()
            assert page.locator("nav.tabs [aria-current=page]").inner_text().startswith(tab)


def test_a_word_leads_to_the_node_that_says_it(open_page: OpenPage, library: str) -> None:
    with open_page(library) as page:
        word = page.locator(".results h3 a").first.inner_text().split()[0]
        page.fill("#q", word)
        page.keyboard.press("Enter")
        page.wait_for_url("**/?*q=*")
        assert f"q={word}" in page.url
        assert page.locator(".results mark").first.inner_text().lower().startswith(word.lower())


@pytest.mark.parametrize("path", ["/", "/corpus", "/?q=research"])
@pytest.mark.parametrize(("width", "dark"), [(1400, True), (390, False)])
def test_axe_finds_nothing(
    open_page: OpenPage, library: str, path: str, width: int, dark: bool
) -> None:
    with open_page(library + path, width=width, dark=dark) as page:
        found = Axe().run(page).response["violations"]
        assert [
            f"{one['id']}: {node['html'][:120]}" for one in found for node in one["nodes"]
        ] == []
        wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
        assert wide <= 0
