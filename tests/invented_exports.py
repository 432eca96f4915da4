"""Exports of invented case studies, as many as are wanted, each with a graph of all five stages."""

from __future__ import annotations

from pathlib import Path

from export_files import BRIDGES, write_export

__all__ = ["invent_row", "write_invented_export"]

_TOWNS = ("Amble", "Bude", "Crail", "Diss", "Eyam", "Frome", "Goole", "Hythe")


def invent_row(number: int, **cells: str) -> dict[str, str]:
    """Return a row whose words depend on its number; `cells` replace what columns begin so."""
    town = _TOWNS[number % len(_TOWNS)]
    row = BRIDGES | {
        "REF impact case study identifier": f"0000-{number:04}",
        "Title": f"Bridge {number} of {town}",
        "Institution UKPRN code": str(10_000_000 + number % 3),
        "Institution name": f"University of {_TOWNS[number % 3]}",
        "Unit of assessment number": str(12 + number % 2),
        "Unit of assessment name": ("Engineering", "Architecture")[number % 2],
        "1. Summary of the impact": f"The council of {town} inspects bridge {number} otherwise.",
        "2. Underpinning research": (
            f"We found that the piers of bridge {number} crack under floods [R1]. We showed that a "
            "tap test finds the cracks in time [R2]."
        ),
        "3. References to the research": (
            f"R1. Author, A. ({1990 + number % 30}) *Cracks of bridge {number}*. Journal of Piers, "
            f"12: 1-9. https://doi.org/10.5555/bridge.{number}\n\n"
            f"R2. Author, B. (2015) *Taps in {town}*. Nowhere Press."
        ),
        "4. Details of the impact": (
            f"**Safer crossings in {town}**\n\nThe council of {town} changed its inspection code "
            f"in 2016 because of the tap test [R2, S1]. It saved £{number + 1},000 a year [S2]."
        ),
        "5. Sources to corroborate the impact": (
            f"S1. Letter from the engineer of {town}, 2017.\n\nS2. Accounts of {town}, 2018."
        ),
    }
    for beginning, cell in cells.items():
        (column,) = [name for name in row if name.startswith(beginning)]
        row[column] = cell
    return row


def write_invented_export(path: Path, count: int) -> Path:
    """Write an export of so many case studies, as a workbook or as comma-separated values."""
    return write_export(path, *(invent_row(number) for number in range(count)))
