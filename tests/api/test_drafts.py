"""Drafts stay within their bounds, and out of the log."""

from __future__ import annotations

import logging
from pathlib import Path

import pytest

from impactgraph.errors import NotFoundError
from impactgraph_api import Settings
from impactgraph_api.documents.process import Draft as ReadDraft
from impactgraph_api.documents.process import _answer
from impactgraph_api.drafts import Drafts, HideDrafts, Upload, take_upload
from impactgraph_api.problem import ProblemError

BRIDGES = Path(__file__).parents[1] / "documents" / "safer-bridges.md"
UPLOAD = Upload(BRIDGES.read_bytes(), "bridges.md")


class Clock:
    now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture(scope="module")
def answer() -> bytes:
    return _answer(ReadDraft(content=UPLOAD.content, name=UPLOAD.name))


def test_a_draft_is_forgotten_so_long_after_the_last_look(answer: bytes) -> None:
    clock = Clock()
    drafts = Drafts(Settings(draft_time=100), clock)
    one = drafts.add(UPLOAD, answer).id
    clock.now = 90
    drafts.find(one)
    clock.now = 189
    drafts.find(one)
    clock.now = 289
    with pytest.raises(NotFoundError):
        drafts.find(one)
    assert (len(drafts), drafts.size) == (0, 0)


def test_the_oldest_unused_draft_makes_room(answer: bytes) -> None:
    drafts = Drafts(Settings(drafts=2))
    first, second = drafts.add(UPLOAD, answer).id, drafts.add(UPLOAD, answer).id
    drafts.find(first)
    third = drafts.add(UPLOAD, answer)
    assert drafts.find(first).id == first
    assert drafts.find(third.id) is third
    with pytest.raises(NotFoundError):
        drafts.find(second)


def test_all_drafts_together_are_no_larger_than_they_may(answer: bytes) -> None:
    size = Drafts(Settings()).add(UPLOAD, answer).size
    drafts = Drafts(Settings(draft_memory=2 * size))
    ids = [drafts.add(UPLOAD, answer).id for _ in range(4)]
    assert len(set(ids)) == 4
    assert (len(drafts), drafts.size) == (2, 2 * size)


def test_what_is_asked_of_a_draft_is_logged_without_its_id() -> None:
    arguments = ("127.0.0.1:1", "GET", "/deep/draft/Zm9v-YmFy_0/gaps?kind=x", "1.1", 200)
    record = logging.LogRecord(
        "uvicorn.access", 20, "", 1, '%s - "%s %s HTTP/%s" %d', arguments, None
    )
    assert HideDrafts().filter(record)
    assert "Zm9v" not in record.getMessage()
    assert "/deep/draft/…/gaps?kind=x" in record.getMessage()


@pytest.mark.parametrize(
    ("given", "shown"),
    [
        (r"C:\papers\a b.docx", "a b.docx"),
        ("../../etc/passwd.md", "passwd.md"),
        ("%22quoted%22.md", '"quoted".md'),
        ("exe.\u202excod.docx", "exe.xcod.docx"),
        ("ŵy.md", "ŵy.md"),
        ("a" * 300 + ".docx", "a" * 99 + "…" + "a" * 15 + ".docx"),
    ],
)
def test_a_file_is_called_what_its_sender_called_it(given: str, shown: str) -> None:
    head = f'--x\r\nContent-Disposition: form-data; name="file"; filename="{given}"\r\n\r\n'
    body = head.encode() + b"a\r\n--y\r\nb\r\n--x--\r\n"
    upload = take_upload(body, "multipart/form-data; boundary=x")
    assert upload == Upload(b"a\r\n--y\r\nb", shown)


@pytest.mark.parametrize(
    "kind", ["", "text/plain", "multipart/form-data", "multipart/form-data; boundary="]
)
def test_what_is_no_form_is_refused(kind: str) -> None:
    with pytest.raises(ProblemError):
        take_upload(b"--x\r\n\r\n", kind)
