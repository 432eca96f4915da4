"""Documents that are sent: read in processes of their own, answered or kept."""

from impactgraph_api.documents.reader import DocumentReader
from impactgraph_api.documents.routes import answer_nobody, router

__all__ = ["DocumentReader", "answer_nobody", "router"]
