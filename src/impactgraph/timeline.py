"""When the things of a case study happened, as far as it says."""

from __future__ import annotations

from impactgraph.intervals import Interval, interval_of
from impactgraph.model import CaseStudy

__all__ = ["Timeline"]

_UNKNOWN = Interval(None, None)


class Timeline:
    """The intervals and dates of a case study's research, impact, nodes, outputs and sources.

    `research` and `impact` are the header's, unknown at both ends where it gives none; `began` are
    the starts that the header and the projects give the research. `published` are the dates of
    outputs and `dated` those of sources, by their IRIs.
    """

    def __init__(self, case_study: CaseStudy) -> None:
        self._periods = {period.iri: interval_of(period) for period in case_study.periods}
        self._temporal = {
            node.iri: node.temporal
            for nodes in (case_study.pathways, case_study.impacts, case_study.claims)
            for node in nodes
        }
        self.research = self._find(case_study.research_period)
        self.impact = self._find(case_study.impact_period)
        projects = (self._find(project.period) for project in case_study.projects)
        starts = {found.start for found in (self.research, *projects) if found.start}
        self.began = tuple(sorted(starts))
        self.published = {
            output.iri: output.issued for output in case_study.outputs if output.issued
        }
        self.dated = {source.iri: source.date for source in case_study.sources if source.date}

    def times_of(self, *nodes: str) -> tuple[Interval, ...]:
        """Return the intervals that the case study gives for pathways, impacts or claims.

        Args:
            nodes: their IRIs.
        """
        return tuple(self._find(period) for node in nodes for period in self._temporal[node])

    def _find(self, period: str | None) -> Interval:
        return _UNKNOWN if period is None else self._periods.get(period, _UNKNOWN)
