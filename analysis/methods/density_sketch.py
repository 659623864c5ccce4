"""Density sketch: the spread of a quantity as a row of blocks, so that two spreads can be compared at a glance."""

from collections.abc import Mapping
from math import exp, log
from typing import Any

BLOCKS = "▁▂▃▄▅▆▇█"
BINS = 16
"""Blocks in a row."""

WIDE = 2.5
"""Standard deviations on either side that are drawn."""


def sketch_densities(first: Any, second: Any) -> tuple[str, str]:
    """Two quantities on one scale, each as high as its highest block; empty where one is no single number or spread.

    Args:
        first: A quantity as plain data.
        second: Another one of the same unit.
    """
    ends = [_find_ends(one) for one in (first, second)]
    if None in ends:
        return "", ""
    low, high = min(end[0] for end in ends if end), max(end[1] for end in ends if end)
    if low == high:
        low, high = low - 0.5, high + 0.5
    return _sketch(first, low, high), _sketch(second, low, high)


def _find_ends(quantity: Any) -> tuple[float, float] | None:
    """Between which numbers nearly all of a quantity lies."""
    if not isinstance(quantity, Mapping):
        return None
    if (value := quantity.get("value")) is not None:
        return float(value), float(value)
    if quantity.get("low") is not None:
        return float(quantity["low"]), float(quantity["high"])
    if quantity.get("mean") is not None:
        reach = WIDE * float(quantity["sd"])
        return float(quantity["mean"]) - reach, float(quantity["mean"]) + reach
    if quantity.get("median") is not None:
        factor = float(quantity["spread"]) ** WIDE
        return float(quantity["median"]) / factor, float(quantity["median"]) * factor
    return None


def _sketch(quantity: Mapping[str, Any], low: float, high: float) -> str:
    step = (high - low) / BINS
    ends = _find_ends(quantity)
    if ends is None or ends[0] == ends[1]:
        at = min(BINS - 1, int(((ends[0] if ends else low) - low) / step))
        heights = [float(place == at) for place in range(BINS)]
    else:
        heights = [_compute_height(quantity, ends, low + (place + 0.5) * step, step) for place in range(BINS)]
    most = max(heights) or 1.0
    return "".join(" " if one <= 0.01 * most else BLOCKS[min(7, int(8 * one / most))] for one in heights)


def _compute_height(quantity: Mapping[str, Any], ends: tuple[float, float], at: float, step: float) -> float:
    """Density of a spread, up to a factor."""
    if quantity.get("low") is not None:
        return max(0.0, min(at + step / 2, ends[1]) - max(at - step / 2, ends[0]))
    if quantity.get("mean") is not None:
        return exp(-0.5 * ((at - float(quantity["mean"])) / float(quantity["sd"])) ** 2)
    if at <= 0:
        return 0.0
    return exp(-0.5 * (log(at / float(quantity["median"])) / log(float(quantity["spread"]))) ** 2) / at
