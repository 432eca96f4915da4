"""The page of the matrix: a table whose cells lead to their chains."""

from __future__ import annotations

import re

import pytest
from fastapi.testclient import TestClient

CASE = "/case-studies/jam-and-justice"


@pytest.mark.parametrize("page", [f"{CASE}/matrix", CASE])
@pytest.mark.parametrize("basis", ["curated", "inferred"])
def test_each_cell_leads_to_just_its_chains(client: TestClient, page: str, basis: str) -> None:
    text = client.get(page, params={"basis": basis}).text
    table = text.partition('<table class="matrix-table">')[2].partition("</table>")[0]
    cells = re.findall(r'<td><a href="([^"]+)">([^<]+)</a> <small>(\d+) chains?</small>', table)
    assert len(cells) > 8
    for address, sure, count in cells[:6]:
        chains = client.get(address.replace("&amp;", "&")).text
        assert f"{count} chain{'s' if count != '1' else ''} from finding" in chains
        assert sure in chains


def test_the_page_has_heads_with_labels_and_the_evidence_below(client: TestClient) -> None:
    text = client.get(f"{CASE}/matrix").text
    table = text.partition('<table class="matrix-table">')[2].partition("</table>")[0]
    assert table.count('scope="col"') == 1 + 4
    assert table.count('scope="row"') == 5 + 2
    assert f'href="{CASE}#node=finding/a"' in table
    assert "Complex issues call for more inclusive city government" in table
    evidence = table.partition('<tbody class="evidence">')[2]
    assert re.findall(r"<td>(\d of \d+)</td>", evidence) == [
        "3 of 16",
        "4 of 11",
        "2 of 7",
        "3 of 7",
    ]
    assert f'href="{CASE}/download/matrix.csv"' in text


def test_the_basis_that_was_asked_for_goes_along(client: TestClient) -> None:
    text = client.get(f"{CASE}/matrix?basis=inferred").text
    assert f'href="{CASE}/chains?basis=inferred&amp;from=finding' in text
    assert f'href="{CASE}?basis=inferred#node=finding/a"' in text
    assert f'href="{CASE}/download/matrix.csv?basis=inferred"' in text


def test_where_nothing_is_joined_the_page_says_why(client: TestClient) -> None:
    text = client.get(f"{CASE}/matrix?basis=stated").text
    assert "Every cell is 0" in text
    assert "<td><a " not in text
