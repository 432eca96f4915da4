"""How quickly a query is answered alone, and while thirty people send their drafts at once.

    python -m benchmarks.drafts DOCUMENT

Prints the median and the 95th percentile of a small query's time, in milliseconds, what became of
the uploads, and how busy the machine was.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

import httpx

from benchmarks.machine import describe_machine
from benchmarks.service import make_service
from impactgraph.loading import load_shipped
from impactgraph.store import open_store

UPLOADS = 30
ALONE = 200
_PAUSE = 0.02


async def ask(client: httpx.AsyncClient, number: int) -> float:
    """Ask a query that was not asked before; return the milliseconds that it took."""
    query = f"SELECT ?s {{ ?s a ?type FILTER(?type != <urn:{number}>) }} LIMIT 5"
    begun = time.perf_counter()
    answer = await client.get("/sparql", params={"query": query})
    answer.raise_for_status()
    return 1000 * (time.perf_counter() - begun)


async def measure(url: str, document: Path) -> None:
    """Measure and print."""
    content = document.read_bytes()
    async with httpx.AsyncClient(base_url=url, timeout=120, trust_env=False) as client:
        for number in range(20):
            await ask(client, -number)
        alone = []
        for number in range(ALONE):
            alone.append(await ask(client, number))
            await asyncio.sleep(_PAUSE)
        files = {"file": (document.name, content)}
        begun = time.perf_counter()
        sending = [asyncio.create_task(client.post("/draft", files=files)) for _ in range(UPLOADS)]
        meanwhile: list[float] = []
        while not all(task.done() for task in sending):
            meanwhile.append(await ask(client, ALONE + len(meanwhile)))
            await asyncio.sleep(_PAUSE)
        took = time.perf_counter() - begun
        counts = Counter(task.result().status_code for task in sending)
    for name, times in (("alone", alone), ("during uploads", meanwhile)):
        tail = statistics.quantiles(times, n=20)[-1]
        median = statistics.median(times)
        print(f"{name}: median {median:.1f} ms, 95% {tail:.1f} ms, {len(times)} queries")
    print(f"{UPLOADS} uploads in {took:.1f} s: {dict(counts)}")


def main() -> None:
    """Serve what impactgraph ships, and measure."""
    document = Path(sys.argv[1])
    print(describe_machine())
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with open_store(folder / "store") as store:
            load_shipped(store)
        server = make_service("impactgraph", store=folder / "store", folder=folder, cpus="0-3")
        server.start()
        try:
            asyncio.run(measure(f"http://127.0.0.1:{server.port}", document))
        finally:
            server.stop()


if __name__ == "__main__":
    main()
