"""Reading a document from a file."""

from __future__ import annotations

import unicodedata
from pathlib import Path

from impactgraph.documents.document import Document
from impactgraph.errors import DocumentError

__all__ = ["normalise_text", "read_document"]

_MEDIA_TYPES = {".txt": "text/plain", ".md": "text/markdown", ".markdown": "text/markdown"}
_LARGEST = 50_000_000
_BYTE_ORDER_MARK = b"\xef\xbb\xbf"


def read_document(path: str | Path) -> Document:
    """Read a case study from a file of plain text or Markdown, in UTF-8.

    Args:
        path: the file, its name ending in .txt, .md or .markdown, of at most 50 megabytes.

    Raises:
        DocumentError: the file cannot be read, is no text, or holds no case study.
    """
    path = Path(path)
    media_type = _MEDIA_TYPES.get(path.suffix.lower())
    if media_type is None:
        known = ", ".join(_MEDIA_TYPES)
        raise DocumentError(f"{path} is of a kind that cannot be read; save it as one of {known}")
    try:
        with path.open("rb") as file:
            content = file.read(_LARGEST + 1)
    except OSError as error:
        raise DocumentError(f"{path} cannot be read: {error.strerror}") from error
    if len(content) > _LARGEST:
        raise DocumentError(f"{path} has more than {_LARGEST} bytes; a case study has a few pages")
    try:
        return Document.from_text(normalise_text(_decode(content)), media_type=media_type)
    except DocumentError as error:
        raise DocumentError(f"{path}: {error}") from error


def normalise_text(text: str) -> str:
    r"""Return the text as positions count it: in Unicode's form NFC, lines ended by \n.

    Nothing else is changed, not even spaces at the ends of lines.

    >>> normalise_text("one\r\ntwo\rthree")
    'one\ntwo\nthree'
    """
    return unicodedata.normalize("NFC", text.replace("\r\n", "\n").replace("\r", "\n"))


def _decode(content: bytes) -> str:
    marked = content.startswith(_BYTE_ORDER_MARK)
    try:
        return content[len(_BYTE_ORDER_MARK) if marked else 0 :].decode("utf-8")
    except UnicodeDecodeError as error:
        offset = error.start + (len(_BYTE_ORDER_MARK) if marked else 0)
        raise DocumentError(
            f"byte {offset} (0x{content[offset]:02x}) is no UTF-8; save the file in UTF-8"
        ) from error
