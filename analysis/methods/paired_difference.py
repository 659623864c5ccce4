"""Paired difference: by how much do two ensembles differ, when both were played with the same luck?

The unit is the draw. Both ensembles use draws 0 to N-1; a share is the number of matching draws with the outcome over
the number of matching draws. The paired error uses each draw's linearised contribution to both ratios, so luck that
the two ensembles share cancels.

Sources
    Ratio estimators and their linearisation: Cochran (1977), Sampling Techniques, chapter 6.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class PairedDifference:
    """Share in B minus share in A."""

    draws: int
    """Draws played in both ensembles."""
    a: float
    """Share in A."""
    b: float
    """Share in B."""
    error: float
    """Standard error of the difference, with the luck that both share taken out."""

    @property
    def difference(self) -> float:
        """B minus A."""
        return self.b - self.a

    @property
    def z(self) -> float:
        """Difference in standard errors; 0 where nothing differs at all."""
        return self.difference / self.error if self.error > 0 else 0.0


def compute_paired_difference(
    draws: int,
    runs_a: FloatArray,
    part_a: FloatArray,
    runs_b: FloatArray,
    part_b: FloatArray,
    whole_a: FloatArray,
    whole_b: FloatArray,
) -> PairedDifference:
    """Difference of two shares, each the sum of `part` over the sum of `whole`.

    Draws 0 to `draws` - 1 were played in both ensembles; `runs` are the numbers of those that match. `part` is what is
    counted per matching draw, `whole` what it is a share of; all ones for a share of runs.
    """
    share_a, pull_a = _compute_share(draws, runs_a, part_a, whole_a)
    share_b, pull_b = _compute_share(draws, runs_b, part_b, whole_b)
    error = float(np.std(pull_b - pull_a, ddof=1) / np.sqrt(draws))
    return PairedDifference(draws, share_a, share_b, error)


def _compute_share(draws: int, runs: FloatArray, part: FloatArray, whole: FloatArray) -> tuple[float, FloatArray]:
    """A ratio, and what each draw contributes to its error."""
    parts, wholes = np.zeros(draws), np.zeros(draws)
    parts[runs.astype(np.int64)] = part
    wholes[runs.astype(np.int64)] = whole
    share = float(parts.sum() / wholes.sum())
    return share, (parts - share * wholes) / wholes.mean()
