"""Claims and their marks in invented impacts."""

from __future__ import annotations

from impactgraph.extraction.claims import read_claims
from impactgraph.extraction.reading import ClaimPassage
from impactgraph.model import Maturity
from marked_passages import find_marks, read_sections


def read(four: str) -> list[tuple[str, ClaimPassage]]:
    plain = read_sections(four=four)
    stretches = [block.span for block in plain.blocks_of("4")]
    claims = read_claims(plain, stretches, find_marks(plain))
    return [(plain.words(claim.span), claim) for claim in claims]


def test_a_mark_belongs_to_the_claim_of_its_own_sentence() -> None:
    [(_, first), (_, second)] = read(
        "The council adopted the policy in 2016 [S1, R1]. Savings reached £40,000 a year [S2]."
    )
    assert (first.sources, first.outputs, first.nearby_sources) == ((1,), (1,), ())
    assert second.sources == (2,)


def test_an_unmarked_claim_may_rest_on_the_next_mark_of_its_paragraph() -> None:
    [(_, first), (_, second), (_, third)] = read(
        "The council adopted the policy in 2016. It has saved £40,000 a year since then [S2].\n\n"
        "Two schools adopted the policy as well."
    )
    assert (first.sources, first.nearby_sources) == ((), (2,))
    assert (second.sources, second.nearby_sources) == ((2,), ())
    assert third.nearby_sources == ()


def test_what_a_colon_announces_is_of_the_same_paragraph() -> None:
    [(_, first), _] = read(
        "The council changed its policy on verges, as its leader says:\n\n"
        "“We changed everything about how we mow” [S3]."
    )
    assert first.nearby_sources == (3,)


def test_a_sentence_that_claims_no_change_is_no_claim() -> None:
    assert read("Borsetshire is a county in the west of the country. Is moss a weed at all?") == []


def test_maturity_is_given_where_one_kind_of_change_is_claimed() -> None:
    [(_, one), (_, two), (_, three), (_, mixed)] = read(
        "Pupils’ awareness of moss is high in this county. The guidance was adopted in 2016. "
        "Floods have fallen by half since that year. Awareness led to savings in the county."
    )
    assert one.maturity is Maturity.UNDERSTANDING
    assert two.maturity is Maturity.ADOPTION
    assert three.maturity is Maturity.BENEFIT
    assert mixed.maturity is None


def test_a_sentence_that_marks_a_source_is_to_be_corroborated_in_whatever_words() -> None:
    [(_, claim)] = read("The mayor asked ten councils to come to the table that winter [S2].")
    assert (claim.sources, claim.maturity) == ((2,), None)
