"""`GET /case-studies/{slug}/readiness`: the case study beside the rules of an exercise."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Query
from starlette.responses import HTMLResponse

from impactgraph.errors import NotFoundError
from impactgraph.graph import CaseGraph
from impactgraph.model import RuleProfile
from impactgraph.profiles import compare_profiles, own_profile, rule_profile, rule_profiles
from impactgraph.views.readiness import view_readiness
from impactgraph_api.pages.opening import OpenCaseStudy

__all__ = ["router"]

router = APIRouter(include_in_schema=False)


@router.get("/case-studies/{slug}/readiness")
@router.get("/draft/{draft}/readiness")
def show_readiness(
    case: OpenCaseStudy,
    profile: Annotated[str, Query()] = "",
    against: Annotated[str, Query()] = "",
) -> HTMLResponse:
    """Show which rules of an exercise are met, which are not, and which cannot be told.

    Raises:
        NotFoundError: there is no such rule profile.
    """
    view, graph = case.view(), case.graph()
    own = _find_own(graph)
    # Of a case study that names no exercise, as a draft may, the next exercise's rules are asked.
    chosen = rule_profile(profile) if profile else own or list(rule_profiles().values())[-1]
    other = rule_profile(against) if against and against != chosen.notation else None
    return case.render(
        "readiness.html",
        view,
        "readiness",
        found=view_readiness(graph, chosen),
        own=own,
        other=other,
        changes=compare_profiles(graph, chosen, other) if other else (),
        profiles=list(rule_profiles().values()),
        others=[
            (name, value) for name, value in (("profile", profile), ("against", against)) if value
        ],
    )


def _find_own(graph: CaseGraph) -> RuleProfile | None:
    try:
        return own_profile(graph)
    except NotFoundError:
        return None
