"""Writers and readers that keep books: what was sent, what was acknowledged, what was seen."""

from __future__ import annotations

import random
import threading
from dataclasses import dataclass, field

import httpx

from serving import Service

__all__ = ["Ledger", "Target", "check_ledger", "read_entries", "run_reader", "run_writer"]

PARTS = 6
"""How many triples make one entry; fewer of them are an entry in part."""

COUNT = """
SELECT ?entry (COUNT(*) AS ?parts) { GRAPH ?graph { ?entry ?property ?part } } GROUP BY ?entry
"""


@dataclass(slots=True)
class Target:
    """The service that the clients talk to; another one takes its place after a kill."""

    service: Service


@dataclass(slots=True)
class Ledger:
    """What the clients know; the lock guards all of it."""

    sent: set[str] = field(default_factory=set)
    acknowledged: set[str] = field(default_factory=set)
    removed: set[str] = field(default_factory=set)
    wrong: list[str] = field(default_factory=list)
    reads: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)


def run_writer(number: int, target: Target, ledger: Ledger, stop: threading.Event) -> None:
    """Write entries one after the other, each in another way, until told to stop."""
    choice = random.Random(number)
    count = 0
    with httpx.Client(timeout=60, trust_env=False, verify=False) as client:
        while not stop.is_set():
            count += 1
            name = f"urn:entry:{number}:{count}"
            with ledger.lock:
                ledger.sent.add(name)
            try:
                response = send_entry(client, target.service, name, choice)
            except httpx.HTTPError:
                stop.wait(0.02)
                continue
            with ledger.lock:
                if response.is_success:
                    ledger.acknowledged.add(name)
                elif response.status_code not in (502, 503):
                    ledger.wrong.append(f"{name}: {response.status_code} {response.text[:200]}")
            if not response.is_success:
                stop.wait(0.02)


def send_entry(
    client: httpx.Client, service: Service, name: str, choice: random.Random
) -> httpx.Response:
    halves = [
        " ".join(f"<{name}> <urn:part:{part}> {part} ." for part in parts)
        for parts in (range(PARTS // 2), range(PARTS // 2, PARTS))
    ]
    if choice.random() < 0.3:
        return client.put(
            service.graph_store,
            params={"graph": f"{name}:graph"},
            content=" ".join(halves),
            headers={"Content-Type": "text/turtle", **service.authorisation},
        )
    # Two operations on two graphs: a request that is applied in part leaves half an entry.
    first, second = (
        f"INSERT DATA {{ GRAPH <urn:half:{n}> {{ {half} }} }}" for n, half in enumerate(halves)
    )
    return client.post(
        service.sparql,
        content=f"{first} ;\n{second}",
        headers={"Content-Type": "application/sparql-update", **service.authorisation},
    )


def run_reader(target: Target, ledger: Ledger, stop: threading.Event) -> None:
    """Read again and again: no entry in part, and each that was acknowledged before."""
    with httpx.Client(timeout=60, trust_env=False, verify=False) as client:
        while not stop.is_set():
            with ledger.lock:
                before = set(ledger.acknowledged)
            try:
                response = client.get(
                    target.service.sparql,
                    params={"query": COUNT},
                    headers={"Accept": "application/sparql-results+json"},
                )
            except httpx.HTTPError:
                stop.wait(0.02)
                continue
            if response.status_code == 503:
                stop.wait(0.02)
                continue
            with ledger.lock:
                ledger.reads += 1
                if response.status_code != 200:
                    ledger.wrong.append(f"read: {response.status_code} {response.text[:200]}")
                    continue
                entries = read_rows(response)
                ledger.wrong += find_wrong(entries, before, "read")
            stop.wait(0.01)


def read_entries(service: Service) -> dict[str, int]:
    """How many parts of each entry the service has."""
    return {row["entry"]: int(row["parts"]) for row in service.select(COUNT)}


def read_rows(response: httpx.Response) -> dict[str, int]:
    return {
        row["entry"]["value"]: int(row["parts"]["value"])
        for row in response.json()["results"]["bindings"]
        if "entry" in row
    }


def find_wrong(entries: dict[str, int], acknowledged: set[str], where: str) -> list[str]:
    wrong = [f"{where}: {name} has {n} of {PARTS}" for name, n in entries.items() if n != PARTS]
    return wrong + [f"{where}: {name} is lost" for name in sorted(acknowledged - set(entries))]


def check_ledger(entries: dict[str, int], ledger: Ledger) -> None:
    """Hold what is in the store against the books."""
    assert ledger.wrong == []
    assert find_wrong(entries, ledger.acknowledged, "at the end") == []
    assert set(entries) <= ledger.sent, "the store holds what nobody sent"
