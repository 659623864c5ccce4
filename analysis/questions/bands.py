"""Bands: the middle of many runs and where four runs in five lie, week by week."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Percentiles over runs, one value for each week; each is the value of a run, never between two."""

    low: Array
    """10th percentile."""
    middle: Array
    """Median."""
    high: Array
    """90th percentile."""


def band(values: Array) -> Band:
    """The band of values given as (weeks, runs)."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9), axis=1, method="inverted_cdf")
    return Band(low, middle, high)
