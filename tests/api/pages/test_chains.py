"""The chain explorer: what the form asks for is what is shown, however many chains there are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from typing import Any

import pytest
from fastapi.testclient import TestClient

from impactgraph.graph import CaseGraph
from impactgraph.store import Store
from impactgraph_api import create_app
from shipped import make_store
from small_case_studies import case_graph

PAGE = "/case-studies/jam-and-justice/chains"
HTML = {"Accept": "text/html"}


def told(page: str) -> list[str]:
    return re.findall(r'<p class="told">(.*?)</p>', page)


def test_the_pages_turn_through_the_chains_of_the_api_in_order(client: TestClient) -> None:
    chains = client.get(f"/api{PAGE}").json()["chains"]
    shown: list[str] = []
    address = f"{PAGE}?limit=25"
    while True:
        page = client.get(address).text
        shown += told(page)
        following = re.search(r'href="(\?[^"]+)" rel="next"', page)
        if following is None:
            break
        address = PAGE + following[1].replace("&amp;", "&")
    assert len(shown) == len(chains) > 50
    assert [sentence.partition(" (")[0] for sentence in shown] == [
        chain["sentence"].partition(" (")[0] for chain in chains
    ]


def test_from_and_to_are_chosen_in_the_form_and_kept(client: TestClient) -> None:
    page = client.get(PAGE, params={"from": "finding/d", "to": "impact/3"}).text
    assert "2 chains from finding d to impact 3" in page
    assert len(told(page)) == 2
    assert '<option value="finding/d" selected>' in page
    assert '<option value="impact/3" selected>' in page
    assert 'href="?basis=stated&amp;from=finding/d&amp;to=impact/3"' in page
    assert "the two that the finding sets against each other" in page, "the rationale"
    assert "“Decentralisation risks perpetuating pathologies”" in page, "the words"
    assert 'href="/case-studies/jam-and-justice#node=finding/d"' in page


def test_the_weakest_step_is_marked_by_words_and_form(client: TestClient) -> None:
    page = client.get(PAGE, params={"from": "finding/d", "to": "impact/3", "limit": "10"}).text
    first = page.partition('<p class="told">')[2].partition("</li>\n<li")[0]
    assert re.search(r'class="step weakest">.*?<b>weakest: curated, 0\.75</b>', first, re.DOTALL)
    assert first.count("weakest step</strong>") == 1


@pytest.mark.parametrize(
    ("params", "lengths"),
    [
        ({"least": "3"}, {3, 4}),
        ({"most": "1"}, {1}),
        ({"least": "2", "most": "2"}, {2}),
        ({"complete": "true"}, {4}),
    ],
)
def test_length_and_completeness_are_kept_to(
    client: TestClient, params: dict[str, str], lengths: set[int]
) -> None:
    chains = client.get(f"/api{PAGE}", params={"basis": "inferred"}).json()["chains"]
    wanted = [chain for chain in chains if len(chain["links"]) in lengths]
    page = client.get(PAGE, params={"basis": "inferred", "limit": "100", **params}).text
    assert f'<h2 id="found">{len(wanted) or "No"} chain' in page
    assert len(told(page)) == len(wanted)


def test_where_there_is_none_the_page_says_under_which_links_there_are(client: TestClient) -> None:
    page = client.get(PAGE, params={"basis": "stated", "from": "finding/d", "to": "impact/3"}).text
    assert "No chain from finding d to impact 3" in page
    assert "There are 2 under curated links" in page
    assert told(page) == []


@pytest.mark.parametrize(
    ("query", "status", "said"),
    [
        ("from=finding/zz", 404, "has no node"),
        ("to=<script>alert(1)</script>", 404, "has no node"),
        ("least=3&most=2", 400, "at least 3 steps and at most 2"),
        ("least=x", 400, "Least"),
        ("limit=1000000", 400, "Limit"),
        ("page=5000&limit=100", 400, "strongest chains are listed"),
    ],
)
def test_what_cannot_be_asked_for_gets_a_page_that_says_so(
    client: TestClient, query: str, status: int, said: str
) -> None:
    answer = client.get(f"{PAGE}?{query}", headers=HTML)
    assert answer.status_code == status
    assert said in answer.text
    assert "<script>alert" not in answer.text


@pytest.fixture(scope="module")
def wide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[TestClient, int]]:
    """A case study with more chains than anybody could list: 40 ** 5."""
    width, stages = 40, ("finding", "output", "pathway", "impact", "source")
    steps = ("reportedIn", "carriedBy", "ledTo", "corroboratedBy")
    graph = case_graph(
        *(
            f"{before} {one} {step} {after} {other}"
            for before, step, after in zip(stages, steps, stages[1:], strict=False)
            for one in range(1, width + 1)
            for other in range(1, width + 1)
        )
    )
    store: Store = make_store(tmp_path_factory.mktemp("wide") / "store")
    app = create_app(store)
    read = app.state.readings.graph

    def give(slug: str) -> CaseGraph:
        return graph if slug == "jam-and-justice" else read(slug)

    app.state.readings.graph = give
    with TestClient(app) as client:
        yield client, width**5


def test_very_many_chains_are_counted_and_the_strongest_shown(
    wide: tuple[TestClient, int],
) -> None:
    client, number = wide
    page: Any = client.get(f"{PAGE}?basis=stated&limit=25")
    assert page.status_code == 200
    assert f"{number:,} chains" in page.text
    assert len(told(page.text)) == 25
    assert "The 10,000 strongest can be listed" in page.text
    last = client.get(f"{PAGE}?basis=stated&limit=100&page=100")
    assert len(told(last.text)) == 100
    assert 'rel="next"' not in last.text
