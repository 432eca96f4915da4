"""Documents of RDF are known by their media types, in forms too."""

from __future__ import annotations

import pytest
from pyoxigraph import RdfFormat

from impactgraph.errors import UpdateError
from impactgraph_api.writing.documents import Document, read_documents

FORM = (
    b"--x\r\nContent-Disposition: form-data; name=a; filename=a.ttl\r\n"
    b"Content-Type: text/turtle\r\n\r\n<a> <b> 1 .\r\n"
    b"--x\r\nContent-Disposition: form-data; name=b; filename=b.nt\r\n\r\n<x:a> <x:b> <x:c> .\r\n"
    b"--x--\r\n"
)


@pytest.mark.parametrize(
    ("media_type", "form"),
    [
        ("", RdfFormat.TURTLE),
        ("text/turtle;charset=UTF-8", RdfFormat.TURTLE),
        ("Application/N-Triples", RdfFormat.N_TRIPLES),
        ("application/rdf+xml", RdfFormat.RDF_XML),
        ("application/ld+json; profile=x", RdfFormat.JSON_LD),
    ],
)
def test_the_media_type_gives_the_format(media_type: str, form: RdfFormat) -> None:
    (document,) = read_documents(b"x", media_type, "x:")
    assert (document.data, document.form, document.base) == (b"x", form, "x:")


def test_every_part_of_a_form_counts() -> None:
    documents = read_documents(FORM, "multipart/form-data; boundary=x", "x:")
    assert [(document.form, document.data) for document in documents] == [
        (RdfFormat.TURTLE, b"<a> <b> 1 ."),
        (RdfFormat.N_TRIPLES, b"<x:a> <x:b> <x:c> ."),
    ]


@pytest.mark.parametrize(
    ("body", "media_type"),
    [
        (b"x", "image/png"),
        (FORM, "multipart/form-data; boundary=y"),
        (FORM, "multipart/form-data"),
        (FORM.replace(b".nt", b".png"), "multipart/form-data; boundary=x"),
    ],
)
def test_anything_else_is_refused(body: bytes, media_type: str) -> None:
    with pytest.raises(UpdateError):
        read_documents(body, media_type, "x:")


@pytest.mark.parametrize(
    ("data", "form"),
    [
        (b"<a> <b> ", RdfFormat.TURTLE),
        (b"<a> <b> <c> .", RdfFormat.N_TRIPLES),
        (b"\xff", RdfFormat.TURTLE),
        (b'{"@id": "x:g", "@graph": [{"@id": "x:a", "x:b": 1}]}', RdfFormat.JSON_LD),
    ],
)
def test_a_malformed_document_is_refused(data: bytes, form: RdfFormat) -> None:
    with pytest.raises(UpdateError, match="document is malformed"):
        Document(data=data, form=form, base="x:").check()
