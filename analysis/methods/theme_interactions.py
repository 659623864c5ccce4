"""Theme interactions: how much do two themes of two source views do only together?

Read aloud
    For two themes and any set of the others, the share moves by something when both are changed over, and by something
    when each is changed alone; what both do beyond the sum of the two is averaged over all sets of the others, sets of
    each size weighing alike. Above zero the two strengthen one another, below zero one does part of the other's work.
    Intervals are for each pair alone, paired over the draws, and about Monte Carlo only.

Sources
    Grabisch and Roubens (1999), An axiomatic approach to the concept of interaction among players (interaction index).
"""

from collections.abc import Collection
from itertools import combinations
from math import comb
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.attribution import CHUNK_SIZE
from analysis.methods.intervals import FloatArray
from analysis.methods.paired_change import PartOfChange, make_part


def compute_interactions(
    themes: tuple[str, ...], ends: NDArray[np.integer[Any]], outcomes: Collection[int], none: int
) -> dict[tuple[str, str], PartOfChange]:
    """What every two themes do only together, in the share of some outcomes.

    Args:
        themes: Names of the themes; theme n is in set s if bit n of s is set.
        ends: Number of the outcome of every draw in every set, (sets, draws).
        outcomes: Numbers of the outcomes that count.
        none: Stands for the outcome of a draw that does not match; it counts neither way.

    Returns:
        The interaction index of every pair, by its themes; those that move most first.
    """
    matched, hits = ends != none, np.isin(ends, list(outcomes))
    wholes = matched.sum(axis=1)
    shares, likely, draws = hits.sum(axis=1) / wholes, matched.mean(axis=1)[:, np.newaxis], ends.shape[1]
    pairs = list(combinations(range(len(themes)), 2))
    weights = np.array([_weigh_pair(len(themes), *pair) for pair in pairs]).reshape(len(pairs), len(shares))
    pulls = np.zeros((len(pairs), draws))
    for at in range(0, draws, CHUNK_SIZE):
        some = slice(at, at + CHUNK_SIZE)
        pulls[:, some] = weights @ ((hits[:, some] - shares[:, np.newaxis] * matched[:, some]) / likely)
    found = {
        (themes[one], themes[other]): make_part(float(weights[n] @ shares), pulls[n], int(wholes.min()))
        for n, (one, other) in enumerate(pairs)
    }
    return dict(sorted(found.items(), key=lambda item: -abs(item[1].value)))


def _weigh_pair(players: int, one: int, other: int) -> FloatArray:
    """By how much the worth of each set counts in the interaction of two players."""
    weights = np.zeros(2**players)
    both = 1 << one | 1 << other
    for rest in range(2**players):
        if rest & both == 0:
            weight = 1.0 / ((players - 1) * comb(players - 2, rest.bit_count()))
            weights[rest | both] += weight
            weights[rest] += weight
            weights[rest | 1 << one] -= weight
            weights[rest | 1 << other] -= weight
    return weights
