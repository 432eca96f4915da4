"""Data that tries to run as a script, in every text of a case study."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.request import urlopen
from xml.etree import ElementTree

import pytest
from playwright.sync_api import Page
from rdflib import RDFS, Graph, Literal

from impactgraph.store import open_store
from impactgraph.vocabulary import BIBO, DCTERMS, IG, OA, SCHEMA
from impactgraph_api import Settings, create_app
from shipped import serve

from .conftest import OpenPage

DATA = Path(__file__).parents[2] / "data"
CASE = "https://w3id.org/impactgraph/id/jam-and-justice"
PROBES = (
    "</script><script>window.ran=1</script>",
    "<img src=x onerror=window.ran=2>",
    '<a href="javascript:window.ran=3">href</a>',
    '"><svg onload=window.ran=4>',
    "{{ 7*7 }}{% raw %}'-window.ran-'",
    "javascript:window.ran=5",
    "<!--<script>",
    "\u2028</title><iframe srcdoc='<script>parent.ran=6</script>'>",
)
TEXTS = (
    RDFS.label,
    DCTERMS.title,
    DCTERMS.description,
    DCTERMS.bibliographicCitation,
    OA.exact,
    OA.bodyValue,
    SCHEMA.text,
    IG.rationale,
    IG.change,
    BIBO.doi,
    BIBO.locator,
)


def poison(graph: Graph) -> int:
    changed = 0
    for prop in TEXTS:
        for subject, old in list(graph.subject_objects(prop)):
            if isinstance(old, Literal):
                probe = PROBES[changed % len(PROBES)]
                graph.remove((subject, prop, old))
                graph.add((subject, prop, Literal(probe + str(old)[:30], lang=old.language)))
                changed += 1
    return changed


@pytest.fixture(scope="module")
def hostile_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    case = Graph().parse(DATA / "case-studies" / "jam-and-justice.ttl")
    shared = Graph().parse(DATA / "reference.ttl")
    assert poison(case) > 500
    assert poison(shared) > 10
    store = open_store(tmp_path_factory.mktemp("hostile") / "store")
    store.write(lambda change: change.replace_graph(CASE, case))
    store.write(lambda change: change.replace_graph(f"{CASE}/shared", shared))
    with serve(create_app(store, Settings(workers=1))) as address:
        yield address


PATHS = [
    "/",
    "/case-studies/jam-and-justice",
    "/case-studies/jam-and-justice?basis=inferred#node=impact/1",
    "/case-studies/jam-and-justice/curation",
    "/case-studies/jam-and-justice#node=output/1",
    "/case-studies/jam-and-justice#node=research",
    "/sparql?query=SELECT * { ?s <http://www.w3.org/2000/01/rdf-schema%23label> ?l }",
    "/sparql?query=</textarea><script>window.ran=8</script>",
    "/api",
]
WHERE_ALL_IS_OPENED = PATHS[1:3]
"""On the other paths of the page the same cards would open the same words again."""


def open_details(page: Page) -> None:
    for closed in page.locator("#details details:not([open]) > summary").all():
        if closed.is_visible():
            closed.click()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_that_came_in_with_data_runs(
    open_page: OpenPage, hostile_site: str, path: str
) -> None:
    status = 400 if "textarea" in path else 200
    with open_page(hostile_site + path, status=status) as page:
        open_details(page)
        for card in page.locator("#cards button").all() if path in WHERE_ALL_IS_OPENED else ():
            card.click()
            open_details(page)
        page.wait_for_timeout(100)
        assert page.evaluate("window.ran") is None
        drawing = "img[src^='/case-studies/jam-and-justice/picture.svg?']"
        assert page.locator(f"iframe, img:not({drawing}), main svg[onload]").count() == 0
        assert page.locator("img[onerror]").count() == 0
        links = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(links) <= {"http:", "https:"}
        if path.startswith("/case") and "curation" not in path:
            assert page.locator("#cards button").count() == 24
        if "rdf-schema" in path:
            assert page.locator("tbody tr").count() > 300
        if path != "/api":
            assert "window.ran" in "".join(page.locator("main, textarea").all_text_contents())


@pytest.mark.parametrize(
    "tab", ["matrix", "chains?basis=inferred", "gaps?basis=inferred", "readiness", "report", "text"]
)
def test_nothing_runs_on_the_pages_behind_the_tabs(
    open_page: OpenPage, hostile_site: str, tab: str
) -> None:
    with open_page(f"{hostile_site}/case-studies/jam-and-justice/{tab}") as page:
        page.evaluate("document.querySelectorAll('details').forEach((it) => { it.open = true; })")
        page.wait_for_timeout(100)
        assert page.evaluate("window.ran") is None
        assert page.locator("iframe, img, main svg[onload]").count() == 0
        links = page.evaluate("[...document.links].map(link => link.protocol)")
        assert set(links) <= {"http:", "https:"}
        assert "window.ran" in page.content()


def test_the_picture_alone_is_an_image_without_scripts(hostile_site: str) -> None:
    with urlopen(f"{hostile_site}/case-studies/jam-and-justice/picture.svg") as answer:
        drawn = ElementTree.fromstring(answer.read())
    names = {part.tag.partition("}")[2] for part in drawn.iter()}
    assert names == {"svg", "title", "rect", "path", "text"}
    assert not [name for part in drawn.iter() for name in part.attrib if name.startswith("on")]
    assert "window.ran" in "".join(drawn.itertext())
