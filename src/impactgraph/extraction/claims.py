"""The checkable sentences of an impact that claim a change."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from impactgraph.documents import PlainText, Span
from impactgraph.extraction.marked import citations_in, marked_outputs, marked_sources, split_marked
from impactgraph.extraction.reading import Citation, ClaimPassage
from impactgraph.model import Maturity

__all__ = ["claims_change", "group_paragraphs", "read_claims"]

_SHORTEST = 30

# What says how far a change has come. A sentence claims a change if it says one of these.
_CHANGES: dict[Maturity, re.Pattern[str]] = {
    Maturity.BENEFIT: re.compile(
        r"\b(?:benefit(?:s|ed|ing|ted)?|sav(?:ed|es|ing|ings)|"
        r"(?:reduc|increas|improv)(?:e[ds]?|ing|tions?|ements?)|"
        r"(?:higher|lower|fewer|better|faster|safer|greater|more than doubled)|"
        r"revenues?|sales|profits?|turnover|jobs?|employ(?:s|ed)|sold|generated|raised|secured|"
        r"won|prevented|avoided|protect(?:s|ed)|surviv(?:al|ed)|lives|reach(?:ed|ing)\s+\S*\d|"
        r"grew|grown|rose|risen|fell|fallen|doubled|tripled|boost(?:ed|s)|alleviated|cut)\b",
        re.IGNORECASE,
    ),
    Maturity.ADOPTION: re.compile(
        r"\b(?:adopt(?:s|ed|ing|ion)|implement(?:s|ed|ing|ation)|embed(?:s|ded|ding)|"
        r"incorporat(?:es?|ed|ing)|integrat(?:es?|ed|ing)|introduc(?:es|ed)|launched|rolled\s+out|"
        r"(?:is|are|was|were|been|being|now|widely|also)\s+used|in\s+use|uses?|using|utilis(?:es?|ed)|"
        r"cit(?:es?|ed|ing)|referenc(?:es|ed)|quot(?:es|ed)|endors(?:es|ed)|accepted|"
        r"inform(?:s|ed|ing)|influenc(?:es?|ed|ing)|shap(?:es?|ed|ing)|underpin(?:s|ned|ning)|"
        r"contributed|recommend(?:s|ed|ation|ations)|chang(?:e[ds]?|ing)|revis(?:ed|ion)|"
        r"amend(?:ed|ment)|reform(?:s|ed)?|legislat\w+|enacted|passed|approv(?:ed|al)|established|"
        r"(?:led|leading)\s+to|result(?:ed|ing)\s+in|enabl(?:e[ds]?|ing)|help(?:ed|s|ing)|"
        r"transform(?:s|ed|ing|ative)?|creat(?:ed|ion)|developed|licen[cs]ed|commission(?:s|ed)|"
        r"instrumental|pivotal|crucial|prompted|drove|driven|guid(?:es|ed|ing)|supported|"
        r"deliver(?:s|ed)|trained|taught|expanded|extended|installed|deployed|impact(?:s|ed)?|"
        r"as\s+a\s+(?:direct\s+)?result|replaced|allow(?:s|ed)|award(?:ed|s)?)\b",
        re.IGNORECASE,
    ),
    Maturity.UNDERSTANDING: re.compile(
        r"\b(?:aware(?:ness)?|understand(?:s|ing)?|understood|knowledge|insights?|attitudes?|"
        r"perceptions?|perspectives?|appreciat\w+|learn(?:ed|t|ing)|think(?:ing)?|thought|"
        r"debates?|discuss(?:ed|ion|ions)|challeng(?:e[ds]|ing)|inspir(?:e[ds]|ing|ation)|"
        r"confidence|reflect(?:ed|ion)|engag(?:ed|ement)|conversations?|visibility|interest)\b",
        re.IGNORECASE,
    ),
}
_QUESTION = re.compile(r"[?]\s*$")


def read_claims(
    plain: PlainText, stretches: Sequence[Span], citations: Sequence[Citation]
) -> tuple[ClaimPassage, ...]:
    """Return the sentences that claim a change or mark a source, with the marks that are theirs.

    A mark belongs to the sentence in which it stands. The sources of the next marked sentence of
    the paragraph may cover an unmarked sentence too: those are its `nearby_sources`.

    Args:
        plain: the document as it reads.
        stretches: the paragraphs and items of one impact, in order.
        citations: the marks of section 4, in order.
    """
    return tuple(
        claim
        for paragraph in group_paragraphs(plain, stretches)
        for claim in _read_paragraph(plain, paragraph, citations)
    )


def claims_change(words: str) -> bool:
    """Return whether words say that something was taken up or brought a benefit."""
    return any(
        _CHANGES[maturity].search(words) for maturity in (Maturity.ADOPTION, Maturity.BENEFIT)
    )


def group_paragraphs(plain: PlainText, stretches: Sequence[Span]) -> list[list[Span]]:
    """Return the stretches by paragraph: what a colon announces belongs to the announcing one."""
    groups: list[list[Span]] = []
    for stretch in stretches:
        before = plain.words(groups[-1][-1]) if groups else ""
        if before and (before[-1] in ":,–-" or before[-1].isalnum()):
            groups[-1].append(stretch)
        else:
            groups.append([stretch])
    return groups


def _read_paragraph(
    plain: PlainText, paragraph: Sequence[Span], citations: Sequence[Citation]
) -> Iterator[ClaimPassage]:
    sentences = [
        sentence for stretch in paragraph for sentence in split_marked(plain, stretch, citations)
    ]
    marked = [citations_in(citations, sentence) for sentence in sentences]
    following: tuple[int, ...] = ()
    nearby = []
    for own in reversed(marked):
        nearby.append(following)
        following = marked_sources(own) or following
    for sentence, own, later in zip(sentences, marked, reversed(nearby), strict=True):
        changes = _read_changes(plain.words(sentence))
        sources = marked_sources(own)
        # A source is marked where something is to be corroborated, in whatever words.
        if not (changes or sources) or len(sentence) < _SHORTEST:
            continue
        yield ClaimPassage(
            span=sentence,
            outputs=marked_outputs(own),
            sources=sources,
            nearby_sources=() if sources else later,
            maturity=changes[0] if len(changes) == 1 else None,
        )


def _read_changes(words: str) -> list[Maturity]:
    """Return which kinds of change a sentence claims."""
    if _QUESTION.search(words):
        return []
    return [maturity for maturity, change in _CHANGES.items() if change.search(words)]
