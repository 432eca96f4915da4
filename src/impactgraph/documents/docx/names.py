"""Names of WordprocessingML (ECMA-376, part 1, section 17) in the form that lxml uses."""

from __future__ import annotations

from lxml import etree

__all__ = ["child", "in_words", "is_on", "local_name", "value_of"]

_WORDS = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
_STRICT = "http://purl.oclc.org/ooxml/wordprocessingml/main"
_OFF = ("0", "false", "off", "none")


def in_words(element: etree._Element, attribute: str) -> str | None:
    """Return an attribute of WordprocessingML, transitional or strict."""
    found = element.get(f"{{{_WORDS}}}{attribute}")
    return found if found is not None else element.get(f"{{{_STRICT}}}{attribute}")


def local_name(element: etree._Element) -> str:
    """Return an element's name without its namespace ("" for comments and the like)."""
    tag = element.tag
    return tag.rpartition("}")[2] if isinstance(tag, str) else ""


def child(element: etree._Element | None, *path: str) -> etree._Element | None:
    """Return the first child of that name, of it the first child of the next name, and so on."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local_name(one) == name), None)
    return element


def value_of(element: etree._Element | None, *path: str) -> str | None:
    """Return the `w:val` of the child at a path."""
    found = child(element, *path)
    return None if found is None else in_words(found, "val")


def is_on(element: etree._Element) -> bool:
    """Return whether a toggle property (section 17.7.3) is switched on."""
    return (in_words(element, "val") or "on") not in _OFF
