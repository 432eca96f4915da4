"""Documents made to do harm, sent to every address that takes one."""

from __future__ import annotations

import asyncio

import httpx
import pytest

from benchmarks.hostile_files import HOSTILE_FILES
from filled_form import filled_form
from hostile.wire import connect
from impactgraph.documents import MEDIA_TYPES
from impactgraph_api import Settings
from impactgraph_api.documents.process import Extract
from impactgraph_api.documents.reader import DocumentReader
from impactgraph_api.workers.errors import DocumentMemoryError, OverloadedError
from serving import Service

ADDRESSES = [("POST", "/api/extract"), ("POST", "/api/report"), ("PUT", "/case-studies/hostile")]
REFUSED = {
    "zip bomb": (422, "unpacks to more than 32000000 bytes"),
    "archives in archives": (422, "no text in its part word/document.xml"),
    "20,000 small entries": (422, "more than 10000 files"),
    "a size that lies": (422, "damaged|cut short|more than"),
    "entities": (422, "document type|no well-formed XML"),
    "an entity of a file": (422, "document type"),
    "elements in elements": (422, "no well-formed XML"),
    "half of it": (422, "cut short"),
    "a picture called .docx": (422, "this is a picture"),
    "a workbook called .docx": (422, "this is a workbook"),
    "entities, workbook": (415, "application/octet-stream"),
    "formulas": (415, "application/octet-stream"),
    "10,000 pages": (422, "10000 pages, more than the 100"),
    "encrypted": (422, "encrypted; save it without a password"),
    "a picture": (422, "recognise the text"),
    "half of it, PDF": (422, "cut short"),
    "words called .pdf": (422, "this is no PDF"),
    "50 MB of brackets": (413, "at most"),
    "elements in elements, web page": (422, "tags|nested too deep"),
    "bytes that are no text": (422, "is no UTF-8; save the file in UTF-8"),
    "no byte at all": (422, "no REF impact case study"),
}
FORM = (
    '--x\r\nContent-Disposition: form-data; name="file"; filename=%s\r\n\r\nno case study\r\n--x--'
)


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize("what", REFUSED)
def test_it_is_refused_with_a_reason_everywhere(service: Service, what: str) -> None:
    name, make = HOSTILE_FILES[what]
    status, reason = REFUSED[what]
    ending = f".{name.rpartition('.')[2]}"
    kinds = (kind for kind, endings in MEDIA_TYPES.items() if ending in endings)
    headers = {"Content-Type": next(kinds, "application/octet-stream")} | service.authorisation
    content = make()
    with httpx.Client(base_url=service.url, timeout=60, trust_env=False, verify=False) as client:
        for method, address in ADDRESSES:
            answer = client.request(method, address, content=content, headers=headers)
            assert answer.status_code == status, (address, answer.text[:500])
            assert answer.headers["Content-Type"] == "application/problem+json"
            assert len(answer.content) < 2_000
            detail = answer.json()["detail"]
            assert any(part in detail for part in reason.split("|")), (address, detail)
        assert client.get("/api/case-studies/hostile").status_code == 404


@pytest.mark.usefixtures("as_before")
@pytest.mark.parametrize(
    "name",
    [
        '"<script>alert(1)</script>.md"',
        '"../../../../etc/passwd.md"',
        '"=cmd|calc.md"',
        '"C:\\\\a\\\\b.md"',
        '"a\r\nX-Header: b.md"',
        '"\x00\x1b[31m.md"',
        '"' + "a" * 20_000 + '.md"',
        '"\N{RIGHT-TO-LEFT OVERRIDE}.md"',
        '".md"',
        "unquoted name.md",
    ],
)
def test_the_name_of_a_file_does_nothing(service: Service, name: str) -> None:
    for address in ("/api/extract", "/api/report"):
        answer = httpx.post(
            f"{service.url}{address}",
            content=(FORM % name).encode(),
            headers={"Content-Type": "multipart/form-data; boundary=x"},
            timeout=60,
            trust_env=False,
            verify=False,
        )
        assert answer.status_code in (400, 415, 422), answer.text[:500]
        assert len(answer.content) < 2_000
        for part in ("script", "passwd", "cmd", "X-Header", "\x1b", "aaaa"):
            assert part not in answer.text
        assert "x-header" not in answer.headers


@pytest.mark.usefixtures("as_before")
def test_a_document_whose_sender_leaves_is_given_up(service: Service) -> None:
    head = "POST /api/extract HTTP/1.1\r\nHost: x\r\nContent-Type: text/markdown\r\n"
    for _ in range(5):
        with connect(service) as connection:
            connection.sendall(f"{head}Content-Length: 1000000\r\n\r\nwords".encode())


def test_what_waits_for_a_place_is_bounded() -> None:
    async def read() -> list[bytes | BaseException]:
        reader = DocumentReader(Settings(workers=1, queue=1))
        await reader.start()
        task = Extract(content=filled_form(), name="form.docx")
        return await asyncio.gather(*(reader.read(task) for _ in range(3)), return_exceptions=True)

    first, second, third = asyncio.run(read())
    assert isinstance(first, bytes)
    assert isinstance(second, bytes)
    assert isinstance(third, OverloadedError)
    assert "1 documents wait already; try again shortly" in str(third)


def test_what_takes_too_much_memory_is_ended(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impactgraph_api.workers.gauge.Gauge.read_memory", lambda _: 2**40)
    reader = DocumentReader(Settings(workers=1))
    task = Extract(content=filled_form(), name="form.docx")
    with pytest.raises(DocumentMemoryError, match="more than 1024 MiB of memory"):
        asyncio.run(reader.read(task))
