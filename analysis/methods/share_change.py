"""Share change: how far does one share move, between two ensembles that were played with the same luck?

Read aloud
    Only draws that both have played count. The 95% interval of the difference is paired: luck that both share cancels.
    Where no draw differs, the interval reaches as far as a count of zero allows; where few do, as far as that count.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import FloatArray, IntervalKind, find_paired_reach, one_sided_bound
from sim.ensemble.results import Results, ViewRuns


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
    reach: float
    """How far its 95% interval reaches; 0 where no draw differs."""
    kind: IntervalKind
    """How the interval was found."""

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
    return PairedDifference(draws, share_a, share_b, error, *find_paired_reach(pull_b - pull_a))


def _compute_share(draws: int, runs: FloatArray, part: FloatArray, whole: FloatArray) -> tuple[float, FloatArray]:
    """The ratio of what is given for matching draws, and what each of all draws contributes to its error."""
    parts, wholes = np.zeros(draws), np.zeros(draws)
    parts[runs.astype(np.int64)] = part
    wholes[runs.astype(np.int64)] = whole
    return estimate_ratio(parts, wholes)


def estimate_ratio(parts: FloatArray, wholes: FloatArray) -> tuple[float, FloatArray]:
    """A ratio of two sums over all draws, and what each draw contributes to its error (linearised).

    Args:
        parts: What is counted of each draw.
        wholes: What it is a share of.
    """
    share = float(parts.sum() / wholes.sum())
    return share, (parts - share * wholes) / wholes.mean()


@dataclass(frozen=True)
class ShareChange:
    """A share in two scenarios, and how far it moves; from 0 to 1."""

    reference: float
    """Share in the reference."""
    share: float
    """Share in the scenario."""
    low: float
    """Lower end of the difference's 95% interval."""
    high: float
    """Upper end."""
    kind: IntervalKind
    """How the ends were found: paired, or conservative where few draws differ, or none."""

    @property
    def difference(self) -> float:
        """Scenario minus reference."""
        return self.share - self.reference

    @property
    def numbers(self) -> tuple[float, ...]:
        """All of it, in the order of COLUMNS."""
        return self.reference, self.share, self.difference, self.low, self.high


def select_common_runs(results: Results, view: ViewRuns, draws: int) -> tuple[FloatArray, NDArray[np.str_]]:
    """Matching runs among the first draws, and the names of the outcomes in which they end."""
    common = view.columns["run"] < draws
    names = np.array(list(results.outcomes))
    return view.columns["run"][common], names[view.columns["outcome"][common].astype(np.int64)]


def compute_share_change(draws: int, runs_a: FloatArray, hits_a: Any, runs_b: FloatArray, hits_b: Any) -> ShareChange:
    """How far a share moves from A to B, with its interval; neither may be without runs."""
    ones_a, ones_b = np.ones(runs_a.size), np.ones(runs_b.size)
    found = compute_paired_difference(draws, runs_a, hits_a.astype(float), runs_b, hits_b.astype(float), ones_a, ones_b)
    reach = found.reach if found.error > 0 else one_sided_bound(False, min(runs_a.size, runs_b.size)).high
    low, high = max(-1.0, found.difference - reach), min(1.0, found.difference + reach)
    return ShareChange(found.a, found.b, low, high, found.kind)


def share_change_as_json(change: ShareChange) -> dict[str, Any]:
    """The share in both, and how far it moves, for machines."""
    return {name: getattr(change, name) for name in ("share", "reference", "difference", "low", "high", "kind")}


def share_change_from_json(data: Any) -> ShareChange:
    """The same, read back."""
    return ShareChange(**{name: data[name] for name in ("reference", "share", "low", "high", "kind")})
