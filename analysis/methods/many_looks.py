"""Many looks: how sure is one of many differences, given that all of them were looked at?

Read aloud
    Whoever looks at a hundred differences finds five that pass for real by luck alone. Holm's procedure holds the
    chance of even one such error down: the smallest p value counts times the number of looks, the next times one
    fewer, and so on; none is smaller than the one before. Intervals that are to hold together are as wide as a share
    of the error allows that is divided among the looks (Bonferroni).

Sources
    Holm (1979), A simple sequentially rejective multiple test procedure. Bonferroni: Dunn (1961), Multiple comparisons
    among means. McNemar (1947), Note on the sampling error of the difference between correlated proportions.
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

from analysis.methods.share_change import compute_paired_difference

FloatArray = NDArray[np.float64]


def adjust_holm(p_values: Sequence[float]) -> list[float]:
    """P values of several looks, each adjusted for all of them, in the order given."""
    adjusted, largest = [0.0] * len(p_values), 0.0
    for rank, place in enumerate(sorted(range(len(p_values)), key=lambda one: p_values[one])):
        largest = max(largest, min(1.0, (len(p_values) - rank) * p_values[place]))
        adjusted[place] = largest
    return adjusted


def find_joint_level(looks: int, level: float = 0.95) -> float:
    """Level that each of several intervals needs so that all hold together at a level."""
    return 1.0 - (1.0 - level) / max(looks, 1)


def compute_p_value(matching_a: FloatArray, hits_a: FloatArray, matching_b: FloatArray, hits_b: FloatArray) -> float:
    """Chance of a paired difference of two shares at least so large if there were none.

    Exact where the same draws match (McNemar 1947); by its linearised error where others do, or, where a share is 0 or
    1 and has no error to linearise, exact for two shares without common luck (Fisher 1935).

    Args:
        matching_a: 1 for draws that match in the first ensemble, 0 for all others.
        hits_a: 1 for those of them that count.
        matching_b: The same in the second one.
        hits_b: Those of these that count.
    """
    from scipy.stats import binomtest, fisher_exact  # half a second for which most commands need not wait

    if np.array_equal(matching_a, matching_b):
        gained, lost = int((hits_b > hits_a).sum()), int((hits_a > hits_b).sum())
        return float(binomtest(gained, gained + lost).pvalue) if gained + lost else 1.0
    counts = [(int(hits.sum()), int(whole.sum())) for hits, whole in ((hits_a, matching_a), (hits_b, matching_b))]
    if any(hits in (0, whole) for hits, whole in counts):
        return float(fisher_exact(np.array([[hits, whole - hits] for hits, whole in counts])).pvalue)
    (runs_a,), (runs_b,) = np.nonzero(matching_a), np.nonzero(matching_b)
    found = compute_paired_difference(
        matching_a.size,
        runs_a.astype(np.float64),
        hits_a[runs_a],
        runs_b.astype(np.float64),
        hits_b[runs_b],
        np.ones(runs_a.size),
        np.ones(runs_b.size),
    )
    return float(2.0 * ndtr(-abs(found.z)))
