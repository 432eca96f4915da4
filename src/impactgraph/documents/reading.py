"""Reading a document from a file of any kind that case studies come in."""

from __future__ import annotations

import io
import re
import unicodedata
import zipfile
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from impactgraph.documents.document import Document
from impactgraph.documents.exports import ExportRow, count_rows, read_export
from impactgraph.errors import DocumentError

__all__ = [
    "MEDIA_TYPES",
    "count_documents",
    "normalise_text",
    "read_content",
    "read_document",
    "read_documents",
]

_LARGEST = 50_000_000
_MOST_CHARACTERS = 300_000
_LOOKED_AT = 4096
"""How many bytes tell what a file of no known kind seems to be."""
_MOST_PARTS = 10_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"
_EXPORTS = (".xlsx", ".csv", ".json")


@dataclass(frozen=True, slots=True)
class _Format:
    """A kind of file: how its names end, and how its bytes become text."""

    media_type: str
    suffixes: tuple[str, ...]
    read: Callable[[bytes], str]


def _read_text(content: bytes) -> str:
    marked = content.startswith(_BYTE_ORDER_MARK)
    try:
        return content[len(_BYTE_ORDER_MARK) if marked else 0 :].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(_BYTE_ORDER_MARK) if marked else 0)
        raise DocumentError(
            f"byte {offset} (0x{content[offset]:02x}) is no UTF-8; save the file in UTF-8"
        ) from error


# What reads the others is loaded when it is needed.


def _read_web_page(content: bytes) -> str:
    from impactgraph.documents.web_pages import read_web_page

    return read_web_page(content)


def _read_docx(content: bytes) -> str:
    from impactgraph.documents.docx.reading import read_docx

    return read_docx(content)


def _read_pdf(content: bytes) -> str:
    from impactgraph.documents.pdf.reading import read_pdf

    return read_pdf(content)


_TEXT = _Format("text/plain", (".txt", ".text"), _read_text)
_MARKDOWN = _Format("text/markdown", (".md", ".markdown"), _read_text)
_WEB_PAGE = _Format("text/html", (".html", ".htm", ".xhtml"), _read_web_page)
_DOCX = _Format(
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    (".docx", ".docm"),
    _read_docx,
)
_PDF = _Format("application/pdf", (".pdf",), _read_pdf)
_FORMATS = (_TEXT, _MARKDOWN, _WEB_PAGE, _DOCX, _PDF)

MEDIA_TYPES = {form.media_type: form.suffixes for form in _FORMATS}
"""The kinds of files that one case study is read from, each with the endings of their names."""

_PAGE_START = re.compile(
    rb"\s*(?:<\?xml[^<>]{0,200}>\s*)?(?:<!--.{0,2000}?-->\s*)?<(?:!doctype\s+html|html)\b",
    re.I | re.S,
)
_OTHER_KINDS = {
    b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1": (
        "an encrypted document or one of Office's old kinds (.doc, .xls); save it as .docx or "
        ".xlsx, without a password"
    ),
    b"{\\rtf": "rich text (.rtf); save it as .docx",
    b"\xff\xfe": "text in UTF-16; save it in UTF-8",
    b"\xfe\xff": "text in UTF-16; save it in UTF-8",
    b"\x1f\x8b": "compressed (gzip); unpack it first",
    b"\x89PNG": "a picture; what is read is text",
    b"\xff\xd8\xff": "a picture; what is read is text",
}


def read_document(path: str | Path) -> Document:
    """Read a case study from a file.

    What the file holds decides how it is read, and its name where that leaves a choice.

    Args:
        path: a file of text or Markdown (UTF-8), a web page, a .docx, or a PDF with a text layer,
            of at most 50 megabytes; or a REF export that holds this one case study.

    Raises:
        DocumentError: the file cannot be read, or holds no case study; the message says what was
            looked for and found.
    """
    path = Path(path)
    if _is_export(path):
        return _read_only_row(path)
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    return read_content(content, str(path))


def read_documents(
    path: str | Path,
    *,
    institution: str | None = None,
    unit: str | int | None = None,
    identifiers: Collection[str] | None = None,
) -> Iterator[ExportRow]:
    """Yield the case studies that a file holds: an export's rows, or the one of any other file.

    Args:
        path: the file.
        institution: of an export, only those of this institution; see `read_export`.
        unit: of an export, only those of this unit of assessment.
        identifiers: of an export, only these.

    Raises:
        DocumentError: an export cannot be read; any other file's failure is its row's.
    """
    path = Path(path)
    if _is_export(path):
        yield from read_export(path, institution=institution, unit=unit, identifiers=identifiers)
        return
    try:
        yield ExportRow(None, None, read_document(path))
    except DocumentError as error:
        yield ExportRow(None, None, failure=str(error))


def count_documents(path: str | Path) -> int | None:
    """Return about how many case studies a file holds; None where that takes reading it.

    Args:
        path: the file.
    """
    path = Path(path)
    return count_rows(path) if _is_export(path) else 1


def read_content(content: bytes, name: str) -> Document:
    """Read a case study from a file's bytes.

    Args:
        content: the bytes, at most 50 megabytes.
        name: the file's name, for its ending and for messages.

    Raises:
        DocumentError: they hold no case study that can be read.
    """
    if len(content) > _LARGEST:
        raise DocumentError(f"{name} has more than {_LARGEST} bytes; a case study has a few pages")
    try:
        form = _find_format(content, Path(name).suffix.lower())
        text = normalise_text(form.read(content))
        if len(text) > _MOST_CHARACTERS:
            raise DocumentError(
                f"it has {len(text)} characters, more than the {_MOST_CHARACTERS} that are read; "
                "a case study has a few pages: save it alone"
            )
        return Document.from_text(text, media_type=form.media_type)
    except DocumentError as error:
        raise DocumentError(f"{name}: {error}") from error


def normalise_text(text: str) -> str:
    r"""Return the text as positions count it: in Unicode's form NFC, lines ended by \n.

    Nothing else is changed, not even spaces at the ends of lines.

    >>> normalise_text("one\r\ntwo\rthree")
    'one\ntwo\nthree'
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _find_format(content: bytes, suffix: str) -> _Format:
    """Return the format of a file, by how it begins, else by how its name ends."""
    if b"%PDF-" in content[:1024]:
        return _PDF
    if content.startswith(b"PK\x03\x04"):
        return _find_packed_format(content)
    if _PAGE_START.match(content[:4096].removeprefix(_BYTE_ORDER_MARK)):
        return _WEB_PAGE
    for start, kind in _OTHER_KINDS.items():
        if content.startswith(start):
            raise DocumentError(f"this is {kind}")
    for form in _FORMATS:
        if suffix in form.suffixes:
            if form in (_DOCX, _PDF):
                raise DocumentError(
                    f"this is no {suffix[1:].upper()}, whatever its name; {_guess_kind(content)}"
                )
            return form
    known = ", ".join(suffix for form in _FORMATS for suffix in form.suffixes)
    raise DocumentError(f"this is of a kind that cannot be read; save it as one of {known}")


def _guess_kind(content: bytes) -> str:
    """Say what a file seems to be that is not what its name says, and what to do about it."""
    if not content:
        return "the file is empty: choose the one that holds the case study"
    # A character of up to four bytes may be cut off.
    words = content[:_LOOKED_AT].decode("utf-8", "ignore")
    lost = len(content[:_LOOKED_AT]) - len(words.encode())
    if lost < 4 and all(character.isprintable() or character.isspace() for character in words):
        return "it seems to be plain text: give it a name that ends in .txt or .md"
    return (
        "it seems to be damaged, or of a kind that no document has: open it in the program that "
        "made it, and save it anew"
    )


def _find_packed_format(content: bytes) -> _Format:
    """Return the format of a file that is a zip archive."""
    if content.count(b"PK\x01\x02") > _MOST_PARTS:
        raise DocumentError(f"this is an archive of more than {_MOST_PARTS} files")
    try:
        names = zipfile.ZipFile(io.BytesIO(content)).namelist()
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError):
        return _DOCX
    if any(name.startswith("xl/") for name in names):
        raise DocumentError("this is a workbook; give it a name that ends in .xlsx")
    if "mimetype" in names:
        raise DocumentError("this is an OpenDocument or e-book file; save it as .docx")
    if not any(name.startswith("word/") for name in names):
        raise DocumentError("this is a zip archive without a Word document; unpack it first")
    return _DOCX


def _is_export(path: Path) -> bool:
    return path.suffix.lower() in _EXPORTS


def _read_only_row(path: Path) -> Document:
    """Return the case study of an export that has only one."""
    rows = list(islice(read_export(path), 2))
    if len(rows) != 1:
        raise DocumentError(
            f"{path} holds {'several case studies' if rows else 'no case study'}; an export's "
            "rows are read one by one, by read_documents"
        )
    if rows[0].document is None:
        raise DocumentError(f"{path}: row {rows[0].number}: {rows[0].failure}")
    return rows[0].document
