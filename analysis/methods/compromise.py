"""Compromise: where do weighted averages of positions lie?

The weighted mean is the plainest forecast of a decision that many take part in, and hard to beat: the compromise model.
The weighted median is the position that no other one beats where actors vote by weight (the Condorcet winner).

Sources
    Van den Bos (1991), Dutch EC policy making. Achen (2006), Institutional realism and bargaining models.
    Black (1958), The Theory of Committees and Elections.
"""

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


def weighted_mean(positions: Array, weights: Array) -> Array:
    """Mean of positions, weighted by power times salience.

    Args:
        positions: Position of every actor on every issue, NaN where it has none: (actors, issues).
        weights: Its weight there, NaN where it is unknown: (actors, issues).

    Returns:
        One number an issue, NaN where nobody weighs anything: (issues,).
    """
    known = np.isfinite(positions) & np.isfinite(weights)
    held = np.where(known, weights, 0.0)
    total = held.sum(axis=0)
    with np.errstate(invalid="ignore", divide="ignore"):
        return np.asarray(np.where(total > 0.0, (held * np.where(known, positions, 0.0)).sum(axis=0) / total, np.nan))


def weighted_median(positions: Array, weights: Array) -> Array:
    """The lowest position at which half of the weight is reached.

    Args:
        positions: Position of every actor on every issue, NaN where it has none: (actors, issues).
        weights: Its weight there, NaN where it is unknown: (actors, issues).

    Returns:
        One number an issue, NaN where nobody weighs anything: (issues,).
    """
    known = np.isfinite(positions) & np.isfinite(weights)
    held, placed = np.where(known, weights, 0.0), np.where(known & (weights > 0.0), positions, np.inf)
    order = np.argsort(placed, axis=0, kind="stable")
    reached = np.take_along_axis(held, order, axis=0).cumsum(axis=0)
    half = reached[-1] / 2 * (1 - 1e-12)
    at = (reached >= half).argmax(axis=0)[np.newaxis]
    found = np.take_along_axis(np.take_along_axis(placed, order, axis=0), at, axis=0)[0]
    return np.asarray(np.where(reached[-1] > 0.0, found, np.nan))
