"""Nested shares: how much of the spread of an outcome do the assumptions decide, and how much does luck?

Read aloud
    Assumptions are drawn outside, and inside every draw the same assumptions are played several times, each replicate
    with luck of its own. What differs between replicates is luck: its variance is the aleatory part. Shares of draws
    differ from one another by their assumptions, and by luck too, as each is a share of few replicates; this
    replicate noise, the variance within a draw over the number of replicates, is subtracted. What is left is the
    epistemic part. With few draws it may come out below 0, which says that it is not told apart from none. Intervals
    come from resampling whole draws (bias-corrected bootstrap).

Symbols
    n draws, r replicates in each; W is the mean variance within draws, V the variance of the draws' shares.
    Replicate noise W / r; epistemic variance V - W / r; epistemic share (V - W / r) / (V - W / r + W).

Sources
    Helton and Burmaster (1996), Treatment of aleatory and epistemic uncertainty. Fisher (1925), Statistical methods for
    research workers (intraclass correlation). Sun, Apley and Staum (2011), Efficient nested simulation for estimating
    the variance of a conditional expectation. Efron (1987), Better bootstrap confidence intervals.
"""

import warnings
from dataclasses import dataclass

import numpy as np
from scipy.stats import DegenerateDataWarning, bootstrap

from analysis.methods.sensitivity import RESAMPLING_SEED, Array

RESAMPLES = 2000
AT_ONCE = 100
"""Resamples held at a time."""


@dataclass(frozen=True)
class NestedShares:
    """Shares of the variance of an outcome over all runs of a nested design."""

    draws: int
    """Draws of the assumptions."""
    replicates: int
    """Runs of each draw, each with luck of its own."""
    share: float
    """Share of all runs with the outcome."""
    epistemic: float
    """Share of the variance that assumptions decide, replicate noise subtracted; luck decides the rest."""
    low: float
    """Lower end of its 95% interval."""
    high: float
    """Upper end of its 95% interval."""
    epistemic_variance: float
    """Variance of the outcome's chance over draws of the assumptions."""
    aleatory_variance: float
    """Mean variance within a draw (W)."""
    replicate_noise: float
    """What luck adds to the variance of the draws' shares (W / r), and what is subtracted from it."""


def analyze_nested(hits: Array) -> NestedShares:
    """Shares of assumptions and of luck.

    Args:
        hits: 1 for runs with the outcome, or any other number per run: (draws, replicates), at least two of both.

    Returns:
        The epistemic share with its interval, and the variances behind it.
    """
    draws, replicates = hits.shape
    means, within = hits.mean(axis=1), hits.var(axis=1, ddof=1)

    def find_share(means: Array, within: Array, axis: int = -1) -> Array:
        luck = within.mean(axis=axis)
        assumed = means.var(axis=axis, ddof=1) - luck / replicates
        total = assumed + luck
        return np.asarray(np.divide(assumed, total, out=np.zeros_like(total), where=total > 0.0))

    estimate, noise = float(find_share(means, within)), float(within.mean()) / replicates
    with warnings.catch_warnings(), np.errstate(invalid="ignore"):  # all draws alike: the interval is the share itself
        warnings.simplefilter("ignore", DegenerateDataWarning)
        found = bootstrap(
            (means, within), find_share, n_resamples=RESAMPLES, batch=AT_ONCE, paired=True, vectorized=True,
            rng=RESAMPLING_SEED,
        ).confidence_interval  # fmt: skip
    low, high = (estimate if np.isnan(end) else float(end) for end in (found.low, found.high))
    variance = float(means.var(ddof=1)) - noise
    return NestedShares(draws, replicates, float(hits.mean()), estimate, low, high, variance, noise * replicates, noise)
