"""Reading what the pages show besides the graph itself: titles, descriptions, parties, words."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from pyoxigraph import NamedNode

from impactgraph.graph import Queryable
from impactgraph.model import Stage
from impactgraph.resources import read_query
from impactgraph.views.values import CaseStudySummary, Details, Fact, Quoted
from impactgraph.vocabulary import BIBO, CONCEPTS, DCTERMS, IG, PRISM

__all__ = ["read_details", "read_summaries", "read_titles"]

_DESCRIPTION = str(DCTERMS.description)

_TERMS = {
    str(DCTERMS.title): "Title",
    str(DCTERMS.bibliographicCitation): "Citation",
    str(DCTERMS.issued): "Published",
    str(PRISM.publicationName): "In",
    str(DCTERMS.publisher): "Publisher",
    str(BIBO.doi): "DOI",
    str(BIBO.isbn): "ISBN",
    str(IG.outputType): "Type",
    str(IG.sourceType): "Type",
    str(IG.speaker): "Who speaks",
    str(IG.party): "Party",
    str(IG.signatory): "Signed by",
    str(DCTERMS.date): "Date",
    str(BIBO.locator): "Where in it",
    str(IG.impactType): "Kind",
    str(IG.maturity): "How far",
    str(IG.change): "Change",
    str(IG.beneficiary): "For whom",
    str(IG.withAgent): "With",
    str(IG.figure): "Figures",
    str(IG.product): "Made",
    str(IG.comprises): "Comprises",
    str(DCTERMS.temporal): "When",
    str(DCTERMS.spatial): "Where",
}
"""The properties that a page shows, in its order, and what it calls them."""

_CONCEPT_NAMES = {
    str(iri): str(member) for members in CONCEPTS.values() for member, iri in members.items()
}
"""What to call a concept of somebody else's vocabulary, which has no label here."""

_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"]+")
_DOI = re.compile(r"10\.\d{4,9}/\S+")


def read_summaries(store: Queryable, case_study: str | None = None) -> tuple[CaseStudySummary, ...]:
    """Return what a list of case studies shows of each.

    Args:
        store: what answers the queries.
        case_study: the IRI of one of them; all of them where it is None.
    """
    bindings = {"caseStudy": NamedNode(case_study)} if case_study else {}
    counts: dict[str, dict[str, int]] = defaultdict(dict)
    for row in store.query(read_query("queries/views/counts"), bindings=bindings):
        counts[row["caseStudy"].value][row["class"].value] = int(row["nodes"].value)
    summaries: dict[str, CaseStudySummary] = {}
    for row in store.query(read_query("queries/views/case-studies"), bindings=bindings):
        iri = row["caseStudy"].value
        label = _text(row, "label") or iri
        unit = " ".join(filter(None, (_text(row, "unitNumber"), _text(row, "unit")))) or None
        # Where a case study has two titles or periods, the first row stands for it.
        summaries.setdefault(
            iri,
            CaseStudySummary(
                slug=_text(row, "slug") or "",
                iri=iri,
                label=label,
                title=_text(row, "title") or label,
                institution=_text(row, "institution"),
                unit_of_assessment=unit,
                exercise=_text(row, "exercise"),
                research_period=_text(row, "researchPeriod"),
                impact_period=_text(row, "impactPeriod"),
                description=_text(row, "description"),
                counts={
                    stage: counts[iri].get(str(IG[stage.value.capitalize()]), 0) for stage in Stage
                },
                claims=counts[iri].get(str(IG.Claim), 0),
                stale_since=_text(row, "staleSince"),
            ),
        )
    return tuple(summaries.values())


def read_titles(store: Queryable) -> dict[str, str]:
    """Return the titles of all case studies by their slugs, in the order of the titles."""
    found: dict[str, str] = {}
    for row in store.query(read_query("queries/views/titles")):
        slug = row["slug"].value
        found.setdefault(slug, _text(row, "title") or _text(row, "label") or slug)
    return dict(sorted(found.items(), key=lambda item: (item[1].casefold(), item[0])))


def read_details(store: Queryable, case_study: str) -> Mapping[str, Details]:
    """Return what is known of the nodes of a case study beyond their links, by the nodes' IRIs."""
    bindings = {"caseStudy": NamedNode(case_study)}

    def ask(name: str) -> Iterable[Any]:
        rows: Iterable[Any] = store.query(read_query(f"queries/views/{name}"), bindings=bindings)
        return rows

    descriptions: dict[str, str] = {}
    facts: dict[str, set[tuple[str, str, str | None]]] = defaultdict(set)
    for row in ask("details"):
        node, prop = row["node"].value, row["property"].value
        raw = row["value"].value
        value = _text(row, "label") or _CONCEPT_NAMES.get(raw, raw)
        if prop == _DESCRIPTION:
            descriptions[node] = value
        else:
            facts[node].add((_TERMS[prop], value, _address(prop, value)))
    for row in ask("parts"):
        facts[row["source"].value].add(("Their part", row["part"].value, None))
    quoted: dict[str, list[Quoted]] = defaultdict(list)
    for row in ask("quotations"):
        quoted[row["node"].value].append(
            Quoted(words=row["words"].value, speaker=_text(row, "speaker"))
        )
    notes: dict[str, list[str]] = defaultdict(list)
    for row in ask("notes"):
        notes[row["node"].value].append(row["words"].value)

    terms = [*_TERMS.values(), "Their part"]
    return {
        node: Details(
            description=descriptions.get(node),
            facts=tuple(
                Fact(term=term, value=value, href=href)
                for term, value, href in sorted(
                    facts[node], key=lambda fact: (terms.index(fact[0]), fact[1])
                )
            ),
            quoted=tuple(quoted[node]),
            notes=tuple(notes[node]),
        )
        for node in {*descriptions, *facts, *quoted, *notes}
    }


def _text(row: Any, name: str) -> str | None:
    term = row[name]
    return None if term is None else str(term.value)


def _address(prop: str, value: str) -> str | None:
    """The address that a browser may follow: a DOI's, or one that is plainly of the web."""
    if prop == str(BIBO.doi) and _DOI.fullmatch(value):
        return f"https://doi.org/{value}"
    return value if _WEB_ADDRESS.fullmatch(value) else None
