"""Writing: updates and graphs, made durable by a process that can be ended.

The engine has no time limit and would fetch what LOAD names. So writes are applied in a process
of their own, without sockets, under a deadline and a ceiling of memory. Those that wait go into
one generation of the store; each is judged alone.
"""

from impactgraph_api.writing.requests import (
    CaseStudyRequest,
    CurationRequest,
    GraphRequest,
    UpdateRequest,
    WriteOutcome,
    WriteRequest,
)
from impactgraph_api.writing.writer import Writer, WriterStatistics

__all__ = [
    "CaseStudyRequest",
    "CurationRequest",
    "GraphRequest",
    "UpdateRequest",
    "WriteOutcome",
    "WriteRequest",
    "Writer",
    "WriterStatistics",
]
