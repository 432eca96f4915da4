"""The words in which links, bases and nodes are put into sentences."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from decimal import Decimal
from itertools import groupby

from impactgraph.graph import GraphNode, Kind
from impactgraph.model import Basis, Link, Step

__all__ = [
    "VERBS",
    "capitalise",
    "count_of",
    "describe_basis",
    "describe_confidence",
    "in_sentence",
    "join_words",
    "level_words",
    "name_together",
    "reason_of",
]

VERBS = {
    Step.REPORTED_IN: "is reported in",
    Step.CARRIED_BY: "is carried by",
    Step.LED_TO: "led to",
    Step.CONTRIBUTED_TO: "contributed to",
    Step.CORROBORATED_BY: "is corroborated by",
    Step.CREDITED_FOR: "is credited for",
    Step.ATTESTS: "attests",
    Step.ENABLED: "enabled",
}
"""What a sentence says of a link's origin and target."""

_SMALL = {"A", "An", "The", "From", "In", "On", "Of", "By", "With", "For", "Other", "One"}
"""Words that have a capital at the start of a label alone."""

_LEVELS = {
    Basis.STATED: "stated",
    Basis.CURATED: "stated or curated",
    Basis.INFERRED: "stated, curated or inferred",
}


def join_words(words: Sequence[str], last: str = "and") -> str:
    """Return the words as a list in a sentence.

    >>> join_words(["a"]), join_words(["a", "b"]), join_words(["a", "b", "c"], last="or")
    ('a', 'a and b', 'a, b or c')
    """
    return f" {last} ".join(part for part in (", ".join(words[:-1]), "".join(words[-1:])) if part)


def name_together(nodes: Iterable[GraphNode]) -> str:
    """Return the names of nodes, those of one kind under one noun.

    >>> some = [GraphNode(iri=n, kind=Kind.PATHWAY, notation=n, label=n) for n in "12"]
    >>> name_together(some)
    'pathways 1 and 2'
    """
    ordered = sorted(nodes, key=lambda node: node.sort_key)
    phrases = []
    for kind, members in groupby(ordered, key=lambda node: node.kind):
        group = list(members)
        if len(group) == 1 or kind is Kind.RESEARCH:
            phrases.append(group[0].name)
        else:
            names = [node.notation or f"“{node.label}”" for node in group]
            phrases.append(f"{kind.value}s {join_words(names)}")
    return join_words(phrases)


def count_of(number: int, noun: str) -> str:
    """Return a number of things.

    >>> count_of(0, "source"), count_of(1, "source"), count_of(5, "source")
    ('no source', 'one source', '5 sources')
    """
    words = {0: f"no {noun}", 1: f"one {noun}"}
    return words.get(number, f"{number} {noun}s")


def capitalise(sentence: str) -> str:
    """Return the sentence with a capital at its start, and the rest as it is."""
    return sentence[:1].upper() + sentence[1:]


def in_sentence(label: str) -> str:
    """Return a label as it stands inside a sentence: small, if it begins with a small word.

    >>> in_sentence("A charter signed by four"), in_sentence("Ada Lovelace")
    ('a charter signed by four', 'Ada Lovelace')
    """
    first = label.partition(" ")[0]
    return first.lower() + label[len(first) :] if first in _SMALL else label


def describe_confidence(confidence: Decimal) -> str:
    """Return a confidence with at least two decimals.

    >>> describe_confidence(Decimal("0.7")), describe_confidence(Decimal("0.625"))
    ('0.70', '0.625')
    """
    return f"{confidence:.2f}" if round(confidence, 2) == confidence else f"{confidence}"


def describe_basis(link: Link, origin: GraphNode, target: GraphNode) -> str:
    """Return who says that a link exists, and how sure that is: "curated, 0.70"."""
    words = link.basis.value
    if link.collective:
        words += f" of {origin.kind.value}s and {target.kind.value}s together"
    if link.basis is Basis.INFERRED and link.method:
        words += f" by {link.method}"
    if link.basis is Basis.STATED and link.confidence == 1:
        return words
    return f"{words}, {describe_confidence(link.confidence)}"


def reason_of(link: Link) -> str:
    """Return a link's rationale as it goes on in a sentence, after a comma or a colon.

    A rationale that begins with a small letter continues the sentence; another keeps its capital.
    """
    rationale = link.rationale.strip().rstrip(".")
    return f", because {rationale}" if rationale[:1].islower() else f": {rationale}"


def level_words(basis: Basis) -> str:
    """Return which links count at a level: "stated or curated"."""
    return _LEVELS[basis]
