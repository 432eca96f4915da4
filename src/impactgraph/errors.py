"""What can go wrong, in one tree: each error says what failed, with the value and the remedy."""

from __future__ import annotations

__all__ = [
    "ConflictError",
    "DecodingError",
    "DocumentError",
    "GraphNotFoundError",
    "ImpactGraphError",
    "ImportingError",
    "LoadingError",
    "NotFoundError",
    "OutdatedError",
    "QueryError",
    "ResourceError",
    "StoreError",
    "StoreFullError",
    "StoreLockedError",
    "UpdateError",
    "UpdateMemoryError",
    "UpdateTimeoutError",
    "UsageError",
    "ValidationError",
]


class ImpactGraphError(Exception):
    """Any failure that impactgraph reports on purpose.

    >>> str(StoreError("the store is damaged", "/srv/store"))
    'the store is damaged (/srv/store)'

    Attributes:
        message: what failed, and how to mend it; anybody may read it.
        details: what is for those alone who run it, as paths and processes of their machine are.
    """

    def __init__(self, message: str = "", details: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.details = details

    def __str__(self) -> str:
        """Return both, for those who run it."""
        return f"{self.message} ({self.details})" if self.details else self.message


class ResourceError(ImpactGraphError):
    """The ontology or the data that impactgraph ships could not be found."""


class DocumentError(ImpactGraphError):
    """A document could not be read."""


class DecodingError(ImpactGraphError):
    """A graph does not hold what a case study must have."""


class LoadingError(ImpactGraphError):
    """A file could not be loaded into a store."""


class ImportingError(ImpactGraphError):
    """Documents could not be imported; what was imported before is whole."""


class ValidationError(LoadingError):
    """A graph violates the shapes; the message is the report."""


class StoreError(ImpactGraphError):
    """A store could not be opened or written."""


class StoreLockedError(StoreError):
    """Another process is writing to the store."""


class StoreFullError(StoreError):
    """The disk has no room for a change of the store; the store is as it was."""


class NotFoundError(ImpactGraphError):
    """There is no such case study or node."""


class GraphNotFoundError(NotFoundError):
    """There is no graph of that name."""


class QueryError(ImpactGraphError):
    """A SPARQL query is malformed or asks for what is not offered."""


class UpdateError(ImpactGraphError):
    """A change is malformed, asks for what is not offered, or cannot be made as things are."""


class ConflictError(UpdateError):
    """A change would undo what is there, which must be asked for expressly."""


class OutdatedError(ConflictError):
    """A change was decided on what others have changed since; the message says who, and what."""


class UpdateTimeoutError(UpdateError):
    """A change took longer than it may; nothing of it was made."""


class UpdateMemoryError(UpdateError):
    """A change took more memory than it may; nothing of it was made."""


class UsageError(ImpactGraphError):
    """A value that a person gave cannot be used; `field` is the one that it was given for."""

    field: str | None = None

    @classmethod
    def of_field(cls, field: str, message: str) -> UsageError:
        """Return the error of one field of a form."""
        error = cls(message)
        error.field = field
        return error
