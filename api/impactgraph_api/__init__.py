"""The service: SPARQL, JSON and pages over a store of case studies."""

from impactgraph_api.app import create_app
from impactgraph_api.query_workers import Limits

__all__ = ["Limits", "create_app"]
