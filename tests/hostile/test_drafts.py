"""Documents made to do harm, sent to the page that shows a draft."""

from __future__ import annotations

import re
from html import unescape

import httpx
import pytest

from benchmarks.hostile_files import HOSTILE_FILES
from hostile.test_documents import REFUSED
from serving import Service

BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8"}
REFUSAL = re.compile(
    r'<div[^>]*id="refusal"(?P<hidden>[^>]*)>.*?<h2[^>]*>(?P<heading>.*?)</h2>.*?'
    r'data-part="detail"[^>]*>(?P<detail>.*?)</p>',
    re.DOTALL,
)
NEVER_SAID = ("Traceback", "b'", 'b"', "\\x", "Error(")
"""What no sentence for a person has in it."""


def test_every_file_is_sent() -> None:
    assert len(HOSTILE_FILES) == 37
    assert REFUSED.keys() <= HOSTILE_FILES.keys()


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("what", HOSTILE_FILES)
def test_it_is_shown_or_refused_in_the_page(service: Service, what: str) -> None:
    name, make = HOSTILE_FILES[what]
    answer = httpx.post(
        f"{service.url}/draft",
        files={"file": (name, make())},
        headers=BROWSER,
        timeout=90,
        trust_env=False,
    )
    if answer.status_code == 303:
        assert what not in REFUSED
        address = f"{service.url}{answer.headers['Location']}"
        httpx.post(f"{address}/delete", headers=BROWSER, timeout=30, trust_env=False)
        return
    assert answer.status_code in (413, 415, 422, 504), answer.text[:500]
    assert answer.headers["Content-Type"].startswith("text/html")
    said = REFUSAL.search(answer.text)
    assert said is not None
    assert "hidden" not in said["hidden"]
    detail = unescape(said["detail"])
    assert len(said["heading"]) > 5
    assert len(detail) > 20
    assert not any(part in detail for part in NEVER_SAID), detail
    status, reason = REFUSED.get(what, (0, ""))
    if status == 422:
        assert any(part in detail for part in reason.split("|")), detail
