"""What readers found in the document, asked of the graph.

Each file of this folder lists the facts of one reader: a question in words, the same question in
SPARQL, and the answer that the document gives. `expected` holds the rows (order ignored; IRIs
without their base) or the truth of an ASK, `contains` what the text of the rows must say, and
`missing` why the graph cannot answer.
"""

from __future__ import annotations

import re
import tomllib
from dataclasses import dataclass
from pathlib import Path

import pyoxigraph as ox
import pytest

from impactgraph.identity import BASE
from impactgraph.vocabulary import PREFIXES

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
FILES = sorted(HERE.glob("*.toml"))
KEYS = {"id", "section", "question", "query", "expected", "contains", "missing"}
FEWEST_FACTS = 60
FEWEST_READERS = 2
ONE_MISSING_IN = 50
DIGEST = re.compile(r"[/:][0-9a-f]{12}\b")
PROLOGUE = "".join(f"PREFIX {prefix}: <{iri}>\n" for prefix, iri in PREFIXES.items())


@dataclass(frozen=True, slots=True)
class Fact:
    id: str
    section: str
    question: str
    query: str | None = None
    expected: bool | list[list[str]] | None = None
    contains: list[str] | None = None
    missing: str | None = None


def read(file: Path) -> list[Fact]:
    entries = tomllib.loads(file.read_text(encoding="utf-8"))["fact"]
    for entry in entries:
        assert set(entry) <= KEYS, f"{file.name}, {entry.get('id')}: {set(entry) - KEYS}"
    return [Fact(**entry) for entry in entries]


READERS = {file.stem: read(file) for file in FILES}
FACTS = [fact for facts in READERS.values() for fact in facts]
ASKED = [pytest.param(fact, id=fact.id) for fact in FACTS if fact.missing is None]


@pytest.fixture(scope="module")
def store() -> ox.Store:
    """The data and the ontology, each file a named graph of its own."""
    store = ox.Store()
    ontology = ROOT / "ontology" / "impact.ttl"
    files = [*sorted((ROOT / "data").rglob("*.ttl")), *([ontology] if ontology.exists() else [])]
    assert len(files) >= 2, "no data to ask"
    for file in files:
        graph = ox.NamedNode(BASE + file.stem)
        store.load(path=file, format=ox.RdfFormat.TURTLE, to_graph=graph)
    return store


def lexical(term: object) -> str:
    """The form in which a fact writes a term down; nothing for an unbound variable."""
    if isinstance(term, ox.NamedNode):
        return term.value.removeprefix(BASE)
    if isinstance(term, ox.Literal):
        return term.value
    assert term is None, f"{term} is neither a literal nor an IRI"
    return ""


def ask(store: ox.Store, query: str) -> bool | list[list[str]]:
    results = store.query(PROLOGUE + query, use_default_graph_as_union=True)
    if isinstance(results, ox.QueryBoolean):
        return bool(results)
    assert isinstance(results, ox.QuerySolutions), "neither SELECT nor ASK"
    return [[lexical(term) for term in solution] for solution in results]


@pytest.mark.parametrize("fact", ASKED)
def test_the_graph_gives_the_fact(store: ox.Store, fact: Fact) -> None:
    assert fact.query is not None
    answer = ask(store, fact.query)
    if fact.contains is None:
        given = answer if isinstance(answer, bool) else sorted(answer)
        wanted = sorted(fact.expected) if isinstance(fact.expected, list) else fact.expected
        assert given == wanted, fact.question
    else:
        assert isinstance(answer, list), "an ASK has no text"
        text = "\n".join(" ".join(row) for row in answer).casefold()
        absent = [words for words in fact.contains if words.casefold() not in text]
        assert not absent, f"{fact.question}\nnot said: {absent}\nsaid: {text or 'nothing'}"


@pytest.mark.parametrize("fact", ASKED)
def test_a_fact_is_asked_fairly(fact: Fact) -> None:
    """One answer each, no digest that only this data knows, no words that the question brings."""
    assert fact.query
    assert (fact.expected is None) != (fact.contains is None), "expected or contains, one of them"
    assert not DIGEST.search(fact.query), "a digest names nothing that a user could know"
    assert not re.search(r"^\s*PREFIX\b", fact.query, re.IGNORECASE | re.MULTILINE)
    if fact.contains is not None:
        query = fact.query.casefold()
        assert fact.contains
        assert all(fact.contains), "an empty string is in every text"
        assert any(words.casefold() not in query for words in fact.contains)


def test_a_missing_fact_says_why_and_asks_nothing() -> None:
    for fact in FACTS:
        if fact.missing is not None:
            assert fact.missing, fact.id
            assert (fact.query, fact.expected, fact.contains) == (None, None, None), fact.id


def test_every_fact_has_an_id_of_its_own() -> None:
    assert len({fact.id for fact in FACTS}) == len(FACTS)


def test_more_than_one_person_read_the_document() -> None:
    assert len(READERS) >= FEWEST_READERS


@pytest.mark.parametrize("reader", READERS)
def test_a_reader_lists_enough_and_the_graph_misses_little(reader: str) -> None:
    facts = READERS[reader]
    missing = [f"{fact.id}: {fact.missing}" for fact in facts if fact.missing is not None]
    assert len(facts) >= FEWEST_FACTS
    assert len(missing) * ONE_MISSING_IN <= len(facts), missing
