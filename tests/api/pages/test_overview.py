from __future__ import annotations

import html
import re
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import parse_qsl, unquote, urlsplit

import pytest
from fastapi.testclient import TestClient
from rdflib import Literal, URIRef

from impactgraph.corpus import list_case_studies
from impactgraph.store import Store, open_store
from impactgraph.vocabulary import DCTERMS, SKOS
from impactgraph_api import create_app
from invented_store import COUNT, invent_store

HOSTILE = '<script>alert("quixotic")</script><img src=x onerror=alert(1)>\x02quixotic\x03'


@pytest.fixture(scope="module")
def many(tmp_path_factory: pytest.TempPathFactory) -> Iterator[TestClient]:
    store = open_store(invent_store(tmp_path_factory.mktemp("overview") / "store"))
    with TestClient(create_app(store)) as client:
        yield client


def titles(page: str) -> list[str]:
    return [
        html.unescape(re.sub("<.*?>", "", found))
        for found in re.findall(r'<h3 id="case-\d+">(.*?)</h3>', page)
    ]


def test_one_case_study_keeps_its_card(client: TestClient) -> None:
    page = client.get("/").text
    assert titles(page) == ["Jam and Justice: shaping policy through co-production"]
    assert 'class="button primary" href="/case-studies/jam-and-justice">See its chains<' in page
    assert "Narrow down" not in page
    assert "Commonest gaps" not in page
    assert "<h2" in page
    assert page.count("<h1") == 1


def test_many_are_paged_and_each_page_has_an_address(many: TestClient) -> None:
    first = many.get("/").text
    assert f">{COUNT} case studies<" in first
    assert len(titles(first)) == 20
    (following,) = re.findall(r'rel="next" href="([^"]+)"', first)
    second = many.get(html.unescape(following)).text
    assert len(titles(second)) == COUNT - 20
    assert 'rel="next"' not in second
    (back,) = re.findall(r'rel="prev" href="([^"]+)"', second)
    assert titles(many.get(html.unescape(back)).text) == titles(first)
    assert len({*titles(first), *titles(second)}) > 1


def test_each_value_of_a_facet_leads_to_as_many_as_it_says(many: TestClient) -> None:
    page = many.get("/").text
    found = re.findall(
        r'name="([\w-]+)" value="([^"]*)"> <span>[^<]*</span> <span class="n">(\d+)<', page
    )
    assert {name for name, _, _ in found} >= {"unit", "institution", "impact-type", "gap"}
    for name, value, count in found[::7]:
        narrowed = many.get("/", params={name: html.unescape(value)}).text
        assert re.search(rf">{count} case stud(y|ies)<", narrowed), (name, value)
        assert f'value="{value}" checked' in narrowed


def test_what_is_chosen_can_be_taken_away_again(many: TestClient) -> None:
    page = many.get("/?q=trust&year=2019&year=2018&sort=gaps").text
    ways = re.findall(r'<li><a href="/\?([^"#]*)#found">(\d{4}) <span', page)
    assert sorted(year for _, year in ways) == ["2018", "2019"]
    for query, year in ways:
        fields = parse_qsl(html.unescape(query))
        other = "2018" if year == "2019" else "2019"
        assert fields == [("q", "trust"), ("year", other), ("sort", "gaps")]


def test_the_commonest_gaps_lead_to_those_that_have_them(many: TestClient) -> None:
    page = many.get("/?q=trust").text
    bars = re.findall(
        r'<li><a href="([^"]+)">[^<]+</a><svg.*?</svg><span class="n">(\d+) case', page
    )
    assert 3 < len(bars) <= 10
    assert [int(count) for _, count in bars] == sorted(
        (int(count) for _, count in bars), reverse=True
    )
    for address, count in bars[:3]:
        split = urlsplit(html.unescape(address))
        assert dict(parse_qsl(split.query))["q"] == "trust"
        assert re.search(rf">{count} case stud", many.get(html.unescape(address)).text)


def test_stages_are_drawn_and_told(many: TestClient) -> None:
    page = many.get("/").text
    (label,) = re.findall(r'<svg class="passing"[^>]* aria-label="([^"]+)"', page)
    stages = [part.split(":")[0].strip() for part in label.split("; ")]
    assert stages == [
        "finding to output",
        "output to pathway",
        "pathway to impact",
        "impact to source",
    ]
    assert "of findings are reported in an output" in page


def test_questions_can_be_asked(client: TestClient) -> None:
    page = client.get("/").text
    queries = re.findall(r'href="(/sparql\?query=[^"#]+)#result"', page)
    assert len(queries) == 6
    assert "SELECT" in unquote(queries[0])
    assert client.get(html.unescape(queries[0]), headers={"Accept": "text/html"}).status_code == 200


def test_nothing_found_leads_on(many: TestClient) -> None:
    page = many.get("/?q=nowhere+whatsoever").text
    assert "None has all of this." in page
    assert 'href="/">Show all case studies' in page
    assert "There is no word" in many.get("/?q=***").text


def test_whatever_stands_in_a_text_or_an_address_is_text(tmp_path: Path) -> None:
    store = open_store(invent_store(tmp_path / "store"))
    _spoil(store)
    with TestClient(create_app(store), root_path="/deep") as client:
        for address in (
            "/?q=quixotic",
            "/",
            f"/?q={HOSTILE}".replace("\x02", "").replace("\x03", ""),
            f"/?institution={HOSTILE}&gap={HOSTILE}".replace("\x02", "").replace("\x03", ""),
            "/?sort=title&unit=%22%3E%3Cscript%3E",
        ):
            answer = client.get(f"/deep{address}")
            assert answer.status_code == 200
            assert not re.search(r"<script(?! type=\"module\" src)", answer.text)
            assert "<img" not in answer.text
        page = client.get("/deep/?q=quixotic").text
        assert "<mark>quixotic</mark>" in page
        assert "&lt;script&gt;" in page
        assert 'href="/deep/case-studies/' in page


def _spoil(store: Store) -> None:
    iri = list_case_studies(store)[0]
    node = next(
        row["n"].value
        for row in store.query(  # type: ignore[union-attr]
            f"SELECT ?n {{ ?n <{SKOS.notation}> ?x ; "
            f"<https://w3id.org/impactgraph/ontology#inCaseStudy> <{iri}> }}"
        )
    )
    said = [
        (URIRef(iri), DCTERMS.description, Literal(HOSTILE)),
        (URIRef(node), DCTERMS.description, Literal(HOSTILE)),
    ]
    store.write(lambda transaction: transaction.add(iri, said))


def test_an_empty_store_says_what_to_do(tmp_path: Path) -> None:
    with TestClient(create_app(open_store(tmp_path / "empty"))) as client:
        assert "The store is empty" in client.get("/").text
        assert "The store is empty" in client.get("/corpus").text
