"""Each kind of gap: one example shows it and one does not, by function, by query and by shape."""

from __future__ import annotations

from functools import cache
from pathlib import Path

import pyshacl
import pytest
from rdflib import SH, Graph, URIRef

from impactgraph.encoding import decode
from impactgraph.gaps import KINDS, Severity, find_gaps
from impactgraph.gaps.gathering import GATHERING_KINDS
from impactgraph.graph import build_graph
from impactgraph.model import Basis
from impactgraph.resources import ontology_file, ontology_path, read_query, rule_profile_files
from impactgraph.validation import parse_file, validate
from impactgraph.vocabulary import BASE, ONTOLOGY_GRAPH
from small_case_studies import UnionStore

EXAMPLES = ontology_path() / "examples" / "gaps"
SHAPES = ontology_path() / "shapes" / "gaps"
QUERIED = [kind.id for kind in KINDS.values() if kind.query]
GATHERING = {kind.id for kind in GATHERING_KINDS}
SEVERITIES = {
    Severity.HIGH: SH.Violation,
    Severity.MEDIUM: SH.Violation,
    Severity.LOW: SH.Warning,
    Severity.NOTE: SH.Info,
}


@cache
def read_rules() -> Graph:
    rules = parse_file(ontology_file())
    for file in rule_profile_files():
        rules += parse_file(file)
    return rules


def example(kind: str, name: str) -> Graph:
    return parse_file(EXAMPLES / kind / f"{name}.ttl")


def by_function(kind: str, graph: Graph) -> list[tuple[str, ...]]:
    """What the gaps are at with curation; those of the whole case study at each of their nodes."""
    found = find_gaps(build_graph(decode(graph)), basis=Basis.CURATED, kinds=[kind])
    if kind in GATHERING:
        return sorted((iri,) for gap in found for iri in gap.at)
    return sorted(gap.at for gap in found)


def query(kind: str, graphs: dict[str, Graph]) -> list[dict[str, str]]:
    """Return the rows with curation, each with the values of its variables by their names."""
    rows = UnionStore({**graphs, ONTOLOGY_GRAPH: read_rules()}).query(read_query(f"gaps/{kind}"))
    names = [variable.value for variable in rows.variables]
    found = [{name: row[name].value for name in names} for row in rows]
    return [row for row in found if row.pop("basis").endswith("#curated")]


def by_query(kind: str, graph: Graph) -> list[tuple[str, ...]]:
    rows = query(kind, {decode(graph).iri: graph})
    return sorted(
        tuple(value for name, value in row.items() if name != "caseStudy") for row in rows
    )


def by_shape(kind: str, graph: Graph) -> list[str]:
    """Return the first node of each result of the shape, run as anybody would run it."""
    shapes = parse_file(SHAPES / f"{kind}.ttl")
    _, report, text = pyshacl.validate(
        graph + read_rules(), shacl_graph=shapes, inference="none", inplace=True
    )
    assert isinstance(report, Graph), text
    assert set(report.objects(None, SH.resultSeverity)) <= {SEVERITIES[KINDS[kind].severity]}
    return sorted({str(value) for value in report.objects(None, SH.value)})


def test_every_kind_has_its_examples_and_every_query_its_shape() -> None:
    folders = sorted(path.name for path in EXAMPLES.iterdir())
    assert len(folders) == 30
    assert folders == sorted(KINDS)
    assert all(
        sorted(file.name for file in (EXAMPLES / kind).iterdir()) == ["shows-not.ttl", "shows.ttl"]
        for kind in KINDS
    )
    assert sorted(path.stem for path in SHAPES.glob("*.ttl")) == sorted(QUERIED)


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("name", ["shows", "shows-not"])
def test_an_example_conforms_to_the_shapes_of_case_studies(kind: str, name: str) -> None:
    report = validate(example(kind, name))
    assert report.conforms, str(report)


@pytest.mark.parametrize("kind", KINDS)
def test_one_example_shows_the_gap_and_the_other_does_not(kind: str) -> None:
    assert by_function(kind, example(kind, "shows"))
    assert by_function(kind, example(kind, "shows-not")) == []


@pytest.mark.parametrize("kind", QUERIED)
@pytest.mark.parametrize("name", ["shows", "shows-not"])
def test_query_and_shape_find_in_an_example_what_the_function_finds(kind: str, name: str) -> None:
    graph = example(kind, name)
    found = by_function(kind, graph)
    assert by_query(kind, graph) == found
    assert by_shape(kind, graph) == sorted({at[0] for at in found})


@pytest.mark.parametrize("kind", QUERIED)
def test_a_query_tells_case_studies_apart(kind: str) -> None:
    here = example(kind, "shows")
    iri, other = decode(here).iri, BASE + "other"
    there = Graph()
    for triple in here:
        there.add(
            tuple(  # type: ignore[arg-type]
                URIRef(str(term).replace(iri, other)) if isinstance(term, URIRef) else term
                for term in triple
            )
        )
    rows = query(kind, {iri: here, other: there})
    assert {row["caseStudy"] for row in rows} == {iri, other}
    for row in rows:
        ends = {value for name, value in row.items() if name != "caseStudy"}
        assert all(f"{end}/".startswith(row["caseStudy"] + "/") for end in ends), row
    assert len(rows) == 2 * len(by_function(kind, here))


def test_no_shape_uses_what_shacl_forbids() -> None:
    """SHACL, section 5.2.1: no MINUS, no VALUES, no SERVICE where a variable is bound before."""
    for file in SHAPES.glob("*.ttl"):
        words = set(Path(file).read_text(encoding="utf-8").split())
        assert not words & {"MINUS", "VALUES", "SERVICE"}, file.name
