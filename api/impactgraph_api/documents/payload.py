"""What a request brings along: a document as its body, or as the file of a form (RFC 7578)."""

from __future__ import annotations

from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import HTTP
from http import HTTPStatus
from pathlib import PurePath
from typing import Final

from impactgraph.documents import MEDIA_TYPES
from impactgraph_api.problem import ProblemError

__all__ = ["ACCEPTED_TYPES", "FORM", "check_content_type", "take_document"]

FORM: Final = "multipart/form-data"
ACCEPTED_TYPES: Final = (*MEDIA_TYPES, FORM)
"""The media types that a request with a document may have."""

_ENDINGS: Final = {ending: kind for kind, endings in MEDIA_TYPES.items() for ending in endings}


def check_content_type(content_type: str | None) -> str:
    """Return the Content-Type of a request where a document can be read from it.

    >>> check_content_type("text/plain; charset=utf-8")
    'text/plain; charset=utf-8'

    Raises:
        ProblemError: 415 where none can.
    """
    kind = _kind_of(content_type or "")
    if kind not in ACCEPTED_TYPES:
        raise _unsupported(kind)
    return content_type or ""


def take_document(body: bytes, content_type: str) -> tuple[bytes, str]:
    """Return the bytes of the document that a request brings, and a name with its ending.

    Args:
        body: the body of the request.
        content_type: its Content-Type, parameters included.

    Raises:
        ProblemError: 415 where no document can be read from it, 400 where a form has no file.
    """
    kind = _kind_of(content_type)
    if kind != FORM:
        return body, _name(kind)
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form: Message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    files = [part for part in form.walk() if part.get_filename() and not part.is_multipart()]
    if len(files) != 1:
        raise ProblemError(
            "bad-value",
            HTTPStatus.BAD_REQUEST,
            f"a form with one file is wanted, and this has {len(files)}",
        )
    content = files[0].get_payload(decode=True)
    assert isinstance(content, bytes)
    ending = PurePath(files[0].get_filename() or "").suffix.lower()
    # Browsers give what they know no type of as octets; then its name tells.
    return content, _name(_ENDINGS.get(ending) or _kind_of(str(files[0].get("Content-Type", ""))))


def _kind_of(content_type: str) -> str:
    return content_type.partition(";")[0].strip().lower()


def _name(kind: str) -> str:
    if kind not in MEDIA_TYPES:
        raise _unsupported(kind)
    return f"the document{MEDIA_TYPES[kind][0]}"


def _unsupported(kind: str) -> ProblemError:
    named = f"case studies cannot be read from {kind:.80}" if kind else "a Content-Type is needed"
    return ProblemError(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"{named}; send {', '.join(ACCEPTED_TYPES)}",
        {"Accept-Post": ", ".join(ACCEPTED_TYPES)},
    )
