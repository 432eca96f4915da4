"""What follows for an impact from what people decide on its claims' sources.

An impact is corroborated by a source exactly where one of its claims is, or where the mark stands
on its heading. So a source that a person gives to a claim is given to the impact too, and one that
the last claim loses is lost to the impact.
"""

from __future__ import annotations

from contextlib import suppress
from decimal import Decimal

from rdflib import URIRef
from rdflib.term import Node

from impactgraph.curation.editing import Editing, NoEffectError, Stated
from impactgraph.graph import Kind
from impactgraph.model import Basis, Step
from impactgraph.vocabulary import IG

__all__ = ["Raising", "refuse_following"]

_STEP = Step.CORROBORATED_BY
_SURE = (Basis.STATED, Basis.CURATED)


class Raising:
    """Keeps the sources of impacts in step with those of their claims, act by act."""

    def __init__(self, editing: Editing) -> None:
        self._editing = editing
        self._raised: set[str] = set()
        self._impact_of = {
            str(claim): str(impact) for claim, _, impact in editing.find(None, IG.claimOf, None)
        }
        self._encoded: dict[tuple[str, str], frozenset[Node]] = {}
        for claim, _, source in editing.find(None, IG.corroboratedBy, None):
            if impact := self._impact_of.get(str(claim)):
                pair = impact, str(source)
                there = self._encoded.get(pair, frozenset())
                self._encoded[pair] = there | _anchors_of(editing, str(claim), str(source))

    def follow(self, who: str) -> tuple[str, ...]:
        """Let the impacts follow what the latest act changed; return the links that this makes.

        Args:
            who: the IRI of the person whose act it is.
        """
        touched, self._editing.touched = self._editing.touched, set()
        pairs = {
            (self._impact_of[thing], source)
            for thing, source in touched
            if thing in self._impact_of
        }
        made = tuple(link for pair in sorted(pairs) for link in self._settle(*pair, who))
        self._editing.touched.clear()
        return made

    def _settle(self, impact: str, source: str, who: str) -> tuple[str, ...]:
        editing = self._editing
        saying = find_saying(editing, impact, source)
        for iri, basis in editing.links_between(impact, _STEP, source):
            gone = not saying and basis in _SURE and self._followed(iri, impact, source)
            # One that was raised is made anew, as the claim that it was raised from may be gone.
            if gone or iri in self._raised:
                self._take_out(iri)
        if not saying or editing.surely(impact, _STEP, source) is not None:
            return ()
        for iri, _ in editing.links_between(impact, _STEP, source):
            self._take_out(iri)
        said = editing.link(saying[0])
        sure = Decimal(editing.value(saying[0], IG.confidence) or 1)
        raised = Stated(
            origin=impact,
            step=_STEP,
            end=source,
            basis=Basis.CURATED,
            rationale=said.rationale,
            anchors=said.anchors,
        )
        link, triples = editing.curated(raised, who, sure)
        editing.add(triples)
        self._raised.add(link)
        return (link,)

    def _take_out(self, link: str) -> None:
        with suppress(NoEffectError):  # What others wrote beside the acts stays.
            self._editing.remove(self._editing.triples_of_link(link))
            self._raised.discard(link)

    def _followed(self, link: str, impact: str, source: str) -> bool:
        """Return whether a link that was encoded rests on nothing but marks on claims."""
        anchors = {anchor for _, _, anchor in self._editing.find(URIRef(link), IG.anchor, None)}
        return bool(anchors) and anchors <= self._encoded.get((impact, source), frozenset())


def find_saying(editing: Editing, impact: str, source: str) -> list[str]:
    """Return the links, stated or curated, that join claims of an impact to a source."""
    return sorted(
        iri
        for claim, _, _ in list(editing.find(None, IG.claimOf, URIRef(impact)))
        for iri, basis in editing.links_between(str(claim), _STEP, source)
        if basis in _SURE
    )


def refuse_following(editing: Editing, said: Stated) -> None:
    """Refuse that a link of an impact to a source be changed, where it follows from its claims.

    Raises:
        NoEffectError: a claim of the impact has the same source.
    """
    if said.step is not _STEP or editing.node(said.origin).kind is not Kind.IMPACT:
        return
    saying = find_saying(editing, said.origin, said.end)
    if said.basis in _SURE and saying:
        claim = editing.node(editing.link(saying[0]).origin)
        raise NoEffectError(
            f"the impact has this source because {claim.name} has it; "
            "decide on the link of the claim"
        )


def _anchors_of(editing: Editing, claim: str, source: str) -> frozenset[Node]:
    return frozenset(
        anchor
        for iri, basis in editing.links_between(claim, _STEP, source)
        if basis in _SURE
        for _, _, anchor in editing.find(URIRef(iri), IG.anchor, None)
    )
