"""An invented case study in the shape of a real one: 24 nodes, 12 collective links, a break."""

from __future__ import annotations

from decimal import Decimal
from functools import partial

from impactgraph.graph import CaseGraph, GraphNode, Kind, build_graph
from impactgraph.model import Anchor, Basis, Link, Stage, Step
from impactgraph.views.values import CaseStudySummary, Details, Fact, GapView, Quoted
from small_case_studies import case_study_of

CASE = "https://w3id.org/impactgraph/id/coastal-warnings"

LABELS = {
    Kind.FINDING: {
        "a": "Warnings in local words are acted on sooner than official ones",
        "b": "Wardens who live in the street are trusted most",
        "c": "Surge forecasts gain a day when marshes are mapped",
        "d": "Five principles for warning with people, not at them",
        "e": "Drills held with schools reach families that leaflets miss",
    },
    Kind.OUTPUT: {
        "1": "Book: Warning Together (2019)",
        "2": "Article: Who is believed? Trust at the sea wall (2018)",
        "3": "Article: Salt marsh and surge (2020)",
        "4": "Article: Mapping the marsh edge from below (2021)",
        "5": "Chapter: Principles of shared warning (2017)",
    },
    Kind.PATHWAY: {
        "1": "Co-design workshops with 237 residents and wardens",
        "2": "A policy fellowship inside the coastal authority",
        "3": "A toolkit and training, used in five countries",
    },
    Kind.IMPACT: {
        "1": "The coastal authority warns people by a charter written with residents",
        "2": "£7bn of flood defence buying now asks who lives behind the wall",
        "3": "Energy of the marsh trust turned towards carbon",
        "4": "A charity's work shifted to street wardens, and grew",
    },
    Kind.SOURCE: {
        "A": "The warning charter, signed in 2018",
        "B": "Testimonial of the authority's chief officer",
        "C": "Minutes of the coast and harbours committee",
        "D": "Inequality commission's final report",
        "E": "Testimonial of the residents' federation",
        "F": "Testimonial of the marsh trust's director",
        "G": "Testimonial of the street wardens' charity",
    },
    Kind.RESEARCH: {"": "Research on warning with coastal communities"},
}


def anchor(name: str, exact: str, section: str, start: int) -> Anchor:
    return Anchor(
        iri=f"{CASE}/anchor/{name}",
        source=f"{CASE}/document",
        start=start,
        end=start + len(exact),
        exact=exact,
        section=section,
    )


def key_of(kind: Kind, notation: str) -> str:
    return f"{CASE}/{kind.value}/{notation}".rstrip("/")


def nodes() -> list[GraphNode]:
    found = [
        GraphNode(
            iri=key_of(kind, notation),
            kind=kind,
            notation=notation or None,
            label=label,
            anchors=(
                anchor(f"{kind.value}{notation}", " ".join(label.split()[:6]), "2", 100 * place),
            ),
        )
        for kind, members in LABELS.items()
        for place, (notation, label) in enumerate(members.items(), 1)
    ]
    claims = [
        ("1", "The authority set aside £150,000 for street wardens"),
        ("1", "The charter was signed in May 2018"),
        ("2", "Buying rules were changed to ask for local knowledge"),
        ("4", "The charity won £6.2 million"),
    ]
    return found + [
        GraphNode(
            iri=f"{CASE}/claim/{place}",
            kind=Kind.CLAIM,
            label=label,
            claim_of=key_of(Kind.IMPACT, impact),
            anchors=(anchor(f"claim{place}", " ".join(label.split()[:5]), "4", 4000 + place),),
        )
        for place, (impact, label) in enumerate(claims, 1)
    ]


def link(
    origin: str, step: Step, target: str, basis: Basis, *, collective: bool = False, why: str = ""
) -> Link:
    return Link(
        iri=f"{CASE}/link/{len(origin)}-{origin[-9:]}-{step.value}-{target[-9:]}-{basis.value}",
        label="a link",
        origin=origin,
        step=step,
        target=target,
        basis=basis,
        collective=collective,
        confidence=Decimal(1) if basis is Basis.STATED else Decimal("0.7"),
        rationale=why or "the document says so",
        method="paragraph-scope" if basis is Basis.INFERRED else None,
        attributed_to="https://w3id.org/impactgraph/id/agent/reader",
        anchors=(anchor("link", "these three ways", "4", 900),),
    )


def links() -> list[Link]:
    f, o, p, i, s = (
        partial(key_of, kind)
        for kind in (Kind.FINDING, Kind.OUTPUT, Kind.PATHWAY, Kind.IMPACT, Kind.SOURCE)
    )
    stated = Basis.STATED
    found = [
        link(f(a), Step.REPORTED_IN, o(b), stated)
        for a, b in ("a1", "a2", "b2", "c3", "c4", "d5", "e1")
    ]
    found += [link(p(a), Step.LED_TO, i(b), stated, collective=True) for a in "123" for b in "1234"]
    found += [
        link(i(a), Step.CORROBORATED_BY, s(b), stated)
        for a, b in ("1A", "1B", "1C", "1D", "1E", "2B", "3F", "4G")
    ]
    found += [link(f"{CASE}/research", Step.CREDITED_FOR, i(b), stated) for b in "1234"]
    found += [
        link(f"{CASE}/claim/{a}", Step.CORROBORATED_BY, s(b), stated) for a, b in ("1B", "2A", "4G")
    ]
    curated = [("a", "1"), ("a", "2"), ("b", "1"), ("b", "4"), ("c", "3"), ("d", "1"), ("d", "2")]
    curated += [("d", "4"), ("e", "4")]
    found += [
        link(
            f(a),
            Step.CONTRIBUTED_TO,
            i(b),
            Basis.CURATED,
            why="the charter takes over the five principles that the finding names",
        )
        for a, b in curated
    ]
    found.append(
        link(
            f("d"),
            Step.CARRIED_BY,
            p("3"),
            Basis.CURATED,
            why="the toolkit is built on the five principles",
        )
    )
    found.append(link(o("2"), Step.CARRIED_BY, p("1"), Basis.INFERRED, why="shared words"))
    found.append(link(f"{CASE}/claim/3", Step.CORROBORATED_BY, s("B"), Basis.INFERRED))
    return found


def graph() -> CaseGraph:
    return build_graph(
        case_study_of(
            nodes(),
            links(),
            iri=CASE,
            label="Coastal warnings",
            title="Warning with people: earlier and better-trusted flood warnings on the coast",
        )
    )


def summary() -> CaseStudySummary:
    counts = dict(zip(Stage, (5, 5, 3, 4, 7), strict=True))
    return CaseStudySummary(
        slug="coastal-warnings",
        iri=CASE,
        label="Coastal warnings",
        title="Warning with people: earlier and better-trusted flood warnings on the coast",
        institution="University of Sampleton",
        unit_of_assessment="14 Geography",
        exercise="REF 2021",
        research_period="2016–2020",
        impact_period="2016–2020",
        description="How residents and wardens came to write the warnings themselves.",
        counts=counts,
        claims=4,
    )


def details() -> dict[str, Details]:
    return {
        key_of(Kind.OUTPUT, "1"): Details(
            facts=(
                Fact(term="DOI", value="10.1234/abc", href="https://doi.org/10.1234/abc"),
                Fact(term="Published", value="2019"),
            )
        ),
        key_of(Kind.IMPACT, "1"): Details(
            description="Residents wrote the charter with the authority, which now warns by it.",
            quoted=(Quoted(words="it changed how we speak", speaker="Chief officer"),),
            notes=("The charter is older than outputs 3 and 4.",),
        ),
    }


def gaps() -> tuple[GapView, ...]:
    return (
        GapView(
            kind="nothing-after",
            title="Nothing after",
            severity="high",
            reason="No stated link leads from output 3 to any pathway or impact.",
            remedy="Say in section 4 where the article was used, and by whom.",
            lacking="the document does not say it",
            places=("output/3",),
        ),
        GapView(
            kind="uncorroborated-claim",
            title="Claim without a source",
            severity="medium",
            reason="The claim on buying rules names no source.",
            remedy="Name a source that a reader can check.",
            lacking="the document does not say it",
            places=("claim/3", "impact/2"),
        ),
    )
