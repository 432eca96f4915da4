"""A service over what impactgraph ships, and one that is empty, for other programs to use."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from serving import Service, serving


@pytest.fixture
def shipped(shipped_service: Service) -> Service:
    """Holds the case studies shipped; its default graph is the union."""
    return shipped_service


@pytest.fixture
def empty(strict: Service) -> Service:
    """Holds nothing, and its default graph is the dataset's own."""
    assert strict.update("DROP ALL").is_success
    return strict


@pytest.fixture(scope="session")
def strict(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Service]:
    folder = tmp_path_factory.mktemp("strict")
    with serving(folder, "--workers", "2", "--default-graph", "strict") as service:
        yield service
