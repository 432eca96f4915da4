"""Each kind of gap: where it is found, where it is not, and what it says."""

from __future__ import annotations

import pytest

from gaps.described_case_studies import OTHERS, PARTNER, described, mark, part, place, sound
from impactgraph.errors import NotFoundError
from impactgraph.gaps import KINDS, Absence, Severity, find_gaps
from impactgraph.gaps.figures import FIGURE_KINDS
from impactgraph.gaps.temporal import TEMPORAL_KINDS
from impactgraph.model import Basis, Maturity, RoleType
from small_case_studies import CASE, case_graph

DATED = {kind.id for kind in (*TEMPORAL_KINDS, *FIGURE_KINDS)}
"""Those that have tests of their own."""

CASES = [
    # kind, lines, what else is said, names of the nodes, severity
    ("nothing-before", ("output 2 carriedBy pathway 1",), {}, ("output 2",), "low"),
    ("nothing-before", ("pathway 2 ledTo impact 1",), {}, ("pathway 2",), "medium"),
    ("nothing-before", ("impact 2",), {}, ("impact 2",), "high"),
    ("nothing-before", ("research creditedFor impact 2",), {}, ("impact 2",), "medium"),
    ("nothing-after", ("finding b",), {}, ("finding b",), "medium"),
    ("nothing-after", ("finding a reportedIn output 2",), {}, ("output 2",), "medium"),
    ("nothing-after", ("output 1 carriedBy pathway 2",), {}, ("pathway 2",), "medium"),
    ("stage-skipped", ("finding a contributedTo impact 1",), {}, ("finding a", "impact 1"), "note"),
    ("stage-skipped", ("finding a carriedBy pathway 1",), {}, ("finding a", "pathway 1"), "note"),
    ("stage-skipped", ("output 1 contributedTo impact 1",), {}, ("output 1", "impact 1"), "note"),
    ("uncorroborated-impact", ("pathway 1 ledTo impact 2",), {}, ("impact 2",), "high"),
    ("uncorroborated-claim", ("claim d of 1",), {}, ("claim “claim d”",), "medium"),
    (
        "uncorroborated-claim",
        ("claim d of 1", "claim d corroboratedBy source A inferred 0.6"),
        {},
        ("claim “claim d”",),
        "low",
    ),
    ("uncorroborated-pathway", ("output 1 carriedBy pathway 2",), {}, ("pathway 2",), "low"),
    ("source-unused", ("source B",), {}, ("source B",), "low"),
    (
        "step-unattested",
        ("research creditedFor impact 2", "impact 2 corroboratedBy source B"),
        {},
        ("impact 2",),
        "medium",
    ),
    (
        "all-parties-involved",
        ("impact 2 corroboratedBy source B",),
        {
            "fields": {"source/B": {"party": PARTNER}},
            "roles": (part(PARTNER, RoleType.PARTNER, "pathway/1"),),
        },
        ("impact 2",),
        "medium",
    ),
    (
        "all-parties-involved",
        ("impact 2 corroboratedBy source B",),
        {"fields": {"source/B": {"party": OTHERS}}},  # who benefits, and has no part
        ("impact 2",),
        "note",
    ),
    ("testimony-alone", ("impact 2 corroboratedBy source B",), {}, ("impact 2",), "low"),
    (
        "single-party",
        ("impact 2 corroboratedBy source B",),
        {"fields": {"source/B": {"party": OTHERS}}},
        ("impact 2",),
        "low",
    ),
    (
        "single-party",
        ("impact 2 corroboratedBy source B", "impact 2 corroboratedBy source D"),
        {"fields": {"source/B": {"party": OTHERS}, "source/D": {"speaker": OTHERS}}},
        ("impact 2",),
        "low",
    ),
    (
        "source-cited-broadly",
        (),
        {"marks": (mark("[A]", "source/A", on_heading=True),)},
        ("source A",),
        "low",
    ),
    (
        "source-cited-broadly",
        ("impact 1 corroboratedBy source B", "impact 1 corroboratedBy source D"),
        {
            "marks": (
                mark("[A-D, R]", "source/A", "source/B", "source/D", "source/R"),
                *(mark(f"[{one}]", f"source/{one}") for one in "ABD"),
            )
        },
        ("source R",),
        "low",
    ),
    (
        "benefit-unsourced",
        ("claim d of 1",),
        {
            "fields": {
                "claim/c": {"maturity": Maturity.ADOPTION},
                "claim/d": {"maturity": Maturity.BENEFIT},
            }
        },
        ("impact 1",),
        "medium",
    ),
    (
        "no-beneficiary",
        (),
        {"fields": {"impact/1": {"beneficiaries": ()}}},
        ("impact 1",),
        "medium",
    ),
    ("no-change", (), {"fields": {"impact/1": {"change": None}}}, ("impact 1",), "medium"),
    ("no-date", (), {"fields": {"impact/1": {"temporal": ()}}}, ("impact 1",), "low"),
    (
        "summary-only",
        (),
        {"fields": {"claim/c": {"anchors": (place("1", 3, 9),)}}},
        ("claim “claim c”",),
        "low",
    ),
    (
        "summary-only",
        (),
        {
            "fields": {
                "impact/1": {"heading": place("4", 40, 60)},
                "claim/c": {"anchors": (place("1", 3, 9), place("4", 45, 60))},
            }
        },
        ("claim “claim c”",),
        "low",
    ),
    (
        "summary-silent",
        ("pathway 1 ledTo impact 2",),
        {"fields": {"impact/1": {"anchors": (place("1", 3, 9), place("4", 10, 19))}}},
        ("impact 2",),
        "note",
    ),
    (
        "single-point-of-failure",
        ("finding b reportedIn output 1",),
        {},
        ("impact 1", "output 1", "pathway 1"),
        "low",
    ),
    (
        "research-as-a-whole",
        ("research creditedFor impact 1", "output 1", "pathway 1 ledTo impact 1"),
        None,
        ("output 1", "pathway 1"),
        "medium",
    ),
    (
        "pathway-figures-uncorroborated",
        ("pathway 1", "pathway 2", "pathway 3 corroboratedBy source A"),
        {"fields": {f"pathway/{one}": {"figures": (f"{CASE}/figure/1",)} for one in "12"}},
        ("pathway 1", "pathway 2"),
        "low",
    ),
    (
        "withdrawal-of-one-party",
        ("impact 1 corroboratedBy source A", "impact 2 corroboratedBy source B"),
        {"fields": {f"source/{one}": {"party": OTHERS} for one in "AB"}},
        ("impact 1", "impact 2"),
        "low",
    ),
]
ALONE = {"research-as-a-whole", "pathway-figures-uncorroborated", "withdrawal-of-one-party"}
"""Those whose case study is the lines alone, as what is sound has none of them."""


def names(gaps):
    return [tuple(node.name for node in gap.nodes) for gap in gaps]


def test_a_sound_case_study_has_no_gap():
    for basis in Basis:
        assert find_gaps(sound(), basis=basis, kinds=KINDS) == ()


@pytest.mark.parametrize(("kind", "lines", "said", "expected", "severity"), CASES)
def test_each_kind_is_found_where_it_is(kind, lines, said, expected, severity):
    build = described if kind in ALONE else sound
    (gap,) = find_gaps(build(*lines, **(said or {})), basis=Basis.STATED, kinds=[kind])
    assert names([gap]) == [expected]
    assert gap.severity is Severity(severity)
    assert gap.kind == kind
    assert [place.exact for place in gap.places]
    for sentence in (gap.reason, gap.remedy):
        assert sentence[0].isupper()
        assert sentence.endswith(".")
        assert "None" not in sentence
    if not gap.members:
        assert all(node.name.casefold() in gap.reason.casefold() for node in gap.nodes[:1])


def test_a_mark_that_points_to_nothing_is_no_node_and_is_found_all_the_same():
    graph = sound(marks=(mark("[A, Z]", "source/A", unresolved=("Z",)),))
    (gap,) = find_gaps(graph, basis=Basis.STATED, kinds=["mark-unresolved"])
    assert gap.nodes == ()
    assert gap.at == (f"{CASE}/mark/[A, Z]",)
    assert gap.reason == (
        "The mark “[A, Z]” cites Z, and the document lists no such output or source."
    )


def test_every_kind_is_tested_here_or_with_dates():
    assert {kind for kind, *_ in CASES} | DATED | {"mark-unresolved"} == set(KINDS)


@pytest.mark.parametrize(
    ("kind", "lines", "said"),
    [
        # what is unknown is neither independent nor involved nor the same
        ("all-parties-involved", ("impact 2 corroboratedBy source B",), {}),
        ("single-party", ("impact 2 corroboratedBy source B",), {}),
        (
            "single-party",
            ("impact 2 corroboratedBy source B", "impact 2 corroboratedBy source D"),
            {"fields": {"source/B": {"party": OTHERS}}},
        ),
        (
            "single-party",
            ("impact 2 corroboratedBy source B", "impact 2 corroboratedBy source D"),
            {},
        ),
        # one source that two parties speak for
        (
            "single-party",
            ("impact 2 corroboratedBy source B",),
            {
                "fields": {"source/B": {"party": OTHERS}},
                "roles": (part(PARTNER, RoleType.CORROBORATOR, "source/B"),),
            },
        ),
        # a source that says nothing of the research, where no step leads to the impact
        ("step-unattested", ("impact 2 corroboratedBy source B",), {}),
        # adoption with a source and nothing claimed beyond it
        ("benefit-unsourced", (), {"fields": {"claim/c": {"maturity": Maturity.ADOPTION}}}),
        # a benefit beside claims of no maturity
        (
            "benefit-unsourced",
            ("claim d of 1",),
            {"fields": {"claim/c": {"maturity": None}, "claim/d": {"maturity": Maturity.BENEFIT}}},
        ),
        # a mark of four with pages, and one of three without
        (
            "source-cited-broadly",
            (),
            {
                "marks": (
                    mark("[1]", "source/A", "source/R", "output/1", "output/2", pages="p. 3"),
                    mark("[2]", "source/A", "source/R", "output/1"),
                )
            },
        ),
        # nothing was read in section 1, so nothing is known of it
        ("summary-silent", ("pathway 1 ledTo impact 2",), {}),
        # a beneficiary, a change and a date of a claim are the impact's too
        (
            "no-beneficiary",
            ("claim d of 2",),
            {
                "fields": {
                    "impact/2": {"beneficiaries": ()},
                    "claim/d": {"beneficiaries": (OTHERS,)},
                }
            },
        ),
    ],
)
def test_what_is_unknown_or_enough_is_no_gap(kind, lines, said):
    assert find_gaps(sound("impact 2", *lines, **said), basis=Basis.STATED, kinds=[kind]) == ()


def test_a_gap_of_the_whole_case_study_gathers_single_ones_and_stands_for_them():
    graph = case_graph(
        "research creditedFor impact 1", "output 1", "output 2", "pathway 1 ledTo impact 1"
    )
    gathering = ["research-as-a-whole", "nothing-before", "nothing-after"]
    (whole, *others) = find_gaps(graph, basis=Basis.STATED, kinds=gathering)
    assert whole.kind == "research-as-a-whole"
    assert [(gap.kind, gap.nodes[0].name) for gap in whole.members] == [
        ("nothing-after", "output 1"),
        ("nothing-after", "output 2"),
        ("nothing-before", "pathway 1"),
    ]
    assert [(gap.kind, gap.nodes[0].name) for gap in others] == [
        ("nothing-before", "output 1"),  # it has no finding, whatever it leads to
        ("nothing-before", "output 2"),
    ]
    alone = find_gaps(graph, basis=Basis.STATED, kinds=["nothing-after"])
    assert alone == whole.members[:2]


def test_a_step_from_the_research_ends_what_is_credited_only_as_a_whole():
    lines = ("research creditedFor impact 1", "output 1", "pathway 1 ledTo impact 1")
    step = "output 1 carriedBy pathway 1 curated 0.7"
    graph = case_graph(*lines, step)
    assert find_gaps(graph, basis=Basis.STATED, kinds=["research-as-a-whole"])
    assert not find_gaps(graph, basis=Basis.CURATED, kinds=["research-as-a-whole"])


def test_kinds_that_are_off_by_default_are_found_where_they_are_asked_for():
    graph = case_graph("impact 1", "pathway 1", "source B")
    usual = {gap.kind for gap in find_gaps(graph, basis=Basis.STATED)}
    asked = {gap.kind for gap in find_gaps(graph, basis=Basis.STATED, kinds=KINDS)}
    assert asked - usual == {kind for kind in asked if not KINDS[kind].default_on}


def test_where_no_source_attests_any_research_nothing_is_known_of_that():
    lines = ("research creditedFor impact 1", "impact 1 corroboratedBy source A")
    kinds = ["step-unattested"]
    assert find_gaps(case_graph(*lines), basis=Basis.STATED, kinds=kinds) == ()
    known = case_graph(*lines, "source B attests finding a curated 0.7")
    assert find_gaps(known, basis=Basis.STATED, kinds=kinds) == ()
    assert names(find_gaps(known, basis=Basis.CURATED, kinds=kinds)) == [("impact 1",)]


@pytest.mark.parametrize("name", ["claim d", "pathway 2"])
def test_a_mark_further_down_that_may_be_meant_is_named(name):
    graph = sound("claim d of 1", f"{name} corroboratedBy source A inferred 0.6")
    kinds = ["uncorroborated-claim", "uncorroborated-pathway"]
    said = [gap.reason for gap in find_gaps(graph, basis=Basis.STATED, kinds=kinds)]
    meant = "; a mark further down in its paragraph may be meant for it too."
    assert [reason.endswith(meant) for reason in said if name in reason] == [True]


def test_a_curated_link_closes_a_gap_of_stated():
    graph = sound("finding b", "finding b reportedIn output 1 curated 0.7")
    kinds = ["nothing-after"]
    assert names(find_gaps(graph, basis=Basis.STATED, kinds=kinds)) == [("finding b",)]
    assert find_gaps(graph, basis=Basis.CURATED, kinds=kinds) == ()


def test_an_inferred_link_closes_no_gap_but_is_named_as_probable():
    graph = sound("claim d of 1", "claim d corroboratedBy source A inferred 0.6")
    (gap,) = find_gaps(graph, basis=Basis.INFERRED)
    assert gap.basis is Basis.CURATED
    assert gap.hints == (
        "probable link: claim “claim d” is corroborated by source A "
        "(inferred by paragraph-scope, 0.60), because: both speak of parameters",
    )


@pytest.mark.parametrize("basis", [Basis.STATED, Basis.CURATED])
def test_no_inferred_link_shows_unless_it_was_asked_for(basis):
    graph = sound("claim d of 1", "claim d corroboratedBy source A inferred 0.6")
    (gap,) = find_gaps(graph, basis=basis)
    assert gap.probable == ()
    assert gap.hints == ()


def test_an_inferred_link_opens_no_gap():
    graph = sound("finding a contributedTo impact 1 inferred 0.6")
    assert find_gaps(graph, basis=Basis.INFERRED) == ()


def test_a_pair_is_skipped_once_though_two_links_say_so():
    graph = sound(
        "finding a contributedTo impact 1",
        "finding a contributedTo impact 1 curated 0.7",
    )
    gaps = find_gaps(graph, basis=Basis.CURATED, kinds=["stage-skipped"])
    assert names(gaps) == [("finding a", "impact 1")]


def test_the_most_severe_come_first_then_kinds_and_nodes_in_their_order():
    graph = case_graph("impact 2", "impact 10", "pathway 1", "source B")
    kinds = [kind for kind in KINDS if kind.startswith(("nothing", "uncorroborated", "source-un"))]
    gaps = find_gaps(graph, basis=Basis.STATED, kinds=kinds)
    assert [(gap.severity.value, gap.kind, gap.nodes[0].name) for gap in gaps] == [
        ("high", "nothing-before", "impact 2"),
        ("high", "nothing-before", "impact 10"),
        ("high", "uncorroborated-impact", "impact 2"),
        ("high", "uncorroborated-impact", "impact 10"),
        ("medium", "nothing-before", "pathway 1"),
        ("medium", "nothing-after", "pathway 1"),
        ("low", "uncorroborated-pathway", "pathway 1"),
        ("low", "source-unused", "source B"),
    ]


def test_what_a_person_read_is_lacking_in_the_document():
    (gap,) = find_gaps(sound("source B"), basis=Basis.STATED)
    assert gap.absence is Absence.DOCUMENT


def test_where_nothing_stated_was_read_the_reading_may_be_at_fault():
    gaps = find_gaps(case_graph("source B", "impact 1"), basis=Basis.STATED)
    assert {gap.absence for gap in gaps} == {Absence.READING}
    assert not [gap for gap in gaps if "he document" in gap.reason]


def test_reasons_name_what_lacks_and_remedies_say_where_to_mend_it():
    graph = sound("research creditedFor impact 2", "finding a reportedIn output 2")
    kinds = ["nothing-before", "nothing-after"]
    said = {gap.nodes[0].name: gap for gap in find_gaps(graph, basis=Basis.STATED, kinds=kinds)}
    assert said["impact 2"].reason == (
        "Impact 2 is credited to the research as a whole, but no stated step leads to it from a "
        "finding, an output or a pathway."
    )
    assert said["output 2"].reason == (
        "No stated step leads on from output 2 to a pathway or an impact."
    )
    assert said["output 2"].remedy == (
        "Cite output 2 in section 4 where its content reached people or changed something."
    )


def test_an_unknown_kind_is_named_beside_those_that_there_are():
    with pytest.raises(NotFoundError, match="'holes'; there are research-as-a-whole"):
        find_gaps(sound(), basis=Basis.STATED, kinds=["holes"])
