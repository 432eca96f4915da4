"""The service: SPARQL, JSON and pages over a store of case studies."""

from impactgraph_api.app import create_app
from impactgraph_api.listening import listen
from impactgraph_api.settings import Settings
from impactgraph_api.tokens import choose_token

__all__ = ["Settings", "choose_token", "create_app", "listen"]
