"""What can go wrong, in one tree: each error says what failed, with the value and the remedy."""

from __future__ import annotations

__all__ = [
    "DecodingError",
    "DocumentError",
    "ImpactGraphError",
    "LoadingError",
    "NotFoundError",
    "QueryError",
    "ResourceError",
    "StoreError",
    "StoreLockedError",
    "UsageError",
    "ValidationError",
]


class ImpactGraphError(Exception):
    """Any failure that impactgraph reports on purpose."""


class ResourceError(ImpactGraphError):
    """The ontology or the data that impactgraph ships could not be found."""


class DocumentError(ImpactGraphError):
    """A document could not be read."""


class DecodingError(ImpactGraphError):
    """A graph does not hold what a case study must have."""


class LoadingError(ImpactGraphError):
    """A file could not be loaded into a store."""


class ValidationError(LoadingError):
    """A graph violates the shapes; the message is the report."""


class StoreError(ImpactGraphError):
    """A store could not be opened or written."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""


class NotFoundError(ImpactGraphError):
    """There is no such case study or node."""


class QueryError(ImpactGraphError):
    """A SPARQL query is malformed or asks for what is not offered."""


class UsageError(ImpactGraphError):
    """A value that a person gave cannot be used."""
