"""Percentile bands: the middle of many runs and where four runs in five lie, week by week."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class Band:
    """Percentiles over runs, one value for each week; each is the value of a run, never between two."""

    low: FloatArray
    """10th percentile."""
    middle: FloatArray
    """Median."""
    high: FloatArray
    """90th percentile."""


def compute_band(values: FloatArray) -> Band:
    """The band of values given as (weeks, runs)."""
    low, middle, high = np.quantile(values, (0.1, 0.5, 0.9), axis=1, method="inverted_cdf")
    return Band(low, middle, high)
