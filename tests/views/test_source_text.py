"""The words in their places: every passage is marked just where it stands, however they overlap."""

from __future__ import annotations

from itertools import pairwise
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from impactgraph.documents import Document, read_document, read_plain_text
from impactgraph.extraction import extract_case_study
from impactgraph.graph import CaseGraph, build_graph, model_of, nodes_of
from impactgraph.texts import KeptText
from impactgraph.views.source_text import Piece, SourceText, view_source_text

BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"


def read() -> tuple[Document, CaseGraph]:
    document = read_document(BRIDGES)
    return document, build_graph(extract_case_study(document, slug="bridges").case_study)


def kept(document: Document) -> KeptText:
    return KeptText(document.text, document.digest)


def pieces(found: SourceText) -> list[Piece]:
    return [piece for part in found.sections for block in part.blocks for piece in block.pieces]


def test_the_page_has_every_word_of_the_text_once_and_in_order() -> None:
    document, graph = read()
    found = view_source_text(graph, kept(document))
    assert not found.drifted
    assert [section.kind for section in found.sections] == ["A", "1", "2", "3", "4", "5"]
    shown = "".join(
        "".join(piece.text for piece in block.pieces) + "\n"
        for section in found.sections
        for block in section.blocks
    )
    assert shown == read_plain_text(document).text


def test_each_node_is_named_at_just_the_words_of_its_passages() -> None:
    document, graph = read()
    plain = read_plain_text(document)
    found = view_source_text(graph, kept(document))
    case_study = model_of(graph).iri
    marked: dict[str, str] = {}
    for piece in pieces(found):
        for place in piece.places:
            marked[place.iri] = marked.get(place.iri, "") + piece.text
    anchored = [node for node in nodes_of(graph) if node.anchors]
    assert len(anchored) > 30
    for node in anchored:
        spans = sorted({plain.find(anchor.start, anchor.end) for anchor in node.anchors})
        wanted = "".join(plain.words(span).replace("\n", "") for span in spans)
        if all(not one.overlaps(other) for one, other in pairwise(spans)):
            assert marked[node.iri] == wanted, node.iri.removeprefix(case_study)


def test_the_shortest_passage_leads_and_each_begins_once() -> None:
    document, graph = read()
    found = view_source_text(graph, kept(document))
    nested = [piece for piece in pieces(found) if len(piece.places) > 1]
    assert nested
    for piece in nested:
        kinds = [place.key.split("/")[0] for place in piece.places]
        if set(kinds) == {"claim", "impact"}:
            assert kinds[0] == "claim"
    ids = [each for piece in pieces(found) for each in piece.ids]
    assert len(ids) == len(set(ids))
    beside = [
        place.key for part in found.sections for block in part.blocks for place in block.beside
    ]
    assert {place.key for piece in pieces(found) for place in piece.places} == set(beside)


def test_another_text_is_not_marked_and_passages_are_listed() -> None:
    document, graph = read()
    other = Document.from_text(document.text.replace("41 councils", "42 councils"))
    found = view_source_text(graph, kept(other))
    assert found.drifted
    assert found.sections == ()
    assert found.passages == view_source_text(graph, None).passages
    assert not view_source_text(graph, None).drifted


def test_where_no_text_is_kept_every_passage_is_listed_once_by_section() -> None:
    _, graph = read()
    found = view_source_text(graph, None)
    listed = [
        (place.iri, each.passage.start, each.passage.end)
        for section in found.passages
        for each in section.passages
        for place in each.places
    ]
    wanted = {
        (node.iri, anchor.start, anchor.end) for node in nodes_of(graph) for anchor in node.anchors
    }
    assert set(listed) == wanted
    assert [section.kind for section in found.passages] == sorted(
        section.kind for section in found.passages
    )
    for section in found.passages:
        starts = [each.passage.start for each in section.passages]
        assert starts == sorted(starts)


@given(text=st.text(st.sampled_from("ab *_<i>[]()\n#\\|-1."), max_size=80), data=st.data())
@settings(max_examples=100, deadline=None)
def test_a_stretch_of_plain_text_is_found_again_by_its_places(
    text: str, data: st.DataObject
) -> None:
    from impactgraph.documents import Section, Span

    document = Document.from_parts(
        text, (Section("A", "", 0, len(text)),), media_type="text/markdown"
    )
    plain = read_plain_text(document)
    if plain.text.strip():
        start = data.draw(st.integers(0, len(plain.text) - 1))
        end = data.draw(st.integers(start + 1, len(plain.text)))
        found = plain.find(*plain.place(Span(start, end)))
        assert found.start <= start
        assert end <= found.end
