"""The command that holds a case study against the rules of an exercise."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

import typer
from rich.text import Text

from impactgraph.cli.options import AsJson, Slug, StoreLocation, choose_store
from impactgraph.cli.output import print_json, print_line, print_table, print_title
from impactgraph.graph import to_networkx
from impactgraph.model import Obligation, ProfileStatus, RuleProfile
from impactgraph.profiles import (
    RuleResult,
    Verdict,
    check_case_study,
    compare_profiles,
    rule_profile,
)
from impactgraph.views.checks import answer_check, choose_profile

__all__ = ["check"]

_BEYOND = "beyond the guide"
_VERDICTS = {
    Verdict.KEPT.value: "green",
    Verdict.BROKEN.value: "bold red",
    _BEYOND: "yellow",
    Verdict.UNKNOWN.value: "dim",
}
"""How each verdict is printed."""


def check(
    slug: Slug,
    profile: Annotated[
        str | None,
        typer.Option(
            "--profile",
            show_default="that of the case study's own exercise",
            help="The rules to check against: ref2014, ref2021 or ref2029-draft.",
        ),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option("--against", help="Other rules: show only where the two differ."),
    ] = None,
    store: StoreLocation = None,
    as_json: AsJson = False,
) -> None:
    """Whether the case study keeps to the rules of an exercise, as far as that can be told."""
    graph = to_networkx(choose_store(store).snapshot(), slug)
    if as_json:
        print_json(answer_check(graph, profile=profile, against=against))
        return
    chosen = choose_profile(graph, profile)
    print_title(graph.graph["title"])
    if against:
        other = rule_profile(against)
        _print_status(chosen, other)
        changes = compare_profiles(graph, chosen, other)
        print_line(f"{len(changes)} rules differ between {chosen.label} and {other.label}.")
        print_table(
            ("about", "difference"),
            ((_subject(change.before or change.after), change.sentence) for change in changes),
        )
        return
    _print_status(chosen)
    found = check_case_study(graph, chosen)
    counts = Counter(_words(result) for result in found.results)
    print_line(
        f"{chosen.label}: {', '.join(f'{counts[it]} {it}' for it in _VERDICTS if counts[it])}."
    )
    print_table(
        ("obligation", "rule", "verdict", "reason", "source"),
        (
            (
                result.rule.obligation.value,
                result.rule.label,
                Text(_words(result), style=_VERDICTS[_words(result)]),
                result.reason,
                _source(result),
            )
            for result in found.results
        ),
    )


def _subject(result: RuleResult | None) -> str:
    assert result is not None
    rule = result.rule
    return f"{rule.aspect.value} of section {rule.section}" if rule.section else rule.aspect.value


def _words(result: RuleResult) -> str:
    """Return the verdict in words: beyond what is only indicative, nothing is broken."""
    if result.verdict is Verdict.BROKEN and result.rule.obligation is Obligation.INDICATIVE:
        return _BEYOND
    return result.verdict.value


def _source(result: RuleResult) -> str:
    source = result.rule.source
    where = ", ".join(
        part for part in (source.identifier or source.title, result.rule.locator) if part
    )
    return where if result.rule.verified else f"{where} (not verified)"


def _print_status(*profiles: RuleProfile) -> None:
    for profile in profiles:
        if profile.status is ProfileStatus.DRAFT:
            print_line(
                f"{profile.label} is a draft: its rules are not final, and it may lack some.",
                style="yellow",
            )
