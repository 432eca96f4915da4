"""The W3C's SPARQL 1.1 tests, which lie beside the checkout, on a service that runs."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest

from serving import Service, serving

SUITE = Path(__file__).parents[2].parent / "shared" / "w3c"

Run = Callable[[str], dict[str, Any]]


@pytest.fixture(scope="session")
def service(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    if not (SUITE / "tests").is_dir():
        pytest.skip("the W3C's tests are not beside the checkout")
    folder = tmp_path_factory.mktemp("conformance")
    # A thousand writes, none of which has to last: in memory they take half the time.
    memory = Path("/dev/shm")
    with TemporaryDirectory(dir=memory if os.access(memory, os.W_OK) else folder) as place:
        store = Path(place) / "store"
        with serving(folder, "--default-graph", "strict", store=store) as service:
            yield service


@pytest.fixture(scope="session")
def run(service: Service) -> Run:
    """Runs one of the W3C's runners on the service; gives its report."""

    def run_suite(runner: str) -> dict[str, Any]:
        command = [sys.executable, str(SUITE / runner), "--manifests", str(SUITE / "tests")]
        command += ["--query", service.sparql, "--update", service.sparql]
        command += ["--gsp", service.graph_store, "--token", service.token or "", "--json"]
        done = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False)
        assert done.stdout, f"{runner} could not run: {done.stderr[-2000:]}"
        report: dict[str, Any] = json.loads(done.stdout)
        return report

    return run_suite


def describe_failures(report: dict[str, Any]) -> dict[str, str]:
    """Each test that did not pass, `folder/name`, with the runner's reason."""
    return {
        name_test(test): f"{test['outcome']}: {test['reason']}"
        for test in report["tests"]
        if test["outcome"] != "passed"
    }


def name_test(test: dict[str, str]) -> str:
    _, _, place = test["test"].partition("data-sparql11/")
    folder, _, name = place.partition("/")
    return f"{folder}/{name.rpartition('#')[2]}"
