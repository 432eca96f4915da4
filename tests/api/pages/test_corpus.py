from __future__ import annotations

import csv
import html
import re
from collections.abc import Iterator

import pytest
from fastapi.testclient import TestClient

from impactgraph.corpus import Distribution, Grouping, analyse_case_studies, distribute
from impactgraph.model import Basis
from impactgraph.store import Store, open_store
from impactgraph_api import create_app
from impactgraph_api.pages.corpus import _disarm
from invented_store import COUNT, invent_store


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    return open_store(invent_store(tmp_path_factory.mktemp("corpus") / "store"))


@pytest.fixture(scope="module")
def site(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store)) as client:
        yield client


def expected(store: Store, by: Grouping) -> tuple[Distribution, ...]:
    return distribute(analyse_case_studies(store, processes=1), by=by)  # type: ignore[arg-type]


def rows_of(site: TestClient, figure: str, by: Grouping | None = None) -> list[list[str]]:
    answer = site.get(f"/corpus/{figure}.csv", params={"by": by.value} if by else {})
    assert answer.status_code == 200
    assert answer.headers["content-type"].startswith("text/csv")
    return list(csv.reader(answer.text.splitlines()))


@pytest.mark.parametrize("by", list(Grouping))
def test_the_tables_are_those_of_the_corpus_analysis(
    site: TestClient, store: Store, by: Grouping
) -> None:
    found = expected(store, by)
    reached = rows_of(site, "reached", by)[1:]
    assert reached == [
        [
            one.group,
            str(one.case_studies),
            str(one.impacts),
            *(str(one.reached[basis]) for basis in Basis),
        ]
        for one in found
    ]
    header, *gaps = rows_of(site, "gaps", by)
    kinds = header[2:]
    assert len(kinds) > 5
    for row, one in zip(gaps, found, strict=True):
        assert row == [
            one.group,
            str(one.case_studies),
            *(str(one.with_gap.get(kind, 0)) for kind in kinds),
        ]
    page = site.get("/corpus", params={"by": by.value}).text
    for one in found[1:]:
        assert f">{html.escape(one.group)}<" in page


@pytest.mark.parametrize("figure", ["chains", "findings", "impacts", "sources"])
def test_histograms_count_every_case_study(site: TestClient, figure: str) -> None:
    rows = rows_of(site, figure)[1:]
    assert sum(int(count) for _, count in rows) == COUNT
    page = site.get("/corpus").text
    assert len(re.findall(r'<svg class="histogram"[^>]* role="img" aria-label="[^"]+"', page)) == 4


def test_shades_and_numbers_say_the_same(site: TestClient) -> None:
    page = site.get("/corpus").text
    cells = re.findall(r'<td class="h(\d)">(\d+)</td>', page)
    assert len(cells) > 100
    for shade, share in cells:
        assert (int(shade) == 0) == (int(share) == 0)
        if int(shade):
            assert (int(shade) - 1) * 20 - 1 <= int(share) <= int(shade) * 20 + 1


def test_what_there_is_not_is_told(site: TestClient) -> None:
    assert site.get("/corpus/nothing.csv").status_code == 404
    assert site.get("/corpus?by=colour").status_code == 400


@pytest.mark.parametrize("value", ["=1+1", "+1", "-1", "@x", "\t=1"])
def test_no_cell_is_a_formula(value: str) -> None:
    assert _disarm(value) == f"'{value}"
    assert _disarm(-1) == -1
    assert _disarm("University") == "University"
