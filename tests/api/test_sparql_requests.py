from __future__ import annotations

from urllib.parse import quote, urlencode

import pytest

from impactgraph_api.problem import ProblemError
from impactgraph_api.settings import Settings
from impactgraph_api.sparql.formats import FORMAT_NAMES, choose_formats
from impactgraph_api.sparql.operations import Dataset, QueryOperation, UpdateOperation
from impactgraph_api.sparql.requests import (
    KNOWN_PREFIXES,
    BodyKind,
    classify_body,
    read_body_request,
    read_url_request,
)

SETTINGS = Settings(query_timeout=30, query_length=2000)
G, H = "http://example.org/g", "http://example.org/h"


def get(*pairs: tuple[str, str]) -> QueryOperation | UpdateOperation | None:
    return read_url_request(urlencode(pairs).encode(), SETTINGS).operation


def post(
    kind: BodyKind, body: str | bytes, *pairs: tuple[str, str]
) -> QueryOperation | UpdateOperation | None:
    content = body.encode() if isinstance(body, str) else body
    return read_body_request(kind, urlencode(pairs).encode(), content, SETTINGS).operation


def status_of(error: pytest.ExceptionInfo[ProblemError]) -> int:
    return int(error.value.problem.status)


def test_the_three_forms_of_a_query_are_one_operation() -> None:
    text = 'ASK { ?s ?p "ä +&=%;\n" }'
    wanted = QueryOperation(text=text, dataset=Dataset(default=(G, H), named=(H,)), seconds=1.5)
    graphs = (
        ("default-graph-uri", G),
        ("default-graph-uri", H),
        ("named-graph-uri", H),
        ("timeout", "1.5"),
    )
    assert get(("query", text), *graphs) == wanted
    assert post("query", text, *graphs) == wanted
    assert post("form", urlencode([("query", text), *graphs])) == wanted
    assert post("form", urlencode({"query": text}), *graphs) == wanted


def test_the_two_forms_of_an_update_are_one_operation() -> None:
    text = "CLEAR DEFAULT ; CLEAR NAMED"
    wanted = UpdateOperation(text=text, using=(G, H), using_named=(H,))
    graphs = (
        ("using-graph-uri", G),
        ("using-graph-uri", H),
        ("using-named-graph-uri", H),
    )
    assert post("update", text, *graphs) == wanted
    assert post("form", urlencode([("update", text), *graphs])) == wanted
    assert post("form", urlencode({"update": text}), *graphs) == wanted


def test_who_names_graphs_of_one_kind_has_none_of_the_other() -> None:
    assert get(("query", "ASK {}")) == QueryOperation(text="ASK {}")
    named = get(("query", "ASK {}"), ("named-graph-uri", G))
    assert named == QueryOperation(text="ASK {}", dataset=Dataset(default=(), named=(G,)))
    default = get(("query", "ASK {}"), ("default-graph-uri", G))
    assert default == QueryOperation(text="ASK {}", dataset=Dataset(default=(G,), named=()))
    assert get(("query", "ASK {}"), ("default-graph-uri", "")) == QueryOperation(text="ASK {}")


@pytest.mark.parametrize(
    "query_string", [b"", b"query=", b"query=%20%0A", b"format=turtle", b"x=y"]
)
def test_a_get_may_ask_nothing(query_string: bytes) -> None:
    assert read_url_request(query_string, SETTINGS).operation is None


def test_parameters_of_others_are_passed_over() -> None:
    request = read_url_request(b"query=ASK{}&_=1&output=json&format=json", SETTINGS)
    assert request.operation == QueryOperation(text="ASK{}")
    assert request.format == "json"


def test_raw_utf8_in_a_url_is_read() -> None:
    operation = read_url_request("query=ASK{?s ?p 'ä€😀'}".encode(), SETTINGS).operation
    assert operation == QueryOperation(text="ASK{?s ?p 'ä€😀'}")


@pytest.mark.parametrize(
    "query_string",
    [
        "query=ASK{}&query=ASK{}",
        "query=ASK{}&format=json&format=xml",
        "query=ASK{}&timeout=1&timeout=2",
        "update=CLEAR+ALL",
        "query=ASK{}&update=CLEAR+ALL",
        "query=ASK%20%FF",
        "query=%ED%A0%80",
        "query=ASK{}&default-graph-uri=relative",
        "query=ASK{}&named-graph-uri=http://example.org/a b",
        "query=ASK{}&using-graph-uri=" + quote(G),
        "query=ASK{}&timeout=0",
        "query=ASK{}&timeout=-1",
        "query=ASK{}&timeout=nan",
        "query=ASK{}&timeout=soon",
        "query=ASK{}&prefixes=mine",
    ],
)
def test_a_url_that_is_no_query_operation_is_malformed(query_string: str) -> None:
    with pytest.raises(ProblemError) as error:
        read_url_request(query_string.encode(), SETTINGS)
    assert status_of(error) == 400


def test_fields_beyond_number_are_malformed() -> None:
    with pytest.raises(ProblemError) as error:
        read_url_request(b"query=ASK{}" + b"&a=b" * 5000, Settings())
    assert status_of(error) == 400


def test_raw_bytes_that_are_no_utf8_are_malformed() -> None:
    with pytest.raises(ProblemError) as error:
        read_url_request(b"query=ASK{\xff}", SETTINGS)
    assert status_of(error) == 400


@pytest.mark.parametrize(
    ("kind", "body", "query_string"),
    [
        ("form", "query=ASK{}&query=ASK{}", ""),
        ("form", "query=ASK{}&update=CLEAR+ALL", ""),
        ("form", "update=CLEAR+ALL&update=CLEAR+ALL", ""),
        ("form", "text=ASK{}", ""),
        ("form", "", ""),
        ("form", "", "query=ASK{}"),
        ("form", "query=%FF", ""),
        ("query", "ASK {}", "query=ASK{}"),
        ("query", "ASK {}", "update=CLEAR+ALL"),
        ("query", b"ASK { \xff }", ""),
        ("query", "ASK {}".encode("utf-16"), ""),
        ("query", "", ""),
        ("query", "ASK {}", "using-graph-uri=" + quote(G)),
        ("update", "CLEAR ALL", "update=CLEAR+ALL"),
        ("update", b"CLEAR ALL # \xff", ""),
        ("update", "CLEAR ALL", "default-graph-uri=" + quote(G)),
        ("update", "CLEAR ALL", "using-graph-uri=relative"),
    ],
)
def test_a_post_that_is_no_operation_is_malformed(
    kind: BodyKind, body: str | bytes, query_string: str
) -> None:
    content = body.encode() if isinstance(body, str) else body
    with pytest.raises(ProblemError) as error:
        read_body_request(kind, query_string.encode(), content, SETTINGS)
    assert status_of(error) == 400


def test_what_is_too_long_is_told_so_by_its_form() -> None:
    text = "ASK {} #" + "ä" * 1000
    with pytest.raises(ProblemError) as error:
        get(("query", text))
    assert status_of(error) == 414
    with pytest.raises(ProblemError) as error:
        post("query", text)
    assert status_of(error) == 413
    assert "2000 bytes" in str(error.value)
    assert post("update", "#" * 3000 + "\nCLEAR ALL") is not None


def test_a_deadline_past_the_services_own_is_the_services_own() -> None:
    for value in ("30", "31", "inf", "1e9"):
        assert get(("query", "ASK {}"), ("timeout", value)) == QueryOperation(text="ASK {}")


def test_known_prefixes_are_declared_only_for_who_asks() -> None:
    request = read_url_request(b"query=ASK+{}&prefixes=known", SETTINGS)
    assert request.operation == QueryOperation(text=f"{KNOWN_PREFIXES} ASK {{}}")
    assert request.written == "ASK {}"
    assert "\n" not in KNOWN_PREFIXES
    assert "PREFIX ig: <https://w3id.org/impactgraph/ontology#>" in KNOWN_PREFIXES


@pytest.mark.parametrize(
    ("content_type", "kind"),
    [
        ("application/sparql-query", "query"),
        ('Application/SPARQL-Update ; Charset="UTF-8"', "update"),
        ("application/x-www-form-urlencoded;charset=utf-8", "form"),
    ],
)
def test_the_type_of_a_body_says_what_it_is(content_type: str, kind: str) -> None:
    assert classify_body(content_type) == kind


@pytest.mark.parametrize(
    "content_type",
    [None, "", "text/plain", "application/json", "application/sparql-query; charset=UTF-16"],
)
def test_another_type_is_not_supported(content_type: str | None) -> None:
    with pytest.raises(ProblemError) as error:
        classify_body(content_type)
    assert status_of(error) == 415
    assert "application/sparql-update" in error.value.problem.headers["Accept-Post"]


@pytest.mark.parametrize(
    ("name", "solutions", "graphs"),
    [
        ("json", "json", "jsonld"),
        ("XML", "xml", "rdfxml"),
        ("csv", "csv", None),
        ("n3", None, "turtle"),
        ("rdf xml", None, "rdfxml"),
        ("application/sparql-results+xml", "xml", None),
        ("application/rdf+xml", None, "rdfxml"),
        ("text/turtle", None, "turtle"),
    ],
)
def test_a_format_by_name_goes_before_the_accept_header(
    name: str, solutions: str | None, graphs: str | None
) -> None:
    formats = choose_formats("text/tab-separated-values", name)
    assert (formats.solutions.name if formats.solutions else None) == solutions
    assert (formats.graphs.name if formats.graphs else None) == graphs
    assert not formats.page


def test_html_by_name_is_a_page() -> None:
    assert choose_formats("text/csv", "html").page
    assert choose_formats("text/csv", "text/html").page


def test_an_unknown_format_is_told_those_that_are_known() -> None:
    with pytest.raises(ProblemError, match="turtle") as error:
        choose_formats(None, "parquet")
    assert status_of(error) == 400
    assert set(FORMAT_NAMES) >= {"json", "xml", "csv", "tsv", "turtle", "ntriples", "jsonld"}


def test_a_client_that_accepts_nothing_is_told_what_there_is() -> None:
    with pytest.raises(ProblemError, match="text/csv") as error:
        choose_formats("image/png", None)
    assert status_of(error) == 406
