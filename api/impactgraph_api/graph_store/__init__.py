"""`/rdf-graph-store`: reading and writing whole graphs (SPARQL 1.1 Graph Store HTTP Protocol)."""

from impactgraph_api.graph_store.endpoint import GraphStoreEndpoint
from impactgraph_api.graph_store.naming import PATH

__all__ = ["PATH", "GraphStoreEndpoint"]
