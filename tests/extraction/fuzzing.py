"""Extract whatever bytes atheris makes: run as `python tests/extraction/fuzzing.py [-runs=N]`.

The bytes choose pieces of case studies rather than being one, so that most of them are read.
"""

from __future__ import annotations

import sys
from pathlib import Path

import atheris

sys.path[:0] = [str(Path(__file__).parents[2]), str(Path(__file__).parents[1])]

with atheris.instrument_imports(include=["impactgraph.extraction", "impactgraph.documents"]):
    from benchmarks.linearity import UNITS
    from extraction_checks import check_extraction, extract_text
    from impactgraph.documents import HEADINGS

_PIECES = (
    *UNITS,
    "Moss, A. (2015) ‘Of moss’, Journal of Bogs, 3(2): 1–9.",
    "The research found that ",
)


def extract_bytes(content: bytes) -> None:
    """Read a case study that the bytes choose, and check its extraction."""
    chosen = atheris.FuzzedDataProvider(content)
    parts = []
    for kind, title in HEADINGS.items():
        parts.append(f"{kind}. {title}\n\n")
        while chosen.remaining_bytes() and chosen.ConsumeIntInRange(0, 24):
            if chosen.ConsumeIntInRange(0, 3):
                parts.append(_PIECES[chosen.ConsumeIntInRange(0, len(_PIECES) - 1)])
            else:
                parts.append(chosen.ConsumeUnicodeNoSurrogates(6))
        parts.append("\n\n")
    if extraction := extract_text("".join(parts)):
        check_extraction(extraction)


if __name__ == "__main__":
    atheris.Setup(sys.argv, extract_bytes)
    atheris.Fuzz()
