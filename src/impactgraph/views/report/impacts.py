"""The paragraph of an impact: what is claimed, who speaks, what has no mark, what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of
from impactgraph.model import Basis, CaseStudy, Motivation, SourceType, Step
from impactgraph.parties import Party
from impactgraph.parts import Part
from impactgraph.remedies import Asked, Asking, Purpose, Request, find_unchanging
from impactgraph.robustness import Corroboration
from impactgraph.views.report.values import Paragraph
from impactgraph.wording import capitalise, count_of, in_sentence, join_words

__all__ = ["ImpactTeller", "find_doubted"]

_MOST = 6
"""How many sources a paragraph names."""
_MOST_CLAIMED = 3
"""How many claims say the gist of an impact."""
_MOST_ASKED = 2
"""How many requests for one need a paragraph has."""
_MOST_NAMED = 4
"""How many names stand in a list."""
_MOST_TOLD = 2
"""How many claims stand for all that a request is for."""


class ImpactTeller:
    """Tells the impacts one after the other; what one paragraph said of somebody, none repeats."""

    def __init__(self, graph: CaseGraph, known: Attestations) -> None:
        self.known = known
        self.concluded = Attestations(graph, Basis.CURATED)
        self.graph = graph
        self.asking = Asking(graph)
        self.impacts = {impact.iri: impact for impact in model_of(graph).impacts}
        self.figures = {figure.iri: figure for figure in model_of(graph).figures}
        self.suggested: dict[str, dict[Basis, set[str]]] = {}
        """Of each claim the sources that somebody or some program thinks are meant, by basis."""
        self.marked: dict[str, set[str]] = {}
        """The claims that each source corroborates, as the document states."""
        self._told: set[str] = set()
        for link in links_of(graph):
            if link.step is not Step.CORROBORATED_BY:
                continue
            source = node_of(graph, link.target)
            if link.basis is not Basis.STATED:
                meant = self.suggested.setdefault(link.origin, {}).setdefault(link.basis, set())
                meant.add(source.notation or source.label)
            elif node_of(graph, link.origin).kind is Kind.CLAIM:
                self.marked.setdefault(source.iri, set()).add(link.origin)
        self.still = find_unchanging(graph)
        self.doubted = find_doubted(model_of(graph))
        self._claims_of = {claim.iri: claim.claim_of for claim in model_of(graph).claims}

    def tell(self, found: Corroboration, requests: Iterable[Request]) -> Paragraph:
        """Return the paragraph of an impact.

        Args:
            found: who corroborates it, by what the document states.
            requests: what to ask for it, by what the document states or a person concluded.
        """
        impact = self.impacts[found.impact.iri]
        gist = tuple(_end(claim.label) for claim in self._find_gist(impact.iri))
        return Paragraph(
            claimed=gist or (_end(impact.description or impact.change or impact.label),),
            counted=self._count_claims(found),
            voices=(*self._say_speaking(found), *self._say_concluded(found)),
            unmarked=capitalise(self._say_unmarked(found)),
            strengthening=(*_ask_speakers(found, requests), *_ask(requests))
            or ("No outside voice and no record is missing, as far as the document says.",),
        )

    def _find_gist(self, impact: str) -> list[GraphNode]:
        """Return the claims of an impact that go furthest, in the document's order."""
        claims = [
            claim
            for claim in self.asking.claims_of[impact]
            if self.asking.claims[claim.iri].maturity is not None
        ]
        best: list[GraphNode] = []
        counted = set[object]()
        for claim in sorted(claims, key=lambda claim: self.asking.rank(claim.iri)):
            sums: set[object] = self._sums_of(claim.iri)
            # A sum that is told twice would be read as two; of funds won one stands for all.
            if self.asking.is_won_of_nobody(claim.iri):
                sums = {*sums, "won"}
            if len(best) < _MOST_CLAIMED and counted.isdisjoint(sums):
                best.append(claim)
                counted |= sums
        return [claim for claim in claims if claim in best]

    def _sums_of(self, claim: str) -> set[object]:
        figures = (self.figures[iri] for iri in self.asking.claims[claim].figures)
        return {(figure.value, figure.currency) for figure in figures if figure.currency}

    def _say_speaking(self, found: Corroboration) -> list[str]:
        sources = found.attested.sources
        if not sources:
            return ["nobody."]
        seen: dict[str, str] = {}
        known = [node for node in sources if self.known.parties[node.iri]]
        said = [self._say_source(node, found, seen) for node in known[:_MOST]]
        if more := len(known) - len(known[:_MOST]):
            said.append(
                f"{capitalise(count_of(more, 'further source'))}: see the table of sources."
            )
        if found.attested.unknown:
            unknown = [_name_source(node) for node in found.attested.unknown]
            more = len(unknown) - len(unknown[:_MOST])
            names = join_words([*unknown[:_MOST], *([f"{more} more"] if more else [])])
            alone = " alone" if len(sources) == 1 else ""
            said.append(f"{names}{alone}: the document does not say who speaks.")
        return said

    def _say_concluded(self, found: Corroboration) -> Iterator[str]:
        """Name the sources that the impact has only by what a person concluded."""
        stated = found.attested.sources
        more = [node for node in self.concluded.sources_of(found.impact.iri) if node not in stated]
        if more:
            names = [_name_source(node) for node in more[:_MOST]]
            rest = [f"{len(more) - _MOST} more"] if len(more) > _MOST else []
            yield f"Also, as a person concluded: {join_words([*names, *rest])}."

    def _say_source(self, node: GraphNode, found: Corroboration, seen: dict[str, str]) -> str:
        """Say through whom a source comes; `seen` names the organisations behind those before."""
        letter, name = node.notation or f"“{node.label}”", _name_source(node)
        alone = " alone" if found.tally.sources == 1 else ""
        parties = self.known.parties[node.iri]
        people = []
        for party in parties:
            same = next((seen[o.iri] for o in party.organisations if o.iri in seen), None)
            for organisation in party.organisations:
                seen.setdefault(organisation.iri, letter)
            people.append(self._say_party(party, same if same != letter else None))
        few = ""
        marked = sum(
            self._claims_of[iri] == found.impact.iri for iri in self.marked.get(node.iri, ())
        )
        counted = self._count_claims(found)
        if marked == 1 and counted > 1 and not any(party.known_part for party in parties):
            few = " (cited for one claim only)"
        asked = " (see the questions)" if node.iri in self.doubted else ""
        return f"{name}{alone}: {'; '.join(people)}{few}{asked}."

    def _say_party(self, party: Party, same: str | None) -> str:
        if not party.parts:
            said = f"{party.name}, of which no part in the work is stated"
            return f"{said}; {same} comes from the same organisation" if same else said
        fresh = party.iri not in self._told
        own = join_words([part.words for part in party.parts if fresh and not part.through])
        said = f"{party.name}, {own}" if own else party.name
        if same:
            return f"{said}; {same} comes from the same organisation"
        through = self._say_through(party, own)
        return f"{said} {through}" if through else said

    def _say_through(self, party: Party, own: str) -> str:
        """Name where somebody works, with what it did, unless that was said before."""
        places = []
        for organisation in party.organisations:
            if organisation.iri == party.iri:
                self._told.add(organisation.iri)
                continue
            fresh = [
                part.words
                for part in _list_through(party, organisation.label)
                if not own and organisation.iri not in self._told
            ]
            if fresh:
                self._told.add(organisation.iri)
                places.append(f"{organisation.label}, {join_words(fresh)}")
            elif organisation.label not in party.name:
                places.append(organisation.label)
        return f"({'; '.join(places)})" if places else ""

    def _count_claims(self, found: Corroboration) -> int:
        """Count the claims of an impact in which something changed."""
        claims = self.asking.claims_of[found.impact.iri]
        return sum(claim.iri not in self.still for claim in claims)

    def _say_unmarked(self, found: Corroboration) -> str:
        """Name the claims that no mark covers, and the marks that others may be covered by."""
        if not found.claims:
            return ""
        bare = [node for node in found.unsourced if node.iri not in self.still]
        if not bare:
            return "each claim has a source letter of its own."
        none = [node for node in bare if node.iri not in self.suggested]
        said = []
        if none:
            more = len(none) - len(none[:_MOST_NAMED])
            named = "; ".join(node.label for node in none[:_MOST_NAMED])
            tail = f"; and {more} more" if more else ""
            one = "this claim" if len(none) == 1 else "these claims"
            said.append(f"no source is cited for {one}: {named}{tail}.")
        if len(none) < len(bare):
            meant = self._say_meant([node for node in bare if node not in none], others=bool(none))
            said.append(capitalise(meant))
        return " ".join(said)

    def _say_meant(self, bare: Iterable[GraphNode], *, others: bool) -> str:
        """Say which marks may be meant for claims, after `others` or not, that have none."""
        meant: dict[Basis, set[str]] = {Basis.CURATED: set(), Basis.INFERRED: set()}
        number = 0
        for node in bare:
            number += 1
            by_basis = self.suggested[node.iri]
            basis = Basis.CURATED if Basis.CURATED in by_basis else Basis.INFERRED
            meant[basis] |= by_basis[basis]
        meant[Basis.INFERRED] -= meant[Basis.CURATED]
        words = [
            f"{join_words(sorted(letters))} {'is' if len(letters) == 1 else 'are'} {how} meant"
            for letters, how in (
                (meant[Basis.CURATED], "probably"),
                (meant[Basis.INFERRED], "possibly"),
            )
            if letters
        ]
        other = " other" if others else ""
        whose = f"one{other} claim has" if number == 1 else f"some{other} claims have"
        return f"{whose} no letter of {'its' if number == 1 else 'their'} own; {join_words(words)}."


def find_doubted(model: CaseStudy) -> frozenset[str]:
    """Return the sources of which a question is open that is on whoever speaks for them too."""
    asked = [set(note.about) for note in model.notes if note.motivation is Motivation.QUESTIONING]
    return frozenset(
        source.iri
        for source in model.sources
        if any(
            source.iri in about and not about.isdisjoint({source.party, source.speaker})
            for about in asked
        )
    )


def _end(text: str) -> str:
    """Return a text with a full stop at its end."""
    return text if text.rstrip().endswith((".", "!", "?")) else f"{text}."


def _name_source(node: GraphNode) -> str:
    letter = node.notation or f"“{node.label}”"
    if node.source_type is SourceType.TESTIMONIAL:
        return f"Testimonial {letter}"
    return f"{letter} ({node.label})" if node.notation else letter


def _list_through(party: Party, label: str) -> Iterator[Part]:
    yield from (part for part in party.parts if part.through == label)


def _ask_speakers(found: Corroboration, requests: Iterable[Request]) -> Iterator[str]:
    """Yield that it be said who speaks, where that might be the voice that is asked for."""
    if found.attested.unknown and any(one.purpose is Purpose.OUTSIDE for one in requests):
        names = join_words([node.notation or node.label for node in found.attested.unknown[:_MOST]])
        yield f"Say first who speaks in {names}; it may be somebody from outside."


def _ask(requests: Iterable[Request]) -> Iterator[str]:
    """Yield at most one request for an outside voice, and one for a record, names first."""
    requests = list(requests)
    for request in requests:
        if request.purpose is Purpose.OUTSIDE:
            voices = [some for some in request.asked if not some.award_only]
            people = [some for some in voices if some.people][:1]
            chosen = [some for some in voices if not some.people or some in people]
            asked = [_say_asked(some) for some in (chosen or request.asked)[:_MOST_ASKED]]
            yield (
                f"An outside voice: {'; '.join(asked)}."
                if asked
                else "An outside voice; the text names nobody to ask."
            )
        for some in request.asked:
            if some.award_only and not some.people:
                names = join_words(some.names[:_MOST_NAMED], "or")
                claims = _name_claims(some.claims)
                yield f"The award itself: its letter, from {names}, or the bid ({claims})."
    records = [one for one in requests if one.purpose is Purpose.RECORD]
    if records:
        best = max(records, key=lambda one: len(one.claims))
        names = join_words(best.asked[0].names[:_MOST_ASKED], "or")
        yield f"A record: {names} ({_name_claims(best.claims)})."
        return
    for request in requests:
        if request.purpose is Purpose.SHOW:
            yield (
                "Say what was done, when and by whom, and cite a source; failing that, put it in "
                f"other words ({_name_claims(request.claims)})."
            )
            return


def _say_asked(some: Asked) -> str:
    names = join_words([in_sentence(name) for name in some.names[:_MOST_NAMED]], "or")
    if some.people:
        return f"{names} ({some.finding_words})"
    if some.award_only:
        return f"{names} (for the award only)"
    return f"{names} ({_name_claims(some.claims[:1])})"


def _name_claims(claims: Iterable[GraphNode]) -> str:
    """Name a claim or two in their own words."""
    return "; ".join(claim.label for claim in list(claims)[:_MOST_TOLD])
