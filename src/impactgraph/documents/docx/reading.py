"""Reading the text of a DOCX file, as its word processor shows it."""

from __future__ import annotations

import posixpath

from impactgraph.documents.docx.flow import Flow, Notes
from impactgraph.documents.docx.names import child, in_words, value_of
from impactgraph.documents.docx.numbering import read_numbering
from impactgraph.documents.docx.package import Package, open_package
from impactgraph.documents.docx.styles import read_styles
from impactgraph.documents.markup import write_blocks
from impactgraph.documents.template import arrange_template
from impactgraph.errors import DocumentError

__all__ = ["read_docx"]


def read_docx(content: bytes) -> str:
    """Return the text of a DOCX file, Markdown-like.

    List labels are written as the word processor shows them; what tracked changes deleted,
    comments and hidden text are left out; notes stand at the end of their section.

    Args:
        content: the file's bytes.

    Raises:
        DocumentError: the file is no DOCX, is damaged or encrypted, or is beyond measure.
    """
    package = open_package(content)
    name = package.find_document()
    root = package.read_part(name)
    body = child(root, "body")
    if body is None:
        raise DocumentError(
            f"this archive has no text in its part {name}; save the case study as .docx"
        )
    folder = posixpath.dirname(name)
    flow = Flow(
        styles=read_styles(package.read_part(f"{folder}/styles.xml")),
        numbering=read_numbering(package.read_part(f"{folder}/numbering.xml")),
        addresses=package.read_relationships(name),
        notes=_read_notes(package, folder),
    )
    return write_blocks(arrange_template(flow.read_blocks(body)))


def _read_notes(package: Package, folder: str) -> dict[str, Notes]:
    settings = package.read_part(f"{folder}/settings.xml")
    kinds = {}
    for kind, form in (("footnote", "decimal"), ("endnote", "lowerRoman")):
        part = f"{folder}/{kind}s.xml"
        root = package.read_part(part)
        notes = {in_words(one, "id") or "": one for one in root} if root is not None else {}
        own = value_of(settings, f"{kind}Pr", "numFmt")
        kinds[kind] = Notes(notes, package.read_relationships(part), own or form)
    return kinds
