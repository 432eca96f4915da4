"""What the writer is asked for, and what it answers."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, TypeAlias

from impactgraph.curation import Act, Decision, apply_decision, import_acts
from impactgraph.identity import BASE
from impactgraph.importing import EncodedCaseStudy
from impactgraph.store import Transaction
from impactgraph_api.sparql.operations import UpdateOperation

__all__ = [
    "CaseStudyRequest",
    "CurationRequest",
    "GraphRequest",
    "UpdateRequest",
    "WriteOutcome",
    "WriteRequest",
]


@dataclass(frozen=True, slots=True, kw_only=True)
class UpdateRequest:
    """A SPARQL update (SPARQL 1.1 Protocol, section 2.2).

    Attributes:
        operation: the update, and the dataset that the request names for it.
        base: what its relative IRIs are relative to, where it has no BASE.
    """

    operation: UpdateOperation
    base: str = BASE

    @property
    def size(self) -> int:
        """About how many bytes it has."""
        return len(self.operation.text)


@dataclass(frozen=True, slots=True, kw_only=True)
class GraphRequest:
    """A write of the SPARQL 1.1 Graph Store HTTP Protocol (sections 5.3 to 5.5).

    Attributes:
        method: PUT replaces the graph, POST adds to it, DELETE removes it.
        graph: its name; None for the default graph.
        body: the graph that was sent.
        media_type: the body's Content-Type as it was sent, parameters included; of
            multipart/form-data, every part with its own type counts.
        base: what the body's relative IRIs are relative to.
    """

    method: Literal["PUT", "POST", "DELETE"]
    graph: str | None
    body: bytes = b""
    media_type: str = ""
    base: str = BASE

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.body)


@dataclass(frozen=True, slots=True, kw_only=True)
class CaseStudyRequest:
    """A case study read from a document, to be put in the place of one of its name.

    Attributes:
        case_study: it, with what follows from it.
        replace_curated: whether one that a person encoded may be replaced.
    """

    case_study: EncodedCaseStudy
    replace_curated: bool = False

    @property
    def size(self) -> int:
        """How many bytes it has."""
        return len(self.case_study.own)


@dataclass(frozen=True, slots=True, kw_only=True)
class CurationRequest:
    """What people decided on a case study: one decision, or acts of another store.

    Attributes:
        case_study: its IRI.
        decision: what somebody decides now.
        acts: what is taken over, where there is no decision.
        version: that of the curation which the person saw.
    """

    case_study: str
    decision: Decision | None = None
    acts: tuple[Act, ...] = ()
    version: str

    @property
    def size(self) -> int:
        """About how many bytes a change of a case study takes: it is written again."""
        return 1024**2

    def apply(self, transaction: Transaction) -> None:
        """Apply it.

        Raises:
            GraphNotFoundError, OutdatedError, UpdateError, ValidationError: it cannot be made.
        """
        if self.decision is not None:
            apply_decision(transaction, self.case_study, self.decision, version=self.version)
        else:
            import_acts(transaction, self.case_study, self.acts, version=self.version)


WriteRequest: TypeAlias = UpdateRequest | GraphRequest | CaseStudyRequest | CurationRequest


@dataclass(frozen=True, slots=True, kw_only=True)
class WriteOutcome:
    """What came of a write that was made.

    Attributes:
        generation: the generation of the store that holds it; it is durable, and every query that
            starts from now on sees it or a later one.
        created: whether it made a graph that was not there before.
    """

    generation: int
    created: bool
