"""Invented sections of case studies, as the rules of extraction read them."""

from __future__ import annotations

from impactgraph.documents import HEADINGS, Document, PlainText, Span, read_plain_text

__all__ = ["plain_sections", "plain_words"]


def plain_sections(**sections: str) -> PlainText:
    """Return a case study as it reads; sections are given as `two`, `three`, `four`, `five`."""
    kinds = dict(zip(("one", "two", "three", "four", "five"), HEADINGS, strict=True))
    texts = {kinds[name]: text for name, text in sections.items()}
    parts = [
        f"{kind}. {title}\n\n{texts.get(kind, 'Nothing to read here.')}\n"
        for kind, title in HEADINGS.items()
    ]
    return read_plain_text(Document.from_text("\n".join(["Institution: Fen College\n", *parts])))


def plain_words(plain: PlainText, span: Span | None) -> str | None:
    """Return the words of a stretch, None without one."""
    return plain.words(span) if span else None
