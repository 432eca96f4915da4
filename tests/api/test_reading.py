"""What the routes read from the store, and what they hold of it."""

from __future__ import annotations

import time
from pathlib import Path

import pytest
from fastapi.testclient import TestClient

from impactgraph.store import open_store
from impactgraph_api import Settings, create_app, reading


def test_an_idle_service_keeps_no_old_generation_from_deletion(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "_SECONDS_HELD", 0.05)
    app = create_app(open_store(tmp_path / "store"), Settings(workers=1))
    elsewhere = open_store(tmp_path / "store")
    with TestClient(app) as client:
        generation = client.get("/healthz").json()["generation"]
        folder = tmp_path / "store" / "generations" / f"{generation:06d}"
        assert folder.is_dir()
        deadline = time.monotonic() + 20
        while folder.exists():
            assert time.monotonic() < deadline, "the generation is still held"
            elsewhere.write(lambda change: None)
        assert client.get("/healthz").json()["generation"] == elsewhere.generation
