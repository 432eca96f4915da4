"""What the invented case studies share: organisations, places, units of assessment."""

from __future__ import annotations

from benchmarks import words
from impactgraph.identity import BASE
from impactgraph.model import (
    Exercise,
    Organisation,
    Place,
    Reference,
    Software,
    UnitOfAssessment,
)

__all__ = [
    "BODIES",
    "EXERCISE",
    "PLACES",
    "READER",
    "UNITS",
    "UNIVERSITIES",
    "invent_reference",
]

UNIVERSITIES = tuple(
    Organisation(
        iri=f"{BASE}organisation/ukprn-{99_000_000 + number}",
        label=f"University of {place}",
        ukprn=str(99_000_000 + number),
    )
    for number, place in enumerate(words.PLACES, start=1)
)
BODIES = tuple(
    Organisation(iri=f"{BASE}organisation/{_key}", label=name[0].upper() + name[1:])
    for name in words.BODIES
    for _key in (name.lower().removeprefix("the ").replace(" ", "-").replace("'", ""),)
)
PLACES = tuple(
    Place(iri=f"{BASE}place/{name.lower().replace(' ', '-')}", label=name) for name in words.PLACES
)
EXERCISE = Exercise(iri=f"{BASE}exercise/ref2021", label="REF 2021")
UNITS = tuple(
    UnitOfAssessment(
        iri=f"{BASE}unit-of-assessment/invented-{number}",
        label=name,
        notation=str(number),
        scheme=f"{BASE}unit-of-assessment/invented",
    )
    for number, name in enumerate(words.UNITS, start=1)
)
READER = Software(iri=f"{BASE}agent/generator-1", label="generator 1", version="1")


def invent_reference() -> Reference:
    """Return what the invented case studies share."""
    return Reference(
        organisations=UNIVERSITIES + BODIES,
        places=PLACES,
        units_of_assessment=UNITS,
        exercises=(EXERCISE,),
        software=(READER,),
    )
