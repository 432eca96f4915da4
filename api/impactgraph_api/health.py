"""`GET /healthz`: whether the service answers, and from which generation of the store."""

from __future__ import annotations

from importlib.metadata import PackageNotFoundError, version

from fastapi import APIRouter

from impactgraph.resources import read_query
from impactgraph.store import Solutions
from impactgraph_api import responses
from impactgraph_api.reading import ReadingsOf

__all__ = ["package_version", "router"]

router = APIRouter(tags=["service"])


@router.get("/healthz", response_model=responses.Health)
def get_health(readings: ReadingsOf) -> dict[str, object]:
    """Return the status, the version, the store's generation and the number of case studies."""
    with readings.store.snapshot() as snapshot:
        rows = snapshot.query(read_query("queries/views/number"))
        assert isinstance(rows, Solutions)
        (number,) = (int(row["number"].value) for row in rows)
        return {
            "status": "ok",
            "version": package_version(),
            "generation": snapshot.generation,
            "case_studies": number,
        }


def package_version() -> str:
    """Return the version of impactgraph that is installed."""
    try:
        return version("impactgraph")
    except PackageNotFoundError:
        return "0+checkout"
