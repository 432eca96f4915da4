"""The fields of a form that a page sends: urlencoded, or in parts where a file is among them."""

from __future__ import annotations

from collections.abc import Mapping
from email.message import EmailMessage, Message
from email.parser import BytesParser
from email.policy import HTTP
from http import HTTPStatus
from urllib.parse import parse_qsl, urlsplit

from impactgraph.errors import UsageError
from impactgraph_api.problem import ProblemError

__all__ = ["read_fields", "refuse_other_sites"]

_MOST_FIELDS = 500
_URLENCODED = "application/x-www-form-urlencoded"
_PARTS = "multipart/form-data"


def read_fields(body: bytes, content_type: str) -> dict[str, str]:
    """Return the fields of a form by their names; of a file its content.

    >>> read_fields(b"who=Ada+L&why=", "application/x-www-form-urlencoded")
    {'who': 'Ada L', 'why': ''}

    Raises:
        ProblemError: 415 where it is no form.
        UsageError: it has too many fields, one of them twice, or no text in UTF-8.
    """
    kind = content_type.partition(";")[0].strip().lower()
    if kind not in (_URLENCODED, _PARTS):
        raise ProblemError(
            "unsupported-media-type",
            HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
            f"send the form as {_URLENCODED} or {_PARTS}",
        )
    try:
        pairs = _read_parts(body, content_type) if kind == _PARTS else _read_pairs(body)
    except ValueError:
        raise UsageError("the form cannot be read; load its page anew") from None
    fields = dict(pairs)
    if len(fields) != len(pairs) or len(pairs) > _MOST_FIELDS:
        raise UsageError("the form has a field twice, or too many; load its page anew")
    return fields


def refuse_other_sites(headers: Mapping[str, str]) -> None:
    """Refuse a form that a page of another site sends (Fetch Metadata, section 2.3).

    Args:
        headers: of the request, by names in lower case.

    Raises:
        ProblemError: 403 where one does.
    """
    site = headers.get("sec-fetch-site")
    origin = headers.get("origin")
    if site is None and origin is not None:
        same = urlsplit(origin).netloc.lower() == headers.get("host", "").lower()
        site = "same-origin" if same else "cross-site"
    if site not in (None, "same-origin", "none"):
        raise ProblemError(
            "other-site",
            HTTPStatus.FORBIDDEN,
            "the form was sent by a page of another site; open the page of this service, and "
            "decide there",
        )


def _read_pairs(body: bytes) -> list[tuple[str, str]]:
    return parse_qsl(
        body.decode("ascii"),
        keep_blank_values=True,
        errors="strict",
        max_num_fields=_MOST_FIELDS,
    )


def _read_parts(body: bytes, content_type: str) -> list[tuple[str, str]]:
    head = f"Content-Type: {content_type}\r\n\r\n".encode("latin-1", "replace")
    form: Message = BytesParser(EmailMessage, policy=HTTP).parsebytes(head + body)
    if not form.is_multipart():
        raise ValueError
    pairs = []
    for part in form.get_payload():
        assert isinstance(part, Message)
        name = part.get_param("name", header="Content-Disposition")
        content = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(content, bytes):
            raise ValueError
        pairs.append((name, content.decode("utf-8")))
    return pairs
