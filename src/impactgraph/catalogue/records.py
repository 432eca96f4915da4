"""What the catalogue answers, as plain records for JSON."""

from __future__ import annotations

from impactgraph.catalogue.reading import Catalogue
from impactgraph.catalogue.results import Card, Found, Hit, Totals
from impactgraph.catalogue.words import Marked
from impactgraph.model import Stage
from impactgraph.views.records import Record

__all__ = ["found_record"]


def found_record(found: Found, catalogue: Catalogue, *, fresh: bool) -> Record:
    """Return what a selection finds, and of which generation of the store.

    Args:
        found: what it finds.
        catalogue: where it was found.
        fresh: whether the catalogue is up to date.
    """
    return {
        "generation": catalogue.generation,
        "up_to_date": fresh,
        "words": list(found.selection.words),
        "order": found.selection.chosen_order.value,
        "total": found.total,
        "page": found.page,
        "pages": found.pages,
        "totals": _totals_record(found.totals),
        "facets": {
            facet.value: [
                {"value": one.value, "label": one.label, "count": one.count, "chosen": one.chosen}
                for one in values
            ]
            for facet, values in found.facets.items()
        },
        "case_studies": [_card_record(card) for card in found.cards],
    }


def _card_record(card: Card) -> Record:
    numbers = card.numbers
    return {
        "slug": card.slug,
        "iri": card.iri,
        "title": card.plain_title,
        "institution": card.institution,
        "unit_of_assessment": card.unit,
        "exercise": card.exercise,
        "research_period": card.research_period,
        "impact_period": card.impact_period,
        "counts": {stage.value: numbers[f"{stage.value}s"] for stage in Stage},
        "claims": numbers["claims"],
        "sourced_claims": numbers["sourced_claims"],
        "reached": {"stated": numbers["reached_stated"], "curated": numbers["reached_curated"]},
        "stops": card.stops,
        "gaps": {
            severity: numbers[f"gaps_{severity}"] for severity in ("high", "medium", "low", "note")
        },
        "hits": [_hit_record(hit, card.iri) for hit in card.hits],
        "more_hits": card.more_hits,
    }


def _hit_record(hit: Hit, case_study: str) -> Record:
    return {
        "iri": f"{case_study}/{hit.key}",
        "kind": hit.kind,
        "name": hit.name,
        "label": _marked_record(hit.label),
        "words": _marked_record(hit.words),
    }


def _marked_record(marked: Marked) -> list[Record]:
    return [{"text": text, "match": match} for text, match in marked]


def _totals_record(totals: Totals) -> Record:
    return {"case_studies": totals.case_studies, **totals.numbers}
