"""A store that is a SPARQL 1.1 engine elsewhere, asked over HTTP.

See SPARQL 1.1 Protocol and SPARQL 1.1 Update.
"""

from impactgraph.store.remote.engine import Engine, locate_engine
from impactgraph.store.remote.snapshot import RemoteSnapshot
from impactgraph.store.remote.store import RemoteStore, open_remote_store
from impactgraph.store.remote.transaction import RemoteTransaction

__all__ = [
    "Engine",
    "RemoteSnapshot",
    "RemoteStore",
    "RemoteTransaction",
    "locate_engine",
    "open_remote_store",
]
