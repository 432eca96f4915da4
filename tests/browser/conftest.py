"""A real browser over the real service; whatever asks beyond localhost or complains fails."""

from __future__ import annotations

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Page, ViewportSize, sync_playwright

from impactgraph.store import Store
from impactgraph_api import Settings, create_app
from shipped import make_store, serve

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "chrome")
OWN = Path(__file__).parents[2] / ".browser"
ARGUMENTS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]

OpenPage = Callable[..., AbstractContextManager[Page]]


def find_browser() -> str | None:
    own = sorted(str(path) for name in NAMES for path in OWN.glob(f"**/{name}") if path.is_file())
    found = [path for name in NAMES if (path := shutil.which(name))]
    return next(iter([*found, *own]), None)


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    """A browser for one module: while there is one, no other test can run an event loop."""
    path = find_browser()
    if path is None:
        reason = f"no browser found (looked for {', '.join(NAMES)})"
        if os.environ.get("CI", "").lower() in ("1", "true"):
            pytest.fail(f"{reason}, and CI is set")
        pytest.skip(reason)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=ARGUMENTS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return make_store(tmp_path_factory.mktemp("browser") / "store")


@pytest.fixture(scope="session")
def site(store: Store) -> Iterator[str]:
    with serve(create_app(store, Settings(workers=1))) as address:
        yield address


@pytest.fixture(scope="module")
def open_page(browser: Browser) -> OpenPage:
    """Open a page; at its end, nothing may have left localhost, failed or broken the policy."""

    @contextmanager
    def open_page(
        address: str,
        *,
        width: int = 1400,
        height: int = 900,
        script: bool = True,
        dark: bool = False,
        status: int = 200,
        refused: int | None = None,
    ) -> Iterator[Page]:
        size = ViewportSize(width=width, height=height)
        context = browser.new_context(
            viewport=size, java_script_enabled=script, color_scheme="dark" if dark else "light"
        )
        page = context.new_page()
        asked: list[str] = []
        complaints: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        page.on("pageerror", lambda error: complaints.append(str(error)))
        page.on(
            "console",
            lambda message: (
                complaints.append(message.text)
                if message.type in ("error", "warning")
                and not any(f"status of {one}" in message.text for one in (status, refused))
                else None
            ),
        )
        page.on("dialog", lambda dialog: complaints.append(f"dialog: {dialog.message}"))
        answer = page.goto(address)
        assert answer is not None
        assert answer.status == status
        if script and page.locator("#stage").count():
            page.wait_for_selector("html[data-ready]")
        yield page
        context.close()
        assert asked
        hosts = {urlsplit(url).hostname for url in asked if not url.startswith("data:")}
        assert hosts == {"127.0.0.1"}
        assert complaints == []

    return open_page
