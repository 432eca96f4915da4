"""`GET /case-studies/{slug}/download/{name}`: what one takes away, as files."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from http import HTTPStatus
from types import MappingProxyType

import pyoxigraph as ox
from fastapi import APIRouter
from starlette.responses import Response

from impactgraph.encoding import write_case_study
from impactgraph.graph import model_of
from impactgraph.views import CaseStudyView
from impactgraph.views.comma_separated import write_csv
from impactgraph.views.graphml import write_graphml
from impactgraph.views.report import Report, render_report
from impactgraph.views.report.tables import Table, table_chains, table_evidence, table_gaps
from impactgraph.views.svg import draw_svg
from impactgraph.vocabulary import PREFIXES
from impactgraph.wording import capitalise
from impactgraph_api.pages.opening import OpenCaseStudy, OpenedCaseStudy
from impactgraph_api.problem import ProblemError

__all__ = ["DOWNLOADS", "Download", "router"]

router = APIRouter(include_in_schema=False)

_UNSAFE = re.compile(r"[^A-Za-z0-9._-]+")
_LONGEST = 100


@dataclass(frozen=True, slots=True)
class Download:
    """A file on offer: its media type, and what writes it."""

    media_type: str
    write: Callable[[OpenedCaseStudy, CaseStudyView], bytes]


def _rdf(form: ox.RdfFormat) -> Download:
    """Return the graph in a format of RDF, with every link whatever its basis."""

    def write(case: OpenedCaseStudy, _: CaseStudyView) -> bytes:
        lines = "\n".join(write_case_study(model_of(case.graph())))
        quads = ox.parse(lines, format=ox.RdfFormat.N_TRIPLES)
        written = ox.serialize((quad.triple for quad in quads), format=form, prefixes=PREFIXES)
        assert written is not None
        return written

    return Download(form.media_type, write)


def _report(form: str, media_type: str) -> Download:
    def write(case: OpenedCaseStudy, _: CaseStudyView) -> bytes:
        return render_report(case.report(), form)

    return Download(media_type, write)


def _table(make: Callable[[Report], Table]) -> Download:
    def write(case: OpenedCaseStudy, _: CaseStudyView) -> bytes:
        table = make(case.report())
        return write_csv(table.columns, table.rows)

    return Download("text/csv; charset=utf-8", write)


def _matrix(_: OpenedCaseStudy, view: CaseStudyView) -> bytes:
    found = view.matrix
    return write_csv(
        ("Finding", "What was found", *(capitalise(column.name) for column in found.columns)),
        [
            *(
                (
                    capitalise(row.name),
                    row.label,
                    *(
                        f"{cell.words} ({cell.chain_count})" if cell.chain_count else "no chain"
                        for cell in row.cells
                    ),
                )
                for row in found.rows
            ),
            ("Sources", "", *(column.sources for column in found.columns)),
            ("Claims", "", *(column.claims for column in found.columns)),
            ("Claims without source", "", *(column.unsourced for column in found.columns)),
        ],
    )


DOWNLOADS: Mapping[str, Download] = MappingProxyType(
    {
        "picture.svg": Download("image/svg+xml", lambda _, view: draw_svg(view).encode()),
        "graph.jsonld": _rdf(ox.RdfFormat.JSON_LD),
        "graph.ttl": _rdf(ox.RdfFormat.TURTLE),
        "graph.graphml": Download("application/xml", lambda case, _: write_graphml(case.graph())),
        "matrix.csv": Download("text/csv; charset=utf-8", _matrix),
        "evidence.csv": _table(table_evidence),
        "chains.csv": _table(table_chains),
        "gaps.csv": _table(table_gaps),
        "report.html": _report("html", "text/html; charset=utf-8"),
        "report.md": _report("md", "text/markdown; charset=utf-8"),
        "report.xlsx": _report(
            "xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
        ),
    }
)
"""What is on offer, by its name; each follows the basis, but for graphs, which have all links."""


@router.get("/case-studies/{slug}/download/{name}")
@router.get("/draft/{draft}/download/{name}")
def give_download(case: OpenCaseStudy, name: str) -> Response:
    """Return one of the files.

    Raises:
        ProblemError: there is no file of that name.
    """
    if name not in DOWNLOADS:
        raise ProblemError(
            "not-found",
            HTTPStatus.NOT_FOUND,
            f"there is no download {name!r:.80}; there are {', '.join(DOWNLOADS)}",
        )
    view = case.view()
    slug = _UNSAFE.sub("-", view.summary.slug).strip("-.")[:_LONGEST] or "case-study"
    return Response(
        DOWNLOADS[name].write(case, view),
        headers={
            "Content-Type": DOWNLOADS[name].media_type,
            "Content-Disposition": f'attachment; filename="{slug}-{name}"',
        },
    )
