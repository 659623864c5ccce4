"""Stopping rule: are the shares of all outcomes known closely enough to stop?

Read aloud
    Whoever stops as soon as an interval looks narrow must use one that holds at every look. The confidence sequence
    does. Runs end when every outcome's share, in every source view, is known to the half-width asked for.

Sources
    Robbins (1970), Statistical methods related to the law of the iterated logarithm (beta mixture).
"""

from collections.abc import Callable
from typing import Any

from analysis.methods.intervals import confidence_sequence


def precise_enough(half_width: float, level: float = 0.95) -> Callable[[Any], bool]:
    """A test of counts by outcome: true once no share is further than the half-width from its interval's ends.

    Raises:
        ValueError: the half-width is not above 0 and below 1.
    """
    if not 0 < half_width < 1:
        raise ValueError(f"a half-width of {half_width} is not above 0 and below 1")

    def is_precise(counts: Any) -> bool:
        runs = int(sum(counts))
        return runs > 0 and all(_is_precise(int(count), runs, half_width, level) for count in counts)

    return is_precise


def _is_precise(count: int, runs: int, half_width: float, level: float) -> bool:
    found = confidence_sequence(count, runs, level)
    return max(found.high - found.share, found.share - found.low) <= half_width
