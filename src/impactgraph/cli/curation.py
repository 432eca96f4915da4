"""The commands of curation: what people decided on a case study, and deciding."""

from __future__ import annotations

import sys
from decimal import Decimal, InvalidOperation
from pathlib import Path
from typing import Annotated

import typer

from impactgraph.cli.options import AsJson, Slug, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_table
from impactgraph.curating import curate as make_act
from impactgraph.curating import import_curation
from impactgraph.curation import (
    LARGEST_FILE,
    ActKind,
    Decision,
    check_decision,
    export_acts,
    read_curation,
)
from impactgraph.errors import LoadingError, UsageError
from impactgraph.graph import to_networkx
from impactgraph.views.curation import act_record, curation_record, view_acts

__all__ = ["curate", "curation"]


def curation(
    slug: Slug,
    export: Annotated[
        bool, typer.Option("--export", help="Print the acts as Turtle, to import elsewhere.")
    ] = False,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """What people decided on the case study: who, when, what and why."""
    with choose_store(store).snapshot() as snapshot:
        case_study: str = to_networkx(snapshot, slug).graph["case_study"]
        found = read_curation(snapshot, case_study)
    if export:
        print(export_acts(kept.act for kept in found.acts), end="")
    elif as_json:
        print_json(curation_record(found))
    elif not found.acts:
        print_line("Nobody has decided anything yet.")
    else:
        print_table(
            ("act", "when", "who", "what", "why", ""),
            (
                (
                    act.key,
                    act.shown_when,
                    act.who,
                    act.about,
                    act.why,
                    f"undone by {act.undone_by}" if act.undone_by else act.lack or "",
                )
                for act in view_acts(found)
            ),
        )


def curate(
    slug: Slug,
    kind: Annotated[
        str,
        typer.Argument(help="accept, reject, correct, add, withdraw, undo; or import."),
    ],
    target: Annotated[
        str | None,
        typer.Argument(
            help="The link, node or act, such as link/0123456789ab, finding/a or "
            "act/0123456789ab; of an import the file."
        ),
    ] = None,
    who: Annotated[
        str | None, typer.Option("--who", envvar="IMPACTGRAPH_CURATOR", help="Your name.")
    ] = None,
    why: Annotated[str, typer.Option("--why", help="Your reason.")] = "",
    label: Annotated[str | None, typer.Option("--label", help="A node's new label.")] = None,
    origin: Annotated[
        str | None, typer.Option("--from", help="The node that a link leads from: finding/a.")
    ] = None,
    end: Annotated[
        str | None, typer.Option("--to", help="The node that it leads to: impact/2.")
    ] = None,
    quote: Annotated[
        str | None, typer.Option("--quote", help="Words of the document that a link rests on.")
    ] = None,
    confidence: Annotated[
        str | None, typer.Option("--confidence", help="How sure you are, over 0 and up to 1.")
    ] = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Decide on a link, a node or an act of the case study, or import acts."""
    opened = choose_store(store)
    case_study: str = to_networkx(opened.snapshot(), slug).graph["case_study"]
    if kind == "import":
        new = import_curation(opened, case_study, _read(target))
        if as_json:
            print_json({"imported": [act.iri for act in new]})
        else:
            print_line(f"Imported {len(new)} act{'' if len(new) == 1 else 's'} on {slug}.")
        return
    if kind not in list(ActKind):
        raise UsageError(f"{kind!r:.40} is no act; take {', '.join(ActKind)} or import")

    def whole(path: str | None) -> str | None:
        return path if path is None or "://" in path else f"{case_study}/{path}"

    decision = Decision(
        kind=ActKind(kind),
        who=who or "",
        why=why,
        target=whole(target),
        label=label,
        origin=whole(origin),
        end=whole(end),
        quote=quote,
        confidence=_read_number(confidence),
    )
    made = make_act(opened, case_study, check_decision(decision, case_study))
    kept = read_curation(opened.snapshot(), case_study).acts[-1]
    if as_json:
        print_json(act_record(kept))
    else:
        print_line(f"{made.decision.who} {made.about}.")


def _read(file: str | None) -> bytes:
    if file is None:
        raise UsageError("name the file of acts that is to be imported, or - for standard input")
    if file == "-":
        return sys.stdin.buffer.read(LARGEST_FILE + 1)
    try:
        with Path(file).open("rb") as opened:
            return opened.read(LARGEST_FILE + 1)
    except OSError as error:
        raise LoadingError(f"{file}: cannot be read: {error.strerror}") from error


def _read_number(text: str | None) -> Decimal | None:
    try:
        return None if text is None else Decimal(text)
    except InvalidOperation:
        raise UsageError(f"confidence is {text!r:.40}; give a number over 0, and up to 1") from None
