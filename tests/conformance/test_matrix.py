"""docs/conformance.md names tests that there are, and every test of the protocols."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from conformance.conftest import SUITE
from conformance.test_query import OF_THE_EVALUATOR

ROOT = Path(__file__).parents[2]
PAGE = (ROOT / "docs" / "conformance.md").read_text(encoding="utf-8")
OURS = set(re.findall(r"`(test_\w+)`", PAGE))
PROTOCOLS = {"protocol": "manifest.ttl", "graph-store-protocol": "manifest-*direct.ttl"}


def test_our_tests_exist() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in (ROOT / "tests").rglob("test_*.py"))
    assert len(OURS) > 20
    assert {name for name in OURS if not re.search(rf"^def {name}\(", code, re.MULTILINE)} == set()


def test_every_query_test_that_fails_is_explained() -> None:
    assert set(re.findall(r"`([a-z-]+/[\w-]+)`", PAGE)) - {"tests/clients"} >= OF_THE_EVALUATOR
    rows = re.findall(r"^\| (?:`[a-z-]+/[\w-]+`(?:, )?)+ \| .{20,} \|$", PAGE, re.MULTILINE)
    explained = {name for row in rows for name in re.findall(r"`([a-z-]+/[\w-]+)`", row)}
    assert explained == OF_THE_EVALUATOR


@pytest.mark.parametrize("folder", PROTOCOLS)
def test_every_test_of_the_protocols_has_a_row(folder: str) -> None:
    manifests = sorted((SUITE / "tests" / "sparql11" / folder).glob(PROTOCOLS[folder]))
    if not manifests:
        pytest.skip("the W3C's tests are not beside the checkout")
    for manifest in manifests:
        entries = re.search(
            r"mf:entries\s*\((.*?)\)", manifest.read_text(encoding="utf-8"), re.DOTALL
        )
        assert entries is not None
        names = re.findall(r":(\w+)", entries[1])
        assert len(names) >= 4
        assert [name for name in names if f"`{name}`" not in PAGE] == []


def test_the_counts_add_up() -> None:
    counts = re.findall(r"^\| [a-z-]+ \| (\d+) of (\d+) \|$", PAGE, re.MULTILINE)
    assert sum(int(passed) for passed, _ in counts) == 235 - len(OF_THE_EVALUATOR)
    assert sum(int(all_) for _, all_ in counts) == 235
