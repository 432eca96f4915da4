"""What a write may carry: a graph, or several as the parts of a form.

See the Graph Store HTTP Protocol, sections 5.3 and 5.5, and RFC 7578 (multipart/form-data). The
writer takes a form apart; this refuses beforehand what is none, and no graph either.
"""

from __future__ import annotations

from http import HTTPStatus
from typing import Final

from impactgraph_api.problem import ProblemError
from impactgraph_api.writing.documents import ACCEPTED, find_format

__all__ = ["ACCEPTED_TYPES", "check_content_type"]

_FORM: Final = "multipart/form-data"

ACCEPTED_TYPES: Final = (*ACCEPTED, _FORM)
"""The media types that a write may have."""

_CHARSETS: Final = ("utf-8", "utf8", "us-ascii")


def check_content_type(content_type: str | None) -> str:
    """Return the Content-Type of a write where graphs can be read from it.

    >>> check_content_type("text/turtle; charset=UTF-8")
    'text/turtle; charset=UTF-8'

    Raises:
        ProblemError: 415 where they cannot.
    """
    if not content_type:
        raise _unsupported("a graph needs a Content-Type")
    media_type, *parameters = (part.strip().lower() for part in content_type.split(";"))
    if media_type == _FORM:
        return content_type
    if find_format(media_type) is None:
        raise _unsupported(f"graphs cannot be read from {media_type:.80}")
    for parameter in parameters:
        name, _, value = parameter.partition("=")
        if name.strip() == "charset" and value.strip().strip('"') not in _CHARSETS:
            raise _unsupported(f"graphs are read in UTF-8; this was {value.strip():.80}")
    return content_type


def _unsupported(detail: str) -> ProblemError:
    return ProblemError(
        "unsupported-media-type",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE,
        f"{detail}; send {', '.join(ACCEPTED_TYPES)}",
        {"Accept-Post": ", ".join(ACCEPTED_TYPES)},
    )
