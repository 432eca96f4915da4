"""The competency questions, as the page for people offers them: by subject, in their order."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from impactgraph.resources import ontology_path

__all__ = [
    "OTHERS",
    "SUBJECTS",
    "Question",
    "Subject",
    "find_title",
    "group_questions",
    "read_questions",
]

SUBJECTS = {
    "From research to impact": (
        "underpinnings",
        "chains",
        "matrix",
        "enabled",
        "credited-research",
        "stated-and-curated-links",
    ),
    "Evidence and what it lacks": (
        "single-source",
        "claims-without-source",
        "testimony-only",
        "corroborators",
        "questioned",
    ),
    "Outputs, people and money": (
        "authors-in-order",
        "outputs-before-impact",
        "products",
        "funding",
        "organisation",
    ),
    "Figures, dates and places in the text": (
        "figures",
        "timeline",
        "places-of-claims",
        "marks",
        "counts-by-stage",
    ),
}
"""The names of the questions' files, without their numbers, by subject."""

OTHERS = "Further questions"
"""The subject of a question that stands under none of the others."""


@dataclass(frozen=True, slots=True)
class Question:
    """An example that the form offers: the name of its file, its question, and its query."""

    name: str
    title: str
    query: str


@dataclass(frozen=True, slots=True)
class Subject:
    """Questions about one thing."""

    title: str
    questions: tuple[Question, ...]


@cache
def read_questions() -> tuple[Question, ...]:
    """Return the competency questions of the ontology, whatever there are, in their order."""
    folder = ontology_path() / "competency-questions"
    return tuple(
        Question(name=path.stem.split("-", 2)[2], title=_first_line(text), query=text)
        for path in sorted(folder.glob("cq-*-*.rq"))
        for text in (path.read_text(encoding="utf-8"),)
    )


@cache
def group_questions() -> tuple[Subject, ...]:
    """Return the questions by subject; no subject is empty, and no question is left out."""
    left = {question.name: question for question in read_questions()}
    subjects = [
        Subject(title, tuple(left.pop(name) for name in names if name in left))
        for title, names in SUBJECTS.items()
    ]
    subjects.append(Subject(OTHERS, tuple(left.values())))
    return tuple(subject for subject in subjects if subject.questions)


def find_title(query: str) -> str:
    """Return the question that a query answers, where it is one of these; else nothing."""
    written = _squeeze(query)
    return next((one.title for one in read_questions() if _squeeze(one.query) == written), "")


def _squeeze(query: str) -> str:
    return " ".join(query.split())


def _first_line(text: str) -> str:
    return text.partition("\n")[0].lstrip("# ").strip()
