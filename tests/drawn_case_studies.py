"""Small case studies drawn at random: any lawful steps and sources, and whoever speaks for them."""

from __future__ import annotations

import itertools

from hypothesis import strategies as st

__all__ = ["attested_lines", "influence_lines"]

_STEPS = {
    ("finding", "output"): "reportedIn",
    ("finding", "pathway"): "carriedBy",
    ("output", "pathway"): "carriedBy",
    ("finding", "impact"): "contributedTo",
    ("output", "impact"): "contributedTo",
    ("pathway", "impact"): "ledTo",
}
_BASES = ("stated", "curated 0.7", "inferred 0.5")
_AGENTS = ("ann", "bob", "eve", "acme", "beta")
_PARTS = (
    "ann partner in research",
    "bob collaborator in impact 1",
    "eve staff of research at acme",
    "acme funder of research",
    "beta partner in project other",
)


@st.composite
def influence_lines(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw up to four findings, outputs and pathways and two impacts, with steps between them."""
    most = {"finding": 4, "output": 4, "pathway": 4, "impact": 2}
    nodes = [
        f"{kind} {number}"
        for kind, number_of in most.items()
        for number in range(1, draw(st.integers(1, number_of)) + 1)
    ]
    pairs = [
        f"{one} {_STEPS[ends]} {other}"
        for one, other in itertools.permutations(nodes, 2)
        if (ends := (one.split()[0], other.split()[0])) in _STEPS
    ]
    steps = draw(st.lists(st.sampled_from(pairs), max_size=24, unique=True))
    return (*nodes, *(f"{step} {draw(st.sampled_from(_BASES))}" for step in steps))


@st.composite
def attested_lines(draw: st.DrawFn) -> tuple[str, ...]:
    """Draw two impacts, claims of them, a pathway, sources of these and parties of the sources."""
    claims = [f"claim c{number} of {number % 2 + 1}" for number in range(draw(st.integers(0, 3)))]
    sources = [f"source {letter}" for letter in "ABCD"[: draw(st.integers(1, 4))]]
    things = ["impact 1", "impact 2", "pathway 1", *(" ".join(it.split()[:2]) for it in claims)]
    pairs = [f"{thing} corroboratedBy {source}" for thing in things for source in sources]
    links = draw(st.lists(st.sampled_from(pairs), max_size=10, unique=True))
    said = []
    for source in sources:
        speaking = draw(st.lists(st.sampled_from(_AGENTS), max_size=3, unique=True))
        verbs = ("issued" if speaking and len(speaking[0]) == 4 else "speaks for", "vouches for")
        said += [
            f"{agent} {verbs[min(position, 1)]} {source.split()[1]}"
            for position, agent in enumerate(speaking)
        ]
    parts = draw(st.lists(st.sampled_from(_PARTS), max_size=4, unique=True))
    return (
        "research",
        *(thing for thing in things if not thing.startswith("claim")),
        *claims,
        *sources,
        *(f"{link} {draw(st.sampled_from(_BASES))}" for link in links),
        *said,
        *parts,
    )
