"""The paragraph of an impact: what is claimed, who speaks, what has no mark, what would help."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from impactgraph.attestation import Attestations
from impactgraph.graph import CaseGraph, GraphNode, Kind, links_of, model_of, node_of
from impactgraph.model import Basis, SourceType, Step
from impactgraph.parties import Party
from impactgraph.parts import Part
from impactgraph.remedies import Need
from impactgraph.robustness import Corroboration
from impactgraph.views.report.values import Paragraph
from impactgraph.wording import capitalise, count_of, join_words

__all__ = ["ImpactTeller"]

_MOST = 6
"""How many records, or sources, a paragraph names."""
_MOST_QUOTED = 3
"""How many claims a paragraph quotes for one record."""


class ImpactTeller:
    """Tells the impacts one after the other; what one paragraph said of somebody, none repeats."""

    def __init__(self, graph: CaseGraph, known: Attestations) -> None:
        self.known = known
        self.impacts = {impact.iri: impact for impact in model_of(graph).impacts}
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
        self._claims_of = {claim.iri: claim.claim_of for claim in model_of(graph).claims}

    def tell(self, found: Corroboration, need: Need) -> Paragraph:
        """Return the paragraph of an impact.

        Args:
            found: who corroborates it, by what the document states.
            need: what it would need, by what the document states or a person concluded.
        """
        impact = self.impacts[found.impact.iri]
        return Paragraph(
            claimed=_end(impact.change or impact.description or impact.label),
            speaking=self._say_speaking(found),
            unmarked=self._say_unmarked(found),
            strengthening=" ".join((*_say_outside(found, need), *self._say_records(need)))
            or "no outside voice and no record is missing, as far as the document says.",
        )

    def _say_speaking(self, found: Corroboration) -> str:
        sources = found.attested.sources
        if not sources:
            return "nobody."
        seen: dict[str, str] = {}
        known = [node for node in sources if self.known.parties[node.iri]]
        said = [self._say_source(node, found, seen) for node in known[:_MOST]]
        if more := len(known) - len(known[:_MOST]):
            said.append(f"{capitalise(count_of(more, 'further source'))}: see the annex.")
        if found.attested.unknown:
            unknown = [_name_source(node) for node in found.attested.unknown]
            more = len(unknown) - len(unknown[:_MOST])
            names = join_words([*unknown[:_MOST], *([f"{more} more"] if more else [])])
            alone = " alone" if len(sources) == 1 else ""
            said.append(f"{names}{alone}: the document does not say who speaks.")
        return " ".join(said)

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
        if marked and found.claims > 1 and not any(party.known_part for party in parties):
            few = f" (marked at {_number(marked)} of {found.claims} claims)"
        return f"{name}{alone}: {'; '.join(people)}{few}."

    def _say_party(self, party: Party, same: str | None) -> str:
        if not party.parts:
            said = f"{party.name}, of which no part in the work is stated"
            return f"{said} (of the same organisation as {same})" if same else said
        fresh = party.iri not in self._told
        own = join_words([part.words for part in party.parts if fresh and not part.through])
        said = f"{party.name}, {own}" if own else party.name
        if same:
            return f"{said} (of the same organisation as {same})"
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
                if part.words not in own and organisation.iri not in self._told
            ]
            self._told.add(organisation.iri)
            if fresh:
                places.append(f"{organisation.label}, {join_words(fresh)}")
            elif organisation.label not in party.name:
                places.append(organisation.label)
        return f"({'; '.join(places)})" if places else ""

    def _say_unmarked(self, found: Corroboration) -> str:
        if not found.claims:
            return ""
        bare = found.unsourced
        if not bare:
            return "none; each claim has one."
        said = f"{_number(len(bare))} of {count_of(found.claims, 'claim')}"
        if found.claims == 1:
            said = "its only claim"
        left = list(bare)
        for basis, who in (
            (Basis.CURATED, "an analyst reads a mark elsewhere ({}) as meant for"),
            (Basis.INFERRED, "a mark elsewhere in the text ({}) may be meant for"),
        ):
            meant = [node for node in left if basis in self.suggested.get(node.iri, {})]
            if meant:
                letters = sorted({one for node in meant for one in self.suggested[node.iri][basis]})
                said += f"; {who.format(join_words(letters))} {_say_share(meant, left, bare)}"
                left = [node for node in left if node not in meant]
        return f"{said}."

    def _say_records(self, need: Need) -> Iterator[str]:
        """Yield the records that are missing, and what each would show.

        Where nobody is known to have a record and a mark elsewhere may be meant, none is asked for.
        """
        records = []
        for wanted in need.wanted:
            claims = tuple(
                claim
                for claim in wanted.claims
                if not (wanted.vague and claim.iri in self.suggested)
            )
            if claims:
                records.append((claims, wanted.evidence))
        if not records:
            return
        said = [f"for {_quote(claims)}, {evidence}" for claims, evidence in records[:_MOST]]
        if len(records) > _MOST:
            said.append("and others, which the annex lists")
        number = sum(len(claims) for claims, _ in records)
        noun = "A missing record" if number == 1 else "Missing records"
        yield f"{noun}, unless a listed source shows the same: {'; '.join(said)}."


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


def _say_share(meant: list[GraphNode], left: list[GraphNode], bare: Iterable[GraphNode]) -> str:
    every = len(list(bare))
    if len(meant) == every:
        return "it" if every == 1 else "all of them"
    if len(meant) == len(left):
        return "the other one" if len(left) == 1 else f"the other {len(left)}"
    return f"{_number(len(meant))} of them"


def _number(number: int) -> str:
    return "one" if number == 1 else str(number)


def _say_outside(found: Corroboration, need: Need) -> Iterator[str]:
    """Yield who could speak from outside, if nobody does."""
    if not need.outside:
        return
    others = [name for name in need.voices if name not in need.funders]
    opening = "An outside voice"
    if found.attested.unknown:
        opening = "Say who speaks; where nobody does from outside, an outside voice"
    if not (need.voices or need.groups):
        yield f"{opening}. The text names nobody else who could be asked."
        return
    named = [*others, *(f"{name} (which could show the award only)" for name in need.funders)]
    clauses = []
    if named:
        clauses.append(f"the text names {join_words(named)}")
    if need.groups:
        groups = join_words([f"“{group}”" for group in need.groups[:_MOST]])
        clauses.append(f"{'as' if named else 'the text names as'} those concerned {groups}")
    yield (
        f"{opening}: {', and '.join(clauses)}. It does not say whether they had a part in the work."
    )


def _quote(claims: tuple[GraphNode, ...]) -> str:
    quoted = [f"“{claim.label}”" for claim in claims[:_MOST_QUOTED]]
    more = len(claims) - len(quoted)
    return join_words([*quoted, f"{_number(more)} more"] if more else quoted)
