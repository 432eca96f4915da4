"""The registry, the pages, the ontology and the API list the same kinds of gap."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from rdflib import RDF, RDFS, SKOS, Graph, URIRef

from docs.gap_examples import PICTURES, draw_example, find_example_gaps
from impactgraph.gaps import KINDS
from impactgraph.resources import ontology_files, ontology_path
from impactgraph.vocabulary import IG
from impactgraph_api.responses import Gap

ROOT = Path(__file__).parents[2]
PAGES = ROOT / "docs" / "gaps"


def read_page(kind: str) -> str:
    return (PAGES / f"{kind}.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def concepts() -> Graph:
    return Graph().parse(ontology_path() / "gap-kinds.ttl")


def test_registry_pages_pictures_ontology_and_api_list_the_same_kinds(concepts: Graph) -> None:
    assert len(KINDS) == 30
    kinds = set(KINDS)
    assert {path.stem for path in PAGES.glob("*.md")} - {"index", "precision"} == kinds
    assert {path.stem for path in PICTURES.glob("*.svg")} == kinds
    notations = {str(value) for value in concepts.objects(None, SKOS.notation)}
    assert notations == kinds
    schema = Gap.model_json_schema()
    listed = (schema | schema.get("$defs", {}).get("Gap", {}))["properties"]["kind"]["enum"]
    assert listed == list(KINDS)


def test_the_index_lists_each_kind_with_its_meaning() -> None:
    index = (PAGES / "index.md").read_text(encoding="utf-8")
    rows = re.findall(
        r"^\| \[(.*)\]\((.*)\.md\) \| `(.*)` \| (\w+)(, off)? \| (.*) \|$", index, re.M
    )
    assert rows == [
        (
            kind.title,
            kind.id,
            kind.id,
            kind.severity.value,
            "" if kind.default_on else ", off",
            kind.meaning,
        )
        for kind in KINDS.values()
    ]


def test_each_kind_is_a_concept_of_the_scheme_with_its_title_and_meaning(concepts: Graph) -> None:
    assert ontology_path() / "gap-kinds.ttl" in ontology_files()
    assert set(concepts.subjects(RDF.type, SKOS.Concept)) == {
        IG[kind.concept] for kind in KINDS.values()
    }
    for kind in KINDS.values():
        concept = URIRef(IG[kind.concept])
        assert str(concepts.value(concept, SKOS.notation)) == kind.id
        assert str(concepts.value(concept, SKOS.prefLabel)) == kind.title
        assert str(concepts.value(concept, RDFS.label)) == kind.title
        meaning = kind.meaning[0].upper() + kind.meaning[1:] + "."
        assert str(concepts.value(concept, SKOS.definition)) == meaning
        note = str(concepts.value(concept, SKOS.note))
        assert kind.severity.value in note
        assert ("only where it is asked for" in note) == (not kind.default_on)
        assert (concept, SKOS.inScheme, IG.GapKindScheme) in concepts
        assert (concept, SKOS.topConceptOf, IG.GapKindScheme) in concepts
        assert (IG.GapKindScheme, SKOS.hasTopConcept, concept) in concepts


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_defines_pictures_quotes_and_limits(kind: str) -> None:
    page = read_page(kind)
    known = KINDS[kind]
    assert page.startswith(f"# {known.title}\n\n`{kind}`, usually {known.severity.value}.")
    assert "**In graph terms.**" in page
    assert re.findall(r"\]\(\.\./images/gaps/(.*)\.svg\)", page) == [kind]
    assert re.findall(r"^#+ (.*)$", page, re.MULTILINE)[1:] == ["Limits", "Source"]
    assert 20 <= len(page.splitlines()) <= 45
    assert (f"ontology/gaps/{kind}.rq" in page) == (known.query is not None)
    assert ("only where it is asked for" in " ".join(page.split())) == (not known.default_on)


@pytest.mark.parametrize("kind", KINDS)
def test_a_page_quotes_what_the_program_prints(kind: str) -> None:
    quoted = [
        " ".join(line.removeprefix(">").strip() for line in paragraph.splitlines()).strip()
        for block in re.findall(r"(?:^>.*\n)+", read_page(kind), re.MULTILINE)
        for paragraph in re.split(r"^>\s*\n", block, flags=re.MULTILINE)
    ]
    printed = {said for gap in find_example_gaps(kind) for said in (gap.reason, gap.remedy)}
    assert quoted
    for sentence in quoted:
        assert sentence in printed, sentence


@pytest.mark.parametrize("kind", KINDS)
def test_links_and_names_of_files_lead_somewhere(kind: str) -> None:
    page = read_page(kind)
    for target in re.findall(r"\]\(([^)#]+)[^)]*\)", page):
        assert (PAGES / target).exists(), target
    for name in re.findall(r"`((?:ontology|data|src|api|docs|tests)/[\w./-]*)`", page):
        assert (ROOT / name).exists(), name


@pytest.mark.parametrize("kind", KINDS)
def test_a_picture_is_that_of_its_example(kind: str) -> None:
    drawn = (PICTURES / f"{kind}.svg").read_text(encoding="utf-8")
    assert drawn.strip() == draw_example(kind), "draw it again: tests/docs/gap_examples.py"
