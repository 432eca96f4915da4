"""Which graphs a query sees: those that it names itself, those that a caller names, or all.

See SPARQL 1.1 Query, section 13, and SPARQL 1.1 Protocol, section 2.1.4. The engine's switch for
the union of all graphs as default graph overrides a query's own FROM, so it must not be set then;
and the engine does not say whether a query has a FROM.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any, Literal, TypeAlias

import pyoxigraph as ox

from impactgraph.errors import QueryError
from impactgraph.store.federation import unescape_code_points
from impactgraph.store.tokens import LOCAL_ESCAPE, read_tokens

__all__ = ["DefaultGraph", "choose_dataset", "names_dataset"]

DefaultGraph: TypeAlias = Literal["union", "strict"]
"""The default graph of queries that name none: the union of all graphs, or the store's own."""

# Everything that may hold the word but is no keyword (strings aside), and then every other word. An
# IRI has no space (SPARQL 1.1, rule 139), and no comparison without one can stand before FROM:
# something other than a word ends the IRI's reading in time. An escape goes on with a local name.
_TOKEN = re.compile(
    rf"""
      <[^\x00-\x20<>"{{}}|^`\\]*+>
    | \#[^\r\n]*+
    | [?$@]\w++
    | (?: (?:\w[\w.-]*+)? : | {LOCAL_ESCAPE} ) [\w:.-]*+
    | (?P<word> \w[\w.-]*+ )
    | .
    """,
    re.VERBOSE | re.DOTALL,
)


def names_dataset(text: str) -> bool:
    """Return whether a query has FROM or FROM NAMED.

    >>> names_dataset("SELECT * FROM <http://example.org/g> { ?s ?p ?o }")
    True
    >>> names_dataset("SELECT ?from { ?from ex:from 'FROM <here>' } # FROM")
    False

    Args:
        text: a SPARQL 1.1 query, well formed or not.
    """
    if "\\" in text:
        text = unescape_code_points(text)
    # The parser needs no space before a keyword: "ASKFROM <…>".
    return "from" in text.lower() and any(
        token["word"] is not None and _ends_in_keyword(token["word"])
        for token in read_tokens(_TOKEN, text)
    )


def _ends_in_keyword(word: str) -> bool:
    return any(part.endswith("from") for part in re.split(r"[.-]", word.lower()))


def choose_dataset(
    text: str,
    default_graph: DefaultGraph,
    default: Sequence[str] | None,
    named: Sequence[str] | None,
) -> dict[str, Any]:
    """Return the dataset of a query as options of the engine.

    Args:
        text: the query; its own FROM counts where the caller names no graphs.
        default_graph: the default graph where nobody names one.
        default: the graphs whose merge is the default graph; None where none are named.
        named: the graphs that GRAPH sees; None where none are named.

    Raises:
        QueryError: the name of a graph is no IRI.
    """
    if default is None and named is None:
        union = default_graph == "union" and not names_dataset(text)
        return {"use_default_graph_as_union": union}
    return {"default_graph": _to_names(default or ()), "named_graphs": _to_names(named or ())}


def _to_names(iris: Sequence[str]) -> list[ox.NamedNode]:
    names = []
    for iri in iris:
        try:
            names.append(ox.NamedNode(iri))
        except ValueError as error:
            raise QueryError(
                f"{iri!r} cannot name a graph: {error}; give an absolute IRI"
            ) from error
    return names
