"""The commands answer, print what was asked for, and fail with one plain line."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from rdflib import Dataset, Graph

from impactgraph.cli import EXIT_CODES, app
from impactgraph.errors import ImpactGraphError
from impactgraph.resources import data_path

Run = Callable[..., Any]
SLUG = "jam-and-justice"
FILE = data_path() / "case-studies" / f"{SLUG}.ttl"


def test_a_new_store_gets_the_shipped_case_studies_and_says_so(run: Run, tmp_path: Path) -> None:
    first = run("case-studies", store=tmp_path / "new")
    assert (first.code, "New store in" in first.err) == (0, True)
    assert SLUG in first.out
    assert not run("case-studies", store=tmp_path / "new").err


def test_without_a_store_named_it_lies_in_the_users_data_directory(tmp_path: Path) -> None:
    environment = {
        key: value
        for key, value in os.environ.items()
        if not key.startswith(("IMPACTGRAPH", "XDG"))
    }
    done = subprocess.run(
        [sys.executable, "-m", "impactgraph", "case-studies", "--json"],
        env=environment | {"HOME": str(tmp_path)},
        capture_output=True,
        text=True,
        check=True,
        timeout=60,
    )
    assert [found["slug"] for found in json.loads(done.stdout)] == [SLUG]
    assert "~" in done.stderr or str(tmp_path) in done.stderr
    assert list(tmp_path.rglob("CURRENT"))


def test_case_studies_counts_by_stage(run: Run) -> None:
    (found,) = json.loads(run("case-studies", "--json").out)
    assert found["counts"] == {
        "finding": 5,
        "output": 5,
        "pathway": 3,
        "impact": 4,
        "source": 7,
    }


def test_underpins_says_first_what_the_document_says(run: Run) -> None:
    text = " ".join(run("underpins", SLUG, "--basis", "stated").out.split())
    assert "0 of 4 impacts are reached from a finding or output by stated steps" in text
    assert "the stated chains stop between output and pathway" in text
    assert "curated" not in text.replace("with curation", "")
    assert "complete chain" not in text
    answer = json.loads(run("underpins", SLUG, "--impact", "2", "--json").out)
    (impact,) = answer["impacts"]
    assert answer["basis"] == "curated"
    assert impact["sentence"].startswith("The document credits the research as a whole")
    assert {found["finding"]["notation"] for found in impact["findings"]} == {"c", "d", "e"}
    assert [support["node"]["notation"] for support in impact["evidence"]] == ["B"]


def test_underpins_answers_for_one_finding(run: Run) -> None:
    (finding,) = json.loads(run("underpins", SLUG, "--finding", "a", "--json").out)["findings"]
    assert [found["node"]["notation"] for found in finding["outputs"]] == ["1", "2"]
    assert "impact 4" in finding["sentence"]


def test_under_stated_every_chain_from_a_finding_stops_at_an_output(run: Run) -> None:
    answer = json.loads(run("chains", SLUG, "--basis", "stated", "--json").out)
    starts = [chain for chain in answer["chains"] if chain["start"] == "finding"]
    assert len(starts) == 7
    assert {chain["stop"] for chain in starts} == {"output"}
    assert answer["total"] == len(answer["chains"]) == 31
    assert {link["basis"] for chain in answer["chains"] for link in chain["links"]} == {"stated"}


def test_chains_between_two_nodes_and_with_a_limit(run: Run) -> None:
    between = json.loads(
        run("chains", SLUG, "--from", "finding/d", "--to", "impact/1", "--json").out
    )
    assert [[node["notation"] for node in chain["nodes"]] for chain in between["chains"]] == [
        ["d", "3", "1"],
        ["d", "1"],
    ]
    printed = run("chains", SLUG, "--limit", "2").out
    assert re.search(r"… and \d+ more: --limit 0 shows all", printed)
    none = json.loads(run("chains", SLUG, "--complete", "--json").out)
    assert none["chains"] == []


def test_gaps_name_what_lacks_and_how_to_mend_it(run: Run) -> None:
    answer = json.loads(run("gaps", SLUG, "--basis", "stated", "--json").out)
    kinds = {gap["kind"] for gap in answer["gaps"]}
    assert {"research-as-a-whole", "uncorroborated-claim"} <= kinds
    assert all(gap["reason"] and gap["remedy"] for gap in answer["gaps"])
    assert all(gap["nodes"] or gap["about"] for gap in answer["gaps"])
    assert not any(gap["probable"] for gap in answer["gaps"])
    inferred = json.loads(run("gaps", SLUG, "--basis", "inferred", "--json").out)
    assert any(gap["probable"] for gap in inferred["gaps"])
    told = " ".join(run("gaps", SLUG, "--basis", "stated", "--all-kinds").out.split())
    assert "It gathers 8 single gaps: --kind nothing-after --kind nothing-before lists" in told
    one = run("gaps", SLUG, "--kind", "uncorroborated-pathway").out
    assert one.count("pathway") >= 3
    assert "To fix it:" in one


def test_the_matrix_says_why_it_is_empty(run: Run) -> None:
    stated = run("matrix", SLUG, "--basis", "stated").out
    assert "no stated step leads on from any output" in " ".join(stated.split())
    curated = json.loads(run("matrix", SLUG, "--json").out)
    counts = [[cell["chain_count"] for cell in row] for row in curated["cells"]]
    assert counts == [[0, 0, 0, 1], [1, 0, 1, 0], [1, 1, 0, 0], [2, 1, 2, 1], [1, 1, 0, 1]]


ROWS = (
    "SELECT ?notation WHERE { ?finding a ig:Finding ; skos:notation ?notation } ORDER BY ?notation"
)


def test_query_prints_rows_in_each_format(run: Run) -> None:
    assert "5 rows." in run("query", ROWS).out
    parsed = json.loads(run("query", ROWS, "--json").out)
    assert [row["notation"]["value"] for row in parsed["results"]["bindings"]] == list("abcde")
    rows = list(csv.reader(io.StringIO(run("query", ROWS, "--format", "csv").out)))
    assert rows == [["notation"], *(list(letter) for letter in "abcde")]
    assert run("query", ROWS, "--format", "tsv").out.startswith("?notation")
    assert "<sparql" in run("query", ROWS, "--format", "xml").out
    assert run("query", "ASK { ?s a ig:Impact }").out == "true\n"


def test_query_prints_triples_in_each_format(run: Run) -> None:
    text = "CONSTRUCT WHERE { ?finding a ig:Finding }"
    for form, parser in (
        ("turtle", "turtle"),
        ("ntriples", "nt"),
        ("rdfxml", "xml"),
        ("jsonld", "json-ld"),
    ):
        printed = run("query", text, "--format", form).out
        assert len(Graph().parse(data=printed, format=parser)) == 5, form


def test_query_reads_a_file(run: Run, tmp_path: Path) -> None:
    file = tmp_path / "question.rq"
    file.write_text(ROWS, encoding="utf-8")
    assert "5 rows." in run("query", "--file", str(file)).out


def test_validate_reports_each_file(run: Run, tmp_path: Path) -> None:
    assert run("validate", str(FILE)).code == 0
    broken = tmp_path / "broken.ttl"
    broken.write_text("this is not Turtle", encoding="utf-8")
    wrong = tmp_path / "wrong.ttl"
    wrong.write_text(
        FILE.read_text(encoding="utf-8").replace("ig:basis ig:stated", "ig:basis ig:guessed", 1),
        encoding="utf-8",
    )
    outcome = run("validate", "--json", str(FILE), str(broken), str(wrong))
    assert outcome.code == 4
    good, unreadable, violating = json.loads(outcome.out)
    assert good["conforms"]
    assert "broken.ttl" in unreadable["error"]
    assert not violating["conforms"]
    assert all(result["message"] for result in violating["results"])
    assert "2 of 3 files do not conform" in outcome.err


def test_what_is_removed_can_be_loaded_again_and_is_the_same(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    before = run("dump", SLUG, store=store).out
    assert "ig:CaseStudy" in before
    assert run("remove", SLUG, store=store).code == 0
    assert run("underpins", SLUG, store=store).code == 3
    assert json.loads(run("case-studies", "--json", store=store).out) == []
    copy = tmp_path / "copy.ttl"
    shutil.copy(FILE, copy)
    assert run("load", str(copy), store=store).code == 0
    assert run("dump", SLUG, store=store).out == before


def test_a_dump_of_all_is_trig_with_every_graph(run: Run) -> None:
    dataset = Dataset()
    dataset.parse(data=run("dump").out, format="trig")
    names = {str(graph.identifier) for graph in dataset.graphs() if len(graph)}
    base = "https://w3id.org/impactgraph/"
    assert names == {
        f"{base}id/{SLUG}",
        f"{base}id/{SLUG}/derived",
        f"{base}id/reference",
        f"{base}ontology",
    }


def test_a_store_opened_empty_stays_empty(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    assert run("load", "--empty", str(FILE), store=store).code == 0
    ontology = "ASK { GRAPH <https://w3id.org/impactgraph/ontology> { ?s ?p ?o } }"
    assert run("query", ontology, store=store).out == "false\n"
    assert run("query", ontology).out == "true\n"


def test_a_file_that_violates_is_refused_whole(run: Run, tmp_path: Path) -> None:
    store = tmp_path / "store"
    run("case-studies", store=store)
    wrong = tmp_path / "wrong.ttl"
    text = FILE.read_text(encoding="utf-8").replace("jam-and-justice", "jam-and-justice-2")
    wrong.write_text(text.replace("ig:confidence 1 ", "ig:confidence 7 ", 1), encoding="utf-8")
    outcome = run("load", str(wrong), store=store)
    assert outcome.code == 4
    assert "wrong.ttl: violates the shapes" in outcome.err
    assert "link-confidence" in outcome.err
    assert len(json.loads(run("case-studies", "--json", store=store).out)) == 1


FOREIGN = "<https://example.org/elsewhere> <http://www.w3.org/2000/01/rdf-schema#label> 'x' ."
BLANK = "[] <http://www.w3.org/2000/01/rdf-schema#label> 'x' ."


@pytest.mark.parametrize(
    ("addition", "message"),
    [(FOREIGN, "neither under"), (BLANK, "describes a blank node")],
)
def test_a_file_may_describe_nothing_but_its_case_study(
    run: Run, tmp_path: Path, addition: str, message: str
) -> None:
    file = tmp_path / "more.ttl"
    file.write_text(FILE.read_text(encoding="utf-8") + addition, encoding="utf-8")
    outcome = run("load", str(file), store=tmp_path / "store")
    assert outcome.code == 4
    assert message in outcome.err


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("underpins", "nobody"), 3, "no case study 'nobody'"),
        (("chains", SLUG, "--from", "finding/z"), 3, "has no node 'finding/z'; it has finding/a"),
        (("underpins", SLUG, "--impact", "9"), 3, "has no impact '9'"),
        (("gaps", SLUG, "--kind", "holes"), 3, "no kind of gap 'holes'"),
        (("query", "SELECT WHERE"), 4, "1:"),
        (("query", "SELECT * { SERVICE <http://x.example/> {} }"), 4, "federated queries"),
        (("query",), 2, "give the query"),
        (("query", ROWS, "--format", "turtle"), 2, "rows cannot be printed as turtle"),
        (("load", "missing.ttl"), 4, "missing.ttl"),
        (("chains", SLUG, "--basis", "guessed"), 2, "stated"),
        (("nonsense",), 2, "nonsense"),
    ],
)
def test_what_goes_wrong_is_said_in_plain_words(
    run: Run, arguments: tuple[str, ...], code: int, message: str
) -> None:
    outcome = run(*arguments)
    assert outcome.code == code
    assert message in outcome.err
    assert "Traceback" not in outcome.err
    assert not outcome.out


def test_a_folder_that_is_no_store_is_refused(run: Run, tmp_path: Path) -> None:
    (tmp_path / "letters.txt").write_text("mine", encoding="utf-8")
    outcome = run("case-studies", store=tmp_path)
    assert outcome.code == 5
    assert str(tmp_path) in outcome.err
    assert [path.name for path in tmp_path.iterdir()] == ["letters.txt"]


def test_every_error_has_an_exit_code() -> None:
    def kinds(error: type[ImpactGraphError]) -> list[type[ImpactGraphError]]:
        return [error, *(sub for kind in error.__subclasses__() for sub in kinds(kind))]

    for kind in kinds(ImpactGraphError):
        assert any(issubclass(kind, known) for known in EXIT_CODES)
    assert EXIT_CODES[ImpactGraphError] == 1


def test_every_command_has_a_help_text() -> None:
    assert len(app.registered_commands) == 25
    for command in app.registered_commands:
        assert command.callback is not None
        assert command.callback.__doc__


@pytest.mark.parametrize("arguments", [("dump",), ("gaps", SLUG)])
def test_a_reader_who_leaves_early_is_no_failure(
    shipped_store: Path, arguments: tuple[str, ...]
) -> None:
    command = [sys.executable, "-m", "impactgraph", *arguments]
    environment = os.environ | {"IMPACTGRAPH_STORE": str(shipped_store)}
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.read(10)
        process.stdout.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=30) == 0
