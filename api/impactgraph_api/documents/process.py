"""A process that reads one document, says what came of it, and ends."""

from __future__ import annotations

import json
import logging
import multiprocessing
import os
import signal
import threading
from collections import Counter
from dataclasses import dataclass
from multiprocessing.connection import Connection
from textwrap import shorten
from typing import Any, Literal

from impactgraph.documents import read_content
from impactgraph.errors import DocumentError
from impactgraph.extraction import Extraction, extract_case_study
from impactgraph.extraction.extracting import assemble_extraction
from impactgraph.graph import build_graph, default_basis
from impactgraph.identity import is_slug
from impactgraph.importing import EncodedCaseStudy, encode_extraction, write_record
from impactgraph.model import Basis
from impactgraph.suggestions import add_suggestions
from impactgraph.views.report import build_report, render_report
from impactgraph_api.workers.confinement import bound_memory, forbid_sockets

__all__ = ["Draft", "Encode", "Extract", "Report", "Task", "do_task", "unpack_case_study"]

_SLACK = 512 * 1024**2
"""Data that a process maps beyond what it uses; the ceiling itself is watched from outside."""

_PATIENCE = 10
"""How much a reading gives way: queries have answers in milliseconds, documents in seconds."""

_MOST_WARNINGS = 200
_LONGEST_WORDS = 160

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class _OfDocument:
    content: bytes
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Extract(_OfDocument):
    """Wanted is the record of what is found in a document."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Report(_OfDocument):
    """Wanted is the report of a document's case study; basis None takes its default."""

    form: str
    basis: Basis | None
    annex: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Encode(_OfDocument):
    """Wanted is the graph of a document's case study, under that slug."""

    slug: str
    keep_text: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft(_OfDocument):
    """Wanted is the graph of a document's case study with its text, and what was read unsurely."""


Task = Extract | Report | Encode | Draft
Outcome = Literal["done", "refused", "failed"]


def do_task(pipe: Connection, task: Task, memory: int) -> None:
    """Do one task and send what came of it: the life of the process.

    Sent are the outcome as a word, and bytes: what is wanted, or the reason in words.

    Args:
        pipe: takes the answer.
        task: what is wanted of which document.
        memory: how many bytes it may take.
    """
    # A group of its own, so that readers that it starts can be ended with it.
    os.setpgid(0, 0)
    os.nice(_PATIENCE)
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_service, daemon=True).start()
    bound_memory(memory + _SLACK)
    forbid_sockets()
    outcome: Outcome = "done"
    try:
        answer = _answer(task)
    except DocumentError as error:
        outcome, answer = "refused", error.message.encode()
    except Exception as error:
        _log.exception("a document could not be read")
        outcome, answer = "failed", type(error).__name__.encode()
    pipe.send_bytes(outcome.encode())
    pipe.send_bytes(answer)


def unpack_case_study(answer: bytes) -> EncodedCaseStudy:
    """Return the case study that the answer to `Encode` holds.

    Raises:
        ValueError: no process in its right mind sends that.
    """
    head, _, own = answer.partition(b"\n")
    match json.loads(head):
        case {
            "slug": str(slug),
            "iri": str(iri),
            "triples": int(triples),
            "warnings": dict(warnings),
            "shared": dict(shared),
        }:
            return EncodedCaseStudy(
                slug=slug,
                iri=iri,
                own=own,
                shared={subject: lines.encode() for subject, lines in shared.items()},
                triples=triples,
                warnings=Counter(warnings),
            )
    raise ValueError("that is no case study")


def _answer(task: Task) -> bytes:
    document = read_content(task.content, task.name)
    slug = task.slug if isinstance(task, Encode) else None
    extraction = extract_case_study(document, slug=slug)
    match task:
        case Extract():
            return write_record(extraction).encode()
        case Report(form=form, basis=basis, annex=annex):
            graph = build_graph(add_suggestions(extraction))
            report = build_report(graph, basis=basis or default_basis(graph))
            return render_report(report, form, annex=annex)
        case Encode(keep_text=keep_text):
            return _pack_case_study(encode_extraction(extraction, keep_text=keep_text))
        case Draft():
            return _pack_draft(extraction)


def _pack_draft(extraction: Extraction) -> bytes:
    if not is_slug(extraction.case_study.slug):
        extraction = assemble_extraction(extraction.reading, slug="draft")
    plain = extraction.reading.plain
    warnings = [
        {"message": warning.message, "words": shorten(plain.words(warning.span), _LONGEST_WORDS)}
        for warning in extraction.warnings[:_MOST_WARNINGS]
    ]
    packed = _pack_case_study(encode_extraction(extraction, keep_text=True))
    return json.dumps(warnings).encode() + b"\n" + packed


def _pack_case_study(encoded: EncodedCaseStudy) -> bytes:
    head: dict[str, Any] = {
        "slug": encoded.slug,
        "iri": encoded.iri,
        "triples": encoded.triples,
        "warnings": encoded.warnings,
        "shared": {subject: lines.decode() for subject, lines in encoded.shared.items()},
    }
    return json.dumps(head).encode() + b"\n" + encoded.own


def _end_with_service() -> None:
    """End this process, and what it started, when the service has gone."""
    service = multiprocessing.parent_process()
    assert service is not None
    service.join()
    os.killpg(0, signal.SIGKILL)
