"""No link that a program inferred is ever given for `stated` or `curated`, wherever one asks."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from starlette.testclient import TestClient
from typer.testing import CliRunner

from export_files import write_export
from impactgraph.cli import app as command_line
from impactgraph.graph import CaseGraph, links_of, to_networkx
from impactgraph.importing import find_candidates, import_case_studies
from impactgraph.model import Basis, Step
from impactgraph.store import Store, open_store
from impactgraph.views.reading import read_titles
from impactgraph_api import Settings, create_app
from invented_exports import invent_row

SILENT = (
    "**Safer crossings in Crail**\n\nThe council of Crail changed its inspection code in 2016 "
    "because of the tap test, which finds cracks of piers. It saved £3,000 a year [S2]."
)
COMMANDS = ("chains", "underpins", "matrix", "gaps", "robustness", "remedies", "report")
PAGES = ("", "/matrix", "/chains", "/gaps", "/report", "/picture.svg")
DOWNLOADS = ("matrix.csv", "evidence.csv", "chains.csv", "gaps.csv", "report.html", "report.md")
LEVELS = ("stated", "curated")


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Store:
    """One case study that cites no output in section 4, so that what leads back is inferred."""
    folder = tmp_path_factory.mktemp("basis")
    row = invent_row(2)
    row["4. Details of the impact"] = SILENT
    export = write_export(folder / "one.xlsx", row)
    opened = open_store(folder / "store")
    list(import_case_studies(opened, find_candidates([export]), processes=1))
    return opened


@pytest.fixture(scope="module")
def slug(store: Store) -> str:
    (slug,) = read_titles(store)
    return slug


@pytest.fixture(scope="module")
def graph(store: Store, slug: str) -> CaseGraph:
    return to_networkx(store, slug)


@pytest.fixture(scope="module")
def told(graph: CaseGraph) -> tuple[str, ...]:
    """What gives an inferred link away: the end of its IRI, and its reason."""
    inferred = [link for link in links_of(graph) if link.basis is Basis.INFERRED]
    assert {Step.CONTRIBUTED_TO, Step.CORROBORATED_BY} <= {link.step for link in inferred}
    return tuple(
        {link.iri.rpartition("/")[2] for link in inferred} | {link.rationale for link in inferred}
    )


@pytest.fixture(scope="module")
def client(store: Store) -> Iterator[TestClient]:
    with TestClient(create_app(store, Settings(workers=1))) as client:
        yield client


def list_addresses(client: TestClient, slug: str) -> list[str]:
    """Return each address of the case study that takes a basis: of the API, pages and files."""
    paths = client.get("/openapi.json").json()["paths"]
    answers = [
        path.replace("{slug}", slug)
        for path, methods in paths.items()
        if any(one["name"] == "basis" for one in methods.get("get", {}).get("parameters", ()))
        and path.startswith("/api/case-studies/{slug}")
    ]
    assert len(answers) >= 8
    base = f"/case-studies/{slug}"
    return [
        *answers,
        *(f"{base}{page}" for page in PAGES),
        *(f"{base}/download/{name}" for name in DOWNLOADS),
    ]


def find_told(text: str, told: tuple[str, ...]) -> list[str]:
    plain = re.sub(r"&(?:#34|quot);", '"', text).replace('\\"', '"')
    return [words for words in told if words in plain]


def test_no_address_gives_what_is_inferred_for_less(
    client: TestClient, slug: str, told: tuple[str, ...]
) -> None:
    shown = set()
    for address in list_addresses(client, slug):
        for level in LEVELS:
            answer = client.get(address, params={"basis": level})
            assert answer.status_code == 200, (address, answer.text[:300])
            assert find_told(answer.text, told) == [], (address, level)
        if find_told(client.get(address, params={"basis": "inferred"}).text, told):
            shown.add(address.removeprefix("/api").replace(f"/case-studies/{slug}", ""))
    assert {"", "/graph", "/chains", "/gaps", "/matrix"} <= shown, shown


def test_no_command_gives_what_is_inferred_for_less(
    store: Store, slug: str, told: tuple[str, ...]
) -> None:
    shown = set()
    for command in COMMANDS:
        for form in ([], ["--json"]):
            where = [command, slug, "--store", str(store.location), *form]
            for level in LEVELS:
                result = CliRunner().invoke(command_line, [*where, "--basis", level])
                assert result.exit_code == 0, (command, result.output)
                assert find_told(result.output, told) == [], (command, level)
            result = CliRunner().invoke(command_line, [*where, "--basis", "inferred"])
            if find_told(result.output, told):
                shown.add(command)
    assert {"chains", "gaps", "matrix", "underpins"} <= shown, shown


def test_no_plain_pattern_gives_what_is_inferred(store: Store, graph: CaseGraph) -> None:
    for link in links_of(graph):
        step = f"<https://w3id.org/impactgraph/ontology#{link.step.value}>"
        direct = bool(store.query(f"ASK {{ <{link.origin}> {step} <{link.target}> }}"))
        surely = any(
            (other.origin, other.step, other.target) == (link.origin, link.step, link.target)
            and other.basis is not Basis.INFERRED
            for other in links_of(graph)
        )
        assert direct is surely, link.iri


def test_what_follows_is_drawn_from_no_inferred_link_at_lower_levels(
    store: Store, graph: CaseGraph
) -> None:
    prefix = "PREFIX ig: <https://w3id.org/impactgraph/ontology#>\n"
    rows = list(
        store.query(
            f"{prefix}SELECT ?level ?basis {{ ?u a ig:Underpinning ; ig:basis ?level ; "
            "ig:weakestLink/ig:basis ?basis }"
        )  # type: ignore[arg-type]
    )
    assert rows
    for row in rows:
        level, basis = (Basis(row[name].value.rpartition("#")[2]) for name in ("level", "basis"))
        assert level.admits(basis)
    inferred = {
        (link.origin, link.target)
        for link in links_of(graph)
        if link.basis is Basis.INFERRED and link.step.leads
    }
    surely = {
        (link.origin, link.target)
        for link in links_of(graph)
        if link.basis is not Basis.INFERRED and link.step.leads
    }
    assert inferred - surely
    for origin, target in inferred - surely:
        assert not store.query(f"{prefix}ASK {{ <{origin}> ig:leadsTo <{target}> }}")
