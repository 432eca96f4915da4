"""The documents of RDF that writes bring along, by their media types."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import HTTP

from pyoxigraph import RdfFormat, parse

from impactgraph.errors import UpdateError

__all__ = ["ACCEPTED", "Document", "find_format", "read_documents"]

_FORMATS = {
    "text/turtle": RdfFormat.TURTLE,
    "application/x-turtle": RdfFormat.TURTLE,
    "application/n-triples": RdfFormat.N_TRIPLES,
    "text/plain": RdfFormat.N_TRIPLES,
    "application/rdf+xml": RdfFormat.RDF_XML,
    "application/xml": RdfFormat.RDF_XML,
    "text/xml": RdfFormat.RDF_XML,
    "application/ld+json": RdfFormat.JSON_LD,
    "application/json": RdfFormat.JSON_LD,
}
_ENDINGS = {
    "ttl": RdfFormat.TURTLE,
    "nt": RdfFormat.N_TRIPLES,
    "rdf": RdfFormat.RDF_XML,
    "owl": RdfFormat.RDF_XML,
    "jsonld": RdfFormat.JSON_LD,
}

ACCEPTED = ("text/turtle", "application/n-triples", "application/rdf+xml", "application/ld+json")
"""The media types that the service names as those of graphs it takes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document that holds one graph; `base` is what its relative IRIs are relative to."""

    data: bytes
    form: RdfFormat
    base: str

    def __reduce__(self) -> tuple[Callable[..., Document], tuple[bytes, str, str]]:
        """Let it be pickled, which the engine's formats cannot be."""
        return _rebuild, (self.data, self.form.media_type, self.base)

    def check(self) -> None:
        """Read the document, to know that it is well formed and names no graphs itself.

        Raises:
            UpdateError: it is malformed, or names graphs.
        """
        try:
            for _ in parse(self.data, self.form, base_iri=self.base, without_named_graphs=True):
                pass
        except (SyntaxError, ValueError) as error:
            raise UpdateError(f"the document is malformed: {error}") from error


def _rebuild(data: bytes, media_type: str, base: str) -> Document:
    form = RdfFormat.from_media_type(media_type)
    assert form is not None
    return Document(data=data, form=form, base=base)


def find_format(media_type: str, name: str = "") -> RdfFormat | None:
    """Return the format of a media type, or, where none is known, of the ending of a name.

    >>> find_format("text/turtle; charset=utf-8") == RdfFormat.TURTLE
    True
    >>> find_format("application/octet-stream", "a.nt") == RdfFormat.N_TRIPLES
    True
    """
    kind = media_type.partition(";")[0].strip().lower()
    return _FORMATS.get(kind) or _ENDINGS.get(name.rpartition(".")[2].lower())


def read_documents(body: bytes, media_type: str, base: str) -> tuple[Document, ...]:
    """Return the documents in the body of a write: one, or those of a form's parts (RFC 7578).

    Args:
        body: the body.
        media_type: its Content-Type, parameters included; nothing stands for Turtle.
        base: what relative IRIs are relative to.

    Raises:
        UpdateError: the media type is none of RDF, or the form is malformed.
    """
    if not media_type.lower().startswith("multipart/form-data"):
        return (_document(body, media_type or "text/turtle", "", base),)
    head = f"Content-Type: {media_type}\r\n\r\n".encode("latin-1", "replace")
    form: Message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    if not form.is_multipart():
        raise UpdateError("the form cannot be read: its boundary is missing, or is not in the body")
    return tuple(_parts(form, base))


def _parts(form: Message, base: str) -> Iterator[Document]:
    for part in form.walk():
        if part.is_multipart():
            continue
        data = part.get_payload(decode=True)
        assert isinstance(data, bytes)
        yield _document(data, part.get("Content-Type", ""), part.get_filename() or "", base)


def _document(data: bytes, media_type: str, name: str, base: str) -> Document:
    form = find_format(media_type, name)
    if form is None:
        raise UpdateError(
            f"{media_type or 'a part of no type'} is no format of graphs that is taken; send "
            f"{', '.join(ACCEPTED)}"
        )
    return Document(data=data, form=form, base=base)
