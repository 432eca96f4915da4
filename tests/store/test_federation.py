"""Federated queries are refused, whatever is done to hide them; the word alone harms nothing."""

from __future__ import annotations

import re
import time

import pyoxigraph as ox
import pytest
from hypothesis import given
from hypothesis import strategies as st

from impactgraph.errors import QueryError
from impactgraph.store import refuse_service

# Port 1 is refused by the engine before anything reaches the network.
PREFIXES = (
    "PREFIX ex: <http://127.0.0.1:1/> PREFIX : <http://127.0.0.1:1/> "
    "PREFIX service: <http://127.0.0.1:1/> PREFIX SERVICE: <http://127.0.0.1:1/> "
)
CLAUSE = "SERVICE <http://127.0.0.1:1/> { ?s ?p ?o }"
BARE_KEYWORD = re.compile("service", re.IGNORECASE)

HARMLESS_TERMS = [
    "'SERVICE <http://127.0.0.1:1/> {}'",
    '"it\'s a SERVICE ?x {"',
    "'''a 'SERVICE ?x {' # \n '' \\''''",
    '"""a "SERVICE ?x {" # \r\n "" \\""""',
    "'\\\\'",
    "''",
    "'x'@en-service",
    "<http://127.0.0.1:1/SERVICE>",
    "<http://127.0.0.1:1/service?x=1#service>",
    "<http://127.0.0.1:1/it's#'service>",
    "<urn:example:service>",
    "ex:SERVICE",
    "ex:a-service",
    "ex:web.service",
    "ex:a\\'service",
    "ex:%20service",
    ":service",
    "service:SERVICE",
    "?service",
    "$SERVICE",
    "1.5",
    "'service'^^ex:service",
]
HARMLESS_TRIVIA = [" ", "\n", "\r\n", "# SERVICE <http://127.0.0.1:1/> {} ' \"\n", "#'\r\n\t"]
HARMLESS_CLAUSES = [
    "FILTER(?a < 3 && 4 > ?a)",
    "FILTER(?a<?b||?b>?a)",
    "FILTER(CONTAINS(STR(?service), 'SERVICE ?x {'))",
    "FILTER(STR(?service) != 'SERVICE')",
    "OPTIONAL { ?s ex:service ?service }",
]

# Texts that the engine does evaluate as federated queries.
HIDDEN = [
    CLAUSE,
    "SERVICE SILENT <http://127.0.0.1:1/> {}",
    "sErViCe ?x {}",
    "SERVICESILENT<http://127.0.0.1:1/>{}",
    "SERVICE:a{}",
    "SERVICE:a # '\n {}",
    "SERVICE:{}",
    "SERVICEex:a{}",
    f"OPTIONAL{{{CLAUSE}}}",
    f"?s ?p true{CLAUSE}",
    f"?s ?p 1{CLAUSE}",
    f"?s ?p 1.{CLAUSE}",
    f"?s ?p 'a'@en {CLAUSE}",
    f"?s ?p ex:.{CLAUSE}",
    f"?s ?p ex:a.b.{CLAUSE}",
    f"VALUES ?x {{'''a'}} {CLAUSE}",
    f"VALUES ?x {{'''a'}} {CLAUSE} #\\'''\n",
    f"VALUES ?x {{'''a'}} {CLAUSE} #\\x'''\n",
    f"_:b :.1{CLAUSE}",
    f"_:b:.1{CLAUSE}",
    f"# '\r{CLAUSE}",
    f"BIND(1 AS ?a) BIND(2 AS ?b) FILTER(?a<?b#>'''\n) {CLAUSE} #'''\n",
    f'?s ?p <http://127.0.0.1:1/a#\'>. ?s ?p "#" . {CLAUSE}',
    f"?s ?p '\\\\' . {CLAUSE} # '\n",
    f"?s ?p ex:\\# . {CLAUSE}",
]

NASTY = st.sampled_from(
    [
        *("'", '"', "'''", '"""', "#", "\n", "\r", "<", ">", "<<", "\\", "\\'", "<a#'>", "{", "}"),
        *("(", ")", " ", ".", ";", ",", ":", "?", "$", "@", "-", "|", "/", "^", "1", "1.", "true"),
        *("?a", "ex:", "ex:.", "ex:a.b", "_:b", "'a'", "'a'@en", "?s ?p ", "?s ?p ?o", "%20"),
        *("FILTER(?a<?b", "FILTER(?a<?b#>", "VALUES ?x {", "SERVICE", "SERVICE:", CLAUSE),
    ]
)


def is_refused(text: str) -> bool:
    try:
        refuse_service(text)
    except QueryError:
        return True
    return False


def is_malformed(text: str) -> bool:
    store = ox.Store()
    try:
        for _ in store.query(text):  # type: ignore[union-attr]
            pass
    except SyntaxError:
        return True
    except (OSError, RuntimeError):
        return False
    return False


def holds_clause(text: str) -> bool:
    """Tell by the engine: it parses the text, but not with another word for the keyword."""
    return not is_malformed(text) and is_malformed(BARE_KEYWORD.sub("servixe", text))


@st.composite
def harmless_groups(draw: st.DrawFn) -> str:
    parts = ["{ "]
    for _ in range(draw(st.integers(0, 5))):
        if draw(st.booleans()):
            term = draw(st.sampled_from(HARMLESS_TERMS))
            parts += ["?s", draw(st.sampled_from(HARMLESS_TRIVIA)), "?p ", term, " . "]
        else:
            parts.append(draw(st.sampled_from(HARMLESS_CLAUSES)))
        parts.append(draw(st.sampled_from(HARMLESS_TRIVIA)))
    return "".join(parts)


@given(harmless_groups())
def test_the_word_is_free_in_strings_iris_comments_names_and_variables(group: str) -> None:
    query = f"{PREFIXES} SELECT ?service ?x {group} }}"
    assert not is_malformed(query), "the example must be a query"
    refuse_service(query)


@given(harmless_groups(), st.sampled_from(HIDDEN), st.sampled_from(HARMLESS_TRIVIA))
def test_a_federated_query_is_refused_among_anything(group: str, hidden: str, end: str) -> None:
    assert is_refused(f"{PREFIXES} SELECT * {group} {hidden}{end}}}")


@pytest.mark.parametrize("hidden", HIDDEN)
def test_what_the_engine_takes_for_a_federated_query_is_refused(hidden: str) -> None:
    query = f"{PREFIXES} SELECT * {{ {hidden} }}"
    assert holds_clause(query), "the example must be federated for the engine"
    assert is_refused(query)


@given(
    st.sampled_from(HIDDEN),
    st.lists(NASTY, max_size=3),
    st.lists(NASTY, max_size=3),
)
def test_no_disguise_deceives_it(hidden: str, before: list[str], after: list[str]) -> None:
    query = f"{PREFIXES} SELECT * {{ {''.join(before)}{hidden}{''.join(after)} }}"
    if holds_clause(query):
        assert is_refused(query)


def test_the_word_is_free_in_labels_of_blank_nodes() -> None:
    refuse_service("SELECT * { _:service ?p _:SERVICE . _:service-1 ?p ?o }")


def test_an_escaped_keyword_is_refused_for_engines_that_unescape_first() -> None:
    assert is_refused("SELECT * { \\u0053ERVICE <http://127.0.0.1:1/> {} }")
    assert is_refused("SELECT * { SERV\\U00000049CE <http://127.0.0.1:1/> {} }")


def test_updates_are_refused_too() -> None:
    assert is_refused(f"INSERT {{ ?s ?p ?o }} WHERE {{ {CLAUSE} }}")


def test_the_refusal_says_what_is_not_offered_and_what_to_do() -> None:
    with pytest.raises(QueryError, match=r"federated queries are not offered.*VALUES"):
        refuse_service(f"SELECT * {{ {CLAUSE} }}")


@pytest.mark.parametrize(
    "unit",
    [
        "service",
        "'''\\",
        "<a#>",
        "ex:service#\n",
        "?service ",
        "'service' ",
        "<service:",
        "'",
        "a.-",
        "\\x'''",
    ],
)
def test_it_takes_linear_time(unit: str) -> None:
    started = time.perf_counter()
    is_refused(unit * 100_000 + " 'service'")
    assert time.perf_counter() - started < 5
