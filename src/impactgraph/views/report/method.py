"""What a report says of how it was made, and of what it cannot say."""

from __future__ import annotations

from impactgraph.views.report.values import Statement

__all__ = ["LEGEND", "MATRIX_LEGEND", "METHOD", "READING"]

LEGEND = (
    "Stated: the document says so. Curated: an analyst reads it so; the decimal is how sure the "
    "analyst is, from 0 to 1, and not how strong the evidence is."
)
"""What the words for bases mean, where they first stand."""

MATRIX_LEGEND = (
    "How many chains join the finding and the impact, and on what the weakest link of the "
    "strongest one stands; 0 where nobody drew one, which is not to say that there is none."
)

READING = (
    "A claim is put in the words of whoever read the document. In the table of claims the words in "
    "quotation marks are the document's own: a few from each passage, to find it by.",
    "“Letter at its passage”: the source letter that closes the sentence or the quotation from "
    "which the claim comes. “Letter meant”: where the passage has none, the letter of the source "
    "that is meant: probably, where a reader judged so; possibly, where it is only a later one of "
    "the paragraph, and nobody has judged.",
    "“Only source of” may count claims for which the letter is probably meant, and claims that are "
    "left out of the table of claims.",
    "An outside voice is somebody of whose part in the work the document says nothing. That is not "
    "the same as independent.",
    "The document was read, and none of its sources: a source may show more than the document "
    "says, or less. The report predicts no score.",
)
"""What a reader of the report without its annex needs to know."""

METHOD = (
    Statement(
        text="Basis",
        reasons=(
            "Stated: the document says so. Stated together: it says so of several things at once. "
            "Curated: an analyst concluded it from the text. Inferred: a program did, by a method.",
        ),
    ),
    Statement(
        text="Confidence",
        reasons=(
            "How sure the reading of a link is; 1 for what is stated. It says nothing about how "
            "well the step is evidenced.",
        ),
    ),
    Statement(
        text="Strength of a chain",
        reasons=("That of its weakest link: by basis first, then by confidence.",),
    ),
    Statement(
        text="Parties",
        reasons=(
            "Whoever speaks for a source, else the organisation that issued it. Parties are told "
            "apart by what the document says of their part in the research. Where it says nothing, "
            "no part is known: that is not the same as independent.",
        ),
    ),
    Statement(
        text="Gaps",
        reasons=(
            "A gap is a step, a source, a date or an outside voice that is lacking between the "
            "research and its impacts; a note is something to check. A step of influence is a "
            "link by which one thing is said to have led to another.",
        ),
    ),
    Statement(
        text="Remedies",
        reasons=(
            "Whether a source shows what it is asked for, only those who know can say; what "
            "nothing shows should not be claimed.",
        ),
    ),
    Statement(
        text="Limits",
        reasons=(
            "The report looks at one document. A source may show more than the document says, or "
            "less; nobody has read the sources for it.",
            "It predicts no score and ranks no case study.",
            "Words in quotation marks are the document's: a few of each passage, to find it by.",
        ),
    ),
)
