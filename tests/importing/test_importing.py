"""Imports: what is encoded, skipped and refused; and that stopping one loses nothing."""

from __future__ import annotations

import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from dataclasses import replace
from itertools import islice
from pathlib import Path
from typing import Any

import psutil
import pytest

import impactgraph.importing.importing as importing_module
from export_files import write_export
from impactgraph.encoding import encode, encode_reference
from impactgraph.errors import ImportingError, StoreError
from impactgraph.extraction import Extraction, extract_case_study
from impactgraph.graph import to_networkx
from impactgraph.importing import (
    Candidate,
    Outcome,
    OutcomeKind,
    Selection,
    count_candidates,
    find_candidates,
    import_case_studies,
    write_case_studies,
)
from impactgraph.importing.parallel import work_through
from impactgraph.loading import load_case_studies
from impactgraph.store import Store, open_store
from impactgraph.suggestions import add_suggestions
from impactgraph.validation import parse_file, validate
from invented_exports import invent_row, write_invented_export
from shipped import make_store

ENCODED, UNCHANGED, FAILED = OutcomeKind.ENCODED, OutcomeKind.UNCHANGED, OutcomeKind.FAILED
BASE = "https://w3id.org/impactgraph/id/"


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return open_store(tmp_path / "store")


def bring(store: Store, *paths: Path, processes: int = 1) -> list[Outcome]:
    return list(import_case_studies(store, find_candidates(paths), processes=processes))


def kinds(outcomes: list[Outcome]) -> list[OutcomeKind]:
    return [outcome.kind for outcome in outcomes]


def digests(store: Store) -> dict[str | None, bytes]:
    found: dict[str | None, bytes] = {}
    store.write(lambda transaction: found.update(transaction.digests()))
    return found


def test_an_export_becomes_case_studies_that_answer_queries(store: Store, tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.xlsx", 3)
    outcomes = bring(store, export)
    assert kinds(outcomes) == [ENCODED] * 3
    assert [outcome.slug for outcome in outcomes] == ["0000-0000", "0000-0001", "0000-0002"]
    assert [outcome.origin for outcome in outcomes] == [f"{export}, row {row}" for row in (2, 3, 4)]
    graph = to_networkx(store, "0000-0001")
    found = Counter(data["node"].kind.value for _, data in graph.nodes(data=True))
    assert found["output"] == found["source"] == 2
    assert found["finding"] >= 1
    assert found["impact"] >= 1
    derived = store.query(f"SELECT * {{ GRAPH <{BASE}0000-0001/derived> {{ ?from ?step ?to }} }}")
    assert len(list(derived)) > 0  # type: ignore[arg-type]


def test_what_is_stored_is_what_encode_makes(store: Store, tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.xlsx", 1)
    (outcome,) = bring(store, export)
    (candidate,) = find_candidates([export])
    assert candidate.document is not None
    case_study = add_suggestions(extract_case_study(candidate.document))
    made = encode(case_study)
    assert validate(made + encode_reference(case_study.reference)).conforms
    other = open_store(tmp_path / "other")
    other.write(lambda transaction: transaction.replace_graph(case_study.iri, made))
    assert digests(store)[case_study.iri] == digests(other)[case_study.iri]
    assert outcome.triples == len(made)


def test_importing_again_changes_nothing(store: Store, tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.csv", 3)
    bring(store, export)
    before, generation = digests(store), store.generation
    assert kinds(bring(store, export)) == [UNCHANGED] * 3
    assert store.generation == generation
    assert digests(store) == before


def test_only_what_changed_is_encoded_again(store: Store, tmp_path: Path) -> None:
    rows = [invent_row(number) for number in range(3)]
    bring(store, write_export(tmp_path / "export.csv", *rows))
    rows[1] = invent_row(1, **{"1.": "It is otherwise now."})
    outcomes = bring(store, write_export(tmp_path / "new.csv", *rows))
    assert kinds(outcomes) == [UNCHANGED, ENCODED, UNCHANGED]


def test_newer_rules_encode_again(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    export = write_invented_export(tmp_path / "export.csv", 1)
    bring(store, export)
    newer = importing_module.leave_out_known.__globals__["RULES"]
    monkeypatch.setitem(
        importing_module.leave_out_known.__globals__,
        "RULES",
        type(newer)(iri=f"{newer.iri}0", label=newer.label, version="10"),
    )
    assert kinds(bring(store, export)) == [ENCODED]


def test_what_a_person_encoded_is_not_replaced(tmp_path: Path) -> None:
    store = make_store(tmp_path / "store")
    before = digests(store)
    document = tmp_path / "jam-and-justice.csv"
    write_export(document, invent_row(1) | {"REF impact case study identifier": "jam-and-justice"})
    (outcome,) = bring(store, document)
    assert outcome.kind is FAILED
    assert outcome.reason == (
        "a person encoded jam-and-justice; remove that case study first to replace it"
    )
    assert digests(store) == before


def test_two_of_one_name_are_told_apart(store: Store, tmp_path: Path) -> None:
    first = write_invented_export(tmp_path / "a.csv", 2)
    second = write_invented_export(tmp_path / "b.csv", 1)
    outcomes = bring(store, first, second)
    assert kinds(outcomes) == [ENCODED, ENCODED, FAILED]
    assert outcomes[2].reason == f"it would be called 0000-0000, as {first}, row 2 is"


def test_a_name_of_what_case_studies_share_is_refused(store: Store, tmp_path: Path) -> None:
    row = invent_row(1) | {"REF impact case study identifier": "Organisation"}
    (outcome,) = bring(store, write_export(tmp_path / "a.csv", row))
    assert outcome.kind is FAILED
    assert "no case study can be" in (outcome.reason or "")


def test_curation_is_kept_and_what_follows_from_it(store: Store, tmp_path: Path) -> None:
    bring(store, write_invented_export(tmp_path / "a.csv", 1))
    iri = f"{BASE}0000-0000"
    graph = to_networkx(store, "0000-0000")
    (first, *_), (last, *_) = (
        [key for key, data in graph.nodes(data=True) if data["node"].kind.value == kind]
        for kind in ("output", "impact")
    )
    store.write(lambda transaction: transaction.update(_curate(iri, first, last)))
    curated = store.snapshot().graph(f"{iri}/curation")
    changed = write_export(tmp_path / "b.csv", invent_row(0, **{"1.": "It is otherwise now."}))
    assert kinds(bring(store, changed)) == [ENCODED]
    assert set(store.snapshot().graph(f"{iri}/curation")) == set(curated)
    follows = f"ASK {{ GRAPH <{iri}/derived> {{ <{first}> ?leads <{last}> }} }}"
    assert store.query(follows)


def _curate(iri: str, first: str, last: str) -> str:
    return f"""
        PREFIX ig: <https://w3id.org/impactgraph/ontology#>
        PREFIX prov: <http://www.w3.org/ns/prov#>
        PREFIX rdfs: <http://www.w3.org/2000/01/rdf-schema#>
        INSERT {{ GRAPH <{iri}/curation> {{
          <{first}> ig:contributedTo <{last}> .
          <{iri}/link/c> a ig:Link ; rdfs:label "output 1 contributed to the impact"@en ;
            ig:inCaseStudy <{iri}> ; ig:from <{first}> ; ig:step ig:contributedTo ;
            ig:to <{last}> ; ig:basis ig:curated ; ig:collective false ; ig:confidence 0.9 ;
            ig:rationale "A reader concluded it."@en ; ig:anchor ?anchor ;
            prov:wasAttributedTo <{iri}/person/reader> . }} }}
        WHERE {{ GRAPH <{iri}> {{ <{iri}> ig:anchor ?anchor }} }}"""


def test_one_that_is_no_rdf_does_not_keep_others_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    real = importing_module.encode_candidate

    def spoil(candidate: Candidate, *, keep_text: bool) -> object:
        encoded = real(candidate, keep_text=keep_text)
        if candidate.slug == "0000-0003":
            object.__setattr__(encoded, "own", b"no RDF\n")
        return encoded

    monkeypatch.setattr(importing_module, "encode_candidate", spoil)
    outcomes = bring(store, write_invented_export(tmp_path / "a.csv", 6))
    assert kinds(outcomes) == [ENCODED] * 3 + [FAILED] + [ENCODED] * 2
    assert "malformed" in (outcomes[3].reason or "")


def test_one_with_what_is_no_iri_does_not_keep_others_out(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def spoil(*arguments: Any, **options: Any) -> Extraction:
        extraction = extract_case_study(*arguments, **options)
        case_study = extraction.case_study
        if case_study.slug == "0000-0001":
            case_study = replace(case_study, submitted_by="https://example.org/a> <b")
        return replace(extraction, case_study=case_study)

    monkeypatch.setattr("impactgraph.importing.reading.extract_case_study", spoil)
    outcomes = bring(store, write_invented_export(tmp_path / "a.csv", 3))
    assert kinds(outcomes) == [ENCODED, FAILED, ENCODED]
    assert "IRI" in (outcomes[1].reason or "")


def test_a_rule_that_fails_at_one_document_spares_the_others(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object, slug: str | None) -> object:
        if slug == "0000-0001":
            raise IndexError("out of range")
        raise StoreError("no")

    monkeypatch.setattr("impactgraph.importing.reading.extract_case_study", fail)
    outcomes = bring(store, write_invented_export(tmp_path / "a.csv", 2))
    assert [outcome.reason for outcome in outcomes] == [
        "no",
        "a rule failed at it (IndexError: out of range); please report this",
    ]


@pytest.mark.parametrize(
    ("selection", "count"),
    [
        (Selection(institution="10000001"), 2),
        (Selection(institution="amble"), 2),
        (Selection(unit="13"), 3),
        (Selection(unit="architect", institution="University of Bude"), 1),
        (Selection(identifiers=["0000-0002", "0000-0004"]), 2),
    ],
)
def test_a_part_of_an_export_is_taken(tmp_path: Path, selection: Selection, count: int) -> None:
    export = write_invented_export(tmp_path / "export.xlsx", 6)
    found = list(find_candidates([export], selection))
    assert [candidate.failure for candidate in found] == [None] * count


def test_what_files_hold_is_counted_where_that_is_fast(tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.csv", 6)
    document = tmp_path / "document.md"
    assert count_candidates([export, document]) == 7
    assert count_candidates([export], Selection()) == 6
    assert count_candidates([export], Selection(unit="13")) is None
    assert count_candidates([export, tmp_path / "export.json"]) is None


@pytest.mark.parametrize(
    ("name", "selection", "reason"),
    [
        ("export.csv", Selection(unit="99"), "it has no case study of the unit 99"),
        (
            "export.csv",
            Selection(institution="Ely", unit="1"),
            "it has no case study of the institution Ely and of the unit 1",
        ),
        ("export.csv", Selection(identifiers=["x"]), "no row of export.csv has the identifier x"),
        ("empty.csv", None, "it has no case study"),
        ("nothing.csv", None, "cannot be read: No such file or directory"),
        ("nothing.pdf", None, "cannot be read: No such file or directory"),
        ("folder", None, "it is a folder; name the files in it"),
        ("nonsense.xlsx", None, "the workbook is damaged"),
        ("nonsense.pdf", None, "this is no PDF"),
    ],
)
def test_what_cannot_be_taken_says_why(
    tmp_path: Path, name: str, selection: Selection | None, reason: str
) -> None:
    write_invented_export(tmp_path / "export.csv", 2)
    write_export(tmp_path / "empty.csv")
    (tmp_path / "folder").mkdir()
    (tmp_path / "nonsense.xlsx").write_bytes(b"PK\x03\x04 nonsense")
    (tmp_path / "nonsense.pdf").write_bytes(b"nonsense")
    (candidate,) = find_candidates([tmp_path / name], selection)
    assert candidate.document is None
    assert (candidate.failure or "").startswith(reason)


def test_processes_give_what_one_gives(tmp_path: Path) -> None:
    export = write_invented_export(tmp_path / "export.csv", 12)
    one, three = open_store(tmp_path / "one"), open_store(tmp_path / "three")
    assert bring(one, export) == bring(three, export, processes=3)
    assert digests(one) == digests(three)


def test_a_process_that_dies_is_named(tmp_path: Path) -> None:
    with pytest.raises(ImportingError, match="start again to go on"):
        list(work_through(os._exit, [1, 1], processes=2))


def test_batches_are_stored_as_they_are_full(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(importing_module, "_BATCH", 2)
    export = write_invented_export(tmp_path / "export.csv", 5)
    found = import_case_studies(store, find_candidates([export]))
    assert kinds(list(islice(found, 3))) == [ENCODED] * 3
    found.close()  # type: ignore[attr-defined]
    assert store.generation == 2
    assert kinds(bring(store, export)) == [UNCHANGED] * 4 + [ENCODED]
    undisturbed = open_store(tmp_path / "undisturbed")
    bring(undisturbed, export)
    assert digests(store) == digests(undisturbed)


def test_case_studies_are_written_as_files(tmp_path: Path) -> None:
    export, folder = write_invented_export(tmp_path / "export.csv", 2), tmp_path / "out"
    outcomes = list(write_case_studies(folder, find_candidates([export])))
    assert kinds(outcomes) == [ENCODED] * 2
    files = sorted(folder.iterdir())
    assert [file.name for file in files] == ["0000-0000.ttl", "0000-0001.ttl"]
    assert validate(parse_file(files[0])).conforms
    store = open_store(tmp_path / "store")
    load_case_studies(store, files)
    straight = open_store(tmp_path / "straight")
    bring(straight, export)
    assert digests(store) == digests(straight)


def test_files_that_are_there_are_skipped_and_those_of_people_kept(tmp_path: Path) -> None:
    export, folder = write_invented_export(tmp_path / "export.csv", 3), tmp_path / "out"
    list(write_case_studies(folder, find_candidates([export])))
    before = {file: file.stat().st_mtime_ns for file in folder.iterdir()}
    (folder / "0000-0001.ttl").write_text("# mine\n")
    (folder / "0000-0002.ttl").unlink()
    outcomes = list(write_case_studies(folder, find_candidates([export])))
    assert kinds(outcomes) == [UNCHANGED, FAILED, ENCODED]
    assert (folder / "0000-0001.ttl").read_text() == "# mine\n"
    first = folder / "0000-0000.ttl"
    assert first.stat().st_mtime_ns == before[first]


def test_a_folder_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "out").write_text("")
    with pytest.raises(ImportingError, match="cannot be used"):
        list(write_case_studies(tmp_path / "out", []))


def _interrupt_until_done(folder: Path, count: int, number: int, kills: int) -> Counter[int]:
    """Import into a store, ended at random moments again and again; then undisturbed."""
    export = write_invented_export(folder / "export.csv", count)
    undisturbed = open_store(folder / "undisturbed")
    bring(undisturbed, export)
    choose = random.Random(number)
    command = [
        sys.executable, "-m", "impactgraph", "encode", str(export), "--empty",
        "--store", str(folder / "store"), "--processes", "2",
    ]  # fmt: skip
    ends: Counter[int] = Counter()
    for _ in range(kills):
        process = subprocess.Popen(
            command, start_new_session=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        time.sleep(choose.uniform(0.3, 4.0))
        how = choose.choice([signal.SIGKILL, signal.SIGINT])
        began = (folder / "store").exists()
        children = psutil.Process(process.pid).children(recursive=True)
        if how == signal.SIGKILL:
            process.kill()
        else:
            # As a terminal does: to all of the group.
            os.killpg(process.pid, signal.SIGINT)
        _, said = process.communicate(timeout=60)
        ends[process.returncode] += 1
        # An interrupt that comes while Python itself starts ends it in Python's own way.
        if began and process.returncode not in (0, -signal.SIGKILL, -signal.SIGINT):
            assert process.returncode == 130
            assert b"the same command goes on from there" in said
            assert b"Traceback" not in said, said.decode()
        _, alive = psutil.wait_procs(children, timeout=10)
        assert not alive, "what encodes ends with the import"
    done = subprocess.run(command, capture_output=True, timeout=300, check=False)
    assert done.returncode == 0, done.stderr.decode()
    assert digests(open_store(folder / "store")) == digests(undisturbed)
    return ends


def test_an_import_that_is_interrupted_goes_on_when_it_is_started_again(tmp_path: Path) -> None:
    ends = _interrupt_until_done(tmp_path, 120, number=5, kills=4)
    assert sum(ends.values()) == 4


@pytest.mark.soak
@pytest.mark.parametrize("number", range(6))
def test_an_import_that_is_interrupted_often_goes_on(tmp_path: Path, number: int) -> None:
    _interrupt_until_done(tmp_path, 600, number=number, kills=20)
