"""Planned looks: a stopping rule that is asked only at numbers of matching runs that were named beforehand."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class PlannedLooks:
    """A rule, and when it is asked."""

    numbers: tuple[int, ...]
    """Matching runs at which it is looked, in order."""
    rule: Callable[[Any], bool]
    """True if counts by outcome say enough."""

    def __call__(self, counts: Any) -> bool:
        """What the rule says."""
        return self.rule(counts)

    def is_due(self, before: int, after: int) -> bool:
        """True if one of the numbers was reached between two ends of blocks.

        Args:
            before: Matching runs at the end of the block before.
            after: Matching runs now.
        """
        return any(before < number <= after for number in self.numbers)
