"""Coder agreement: do coders who read the same passages say the same, beyond what chance would give?

Read aloud
    Coders put each unit into a category. Cohen's kappa compares how often two coders agree with how often they would if
    each kept its own shares of the categories and threw lots. Krippendorff's alpha does the same for any number of
    coders, leaves out what somebody did not code, and compares disagreement with that of categories drawn from all
    answers together. Both are 1 for full agreement and 0 for that of lots. The interval draws units anew, with
    addressed luck, and takes the middle 95%.

Sources
    Cohen (1960), A coefficient of agreement for nominal scales.
    Krippendorff (2011), Computing Krippendorff's alpha-reliability; nominal data.
    Efron and Tibshirani (1993), An introduction to the bootstrap (percentile interval over units).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]
Counts = NDArray[np.int64]

Luck = Callable[[int, int], Array]
"""Uniform random numbers between 0 and 1, so many rows of so many."""

RESAMPLES = 2000
"""Times that units are drawn anew for an interval."""
MISSING = -1
"""Code of a unit that a coder did not code."""


@dataclass(frozen=True)
class Agreement:
    """How far coders agree over some units."""

    units: int
    """Units that two coders or more have coded."""
    same: int
    """Units on which all of them say the same."""
    kappa: float | None
    """Cohen's kappa; none for more than two coders, or where every answer is the same category."""
    kappa_interval: tuple[float, float] | None
    """Its 95% interval; none for one unit, which cannot be drawn otherwise."""
    alpha: float | None
    """Krippendorff's alpha; none where every answer is the same category."""
    alpha_interval: tuple[float, float] | None
    """Its 95% interval."""


def measure_agreement(answers: Sequence[Sequence[str | None]], luck: Luck) -> Agreement:
    """Agreement of coders, with intervals.

    Args:
        answers: For each coder, the category of every unit; None where the coder did not code it.
        luck: Where the resampling has its random numbers from.

    Returns:
        Kappa for two coders, alpha for any number, over the units that two or more have coded.
    """
    categories = sorted({answer for row in answers for answer in row if answer is not None})
    known = {category: number for number, category in enumerate(categories)}
    codes = np.array([[MISSING if one is None else known[one] for one in row] for row in answers], dtype=np.int64)
    codes = codes[:, (codes != MISSING).sum(axis=0) >= 2] if codes.size else codes.reshape(len(answers), 0)
    units = codes.shape[1]
    if not units:
        return Agreement(0, 0, None, None, None, None)
    same = int(sum(len({*column[column != MISSING].tolist()}) == 1 for column in codes.T))
    picks = (luck(RESAMPLES, units) * units).astype(np.int64)
    counts = _count_answers(codes, len(categories))
    alpha = _compute_alpha(counts[None])
    alphas = _resample_alpha(counts, picks) if units > 1 else np.full(1, np.nan)
    if len(answers) != 2:
        return Agreement(units, same, None, None, _get(alpha), _find_interval(alphas))
    table = np.zeros((units, len(categories), len(categories)))
    table[np.arange(units), codes[0], codes[1]] = 1.0
    kappa = _compute_kappa(table.sum(axis=0)[None])
    kappas = _compute_kappa(np.stack([table[pick].sum(axis=0) for pick in picks])) if units > 1 else alphas
    return Agreement(units, same, _get(kappa), _find_interval(kappas), _get(alpha), _find_interval(alphas))


def _count_answers(codes: Counts, categories: int) -> Array:
    """Coders who put a unit into a category: one row for each unit."""
    counts: Array = (codes[:, :, None] == np.arange(categories)).sum(axis=0).astype(float)
    return counts


def _compute_alpha(counts: Array) -> Array:
    """Alpha of several samples of units; counts are sample by unit by category."""
    coders = counts.sum(axis=2)
    within = (counts * (coders[:, :, None] - counts)).sum(axis=2) / np.maximum(coders - 1, 1)
    observed, totals = within.sum(axis=1), counts.sum(axis=1)
    pairable = totals.sum(axis=1)
    expected = (totals * (pairable[:, None] - totals)).sum(axis=1) / np.maximum(pairable - 1, 1)
    return np.where(expected > 0, 1 - observed / np.where(expected > 0, expected, 1), np.nan)


def _resample_alpha(counts: Array, picks: Counts) -> Array:
    return np.concatenate([_compute_alpha(counts[part]) for part in np.array_split(picks, 20)])


def _compute_kappa(tables: Array) -> Array:
    """Kappa of several tables of two coders' categories."""
    n = tables.sum(axis=(1, 2))
    seen = np.einsum("kii->k", tables) / n
    chance = (tables.sum(axis=2) * tables.sum(axis=1)).sum(axis=1) / n**2
    return np.where(chance < 1, (seen - chance) / np.where(chance < 1, 1 - chance, 1), np.nan)


def _get(values: Array) -> float | None:
    return None if np.isnan(values[0]) else float(values[0])


def _find_interval(values: Array) -> tuple[float, float] | None:
    """The middle 95% of the resamples that say anything; none for one unit."""
    known = values[~np.isnan(values)]
    if known.size < values.size / 2:
        return None
    low, high = np.quantile(known, [0.025, 0.975])
    return float(low), float(high)
