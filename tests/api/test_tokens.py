from __future__ import annotations

from pathlib import Path

import pytest

from impactgraph.errors import UsageError
from impactgraph_api.problem import ProblemError
from impactgraph_api.settings import GIBIBYTE, LEAST_QUERY_MEMORY, Settings
from impactgraph_api.tokens import authorise, choose_token, read_token

TOKEN = "abc.DEF-123_~+/="
SETTINGS = Settings(token=TOKEN)


@pytest.mark.parametrize("sent", [f"Bearer {TOKEN}", f"bearer   {TOKEN} "])
def test_the_token_lets_a_write_pass(sent: str) -> None:
    authorise({"authorization": sent}, SETTINGS)


@pytest.mark.parametrize(
    ("sent", "error"),
    [
        (None, ""),
        ("", ""),
        (TOKEN, ""),
        (f"Basic {TOKEN}", ""),
        ("Bearer", 'error="invalid_token"'),
        (f"Bearer {TOKEN[:-1]}", 'error="invalid_token"'),
        (f"Bearer {TOKEN}x", 'error="invalid_token"'),
        (f"Bearer {TOKEN}, Bearer {TOKEN}", 'error="invalid_token"'),
        ("Bearer \udcff\xe9", 'error="invalid_token"'),
    ],
)
def test_anything_else_is_refused_with_a_challenge(sent: str | None, error: str) -> None:
    headers = {} if sent is None else {"authorization": sent}
    with pytest.raises(ProblemError) as refused:
        authorise(headers, SETTINGS)
    problem = refused.value.problem
    assert (problem.type, problem.status) == ("unauthorised", 401)
    challenge = problem.headers["WWW-Authenticate"]
    assert challenge.startswith('Bearer realm="impactgraph"')
    assert error in challenge
    assert ("error=" in challenge) == bool(error)
    assert TOKEN not in problem.detail


def test_without_a_token_nobody_writes_and_is_told_how_it_could_be() -> None:
    with pytest.raises(ProblemError) as refused:
        authorise({"authorization": f"Bearer {TOKEN}"}, Settings())
    problem = refused.value.problem
    assert (problem.type, problem.status) == ("read-only", 403)
    assert "IMPACTGRAPH_TOKEN" in problem.detail
    assert "--token-file" in problem.detail


def test_the_file_goes_before_the_environment(tmp_path: Path) -> None:
    file = tmp_path / "token"
    file.write_text(f"\n  {TOKEN}\n", encoding="utf-8")
    assert read_token(file) == TOKEN
    assert choose_token("another", file) == TOKEN
    assert choose_token(f" {TOKEN}\n", None) == TOKEN
    assert choose_token(None, None) is None


@pytest.mark.parametrize("content", ["", " \n", "two words", "caf\xe9", "x" * 5000, "a\x00b"])
def test_what_cannot_be_a_token_is_refused_and_not_shown(tmp_path: Path, content: str) -> None:
    file = tmp_path / "token"
    file.write_text(content, encoding="utf-8")
    with pytest.raises(UsageError, match="the token file") as refused:
        read_token(file)
    assert not content.strip() or content.strip() not in str(refused.value)
    with pytest.raises(UsageError, match="IMPACTGRAPH_TOKEN"):
        choose_token(content, None)


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="missing cannot be read: No such file"):
        read_token(tmp_path / "missing")


def test_settings_show_no_token() -> None:
    assert TOKEN not in repr(SETTINGS)
    assert not SETTINGS.read_only
    assert Settings().read_only


@pytest.mark.parametrize(
    "wrong",
    [
        {"default_graph": "both"},
        {"query_timeout": 0},
        {"query_timeout": float("nan")},
        {"query_timeout": float("inf")},
        {"update_timeout": -1},
        {"query_memory": LEAST_QUERY_MEMORY - 1},
        {"workers": 0},
        {"queue": 0},
        {"result_size": 0},
        {"cache_size": -1},
        {"write_body": 0},
        {"token": " "},
    ],
)
def test_settings_out_of_range_are_refused(wrong: dict[str, object]) -> None:
    with pytest.raises(UsageError):
        Settings(**wrong)  # type: ignore[arg-type]


def test_the_defaults_are_those_that_are_documented() -> None:
    settings = Settings()
    assert settings.default_graph == "union"
    assert (settings.query_timeout, settings.update_timeout) == (30, 60)
    assert settings.query_memory == settings.result_size == GIBIBYTE
    assert 1 <= settings.workers <= 4
    assert settings.cors_origins == ("*",)
    assert not settings.load_allow
