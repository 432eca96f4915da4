"""An invented case study in the REF's template (REF3), filled in as people fill it in."""

from __future__ import annotations

from word_files import cell, link, paragraph, row, run, table, word_file

__all__ = ["FORM_TEXT", "filled_form"]

BOLD, ITALIC, RAISED = "<w:b/>", "<w:i/>", '<w:vertAlign w:val="superscript"/>'
NOTE = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteReference w:id="2"/></w:r>'

FORM_TEXT = """\
Institution: University of Nowhere

Unit of assessment: 12 Engineering

Title of case study: Warmer schools for less

Period when the underpinning research was undertaken: 2010 – 2017

Details of staff conducting the underpinning research from the submitting unit:

| Name(s): | Role(s) (e.g. job title): | Period(s) employed by submitting HEI: |
| Dana Flue | Professor of Building Physics | 2005 – present |
| Emre Vent | Research Fellow | 2010 – 2017 |

Period when the claimed impact occurred: 2014 – 2020

Is this case study continued from a case study submitted in 2014? N

1. Summary of the impact

Flue's work on how old schools lose heat changed how 312 schools are heated and saved them £2.1 \
million a year. It was taken up by the ministry in its guidance of 2018, and by the makers of two \
heating systems that are now sold in nine countries.

2. Underpinning research

Most old schools are heated as if they were full all day. Flue and Vent measured how warm 48 \
classrooms were over three winters, and how many people were in them [R1]. Their key insight was \
that the walls, not the air, decide when a room feels warm [R2, R3]<sup>1</sup>.

**What was found**

(a) Rooms with thick walls need heat two hours before lessons, and none after noon [R1].
(b) Draughts matter less than cold walls: a wall at 14 °C makes a room at 20 °C feel like one at \
17 °C, whatever the *measured* air temperature [R2].
(c) Pupils open windows because rooms are **too warm**, not for fresh air [R3].

<sup>1</sup> The data are kept by the university's archive.

3. References to the research

R1. Flue, D. and Vent, E. (2012) *Empty rooms, warm radiators*, Journal of Old Buildings 7(2): \
11–29. https://doi.org/10.5555/job.2012.7.2.11
R2. Flue, D. (2014) *Cold walls*. Proceedings of the Society for Heat 31: 101–120.
R3. Vent, E. and Flue, D. (2016) *Why windows are open*, \
[Indoor Letters](https://example.org/il/9) 9(4): 3–8.

4. Details of the impact

### Heating in schools

The group's advice was taken up first by the schools of Lower Nowhere, 41 in number, and two years \
later by the whole county [1]. The county's head of buildings confirms that gas bills fell by a \
fifth "in the very first winter, which was a hard one" [2].

The ministry's guidance of 2018 rests on finding (b) and cites R2 [3; p. 14].

### Makers of heating systems

Two makers built the rule into their controls [4]. Together they have sold 18,000 of them in nine \
countries, and employ 26 more people than before.

5. Sources to corroborate the impact

[1] Minutes of the county's committee for buildings, 3 March 2016.
[2] Letter from the Head of Buildings, Nowhere County Council.
[3] Ministry of Schools, Heating old schools, 2018. https://example.org/ministry/heating-old-schools
[4] Catalogues of both makers, 2019 and 2020.
"""


def _abstract(key: str, *levels: tuple[str, str]) -> str:
    inside = "".join(
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{form}"/>'
        f'<w:lvlText w:val="{text}"/><w:pPr><w:ind w:left="720" w:hanging="567"/></w:pPr></w:lvl>'
        for at, (form, text) in enumerate(levels)
    )
    return f'<w:abstractNum w:abstractNumId="{key}">{inside}</w:abstractNum>'


NUMBERING = (
    _abstract("0", ("lowerLetter", "(%1)"))
    + _abstract("1", ("decimal", "R%1."))
    + _abstract("2", ("decimal", "[%1]"))
    + "".join(
        f'<w:num w:numId="{at + 1}"><w:abstractNumId w:val="{at}"/></w:num>' for at in range(3)
    )
)


def filled_form() -> bytes:
    """Return the case study as a DOCX file: the template's one table, a footer, a footnote."""

    def whole(*blocks: str) -> str:
        return row(cell(*blocks, width=9600, span=3))

    def entry(label: str, words: str) -> str:
        return whole(paragraph(run(label, BOLD), run(f" {words}")))

    staff = row(
        cell(paragraph(run("Name(s):", BOLD)), paragraph(), "Dana Flue", "Emre Vent", width=3200),
        cell(
            paragraph(run("Role(s) (e.g. job title):", BOLD)),
            paragraph(),
            "Professor of Building Physics",
            "Research Fellow",
            width=3200,
        ),
        cell(
            paragraph(run("Period(s) employed by submitting HEI:", BOLD)),
            paragraph(),
            "2005 – present",
            "2010 – 2017",
            width=3200,
        ),
    )
    form = table(
        entry("Institution:", "University of Nowhere"),
        entry("Unit of Assessment:", "12 Engineering"),
        entry("Title of case study:", "Warmer schools for less"),
        entry("Period when the underpinning research was undertaken:", "2010 – 2017"),
        whole(
            paragraph(
                run(
                    "Details of staff conducting the underpinning research from the submitting "
                    "unit:",
                    BOLD,
                )
            )
        ),
        staff,
        entry("Period when the claimed impact occurred:", "2014 – 2020"),
        entry("Is this case study continued from a case study submitted in 2014?", "N"),
        whole(*_sections_one_and_two()),
        whole(*_section_three()),
        whole(*_section_four()),
        whole(*_section_five()),
    )
    return word_file(
        form,
        numbering=NUMBERING,
        footnotes=["The data are kept by the university's archive."],
        addresses=["https://doi.org/10.5555/job.2012.7.2.11", "https://example.org/il/9"],
        header=paragraph("Impact case study (REF3)"),
        footer=paragraph(
            "Page ", '<w:fldSimple w:instr=" PAGE "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
        ),
    )


def _sections_one_and_two() -> list[str]:
    return [
        paragraph(run("1. Summary of the impact (indicative maximum 100 words)", BOLD)),
        paragraph(
            "Flue's work on how old schools lose heat changed how 312 schools are heated and saved "
            "them £2.1 million a year. It was taken up by the ministry in its guidance of 2018, "
            "and by the makers of two heating systems that are now sold in nine countries."
        ),
        paragraph(run("2. Underpinning research (indicative maximum 500 words)", BOLD)),
        paragraph(
            "Most old schools are heated as if they were full all day. Flue and Vent measured how "
            "warm 48 classrooms were over three winters, and how many people were in them [R1]. "
            "Their key insight was that the walls, not the air, decide when a room feels warm "
            "[R2, R3]",
            NOTE,
            run("."),
        ),
        paragraph(run("What was found", BOLD)),
        paragraph(
            "Rooms with thick walls need heat two hours before lessons, and none after noon [R1].",
            in_list="1",
        ),
        paragraph(
            "Draughts matter less than cold walls: a wall at 14 °C makes a room at 20 °C feel like "
            "one at 17 °C, whatever the ",
            run("measured", ITALIC),
            run(" air temperature [R2]."),
            in_list="1",
        ),
        paragraph(
            "Pupils open windows because rooms are ",
            run("too warm", BOLD),
            run(", not for fresh air [R3]."),
            in_list="1",
        ),
    ]


def _section_three() -> list[str]:
    return [
        paragraph(
            run("3. References to the research (indicative maximum of six references)", BOLD)
        ),
        paragraph(
            "Flue, D. and Vent, E. (2012) ",
            run("Empty rooms, warm radiators", ITALIC),
            run(", Journal of Old Buildings 7(2): 11–29. "),
            link("link0", "https://doi.org/10.5555/job.2012.7.2.11"),
            in_list="2",
        ),
        paragraph(
            "Flue, D. (2014) ",
            run("Cold walls", ITALIC),
            run(". Proceedings of the Society for Heat 31: 101–120."),
            in_list="2",
        ),
        paragraph(
            "Vent, E. and Flue, D. (2016) ",
            run("Why windows are open", ITALIC),
            run(", "),
            link("link1", "Indoor Letters"),
            run(" 9(4): 3–8."),
            in_list="2",
        ),
    ]


def _section_four() -> list[str]:
    return [
        paragraph(run("4. Details of the impact (indicative maximum 750 words)", BOLD)),
        paragraph("Heating in schools", style="Heading3"),
        paragraph(
            "The group's advice was taken up first by the schools of Lower Nowhere, 41 in number, "
            "and two years later by the whole county [1]. The county's head of buildings confirms "
            'that gas bills fell by a fifth "in the very first winter, which was a hard one" [2].'
        ),
        paragraph("The ministry's guidance of 2018 rests on finding (b) and cites R2 [3; p. 14]."),
        paragraph("Makers of heating systems", style="Heading3"),
        paragraph(
            "Two makers built the rule into their controls [4]. Together they have sold 18,000 of "
            "them in nine countries, and employ 26 more people than before."
        ),
    ]


def _section_five() -> list[str]:
    return [
        paragraph(
            run("5. Sources to corroborate the impact (indicative maximum of 10 references)", BOLD)
        ),
        *(
            paragraph(words, in_list="3")
            for words in (
                "Minutes of the county's committee for buildings, 3 March 2016.",
                "Letter from the Head of Buildings, Nowhere County Council.",
                "Ministry of Schools, Heating old schools, 2018. "
                "https://example.org/ministry/heating-old-schools",
                "Catalogues of both makers, 2019 and 2020.",
            )
        ),
    ]
