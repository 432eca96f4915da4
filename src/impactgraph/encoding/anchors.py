"""Anchors and selectors, each way (Web Annotation Data Model, sections 4.2 and 4.3)."""

from __future__ import annotations

from rdflib import URIRef

from impactgraph.encoding.statements import Statements
from impactgraph.encoding.values import write_count, write_iri, write_string
from impactgraph.errors import DecodingError
from impactgraph.model import Anchor
from impactgraph.vocabulary import IG, OA, RDF

__all__ = ["decode_anchor", "write_anchor"]

_TYPE = RDF.type.n3()
_SECTION = IG.section.n3()
_HAS_SOURCE, _HAS_SELECTOR = OA.hasSource.n3(), OA.hasSelector.n3()
_START, _END, _REFINED_BY, _EXACT = OA.start.n3(), OA.end.n3(), OA.refinedBy.n3(), OA.exact.n3()
_RESOURCE = OA.SpecificResource.n3()
_POSITION_SELECTOR = OA.TextPositionSelector.n3()
_QUOTE_SELECTOR = OA.TextQuoteSelector.n3()


def write_anchor(anchor: Anchor) -> tuple[str, ...]:
    """Return an anchor's triples: the passage's position, refined by a short quote inside it."""
    iri = write_iri(anchor.iri)
    position, quote = f"{iri[:-1]}/position>", f"{iri[:-1]}/quote>"
    return (
        f"{iri} {_TYPE} {_RESOURCE} .",
        f"{iri} {_HAS_SOURCE} {write_iri(anchor.source)} .",
        f"{iri} {_SECTION} {write_string(anchor.section)} .",
        f"{iri} {_HAS_SELECTOR} {position} .",
        f"{position} {_TYPE} {_POSITION_SELECTOR} .",
        f"{position} {_START} {write_count(anchor.start)} .",
        f"{position} {_END} {write_count(anchor.end)} .",
        f"{position} {_REFINED_BY} {quote} .",
        f"{quote} {_TYPE} {_QUOTE_SELECTOR} .",
        f"{quote} {_EXACT} {write_string(anchor.exact)} .",
    )


def decode_anchor(said: Statements, iri: str) -> Anchor:
    """Return the anchor that `iri` names.

    Raises:
        DecodingError: a source, section, position or quote lacks, or is given twice.
    """

    def only(subject: str, predicate: URIRef) -> str:
        terms = said.objects(subject, str(predicate))
        if len(terms) != 1:
            lack = "lacks" if not terms else f"has {len(terms)} values of"
            raise DecodingError(f"the anchor <{iri}> {lack} {predicate.n3()} on <{subject}>")
        return next(iter(terms)).value

    position = only(iri, OA.hasSelector)
    return Anchor(
        iri=iri,
        source=only(iri, OA.hasSource),
        start=int(only(position, OA.start)),
        end=int(only(position, OA.end)),
        exact=only(only(position, OA.refinedBy), OA.exact),
        section=only(iri, IG.section),
    )
