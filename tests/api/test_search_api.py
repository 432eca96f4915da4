from __future__ import annotations

import pytest
from fastapi.testclient import TestClient


def test_words_lead_to_nodes(client: TestClient) -> None:
    found = client.get("/api/search", params={"q": "procurement"}).json()
    assert found["words"] == ["procurement"]
    assert (found["total"], found["page"], found["pages"]) == (1, 1, 1)
    assert found["up_to_date"] is True
    (case,) = found["case_studies"]
    assert case["slug"] == "jam-and-justice"
    assert case["counts"] == {"finding": 5, "output": 5, "pathway": 3, "impact": 4, "source": 7}
    assert case["reached"] == {"stated": 0, "curated": 4}
    assert case["stops"] == "between output and pathway"
    assert len(case["hits"]) == 3
    for hit in case["hits"]:
        assert hit["iri"].startswith("https://w3id.org/impactgraph/id/jam-and-justice/")
        marked = [piece["text"].lower() for piece in hit["label"] + hit["words"] if piece["match"]]
        assert marked
        assert all(text.startswith("procurement") for text in marked)


def test_facets_narrow_down_and_count(client: TestClient) -> None:
    all_of_it = client.get("/api/search").json()
    assert all_of_it["total"] == 1
    assert set(all_of_it["facets"]) == {
        "institution",
        "unit",
        "impact-type",
        "gap",
        "year",
        "exercise",
    }
    (institution,) = all_of_it["facets"]["institution"]
    assert (institution["value"], institution["count"]) == ("University of Manchester", 1)
    none = client.get("/api/search", params={"year": "1850"}).json()
    assert none["total"] == 0
    assert {"value": "1850", "label": "1850", "count": 0, "chosen": True} in none["facets"]["year"]
    both = client.get("/api/search", params={"year": ["1850", "2019"]}).json()
    assert both["total"] == 1


@pytest.mark.parametrize("text", ['"', "NEAR(", "a AND", "*", "\x00", "%", "title:x", "x" * 400])
def test_any_text_is_a_search(client: TestClient, text: str) -> None:
    assert client.get("/api/search", params={"q": text}).status_code == 200


@pytest.mark.parametrize(
    "wrong",
    [
        {"q": "x" * 401},
        {"page": "0"},
        {"page": "many"},
        {"page": "9" * 30},
        {"sort": "nothing"},
        {"gap": "x" * 301},
        {"year": [str(year) for year in range(60)]},
    ],
)
def test_what_cannot_be_is_a_problem(client: TestClient, wrong: dict[str, str]) -> None:
    answer = client.get("/api/search", params=wrong)
    assert answer.status_code == 400
    assert answer.headers["content-type"] == "application/problem+json"


def test_it_is_described(client: TestClient) -> None:
    described = client.get("/openapi.json").json()["paths"]["/api/search"]["get"]
    names = {parameter["name"] for parameter in described["parameters"]}
    assert names == {
        "q",
        "institution",
        "unit",
        "impact-type",
        "gap",
        "year",
        "exercise",
        "sort",
        "page",
    }
    assert all(parameter["description"] for parameter in described["parameters"])
