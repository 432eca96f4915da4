"""Who may write: a request that bears the service's token (RFC 6750, section 2.1)."""

from __future__ import annotations

import hmac
import re
from collections.abc import Mapping
from hashlib import sha256
from http import HTTPStatus
from pathlib import Path

from impactgraph.errors import UsageError
from impactgraph_api.problem import ProblemError
from impactgraph_api.settings import Settings

__all__ = ["authorise", "choose_token", "read_token"]

_TOKEN = re.compile(r"[A-Za-z0-9._~+/-]+=*")
"""The b64token of RFC 6750: what can stand in the header as it is."""

_LONGEST = 4096
_CHALLENGE = 'Bearer realm="impactgraph"'


def authorise(headers: Mapping[str, str], settings: Settings) -> None:
    """Let a write pass, or say why it may not.

    Args:
        headers: the request's, by names in lower case.
        settings: the service's, with its token.

    Raises:
        ProblemError: 403 where the service has no token and only reads; 401 where the request
            bears none, or another one.

    >>> authorise({"authorization": "Bearer s3cret"}, Settings(token="s3cret"))
    """
    if settings.token is None:
        raise ProblemError(
            "read-only",
            HTTPStatus.FORBIDDEN,
            "this service only reads; its operator can let it write by starting it with a token, "
            "in the environment variable IMPACTGRAPH_TOKEN or in a file named by --token-file",
        )
    sent = headers.get("authorization")
    if sent is None:
        raise _unauthorised("a write needs the header Authorization: Bearer TOKEN", _CHALLENGE)
    scheme, _, token = sent.strip().partition(" ")
    if scheme.lower() != "bearer":
        raise _unauthorised(
            "a write needs the header Authorization: Bearer TOKEN; another scheme was sent",
            _CHALLENGE,
        )
    # Digests are of one length, so that the time taken tells nothing of the token, its length
    # included.
    if not hmac.compare_digest(_digest(token.strip()), _digest(settings.token)):
        raise _unauthorised(
            "the token is not this service's", f'{_CHALLENGE}, error="invalid_token"'
        )


def choose_token(environment: str | None, file: Path | None) -> str | None:
    """Return the token that an operator gave, in the environment or a file, or None.

    Args:
        environment: the value of IMPACTGRAPH_TOKEN, where it is set.
        file: the file that holds the token, where one is named; it goes before the environment.

    Raises:
        UsageError: what was given cannot be a token, or the file cannot be read.
    """
    if file is not None:
        return read_token(file)
    if environment is None:
        return None
    return _check(environment.strip(), "the environment variable IMPACTGRAPH_TOKEN")


def read_token(file: Path) -> str:
    """Return the token that a file holds, without the white space around it.

    Raises:
        UsageError: the file cannot be read, or what it holds cannot be a token.
    """
    try:
        with file.open("rb") as opened:
            content = opened.read(_LONGEST + 1)
    except OSError as error:
        raise UsageError(f"the token file {file} cannot be read: {error.strerror}") from error
    if len(content) > _LONGEST:
        raise UsageError(f"the token file {file} has more than {_LONGEST} bytes; it is no token")
    return _check(content.decode("utf-8", "replace").strip(), f"the token file {file}")


def _check(token: str, place: str) -> str:
    """Return the token where it can be sent; the message never shows it."""
    if not token:
        raise UsageError(f"{place} holds no token; fill it, or leave it out to only read")
    if len(token) > _LONGEST or not _TOKEN.fullmatch(token):
        raise UsageError(
            f"{place} holds what no header can bear as a token; take letters, digits and "
            "-._~+/ only, no spaces, for example what `openssl rand -hex 32` prints"
        )
    return token


def _digest(token: str) -> bytes:
    return sha256(token.encode("utf-8", "surrogateescape")).digest()


def _unauthorised(detail: str, challenge: str) -> ProblemError:
    return ProblemError(
        "unauthorised", HTTPStatus.UNAUTHORIZED, detail, {"WWW-Authenticate": challenge}
    )
