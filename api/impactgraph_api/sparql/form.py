"""The page for people: a form for a query, and its answer as a table beneath it."""

from __future__ import annotations

import asyncio
import io
from http import HTTPStatus
from typing import Any

import pyoxigraph as ox
from starlette.requests import Request
from starlette.responses import HTMLResponse

from impactgraph.identity import BASE
from impactgraph.store import Store
from impactgraph.views.resources import read_labels
from impactgraph.vocabulary import IG, PREFIXES
from impactgraph_api.pages import STATIC_FOLDER, render_page
from impactgraph_api.pages.linked_data import address_of
from impactgraph_api.security import POLICY
from impactgraph_api.sparql.gallery import find_title, group_questions
from impactgraph_api.workers import Answer

__all__ = ["show_answer", "show_form"]

_EDITOR = STATIC_FOLDER / "yasgui"
_EDITOR_FILES = ("yasgui.min.js", "yasgui.min.css")
_EDITOR_STYLE = "'sha256-zCK2EVMoPc04mRF/g5CotUvxbJPWS+8V0b+s9ptqQIk='"
"""The digest of the one style sheet that yasgui 4.6.2 writes into a page: its columns' grips."""

_ROWS = 500
_LOOKED_UP = 300
"""How many things get a label that the query does not answer itself."""
_TURTLE = 256 * 1024

_EXAMPLE = """SELECT ?impact ?finding ?basis WHERE {
  ?underpinning a ig:Underpinning ;
    ig:impact/rdfs:label ?impact ;
    ig:finding/rdfs:label ?finding ;
    ig:basis/rdfs:label ?basis .
} ORDER BY ?impact ?finding LIMIT 50"""


async def show_form(request: Request, **shown: Any) -> HTMLResponse:
    """Return the form.

    Args:
        request: says what was asked, whose parameters the form keeps.
        shown: what the page shows beside the form: `query`, an answer, a `problem`, a `status`.
    """
    context: dict[str, Any] = {
        "query": "",
        "question": find_title(shown.get("query", "")),
        "columns": None,
        "rows": (),
        "total": 0,
        "answer": None,
        "turtle": None,
        "cut": False,
        "problem": None,
        "known_prefixes": request.query_params.get("prefixes") == "known",
        "prefixes": PREFIXES,
        "union": request.app.state.settings.default_graph == "union",
        "status": HTTPStatus.OK,
        "address": str(request.url).partition("?")[0],
        "subjects": await asyncio.to_thread(group_questions),
        "editor": _describe_editor() if _editor_is_there() else None,
        **shown,
    }
    context["query"] = context["query"] or f"{_prologue()}\n\n{_EXAMPLE}"
    page = render_page(request, "sparql.html", here="sparql", **context)
    page.headers["Vary"] = "Accept"
    if context["editor"] is not None:
        page.headers["Content-Security-Policy"] = f"{POLICY}; style-src 'self' {_EDITOR_STYLE}"
    return page


async def show_answer(request: Request, text: str, answer: Answer) -> HTMLResponse:
    """Return the form with an answer beneath it: the first rows, the first triples, or yes or no.

    Args:
        request: as of `show_form`.
        text: the query as it was sent.
        answer: in JSON, or in Turtle.
    """
    read = _read_turtle if answer.graph else _read_rows
    shown = await asyncio.to_thread(read, answer)
    if shown.get("columns"):
        store = request.app.state.readings.store
        shown = await asyncio.to_thread(_label_rows, shown, store)
    return await show_form(request, query=text, **shown)


def _editor_is_there() -> bool:
    return all((_EDITOR / name).is_file() for name in _EDITOR_FILES)


def _describe_editor() -> dict[str, Any]:
    """What the page's script needs to know: prefixes, and whose IRIs have a page below where."""
    ontology = str(IG).removesuffix("#")
    return {"prefixes": PREFIXES, "pages": {BASE: "/nodes/", ontology: "/ontology"}}


def _read_turtle(answer: Answer) -> dict[str, Any]:
    if answer.file is None:
        text = (answer.body or b"")[:_TURTLE]
    else:
        with answer.file:
            text = answer.file.read(_TURTLE)
    return {"turtle": text.decode("utf-8", "ignore"), "cut": answer.size > len(text)}


def _read_rows(answer: Answer) -> dict[str, Any]:
    """The first rows of an answer in JSON; those of a long one are not counted."""
    with answer.file or io.BytesIO(answer.body or b"") as content:
        results = ox.parse_query_results(content, format=ox.QueryResultsFormat.JSON)
        if isinstance(results, ox.QueryBoolean):
            return {"answer": bool(results)}
        columns = [variable.value for variable in results.variables]
        rows = [
            [_cell(solution[name]) for name in columns]
            for _, solution in zip(range(_ROWS), results, strict=False)
        ]
        total = len(rows)
        if answer.file is None:
            total += sum(1 for _ in results)
        return {"columns": columns, "rows": rows, "total": total, "cut": answer.file is not None}


def _label_rows(shown: dict[str, Any], store: Store) -> dict[str, Any]:
    """Put the label beside each identifier; a column of labels stands in that of its things.

    What the query itself answers as ?xLabel is the label of ?x; others are looked up.
    """
    columns: list[str] = shown["columns"]
    paired = {name: f"{name}Label" for name in columns if f"{name}Label" in columns}
    kept = [name for name in columns if name not in paired.values()]
    rows = [dict(zip(columns, row, strict=True)) for row in shown["rows"]]
    bare = {
        cell["iri"]
        for row in rows
        for name, cell in row.items()
        if name not in paired and cell["iri"].startswith(BASE)
    }
    with store.snapshot() as snapshot:
        labels = read_labels(snapshot, sorted(bare)[:_LOOKED_UP])
    for row in rows:
        for name in kept:
            label = row[paired[name]]["text"] if name in paired else ""
            cell = row[name]
            cell["label"] = label or labels.get(cell["iri"], "")
            if cell["label"]:
                cell["text"] = cell["text"].removeprefix(BASE)
    return {**shown, "columns": kept, "rows": [[row[name] for name in kept] for row in rows]}


def _cell(term: Any) -> dict[str, str]:
    """A term as a table shows it: shortened where a prefix fits, linked where it is a node."""
    if term is None:
        return {"text": "", "hint": "", "href": "", "iri": "", "label": ""}
    if isinstance(term, ox.Literal):
        return {"text": term.value, "hint": term.language or "", "href": "", "iri": "", "label": ""}
    if not isinstance(term, ox.NamedNode):
        return {"text": str(term), "hint": "", "href": "", "iri": "", "label": ""}
    value = text = term.value
    for prefix, namespace in PREFIXES.items():
        if value.startswith(namespace) and len(value) > len(namespace):
            text = f"{prefix}:{value.removeprefix(namespace)}"
    return {
        "text": text,
        "hint": value if text != value else "",
        "href": address_of(value),
        "iri": value,
        "label": "",
    }


def _prologue() -> str:
    wanted = ("ig", "rdfs", "skos", "dcterms")
    return "\n".join(f"PREFIX {name}: <{PREFIXES[name]}>" for name in wanted)
