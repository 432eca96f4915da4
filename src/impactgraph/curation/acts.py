"""Acts of curation: what a person decided on a case study, who, when and why."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from decimal import Decimal
from enum import StrEnum
from functools import cached_property
from hashlib import sha256

from pyoxigraph import NamedNode

from impactgraph.errors import UsageError
from impactgraph.identity import digest

__all__ = [
    "LONGEST",
    "MOST_ACTS",
    "NO_ACTS",
    "Act",
    "ActKind",
    "Decision",
    "check_decision",
    "digest_acts",
    "find_live",
    "find_version",
    "is_link",
    "order_acts",
]

MOST_ACTS = 10_000
"""How many acts one case study may have."""

LONGEST = {"who": 120, "why": 2000, "label": 200, "quote": 500, "target": 600, "about": 300}
"""How many characters each field may have; an end of a link as many as a target."""

_DIGITS = 24
_CONTROLS = ("Cc", "Cs", "Co", "Cn")
_TURNING = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
"""Characters that make a line read otherwise than it is written."""


class ActKind(StrEnum):
    """What a person may do."""

    ACCEPT = "accept"
    REJECT = "reject"
    CORRECT = "correct"
    ADD = "add"
    WITHDRAW = "withdraw"
    UNDO = "undo"


_NEEDED: dict[ActKind, tuple[str, ...]] = {
    ActKind.ACCEPT: ("target",),
    ActKind.REJECT: ("target", "why"),
    ActKind.CORRECT: ("target", "why"),
    ActKind.ADD: ("origin", "end", "quote", "why"),
    ActKind.WITHDRAW: ("target", "why"),
    ActKind.UNDO: ("target",),
}
_ALLOWED: dict[ActKind, tuple[str, ...]] = {
    ActKind.ACCEPT: ("why", "confidence"),
    ActKind.CORRECT: ("label", "origin", "end", "confidence"),
    ActKind.ADD: ("confidence",),
    ActKind.UNDO: ("why",),
}
_NAMES = {"origin": "from", "end": "to"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What a person decides, before it is made.

    Attributes:
        kind: what is done.
        who: the person's name.
        why: the reason; that of a link that is accepted, corrected or added is its rationale.
        target: the IRI of the link, node or act that it is done to; of an addition None.
        label: the new label of a node that is corrected.
        origin: the node from which a link that is added or corrected leads.
        end: the node to which it leads.
        quote: words of the document that an added link rests on.
        confidence: how sure the person is that the link is right, 0.9 where nothing is said.
    """

    kind: ActKind
    who: str
    why: str = ""
    target: str | None = None
    label: str | None = None
    origin: str | None = None
    end: str | None = None
    quote: str | None = None
    confidence: Decimal | None = None


@dataclass(frozen=True, kw_only=True)
class Act:
    """A decision that was made.

    `when` is a time in UTC, exact to the millisecond; `about` says in words what it was made on.
    """

    case_study: str
    when: datetime
    about: str
    decision: Decision

    @cached_property
    def iri(self) -> str:
        """The IRI of the act: a digest of all that it says."""
        decision = self.decision
        said = [f"{field.name}={getattr(decision, field.name)}" for field in fields(decision)]
        return f"{self.case_study}/act/{digest(self.written_when, self.about, *said)}"

    @property
    def written_when(self) -> str:
        """The time as XML Schema writes it."""
        return self.when.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.%f")[:-3] + "Z"


def check_decision(decision: Decision, case_study: str) -> Decision:
    """Return a decision with white space put in order, where it can be made at all.

    Raises:
        UsageError: a field is missing, too long, not wanted, or holds what it may not.
    """
    kind = decision.kind
    wanted = {"kind", "who", *_NEEDED[kind], *_ALLOWED.get(kind, ())}
    checked: dict[str, str | None] = {}
    for name in ("who", "why", "label", "quote", "target", "origin", "end"):
        value = getattr(decision, name)
        words = None if value is None else _check_words(name, str(value))
        if words and name not in wanted:
            raise UsageError(f"an act of kind {kind} has no {_show(name)}; leave it out")
        if not words and name in ("who", *_NEEDED[kind]):
            raise UsageError.of_field(_show(name), _ASKED[name])
        if words and name in ("target", "origin", "end"):
            _check_iri(_show(name), words, case_study)
        checked[name] = words or ("" if name in ("who", "why") else None)
    confidence = decision.confidence
    if confidence is not None:
        if "confidence" not in wanted:
            raise UsageError(f"an act of kind {kind} has no confidence; leave it out")
        if not confidence.is_finite() or not 0 < confidence <= 1:
            raise UsageError(f"confidence is {confidence}; give a number over 0, and up to 1")
        confidence = round(confidence, 3).normalize()
    _check_target(kind, checked, case_study)
    return Decision(kind=kind, confidence=confidence, **checked)  # type: ignore[arg-type]


def is_link(target: str, case_study: str) -> bool:
    """Return whether an IRI names a link of a case study."""
    return target.startswith(f"{case_study}/link/")


def order_acts(acts: Iterable[Act]) -> tuple[Act, ...]:
    """Return acts in the order of time, each once."""
    return tuple(sorted({act.iri: act for act in acts}.values(), key=lambda a: (a.when, a.iri)))


def digest_acts(acts: Sequence[Act]) -> str:
    """Return the version of a curation with these acts, in their order."""
    return sha256("\n".join(act.iri for act in acts).encode()).hexdigest()[:_DIGITS]


def find_version(acts: Sequence[Act], version: str) -> int | None:
    """Return how many of the acts make a version, the first so many; None where no number does.

    The digest goes on from one act to the next, so that all versions cost as much as the last.
    """
    so_far = sha256()
    for number, act in enumerate(acts):
        if so_far.hexdigest()[:_DIGITS] == version:
            return number
        so_far.update(("\n" if number else "").encode() + act.iri.encode())
    return len(acts) if so_far.hexdigest()[:_DIGITS] == version else None


NO_ACTS = digest_acts(())
"""The version of a curation without acts."""


def find_live(acts: Sequence[Act]) -> dict[str, Act | None]:
    """Return for each act, by IRI, the act that undid it, None where it holds.

    Args:
        acts: in the order of time. An undoing that was itself undone undoes nothing.
    """
    undone: dict[str, Act | None] = {}
    undoing: dict[str, Act] = {}
    for act in reversed(acts):
        undone[act.iri] = undoing.get(act.iri)
        target = act.decision.target
        if undone[act.iri] is None and act.decision.kind is ActKind.UNDO and target is not None:
            undoing.setdefault(target, act)
    return undone


_ASKED = {
    "who": "say who you are: the name stands beside what you decide",
    "why": "say why: the reason stands beside what you decide",
    "target": "name the link, node or act that it is done to",
    "quote": "say where: quote words of the document that the link rests on",
    "origin": "choose the node from which the link leads",
    "end": "choose the node to which the link leads",
}


def _show(name: str) -> str:
    return _NAMES.get(name, name)


def _check_words(name: str, words: str) -> str:
    lines = words.strip().splitlines() if name == "why" else [words]
    words = "\n".join(" ".join(line.split()) for line in lines)
    longest = LONGEST.get(name, LONGEST["target"])
    if len(words) > longest:
        raise UsageError.of_field(
            _show(name),
            f"{_show(name)} has {len(words)} characters; at most {longest} are kept. "
            "Say it shorter",
        )
    for character in words:
        hidden = unicodedata.category(character) in _CONTROLS and character != "\n"
        if hidden or character in _TURNING:
            raise UsageError.of_field(
                _show(name),
                f"{_show(name)} holds a character that cannot be shown "
                f"(U+{ord(character):04X}); take it out",
            )
    return words


def _check_iri(name: str, iri: str, case_study: str) -> None:
    try:
        NamedNode(iri)
    except ValueError:
        raise UsageError(f"{name} is {iri!r:.80}, which is no IRI") from None
    if not iri.startswith(f"{case_study}/"):
        raise UsageError(f"{name} is <{iri:.120}>, which is no part of <{case_study}>")


def _check_target(kind: ActKind, given: dict[str, str | None], case_study: str) -> None:
    target = given["target"] or ""
    link = is_link(target, case_study)
    if kind is ActKind.ACCEPT and not link:
        raise UsageError("only an inferred link can be accepted")
    if (kind is ActKind.UNDO) != target.startswith(f"{case_study}/act/"):
        raise UsageError(
            "name the act that is to be undone"
            if kind is ActKind.UNDO
            else "an act can only be undone"
        )
    if kind is ActKind.CORRECT and not link:
        if not given["label"]:
            raise UsageError.of_field("label", "give the node its new label")
        if given["origin"] or given["end"]:
            raise UsageError("a node has no ends; correct its label")
    if kind is ActKind.CORRECT and link and given["label"]:
        raise UsageError("of a link its ends and its rationale are corrected; it has no label")
