"""`GET /case-studies/{slug}/gaps`: what is missing, how grave that is, and what would mend it."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from impactgraph.errors import UsageError
from impactgraph.gaps import KINDS, Severity
from impactgraph.robustness import COMPARED_BY, measure_corroboration, order_by_evidence
from impactgraph.views.gaps import list_gaps
from impactgraph.views.report.advice import CAUTION
from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies/{slug}/gaps")
@router.get("/draft/{draft}/gaps")
def show_gaps(
    case: OpenCaseStudy,
    kind: Annotated[str, Query()] = "",
    severity: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Show the gaps of a case study by severity and kind, and what would mend most.

    Raises:
        UsageError: there is no such kind or severity.
    """
    if kind and kind not in KINDS:
        raise UsageError(f"there is no kind of gap {kind!r:.80}; there are {', '.join(KINDS)}")
    if severity and severity not in list(Severity):
        raise UsageError(f"severity is {', '.join(Severity)}, not {severity!r:.80}")
    view, graph = case.view(), case.graph()
    return case.render(
        "gaps.html",
        view,
        "gaps",
        found=list_gaps(
            graph,
            basis=view.basis,
            kind=kind or None,
            severity=Severity(severity) if severity else None,
        ),
        advice=case.advice(),
        caution=CAUTION,
        ranking=order_by_evidence(measure_corroboration(graph, basis=view.basis)),
        compared_by=COMPARED_BY,
        kind=kind,
        severity=severity,
        others=[("kind", kind), ("severity", severity)],
    )
