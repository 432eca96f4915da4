"""The ontology and the data are found wherever impactgraph runs from."""

from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph import resources
from impactgraph.errors import ResourceError


@pytest.fixture
def package(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Pretend that impactgraph lies elsewhere."""
    package = tmp_path / "src" / "impactgraph"
    package.mkdir(parents=True)
    monkeypatch.setattr(resources, "_PACKAGE", package)
    resources.read_query.cache_clear()
    return package


def test_the_shipped_files_are_there() -> None:
    assert resources.ontology_file().name == "impact.ttl"
    assert resources.reference_file().parent == resources.data_path()
    names = [path.name for path in resources.case_study_files()]
    assert "jam-and-justice.ttl" in names
    assert names == sorted(names)


def test_a_query_is_read_by_its_name() -> None:
    assert "SELECT" in resources.read_query("queries/graph/statements")


def test_a_missing_query_is_named() -> None:
    with pytest.raises(ResourceError, match=r"^nothing\.rq is missing.*queries/graph/nothing\.rq"):
        resources.read_query("queries/graph/nothing")


def test_a_checkout_serves_where_nothing_is_installed(package: Path) -> None:
    (package.parents[1] / "ontology").mkdir()
    assert resources.ontology_path() == package.parents[1] / "ontology"


def test_the_installed_package_comes_first(package: Path) -> None:
    (package.parents[1] / "data").mkdir()
    (package / "data").mkdir()
    assert resources.data_path() == package / "data"


def test_where_neither_is_there_both_are_named(package: Path) -> None:
    with pytest.raises(ResourceError) as raised:
        resources.data_path()
    assert str(package / "data") in str(raised.value)
    assert str(package.parents[1] / "data") in str(raised.value)
