from __future__ import annotations

import pytest

from impactgraph_api.negotiation import (
    GRAPH_FORMATS,
    SOLUTION_FORMATS,
    choose,
    prefers_html,
    weigh,
)

CHROME = "text/html,application/xhtml+xml,application/xml;q=0.9,image/avif,*/*;q=0.8"


@pytest.mark.parametrize(
    ("accept", "name"),
    [
        (None, "json"),
        ("", "json"),
        ("*/*", "json"),
        ("application/*", "json"),
        ("text/csv", "csv"),
        ("text/csv;q=0.2, text/tab-separated-values;q=0.3", "tsv"),
        ("application/sparql-results+xml, */*;q=0.1", "xml"),
        ("application/json;q=0, */*", "json"),
        ("application/sparql-results+json;q=0, application/json;q=0, */*", "xml"),
        ("TEXT/CSV", "csv"),
        ("text/csv; header=present; q=0.5, application/xml; q=0.4", "csv"),
    ],
)
def test_the_best_liked_format_is_chosen(accept: str | None, name: str) -> None:
    chosen = choose(accept, SOLUTION_FORMATS)
    assert chosen is not None
    assert chosen.name == name


@pytest.mark.parametrize("accept", ["image/png", "text/csv;q=0", "nonsense", "text/csv;q=nan"])
def test_what_fits_nothing_chooses_nothing(accept: str) -> None:
    assert choose(accept, SOLUTION_FORMATS) is None


def test_the_most_specific_range_gives_the_weight() -> None:
    assert weigh("*/*;q=0.1, text/*;q=0.5, text/csv;q=0", "text/csv") == 0
    assert weigh("*/*;q=0.1, text/*;q=0.5", "text/csv") == 0.5
    assert weigh("text/csv;q=7", "text/csv") == 1


def test_a_browser_prefers_a_page_and_a_program_does_not() -> None:
    assert prefers_html(CHROME)
    assert prefers_html("text/html")
    assert not prefers_html("text/html;q=0.5, application/sparql-results+json")
    assert not prefers_html("text/html;q=0")
    assert not prefers_html(None)


def test_every_format_names_who_rules_it() -> None:
    offered = [*SOLUTION_FORMATS, *GRAPH_FORMATS]
    assert len(offered) == 8
    assert all(offer.specification.startswith("https://www.w3.org/TR/") for offer in offered)
    assert len({offer.name for offer in offered}) == 8
