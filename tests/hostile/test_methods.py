"""Every method and media type at every address: nothing answers 500, and refusals say why."""

from __future__ import annotations

import itertools

import httpx
import pytest

from serving import Service

METHODS = [
    "GET", "HEAD", "POST", "PUT", "DELETE", "OPTIONS", "PATCH", "TRACE", "CONNECT", "PROPFIND",
    "QUERY", "get", "FOO", "A" * 200,
]  # fmt: skip
PATHS = [
    "/", "/sparql", "/sparql/", "/sparql?query=ASK%7B%7D", "/sparql?update=DROP%20ALL",
    "/sparql?query=", "/sparql?query=a&query=b", "/rdf-graph-store", "/rdf-graph-store?default",
    "/rdf-graph-store?graph=", "/rdf-graph-store?graph=not%20an%20iri",
    "/rdf-graph-store?graph=relative",
    "/rdf-graph-store?default&graph=urn:g", "/rdf-graph-store?graph=urn:a&graph=urn:b",
    "/rdf-graph-store/", "/rdf-graph-store/some/graph", "/healthz", "/metrics", "/openapi.json",
    "/api", "/api/case-studies", "/api/case-studies/jam-and-justice/gaps?kind=nonsense",
    "/case-studies/jam-and-justice?basis=x", "/static/", "/nothing-here",
]  # fmt: skip
TYPES = [
    None, "", ";", "application/sparql-query", "application/sparql-update", "text/turtle",
    "application/x-www-form-urlencoded", "multipart/form-data", "multipart/form-data; boundary=x",
    "application/json", "text/plain; charset=utf-16", "text/turtle; charset=nonsense", "a/b/c",
    "*/*",
]  # fmt: skip
ACCEPTS = ["*/*", "text/html", "image/png", "nonsense", "text/turtle;q=x", "", "*/*;q=0"]


@pytest.mark.parametrize("path", PATHS)
def test_every_method_and_type(service: Service, path: str) -> None:
    with httpx.Client(base_url=service.url, timeout=30, trust_env=False, verify=False) as client:
        for method, kind in itertools.product(METHODS, TYPES):
            headers = {} if kind is None else {"Content-Type": kind}
            answer = client.request(method, path, content=b"\x00 no {", headers=headers)
            assert answer.status_code < 500, (method, path, kind, answer.text[:300])
            check_refusal(answer)


@pytest.mark.parametrize("path", [path for path in PATHS if "update=" not in path])
def test_every_method_with_a_token_and_another_accept(service: Service, path: str) -> None:
    with httpx.Client(
        base_url=service.url,
        timeout=30,
        trust_env=False,
        verify=False,
        headers=service.authorisation,
    ) as client:
        for method, accept in itertools.product(METHODS, ACCEPTS):
            if method == "DELETE" and path.startswith("/rdf-graph-store?default"):
                continue
            answer = client.request(
                method, path, content=b"no {", headers={"Accept": accept, "Content-Type": "a/b"}
            )
            assert answer.status_code < 500, (method, path, accept, answer.text[:300])


def check_refusal(answer: httpx.Response) -> None:
    """A refusal is a problem as JSON; 405 names what is allowed, 401 how to identify oneself."""
    if answer.status_code < 400 or answer.request.method == "HEAD" or not answer.content:
        return
    if answer.status_code == 405:
        assert answer.headers["Allow"]
    if answer.status_code == 401:
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")
    if answer.headers.get("Content-Type", "").startswith("application/problem+json"):
        assert answer.json()["status"] == answer.status_code
        assert answer.json()["title"]
    else:
        assert answer.status_code == 400, answer.headers  # told by the HTTP layer, before any route
        assert len(answer.content) < 200


@pytest.mark.parametrize("token", ["", "Bearer", "Bearer wrong", "Basic eDp5", "bearer  x y"])
def test_wrong_tokens_write_nothing(service: Service, token: str) -> None:
    for method, url, kind, content in (
        ("POST", service.sparql, "application/sparql-update", b"INSERT DATA { <urn:a> <urn:a> 1 }"),
        ("POST", service.sparql, "application/x-www-form-urlencoded", b"update=DROP+ALL"),
        ("PUT", f"{service.graph_store}?graph=urn:x", "text/turtle", b"<urn:a> <urn:a> 1 ."),
        ("POST", f"{service.graph_store}?graph=urn:x", "text/turtle", b"<urn:a> <urn:a> 1 ."),
        ("DELETE", f"{service.graph_store}?default", "text/turtle", b""),
    ):
        answer = httpx.request(
            method,
            url,
            content=content,
            headers={"Content-Type": kind, "Authorization": token},
            timeout=30,
            trust_env=False,
            verify=False,
        )
        assert answer.status_code == 401, (method, url, answer.text[:200])
        assert answer.headers["WWW-Authenticate"].startswith("Bearer")


def test_a_token_in_a_url_or_a_form_is_worth_nothing(service: Service) -> None:
    parameters = {"access_token": service.token or "", "token": service.token or ""}
    answer = httpx.post(
        service.sparql,
        data={"update": "DROP ALL", **parameters},
        params=parameters,
        trust_env=False,
        verify=False,
    )
    assert answer.status_code == 401
    assert service.token not in answer.text
