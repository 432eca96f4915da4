from __future__ import annotations

import pytest
from axe_playwright_python.sync_playwright import Axe

from .conftest import OpenPage

PAGE = "/case-studies/jam-and-justice"
STATES = [
    ("/", 200),
    ("/?q=procurement", 200),
    ("/?page=none", 400),
    ("/corpus", 200),
    (PAGE, 200),
    (f"{PAGE}?basis=stated", 200),
    (f"{PAGE}?basis=inferred#node=impact/1", 200),
    (f"{PAGE}#node=output/1", 200),
    (f"{PAGE}#node=research", 200),
    (f"{PAGE}#node=nonsense", 200),
    (f"{PAGE}?basis=nonsense", 400),
    (f"{PAGE}/matrix", 200),
    (f"{PAGE}/matrix?basis=stated", 200),
    (f"{PAGE}/chains", 200),
    (f"{PAGE}/chains?from=finding/d&to=impact/3&basis=inferred", 200),
    (f"{PAGE}/chains?from=finding/d&to=impact/3&basis=stated", 200),
    (f"{PAGE}/chains?from=nothing", 404),
    (f"{PAGE}/gaps", 200),
    (f"{PAGE}/gaps?basis=inferred", 200),
    (f"{PAGE}/gaps?kind=no-date&severity=high", 200),
    (f"{PAGE}/readiness", 200),
    (f"{PAGE}/readiness?against=ref2029-draft", 200),
    (f"{PAGE}/report", 200),
    (f"{PAGE}/text", 200),
    (f"{PAGE}/curation", 200),
    (f"{PAGE}/curation?link=link/0", 404),
    ("/draft", 200),
    ("/draft?deleted=yes", 200),
    ("/draft/none", 404),
    ("/sparql", 200),
    ("/sparql?query=SELECT * WHERE { ?s ?p ?o } LIMIT 5", 200),
    ("/sparql?query=nonsense", 400),
    ("/api", 200),
    ("/ontology", 200),
    ("/nodes/jam-and-justice", 200),
    ("/nodes/jam-and-justice/impact/2", 200),
    ("/nodes/none", 404),
    ("/case-studies/none", 404),
]


@pytest.mark.parametrize(("path", "status"), STATES)
@pytest.mark.parametrize(("width", "theme"), [(1400, "light"), (390, "dark")])
def test_axe_finds_nothing(
    open_page: OpenPage, site: str, path: str, status: int, width: int, theme: str
) -> None:
    with open_page(
        site + path, width=width, height=900, status=status, dark=theme == "dark"
    ) as page:
        results = Axe().run(page)
        checked = results.response["passes"]
        assert len(checked) > 5
        found = [
            f"{violation['id']}: {node['html'][:160]} {node['failureSummary']}"
            for violation in results.response["violations"]
            for node in violation["nodes"]
        ]
        assert found == []


@pytest.mark.parametrize("width", [1400, 390])
def test_axe_finds_nothing_where_scripts_drew_nothing(
    open_page: OpenPage, site: str, width: int
) -> None:
    with open_page(f"{site}/case-studies/jam-and-justice", width=width) as page:
        page.evaluate("document.documentElement.classList.remove('js')")
        assert page.locator(".drawing").is_visible()
        assert Axe().run(page).response["violations"] == []
