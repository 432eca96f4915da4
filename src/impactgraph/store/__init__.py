"""The store: a folder of Oxigraph generations that many may read while one writes."""

from impactgraph.store.federation import refuse_service
from impactgraph.store.results import Results, Solutions, Triples
from impactgraph.store.snapshot import Snapshot
from impactgraph.store.store import Store, open_store
from impactgraph.store.terms import from_oxigraph, to_oxigraph
from impactgraph.store.transaction import Change, Transaction

__all__ = [
    "Change",
    "Results",
    "Snapshot",
    "Solutions",
    "Store",
    "Transaction",
    "Triples",
    "from_oxigraph",
    "open_store",
    "refuse_service",
    "to_oxigraph",
]
