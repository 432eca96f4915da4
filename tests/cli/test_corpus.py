"""`corpus` and `compare`: the same numbers as the library's, as text and as JSON."""

from __future__ import annotations

import json

import pytest
from typer.testing import CliRunner

from benchmarks.generator import write_case_studies
from benchmarks.service import build_store
from impactgraph.cli import app
from impactgraph.corpus import Grouping, analyse_case_studies, compare, distribute
from impactgraph.store import open_store
from impactgraph.views.corpus import comparison_record, distribution_record


@pytest.fixture(scope="module")
def store(tmp_path_factory):
    folder = tmp_path_factory.mktemp("corpus")
    write_case_studies(folder / "files", 12)
    build_store(folder / "store", sorted((folder / "files").glob("*.nq")))
    return folder / "store"


@pytest.fixture(scope="module")
def analyses(store):
    with open_store(store) as opened:
        return tuple(analyse_case_studies(opened, processes=1))


def run(*arguments):
    result = CliRunner().invoke(app, [str(argument) for argument in arguments])
    assert result.exit_code == 0, result.output
    return result.stdout


def test_corpus_as_json_is_the_distributions(store, analyses):
    printed = json.loads(
        run("corpus", "--store", store, "--by", "unit", "--processes", 1, "--json")
    )
    assert printed == {
        "by": "unit",
        "distributions": [
            distribution_record(one) for one in distribute(analyses, by=Grouping.UNIT)
        ],
        "failures": [],
    }


def test_corpus_as_text_names_the_kinds_of_gap(store, analyses):
    printed = run("corpus", "--store", store, "--processes", 1)
    (everything,) = distribute(analyses)
    assert printed.lstrip().startswith("all: 12 case studies")
    assert all(kind in printed for kind in everything.gaps)


def test_compare_as_json_is_the_comparison(store, analyses):
    own = analyses[0]
    printed = json.loads(run("compare", own.slug, "--store", store, "--processes", 1, "--json"))
    assert printed["case_study"] == own.slug
    assert printed["kinds"] == [comparison_record(one) for one in compare(own, analyses)]


def test_compare_with_an_unknown_case_study_says_so(store):
    result = CliRunner().invoke(app, ["compare", "nowhere", "--store", str(store)])
    assert result.exit_code != 0
    assert "nowhere" in str(result.exception)
