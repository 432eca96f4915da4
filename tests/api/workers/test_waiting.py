"""Who waits for a worker, and who goes first."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import pytest

from impactgraph_api.sparql.operations import QueryOperation
from impactgraph_api.workers import OverloadedError, Question
from impactgraph_api.workers.quick_queries import QuickQueries
from impactgraph_api.workers.task import Task
from impactgraph_api.workers.waiting import Waiting


def question(text: str) -> Question:
    return Question(operation=QueryOperation(text=text), solutions="csv", graphs=None)


def on_a_loop(scenario: Callable[[], None]) -> None:
    async def run() -> None:
        scenario()

    asyncio.run(run())


def fill(waiting: Waiting, names: str, *, known: bool) -> None:
    for name in names:
        waiting.add(Task(question(name), 10), long=False, known=known)


def take_all(waiting: Waiting, *, known: bool = False) -> str:
    taken = ""
    while (task := waiting.take_quick(known=known)) is not None:
        taken += task.question.operation.text
    return taken


def test_known_kinds_go_first_and_every_fourth_turn_is_another_s() -> None:
    def scenario() -> None:
        waiting = Waiting(10)
        fill(waiting, "abc", known=False)
        fill(waiting, "12345678", known=True)
        assert take_all(waiting) == "123a456b78c"
        assert len(waiting) == 0

    on_a_loop(scenario)


def test_where_only_known_kinds_may_go_the_others_wait_on() -> None:
    def scenario() -> None:
        waiting = Waiting(10)
        fill(waiting, "ab", known=False)
        fill(waiting, "12", known=True)
        assert take_all(waiting, known=True) == "12"
        assert [task.question.operation.text for task in waiting] == ["a", "b"]

    on_a_loop(scenario)


def test_each_queue_has_its_own_end() -> None:
    def scenario() -> None:
        waiting = Waiting(2)
        fill(waiting, "ab", known=False)
        fill(waiting, "1", known=True)
        last = Task(question("c"), 10)
        waiting.add(last, long=False)
        with pytest.raises(OverloadedError, match="2 queries are waiting"):
            last.outcome.result()
        assert len(waiting) == 3

    on_a_loop(scenario)


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ('SELECT * { <urn:b> <urn:p> "two" , 22 } # another', True),
        ("SELECT * { <urn:c> <urn:p> '\\'' , 3 }", False),
        ('SELECT * { <urn:b> <urn:p> "two \\" <urn:c>" , 4.0 }', False),
        ('SELECT * { ?s <urn:p> "two" , 22 }', False),
        ('SELECT * { <urn:b> <urn:p> "two" , 22 . ?a ?b ?c }', False),
    ],
)
def test_a_kind_is_a_query_without_its_constants(text: str, same: bool) -> None:
    quick = QuickQueries()
    assert question(text) not in quick
    quick.note(question('SELECT * { <urn:a> <urn:p> "one" , 1 } # one'))
    assert (question(text) in quick) is same
    quick.forget(question(text))
    assert question(text) not in quick


def test_the_oldest_kind_makes_room(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("impactgraph_api.workers.quick_queries._MOST", 2)
    quick = QuickQueries()
    for text in ("a", "b", "a", "c"):
        quick.note(question(text))
    assert [question(text) in quick for text in "abc"] == [True, False, True]
