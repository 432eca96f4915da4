"""What a request to `/sparql` asks for, once the protocol is taken off.

See SPARQL 1.1 Protocol, sections 2.1 (query operation) and 2.2 (update operation).
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["Dataset", "QueryOperation", "UpdateOperation"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Dataset:
    """The graphs that a request names for its query (SPARQL 1.1 Protocol, section 2.1.4).

    Attributes:
        default: the graphs whose merge is the default graph; None where the request names none.
        named: the graphs that GRAPH sees; None where the request names none.

    Where both are None, the query's own FROM counts, and else the service's own dataset.
    """

    default: tuple[str, ...] | None = None
    named: tuple[str, ...] | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class QueryOperation:
    """One SPARQL query.

    Attributes:
        text: the query as it was sent.
        dataset: the graphs that the request names.
        seconds: how long the client is ready to wait, where that is less than the limit.
    """

    text: str
    dataset: Dataset = Dataset()
    seconds: float | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateOperation:
    """One SPARQL update request (SPARQL 1.1 Protocol, section 2.2.3).

    Attributes:
        text: the update as it was sent.
        using: graphs that stand for the default graph of every WHERE.
        using_named: graphs that GRAPH sees in every WHERE.
    """

    text: str
    using: tuple[str, ...] = ()
    using_named: tuple[str, ...] = ()
