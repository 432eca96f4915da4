"""The rule profiles as data: what must be there, and the facts that they hold."""

from __future__ import annotations

from pathlib import Path

import pyshacl
import pytest
from rdflib import RDF, Graph, Literal, Namespace, URIRef

from impactgraph.errors import NotFoundError
from impactgraph.model import Aspect, Obligation, ProfileStatus, RuleProfile
from impactgraph.profiles import profile_of_exercise, rule_profile, rule_profiles
from impactgraph.resources import ontology_files, ontology_path, reference_file, rule_profile_files
from impactgraph.vocabulary import DCAT, DCTERMS, IG

SH = Namespace("http://www.w3.org/ns/shacl#")
FILES = rule_profile_files()
EXERCISE = "https://w3id.org/impactgraph/id/exercise/"


@pytest.fixture(scope="module")
def shapes() -> Graph:
    return Graph().parse(ontology_path() / "shapes" / "rule-profiles" / "rule-profile.ttl")


def conforms(graph: Graph, shapes: Graph) -> bool:
    found, _, _ = pyshacl.validate(graph, shacl_graph=shapes, inference="none")
    return bool(found)


def test_there_are_three_profiles_one_an_exercise() -> None:
    assert list(rule_profiles()) == ["ref2014", "ref2021", "ref2029-draft"]
    assert [path.stem for path in FILES] == list(rule_profiles())
    exercises = [profile.exercise for profile in rule_profiles().values()]
    assert len(set(exercises)) == 3
    described = set(Graph().parse(reference_file()).subjects(RDF.type, IG.Exercise))
    assert {URIRef(exercise) for exercise in exercises} <= described


def test_a_store_holds_the_profiles_with_the_ontology() -> None:
    assert set(FILES) <= set(ontology_files())


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_profile_conforms_to_its_shapes(path: Path, shapes: Graph) -> None:
    assert conforms(Graph().parse(path), shapes)


@pytest.mark.parametrize(
    "taken",
    [IG.verified, IG.aspect, IG.obligation, DCTERMS.source, DCTERMS.description, DCAT.endDate],
    ids=str,
)
def test_a_rule_that_lacks_something_does_not_conform(taken: URIRef, shapes: Graph) -> None:
    graph = Graph().parse(FILES[1])
    rule = URIRef("https://w3id.org/impactgraph/rule-profiles/ref2021#impact-period")
    assert list(graph.objects(rule, taken))
    graph.remove((rule, taken, None))
    assert not conforms(graph, shapes)


def test_a_rule_with_something_unknown_does_not_conform(shapes: Graph) -> None:
    graph = Graph().parse(FILES[1])
    rule = URIRef("https://w3id.org/impactgraph/rule-profiles/ref2021#pages")
    graph.add((rule, IG.pages, Literal(5)))
    assert not conforms(graph, shapes)


@pytest.mark.parametrize("profile", rule_profiles().values(), ids=lambda it: it.notation)
def test_no_profile_has_two_rules_about_the_same(profile: RuleProfile) -> None:
    subjects = [(rule.aspect, rule.section) for rule in profile.rules]
    assert len(set(subjects)) == len(subjects) >= 3
    for rule in profile.rules:
        assert rule.source.title
        assert rule.source.issued
        assert rule.description


@pytest.mark.parametrize(
    ("notation", "research", "impact", "pages"),
    [
        ("ref2014", ("1993-01-01", "2013-12-31"), ("2008-01-01", "2013-07-31"), 4),
        ("ref2021", ("2000-01-01", "2020-12-31"), ("2013-08-01", "2020-12-31"), 5),
    ],
)
def test_the_facts_of_past_exercises(
    notation: str, research: tuple[str, str], impact: tuple[str, str], pages: int
) -> None:
    profile = rule_profile(notation)
    rules = {(rule.aspect, rule.section): rule for rule in profile.rules}
    assert profile.status is ProfileStatus.PUBLISHED
    for aspect, dates in ((Aspect.RESEARCH_PERIOD, research), (Aspect.IMPACT_PERIOD, impact)):
        rule = rules[aspect, None]
        assert (rule.start, rule.end, rule.obligation) == (*dates, Obligation.MUST)
    limits = {
        (Aspect.REFERENCES, "3"): 6,
        (Aspect.SOURCES, "5"): 10,
        (Aspect.WORDS, "1"): 100,
        (Aspect.WORDS, "2"): 500,
        (Aspect.WORDS, "4"): 750,
    }
    for key, most in limits.items():
        assert (rules[key].maximum, rules[key].obligation) == (most, Obligation.INDICATIVE)
    assert (rules[Aspect.PAGES, None].maximum, rules[Aspect.PAGES, None].obligation) == (
        pages,
        Obligation.MUST,
    )
    assert all(rule.verified for rule in profile.rules)


def test_nothing_of_the_draft_is_said_to_be_verified() -> None:
    draft = rule_profile("ref2029-draft")
    assert draft.status is ProfileStatus.DRAFT
    assert "draft" in draft.label
    assert not any(rule.verified for rule in draft.rules)


def test_an_unknown_profile_is_named_beside_those_that_there_are() -> None:
    with pytest.raises(NotFoundError, match="'ref1066'; there are ref2014, ref2021"):
        rule_profile("ref1066")


def test_the_profile_of_an_exercise() -> None:
    found = profile_of_exercise(f"{EXERCISE}ref2021")
    assert found is not None
    assert found.notation == "ref2021"
    assert profile_of_exercise(f"{EXERCISE}ref1066") is None
    assert profile_of_exercise(None) is None
