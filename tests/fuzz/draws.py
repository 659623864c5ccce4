"""Draws: choices that have an address, so that a trial can be made again from its seed, family and number."""

import hashlib
from collections.abc import Sequence
from typing import TypeVar

T = TypeVar("T")


class Draws:
    """A stream of choices; equal addresses, equal choices."""

    def __init__(self, *address: object) -> None:
        self._address = "/".join(map(str, address))
        self._count = 0

    def below(self, end: int) -> int:
        """A whole number from 0 to end - 1."""
        self._count += 1
        digest = hashlib.sha256(f"{self._address}#{self._count}".encode()).digest()
        return int.from_bytes(digest[:8], "big") % end

    def pick(self, among: Sequence[T]) -> T:
        """One of several."""
        return among[self.below(len(among))]

    def once_in(self, many: int) -> bool:
        """True once in so many times."""
        return self.below(many) == 0
