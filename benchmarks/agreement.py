"""Whether the servers give the same answers: a fast wrong answer is worth nothing."""

from __future__ import annotations

from collections.abc import Sequence

import pyoxigraph as ox

from benchmarks.questions import Question
from benchmarks.servers import Server

__all__ = ["find_disagreements"]


def find_disagreements(
    server: Server, engine: ox.Store, questions: Sequence[Question], case_studies: Sequence[str]
) -> list[str]:
    """Return in words where a server's answers are not those of the engine in process.

    Values of SELECT are compared by lexical form, graphs by the number of their triples: engines
    spell equal terms in several ways.

    Args:
        server: running.
        engine: with the same data.
        questions: to ask.
        case_studies: whose IRIs to ask about.
    """
    found = []
    for question in questions:
        for case_study in case_studies:
            text = question.about(case_study)
            expected, answered = _expect(engine, text), _answer(server, question, text)
            if expected != answered:
                found.append(
                    f"{server.name} answers {question.name} about <{case_study}> with "
                    f"{answered[:200]}, not {expected[:200]}"
                )
                break
    return found


def _expect(engine: ox.Store, text: str) -> str:
    results = engine.query(text, use_default_graph_as_union=True)
    if isinstance(results, ox.QueryTriples):
        return f"{len(set(results))} triples"
    assert isinstance(results, ox.QuerySolutions)
    names = [variable.value for variable in results.variables]
    rows = []
    for solution in results:
        row = []
        for name in names:
            term = solution[name]
            if term is not None:
                assert not isinstance(term, ox.Triple)
                row.append((name, term.value))
        rows.append(sorted(row))
    return str(sorted(rows))


def _answer(server: Server, question: Question, text: str) -> str:
    if question.graph:
        body = server.ask(text, accept=question.accept)
        triples = set(ox.parse(body, format=ox.RdfFormat.N_TRIPLES))
        return f"{len(triples)} triples"
    return str(sorted([sorted(row) for row in server.rows(text)]))
