"""The text of a case study's document, where somebody asked for it to be kept beside the graph.

By default none is kept: anchors have positions and a few words. A text that is kept is one literal
in a graph of its own, `<case study>/text`, with the digest of the text that was read.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import Any

from pyoxigraph import NamedNode

from impactgraph.documents import Document
from impactgraph.encoding.values import write_string
from impactgraph.graph import Queryable
from impactgraph.resources import read_query
from impactgraph.vocabulary import IG, SCHEMA

__all__ = ["KeptText", "list_kept_texts", "read_text", "text_graph", "write_text"]


@dataclass(frozen=True, slots=True)
class KeptText:
    """A text as it is kept; `digest` is computed from the text itself, as documents have it."""

    text: str
    digest: str


def text_graph(case_study: str) -> str:
    """Return the IRI of the graph that keeps the text of a case study's document."""
    return f"{case_study}/text"


def write_text(case_study: str, document: Document) -> list[str]:
    """Return the triples that keep a document's text, as N-Triples.

    Args:
        case_study: the case study's IRI.
        document: what it was read from.
    """
    subject = f"<{text_graph(case_study)}>"
    return [
        f"{subject} <{SCHEMA.text}> {write_string(document.text)} .",
        f"{subject} <{IG.digest}> {write_string(document.digest)} .",
    ]


def read_text(store: Queryable, case_study: str) -> KeptText | None:
    """Return the text that is kept of a case study's document; None where none is.

    Args:
        store: what answers the query.
        case_study: the case study's IRI.
    """
    bindings = {"kept": NamedNode(text_graph(case_study))}
    rows: Any = store.query(read_query("queries/texts/text"), bindings=bindings)
    for row in rows:
        text = str(row["text"].value)
        digest = hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()
        return KeptText(text, f"sha256:{digest}")
    return None


def list_kept_texts(store: Queryable) -> dict[str, str]:
    """Return of each text that is kept the digest that it was stored with, by its graph's IRI."""
    rows: Any = store.query(read_query("queries/texts/kept"))
    return {row["kept"].value: str(row["digest"].value) for row in rows}
