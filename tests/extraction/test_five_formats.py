"""One case study as text, Markdown, a web page, DOCX and PDF has one graph, but for places."""

from __future__ import annotations

from dataclasses import fields, is_dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from impactgraph.documents import read_document
from impactgraph.extraction import extract_case_study
from impactgraph.model import Anchor, CaseStudy
from office_converters import MISSING, READER, convert_text

HERE = Path(__file__).parent
BRIDGES = HERE.parent / "documents/safer-bridges.md"
JAM_AND_JUSTICE = HERE.parents[1] / "../shared/case-studies/jam-and-justice.txt"
INVENTED = {
    "safer-bridges": BRIDGES,
    "quiet-engines": HERE / "quiet-engines.md",
    "warm-halls": HERE / "warm-halls.md",
}
FORMATS = ("txt", "html", "docx", "pdf")

pytestmark = pytest.mark.skipif(bool(MISSING), reason=MISSING)


@pytest.fixture(scope="module")
def graphs(tmp_path_factory: pytest.TempPathFactory) -> Any:
    @cache
    def graphs_of(name: str, reader: str = READER) -> dict[str, Any]:
        written = (INVENTED.get(name) or JAM_AND_JUSTICE).read_text("utf-8")
        paths = convert_text(written, tmp_path_factory.mktemp(name), reader)
        return {
            kind: without_places(extract_case_study(read_document(path), slug=name).case_study)
            for kind, path in paths.items()
        }

    return graphs_of


def without_places(case_study: CaseStudy) -> dict[str, Any]:
    """Return a case study's values, its nodes called by their kind and their order.

    Of a place only the section is left; where it is, and IRIs made of it, depend on the format.
    """
    names = {
        node.iri: f"{kind.name} {number}"
        for kind in fields(case_study)
        if isinstance(nodes := getattr(case_study, kind.name), tuple)
        for number, node in enumerate(nodes)
    }

    def strip(value: Any) -> Any:
        if isinstance(value, Anchor):
            return value.section
        if isinstance(value, str):
            return names.get(value, value)
        if isinstance(value, tuple):
            return [strip(one) for one in value]
        if is_dataclass(value):
            return {part.name: strip(getattr(value, part.name)) for part in fields(value)}
        return value

    left_out = ("anchors", "document")
    return {
        part.name: strip(getattr(case_study, part.name))
        for part in fields(case_study)
        if part.name not in left_out
    }


@pytest.mark.parametrize("kind", FORMATS)
@pytest.mark.parametrize("name", INVENTED)
def test_the_graph_is_the_same(graphs: Any, name: str, kind: str) -> None:
    found = graphs(name)
    assert found[kind] == found["md"]


@pytest.mark.parametrize(
    ("name", "outputs", "sources", "dois"),
    [("safer-bridges", 6, 8, 4), ("quiet-engines", 4, 7, 4), ("warm-halls", 3, 4, 2)],
)
def test_the_graph_has_what_the_text_lists(
    graphs: Any, name: str, outputs: int, sources: int, dois: int
) -> None:
    graph = graphs(name)["md"]
    assert (len(graph["outputs"]), len(graph["sources"])) == (outputs, sources)
    assert sum(bool(output["doi"]) for output in graph["outputs"]) == dois
    assert graph["impacts"]
    assert len(graph["claims"]) > 3
    assert {link["basis"] for link in graph["links"]} >= {"stated"}


@pytest.mark.skipif(not JAM_AND_JUSTICE.is_file(), reason="the document itself is not shipped")
@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_the_graph_of_a_real_case_study_is_the_same(graphs: Any, kind: str) -> None:
    # pandoc reads the header's lines as one paragraph: there the two may part lines differently.
    found = graphs("jam-and-justice", f"{READER}-fancy_lists")
    header = ("title", "label", "research_period", "impact_period", "people", "roles")
    kept = [key for key in found["html"] if key not in header]
    assert len(kept) > 20
    for key in kept:
        assert found[kind][key] == found["html"][key]
