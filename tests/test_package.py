from __future__ import annotations

import subprocess
import sys

import pytest

import impactgraph as ig


def test_every_public_name_is_there_when_it_is_asked_for() -> None:
    assert len(ig.__all__) > 40
    for name in ig.__all__:
        assert getattr(ig, name).__name__ == name
    assert set(ig.__all__) <= set(dir(ig))


def test_a_name_that_is_not_there_is_said() -> None:
    with pytest.raises(AttributeError, match="'impactgraph' has no attribute 'nothing'"):
        ig.nothing  # type: ignore[attr-defined]  # noqa: B018


def test_what_is_not_asked_for_is_not_imported() -> None:
    program = "import sys, impactgraph; print(*(name for name in sys.modules))"
    loaded = set(subprocess.check_output([sys.executable, "-c", program], text=True).split())
    assert "impactgraph.headline" in loaded
    assert not {"impactgraph.extraction", "impactgraph.store", "impactgraph.views"} & loaded
