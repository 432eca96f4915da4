"""Workbooks and tables that tests read."""

from __future__ import annotations

import csv
import io
import zipfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

import xlsxwriter

REF_2021 = (
    "Institution UKPRN code",
    "Institution name",
    "Main panel",
    "Unit of assessment number",
    "Unit of assessment name",
    "Multiple submission letter",
    "Multiple submission name",
    "Joint submission",
    "REF impact case study identifier",
    "Title",
    "Is continued from 2014",
    "Summary impact type",
    "Countries",
    "Formal partners",
    "Funding programmes",
    "Global research identifiers",
    "Name of funders",
    "Researcher ORCIDs",
    "Grant funding",
    "1. Summary of the impact",
    "2. Underpinning research",
    "3. References to the research",
    "4. Details of the impact",
    "5. Sources to corroborate the impact",
)
"""The columns of the REF 2021 database's export."""

BRIDGES = {
    "Institution UKPRN code": "10000001",
    "Institution name": "University of Nowhere",
    "Main panel": "B",
    "Unit of assessment number": "12",
    "Unit of assessment name": "Engineering",
    "REF impact case study identifier": "aaaa-1",
    "Title": "Safer\u00a0bridges ",
    "Is continued from 2014": "0.0",
    "Summary impact type": "Technological",
    "Countries": "[Wales];[Wales];[Peru]",
    "Formal partners": "[Two [and] Sons]",
    "Name of funders": "[EPSRC]",
    "Researcher ORCIDs": "[0000-0001-0000-0001]",
    "Grant funding": "[EP/1 : 1,000];[No number: 5.50];[EP/2]",
    "1. Summary of the impact": (
        "\n###  1. Summary of the impact \\(indicative maximum 100 words\\) \n\n"
        " Two councils inspect bridges otherwise **\\[R1\\]**. \n"
    ),
    "2. Underpinning research": "\n **2. Underpinning research** \n\n Cracks grow. \n",
    "3. References to the research": (
        "\n 3. References to the research \n\n1.  A. Author, *Cracks*, 2015. \n\n"
        "1.  B. Author, *Rust*, 2016. \n"
    ),
    "4. Details of the impact": (
        "\n#  4. Details of the impact \n\n## Councils \n\n They changed. \n"
    ),
    "5. Sources to corroborate the impact": (
        "\n1.  **5. Sources to corroborate the impact**\n\n A. \n"
    ),
}
"""A row of such an export."""


def write_workbook(path: Path, rows: Iterable[Sequence[str | float]]) -> Path:
    """Write a workbook whose first sheet has the rows."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        sheet = book.add_worksheet()
        book.add_worksheet("other").write_string(0, 0, "not read")
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if value != "":
                    sheet.write(number, column, value)
    return path


def write_export(path: Path, *rows: Mapping[str, str]) -> Path:
    """Write a REF 2021 export, as a workbook or as comma-separated values."""
    cells = [REF_2021, *([row.get(name, "") for name in REF_2021] for row in rows)]
    if path.suffix == ".xlsx":
        return write_workbook(path, cells)
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        csv.writer(file).writerows(cells)
    return path


def pack_workbook(path: Path, sheet: str, **parts: str) -> Path:
    """Write a workbook from the XML of its sheet; `parts` replace others, by their short names."""
    main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    files = {
        "xl/workbook.xml": f'<workbook xmlns="{main}" xmlns:r="{office}"><sheets>'
        '<sheet name="a" sheetId="1" r:id="r1"/></sheets></workbook>',
        "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" '
        f'Type="{office}/worksheet" Target="worksheets/sheet1.xml"/></Relationships>',
        "xl/worksheets/sheet1.xml": sheet,
    }
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(name, parts.get(Path(name).stem, text))
        if "strings" in parts:
            archive.writestr("xl/sharedStrings.xml", parts["strings"])
    path.write_bytes(content.getvalue())
    return path
