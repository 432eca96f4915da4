"""`search`: the same as the service's search, as text and as JSON."""

from __future__ import annotations

import json

from .conftest import Run


def test_it_names_the_case_study_and_the_nodes(run: Run) -> None:
    done = run("search", "procurement", "social")
    assert done.code == 0
    assert "1 case study, page 1 of 1." in done.out
    assert "(jam-and-justice)" in done.out
    assert "impact" in done.out


def test_it_gives_json(run: Run) -> None:
    found = json.loads(run("search", "procurement", "--json").out)
    assert found["total"] == 1
    assert found["up_to_date"] is True
    assert found["case_studies"][0]["hits"]


def test_nothing_found_is_no_failure(run: Run) -> None:
    done = run("search", "nowhere", "whatsoever", "--page", "7")
    assert done.code == 0
    assert done.out.startswith("0 case studies")


def test_too_much_is_refused(run: Run) -> None:
    assert run("search", "x" * 500).code == 2
