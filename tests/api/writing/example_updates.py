"""Updates made up for the tests of rewriting, each with what USING ought to make of it."""

from __future__ import annotations

from dataclasses import dataclass

from hypothesis import strategies as st

__all__ = ["Example", "updates"]

USING = "USING <http://example.org/u> USING NAMED <http://example.org/n> "

SPACE = st.sampled_from([" ", "\n", "\t", "  # } ; WHERE { ' \" <\n", " # it's\r"])
IRIS = st.sampled_from(
    [
        "<http://example.org/a>",
        "<http://example.org/where#>",
        "ex:a",
        "ex:a.b",
        "ex:WHERE",
        "ex:%20b",
        "where:using",
        ":",
        ":a-b",
        "<rel?x=1;y'z>",
        "ex:a\\'b",
        "<\\u0061>",
    ]
)
STRINGS = st.sampled_from(
    [
        "'a'",
        '"}"',
        "'''it's } \" {'''",
        '"""WHERE { "" \\" }"""',
        "'\\''",
        '""',
        "''",
        "'#'",
        '"{"@en',
        "'1'^^ex:d",
        '"USING <x>"',
        "'\\u007d'",
    ]
)
VALUES = st.one_of(IRIS, STRINGS, st.sampled_from(["1", "-1.5e3", "true", "1.", "2.5"]))
VARIABLES = st.sampled_from(["?a", "?where", "$b", "?using", "?a1"])
FILTERS = st.sampled_from(
    [
        "FILTER(?a<?b)",
        "FILTER(?a<?b&&?where>?using)",
        "FILTER(?a<?b && '}'>\"{\")",
        'FILTER(?a<1&&"\'">?b)',
        "FILTER(?a<?b&&'x>y'!=?a||'}'=?b)",
        "FILTER(?a<?b&&'#>'!=?a)",
        "FILTER(STR(?a)<?b&&'x>y'!=?a||'{'=?b)",
        "FILTER ex:f(?a<?b&&'x>y'!=?a||'}'=?b)",
        "{ SELECT (?a<?b&&'x>y'!=?a AS ?m) (?a<?b&&'x>y'!=?a||'}'=?b AS ?m1) { ?a ?b ?w } }",
        "{ SELECT ?a { ?a ?b ?w } GROUP BY ?a ?b (?a<?b&&'x>y'!=?a||'}'=?b AS ?g1) }",
        "FILTER(STRLEN(?a)<3||(?b)<?a&&?b>?a)",
        "FILTER(REGEX(STR(?a), '^[{]\\\\d{2}'))",
        "FILTER(ex:f(?a<?b&&?a>?b,<http://example.org/x>))",
        "FILTER ex:f(?a<?b&&'}'>?b)",
        "FILTER(?a IN (<http://example.org/x>, 1<2))",
        "FILTER NOT EXISTS { ?a <http://example.org/p> '}' }",
        "FILTER EXISTS{GRAPH ?using{?a ?b ?where}}",
        "BIND(IF(?a<?b,'{','}') AS ?c1)",
        "VALUES ?v { <http://example.org/a> '}' UNDEF }",
        "VALUES (?v ?w) { (<http://example.org/a> 1) ('}' <http://example.org/b>) }",
        "{ SELECT (COUNT(DISTINCT ?a)<2&&'}'>\"'\" AS ?n) (?a<?b&&'x'>?b AS ?m) WHERE { ?a ?b ?w }"
        " GROUP BY ?a ?b (?a<?b&&'}'>?b AS ?g1) HAVING (?a<?b&&'}'>?b) ORDER BY ?n LIMIT 3 }",
        "OPTIONAL { ?a (<http://example.org/p>|^ex:q)*/<http://example.org/r>+ ?b }",
        "?a <http://example.org/p> (?b <http://example.org/c> '}' (1 <http://example.org/d>)) .",
        "MINUS { ?a a ( ?b <http://example.org/c> ) }",
        "?a ex:p [ ex:q '}' ; <http://example.org/c> ?b ] .",
        "GRAPH <http://example.org/g> { ?a ?b '}' }",
    ]
)


@dataclass(frozen=True, slots=True)
class Example:
    """An operation: as it is, and as it is with USING."""

    plain: str
    using: str


@st.composite
def triples(draw: st.DrawFn, objects: st.SearchStrategy[str]) -> str:
    statements = draw(st.lists(st.tuples(IRIS, IRIS, objects, SPACE), min_size=1, max_size=3))
    return "".join(f"{s} {p} {o}{space}. " for s, p, o, space in statements)


@st.composite
def blocks(draw: st.DrawFn, objects: st.SearchStrategy[str]) -> str:
    inner = draw(triples(objects))
    if draw(st.booleans()):
        inner += f"GRAPH {draw(IRIS)} {{ {draw(triples(objects))} }}"
    return f"{{{draw(SPACE)}{inner}}}"


@st.composite
def operations(draw: st.DrawFn) -> Example:
    terms = st.one_of(VALUES, VARIABLES)
    space = draw(SPACE)
    kind = draw(st.sampled_from(["data", "delete where", "insert", "delete insert", "clear"]))
    if kind == "data":
        word = draw(st.sampled_from(["INSERT DATA", "delete data", "INSERT#'\nDATA"]))
        return _same(f"{word}{space}{draw(blocks(VALUES))}")
    if kind == "clear":
        return _same(
            draw(
                st.sampled_from(
                    [
                        "CLEAR SILENT GRAPH ex:a",
                        "DROP ALL",
                        "CREATE SILENT GRAPH <http://example.org/c>",
                        "MOVE SILENT DEFAULT TO ex:a",
                        "copy silent graph ex:a to default",
                    ]
                )
            )
        )
    if kind == "delete where":
        block = draw(blocks(terms))
        word = draw(st.sampled_from(["DELETE WHERE", "delete\nwhere"]))
        return Example(f"{word}{space}{block}", f"DELETE {block} {USING}WHERE {block}")
    where = "".join(draw(st.lists(FILTERS, max_size=3)))
    pattern = f"{{{draw(SPACE)}{draw(triples(terms))}{where}}}"
    word = draw(st.sampled_from(["WHERE", "where", "WhErE"]))
    template = draw(blocks(terms))
    head = f"INSERT{space}{template}"
    if kind == "delete insert":
        head = f"DELETE {draw(blocks(terms))}{space}{head}"
    return Example(f"{head}{space}{word}{pattern}", f"{head}{USING}WHERE{pattern}")


def _same(text: str) -> Example:
    return Example(text, text)


@st.composite
def updates(draw: st.DrawFn) -> Example:
    """Make up a request."""
    prologue = (
        "PREFIX ex: <http://example.org/>\nPREFIX where: <http://example.org/where#>"
        "PREFIX : <http://example.org/'>BASE <http://example.org/base/>" + draw(SPACE)
    )
    parts = draw(st.lists(operations(), min_size=1, max_size=3))
    between = draw(SPACE) + ";" + draw(SPACE)
    return Example(
        prologue + between.join(part.plain for part in parts),
        prologue + between.join(part.using for part in parts),
    )
