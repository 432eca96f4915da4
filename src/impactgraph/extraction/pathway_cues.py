"""What speaks for and against a sentence's telling how research reached people.

The points were weighed on case studies that careful readers had annotated, then rounded.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass

from impactgraph.extraction.actors import ACTOR

__all__ = ["CUES", "PLACES", "Cue", "Place", "count_cues"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What in a sentence speaks for (points above 0) or against a pathway, and why.

    `pattern` are words, or an expression; what it searches is in small letters and has `ACTOR` for
    the researchers. It counts twice at most.
    """

    points: float
    why: str
    pattern: str | re.Pattern[str]


@dataclass(frozen=True, slots=True)
class Place:
    """What a sentence's place and form say for or against a pathway, and why."""

    points: float
    why: str


_ASKED = (
    "invited|appointed|commissioned|approached|asked|contacted|recruited|engaged|seconded|"
    "consulted|elected|nominated|contracted|tasked"
)
_ACTED = (
    r"work(?:ed|s|ing)(?:\s+\w+){0,2}\s+with|collaborat\w+|partner\w+|present(?:ed|s|ing)|"
    r"deliver(?:ed|s|ing)|gave|spoke|spoken|advis(?:ed?|es|ing)|train(?:ed|s|ing)|brief(?:ed|s)|"
    r"shared|disseminated|introduced|organi[sz]ed|hosted|curated|serv(?:ed|es|ing)|sits|sat|"
    r"joined|submitted|chair(?:ed|s)|co-\w+|ran|launched|discussed|met|engag(?:ed|es|ing)|"
    r"participat\w+|conven(?:ed|es)|held|facilitat\w+|taught|testified|exhibited|performed|"
    r"toured|staged|licen[cs]ed|founded|set\s+up|translated|publici[sz]ed|attended|"
    r"consult(?:ed|s)|liais\w+|embark\w+|brought"
)
CUES: dict[str, Cue] = {
    "asked": Cue(
        2.0,
        "the researchers are invited, appointed or asked",
        re.compile(
            rf"\b(?:{_ASKED})\b[^.;]{{0,60}}{ACTOR}|{ACTOR}[^.;]{{0,60}}\b(?:was|were|been|is|"
            rf"being|as)\s+(?:\w+\s+){{0,2}}(?:{_ASKED})\b|\binvitations?\b|\bappointment\b"
        ),
    ),
    "acted": Cue(
        0.9,
        "the researchers meet, tell, teach or work with others",
        re.compile(rf"{ACTOR}[^.;]{{0,70}}\b(?:{_ACTED})\b"),
    ),
    "together": Cue(
        1.1,
        "work done together with users",
        (
            r"collaborat(?:e[ds]?|ing|ions?|ive|ively|ors?)|partner(?:ed|ing|s|ships?)|"
            r"in\s+conjunction\s+with|co-?(?:design|produc|creat|develop|deliver)\w*|ktps?|"
            r"knowledge\s+(?:transfer|exchange)|jointly|close(?:ly)?\s+with|"
            r"work(?:ed|ing)\s+(?:closely\s+|directly\s+)?with"
        ),
    ),
    "advising": Cue(
        1.0,
        "advice and seats on boards and committees",
        (
            r"advis(?:ory|ors?|ers?)|consultan(?:ts?|cy)|task\s?force|member\s+of|"
            r"(?:steering|working|advisory|expert|reference)[ -]"
            r"(?:groups?|committees?|panels?|board)|"
            r"gave\s+(?:oral\s+|written\s+)?evidence|evidence\s+to\s+(?:the|an?)"
        ),
    ),
    "meeting": Cue(
        1.0,
        "people meet to hear of it",
        (
            r"workshops?|seminars?|symposi(?:um|a)|conferences?|webinars?|lectures?|talks?|"
            r"briefings?|roadshows?|meetings?|keynotes?|presentations?|round-?tables?|"
            r"masterclass(?:es)?"
        ),
    ),
    "events": Cue(
        0.8,
        "it is shown to audiences",
        (
            r"events?|exhibit(?:s|ed|ions?)|festivals?|perform(?:ed|ances?)|staged|"
            r"screen(?:ed|ings?)|audiences?|attend(?:ed|ees|ing)|visitors?|toured|premi[eè]red?|"
            r"install(?:ed|ations?)"
        ),
    ),
    "media": Cue(
        0.7,
        "the media carry it",
        (
            r"media|broadcasts?|interview(?:s|ed)?|podcasts?|op-eds?|bbc|radio|newspapers?|"
            r"blogs?|press|documentar(?:y|ies)"
        ),
    ),
    "spread": Cue(
        0.6,
        "findings are spread or handed over",
        (
            r"disseminat(?:e[ds]?|ing|ion)|shar(?:ed|ing)|outreach|engagement|publici[sz]ed|"
            r"distributed|communicat(?:e[ds]?|ing)|released|transferred|pathways?"
        ),
    ),
    "market": Cue(
        1.0,
        "licences, patents and companies carry it to market",
        (
            r"licen[cs](?:e[ds]?|ing)|spin-?(?:out|off)s?|patents?|founded|start-?up|"
            r"commerciali[sz]\w+"
        ),
    ),
    "set up": Cue(0.5, "something is set up for it", (r"established|set\s+up|launched")),
    "funded": Cue(0.3, "money is given to bring it to use", (r"fund(?:ed|ing)|awarded")),
    "researchers": Cue(0.4, "the researchers are named", re.compile(ACTOR)),
    "their research": Cue(
        -0.7, "the research, not the researchers, is spoken of", re.compile(rf"{ACTOR}[’']")
    ),
    "dated": Cue(
        0.5,
        "a story with dates",
        re.compile(r"\b(?:in|since|between|from|during|on)\s+(?:\w+\s+){0,3}(?:19|20)\d\d"),
    ),
    "outcome": Cue(
        -0.4,
        "what came of it",
        (
            r"led\s+to|result(?:ed|ing)\s+in|increas(?:e[ds]?|ing)|polic(?:y|ies)|"
            r"improv(?:e[ds]?|ing|ements?)|reduc(?:e[ds]?|ing|tions?)|adopt(?:s|ed|ion)|"
            r"chang(?:e[ds]?|ing)|influenc(?:e[ds]?|ing)|inform(?:s|ed|ing)|now|"
            r"benefit(?:s|ed|ting)?|enabl(?:e[ds]?|ing)|impact(?:s|ed)?|transform\w*|"
            r"shap(?:e[ds]?|ing)|sav(?:e[ds]?|ing|ings)|implement\w*|cited|recommend\w*|"
            r"awareness|understanding"
        ),
    ),
    "claimed": Cue(
        -0.8,
        "the research is said to have had an effect",
        re.compile(
            r"\b(?:has|have)\s+(?:also\s+|thus\s+)?(?:had|achieved|impacted|influenced|informed|"
            r"transformed|led|helped|enabled|changed|benefit\w+|played|made|contributed)\b"
        ),
    ),
    "to research": Cue(
        -1.2,
        "somebody is asked to do research, which is no way to its users yet",
        re.compile(
            rf"\b(?:{_ASKED}|funded)\b[^.;]{{0,140}}\b(?:to\s+(?:undertake|conduct|carry|investigate|"
            r"evaluate|examine|explore|study|research)|action\s+research|studentship|phd)\b"
        ),
    ),
    "closing": Cue(
        -1.5,
        "it sums up",
        re.compile(r"\A(?:in (?:summary|conclusion|sum)|overall|taken together|collectively)\b"),
    ),
    "present": Cue(
        -0.3,
        "how things stand, not how they came",
        re.compile(r"\b(?:is|are|has been|have been)\b"),
    ),
    "said": Cue(
        -1.0,
        "what somebody says of it",
        (
            r"sa(?:id|ys)|stat(?:es|ed)|comment(?:s|ed)|confirm(?:s|ed)|not(?:es|ed)|"
            r"report(?:s|ed)|describ(?:es|ed)|according\s+to|testif\w+|explain(?:s|ed)|"
            r"acknowledg(?:es|ed)"
        ),
    ),
    "quotation": Cue(-0.8, "a quotation", re.compile(r"[“‘\"][^”’\"]{25}")),
    "percent": Cue(-0.8, "a measured effect", re.compile(r"\d\s?%|per\s?cent")),
}
PLACES: dict[str, Place] = {
    "outside impacts": Place(
        1.0, "where no change is claimed, the researchers are on the way to one"
    ),
    "first of impact": Place(0.5, "an impact begins with how it came about"),
    "heading": Place(0.3, "the heading announces engagement"),
    "section 2": Place(-0.4, "section 2 is mostly on the research itself"),
    "first of paragraph": Place(-0.6, "the first sentence says what the paragraph is about"),
    "opening": Place(-0.6, "the section's opening gives an overview"),
    "finding": Place(-1.0, "the passage says what was found"),
    "sourced": Place(-0.5, "a source is marked where a change is claimed"),
    "short": Place(-0.7, "a line or two"),
    "quoted": Place(-0.8, "the sentence is somebody else's"),
}

_WORDS = [(name, cue.pattern) for name, cue in CUES.items() if isinstance(cue.pattern, str)]
_EXPRESSIONS = [
    (name, cue.pattern) for name, cue in CUES.items() if isinstance(cue.pattern, re.Pattern)
]
_ANY_WORD = re.compile(r"\b(?:" + "|".join(f"({words})" for _, words in _WORDS) + r")\b")


def count_cues(masked: str) -> dict[str, int]:
    """Return how often each cue is met.

    Args:
        masked: a sentence in small letters, with `ACTOR` for the researchers.

    >>> counts = count_cues("§ was invited to workshops and meetings")
    >>> counts["meeting"], counts["asked"]
    (2, 1)
    """
    words = Counter(match.lastindex for match in _ANY_WORD.finditer(masked))
    counts = {name: words[index] for index, (name, _) in enumerate(_WORDS, start=1)}
    for name, expression in _EXPRESSIONS:
        counts[name] = len(expression.findall(masked))
    return counts
