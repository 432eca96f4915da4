"""The text of a case study whose parts are known: header, then the five sections in order."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from impactgraph.documents.document import Document
from impactgraph.documents.sections import HEADINGS, Section
from impactgraph.documents.submission import Submission

__all__ = ["compose_document"]


def compose_document(
    submission: Submission, sections: Mapping[str, str], *, media_type: str
) -> Document:
    r"""Return the document of a header and five sections, which are where they were put.

    Args:
        submission: what stands in the header, as far as it is known.
        sections: the clean text of each section, by its number; one may lack.
        media_type: of what the parts were read from.

    >>> submission = Submission(institution="Nowhere", title="Safer bridges")
    >>> document = compose_document(submission, {"1": "Much."}, media_type="text/csv")
    >>> print(document.text.partition("\n\n")[0])
    Institution: Nowhere
    Title of case study: Safer bridges
    """
    text = "\n".join(_write_header(submission)) + "\n\n"
    placed = [Section("A", "", 0, len(text))]
    for kind, title in HEADINGS.items():
        heading = f"{kind}. {title}"
        words = sections.get(kind, "")
        added = f"{heading}\n\n{words}\n\n" if words else f"{heading}\n\n"
        placed.append(Section(kind, heading, len(text), len(text) + len(added)))
        text += added
    return Document.from_parts(text, tuple(placed), media_type=media_type, submission=submission)


def _write_header(submission: Submission) -> Iterator[str]:
    unit = " ".join(part for part in (submission.unit, submission.unit_name) if part)
    continued = {None: "", True: "Yes", False: "No"}[submission.continued]
    lines = {
        "Institution: ": submission.institution,
        "Unit of assessment: ": unit,
        "Title of case study: ": submission.title,
        "Period when the underpinning research was undertaken: ": submission.research_period,
        "Period when the claimed impact occurred: ": submission.impact_period,
        "Is this case study continued from a case study submitted in 2014? ": continued,
    }
    for label, words in lines.items():
        if words:
            yield label + " ".join(words.split())
