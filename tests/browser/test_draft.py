"""A draft is dropped or chosen, shown, refused with a reason, kept and deleted."""

from __future__ import annotations

from pathlib import Path

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import FilePayload

from .conftest import OpenPage

BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"
PROBE = "<img src=x onerror=alert(1)><script>alert(2)</script>"


def _file(content: bytes, name: str) -> FilePayload:
    return {"name": name, "mimeType": "text/markdown", "buffer": content}


@pytest.mark.parametrize("script", [True, False])
@pytest.mark.parametrize(("width", "dark"), [(1400, False), (390, True)])
def test_a_draft_is_sent_shown_and_deleted(
    open_page: OpenPage, site: str, script: bool, width: int, dark: bool
) -> None:
    with open_page(f"{site}/draft", width=width, height=844, script=script, dark=dark) as page:
        page.set_input_files("#file", _file(BRIDGES.read_bytes(), f"{PROBE[:28]}.md"))
        page.get_by_role("button", name="Read it").click()
        page.wait_for_url("**/draft/*", timeout=60_000)
        page.get_by_role("heading", name="Its 3 gravest gaps").wait_for()
        assert page.locator(".draft-summary ol > li").count() == 3
        assert page.locator(".draft-banner img").count() == 0
        assert page.evaluate("document.documentElement.scrollWidth") <= width
        if script:
            page.wait_for_selector("html[data-ready]")
            assert Axe().run(page).response["violations"] == []
        page.get_by_role("link", name="Keep it").click()
        page.get_by_text("This service only reads").wait_for()
        if script:
            assert Axe().run(page).response["violations"] == []
        page.get_by_role("button", name="Delete it now").click()
        page.get_by_text("The draft was deleted").wait_for()


def test_a_refusal_says_what_and_how_to_mend_and_runs_nothing(
    open_page: OpenPage, site: str
) -> None:
    with open_page(f"{site}/draft", status=200) as page:
        page.route(
            "**/draft",
            lambda route: route.fulfill(
                status=200,
                json={"heading": PROBE, "detail": f"{PROBE}.md: no case study.", "remedy": PROBE},
            ),
        )
        page.set_input_files("#file", _file(b"Milk", "a.md"))
        page.get_by_role("button", name="Read it").click()
        refusal = page.get_by_role("alert")
        refusal.wait_for()
        assert PROBE in refusal.inner_text()
        assert refusal.locator("img, script").count() == 0
        assert page.evaluate("document.activeElement.id") == "refusal"
        assert Axe().run(page).response["violations"] == []


def test_words_of_a_draft_run_nothing(open_page: OpenPage, site: str) -> None:
    hostile = BRIDGES.read_text(encoding="utf-8").replace("bridge", f"bridge {PROBE} &lt;b&gt;")
    with open_page(f"{site}/draft") as page:
        page.set_input_files("#file", _file(hostile.encode(), "a.md"))
        page.get_by_role("button", name="Read it").click()
        page.wait_for_url("**/draft/*", timeout=60_000)
        base = page.url
        for tab in ("", "/matrix", "/chains", "/gaps", "/readiness", "/report", "/text"):
            page.goto(f"{base}{tab}")
            assert page.locator("img[onerror]").count() == 0


def test_a_document_is_dropped_and_called_back(open_page: OpenPage, site: str) -> None:
    with open_page(f"{site}/draft") as page:
        page.route("**/draft", lambda route: None)
        page.evaluate(
            """() => {
              const data = new DataTransfer();
              data.items.add(new File(['words'], 'a.md'));
              document.getElementById('drop')
                .dispatchEvent(new DragEvent('drop', { dataTransfer: data, bubbles: true }));
            }"""
        )
        page.get_by_role("button", name="Cancel").click()
        page.get_by_text("Cancelled; nothing was kept.").wait_for()
        assert page.get_by_role("button", name="Read it").is_enabled()
