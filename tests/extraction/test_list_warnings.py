from __future__ import annotations

from impactgraph.extraction.reading import WarningKind
from impactgraph.extraction.sources import read_sources
from plain_sections import plain_sections


def warnings(text: str) -> list[tuple[WarningKind, str]]:
    plain = plain_sections(five=text)
    return [(warning.kind, plain.words(warning.span)) for warning in read_sources(plain)[1]]


def test_lost_labels_are_warned_of_once() -> None:
    text = "1. A letter from Fen\n\n1. A report on bogs\n\n1. A film of moors"
    assert warnings(text) == [(WarningKind.LABEL_LOST, "A letter from Fen")]


def test_a_repeated_label_is_warned_of() -> None:
    text = "[S1] A letter\n\n[S2] A report\n\n[S2] A film"
    assert warnings(text) == [(WarningKind.LABEL_REPEATED, "[S2] A film")]


def test_removed_words_are_warned_of() -> None:
    text = "[S1] Letter from [text removed for publication]\n\n[S2] A report"
    assert warnings(text) == [(WarningKind.TEXT_REMOVED, "[text removed for publication]")]


def test_a_sound_list_is_not_warned_of() -> None:
    assert warnings("[S1] A letter\n\n[S2] A report") == []
