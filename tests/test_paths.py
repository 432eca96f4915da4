"""Paths: the widest of a pair, and all of them strongest first, as brute force finds them."""

from __future__ import annotations

from collections import Counter
from decimal import Decimal
from itertools import pairwise
from unittest import mock

from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import influence_lines
from impactgraph import paths
from impactgraph.model import Basis
from impactgraph.paths import find_widest_paths, walk_strongest
from impactgraph.steps import (
    Steps,
    count_by_length,
    count_paths,
    find_leading,
    find_reached,
    read_steps,
)
from small_case_studies import CASE, case_graph


@st.composite
def all_steps(draw: st.DrawFn) -> Steps:
    """Steps over layers of nodes, each step to any later layer, with ranks of any size."""
    layers = [
        [f"{layer}{number}" for number in range(draw(st.integers(1, 3)))] for layer in "abcde"
    ]
    order = [node for layer in layers for node in layer]
    ranks: dict[str, dict[str, int]] = {node: {} for node in order}
    for depth, layer in enumerate(layers):
        later = [node for rest in layers[depth + 1 :] for node in rest]
        for node in layer:
            chosen = draw(st.lists(st.sampled_from(later), unique=True)) if later else []
            ranks[node] = {to: draw(st.integers(0, 5)) for to in order if to in chosen}
    return Steps({node: {} for node in order}, ranks)


def every_path(steps: Steps, starts: set[str], ends: set[str]) -> list[tuple[str, ...]]:
    found = []

    def extend(path: tuple[str, ...]) -> None:
        if len(path) > 1 and path[-1] in ends:
            found.append(path)
        for following in steps.ranks[path[-1]]:
            extend((*path, following))

    for start in starts:
        extend((start,))
    return found


def sort_key(steps: Steps, path: tuple[str, ...]) -> tuple[int, int, list[int]]:
    order = list(steps.ranks)
    weakest = max(steps.ranks[one][two] for one, two in pairwise(path))
    return weakest, len(path), [order.index(node) for node in path]


@settings(max_examples=300, deadline=None)
@given(all_steps(), st.data())
def test_a_walk_yields_every_path_once_strongest_first(steps: Steps, data: st.DataObject) -> None:
    at_once = data.draw(st.sampled_from([1, 2, 3, 256]), label="ranks looked at together")
    nodes = st.sets(st.sampled_from(list(steps.ranks)), min_size=1)
    starts, ends = data.draw(nodes), data.draw(nodes)
    expected = sorted(every_path(steps, starts, ends), key=lambda path: sort_key(steps, path))
    with mock.patch.object(paths, "_AT_ONCE", at_once):
        assert list(walk_strongest(steps, starts, ends)) == expected


@settings(max_examples=200, deadline=None)
@given(all_steps(), st.data())
def test_the_widest_path_of_a_pair_is_the_first_of_its_walk(
    steps: Steps, data: st.DataObject
) -> None:
    end = data.draw(st.sampled_from(list(steps.ranks)))
    starts = data.draw(st.lists(st.sampled_from(list(steps.ranks)), unique=True))
    widest = find_widest_paths(steps, starts, end)
    assert widest == {
        start: path
        for start in starts
        if (path := next(walk_strongest(steps, {start}, {end}), None)) is not None
    }
    assert list(widest) == [start for start in starts if start in widest]


def test_steps_are_read_in_order_with_the_strongest_link_of_each() -> None:
    graph = case_graph(
        "finding a reportedIn output 1 inferred 0.9",
        "finding a reportedIn output 1 curated 0.3",
        "output 1 contributedTo impact 1",
        "impact 1 corroboratedBy source A",
        "claim c of 1",
        "claim c corroboratedBy source A",
    )
    steps = read_steps(graph, Basis.INFERRED)
    assert list(steps.links) == [
        f"{CASE}/{key}" for key in ("finding/a", "output/1", "impact/1", "source/A")
    ]
    link = steps.links[f"{CASE}/finding/a"][f"{CASE}/output/1"]
    assert (link.basis, link.confidence) == (Basis.CURATED, Decimal("0.3"))
    assert steps.ranks[f"{CASE}/finding/a"] == {f"{CASE}/output/1": 1}
    assert steps.starts == {f"{CASE}/finding/a"}
    assert steps.ends == {f"{CASE}/source/A"}
    assert count_paths(steps, steps.starts, steps.ends) == 1
    assert not read_steps(graph, Basis.STATED).links[f"{CASE}/finding/a"]
    influence = read_steps(graph, Basis.INFERRED, influence_only=True)
    assert influence.ends == {f"{CASE}/impact/1", f"{CASE}/source/A"}


def test_what_is_reached_and_what_leads_are_closed_under_steps() -> None:
    ranks = {"a": {"b": 0}, "b": {"d": 0}, "c": {"d": 0}, "d": {}, "e": {}}
    steps = Steps({node: dict.fromkeys(to) for node, to in ranks.items()}, ranks)  # type: ignore[misc]
    assert find_reached(steps, ["b"]) == {"b", "d"}
    assert find_leading(steps, ["d"]) == {"a", "b", "c", "d"}
    assert find_leading(steps, ["e"]) == {"e"}


LAYERS = ("finding", "output", "pathway", "impact")
STEPS = ("reportedIn", "carriedBy", "ledTo")


def wide_graph(wide: int) -> Steps:
    """Every node of a stage leads to every one of the next: wide ** 4 paths of three steps."""
    numbers = range(1, wide + 1)
    lines = [
        f"{before} {one} {step} {after} {other}"
        for before, step, after in zip(LAYERS, STEPS, LAYERS[1:], strict=False)
        for one in numbers
        for other in numbers
    ]
    return read_steps(case_graph(*lines), Basis.STATED)


@given(lines=influence_lines(), least=st.integers(1, 4), longer=st.integers(0, 3))
@settings(max_examples=60, deadline=None)
def test_paths_of_some_lengths_are_those_of_all_and_are_counted_by_length(
    lines: tuple[str, ...], least: int, longer: int
) -> None:
    steps = read_steps(case_graph(*lines), Basis.INFERRED)
    starts, ends = steps.starts, steps.ends
    every = list(walk_strongest(steps, starts, ends))
    most = least + longer
    some = list(walk_strongest(steps, starts, ends, least=least, most=most))
    assert some == [path for path in every if least <= len(path) - 1 <= most]
    counted = Counter(len(path) - 1 for path in every)
    assert count_by_length(steps, starts, ends) == counted
    assert list(count_by_length(steps, starts, ends)) == sorted(counted)


def test_counting_by_length_does_not_enumerate() -> None:
    steps = wide_graph(30)
    assert count_by_length(steps, steps.starts, steps.ends) == {3: 30**4}
