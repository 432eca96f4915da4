"""A service over what impactgraph ships, and one that is empty, for other programs to use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serving import Service, serving


@pytest.fixture(scope="module")
def shipped(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    """Holds the case studies shipped; its default graph is the union."""
    folder = tmp_path_factory.mktemp("shipped")
    with serving(folder, "--workers", "2", empty=False) as service:
        yield service


@pytest.fixture
def empty(strict: Service) -> Service:
    """Holds nothing, and its default graph is the dataset's own."""
    assert strict.update("DROP ALL").is_success
    return strict


@pytest.fixture(scope="module")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("strict")
    with serving(folder, "--workers", "2", "--default-graph", "strict") as service:
        yield service
