"""The model and RDF, each way."""

from impactgraph.encoding.decode import decode, decode_reference
from impactgraph.encoding.encode import direct_triple, encode, encode_reference
from impactgraph.encoding.ntriples import write_case_study, write_reference
from impactgraph.encoding.rule_profiles import decode_rule_profiles
from impactgraph.encoding.statements import Statements
from impactgraph.encoding.turtle import to_turtle

__all__ = [
    "Statements",
    "decode",
    "decode_reference",
    "decode_rule_profiles",
    "direct_triple",
    "encode",
    "encode_reference",
    "to_turtle",
    "write_case_study",
    "write_reference",
]
