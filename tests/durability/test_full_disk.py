"""A disk that is full refuses the write with 507, and the store stays whole."""

from __future__ import annotations

import random
import subprocess
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from serving import Service, serving

SIZE = 64 * 2**20
BALLAST = SIZE // 2
"""Once it is gone there is room to write all that was there again, as the engine does at times."""
KEEP = "SELECT ?n { GRAPH ?g { ?s <urn:number> ?n } }"


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    place = tmp_path / "disk"
    place.mkdir()
    command = ["mount", "-t", "tmpfs", "-o", f"size={SIZE}", "tmpfs", str(place)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=20, check=False)
    except FileNotFoundError:
        pytest.skip("there is no mount command")
    if done.returncode:
        pytest.skip(f"a small tmpfs cannot be mounted here: {done.stderr.strip()}")
    yield place
    subprocess.run(["umount", "--lazy", str(place)], timeout=20, check=True)


def write(service: Service, number: int, padding: int) -> httpx.Response:
    """Write one graph of some size whose words no compression shortens."""
    noise = random.Random(number).randbytes(padding // 2).hex()
    return httpx.put(
        service.graph_store,
        params={"graph": f"urn:graph:{number}"},
        content=f'<urn:s:{number}> <urn:number> {number} ; <urn:noise> "{noise}" .',
        headers={"Content-Type": "text/turtle", **service.authorisation},
        timeout=60,
        trust_env=False,
        verify=False,
    )


def test_a_full_disk_refuses_the_write_and_leaves_the_store_whole(
    tmp_path: Path, small_disk: Path
) -> None:
    ballast, store = small_disk / "ballast", small_disk / "store"
    with serving(tmp_path, "--workers", "1", "--update-timeout", "8", store=store) as service:
        written = set()
        ballast.write_bytes(bytes(BALLAST))
        refused = 0
        for number in range(200):
            response = write(service, number, 2**20)
            if response.status_code in (201, 204):
                written.add(number)
                continue
            assert response.status_code == 507, response.text[:500]
            assert response.headers["Content-Type"].startswith("application/problem+json")
            assert response.json()["status"] == 507
            assert str(small_disk) not in response.text
            assert read_numbers(service) == written
            # What a refused write leaves is swept, so that the next may find room.
            refused += 1
            if refused == 5:
                break
        assert refused == 5, "the disk never became full"
        assert len(written) > 2

        ballast.unlink()
        response = write(service, 999, 1000)
        assert response.status_code == 201, response.text
        assert read_numbers(service) == written | {999}

    with serving(tmp_path, "--workers", "1", store=store) as service:
        assert read_numbers(service) == written | {999}


def read_numbers(service: Service) -> set[int]:
    return {int(row["n"]) for row in service.select(KEEP)}
