"""Small DOCX files, written for the tests as word processors write them."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Sequence
from xml.sax.saxutils import escape, quoteattr

__all__ = ["cell", "link", "paragraph", "row", "run", "table", "word_file"]

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_RELATIONSHIPS = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PACKAGE = "http://schemas.openxmlformats.org/package/2006"
_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml"
_SPACES = f'xmlns:w="{_WORDS}" xmlns:r="{_RELATIONSHIPS}"'
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)
_MARGINS = (
    '<w:pgSz w:w="11906" w:h="16838"/>'
    '<w:pgMar w:top="1134" w:right="1134" w:bottom="1134" w:left="1134" w:header="567" '
    'w:footer="567" w:gutter="0"/>'
)
_STYLES = """\
<w:docDefaults><w:rPrDefault><w:rPr><w:rFonts w:ascii="Liberation Sans" w:hAnsi="Liberation Sans"/>
<w:sz w:val="22"/></w:rPr></w:rPrDefault></w:docDefaults>
<w:style w:type="paragraph" w:default="1" w:styleId="Normal"><w:name w:val="Normal"/>
<w:pPr><w:spacing w:after="120"/></w:pPr></w:style>
<w:style w:type="paragraph" w:styleId="Heading3"><w:name w:val="heading 3"/>
<w:basedOn w:val="Normal"/><w:pPr><w:outlineLvl w:val="2"/></w:pPr>
<w:rPr><w:b/><w:sz w:val="26"/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Strong"><w:name w:val="Strong"/>
<w:rPr><w:b/></w:rPr></w:style>
<w:style w:type="character" w:styleId="Hyperlink"><w:name w:val="Hyperlink"/>
<w:rPr><w:u w:val="single"/></w:rPr></w:style>
"""


def run(text: str, properties: str = "") -> str:
    """Return a run; properties are elements such as "<w:b/>"."""
    return f'<w:r><w:rPr>{properties}</w:rPr><w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*runs: str, style: str = "", in_list: str = "", level: int = 0) -> str:
    """Return a paragraph of runs, or of plain words."""
    properties = f'<w:pStyle w:val="{style}"/>' if style else ""
    if in_list:
        properties += f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{in_list}"/></w:numPr>'
    inside = "".join(one if one.startswith("<") else run(one) for one in runs)
    return f"<w:p><w:pPr>{properties}</w:pPr>{inside}</w:p>"


def link(relationship: str, text: str) -> str:
    """Return a link that leads where a relationship does."""
    style = '<w:rStyle w:val="Hyperlink"/>'
    return f'<w:hyperlink r:id="{relationship}">{run(text, style)}</w:hyperlink>'


def cell(*blocks: str, width: int = 3000, span: int = 1) -> str:
    """Return a cell of a table."""
    inside = "".join(one if one.startswith("<") else paragraph(one) for one in blocks)
    return (
        f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/><w:gridSpan w:val="{span}"/></w:tcPr>'
        f"{inside}</w:tc>"
    )


def row(*cells: str) -> str:
    """Return a row of a table."""
    return f"<w:tr>{''.join(cells)}</w:tr>"


def table(*rows: str, widths: Sequence[int] = (3200, 3200, 3200)) -> str:
    """Return a table with ruled lines."""
    grid = "".join(f'<w:gridCol w:w="{width}"/>' for width in widths)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>{_BORDERS}'
        f"</w:tblBorders></w:tblPr><w:tblGrid>{grid}</w:tblGrid>{''.join(rows)}</w:tbl>"
    )


def word_file(
    *blocks: str,
    numbering: str = "",
    styles: str = "",
    footnotes: Sequence[str] = (),
    addresses: Sequence[str] = (),
    header: str = "",
    footer: str = "",
) -> bytes:
    """Return a DOCX file.

    Args:
        blocks: paragraphs and tables.
        numbering: what w:numbering holds.
        styles: what w:styles holds besides a few styles.
        footnotes: the words of each, whose ids are 2, 3, ...
        addresses: where the relationships "link0", "link1", ... lead.
        header: the page's header.
        footer: the page's footer.
    """
    parts = {
        "styles": f"<w:styles {_SPACES}>{_STYLES}{styles}</w:styles>",
        "numbering": f"<w:numbering {_SPACES}>{numbering}</w:numbering>",
        "footnotes": _footnotes(footnotes),
        "header": f"<w:hdr {_SPACES}>{header}</w:hdr>",
        "footer": f"<w:ftr {_SPACES}>{footer}</w:ftr>",
    }
    section = "".join(
        f'<w:{kind}Reference w:type="default" r:id="{kind}"/>' for kind in ("header", "footer")
    )
    document = (
        f"<w:document {_SPACES}><w:body>{''.join(blocks)}"
        f"<w:sectPr>{section}{_MARGINS}</w:sectPr></w:body></w:document>"
    )
    relations = "".join(_relation(name, name, f"{name}.xml") for name in parts) + "".join(
        _relation(f"link{at}", "hyperlink", address, outside=True)
        for at, address in enumerate(addresses)
    )
    overrides = "".join(
        f'<Override PartName="/word/{name}.xml" ContentType="{_TYPE}.{kind}+xml"/>'
        for name, kind in [("document", "document.main"), *zip(parts, parts, strict=True)]
    )
    files = {
        "[Content_Types].xml": f'<Types xmlns="{_PACKAGE}/content-types"><Default Extension="rels" '
        'ContentType="application/vnd.openxmlformats-package.relationships+xml"/>'
        f'<Default Extension="xml" ContentType="application/xml"/>{overrides}</Types>',
        "_rels/.rels": _relations(_relation("main", "officeDocument", "word/document.xml")),
        "word/_rels/document.xml.rels": _relations(relations),
        "word/document.xml": document,
        **{f"word/{name}.xml": content for name, content in parts.items()},
    }
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(name, f'<?xml version="1.0" encoding="UTF-8"?>{content}')
    return buffer.getvalue()


def _footnotes(notes: Sequence[str]) -> str:
    mark = '<w:r><w:rPr><w:vertAlign w:val="superscript"/></w:rPr><w:footnoteRef/></w:r>'
    small = '<w:sz w:val="18"/>'
    inside = (
        '<w:footnote w:type="separator" w:id="0"><w:p><w:r><w:separator/></w:r></w:p></w:footnote>'
    )
    inside += "".join(
        f'<w:footnote w:id="{at}">{paragraph(mark, run(" " + words, small))}</w:footnote>'
        for at, words in enumerate(notes, start=2)
    )
    return f"<w:footnotes {_SPACES}>{inside}</w:footnotes>"


def _relation(key: str, kind: str, target: str, *, outside: bool = False) -> str:
    leads = quoteattr(target) + (' TargetMode="External"' if outside else "")
    return f'<Relationship Id="{key}" Type="{_RELATIONSHIPS}/{kind}" Target={leads}/>'


def _relations(inside: str) -> str:
    return f'<Relationships xmlns="{_PACKAGE}/relationships">{inside}</Relationships>'
