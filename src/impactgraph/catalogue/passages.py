"""The texts of a case study that are searched, each with the node that it belongs to."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Protocol

from impactgraph.graph import Kind
from impactgraph.model import Anchor, CaseStudy
from impactgraph.views.quotes import strip_markup

__all__ = ["TITLE", "Passage", "list_passages"]

TITLE = "case study"
"""The kind of the passage that is the title and description of the case study itself."""

_LONGEST = 4000
_MOST = 5000
_UNSEEN = re.compile(r"[\x00-\x1f\x7f\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff\s]+")


class _Member(Protocol):
    """A node of a case study, of any kind."""

    @property
    def iri(self) -> str: ...

    @property
    def label(self) -> str: ...

    @property
    def anchors(self) -> tuple[Anchor, ...]: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """What is searched of a node: its label, and whatever else is said of it in words.

    `key` names the node inside its case study, as addresses do; it is empty for the title.
    """

    kind: str
    key: str
    name: str
    label: str
    words: str


def list_passages(model: CaseStudy) -> tuple[Passage, ...]:
    """Return the texts of a case study that are searched, the title first."""
    title = Passage(
        kind=TITLE, key="", name="", label=_clean(model.title), words=_join([model.description])
    )
    return (title, *list(_list_members(model))[:_MOST])


def _list_members(model: CaseStudy) -> Iterator[Passage]:
    labels = {person.iri: person.label for person in model.people}
    labels |= {group.iri: group.label for group in model.groups}
    labels |= {body.iri: body.label for body in model.reference.organisations}
    said: dict[str, list[str]] = defaultdict(list)
    for quotation in model.quotations:
        for node in quotation.quoted_for:
            said[node].append(strip_markup(quotation.text))

    def passage(
        kind: Kind, member: _Member, words: Iterable[str | None], notation: str | None = None
    ) -> Passage:
        quotes = (strip_markup(anchor.exact) for anchor in member.anchors)
        return Passage(
            kind=kind.value,
            key=member.iri.removeprefix(model.iri).lstrip("/"),
            name=f"{kind.value} {notation}" if notation else kind.value,
            label=_clean(member.label),
            words=_join([*words, *quotes, *said[member.iri]], besides=member.label),
        )

    for research in model.research:
        yield passage(Kind.RESEARCH, research, [research.description])
    for finding in model.findings:
        yield passage(Kind.FINDING, finding, [finding.description], finding.notation)
    for output in model.outputs:
        words = [output.title, output.citation, output.venue, output.doi]
        yield passage(Kind.OUTPUT, output, words, output.notation)
    for pathway in model.pathways:
        yield passage(Kind.PATHWAY, pathway, [pathway.description], pathway.notation)
    for impact in model.impacts:
        yield passage(Kind.IMPACT, impact, [impact.description, impact.change], impact.notation)
    for claim in model.claims:
        yield passage(Kind.CLAIM, claim, [claim.description, claim.change])
    for source in model.sources:
        speakers = (labels.get(iri or "") for iri in (source.speaker, source.party))
        words = [source.title, source.description, *speakers]
        yield passage(Kind.SOURCE, source, words, source.notation)


def _join(words: Iterable[str | None], *, besides: str = "") -> str:
    """Return texts as one, none of them twice."""
    parts: list[str] = []
    known = besides.casefold()
    for word in words:
        part = _clean(word or "")
        if part and part.casefold() not in known:
            parts.append(part)
            known = f"{known}\n{part.casefold()}"
    return " · ".join(parts)[:_LONGEST]


def _clean(text: str) -> str:
    """Return a text without characters that nobody sees."""
    return _UNSEEN.sub(" ", text[:_LONGEST]).strip()
