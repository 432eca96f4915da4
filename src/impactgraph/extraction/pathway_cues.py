"""What speaks for and against a sentence's telling how research reached people.

The points were weighed by a logistic regression on case studies that careful readers had annotated,
then rounded.
"""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["CUES", "PLACES", "Cue", "Place"]


@dataclass(frozen=True, slots=True)
class Cue:
    """What in a sentence speaks for (points above 0) or against a pathway, and why.

    `words` are single words, `pairs` two in a row, both in small letters; `phrase` is looked for as
    it stands. A cue without any is a deed of the researchers. It counts twice at most.
    """

    points: float
    why: str
    words: str = ""
    pairs: tuple[str, ...] = ()
    phrase: str = ""


@dataclass(frozen=True, slots=True)
class Place:
    """What a sentence's place and form say for or against a pathway, and why."""

    points: float
    why: str


CUES: dict[str, Cue] = {
    "asked": Cue(0.8, "the researchers are invited, appointed or asked"),
    "acted": Cue(0.7, "the researchers meet, tell, teach or work with others"),
    "told": Cue(1.0, "the researchers give evidence, advice or help to a body outside"),
    "role": Cue(1.4, "the researchers hold a seat or a post"),
    "researchers": Cue(0.3, "the researchers are named"),
    "their research": Cue(-0.7, "the research, not the researchers, is spoken of"),
    "request": Cue(
        1.0,
        "somebody wants it",
        r"request(?:ed|s|ing)?|mandated|commission(?:ed|ing|s)|approached|asked|sought|consulted|"
        r"recruited|invit(?:ed|ing|ations?)|appointments?",
    ),
    "together": Cue(
        1.3,
        "work done together with users",
        r"collaborat(?:e[ds]?|ing|ions?|ive|ively|ors?)|partner(?:ed|ing|s|ships?)|"
        r"co-?(?:design|produc|creat|develop|deliver)\w*|ktps?|jointly",
        (
            r"in conjunction",
            r"knowledge (?:transfer|exchange)",
            r"close(?:ly)? with",
            r"work(?:ed|ing) (?:closely|directly|with)",
        ),
    ),
    "advising": Cue(
        0.8,
        "advice, evidence, and seats on boards and committees",
        r"advis(?:ory|ors?|ers?)|consultan(?:ts?|cy)|taskforce",
        (
            r"task force",
            r"member of",
            r"(?:steering|working|expert|reference) (?:groups?|committees?|panels?|board)",
            r"(?:oral|written|gave|giving|submitted) evidence",
            r"(?:evidence|submissions?) to",
        ),
    ),
    "meeting": Cue(
        0.8,
        "people meet to hear of it",
        r"workshops?|seminars?|symposi(?:um|a)|conferences?|webinars?|lectures?|talks?|briefings?|"
        r"roadshows?|meetings?|keynotes?|presentations?|round-?tables?|masterclass(?:es)?",
    ),
    "events": Cue(
        0.7,
        "it is shown to audiences",
        r"events?|exhibit(?:s|ed|ions?)|festivals?|perform(?:ed|ances?)|staged|"
        r"screen(?:ed|ings?)|audiences?|attend(?:ed|ees|ing)|visitors?|toured|premi[eè]red?|"
        r"install(?:ed|ations?)",
    ),
    "media": Cue(
        0.5,
        "the media carry it",
        r"media|broadcasts?|interview(?:s|ed)?|podcasts?|op-eds?|bbc|radio|newspapers?|blogs?|"
        r"press|documentar(?:y|ies)",
    ),
    "spread": Cue(
        0.6,
        "findings are spread or handed over",
        r"disseminat(?:e[ds]?|ing|ion)|shar(?:ed|ing)|outreach|engagement|publici[sz]ed|"
        r"distributed|communicat(?:e[ds]?|ing)|released|transferred",
    ),
    "training": Cue(
        0.5,
        "people are trained",
        r"train(?:ed|ing)|cpd|curricul(?:um|a)|courses?|mentor\w*|taught|teach|teaching|workshops?",
    ),
    "resource": Cue(
        0.4,
        "something is made for users",
        r"toolkits?|tools?|handbooks?|manuals?|curricul(?:um|a)|courses?|moocs?|apps?|websites?|"
        r"webtools?|web-tools?|worksheets?|guides?|packs?|resources?|videos?|films?|textbooks?|"
        r"modules?|templates?|software|platforms?|databases?|portals?|materials",
    ),
    "reach": Cue(
        1.0,
        "how many it reached",
        r"viewed|viewers|hits|downloaded",
        (
            r"\d+ (?:people|participants|views|visitors|downloads|attendees|"
            r"teachers|students|delegates|professionals|practitioners|members|organisations|schools)",
        ),
    ),
    "network": Cue(
        0.9,
        "people are joined in a network",
        r"networks?|forums?|fora|consorti(?:um|a)|alliances?|coalitions?|hubs?|centres?",
        (r"(?:community|communities) of",),
    ),
    "market": Cue(
        1.2,
        "licences, patents and companies carry it to market",
        r"licen[cs](?:e[ds]?|ing)|spin-?(?:out|off)s?|patents?|(?:co-?)?founded|start-?ups?|"
        r"commerciali[sz]\w+",
    ),
    "route": Cue(
        0.3,
        "it is said to be the way",
        r"key|pathways?|routes?|vital|instrumental",
        (
            r"central to",
            r"ensure that",
        ),
    ),
    "because": Cue(
        0.5,
        "it begins with the research that it follows from",
        phrase=r"\A(?i:as a (?:direct )?(?:result|consequence)|building on|based on|drawing on|"
        r"following|through|because of|on the basis of|in (?:recognition|response)|informed by)\b",
    ),
    "dated": Cue(
        0.3,
        "a story with dates",
        r"(?:19|20)\d\d",
    ),
    "outcome": Cue(
        -0.3,
        "what came of it",
        r"increas(?:e[ds]?|ing)|polic(?:y|ies)|improv(?:e[ds]?|ing|ements?)|"
        r"reduc(?:e[ds]?|ing|tions?)|adopt(?:s|ed|ion)|chang(?:e[ds]?|ing)|"
        r"influenc(?:e[ds]?|ing)|inform(?:s|ed|ing)|now|benefit(?:s|ed|ting)?|"
        r"enabl(?:e[ds]?|ing)|impact(?:s|ed)?|transform\w*|shap(?:e[ds]?|ing)|"
        r"sav(?:e[ds]?|ing|ings)|implement\w*|recommend\w*|awareness|understanding",
        (
            r"led to",
            r"result(?:ed|ing) in",
        ),
    ),
    "used": Cue(
        -0.3,
        "others make use of it already",
        r"uses|used|using|embedded|incorporated|endorsed|cited",
    ),
    "claimed": Cue(
        -1.5,
        "the research is said to have had an effect",
        pairs=(
            r"(?:has|have|also|thus) (?:had|achieved|impacted|influenced|informed|transformed|led|"
            r"helped|enabled|changed|benefit\w{0,9}|played|made|contributed)",
        ),
    ),
    "present": Cue(
        -0.3,
        "how things stand, not how they came",
        r"is|are",
        (r"(?:has|have) been",),
    ),
    "said": Cue(
        -0.9,
        "what somebody says of it",
        r"sa(?:id|ys)|stat(?:es|ed)|comment(?:s|ed)|confirm(?:s|ed)|noted|reported|"
        r"describ(?:es|ed)|according|testif\w+|explain(?:s|ed)|acknowledg(?:es|ed)",
        (r"(?:notes|reports|wrote) that",),
    ),
    "quotation": Cue(-0.8, "a quotation", phrase=r"[“‘\"][^”’\"]{25}"),
    "percent": Cue(
        -1.0,
        "a measured effect",
        r"%|percent",
        (r"per cent",),
    ),
    "prize": Cue(-0.7, "praise for it", r"awards?|prizes?|shortlisted|winning|won"),
}
PLACES: dict[str, Place] = {
    "outside impacts": Place(
        0.7, "where no change is claimed, the researchers are on the way to one"
    ),
    "first of impact": Place(0.6, "an impact begins with how it came about"),
    "later half of impact": Place(-0.1, "an impact ends with what came of it"),
    "heading": Place(0.4, "the heading announces engagement"),
    "section 2": Place(-1.0, "section 2 is mostly on the research itself"),
    "late in section 2": Place(1.6, "it ends with where the research went"),
    "first of paragraph": Place(-0.7, "the first sentence says what the paragraph is about"),
    "opening": Place(-0.7, "the section's opening gives an overview"),
    "finding": Place(-1.4, "the passage says what was found"),
    "sourced": Place(-0.8, "a source is marked where a change is claimed"),
    "short": Place(-0.8, "a line or two"),
    "long": Place(-0.4, "it tells much besides"),
    "quoted": Place(-1.9, "the sentence is somebody else's"),
}
