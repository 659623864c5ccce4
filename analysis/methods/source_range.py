"""Source range: what the source views say together - first their range, then their plain mean.

Read aloud
    The range is the lowest and the highest share among the sources. The pool is the plain mean of their
    shares among matching runs; how many of a source's runs match never weighs. All views are played with
    the same luck, so their shares are not independent: each draw's effect on all of them is added up before
    it is squared. Where no source has a run of the kind, the bound is the mean of the sources' bounds,
    which is on the safe side.

Sources
    Stone (1961), The opinion pool.
    Särndal, Swensson and Wretman (1992), Model assisted survey sampling (linearised ratios).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import ViewRuns

Hits = NDArray[np.bool_]


@dataclass(frozen=True)
class SourceRange:
    """Lowest and highest share among sources, and whose they are."""

    low: float
    """Lowest share."""
    high: float
    """Highest share."""
    lowest: str
    """The source view with the lowest share."""
    highest: str
    """The source view with the highest share."""


@dataclass(frozen=True)
class SourceMean:
    """Plain mean of the sources' shares; never shown without the range."""

    views: tuple[str, ...]
    """The source views in it."""
    outcomes: Mapping[str, Interval]
    """Mean share of each outcome."""
    any_agreement: Interval
    """Mean share of runs with an agreement in force at the horizon."""


def find_source_range(shares: Mapping[str, float]) -> SourceRange:
    """The range of shares by source view."""
    lowest = min(shares, key=lambda name: shares[name])
    highest = max(shares, key=lambda name: shares[name])
    return SourceRange(shares[lowest], shares[highest], lowest, highest)


def compute_source_mean(views: Sequence[ViewRuns], hits: Sequence[Hits]) -> Interval:
    """Plain mean of the shares of hits, with an interval that counts shared luck once."""
    share = float(np.mean([np.mean(hit) for hit in hits]))
    combined = np.zeros(max(view.n_drawn for view in views))
    for view, hit in zip(views, hits, strict=True):
        runs = view.columns["run"].astype(np.int64)
        combined[runs] += (hit - np.mean(hit)) / (view.n_matching * len(views))
    variance = float(np.sum(combined**2))
    if variance <= 0.0 or not 0.0 < share < 1.0:
        ends = [estimate_share(int(hit.sum()), view.n_matching) for view, hit in zip(views, hits, strict=True)]
        low, high = (float(np.mean([getattr(end, side) for end in ends])) for side in ("low", "high"))
        return Interval(share, low, high, "conservative")
    effective = share * (1 - share) / variance
    interval = estimate_share(share * effective, effective)
    return Interval(share, interval.low, interval.high, "paired")
