"""The model and RDF, each way."""

from impactgraph.encoding.decode import decode, decode_reference
from impactgraph.encoding.encode import direct_triple, encode, encode_reference
from impactgraph.encoding.turtle import to_turtle

__all__ = ["decode", "decode_reference", "direct_triple", "encode", "encode_reference", "to_turtle"]
