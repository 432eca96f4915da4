"""Rule profiles and RDF: which field is which property, and the way back to the model."""

from __future__ import annotations

from rdflib import Graph

from impactgraph import model
from impactgraph.encoding.decode import decode_members
from impactgraph.encoding.mapping import Mapping, Property, Range
from impactgraph.encoding.statements import Statements
from impactgraph.model import RuleProfile
from impactgraph.vocabulary import BIBO, DCAT, DCTERMS, FABIO, IG, RDFS, SCHEMA, SKOS

__all__ = ["RULE_PROFILE", "decode_rule_profiles"]

_LABEL = Property("label", RDFS.label, Range.TEXT)

GUIDANCE = Mapping(
    model.Guidance,
    (FABIO.PolicyDocument,),
    (
        Property("title", DCTERMS.title, Range.TEXT),
        Property("identifier", DCTERMS.identifier, Range.TOKEN),
        Property("issued", DCTERMS.issued, Range.DATE),
    ),
)
RULE = Mapping(
    model.Rule,
    (IG.Rule,),
    (
        _LABEL,
        Property("aspect", IG.aspect, Range.CONCEPT, concept=model.Aspect),
        Property("obligation", IG.obligation, Range.CONCEPT, concept=model.Obligation),
        Property("section", IG.section, Range.TOKEN),
        Property("maximum", SCHEMA.maxValue, Range.DECIMAL),
        Property("start", DCAT.startDate, Range.DATE),
        Property("end", DCAT.endDate, Range.DATE),
        Property("source", DCTERMS.source, Range.PART, part=GUIDANCE),
        Property("locator", BIBO.locator, Range.TOKEN),
        Property("verified", IG.verified, Range.BOOLEAN),
        Property("description", DCTERMS.description, Range.TEXT),
    ),
)
RULE_PROFILE = Mapping(
    model.RuleProfile,
    (IG.RuleProfile,),
    (
        Property("notation", SKOS.notation, Range.TOKEN),
        _LABEL,
        Property("exercise", IG.exercise, Range.IRI),
        Property("status", BIBO.status, Range.CONCEPT, concept=model.ProfileStatus),
        Property("version", SCHEMA.version, Range.TOKEN),
        Property("rules", IG.rule, Range.PART, many=True, part=RULE),
    ),
)
"""The rules of an exercise, which belong to no case study."""


def decode_rule_profiles(graph: Graph) -> tuple[RuleProfile, ...]:
    """Return the rule profiles that a graph describes, in the order of their IRIs.

    Raises:
        DecodingError: one lacks what it must have; the message names it.
    """
    return decode_members(Statements.of_graph(graph), RULE_PROFILE)
