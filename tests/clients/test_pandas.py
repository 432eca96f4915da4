"""pandas reads results as CSV straight from a URL."""

from __future__ import annotations

from urllib.parse import urlencode

import pandas as pd

from serving import Service

QUERY = """
PREFIX ig: <https://w3id.org/impactgraph/ontology#>
PREFIX skos: <http://www.w3.org/2004/02/skos/core#>
PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
SELECT DISTINCT ?notation ?label {
  ?finding a ig:Finding ; skos:notation ?notation ; rdfs:label ?label
} ORDER BY ?notation
"""


def test_the_format_parameter(shipped: Service) -> None:
    frame = pd.read_csv(f"{shipped.sparql}?{urlencode({'query': QUERY, 'format': 'csv'})}")
    assert list(frame.columns) == ["notation", "label"]
    assert frame["notation"].iloc[0] == "a"
    assert frame["label"].str.len().min() > 3


def test_accept(shipped: Service) -> None:
    frame = pd.read_csv(
        f"{shipped.sparql}?{urlencode({'query': QUERY})}", storage_options={"Accept": "text/csv"}
    )
    assert list(frame.columns) == ["notation", "label"]
    assert len(frame) == len(shipped.select(QUERY))


def test_numbers_quotes_and_lines_survive(shipped: Service) -> None:
    query = 'SELECT * { VALUES (?n ?t) { (1 "a,b") (2 "c\\n\\"d\\"") (3 "ž") } } ORDER BY ?n'
    frame = pd.read_csv(f"{shipped.sparql}?{urlencode({'query': query, 'format': 'csv'})}")
    assert frame.to_dict("list") == {"n": [1, 2, 3], "t": ["a,b", 'c\n"d"', "ž"]}
