from __future__ import annotations

from decimal import Decimal

import pytest

from impactgraph.extraction.grants import read_grants
from impactgraph.extraction.reading import GrantMention
from plain_sections import plain_sections

OUTPUTS = (
    "R1. Moss, A. (2014) ‘Mosses of the moor’, Journal of Bogs, 3(2), 11–19.\n\n"
    "R2. Fern, B. (2015) ‘Ferns of the fen’, Journal of Bogs, 4(1), 21–29.\n\n"
)


def grants(two: str = "Of bogs.", three: str = "") -> tuple[GrantMention, ...]:
    return read_grants(plain_sections(two=two, three=OUTPUTS + three), ())[0]


def briefly(found: tuple[GrantMention, ...]) -> list[tuple[str | None, str | None, str | None]]:
    return [
        (grant.funder, grant.number, None if grant.amount is None else f"{grant.amount:f}")
        for grant in found
    ]


@pytest.mark.parametrize(
    ("item", "funder", "number", "amount"),
    [
        ("G1. ESRC ES/X000000/1, ‘Of bogs and fens’, £100,000", "ESRC", "ES/X000000/1", "100000"),
        (
            "[G1] Moss (PI), ‘Of bogs’. Leverhulme Trust. GBP44,926",
            "Leverhulme Trust",
            None,
            "44926",
        ),
        ("G1: Moor Rescue Foundation, £1.77m", "Moor Rescue Foundation", None, "1770000"),
        ("G1 EP/X000000/1 (PI: Moss) £80k", "EPSRC", "EP/X000000/1", "80000"),
        ("G1. EU FP7 project (265838), EUR3,880,634", "EU FP7", "265838", "3880634"),
        ("G1. Royal Society UF110000, £8,000 (UF110001)", "Royal Society", "UF110000", "8000"),
    ],
)
def test_a_listed_grant_is_read(
    item: str, funder: str, number: str | None, amount: str | None
) -> None:
    assert briefly(grants(three=item)) == [(funder, number, amount)]


def test_a_grant_has_its_title_and_period() -> None:
    (grant,) = grants(three="G1. ESRC, ‘Of bogs and of fens’, 2012-14, £100,000 (PI: Moss)")
    assert (grant.title, grant.start, grant.end) == ("Of bogs and of fens", "2012", "2014")
    assert (grant.amount, grant.currency) == (Decimal(100000), "GBP")


def test_a_paragraph_of_several_grants_is_divided() -> None:
    text = "Grants: ESRC, £54,254 (2013); British Council, £54,378 (2017); Fen Trust, £15,000."
    assert briefly(grants(three=text)) == [
        ("ESRC", None, "54254"),
        ("British Council", None, "54378"),
        ("Fen Trust", None, "15000"),
    ]


def test_a_sum_of_all_grants_is_none() -> None:
    text = "We won £69,254 total grant funding: ESRC, £54,254; Fen Trust, £15,000."
    assert [amount for _, _, amount in briefly(grants(three=text))] == ["54254", "15000"]


def test_the_row_of_a_table_that_adds_up_is_none() -> None:
    table = "**Grants**\n\n| G1. ESRC | Of bogs | £100 |\n| --- | --- | --- |\n| TOTAL: | | £100 |"
    assert briefly(grants(three=table)) == [("ESRC", None, "100")]


def test_fields_on_lines_of_their_own_are_one_grant() -> None:
    text = (
        "Grant details\n\n- Principal Investigator: Ada Moss\n- Grant title: Of bogs\n"
        "- Sponsor: Fen Trust\n- Value of the grant: £25,000\n\n"
        "- Principal Investigator: Ada Moss\n- Sponsor: ESRC\n- Value of the grant: £40,549"
    )
    assert briefly(grants(three=text)) == [("Fen Trust", None, "25000"), ("ESRC", None, "40549")]


@pytest.mark.parametrize(
    ("sentence", "funders"),
    [
        ("The study was funded by the Fen Trust.", ["Fen Trust"]),
        ("An AHRC-funded study found bogs.", ["AHRC"]),
        (
            "With grants from the ESRC, the Fen Trust and INQUEST, she drained it.",
            ["ESRC", "Fen Trust", "INQUEST"],
        ),
        ("She won a Leverhulme Fellowship to study bogs.", ["Leverhulme"]),
        ("The survey was supported by a Wellcome Trust marsh drainage award.", ["Wellcome Trust"]),
        ("The work rests on research grants from the ESRC and FENA.", ["ESRC", "FENA"]),
        ("The survey was funded by H2020 and the ESRC.", ["H2020", "ESRC"]),
        ("She won a Fenland Embassy grant (£3,000) to study bogs.", ["Fenland Embassy"]),
        ("She won a Fenland Embassy grant to study bogs.", []),
        ("The drug was funded by the US based company Fenco.", []),
        ("The methods were supported by puppets and by Moss at Fen Hall.", []),
        ("Pension funds are key. Crowd-funded bogs are not.", []),
        ("The IMF commissioned Moss to review bogs.", []),
    ],
)
def test_prose_names_who_funds(sentence: str, funders: list[str]) -> None:
    assert [grant.funder for grant in grants(two=sentence)] == funders


def test_prose_gives_number_and_sum() -> None:
    found = grants(two="A £5,000 start-up grant from the Fen Trust led to bogs (AH/X000000/1).")
    assert briefly(found) == [("Fen Trust", None, "5000"), ("AHRC", "AH/X000000/1", None)]


def test_an_award_is_mentioned_once() -> None:
    found = grants(
        two="An ESRC-funded study (2012-2014) found bogs, in a £1.1m ESRC project.",
        three="G1. Economic and Social Research Council, 2012-14, £1,100,200",
    )
    assert briefly(found) == [("Economic and Social Research Council", None, "1100200")]


def test_awards_of_other_years_are_others() -> None:
    found = grants(
        two="An ESRC-funded study (2004-2006) found bogs.", three="G1. ESRC, 2012, £9,000"
    )
    assert briefly(found) == [("ESRC", None, None), ("ESRC", None, "9000")]


def test_an_output_may_name_its_award() -> None:
    text = (
        "R3. Reed, C. (2016) ‘Reeds’, Bogs, 5(3), 31–39 (NERC Reeds and Rushes, PI Reed, £843,895)"
    )
    assert briefly(grants(three=text)) == [("NERC", None, "843895")]


def test_prizes_are_no_grants() -> None:
    assert grants(three="**Grants and awards**\n\n3.7 ESRC Prize for the Best Paper, 2016") == ()


@pytest.mark.parametrize(
    ("text", "funders"),
    [
        (
            "It was funded by charities (e.g. Fen Trust), public bodies (via Moor Council; Bog"
            " Housing Group) and others.",
            ["Fen Trust", "Moor Council", "Bog Housing Group"],
        ),
        ("It was funded by industry (EP/X000000/1) and others.", ["EPSRC"]),
        (
            "It was funded by the Arts Council; HEIF funding; Moor Council.",
            ["Arts Council", "HEIF", "Moor Council"],
        ),
        (
            "It was underpinned by a National Institute of Moss Research award.",
            ["National Institute of Moss Research"],
        ),
        ("It was underpinned by the work of Moor Company.", []),
        ("The need met by its funding rose from GBP900 to GBP1,330.", []),
    ],
)
def test_funders_are_told_by_kind_or_one_after_the_other(text: str, funders: list[str]) -> None:
    assert [funder for funder, _, _ in briefly(grants(text))] == funders
