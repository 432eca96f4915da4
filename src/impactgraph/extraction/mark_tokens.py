"""What the inside of a mark is made of, as one pattern: labels, places to look at, separators."""

from __future__ import annotations

import re

__all__ = ["CITING_WORDS", "PLACE_NUMBERS", "TOKEN", "citing_word"]

CITING_WORDS = {
    "ref": r"refs?|references?",
    "source": r"sources?|corroborat(?:ion|ing|or)s?",
    "output": r"outputs?",
    "pub": r"pubs?|publications?",
    "paper": r"papers?",
    "evidence": r"evidence|evid",
    "testimonial": r"testimonials?|testimony",
    "letter": r"letters?",
    "item": r"items?",
    "document": r"documents?|docs?",
}
"""Words before a number or a letter that make it a label, by the word that stands for them."""

_CITING = re.compile(
    "|".join(f"(?P<{name}>(?:{forms})(?![A-Za-z]))" for name, forms in CITING_WORDS.items()),
    re.IGNORECASE,
)
_ANY_CITING = "|".join(CITING_WORDS.values())
_DASH = r"[-–—−‐‑‒]"
_SUB = rf"""(?:
      \s?\((?:[a-h]|[ivx]{{1,4}}|\d{{1,2}})\)
    | [a-z](?![A-Za-z])
    | [A-H](?![A-Za-z0-9])
    | [ivx]{{2,4}}(?![A-Za-z])
    | \.\s?(?:\d{{1,2}}(?!\d)|[a-h](?![A-Za-z])|[ivx]{{1,4}}(?![A-Za-z]))
    | {_DASH}(?:[a-h]|[ivx]{{1,4}})(?![A-Za-z])
    | \#\d{{1,2}}(?!\d)
)"""
_PLACES = (
    r"pp?|pgs?|pages?|paras?|paragraphs?|slides?|lines?|chapters?|chaps?|ch|tables?|figures?|figs?"
    r"|annex(?:es)?|appendix|appendices|mins?|minutes?|vol|volume|cols?|columns?|fn|footnotes?"
    r"|notes?|recommendations?|recs?|quotes?|clauses?|articles?|art|tabs?|sections?|sect?|box(?:es)?"
    r"|endnotes?|objectives?|actions?|responses?|conclusions?|interviewees?|respondents?|cases?"
    r"|participants?|videos?|appx|statements?|questions?|q|parts?|points?|timestamp|time|comments?|no|nos|issue"
)
_NUMBER = r"\d{1,4}(?:\.\d{1,3}){0,3}[a-z]?(?![A-Za-z])"
PLACE_NUMBERS = (
    rf"(?:{_NUMBER}|[ivxlc]{{1,6}}(?![A-Za-z]))"
    rf"(?:\s?(?:{_DASH}|–|to|ff\.?)\s?(?:pp?\.?\s?)?\d{{1,4}}(?![\d.]))?"
)
_MORE_NUMBERS = (
    rf"\d{{1,4}}[a-z]?(?![A-Za-z0-9]|\.\d)(?:\s?{_DASH}\s?\d{{1,4}}(?![\d.]))?"
    r"(?!\s?[,:;]?\s?pp?(?![A-Za-z])|\s?\()"
)
TOKEN = re.compile(
    rf"""
      (?P<address>(?:https?://|www\.)\S{{1,300}})
    | (?P<date>\d{{1,2}}[/.]\d{{1,2}}[/.](?:\d{{4}}|\d{{2}})(?!\d))
    | (?P<section>(?i:sections?|sect?|§)\.?\s?(?P<where>[1-5])\s?[,:;.]?\s?{_DASH}?\s?
        (?=(?i:{_ANY_CITING}|no)(?![A-Za-z])|\[|\(|[A-Z]{{1,3}}\d))
    | (?P<word>(?i:{_ANY_CITING})(?![A-Za-z])[.:]?\s?(?:(?i:nos?\.?|numbers?)\s?|\#\s?)?
        (?=[\[(]?\s?(?:\d|[A-Z]{{1,3}}\d|[A-Za-z](?![A-Za-z]))))
    | (?P<place>(?!P\d)(?i:(?:{_PLACES})(?![A-Za-z])|[§¶])\.?\s?
        {PLACE_NUMBERS}(?:\s?(?:,|&|and)\s?{_MORE_NUMBERS})*)
    | (?P<filler>(?i:see|also|e\.?\s?g|i\.?\s?e|cf|in|from|the|for|of|both|all|at|as|via|per|with
        |by|above|below|esp|especially|particularly|including|incl|respectively|etc|listed|as\sin
        |further|example|examples|evidenced|evidence|corroborated|corroborating|corroboration|research|cited|based
        |on|supported|support|supporting|source|sources|refs?|references?|output|outputs)
        (?![A-Za-z])\.?)
    | (?P<sectioned>(?P<before>[A-Z]{{0,2}})(?P<part>[1-9])
        (?:\.\s?|(?<![\w.][35])(?<=[35]):(?=[1-9]\d?(?!\d)))(?:
        (?P<lead>[A-Z]{{1,2}})(?P<led>\d{{1,2}}) | (?P<second>\d{{1,2}})(?![\d%]|,\d{{3}})
        | (?<![A-Z]\d\.)(?!p\.?\s?\d)(?P<lettered>[A-Za-z])(?![A-Za-z])
        | (?<![A-Z]\d\.)(?P<numeral>[ivx]{{2,5}})(?![A-Za-z]))(?P<sectionedsub>{_SUB}{{0,2}}))
    | (?P<prefixed>(?P<prefix>[A-Z][A-Za-z]{{0,11}}|(?<![A-Za-z])[a-z](?=\d))
        (?:\.\s?|\s(?!\d\.\d)|{_DASH}|\s?\#\s?)?\[?
        (?P<number>\d{{1,2}})(?!\d|,\d{{3}}|%)(?P<prefixedsub>{_SUB}{{0,2}})(?![A-Za-z0-9])\]?)
    | (?P<bare>(?P<plain>\d{{1,2}})(?!\d|,\d{{3}}|%|[.:]\d)
        (?P<plainsub>{_SUB}{{0,2}})(?![A-Za-z0-9]))
    | (?P<and>(?:and|or)\b|[&+/])
    | (?P<range>{_DASH}+|to\b|through\b|until\b)
    | (?P<roman>[ivx]{{2,5}}(?![A-Za-z0-9])|[IVX]{{2,5}}(?![A-Za-z0-9]))
    | (?P<alone>(?P<letter>[A-Za-z])(?P<lettersub>
        (?:[ivx]{{1,4}}|[.]?\d{{1,2}}|\s?\((?:[a-h]|[ivx]{{1,4}}|\d{{1,2}})\)|{_DASH}(?:[ivx]{{1,4}}|\d{{1,2}}))
        )?(?![A-Za-z0-9]))
    | (?P<stop>;)
    | (?P<separator>[\s,.:()\[\]"'“”‘’*…·|]+)
    | (?P<other>[^\W\d_]+|\d[\d.,:%]*|.)
    """,
    re.VERBOSE,
)

"""One token after another, by the name of its kind."""


def citing_word(words: str) -> str | None:
    """Return the word that "refs", "Sources: no. " and their like stand for; None for others."""
    found = _CITING.match(words)
    return found.lastgroup if found else None
