"""The query workers: processes that answer queries, and that can be ended.

The engine has no time limit and no way to cancel, it resolves SERVICE itself, and it ends its
process where memory or stack run out. So queries run in processes of their own, without sockets,
under a deadline and a ceiling of memory, forked in a few milliseconds by a process that has
everything imported. The service awaits them and is never held up.
"""

from impactgraph_api.workers.errors import (
    NotAcceptableError,
    OverloadedError,
    QueryMemoryError,
    QueryTimeoutError,
    ResultTooLargeError,
)
from impactgraph_api.workers.exchange import Answer, Question
from impactgraph_api.workers.pool import QueryWorkers
from impactgraph_api.workers.statistics import Statistics

__all__ = [
    "Answer",
    "NotAcceptableError",
    "OverloadedError",
    "QueryMemoryError",
    "QueryTimeoutError",
    "QueryWorkers",
    "Question",
    "ResultTooLargeError",
    "Statistics",
]
