"""The shapes of the JSON of curation, for the OpenAPI description."""

from __future__ import annotations

from pydantic import BaseModel, ConfigDict, Field

from impactgraph.curation import LONGEST, ActKind

__all__ = ["Act", "Curation", "Decision", "MadeAct"]


class _Described(BaseModel):
    model_config = ConfigDict(extra="forbid", populate_by_name=True)


class Decision(_Described):
    """What a person decides; links, nodes and acts by IRI or by what follows the case study's."""

    kind: ActKind
    who: str = Field(min_length=1, max_length=LONGEST["who"])
    why: str | None = Field(None, max_length=LONGEST["why"])
    target: str | None = Field(None, max_length=LONGEST["target"])
    label: str | None = Field(None, max_length=LONGEST["label"])
    origin: str | None = Field(None, alias="from", max_length=LONGEST["target"])
    end: str | None = Field(None, alias="to", max_length=LONGEST["target"])
    quote: str | None = Field(None, max_length=LONGEST["quote"])
    confidence: float | None = Field(None, gt=0, le=1)


class Act(_Described):
    """A decision that was made, and what has become of it."""

    iri: str
    kind: ActKind
    about: str
    who: str
    when: str
    why: str
    target: str | None
    label: str | None
    origin: str | None = Field(alias="from")
    end: str | None = Field(alias="to")
    quote: str | None
    confidence: float | None
    generated: list[str]
    undone_by: str | None
    without_effect: str | None


class Curation(_Described):
    """What people decided on a case study, in the order of time."""

    case_study: str
    version: str
    acts: list[Act]


class MadeAct(_Described):
    """The act that a decision became, and the version of the curation with it."""

    version: str
    act: Act
