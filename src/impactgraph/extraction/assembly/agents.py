"""The people and organisations that a case study names, each once."""

from __future__ import annotations

import re
import unicodedata

from impactgraph.documents import Span
from impactgraph.extraction.assembly.anchoring import Anchoring, shorten
from impactgraph.identity import BASE, digest, labelled_iri
from impactgraph.model import Anchor, Organisation, Person

__all__ = ["Agents", "slugify"]

_NO_SLUG = re.compile(r"[^a-z0-9]+")
_LONGEST_LABEL = 160
_LONGEST_SLUG = 60


class Agents:
    """Collects the people (of this case study) and organisations (shared with others)."""

    def __init__(self, anchoring: Anchoring) -> None:
        """Begin with nobody."""
        self._anchoring = anchoring
        self._people: dict[str, tuple[str, str | None, dict[str, Anchor]]] = {}
        self._organisations: dict[str, Organisation] = {}

    @property
    def people(self) -> tuple[Person, ...]:
        """Return the people, in the order of their IRIs."""
        return tuple(
            Person(iri=iri, label=label, family_name=family, anchors=tuple(anchors.values()))
            for iri, (label, family, anchors) in sorted(self._people.items())
        )

    @property
    def organisations(self) -> tuple[Organisation, ...]:
        """Return the organisations, in the order of their IRIs."""
        return tuple(organisation for _, organisation in sorted(self._organisations.items()))

    def person(self, name: str, span: Span, *, family_name: str | None = None) -> str:
        """Return the IRI of a person, who stands at a place of the text under a name or post."""
        label = shorten(name, _LONGEST_LABEL)
        iri = labelled_iri(self._anchoring.case_study, "person", slugify(label))
        anchor = self._anchoring.at(span)
        known = self._people.get(iri, (label, None, {}))
        self._people[iri] = (known[0], known[1] or family_name, {**known[2], anchor.iri: anchor})
        return iri

    def organisation(self, name: str, *, ukprn: str | None = None) -> str:
        """Return the IRI of an organisation by its name or its number as a UK provider."""
        label = shorten(name, _LONGEST_LABEL)
        slug = f"ukprn-{ukprn}" if ukprn else slugify(label)
        iri = f"{BASE}organisation/{slug}"
        self._organisations.setdefault(iri, Organisation(iri=iri, label=label, ukprn=ukprn))
        return iri


def slugify(words: str) -> str:
    """Return words as part of an IRI: small Latin letters, digits and hyphens.

    >>> slugify("Économie & Co-operation"), slugify("安全")
    ('economie-co-operation', 'afb63a620bdc')
    """
    latin = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode().lower()
    slug = _NO_SLUG.sub("-", latin).strip("-")
    if not slug:
        return digest(words)
    if len(slug) > _LONGEST_SLUG:
        return f"{slug[: _LONGEST_SLUG - 13].rstrip('-')}-{digest(words)}"
    return slug
