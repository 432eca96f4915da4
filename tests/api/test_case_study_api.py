from __future__ import annotations

from typing import Any

import pytest
from fastapi.testclient import TestClient

from impactgraph.gaps import KINDS

BASE = "/api/case-studies/jam-and-justice"


def get(client: TestClient, path: str, **params: Any) -> Any:
    answer = client.get(path, params=params)
    assert answer.status_code == 200, answer.text
    assert answer.headers["content-type"] == "application/json"
    return answer.json()


def test_the_list_and_the_single_case_study_agree(client: TestClient) -> None:
    (entry,) = get(client, "/api/case-studies")["case_studies"]
    assert entry == get(client, BASE)
    assert entry["slug"] == "jam-and-justice"
    assert entry["institution"] == "University of Manchester"
    assert entry["unit_of_assessment"].startswith("19 ")
    assert entry["counts"] == {"finding": 5, "output": 5, "pathway": 3, "impact": 4, "source": 7}
    assert entry["default_basis"] == "curated"
    assert entry["headline"]["reached_stated"] == 0
    assert entry["headline"]["stops"] == "between output and pathway"


def test_the_list_has_pages(client: TestClient) -> None:
    first = get(client, "/api/case-studies", limit=1)
    assert (first["total"], first["page"], first["pages"]) == (1, 1, 1)
    beyond = get(client, "/api/case-studies", page=2)
    assert beyond == {"case_studies": [], "total": 1, "page": 2, "pages": 1}


@pytest.mark.parametrize("level", ["stated", "curated", "inferred"])
def test_no_link_shows_beyond_the_level_asked_for(client: TestClient, level: str) -> None:
    admitted = ["stated", "curated", "inferred"]
    admitted = admitted[: admitted.index(level) + 1]
    graph = get(client, f"{BASE}/graph", basis=level)
    assert {link["basis"] for link in graph["links"]} == set(admitted)
    for chain in get(client, f"{BASE}/chains", basis=level)["chains"]:
        assert {link["basis"] for link in chain["links"]} <= set(admitted)


def test_stated_chains_from_findings_stop_at_an_output(client: TestClient) -> None:
    chains = get(client, f"{BASE}/chains", basis="stated")["chains"]
    starting = [chain for chain in chains if chain["start"] == "finding"]
    assert len(starting) == 7
    assert {chain["stop"] for chain in starting} == {"output"}


def test_twelve_collective_steps_lead_from_pathways_to_impacts(client: TestClient) -> None:
    links = get(client, f"{BASE}/graph", basis="stated")["links"]
    led = [link for link in links if link["step"] == "ledTo"]
    assert len(led) == 12
    assert all(link["collective"] for link in led)


def test_chains_between_two_nodes(client: TestClient) -> None:
    answer = get(client, f"{BASE}/chains", **{"from": "finding/d", "to": "impact/1"})
    assert answer["total"] == len(answer["chains"]) > 0
    for chain in answer["chains"]:
        assert chain["nodes"][0]["iri"].endswith("/finding/d")
        assert chain["nodes"][-1]["iri"].endswith("/impact/1")
    iri = answer["chains"][0]["nodes"][0]["iri"]
    assert get(client, f"{BASE}/chains", **{"from": iri, "to": "impact/1"}) == answer


def test_chains_are_bounded_and_say_so(client: TestClient) -> None:
    whole = get(client, f"{BASE}/chains")
    assert not whole["truncated"]
    some = get(client, f"{BASE}/chains", limit=3)
    assert some["truncated"]
    assert some["total"] == whole["total"]
    assert some["chains"] == whole["chains"][:3]


def test_complete_chains_touch_all_stages(client: TestClient) -> None:
    for level in ("stated", "curated"):
        answer = get(client, f"{BASE}/chains", complete=True, basis=level)
        assert all(chain["complete"] and not chain["skipped"] for chain in answer["chains"])
        assert answer["total"] == len(answer["chains"])


def test_gaps_name_reason_and_remedy(client: TestClient) -> None:
    gaps = get(client, f"{BASE}/gaps")["gaps"]
    assert gaps
    assert all(gap["reason"] and gap["remedy"] for gap in gaps)
    kinds = {gap["kind"] for gap in gaps}
    single = [*gaps, *(member for gap in gaps for member in gap["members"])]
    for kind in kinds:
        some = get(client, f"{BASE}/gaps", kind=kind)["gaps"]
        expected = [gap for gap in single if gap["kind"] == kind]
        assert sorted(map(str, some)) == sorted(map(str, expected))


def test_every_kind_of_gap_can_be_asked_for_at_once(client: TestClient) -> None:
    usual = {gap["kind"] for gap in get(client, f"{BASE}/gaps")["gaps"]}
    every = {gap["kind"] for gap in get(client, f"{BASE}/gaps", all_kinds=True)["gaps"]}
    assert usual == {kind for kind in every if KINDS[kind].default_on}


def test_the_description_lists_the_kinds_of_gap(client: TestClient) -> None:
    described = get(client, "/openapi.json")
    gap = described["components"]["schemas"]["Gap"]
    assert gap["properties"]["kind"]["enum"] == list(KINDS)
    parameters = described["paths"]["/api/case-studies/{slug}/gaps"]["get"]["parameters"]
    (asked,) = (one["schema"] for one in parameters if one["name"] == "kind")
    assert str(list(KINDS)) in str(asked)


def test_the_matrix_has_a_row_for_each_finding(client: TestClient) -> None:
    matrix = get(client, f"{BASE}/matrix")
    assert [len(row) for row in matrix["cells"]] == [4] * 5
    stated = get(client, f"{BASE}/matrix", basis="stated")
    assert all(cell["chain_count"] == 0 for row in stated["cells"] for cell in row)


def test_underpinnings_come_as_data_and_as_sentences(client: TestClient) -> None:
    answer = get(client, f"{BASE}/underpinnings")
    assert [len(answer["impacts"]), len(answer["findings"])] == [4, 5]
    assert all("credits the research as a whole" in one["sentence"] for one in answer["impacts"])
    assert len(get(client, f"{BASE}/underpinnings", impact="2")["impacts"]) == 1


@pytest.mark.parametrize(
    ("path", "status", "said"),
    [
        (f"{BASE}/graph?basis=guessed", 400, "'stated', 'curated' or 'inferred'"),
        (f"{BASE}/chains?from=finding/z", 404, "finding/a"),
        (f"{BASE}/chains?limit=0", 400, "greater than or equal to 1"),
        (f"{BASE}/gaps?kind=nonsense", 404, "nothing-after"),
        ("/api/case-studies/none", 404, "none"),
        ("/api/case-studies/none/graph", 404, "none"),
        ("/api/nothing", 404, "/api"),
    ],
)
def test_a_bad_request_is_told_what_is_allowed(
    client: TestClient, path: str, status: int, said: str
) -> None:
    answer = client.get(path, headers={"Accept": "text/html"})
    assert answer.status_code == status
    assert answer.headers["content-type"] == "application/problem+json"
    problem = answer.json()
    assert said in problem["detail"]
    assert problem["status"] == status
    assert problem["type"].startswith("https://w3id.org/impactgraph/problems/")


def test_the_openapi_description_has_a_shape_for_every_answer(client: TestClient) -> None:
    paths = get(client, "/openapi.json")["paths"]
    answers = [path for path in paths if path.startswith("/api/") and "get" in paths[path]]
    assert len(answers) == 14
    for path in answers:
        content = paths[path]["get"]["responses"]["200"]["content"]["application/json"]
        assert "$ref" in content["schema"], path
