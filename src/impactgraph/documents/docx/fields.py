"""Fields of WordprocessingML (ECMA-376, part 1, section 17.16): instructions and what they show."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from lxml import etree

from impactgraph.documents.docx.names import in_words

__all__ = ["LONGEST_ADDRESS", "Fields"]

LONGEST_ADDRESS = 2_000

_HYPERLINK = re.compile(r'\s{0,9}HYPERLINK\s[^"]{0,100}"([^"]*)"', re.IGNORECASE)
_LONGEST_INSTRUCTION = 10_000
_DEEPEST = 50


@dataclass(slots=True)
class _Field:
    instruction: str = ""
    shown: bool = False
    address: str = ""


@dataclass(slots=True)
class Fields:
    """The fields that are open at a place of the text, the innermost last."""

    _open: list[_Field] = field(default_factory=list)
    _beyond: int = 0

    @property
    def hides_words(self) -> bool:
        """Whether the place lies in an instruction, which nobody sees."""
        return any(not one.shown for one in self._open)

    @property
    def address(self) -> str:
        """Where the innermost link that is open leads ("" for nowhere)."""
        return next((one.address for one in reversed(self._open) if one.address), "")

    def take(self, element: etree._Element, name: str) -> bool:
        """Take an element of a field in; return whether it was one."""
        if name == "fldChar":
            match in_words(element, "fldCharType"):
                case "begin" if len(self._open) >= _DEEPEST:
                    self._beyond += 1
                case "end" if self._beyond:
                    self._beyond -= 1
                case "begin":
                    self._open.append(_Field())
                case "separate" if self._open:
                    self._open[-1].shown = True
                    self._open[-1].address = self.read_address(self._open[-1].instruction)
                case "end" if self._open:
                    self._open.pop()
            return True
        if name == "instrText":
            if self._open and len(self._open[-1].instruction) < _LONGEST_INSTRUCTION:
                self._open[-1].instruction += (element.text or "")[:_LONGEST_INSTRUCTION]
            return True
        return False

    @staticmethod
    def read_address(instruction: str) -> str:
        """Return where a HYPERLINK field leads ("" for other fields).

        >>> Fields.read_address(' HYPERLINK "https://example.org/a" ')
        'https://example.org/a'
        """
        match = _HYPERLINK.match(instruction)
        return match[1][:LONGEST_ADDRESS] if match else ""
