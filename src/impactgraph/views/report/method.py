"""What a report says of how it was made, and of what it cannot say."""

from __future__ import annotations

from impactgraph.views.report.values import Statement

__all__ = ["METHOD"]

METHOD = (
    Statement(
        text="Basis",
        reasons=(
            "Stated: the document says so. Stated together: it says so of several things at once. "
            "Curated: an analyst concluded it from the text, and gives the reason. Inferred: a "
            "program did, by a method. An inferred link closes no gap.",
        ),
    ),
    Statement(
        text="Confidence",
        reasons=(
            "How sure it is that a link was read or concluded rightly; 1 for what is stated. It "
            "says nothing about how well the step is evidenced.",
        ),
    ),
    Statement(
        text="Strength of a chain",
        reasons=(
            "That of its weakest link: by basis first, then by confidence. How well its steps are "
            "attested stands beside it and is never mixed in.",
        ),
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
            "A gap is something that an evidenced chain needs and the graph lacks. The workbook "
            "and the JSON say of each whether the document or the reading of it lacks it.",
        ),
    ),
    Statement(
        text="Remedies",
        reasons=(
            "Each was tried: added to the graph, it closes gaps, which the workbook and the JSON "
            "name. Whether it is true, only those who know can say; what nothing shows should not "
            "be claimed.",
        ),
    ),
    Statement(
        text="Limits",
        reasons=(
            "The report looks at one document. A source may show more than the document says, or "
            "less; nobody has read the sources for it.",
            "It predicts no score and ranks nothing. Reach is no matter of large numbers, and "
            "nothing here asks for them.",
            "Quotes are short, to find the place by.",
        ),
    ),
)
