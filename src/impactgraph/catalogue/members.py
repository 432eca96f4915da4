"""Sets of case studies as numbers: the bit of each member's number is set.

Of 6,000 case studies such a set has 750 bytes, and to intersect two and count takes a microsecond.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

__all__ = ["list_members", "take_members", "to_members"]


def to_members(numbers: Iterable[int]) -> int:
    """Return the set of some numbers.

    >>> to_members([0, 3]), list_members(9)
    (9, [0, 3])
    """
    bits = bytearray()
    for number in numbers:
        if number // 8 >= len(bits):
            bits.extend(bytes(number // 8 + 1 - len(bits)))
        bits[number // 8] |= 1 << number % 8
    return int.from_bytes(bits, "little")


def list_members(members: int) -> list[int]:
    """Return the numbers that are in a set, the least first."""
    bits = members.to_bytes((members.bit_length() + 7) // 8, "little")
    return [
        8 * place + bit
        for place, byte in enumerate(bits)
        if byte
        for bit in range(8)
        if byte >> bit & 1
    ]


def take_members(order: Sequence[int], chosen: int, start: int, size: int) -> list[int]:
    """Return some of a set's members in an order: so many, from the one at a position on.

    >>> take_members((3, 1, 0), 9, 1, 5)
    [0]
    """
    bits = chosen.to_bytes((chosen.bit_length() + 7) // 8 or 1, "little")
    length = len(bits)
    found = [
        number for number in order if number // 8 < length and bits[number // 8] >> number % 8 & 1
    ]
    return found[start : start + size]
