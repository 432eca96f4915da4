from __future__ import annotations

import json
import re

import pytest
from fastapi.testclient import TestClient

from impactgraph.store import Store
from impactgraph_api import create_app
from impactgraph_api.security import POLICY

PAGES = [
    "/",
    "/case-studies/jam-and-justice",
    "/case-studies/jam-and-justice?basis=stated",
    "/case-studies/jam-and-justice?basis=inferred",
    "/case-studies/jam-and-justice/matrix",
    "/case-studies/jam-and-justice/chains",
    "/case-studies/jam-and-justice/gaps",
    "/case-studies/jam-and-justice/readiness",
    "/case-studies/jam-and-justice/report",
    "/case-studies/jam-and-justice/text",
    "/sparql",
    "/api",
    "/case-studies/none",
]
HTML = {"Accept": "text/html"}


@pytest.mark.parametrize("path", PAGES)
def test_no_page_holds_a_script_a_style_or_an_address_elsewhere(
    client: TestClient, path: str
) -> None:
    page = client.get(path, headers=HTML)
    assert page.headers["content-type"] == "text/html; charset=utf-8"
    for script in re.findall(r"<script[^>]*>", page.text):
        assert 'src="/static/' in script or 'type="application/json"' in script
    assert not re.search(r"<style|\sstyle=|\son\w+=|javascript:", page.text)
    for address in re.findall(r'(?:src|<link[^>]* href)="([^"]*)"', page.text):
        assert address.startswith(("/static/", "/case-studies/jam-and-justice/picture.svg?"))


PICTURE = "/case-studies/jam-and-justice/picture.svg"


@pytest.mark.parametrize(
    "path", [*PAGES, PICTURE, "/healthz", "/static/js/picture.js", "/sparql?query=x"]
)
def test_every_answer_carries_the_policy(client: TestClient, path: str) -> None:
    headers = client.get(path, headers=HTML).headers
    policy, _, added = headers["content-security-policy"].partition("; style-src ")
    assert policy == POLICY
    if added:  # for the one style sheet that the query editor writes
        assert path.startswith("/sparql")
        assert re.fullmatch(r"'self' 'sha256-[\w+/]{43}='", added)
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["referrer-policy"] == "same-origin"


def test_the_policy_allows_nothing_in_line_and_nothing_elsewhere() -> None:
    assert "unsafe" not in POLICY
    assert "http" not in POLICY
    assert "default-src 'self'" in POLICY
    assert "frame-ancestors 'none'" in POLICY


def test_the_health_of_the_service(client: TestClient, store: Store) -> None:
    health = client.get("/healthz").json()
    assert health["status"] == "ok"
    assert health["generation"] == store.generation
    assert health["case_studies"] == 1
    assert client.head("/healthz").status_code == 200


def test_the_overview_names_headline_and_counts(client: TestClient) -> None:
    page = client.get("/").text
    assert "<b>5</b> findings" in page
    assert "<b>7</b> sources" in page
    assert "stop between output and pathway" in page
    assert 'href="/case-studies/jam-and-justice"' in page


def test_the_text_of_the_page_holds_every_node_and_claim(client: TestClient, store: Store) -> None:
    from impactgraph.graph import nodes_of, to_networkx

    page = client.get("/case-studies/jam-and-justice").text
    graph = to_networkx(store, "jam-and-justice")
    keys = [node.iri.removeprefix(graph.graph["case_study"] + "/") for node in nodes_of(graph)]
    assert len(keys) >= 24 + 1 + 30
    for key in keys:
        assert page.count(f'id="node={key}"') == 1, key


def test_stated_hides_other_links_and_says_how_many(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=stated").text
    assert re.search(r'<a href="\?basis=curated"[^>]*>\d+ curated links hidden: show</a>', page)
    assert 'class="basis b-curated"' not in page
    assert 'class="basis b-inferred"' not in page
    written = re.search(r'<script type="application/json" id="data">(.*?)</script>', page, re.S)
    assert written
    data = json.loads(written[1])
    assert {stroke["basis"] for stroke in data["picture"]["strokes"]} == {"stated"}
    assert {edge["basis"] for edge in data["edges"]} == {"stated"}


def test_the_default_is_curated_and_the_page_says_so(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    assert re.search(r'data-basis="curated"[^>]*aria-current="true"', page)
    assert "The default, as a person has curated this" in page
    assert "complete chain" not in page


def test_a_bad_basis_gets_a_page_that_says_what_is_allowed(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=x", headers=HTML)
    assert page.status_code == 400
    assert "stated, curated or inferred" in page.text
    assert '<a href="/case-studies/jam-and-justice">The page under its default basis' in page.text


def test_an_unknown_case_study_gets_a_page_that_lists_those_there_are(client: TestClient) -> None:
    page = client.get("/case-studies/<b>none", headers=HTML)
    assert page.status_code == 404
    assert "<b>none" not in page.text
    assert "<h1>No case study of that name</h1>" in page.text
    assert re.search(r'<li><a href="/case-studies/jam-and-justice">Jam and Justice', page.text)
    assert "impactgraph list" not in page.text
    problem = client.get("/case-studies/none").json()
    assert problem["title"] == "Not found"


@pytest.mark.parametrize("rest", ["", "/picture.svg"])
def test_a_slug_in_other_case_leads_to_the_case_study(client: TestClient, rest: str) -> None:
    answer = client.get(f"/case-studies/Jam-And-JUSTICE{rest}?basis=stated", follow_redirects=False)
    assert answer.status_code == 308
    assert answer.headers["location"] == f"/case-studies/jam-and-justice{rest}?basis=stated"


def test_the_picture_alone_shows_what_the_basis_admits(client: TestClient) -> None:
    drawn = {basis: client.get(PICTURE, params={"basis": basis}) for basis in ("stated", "curated")}
    for answer in drawn.values():
        assert answer.headers["content-type"] == "image/svg+xml"
        assert answer.text.startswith("<svg")
    assert 'stroke-dasharray="9 4"' in drawn["curated"].text
    assert 'stroke-dasharray="9 4"' not in drawn["stated"].text
    assert client.get(PICTURE).text == drawn["curated"].text
    assert client.get(PICTURE, params={"basis": "x"}).status_code == 400


def count_gaps(client: TestClient, level: str) -> str:
    gaps = client.get("/api/case-studies/jam-and-justice/gaps", params={"basis": level}).json()
    severities = [gap["severity"] for gap in gaps["gaps"]]
    grave = severities.count("high") + severities.count("medium")
    return f"Gaps {grave} , {len(severities) - grave} slight"


def test_the_header_counts_claims_by_level_and_grave_gaps_apart(client: TestClient) -> None:
    said = {}
    for level in ("stated", "curated", "inferred"):
        page = client.get("/case-studies/jam-and-justice", params={"basis": level}).text
        stats = page.partition('<dl class="stats">')[2].partition("</dl>")[0]
        said[level] = " ".join(re.sub(r"<[^>]+>", " ", stats).split())
    assert f"of 45 25 stated {count_gaps(client, 'stated')}" in said["stated"]
    counted = count_gaps(client, "curated")
    assert f"25 stated , 31 with curation {counted}" in said["curated"]
    assert f"25 stated , 31 with curation , 41 probable {counted}" in said["inferred"]


def test_a_gap_of_the_whole_case_study_opens_to_the_single_ones(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=stated").text
    whole = page.partition("The research is credited as a whole")[2].partition("</details>")[0]
    assert '<details class="gathered"><summary>8 single gaps</summary>' in whole
    assert whole.count("<li>") == 8
    card = page.partition('id="node=output/1"')[2].partition("</article>")[0]
    assert "No stated step leads on from output 1" in card
    paper = page.partition('<section class="paper">\n<h2>Gaps</h2>')[2]
    assert "credited as a whole for impacts 1, 2, 3 and 4" in paper
    assert "<details" not in paper.partition("</section>")[0]


def test_the_inferred_view_says_what_it_adds(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=inferred").text
    assert "adds 10 probable sources, inside claims" in page
    assert "Only a probable source (low): <a" in page
    assert "probable link:" not in page, "no box beneath it says that there is none"


def test_an_impact_lists_claims_without_source_first(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    impact = page.partition('<article class="node s-impact"')[2].partition("</article>")[0]
    heading, _, rest = impact.partition("3 of 16 claims without source")
    assert heading
    bare, _, folded = rest.partition('<details class="sourced">')
    assert [part.count('<li class="claim"') for part in (bare, folded)] == [3, 13]
    assert re.findall(r"No source \((\w+)\)", bare) == ["medium", "medium", "low"]
    assert bare.count("To fix it:") == 1
    assert "No source" not in folded


def test_the_key_sentence_is_the_stated_one_and_each_finding_has_its_ways(
    client: TestClient,
) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    impact = page.partition('id="node=impact/3"')[2].partition("</article>")[0]
    sentence = impact.partition('<p class="sentence">')[2].partition("</p>")[0]
    assert (
        "joins no finding to it; it states that pathways 1, 2 and 3 together led to it" in sentence
    )
    assert "curated" not in sentence
    table = impact.partition('<table class="influences">')[2].partition("</table>")[0]
    rows = [
        " ".join(re.sub(r"<[^>]+>", " ", row).split())
        for row in re.findall(r"<tr>.*?</tr>", table, re.DOTALL)[1:]
    ]
    starts = [
        "Finding b, directly curated, 0.50 it has",
        "Finding d → pathway 3 a pathway that the document joins to all impacts together curated, ",
        "Finding d, directly curated, 0.45 its",
    ]
    assert len(rows) == len(starts)
    assert all(row.startswith(start) for row, start in zip(rows, starts, strict=True))


def test_confidence_has_one_notation(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice?basis=inferred").text
    assert "</svg>curated, 0.75</span>" in page
    assert "</svg>inferred, 0.60</span>" in page
    assert "% sure" not in page
    assert "nothing about how well it is evidenced" in page


def test_the_matrix_is_a_table_that_leads_to_the_chains(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    table = page.partition('<table class="matrix-table">')[2].partition("</table>")[0]
    rows = re.findall(r"<tr>.*?</tr>", table, re.DOTALL)
    assert len(rows) == 1 + 5 + 2
    cells = re.findall(r'<a href="([^"]+)">(curated, 0\.\d\d)</a>', table)
    chains = "/case-studies/jam-and-justice/chains?from=finding/d&amp;to=impact/3"
    assert (chains, "curated, 0.75") in cells
    assert re.findall(r"<td>(\d of \d+)</td>", rows[-1]) == [
        "3 of 16",
        "4 of 11",
        "2 of 7",
        "3 of 7",
    ]
    assert "The strongest chains of finding d all go through pathway 3" in page


def test_places_are_sections_and_their_characters_are_secondary(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    assert re.search(r'<footer title="characters \d+–\d+ of the document">section 4<', page)
    assert not re.search(r">[^<]*characters \d", page)


def test_quotes_bear_no_markup(client: TestClient) -> None:
    page = client.get("/case-studies/jam-and-justice").text
    quotes = re.findall(r"<blockquote[^>]*><p>(.*?)</p>", page)
    assert len(quotes) > 100
    assert all(one.startswith("“") and one.endswith("”") for one in quotes)
    assert not [one for one in quotes if re.search(r"\*|&lt;|&#34;|“.*“", one)]


def test_the_api_page_lists_the_routes_and_loads_nothing(client: TestClient) -> None:
    page = client.get("/api").text
    assert "/api/case-studies/{slug}/chains" in page
    assert "<script" not in page
    assert client.get("/docs").status_code == 404
    assert client.get("/redoc").status_code == 404


def test_vis_network_is_served_from_pyvis_own_folder(client: TestClient) -> None:
    answer = client.get("/static/vis/vis-network.min.js")
    assert answer.status_code == 200
    assert "@version 9.1.2" in answer.text[:600]


def test_a_defect_is_a_problem_that_gives_nothing_away(store: Store) -> None:
    app = create_app(store)

    @app.get("/defect")
    def fail() -> None:
        raise RuntimeError("a secret")

    client = TestClient(app, raise_server_exceptions=False)
    answer = client.get("/defect")
    assert answer.status_code == 500
    assert answer.headers["content-type"] == "application/problem+json"
    assert answer.headers["content-security-policy"] == POLICY
    assert "secret" not in answer.text


def test_the_service_works_below_a_path(store: Store) -> None:
    client = TestClient(create_app(store), root_path="/impact")
    page = client.get("/impact/").text
    assert 'href="/impact/case-studies/jam-and-justice"' in page
    assert 'href="/impact/static/css/site.css"' in page
    form = client.get("/impact/sparql", headers=HTML)
    assert 'action="/impact/sparql#result"' in form.text
