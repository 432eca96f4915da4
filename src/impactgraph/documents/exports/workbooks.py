"""The rows of an Office Open XML workbook's first sheet, read as a stream (ECMA-376, part 1, 18).

A workbook may say that it has a cell at the far end of its sheet, or a shared string that unpacks
to gigabytes. So nothing is held but a row and the shared strings, both within bounds, where the
libraries for spreadsheets lay out a whole sheet or a whole row before anybody can look at it.
"""

from __future__ import annotations

import mmap
import posixpath
import re
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO
from xml.parsers import expat

from impactgraph.errors import DocumentError

__all__ = ["MOST_COLUMNS", "read_workbook"]

MOST_COLUMNS = 200
"""How many columns are read; a row with more is refused."""

_PART = b"PK\x01\x02"
_MOST_PARTS = 10_000
_LARGEST_PART = 400_000_000
_MOST_ELEMENTS = 5_000_000
_DEEPEST = 100
_LONGEST_CELL = 500_000
_MOST_SHARED_CHARACTERS = 300_000_000
_MOST_SHARED_STRINGS = 2_000_000
_CHUNK = 1 << 16
_ESCAPED = re.compile(r"_x([0-9A-Fa-f]{4})_")
_COLUMN = re.compile(r"([A-Z]{1,3})[0-9]{1,7}")
_WHOLE = re.compile(r"-?[0-9]{1,15}")


def read_workbook(path: Path) -> Iterator[tuple[int, list[str]]]:
    """Yield the rows of a workbook's first sheet as text, with their numbers from 1.

    Raises:
        DocumentError: the file is no workbook, is damaged, or larger than an export can be.
        OSError: the file cannot be read.
    """
    try:
        _count_parts(path)
        with zipfile.ZipFile(path) as archive:
            sheet = _find_first_sheet(archive)
            strings = _SharedStrings()
            if "xl/sharedStrings.xml" in archive.namelist():
                for _ in _parse(archive, "xl/sharedStrings.xml", strings):
                    pass
            rows = _Rows(strings.strings)
            for _ in _parse(archive, sheet, rows):
                yield from rows.take()
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError) as error:
        raise DocumentError(f"the workbook is damaged or encrypted: {error}") from error
    except expat.ExpatError as error:
        raise DocumentError(f"the workbook's XML is damaged: {error}") from error


def _count_parts(path: Path) -> None:
    """Refuse an archive whose list of parts alone would fill the memory."""
    with path.open("rb") as file, mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ) as content:
        place, count = content.find(_PART), 0
        while place >= 0:
            count += 1
            if count > _MOST_PARTS:
                raise DocumentError(f"the workbook has more than {_MOST_PARTS} parts")
            place = content.find(_PART, place + 4)


class _Reader:
    """What is told of a part's elements, by their local names."""

    def start(self, name: str, attributes: dict[str, str]) -> None:
        raise NotImplementedError

    def end(self, name: str) -> None:
        raise NotImplementedError

    def text(self, text: str) -> None:
        raise NotImplementedError


def _parse(archive: zipfile.ZipFile, name: str, reader: _Reader) -> Iterator[None]:
    """Read a part in pieces, telling the reader; yield after each."""
    try:
        info = archive.getinfo(name)
    except KeyError:
        raise DocumentError(f"the workbook lacks its part {name}") from None
    if info.file_size > _LARGEST_PART:
        raise DocumentError(f"the workbook's part {name} has more than {_LARGEST_PART} bytes")
    parser = expat.ParserCreate(namespace_separator=" ")
    parser.buffer_text = True
    parser.StartDoctypeDeclHandler = _refuse_doctype
    count = depth = 0

    def start(tag: str, attributes: dict[str, str]) -> None:
        nonlocal count, depth
        count, depth = count + 1, depth + 1
        if count > _MOST_ELEMENTS or depth > _DEEPEST:
            raise DocumentError(
                f"the workbook's part {name} has over {_MOST_ELEMENTS} elements, or over "
                f"{_DEEPEST} inside each other"
            )
        reader.start(tag.rpartition(" ")[2], attributes)

    def end(tag: str) -> None:
        nonlocal depth
        depth -= 1
        reader.end(tag.rpartition(" ")[2])

    parser.StartElementHandler = start
    parser.EndElementHandler = end
    parser.CharacterDataHandler = reader.text
    with archive.open(info) as part:
        for chunk in _read_chunks(part):
            parser.Parse(chunk, False)
            yield
        parser.Parse(b"", True)
    yield


def _read_chunks(part: IO[bytes]) -> Iterator[bytes]:
    while chunk := part.read(_CHUNK):
        yield chunk


def _refuse_doctype(*_: object) -> None:
    raise DocumentError("the workbook declares a document type, which no workbook needs")


def _find_first_sheet(archive: zipfile.ZipFile) -> str:
    """Return the name of the part that holds the workbook's first sheet."""
    sheets = _Attributes("sheet")
    relations = _Attributes("Relationship")
    for _ in _parse(archive, "xl/workbook.xml", sheets):
        pass
    for _ in _parse(archive, "xl/_rels/workbook.xml.rels", relations):
        pass
    for sheet in sheets.found:
        wanted = next((value for key, value in sheet.items() if key.endswith(" id")), None)
        for relation in relations.found:
            if relation.get("Id") == wanted and relation.get("Type", "").endswith("/worksheet"):
                return posixpath.normpath(posixpath.join("/xl", relation.get("Target", "")))[1:]
    raise DocumentError("the workbook has no sheet")


class _Attributes(_Reader):
    """The attributes of all elements of one name."""

    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[dict[str, str]] = []

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == self.name:
            self.found.append(attributes)
            if len(self.found) > 10_000:
                raise DocumentError(f"the workbook has more than 10000 elements {name}")

    def end(self, name: str) -> None:
        pass

    def text(self, text: str) -> None:
        pass


class _Words(_Reader):
    """Words being collected: those of `t` elements, but for phonetic hints."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.length = 0
        self.open = False
        self.phonetic = False

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "t":
            self.open = not self.phonetic
        elif name == "rPh":
            self.phonetic = True

    def end(self, name: str) -> None:
        if name == "t":
            self.open = False
        elif name == "rPh":
            self.phonetic = False

    def text(self, text: str) -> None:
        if self.open:
            self.length += len(text)
            if self.length > _LONGEST_CELL:
                raise DocumentError(f"a cell has more than {_LONGEST_CELL} characters")
            self.parts.append(text)

    def take_words(self) -> str:
        words = "".join(self.parts)
        self.parts, self.length = [], 0
        return _ESCAPED.sub(_resolve, words) if "_x" in words else words


class _SharedStrings(_Words):
    """The strings that cells share, by their positions."""

    def __init__(self) -> None:
        super().__init__()
        self.strings: list[str] = []
        self.total = 0

    def end(self, name: str) -> None:
        super().end(name)
        if name == "si":
            words = self.take_words()
            self.total += len(words)
            self.strings.append(words)
            if self.total > _MOST_SHARED_CHARACTERS or len(self.strings) > _MOST_SHARED_STRINGS:
                raise DocumentError("the workbook has more text than an export can have")


class _Rows(_Words):
    """The rows of a sheet, as far as they have been read."""

    def __init__(self, strings: list[str]) -> None:
        super().__init__()
        self.strings = strings
        self.rows: list[tuple[int, list[str]]] = []
        self.number = 0
        self.cells: list[str] = []
        self.kind = "n"
        self.column = 0

    def take(self) -> list[tuple[int, list[str]]]:
        rows, self.rows = self.rows, []
        return rows

    def start(self, name: str, attributes: dict[str, str]) -> None:
        if name == "v":
            self.open = True
        elif name == "c":
            self.kind = attributes.get("t", "n")
            place = _COLUMN.fullmatch(attributes.get("r", ""))
            self.column = _count_column(place[1]) if place else len(self.cells)
            if not len(self.cells) <= self.column < MOST_COLUMNS:
                raise DocumentError(
                    f"row {self.number} has more than {MOST_COLUMNS} columns, or out of order"
                )
        elif name == "row":
            number = attributes.get("r", "")
            self.number = int(number) if _WHOLE.fullmatch(number) else self.number + 1
            self.cells = []
        else:
            super().start(name, attributes)

    def end(self, name: str) -> None:
        if name == "v":
            self.open = False
        elif name == "c":
            self.cells.extend([""] * (self.column - len(self.cells)))
            self.cells.append(self._read_value(self.take_words()))
        elif name == "row":
            if any(self.cells):
                self.rows.append((self.number, self.cells))
            self.cells = []
        else:
            super().end(name)

    def _read_value(self, words: str) -> str:
        if self.kind == "s":
            known = _WHOLE.fullmatch(words) and 0 <= int(words) < len(self.strings)
            return self.strings[int(words)] if known else ""
        if self.kind == "e":
            return ""
        if self.kind == "n" and words and not _WHOLE.fullmatch(words):
            return _write_number(words)
        return words


def _write_number(words: str) -> str:
    """Return a number as people write it, where it is whole."""
    try:
        number = float(words)
    except ValueError:
        return words
    return str(int(number)) if number.is_integer() and abs(number) < 1e15 else words


def _count_column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - 64
    return number - 1


def _resolve(match: re.Match[str]) -> str:
    return chr(int(match[1], 16))
