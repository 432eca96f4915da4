"""SPARQL 1.1 Protocol and Graph Store HTTP Protocol: every test of the W3C passes."""

from __future__ import annotations

from collections import Counter

from conformance.conftest import Run, describe_failures


def test_all_protocol_and_graph_store_tests_pass(run: Run) -> None:
    report = run("w3c_http.py")
    assert describe_failures(report) == {}
    assert Counter(test["suite"] for test in report["tests"]) == {"protocol": 34, "gsp": 13}
    assert report["passed"] == 47
