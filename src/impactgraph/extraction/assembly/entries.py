"""Outputs, authorships, sources and grants, from the entries of sections 2, 3 and 5."""

from __future__ import annotations

import re
from functools import lru_cache

from impactgraph.documents import Span
from impactgraph.extraction.assembly.anchoring import shorten
from impactgraph.extraction.assembly.draft import Draft
from impactgraph.extraction.reading import Entry, GrantMention, Name, OutputEntry, SourceEntry
from impactgraph.model import Authorship, Grant, MonetaryAmount, Output, Source

__all__ = ["assemble_grants", "assemble_outputs", "assemble_sources"]

_LABEL = 160
_TITLE = 600
_CITATION = 2000
_TOKEN = 300
_DATE = re.compile(r"\d{4}(?:-(?:0[1-9]|1[0-2])(?:-(?:0[1-9]|[12]\d|3[01]))?)?")
_DOI = re.compile(r"10\.\d{4,9}/[^\sA-Z]+")
_ISBN = re.compile(r"[0-9][0-9-]{8,15}[0-9X]")
_NUMBER = re.compile(r"\d")
_CURRENCY = re.compile(r"[A-Z]{3}")


def assemble_outputs(draft: Draft) -> tuple[tuple[Output, ...], tuple[Authorship, ...]]:
    """Return the outputs in the order of their list, with the places of their authors."""
    outputs: list[Output] = []
    authorships: list[Authorship] = []
    for position, found in enumerate(draft.reading.outputs, start=1):
        output, authors = _assemble_output(draft, found, position)
        outputs.append(output)
        authorships.extend(authors)
    draft.outputs = tuple(output.iri for output in outputs)
    return tuple(outputs), tuple(authorships)


def _assemble_output(
    draft: Draft, found: OutputEntry, position: int
) -> tuple[Output, list[Authorship]]:
    plain = draft.reading.plain
    words = _words(draft, found.entry)
    iri = draft.name("output", found.entry.label, words)
    title = plain.words(found.title) if found.title else words
    authors: dict[str, Name] = {}
    for name in found.authors:
        person = draft.agents.person(
            name.printed, name.span, family_name=shorten(name.family_name, _TOKEN)
        )
        authors.setdefault(person, name)
    output = Output(
        iri=iri,
        label=shorten(_output_label(found, title), _LABEL),
        notation=found.entry.label,
        output_type=found.output_type,
        title=shorten(title, _TITLE),
        citation=shorten(words, _CITATION),
        issued=_date(found.year),
        venue=shorten(plain.words(found.venue), _TOKEN) if found.venue else None,
        publishers=(draft.agents.organisation(found.publisher),) if found.publisher else (),
        volume=found.volume,
        issue=found.issue,
        page_start=found.page_start,
        page_end=found.page_end,
        doi=found.doi if found.doi and _DOI.fullmatch(found.doi) else None,
        isbn=found.isbn if found.isbn and _ISBN.fullmatch(found.isbn) else None,
        creators=tuple(authors),
        anchors=(draft.anchoring.at(found.entry.span),),
    )
    return output, [
        Authorship(
            iri=f"{iri}/author/{place}",
            label=shorten(
                f"{name.printed}, author {place} of output {found.entry.label or position}", _LABEL
            ),
            output=iri,
            agent=person,
            position=place,
            name_as_printed=shorten(name.printed, _TOKEN),
        )
        for place, (person, name) in enumerate(authors.items(), start=1)
    ]


def _output_label(found: OutputEntry, title: str) -> str:
    names = [name.family_name for name in found.authors]
    by = names[0] + (" and others" if len(names) > 2 else "") if names else ""
    if len(names) == 2:
        by = " and ".join(names)
    year = found.year[:4] if found.year else ""
    return f"{title} ({', '.join(filter(None, (by, year)))})" if by or year else title


def assemble_sources(draft: Draft) -> tuple[Source, ...]:
    """Return the sources in the order of their list."""
    sources = tuple(_assemble_source(draft, found) for found in draft.reading.sources)
    draft.sources = tuple(source.iri for source in sources)
    return sources


def _assemble_source(draft: Draft, found: SourceEntry) -> Source:
    plain = draft.reading.plain
    words = _words(draft, found.entry)
    title = plain.words(found.title) if found.title else None
    speaker = _speaker(draft, found.speaker) if found.speaker else None
    publisher = draft.agents.organisation(plain.words(found.publisher)) if found.publisher else None
    return Source(
        iri=draft.name("source", found.entry.label, words),
        label=shorten(title or words, _LABEL),
        notation=found.entry.label,
        source_type=found.source_type,
        title=shorten(title, _TITLE) if title else None,
        party=publisher,
        speaker=speaker,
        date=_date(found.date),
        locator=found.locator or (found.addresses[0] if found.addresses else None),
        anchors=(draft.anchoring.at(found.entry.span),),
    )


def _speaker(draft: Draft, span: Span) -> str:
    return draft.agents.person(draft.reading.plain.words(span), span)


def assemble_grants(draft: Draft) -> tuple[Grant, ...]:
    """Return the grants in the order of the text."""
    return tuple(_assemble_grant(draft, found) for found in draft.reading.grants)


def _assemble_grant(draft: Draft, found: GrantMention) -> Grant:
    iri = draft.name("grant", found.number, draft.reading.plain.words(found.span))
    known = found.amount is not None and found.currency and _CURRENCY.fullmatch(found.currency)
    sum_of_money = f"{found.currency}{found.amount:,}" if known else None
    parts = filter(None, (found.funder, found.number, sum_of_money))
    return Grant(
        iri=iri,
        label=shorten(", ".join(parts) or draft.reading.plain.words(found.span), _LABEL),
        number=found.number,
        funder=draft.agents.organisation(found.funder) if found.funder else None,
        amount=MonetaryAmount(iri=f"{iri}/amount", value=found.amount, currency=found.currency)
        if known and found.amount is not None and found.currency
        else None,
        awarded_to=draft.agents.organisation(found.recipient) if found.recipient else None,
        period=draft.period(_date(found.start), _date(found.end)),
        description=shorten(found.title, _TITLE) if found.title else None,
        anchors=(draft.anchoring.at(found.span),),
    )


def _words(draft: Draft, entry: Entry) -> str:
    """Return the words of an entry without the label that stands before them."""
    words = draft.reading.plain.words(entry.span)
    if not entry.label:
        return words
    label = _compile_label(entry.label).match(words)
    return words[label.end() :] if label else words


@lru_cache(maxsize=1024)
def _compile_label(label: str) -> re.Pattern[str]:
    """Return the pattern of a label before words; most labels are those of many documents."""
    return re.compile(rf"\W{{0,3}}{re.escape(label)}\W{{1,4}}(?=\S)")


def _date(words: str | None) -> str | None:
    return words if words and _DATE.fullmatch(words) else None
