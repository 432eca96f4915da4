"""The queries of the mix, each asked about one case study after the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

__all__ = ["QUESTIONS", "Question", "read_questions"]

QUESTIONS = ("lookup", "join", "gap", "aggregate", "construct")
"""The names of the queries, by the files in queries/."""

_FOLDER = Path(__file__).parent / "queries"
_RESULTS = "application/sparql-results+json"
_TRIPLES = "application/n-triples"


@dataclass(frozen=True, slots=True)
class Question:
    """One query of the mix; `<case:study>` stands in it for the case study asked about."""

    name: str
    text: str

    @property
    def graph(self) -> bool:
        """Whether the answer is a graph."""
        return "\nCONSTRUCT" in self.text

    @property
    def accept(self) -> str:
        """The media type that is asked for."""
        return _TRIPLES if self.graph else _RESULTS

    def about(self, case_study: str) -> str:
        """Return the query about one case study, given by its IRI."""
        return self.text.replace("<case:study", f"<{case_study}")

    def paths(self, path: str, case_studies: Sequence[str]) -> list[str]:
        """Return the request targets, one about each case study, below an endpoint's path."""
        return [f"{path}?query={quote(self.about(iri), safe='')}" for iri in case_studies]


def read_questions(names: Sequence[str] = QUESTIONS) -> tuple[Question, ...]:
    """Return the queries of these names."""
    return tuple(
        Question(name, (_FOLDER / f"{name}.rq").read_text(encoding="utf-8")) for name in names
    )
