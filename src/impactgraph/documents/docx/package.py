"""The parts of a DOCX file, read from its zip archive within bounds."""

from __future__ import annotations

import io
import posixpath
import zipfile
import zlib
from dataclasses import dataclass

from lxml import etree

from impactgraph.errors import DocumentError

__all__ = ["Package", "open_package"]

_MOST_ENTRIES = 10_000
_LARGEST_PART = 32_000_000
_MOST_MARKS = 600_000
_ENTRY = b"PK\x01\x02"
_COMPOUND_FILE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_RELATIONSHIPS = "{http://schemas.openxmlformats.org/package/2006/relationships}Relationship"


@dataclass(frozen=True, slots=True)
class Package:
    """A DOCX file's parts, by the names that Open Packaging Conventions (ECMA-376, part 2) give."""

    archive: zipfile.ZipFile
    names: frozenset[str]

    def read_part(self, name: str) -> etree._Element | None:
        """Return a part's XML, or None where there is no such part.

        Raises:
            DocumentError: the part is damaged, too large, or no plain XML.
        """
        if name not in self.names:
            return None
        content = self._unpack(name)
        if content.count(b"<") > _MOST_MARKS:
            raise DocumentError(
                f"its part {name} has more than {_MOST_MARKS} marks; a case study has a few "
                "pages: save the case study alone"
            )
        # lxml's defaults bound depth (256) and text; entities and the network are off besides.
        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
        try:
            root = etree.fromstring(content, parser)
        except etree.XMLSyntaxError as error:
            raise DocumentError(f"its part {name} is no well-formed XML: {error.msg}") from error
        if root.getroottree().docinfo.internalDTD is not None:
            raise DocumentError(
                f"its part {name} declares a document type, which no word processor writes; open "
                "the file in one and save it anew as .docx"
            )
        return root

    def read_relationships(self, name: str) -> dict[str, str]:
        """Return what the relationships of a part lead to, by their ids."""
        folder, file = posixpath.split(name)
        relationships = self.read_part(f"{folder}/_rels/{file}.rels".lstrip("/"))
        if relationships is None:
            return {}
        found = {}
        for one in relationships.iter(_RELATIONSHIPS):
            target = one.get("Target", "")
            external = one.get("TargetMode") == "External"
            inside = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
            found[one.get("Id", "")] = target if external else inside
        return found

    def find_document(self) -> str:
        """Return the name of the part that holds the text."""
        package = self.read_part("_rels/.rels")
        if package is not None:
            for one in package.iter(_RELATIONSHIPS):
                if one.get("Type", "").endswith("/officeDocument"):
                    return one.get("Target", "").lstrip("/")
        return "word/document.xml"

    def _unpack(self, name: str) -> bytes:
        try:
            with self.archive.open(name) as file:
                content = file.read(_LARGEST_PART + 1)
        except (zipfile.BadZipFile, zlib.error, EOFError, OSError, NotImplementedError) as error:
            raise DocumentError(
                f"its part {name} is damaged ({error}); open the file in a word processor and "
                "save it anew"
            ) from error
        except RuntimeError as error:
            raise DocumentError(
                f"its part {name} is encrypted; save the file without a password"
            ) from error
        if len(content) > _LARGEST_PART:
            raise DocumentError(
                f"its part {name} unpacks to more than {_LARGEST_PART} bytes; a case study has a "
                "few pages: save the case study alone"
            )
        return content


def open_package(content: bytes) -> Package:
    """Return the parts of a DOCX file.

    Raises:
        DocumentError: the bytes are no zip archive, or one beyond measure.
    """
    if content.startswith(_COMPOUND_FILE):
        raise DocumentError(
            "this is an encrypted document or one of Word's old .doc format; save it as .docx, "
            "without a password"
        )
    if content.count(_ENTRY) > _MOST_ENTRIES:
        raise DocumentError(
            f"this archive has more than {_MOST_ENTRIES} entries, which no .docx has; save the "
            "case study anew as .docx"
        )
    try:
        archive = zipfile.ZipFile(io.BytesIO(content))
        names = frozenset(archive.namelist())
    except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
        raise DocumentError(
            f"this is no .docx, or one cut short ({error}); save the case study anew as .docx"
        ) from error
    return Package(archive, names)
