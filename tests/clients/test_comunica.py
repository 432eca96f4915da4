"""Comunica, in node, finds the endpoint for what it is and queries it."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from pathlib import Path

import pytest

from serving import Service

pytestmark = pytest.mark.soak

PACKAGE = "@comunica/query-sparql@4"
SCRIPT = """
const { QueryEngine } = require('@comunica/query-sparql');
const [source, query] = process.argv.slice(2);
(async () => {
  const engine = new QueryEngine();
  const stream = await engine.queryBindings(query, { sources: [JSON.parse(source)] });
  const rows = await stream.toArray();
  const plain = rows.map(row => Object.fromEntries(
    [...row].map(([name, term]) => [name.value, term.value])));
  console.log(JSON.stringify(plain));
})().catch(problem => { console.error(problem); process.exit(1); });
"""
QUERY = """
PREFIX ig: <https://w3id.org/impactgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
SELECT DISTINCT ?finding ?notation { ?finding a ig:Finding ; skos:notation ?notation }
ORDER BY ?notation
"""


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    if not shutil.which("node") or not shutil.which("npm"):
        pytest.skip("there is no node")
    place = tmp_path_factory.mktemp("comunica")
    install = ["npm", "install", "--silent", "--ignore-scripts", "--no-audit", PACKAGE]
    done = subprocess.run(
        install, cwd=place, capture_output=True, text=True, timeout=300, check=False
    )
    if done.returncode:
        pytest.skip(f"npm cannot install Comunica here: {done.stderr[-300:]}")
    (place / "ask.js").write_text(SCRIPT, encoding="utf-8")
    return place


def ask(folder: Path, source: object, query: str) -> list[dict[str, str]]:
    done = subprocess.run(
        ["node", "ask.js", json.dumps(source), query],
        cwd=folder,
        env={"PATH": os.environ["PATH"], "HOME": str(folder)},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    rows: list[dict[str, str]] = json.loads(done.stdout)
    return rows


@pytest.mark.parametrize("kind", ["named", "found"])
def test_comunica_gives_the_rows_of_the_service(folder: Path, shipped: Service, kind: str) -> None:
    source = {"type": "sparql", "value": shipped.sparql} if kind == "named" else shipped.sparql
    rows = ask(folder, source, QUERY)
    assert rows == shipped.select(QUERY)
    assert rows[0]["notation"] == "a"


def test_comunica_joins_over_patterns(folder: Path, shipped: Service) -> None:
    query = (
        "PREFIX ig: <https://w3id.org/impactgraph/ontology#> "
        "SELECT DISTINCT ?impact { ?finding a ig:Finding ; ig:leadsTo+ ?impact . "
        "?impact a ig:Impact }"
    )
    rows = ask(folder, {"type": "sparql", "value": shipped.sparql}, query)
    assert {row["impact"] for row in rows} == {row["impact"] for row in shipped.select(query)}
    assert rows
