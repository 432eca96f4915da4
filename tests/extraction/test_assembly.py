"""From what the rules found to a case study: names, anchors and links."""

from __future__ import annotations

from collections import Counter

import pytest

from impactgraph import validate
from impactgraph.documents import HEADINGS, Document
from impactgraph.encoding import encode, encode_reference
from impactgraph.errors import DocumentError
from impactgraph.extraction import RULES, extract_case_study
from impactgraph.model import Basis, CaseStudy, Step

SECTIONS = {
    "1": "The council changed how it mends bridges.",
    "2": "The team found that small cracks grow faster in winter than in summer [1].\n\n"
    "It also showed that cheap sensors find four cracks in five [2].",
    "3": "1. Reed, A. and Marsh, B. (2015) 'Cracks in Winter', *Journal of Bridges*, 12(3): 4-9. "
    "https://doi.org/10.1000/Winter.5\n"
    "2. Marsh, B. (2016) 'Cheap Sensors', *Sensing*, 1: 1-8.",
    "4": "### Safer bridges in Borsetshire\n\n"
    "Borsetshire County Council adopted the sensors on 40 bridges in 2018 [A]. Repairs were made "
    "a month sooner, and closures fell by 30% [B; p. 4]. This followed the findings on winter [1].",
    "5": "A. Testimonial from the Chief Engineer of Borsetshire County Council, May 2019.\n\n"
    "B. Bridge report of Borsetshire County Council, 2020.",
}


def document(**sections: str) -> Document:
    filled = SECTIONS | {key.removeprefix("s"): words for key, words in sections.items()}
    text = "Institution: University of Borsetshire\nTitle of case study: Safer bridges\n\n"
    for kind, title in HEADINGS.items():
        text += f"{kind}. {title}\n\n{filled[kind]}\n\n"
    return Document.from_text(text)


@pytest.fixture(scope="module")
def bridges() -> CaseStudy:
    return extract_case_study(document()).case_study


def links(case_study: CaseStudy, step: Step, basis: Basis = Basis.STATED) -> Counter[str]:
    names = {
        member.iri: member.notation or member.label
        for members in (
            case_study.findings,
            case_study.outputs,
            case_study.impacts,
            case_study.sources,
        )
        for member in members
    }
    return Counter(
        f"{names.get(link.origin, 'claim')} > {names[link.target]}"
        for link in case_study.links
        if link.step is step and link.basis is basis
    )


def test_what_is_marked_is_stated(bridges: CaseStudy) -> None:
    impact = "Safer bridges in Borsetshire"
    assert links(bridges, Step.CONTRIBUTED_TO) == {f"1 > {impact}": 1}
    assert links(bridges, Step.CORROBORATED_BY) == {
        "claim > A": 1,
        "claim > B": 1,
        f"{impact} > A": 1,
        f"{impact} > B": 1,
    }
    assert sorted(link.split(" > ")[1] for link in links(bridges, Step.REPORTED_IN)) == ["1", "2"]


def test_every_link_says_how_it_was_read_and_by_what(bridges: CaseStudy) -> None:
    assert bridges.links
    for link in bridges.links:
        assert link.method
        assert link.rationale
        assert link.anchors
        assert link.attributed_to == RULES.iri
        assert (link.confidence == 1) == (link.basis is Basis.STATED)
    assert bridges.attributed_to == RULES.iri


def test_every_anchor_quotes_the_document(bridges: CaseStudy) -> None:
    text = document().text
    anchors = [
        anchor
        for name in ("findings", "outputs", "impacts", "claims", "sources", "marks", "links")
        for member in getattr(bridges, name)
        for anchor in member.anchors
    ]
    assert anchors
    for anchor in anchors:
        passage = text[anchor.start : anchor.end]
        assert anchor.exact in passage
        assert 1 <= len(anchor.exact.split()) <= 12


def test_the_graph_conforms_to_the_shapes(bridges: CaseStudy) -> None:
    report = validate(encode(bridges) + encode_reference(bridges.reference))
    assert report.conforms, str(report)


def test_two_members_of_one_label_get_names_of_their_own() -> None:
    again = document(s5="A. A letter from Anna Reed, 2019.\n\nA. A letter from Ben Marsh, 2020.")
    sources = extract_case_study(again).case_study.sources
    assert len({source.iri for source in sources}) == len(sources) == 2


def test_the_same_document_gives_the_same_case_study(bridges: CaseStudy) -> None:
    assert extract_case_study(document()).case_study == bridges


def test_a_case_study_without_a_word_is_refused() -> None:
    with pytest.raises(DocumentError, match="no text"):
        extract_case_study(document(s1="", s2="", s3="", s4="", s5=""))
