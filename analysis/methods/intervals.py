"""Intervals: how far a share of simulated runs may lie from the share of endlessly many runs.

Read aloud
    All intervals here are about Monte Carlo error only: they shrink with the number of runs. They say
    nothing about whether the assumptions hold. A share of a planned number of runs gets Wilson's interval;
    a share below 1% or above 99% gets Clopper and Pearson's, which never covers too rarely; a count of
    zero gets an upper bound near 3/n. Whoever looks a few times, at numbers of runs named beforehand, shares the error
    out among the looks (Bonferroni), and may stop at any of them. Whoever looks again and again while runs come in
    needs the confidence sequence, which holds at all looks at once. A paired difference that rests on a few draws alone
    gets the exact limits of a count, as a normal distribution would be far too sure of it.

Sources
    Wilson (1927), Probable inference, the law of succession, and statistical inference.
    Clopper and Pearson (1934), The use of confidence or fiducial limits.
    Garwood (1936), Fiducial limits for the Poisson distribution. Effective number of unequal parts: Kish (1965).
    Hanley and Lippman-Hand (1983), If nothing goes wrong, is everything all right? (3/n).
    Robbins (1970), Statistical methods related to the law of the iterated logarithm (beta mixture).
"""

from dataclasses import dataclass
from math import isfinite, log, sqrt
from typing import Any, Literal

import numpy as np
from numpy.typing import NDArray
from scipy.special import betaincinv, betaln, gammaincinv, ndtri, xlog1py, xlogy

IntervalKind = Literal[
    "Wilson", "Clopper-Pearson", "one-sided bound", "confidence sequence", "planned looks", "paired", "conservative"
]
"""How the ends were found; every kind is about Monte Carlo error only."""

FEW = 20
"""Draws below which a paired difference rests on few."""

FloatArray = NDArray[np.float64]

RARE = 0.01
"""Shares below this, or above one minus this, get Clopper and Pearson's interval."""


@dataclass(frozen=True)
class Interval:
    """A share with its interval."""

    share: float
    """The share itself, between 0 and 1."""
    low: float
    """Lower end."""
    high: float
    """Upper end."""
    kind: IntervalKind
    """How the ends were found."""


def estimate_share(count: float, runs: float, level: float = 0.95) -> Interval:
    """A share of a planned number of runs, with the interval that suits it."""
    _require_count(count, runs, level)
    share = count / runs
    if count in (0, runs):
        return one_sided_bound(count > 0, runs, level)
    if share < RARE or share > 1 - RARE:
        return clopper_pearson(count, runs, level)
    return wilson(count, runs, level)


def wilson(count: float, runs: float, level: float = 0.95) -> Interval:
    """Wilson's score interval."""
    _require_count(count, runs, level)
    share, z = count / runs, float(ndtri(0.5 + level / 2))
    scale = 1 + z * z / runs
    middle = (share + z * z / (2 * runs)) / scale
    half = z / scale * sqrt(share * (1 - share) / runs + z * z / (4 * runs * runs))
    return Interval(share, max(0.0, min(share, middle - half)), min(1.0, max(share, middle + half)), "Wilson")


def clopper_pearson(count: float, runs: float, level: float = 0.95) -> Interval:
    """Clopper and Pearson's interval, which covers at least as often as it says."""
    _require_count(count, runs, level)
    tail = (1 - level) / 2
    low = float(betaincinv(count, runs - count + 1, tail)) if count > 0 else 0.0
    high = float(betaincinv(count + 1, runs - count, 1 - tail)) if count < runs else 1.0
    return Interval(count / runs, low, high, "Clopper-Pearson")


def one_sided_bound(always: bool, runs: float, level: float = 0.95) -> Interval:
    """The exact one-sided bound where it happened in no run, or in every run; just inside 3/n."""
    far = -((1 - level) ** (1 / runs) - 1)
    return Interval(1.0, 1 - far, 1.0, "one-sided bound") if always else Interval(0.0, 0.0, far, "one-sided bound")


def find_paired_reach(pull: FloatArray, level: float = 0.95) -> tuple[float, IntervalKind]:
    """How far a paired difference may be off, from what each draw contributes to it; 0 where none contributes.

    Where the difference rests on few draws, as many of equal weight as the contributions amount to are taken for a
    count, whose exact limits (Garwood 1936) are never narrower than those of a normal distribution.

    Args:
        pull: What each draw contributes, in shares of one.
        level: Level of the interval.
    """
    error = float(np.std(pull, ddof=1) / sqrt(pull.size))
    if error <= 0:
        return 0.0, "conservative"
    z, squares = float(ndtri(0.5 + level / 2)), pull * pull
    count = float(squares.sum() ** 2 / (squares * squares).sum())
    if count >= FEW:
        return z * error, "paired"
    return max(z, float(gammaincinv(count + 1, 0.5 + level / 2) - count) / sqrt(count)) * error, "conservative"


def log_bayes_factor(chance: Any, count: Any, runs: Any) -> Any:
    """Log of how much better a beta mixture explains the count than the chance does; numbers or arrays."""
    mixture = betaln(count + 0.5, runs - count + 0.5) - betaln(0.5, 0.5)
    return mixture - xlogy(count, chance) - xlog1py(runs - count, -chance)


def confidence_sequence(count: int, runs: int, level: float = 0.95) -> Interval:
    """The confidence sequence: holds at every look at once, so one may stop whenever it is narrow enough."""
    _require_count(count, runs, level)
    share, limit = count / runs, log(1 / (1 - level))

    from scipy.optimize import brentq  # loaded where it is needed: it takes longer than a table of shares

    def compute_excess(chance: float) -> float:
        return float(log_bayes_factor(chance, count, runs)) - limit

    low = 0.0 if count == 0 else float(brentq(compute_excess, 1e-300, share))
    high = 1.0 if count == runs else float(brentq(compute_excess, share, 1 - 1e-16))
    return Interval(share, low, high, "confidence sequence")


def planned_look(count: float, runs: float, looks: int, level: float = 0.95) -> Interval:
    """Clopper and Pearson's interval at one of several looks that were planned beforehand; all hold together."""
    if looks < 1:
        raise ValueError(f"{looks} looks are none")
    found = clopper_pearson(count, runs, 1.0 - (1.0 - level) / looks)
    return Interval(found.share, found.low, found.high, "planned looks")


def _require_count(count: float, runs: float, level: float) -> None:
    """Refuse counts that cannot be."""
    if not (isfinite(count) and isfinite(runs) and runs > 0 and 0 <= count <= runs):
        raise ValueError(f"{count} of {runs} runs is no share")
    if not 0 < level < 1:
        raise ValueError(f"a level of {level} is not between 0 and 1")
