"""What an operator chooses on the command line is what the service runs with."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable
from dataclasses import fields
from pathlib import Path
from typing import Any

import httpx
import pytest
import typer
import typer.main
from fastapi import FastAPI

import impactgraph_api
from impactgraph.cli import app as commands
from impactgraph.cli.sizes import parse_size, show_size
from impactgraph_api import Settings
from serving import serving

Run = Callable[..., Any]
TOKEN = "token-of-a-file"


@pytest.fixture
def started(monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """What would be listened to; nothing is."""
    seen: dict[str, Any] = {}

    def remember(app: FastAPI, **options: Any) -> None:
        seen.update(options, settings=app.state.settings)

    monkeypatch.setattr(impactgraph_api, "listen", remember)
    monkeypatch.delenv("IMPACTGRAPH_TOKEN", raising=False)
    return seen


def test_without_options_the_defaults_hold(run: Run, started: dict[str, Any]) -> None:
    assert run("serve").code == 0
    assert started == {
        "host": "127.0.0.1",
        "port": 8000,
        "root_path": "",
        "log_level": "warning",
        "settings": Settings(),
    }


def test_each_option_reaches_the_service(run: Run, started: dict[str, Any], tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    file.chmod(0o600)
    outcome = run(
        *("serve", "--host", "::1", "--port", "8123", "--root-path", "/impact"),
        *("--default-graph", "strict", "--query-timeout", "5.5", "--query-memory", "600M"),
        *("--result-size", "10M", "--workers", "3", "--queue", "7", "--cache-size", "0"),
        *("--update-timeout", "9", "--token-file", str(file), "--validate-writes"),
        *("--cors-origin", "https://a.example", "--cors-origin", "https://b.example"),
        *("--load-allow", "data.example", "--load-allow", "https://b.example/x/"),
        *("--log-level", "info"),
    )
    assert (outcome.code, outcome.err) == (0, "")
    settings = started.pop("settings")
    assert started == {
        "host": "::1",
        "port": 8123,
        "root_path": "/impact",
        "log_level": "info",
    }
    assert settings == Settings(
        default_graph="strict",
        query_timeout=5.5,
        query_memory=600 * 1024**2,
        result_size=10 * 1024**2,
        workers=3,
        queue=7,
        cache_size=0,
        update_timeout=9,
        token=TOKEN,
        validate_writes=True,
        cors_origins=("https://a.example", "https://b.example"),
        load_allow=("data.example", "https://b.example/x/"),
    )


def test_what_the_command_line_leaves_out_is_no_choice_for_an_operator() -> None:
    """Every setting has an option, but for the bounds on requests, which hardly anyone changes."""
    (serve,) = [
        found
        for found in typer.main.get_command(commands).commands.values()  # type: ignore[attr-defined]
        if found.name == "serve"
    ]
    options = {parameter.name for parameter in serve.params}
    settings = {field.name for field in fields(Settings)}
    assert settings - options == {"body", "write_body", "query_length", "token", "cors_origins"}


def test_the_token_comes_from_the_environment(
    run: Run, started: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("IMPACTGRAPH_TOKEN", TOKEN)
    run("serve")
    assert started["settings"].token == TOKEN


def test_the_command_line_takes_no_token(run: Run, started: dict[str, Any]) -> None:
    assert run("serve", "--token", TOKEN).code == 2
    assert not started


def test_no_origin_at_all_can_be_chosen(run: Run, started: dict[str, Any]) -> None:
    run("serve", "--cors-origin", "none")
    assert started["settings"].cors_origins == ()


def test_a_token_file_that_others_can_read_is_pointed_out(
    run: Run, started: dict[str, Any], tmp_path: Path
) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    file.chmod(0o644)
    outcome = run("serve", "--token-file", str(file))
    assert "chmod 600" in outcome.err
    assert TOKEN not in outcome.err
    assert started["settings"].token == TOKEN


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("--default-graph", "both"), "'both'"),
        (("--query-timeout", "0"), "greater than"),
        (("--query-timeout", "inf"), "seconds above 0"),
        (("--query-memory", "100M"), "512 MiB"),
        (("--query-memory", "much"), "'much' is no size"),
        (("--workers", "0"), "greater than"),
        (("--token-file", "/nonexistent/token"), "/nonexistent/token cannot be read"),
        (("--log-level", "loud"), "'loud'"),
        (("--root-path", "impact"), "begins with /"),
    ],
)
def test_what_cannot_be_is_refused_with_the_reason(
    run: Run, started: dict[str, Any], arguments: tuple[str, ...], message: str
) -> None:
    outcome = run("serve", *arguments)
    assert outcome.code == 2
    assert message in " ".join(outcome.err.replace("│", " ").split())
    assert not started


@pytest.mark.parametrize(
    ("text", "size"), [("0", 0), ("1k", 1024), ("1.5 GiB", 3 * 512 * 1024**2), ("2TB", 2 * 1024**4)]
)
def test_sizes_are_read_as_people_write_them(text: str, size: int) -> None:
    assert parse_size(text) == size
    assert parse_size(show_size(size)) == size


@pytest.mark.parametrize("text", ["", "-1", "1 X", "G", "1e3", "1,5G"])
def test_what_is_no_size_is_refused(text: str) -> None:
    with pytest.raises(typer.BadParameter):
        parse_size(text)


def test_a_service_that_is_started_serves_logs_and_ends(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(TOKEN, encoding="utf-8")
    file.chmod(0o600)
    options = ("--token-file", str(file), "--log-level", "info", "--root-path", "/impact")
    with serving(tmp_path, *options, token=None) as service:
        graph = f"{service.graph_store}/one"
        headers = {"Content-Type": "text/turtle", "Authorization": f"Bearer {TOKEN}"}
        made = httpx.put(graph, content="<> a <http://example.org/C> .", headers=headers)
        assert made.status_code == 201
        named = service.select("SELECT ?g { GRAPH ?g {} }")
        assert named == [{"g": f"{service.url}/impact/rdf-graph-store/one"}]
        page = httpx.get(f"{service.url}/", headers={"Accept": "text/html"})
        assert 'href="/impact/' in page.text
        service.process.send_signal(signal.SIGINT)
        assert service.process.wait(20) in (0, -signal.SIGINT)
        log = service.read_log()
    assert "PUT /impact/rdf-graph-store/one" in log
    assert TOKEN not in log
    assert "Traceback" not in log


def test_a_port_that_is_taken_is_said_in_one_line(tmp_path: Path, run: Run) -> None:
    with serving(tmp_path) as service:
        outcome = run("serve", "--port", service.url.rpartition(":")[2], store=service.store)
    assert outcome.code == 2
    assert "is another program there?" in outcome.err
    assert "Traceback" not in outcome.err
    assert os.environ.get("IMPACTGRAPH_STORE")
