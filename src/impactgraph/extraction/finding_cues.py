"""What speaks for and against a paragraph's saying what the research found.

The points were weighed on case studies that careful readers had annotated, then rounded.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = [
    "ANNOUNCES",
    "ANOTHER_STUDY",
    "DATED",
    "FINDINGS_HEADING",
    "FOUND",
    "FRAME",
    "MADE",
    "OTHER_HEADING",
    "PEOPLE",
    "REACHED",
    "REFERS_BACK",
    "RESEARCH",
    "RESEARCH_FOUND",
    "SENTENCE_WEIGHTS",
    "USED",
    "WEIGHTS",
    "Weight",
]

# What says that something was found, shown or argued.
FOUND = re.compile(
    r"\b(?:found|finds|show(?:s|ed|n|ing)|demonstrat(?:es?|ed|ing)|reveal(?:s|ed|ing)|"
    r"identif(?:y|ies|ied|ying)|establish(?:es|ed|ing)|conclu(?:des?|ded)|"
    r"confirm(?:s|ed|ing)|discover(?:s|ed|ing)|highlight(?:s|ed|ing)|indicat(?:es?|ed|ing)|"
    r"suggest(?:s|ed|ing)|argu(?:es?|ed|ing)|prov(?:es?|ed|en)|evidenc(?:es|ed|ing)|"
    r"uncover(?:s|ed|ing)|illustrat(?:es?|ed|ing)|determined|quantif(?:ies|ied)|"
    r"challeng(?:es|ed|ing)|explain(?:s|ed|ing)|contend(?:s|ed|ing)|underlin(?:es|ed|ing)|"
    r"emphasi[sz](?:es|ed|ing)|observed|recommend(?:s|ed|ing)|propos(?:es|ed|ing)|"
    r"illuminat(?:es|ed|ing)|expos(?:es|ed|ing)|clarif(?:ies|ied|ying)|articulat(?:es|ed|ing)|"
    r"(?:findings?|results?|conclusions?|insights?)\s+(?:\w+\s){0,3}(?:is|are|was|were|that|into)|"
    r"led\s+to|resulted\s+in)\b",
    re.IGNORECASE,
)
# What says that something was made or worked out.
MADE = re.compile(
    r"\b(?:develop(?:s|ed|ing)|design(?:s|ed)|creat(?:es|ed)|introduc(?:es|ed)|"
    r"produc(?:es|ed)|pioneer(?:s|ed|ing)|invented|built|formulat(?:es|ed)|devis(?:es|ed)|"
    r"advanc(?:es|ed)|novel|method(?:s|ology)?|framework|model(?:s|led)?|theor(?:y|ies|ised)|"
    r"analys(?:es|ed|is)|examin(?:es|ed)|investigat(?:es|ed)|explor(?:es|ed)|concept(?:s|ualis\w+)?|"
    r"improv(?:es|ed)|enabl(?:es|ed)|synthesi[sz]ed|tested|measured|assess(?:es|ed)|"
    r"defin(?:es|ed)|describ(?:es|ed)|distinguish(?:es|ed)|differentiates?|considers?|considered)\b",
    re.IGNORECASE,
)
# What a paragraph on aims, people, money or partners says.
FRAME = re.compile(
    r"\b(?:aim(?:s|ed)?|objectives?|sought to|seeks? to|set out to|research questions?|"
    r"(?:is|was|were|been) (?:\w+ )?(?:funded|supported|awarded|appointed|commissioned)|"
    r"PI|Co-I|principal investigator|co-investigators?|joined|(?:was|were) led by)\b"
)
# What a paragraph on the way to users says.
REACHED = re.compile(
    r"\b(?:exhibitions?|workshops?|disseminat(?:ed|ion)|invited|licen[cs]ed|spin-?out|"
    r"commerciali[sz]ed|adopted|audiences?|public engagement)\b",
    re.IGNORECASE,
)
# What a sentence on the research names.
RESEARCH = re.compile(
    r"\b(?:research(?:ers?)?|stud(?:y|ies)|project|analys[ie]s|work|findings?|results?|team|"
    r"our|we|survey|trial|paper|book|article|monograph|he|she|they|professor|prof|dr)\b",
    re.IGNORECASE,
)
# What says that the research itself found something.
RESEARCH_FOUND = re.compile(
    r"\b(?:research|stud(?:y|ies)|analys[ie]s|work|findings|results|trial|survey|project|data|"
    r"outputs?|book|monograph|papers?|articles?|we|they|team|researchers)\b"
    r"(?:[^.;:]{0,60}?)\b(?:found|finds|show(?:s|ed|n)|demonstrat(?:es?|ed)|reveal(?:s|ed)|"
    r"identif(?:ies|ied)|established|conclude[sd]|confirm(?:s|ed)|discovered|highlight(?:s|ed)|"
    r"indicate[sd]?|suggest(?:s|ed)?|argue[sd]?|proved|uncovered|challenge[sd])\b",
    re.IGNORECASE,
)
# What a sentence on people, money and partners names.
PEOPLE = re.compile(
    r"\b(?:fund(?:ed|ing)|grants?|award(?:ed)?|led by|led the|collaborat\w{1,9}|partner\w{0,8}|"
    r"team|colleagues|PhD|postdoctoral)\b",
    re.IGNORECASE,
)
# What a sentence on the use made of research says.
USED = re.compile(
    r"\b(?:used (?:by|in|to inform)|inform(?:s|ed|ing)|adopt(?:s|ed|ing)|appoint(?:ed|ment)|"
    r"award(?:s|ed)?|prizes?|endors\w{1,7}|invited|commission(?:s|ed|ing)|published (?:in|by|as)|"
    r"cited|advis\w{1,5}|polic(?:y|ies)|guid(?:elines?|ance)|implement\w{0,9})\b",
    re.IGNORECASE,
)
# How a sentence begins that goes on with the one before it.
REFERS_BACK = re.compile(
    r"(?:this|these|those|such|it|its|they|their|he|his|she|her|both|the (?:results?|findings?|"
    r"latter|same|analysis|study|survey|outcomes?)|by|here|also|furthermore|moreover|in addition|"
    r"however|specifically|for example|for instance|in particular|importantly|crucially)\b",
    re.IGNORECASE,
)
# How a line announces a list of findings.
ANNOUNCES = re.compile(
    r"find|found|result|insight|show|demonstrat|reveal|identif|establish|conclu|highlight|"
    r"indicat|suggest|prov|argu|recommend|contribut",
    re.IGNORECASE,
)
# How the first words tell of a study of its own.
ANOTHER_STUDY = re.compile(
    r"\b(?:an?|another|further|second|third|separate|subsequent|wider|later|recent|additional|"
    r"related|other|final|latest|the|our|this)\s(?:[\w-]+\s){0,4}?(?:stud(?:y|ies)|reviews?|analys[ie]s|"
    r"survey|trial|paper|project|experiments?|investigations?|cohort|meta-analysis|work|research|"
    r"article|book|chapter|report|evaluation)\b",
    re.IGNORECASE,
)
# How a sentence dates a study of its own.
DATED = re.compile(
    r"(?:in|from|between|since|during)\s(?:\w{1,12}\s){0,2}(?:19|20)\d\d\b", re.IGNORECASE
)
# Headings of what is no finding.
OTHER_HEADING = re.compile(
    r"(?:the\s+)?(?:(?:research\s+)?(?:context|background|team)|introduction|overview|staff|"
    r"(?:key\s+)?researchers?|funding|(?:research\s+)?aims?(?:\s+and\s+objectives)?|objectives|"
    r"references?.{0,40}|(?:the\s+)?problem|(?:the\s+)?challenge|acknowledge?ments?)",
    re.IGNORECASE,
)
FINDINGS_HEADING = re.compile(
    r".{0,30}\b(?:findings?|results|insights|advances|discover(?:y|ies)|contributions?)\b.{0,30}",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Weight:
    """What one feature of a paragraph says of its being a finding, and why."""

    points: float
    why: str


WEIGHTS = {
    "cites": Weight(2.0, "outputs are cited where what they found is told"),
    "cites all": Weight(-0.8, "a mark for all outputs together introduces them"),
    "found": Weight(0.8, "a verb of finding, twice at most"),
    "made": Weight(0.4, "a verb of making, twice at most"),
    "frame": Weight(-0.6, "aims, people and money stand apart from findings, twice at most"),
    "reached": Weight(-0.7, "how it reached people is told apart, twice at most"),
    "first": Weight(-1.4, "the first paragraph gives the context"),
    "uncited": Weight(-1.2, "in a document that cites outputs, findings cite them"),
    "none cite": Weight(0.8, "where no paragraph cites outputs, findings show by verbs alone"),
    "subject": Weight(0.8, "the research itself is said to have found something"),
    "listed": Weight(0.8, "an item under a line that announces findings"),
    "other heading": Weight(-2.0, "the heading announces context, people or aims"),
    "findings heading": Weight(0.6, "the heading announces findings"),
    "short": Weight(-0.8, "a line or two without a mark leads on to others"),
    "leads on": Weight(-1.0, "it ends with a colon"),
    "quoted": Weight(-3.0, "most of it is what somebody said of the research"),
}
SENTENCE_WEIGHTS = {
    "any": Weight(1.2, "most sentences of a paragraph that tells of a finding are of it"),
    "opens": Weight(-0.6, "the context stands first"),
    "cites": Weight(1.3, "outputs are cited where what they found is told"),
    "found": Weight(0.3, "a verb of finding"),
    "made": Weight(0.5, "a verb of making"),
    "subject": Weight(1.0, "the research itself is said to have found something"),
    "refers back": Weight(0.4, "it goes on with the sentence before it"),
    "frame": Weight(-0.5, "aims, people and money stand apart from findings"),
    "people": Weight(-1.0, "so do funders and partners"),
    "reached": Weight(-0.8, "how it reached people is told apart"),
    "used": Weight(-0.5, "so is the use that was made of it"),
}
