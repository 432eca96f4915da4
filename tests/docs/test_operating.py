"""What the operator's and the user's page tell people to run is run here."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest

import impactgraph as ig
from impactgraph.store import Transaction
from impactgraph_api import Settings
from serving import TOKEN, Service, find_free_port
from shipped import make_store

DOCS = Path(__file__).parents[2] / "docs"
ADDRESS = "http://127.0.0.1:8000"
STORE, BACKUP = "/var/lib/impactgraph/store", "/var/backups/impactgraph/store"


def blocks(page: str, name: str) -> list[str]:
    """The blocks of a page that have the name, as they stand there."""
    text = (DOCS / page).read_text(encoding="utf-8")
    found = re.findall(rf"<!-- (?:run|file): {re.escape(name)} -->\n```\w+\n(.*?)```", text, re.S)
    assert found, f"{page} has no block {name}"
    return found


def block(page: str, name: str) -> str:
    (found,) = blocks(page, name)
    return found


def run(script: str, folder: Path, **variables: str) -> str:
    """What a script of the shell prints, run where `impactgraph` is this one."""
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-c", f"set -eu\n{script}"],
        cwd=folder,
        env={**os.environ, "PATH": path, **variables},
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stderr}"
    return done.stdout


def contents(store: Path) -> list[str]:
    (row,) = ig.open_store(store).query("SELECT (COUNT(*) AS ?n) { ?s ?p ?o }")  # type: ignore[misc]
    return [str(row["n"])]


@contextmanager
def writing(store: Path) -> Iterator[None]:
    """Writes one generation after the other while the block runs."""
    target, done = ig.open_store(store), threading.Event()
    iri = "https://example.org/busy"

    def change(transaction: Transaction) -> None:
        transaction.update(f"DROP SILENT GRAPH <{iri}> ; CREATE GRAPH <{iri}>")

    def write() -> None:
        while not done.is_set():
            target.write(change)

    thread = threading.Thread(target=write)
    thread.start()
    try:
        yield
    finally:
        done.set()
        thread.join()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return make_store(tmp_path / "store").location


needs_flock = pytest.mark.skipif(shutil.which("flock") is None, reason="flock is not there")


def placed(script: str, store: Path, backup: Path) -> str:
    assert STORE in script or BACKUP in script
    return script.replace(STORE, str(store)).replace(BACKUP, str(backup))


@needs_flock
def test_a_backup_taken_while_others_write_can_be_opened_and_restored(
    store: Path, tmp_path: Path
) -> None:
    before = contents(store)
    for number in range(5):
        backup = tmp_path / f"backup-{number}"
        with writing(store):
            time.sleep(0.05 * number)
            run(placed(block("operating.md", "backup"), store, backup), tmp_path)
        assert contents(backup) == before
        (generation,) = (backup / "generations").iterdir()
        assert generation.name == (backup / "CURRENT").read_text(encoding="ascii").strip()
        assert generation.is_dir()
    assert all(path.is_dir() for path in (store / "generations").iterdir())
    listed = run(placed(block("operating.md", "check"), store, backup), tmp_path)
    assert "jam-and-justice" in listed
    ig.remove_case_study(ig.open_store(store), "jam-and-justice")
    assert contents(store) != before
    run(placed(block("operating.md", "restore"), store, backup), tmp_path)
    assert contents(store) == before
    ig.remove_case_study(ig.open_store(store), "jam-and-justice")


@needs_flock
def test_a_backup_waits_for_no_generation_that_is_gone(store: Path, tmp_path: Path) -> None:
    """CURRENT may name what is deleted a moment later: then the next one is copied."""
    script = placed(block("operating.md", "backup"), store, tmp_path / "backup")
    gone = script.replace('live=$(cat "$STORE/CURRENT")', "live=$(first)", 1)
    assert gone != script
    marker = tmp_path / "asked"
    first = (
        f'first() {{ if [ -e "{marker}" ]; then cat "{store}/CURRENT"; '
        f'else touch "{marker}"; echo 999999; fi; }}\n'
    )
    run(first + gone, tmp_path)
    assert contents(tmp_path / "backup") == contents(store)
    assert not (store / "generations" / "999999").exists()


@pytest.mark.skipif(shutil.which("openssl") is None, reason="openssl is not there")
def test_the_token_that_is_made_is_one(tmp_path: Path) -> None:
    from impactgraph_api import choose_token

    run(block("operating.md", "token"), tmp_path)
    token = choose_token(None, tmp_path / "token")
    assert token is not None
    assert len(token) == 64
    assert (tmp_path / "token").stat().st_mode & 0o077 == 0


@contextmanager
def oxigraph(folder: Path) -> Iterator[str]:
    """Oxigraph's own server, empty."""
    command = Path(sys.executable).parent / "oxigraph"
    address = f"127.0.0.1:{find_free_port()}"
    process = subprocess.Popen(
        [command, "serve", "--location", folder, "--bind", address],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    try:
        for _ in range(200):
            try:
                httpx.get(f"http://{address}/", timeout=2)
                break
            except httpx.HTTPError:
                time.sleep(0.05)
        yield address
    finally:
        process.terminate()
        process.wait(20)


def test_the_data_move_to_another_engine(store: Path, tmp_path: Path) -> None:
    with oxigraph(tmp_path / "engine") as address:
        script = block("operating.md", "move").replace("127.0.0.1:7878", address)
        listed = run(placed(script, store, tmp_path / "none"), tmp_path)
        assert "jam-and-justice" in listed
        count = httpx.get(
            f"http://{address}/query",
            params={"query": "SELECT (COUNT(*) AS ?n) { GRAPH ?g { ?s ?p ?o } }"},
            headers={"Accept": "text/csv"},
        )
        assert count.text.split()[1] in contents(store)[0]


@pytest.fixture
def service(shipped_service: Service) -> Service:
    return shipped_service


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "impacts.rq").write_text(block("querying.md", "impacts.rq"), encoding="utf-8")
    notes = "<https://example.org/a> <https://example.org/b> 1 ."
    (tmp_path / "notes.ttl").write_text(notes, encoding="utf-8")
    return tmp_path


LABEL = "A local charity works by co-production"


def at(service: Service, script: str) -> str:
    assert ADDRESS in script
    return script.replace(ADDRESS, service.url)


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not there")
def test_the_examples_for_curl_run(service: Service, folder: Path) -> None:
    first, second = blocks("querying.md", "curl")
    assert LABEL in run(at(service, first), folder)
    answer = run(at(service, second), folder)
    assert f"4,{LABEL}" in answer
    assert "ig:Finding" in answer or "ontology#Finding" in answer


@pytest.mark.skipif(shutil.which("curl") is None, reason="curl is not there")
def test_the_example_that_writes_runs(service: Service, folder: Path) -> None:
    run(at(service, block("querying.md", "write")), folder, TOKEN=TOKEN)
    ask = "SELECT ?g { GRAPH ?g {} FILTER(STRSTARTS(STR(?g), 'https://example.org/')) }"
    assert service.select(ask) == []


PYTHON = blocks("querying.md", "python")


def test_there_are_examples_for_python() -> None:
    assert len(PYTHON) == 4


@pytest.mark.parametrize("script", PYTHON)
def test_the_examples_for_python_run(service: Service, folder: Path, script: str) -> None:
    done = subprocess.run(
        [sys.executable, "-c", at(service, script)],
        cwd=folder,
        capture_output=True,
        text=True,
        timeout=120,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert "local charity" in done.stdout or int(done.stdout) > 500


@pytest.mark.parametrize(
    ("name", "command", "ending"),
    [("r", "Rscript", "R"), ("javascript", "node", "mjs")],
)
def test_the_examples_for_r_and_javascript_run(
    service: Service, folder: Path, name: str, command: str, ending: str
) -> None:
    if shutil.which(command) is None:
        pytest.skip(f"{command} is not there")
    file = folder / f"example.{ending}"
    file.write_text(at(service, block("querying.md", name)), encoding="utf-8")
    assert LABEL in run(f"{command} {file.name}", folder)


def test_what_power_query_would_send_is_answered(service: Service) -> None:
    page = (DOCS / "querying.md").read_text(encoding="utf-8")
    (script,) = re.findall(r"```powerquery\n(.*?)```", page, re.S)
    question = re.search(r'Question = "(.*?)",', script, re.S)
    assert question is not None
    assert 'RelativePath = "sparql"' in script
    assert 'Query = [query = Question, format = "csv"]' in script
    answer = httpx.get(service.sparql, params={"query": question[1], "format": "csv"})
    assert answer.headers["content-type"] == "text/csv; charset=utf-8"
    assert f"4,{LABEL}" in answer.text


def test_the_limits_on_the_page_are_those_of_the_service() -> None:
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    settings = Settings()
    for option, value in (
        ("--query-timeout", f"{settings.query_timeout:g} s"),
        ("--query-memory", f"{settings.query_memory // 1024**3} GiB"),
        ("--result-size", f"{settings.result_size // 1024**3} GiB"),
        ("--queue", f"{settings.queue}"),
        ("--update-timeout", f"{settings.update_timeout:g} s"),
        ("--cache-size", f"{settings.cache_size // 1024**2} MiB"),
    ):
        assert re.search(rf"^\|.*`{option}` \| {re.escape(value)}", page, re.M), option
    bodies = [settings.query_length, settings.body, settings.write_body]
    assert ", ".join(f"{size // 1024**2} MiB" for size in bodies) in page


def test_every_metric_is_on_the_page(service: Service) -> None:
    page = (DOCS / "operating.md").read_text(encoding="utf-8")
    announced = re.findall(r"^# TYPE (\S+)", httpx.get(f"{service.url}/metrics").text, re.M)
    table = set(re.findall(r"`((?:impactgraph|process)_\w+)`", page))
    assert set(announced) == table
