"""The command line, the API and SPARQL say the same."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from starlette.testclient import TestClient

from impactgraph.gaps import KINDS
from impactgraph.resources import read_query
from impactgraph.store import Store, open_store
from impactgraph_api import create_app

SLUG = "jam-and-justice"
BASES = ("stated", "curated", "inferred")


@pytest.fixture(scope="module")
def client(shipped_store: Path) -> Iterator[TestClient]:
    with TestClient(create_app(open_store(shipped_store))) as client:
        yield client


@pytest.mark.parametrize("basis", [None, *BASES])
@pytest.mark.parametrize(
    ("command", "route", "options"),
    [
        ("underpins", "underpinnings", {}),
        ("underpins", "underpinnings", {"impact": "2"}),
        ("underpins", "underpinnings", {"finding": "d"}),
        ("chains", "chains", {}),
        ("chains", "chains", {"from": "finding/d", "to": "impact/1"}),
        ("gaps", "gaps", {}),
        ("gaps", "gaps", {"kind": "uncorroborated-claim"}),
        ("gaps", "gaps", {"kind": "research-as-a-whole"}),
        ("matrix", "matrix", {}),
        ("robustness", "robustness", {}),
        ("remedies", "remedies", {}),
        ("remedies", "remedies", {"limit": "3"}),
        ("report", "report", {}),
    ],
)
def test_the_command_line_and_the_api_say_the_same(
    run: Callable[..., Any],
    client: TestClient,
    command: str,
    route: str,
    options: dict[str, str],
    basis: str | None,
) -> None:
    asked = options | ({"basis": basis} if basis else {})
    arguments = [part for name, value in asked.items() for part in (f"--{name}", value)]
    printed = json.loads(run(command, SLUG, "--json", *arguments).out)
    served = client.get(f"/api/case-studies/{SLUG}/{route}", params=asked)
    assert served.status_code == 200
    assert served.json() == printed
    assert printed["basis"] == (basis or "curated")


@pytest.mark.parametrize("kind", [kind.id for kind in KINDS.values() if kind.query])
@pytest.mark.parametrize("basis", ["stated", "curated"])
def test_gaps_are_those_of_their_queries(
    run: Callable[..., Any], client: TestClient, shipped_store: Path, kind: str, basis: str
) -> None:
    printed = json.loads(run("gaps", SLUG, "--json", "--basis", basis, "--kind", kind).out)
    found = {
        iri
        for gap in printed["gaps"]
        for iri in [*(node["iri"] for node in gap["nodes"]), *gap["about"]][
            : len(gap["members"]) or 1
        ]
    }
    assert found == nodes_asked(open_store(shipped_store), kind, basis)


def nodes_asked(store: Store, kind: str, basis: str) -> set[str]:
    rows: Any = store.query(read_query(f"gaps/{kind}"))
    return {row["node"].value for row in rows if row["basis"].value.endswith(f"#{basis}")}


@pytest.mark.parametrize(
    "route", ["underpinnings", "chains", "gaps", "matrix", "graph", "robustness"]
)
def test_nothing_but_what_is_stated_shows_under_stated(client: TestClient, route: str) -> None:
    answer = client.get(f"/api/case-studies/{SLUG}/{route}", params={"basis": "stated"}).json()

    def bases(value: Any) -> Iterator[str]:
        if isinstance(value, dict):
            for key, part in value.items():
                if key == "basis" and part is not None:
                    yield part
                yield from bases(part)
        elif isinstance(value, list):
            for part in value:
                yield from bases(part)

    assert set(bases(answer)) == {"stated"}
