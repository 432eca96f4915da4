"""Forms: what they hold, and whose page sent them."""

from __future__ import annotations

import pytest

from impactgraph.errors import UsageError
from impactgraph_api.form_fields import read_fields, refuse_other_sites
from impactgraph_api.problem import ProblemError

URLENCODED = "application/x-www-form-urlencoded"
PARTS = "multipart/form-data; boundary=b"


def parts(*pairs: tuple[str, bytes]) -> bytes:
    head = b'--b\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n'
    return b"".join(head % (name.encode(), value) for name, value in pairs) + b"--b--\r\n"


def test_both_kinds_of_form_give_the_same_fields() -> None:
    expected = {"who": "Ada Ł", "why": "", "why:link/1": "two\r\nlines"}
    encoded = b"who=Ada+%C5%81&why=&why%3Alink/1=two%0D%0Alines"
    assert read_fields(encoded, URLENCODED) == expected
    pairs = [(name, value.encode()) for name, value in expected.items()]
    assert read_fields(parts(*pairs), PARTS) == expected


def test_a_file_is_a_field_with_its_content() -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="file"; filename="a.ttl"\r\n'
        b"Content-Type: text/turtle\r\n\r\n<a> <b> \xc5\x81 .\n\r\n--b--\r\n"
    )
    assert read_fields(body, PARTS) == {"file": "<a> <b> Ł .\n"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"who=a&who=b", URLENCODED),
        (b"&".join(b"f%d=" % number for number in range(501)), URLENCODED),
        (b"who=%ff", URLENCODED),
        (b"who=\xff", URLENCODED),
        (parts(("who", b"a"), ("who", b"b")), PARTS),
        (parts(("who", b"\xff")), PARTS),
        (b"nothing", PARTS),
        (b"nothing", "multipart/form-data"),
        (b"--b\r\n\r\nx\r\n--b--\r\n", PARTS),
    ],
)
def test_a_form_that_cannot_be_read_is_refused(body: bytes, kind: str) -> None:
    with pytest.raises(UsageError):
        read_fields(body, kind)


def test_what_is_no_form_is_refused() -> None:
    with pytest.raises(ProblemError):
        read_fields(b"{}", "application/json")


@pytest.mark.parametrize(
    "headers",
    [
        {"sec-fetch-site": "cross-site"},
        {"sec-fetch-site": "same-site"},
        {"sec-fetch-site": "cross-site", "origin": "https://here.example", "host": "here.example"},
        {"origin": "https://there.example", "host": "here.example"},
        {"origin": "null", "host": "here.example"},
    ],
)
def test_the_form_of_another_site_is_refused(headers: dict[str, str]) -> None:
    with pytest.raises(ProblemError, match="another site"):
        refuse_other_sites(headers)


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"sec-fetch-site": "same-origin"},
        {"sec-fetch-site": "none"},
        {"origin": "https://Here.example", "host": "here.example"},
    ],
)
def test_the_form_of_this_site_passes(headers: dict[str, str]) -> None:
    refuse_other_sites(headers)
