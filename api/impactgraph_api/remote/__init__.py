"""The service over a remote engine: queries and writes are made there, not in processes here."""

from impactgraph_api.remote.workers import RemoteWorkers
from impactgraph_api.remote.writer import RemoteWriter

__all__ = ["RemoteWorkers", "RemoteWriter"]
