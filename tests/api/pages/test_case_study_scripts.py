"""The scripts of the page of a case study: what it names ahead is what they ask for."""

from __future__ import annotations

import re
from pathlib import Path

import impactgraph_api

STATIC = Path(impactgraph_api.__file__).parent / "static" / "js"
TEMPLATE = Path(impactgraph_api.__file__).parent / "templates" / "case_study.html"


def imported_by(module: str) -> set[str]:
    text = (STATIC / f"{module}.js").read_text(encoding="utf-8")
    found = set(re.findall(r'^import .*from "\./([\w-]+)\.js";$', text, re.MULTILINE))
    return found.union(*(imported_by(name) for name in found)) if found else found


def test_every_module_that_the_page_imports_is_named_ahead() -> None:
    named = re.search(r"{% for module in \((.*?)\)", TEMPLATE.read_text(encoding="utf-8"))
    assert named is not None
    assert set(re.findall(r'"([\w-]+)"', named[1])) == imported_by("case-study")
