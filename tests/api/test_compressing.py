from __future__ import annotations

import pytest
from starlette.testclient import TestClient

PAGE = "/case-studies/jam-and-justice"
STYLE = "/static/css/site.css"


@pytest.mark.parametrize(("accepted", "coding"), [("gzip, br", "br"), ("br;q=0, gzip", "gzip")])
@pytest.mark.parametrize(
    "path", [PAGE, f"{PAGE}/picture.svg", STYLE, "/static/vis/vis-network.min.js"]
)
def test_what_a_browser_opens_is_compressed_where_it_takes_that(
    client: TestClient, path: str, accepted: str, coding: str
) -> None:
    whole = client.get(path, headers={"Accept-Encoding": "identity"})
    packed = client.get(path, headers={"Accept-Encoding": accepted})
    assert "content-encoding" not in whole.headers
    assert packed.headers["content-encoding"] == coding
    assert "Accept-Encoding" in packed.headers["vary"]
    assert "Accept-Encoding" in whole.headers["vary"]
    assert packed.content == whole.content
    assert int(packed.headers["content-length"]) * 2 < len(whole.content)


def test_each_form_of_a_file_has_a_validator_of_its_own(client: TestClient) -> None:
    answers = [client.get(STYLE, headers={"Accept-Encoding": one}) for one in ("br", "gzip", "")]
    assert len({answer.headers["etag"] for answer in answers}) == 3
    assert len({answer.content for answer in answers}) == 1


def test_a_client_that_refuses_gzip_gets_none(client: TestClient) -> None:
    for path in (PAGE, STYLE):
        answer = client.get(path, headers={"Accept-Encoding": "gzip;q=0"})
        assert "content-encoding" not in answer.headers


def test_nothing_is_compressed_for_a_request_with_a_token(client: TestClient) -> None:
    headers = {"Accept-Encoding": "gzip", "Authorization": "Bearer something"}
    assert "content-encoding" not in client.get(PAGE, headers=headers).headers


def test_data_goes_out_as_it_is(client: TestClient) -> None:
    answer = client.get("/api/case-studies", headers={"Accept-Encoding": "gzip"})
    assert answer.status_code == 200
    assert "content-encoding" not in answer.headers


def test_a_compressed_file_is_validated_by_itself(client: TestClient) -> None:
    packed = client.get(STYLE, headers={"Accept-Encoding": "gzip"})
    whole = client.get(STYLE, headers={"Accept-Encoding": "identity"})
    assert packed.headers["etag"] != whole.headers["etag"]
    again = client.get(
        STYLE, headers={"Accept-Encoding": "gzip", "If-None-Match": packed.headers["etag"]}
    )
    assert again.status_code == 304
    assert again.content == b""


def test_head_says_what_get_would_of_a_page(client: TestClient) -> None:
    head = client.head(PAGE, headers={"Accept-Encoding": "gzip"})
    assert head.headers["content-encoding"] == "gzip"
    assert head.content == b""
