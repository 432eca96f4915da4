"""All measures at once: the same values, and the same for any order of what is read."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from drawn_case_studies import attested_lines, influence_lines
from impactgraph.graph import build_graph, model_of
from impactgraph.model import Basis
from impactgraph.robustness import (
    find_disjoint_chains,
    find_single_points,
    measure_contribution,
    measure_corroboration,
    measure_robustness,
    withdraw_each,
)
from witnesses import agent_iri, witnessed

MANY = (
    "findings",
    "outputs",
    "pathways",
    "impacts",
    "claims",
    "sources",
    "roles",
    "people",
    "links",
)


@settings(max_examples=60, deadline=None)
@given(
    influence=influence_lines(),
    attested=attested_lines(),
    basis=st.sampled_from(list(Basis)),
    random=st.randoms(use_true_random=False),
)
def test_the_order_of_what_is_read_changes_nothing(influence, attested, basis, random):
    graph = witnessed(*influence, *attested, submitted_by=agent_iri("home"))
    model = model_of(graph)
    shuffled = build_graph(
        replace(
            model,
            **{
                name: tuple(random.sample(getattr(model, name), len(getattr(model, name))))
                for name in MANY
            },
        )
    )
    assert measure_robustness(shuffled, basis=basis) == measure_robustness(graph, basis=basis)


@settings(max_examples=40, deadline=None)
@given(influence=influence_lines(), attested=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_together_they_are_what_they_are_alone(influence, attested, basis):
    graph = witnessed(*influence, *attested, submitted_by=agent_iri("home"))
    found = measure_robustness(graph, basis=basis)
    assert found.corroboration == measure_corroboration(graph, basis=basis)
    assert found.single_points == find_single_points(graph, basis=basis)
    assert found.disjoint == find_disjoint_chains(graph, basis=basis)
    assert found.withdrawals == withdraw_each(graph, basis=basis)
    assert found.contribution == measure_contribution(graph, basis=basis)


@settings(max_examples=60, deadline=None)
@given(influence=influence_lines(), attested=attested_lines(), basis=st.sampled_from(list(Basis)))
def test_every_value_reads_as_a_sentence(influence, attested, basis):
    graph = witnessed(*influence, *attested, submitted_by=agent_iri("home"))
    found = measure_robustness(graph, basis=basis)
    measures = (*found.corroboration, *found.single_points, *found.disjoint, *found.withdrawals)
    assert measures
    for measure in (*measures, found.contribution):
        assert measure is not None
        said = measure.sentence
        assert said[0].isupper() or said[0].isdecimal()
        assert said.endswith(".")
        assert "None" not in said
        assert "  " not in said
        assert "()" not in said


@pytest.mark.parametrize("basis", list(Basis))
def test_a_case_study_with_nothing_in_it_has_nothing_to_measure(basis):
    found = measure_robustness(witnessed("research"), basis=basis)
    assert found.corroboration == found.single_points == found.disjoint == found.withdrawals == ()
    assert found.contribution is None
