"""IRIs are the same for the same words, whatever surrounds them."""

from __future__ import annotations

from rdflib import Graph

from impactgraph.encoding import decode
from impactgraph.identity import (
    anchor_iri,
    digest,
    fold,
    labelled_iri,
    link_iri,
    node_iri,
    passage_iri,
    slug_of,
)
from impactgraph.model import Basis, Stage, Step

CASE = "https://w3id.org/impactgraph/id/invented"


def test_mark_up_case_and_line_breaks_do_not_change_the_iri_of_a_passage() -> None:
    plain = passage_iri(CASE, "claim", "The council adopted the charter")
    assert plain == passage_iri(CASE, "claim", "the **council**\n adopted <i>the</i>  charter ")
    assert plain != passage_iri(CASE, "claim", "The council adopted a charter")


def test_a_second_member_of_the_same_label_gets_a_number() -> None:
    first = node_iri(CASE, Stage.OUTPUT, "3.1 a/b")
    assert first == f"{CASE}/output/3.1%20a%2Fb"
    second = labelled_iri(CASE, "output", "3.1 a/b", frozenset({first}))
    assert second == f"{first}-2"
    assert labelled_iri(CASE, "output", "3.1 a/b", frozenset({first, second})) == f"{first}-3"


def test_parts_of_a_digest_are_kept_apart() -> None:
    assert digest("ab", "c") != digest("a", "bc")
    assert len(digest("x")) == 12


def test_angle_brackets_that_are_no_mark_up_stay() -> None:
    assert fold("p < 0.05 and n > 3") == "p < 0.05 and n > 3"


def test_the_shipped_graph_has_the_iris_that_its_contents_give(
    jam_and_justice: Graph, document_text: str
) -> None:
    case_study = decode(jam_and_justice)
    assert slug_of(case_study.iri) == case_study.slug
    for link in case_study.links:
        assert link.iri == link_iri(
            case_study.iri, link.origin, Step(link.step), link.target, Basis(link.basis)
        )
    for claim in case_study.claims:
        # A claim may be made in the summary as well: one of its passages names it.
        names = set()
        for anchor in claim.anchors:
            assert anchor.iri == anchor_iri(case_study.iri, anchor.start, anchor.end, anchor.exact)
            words = document_text[anchor.start : anchor.end]
            names.add(passage_iri(case_study.iri, "claim", words))
        assert claim.iri.removesuffix("-2") in names
