"""Share change: how far does one share move, between two ensembles that were played with the same luck?

Read aloud
    Only draws that both have played count. The 95% interval of the difference is paired: luck that both share cancels.
    Where no draw differs, the interval reaches as far as a count of zero allows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from analysis.methods.intervals import IntervalKind, one_sided_bound
from analysis.methods.paired_difference import compute_paired_difference
from sim.ensemble.results import Results, ViewRuns

FloatArray = NDArray[np.float64]


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
    """How the ends were found: paired, or conservative where no draw differs."""

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
    kind: IntervalKind = "paired" if found.error > 0 else "conservative"
    reach = (
        float(ndtri(0.975)) * found.error
        if found.error > 0
        else one_sided_bound(False, min(runs_a.size, runs_b.size)).high
    )
    return ShareChange(found.a, found.b, max(-1.0, found.difference - reach), min(1.0, found.difference + reach), kind)


def share_change_as_json(change: ShareChange) -> dict[str, Any]:
    """The share in both, and how far it moves, for machines."""
    return {name: getattr(change, name) for name in ("share", "reference", "difference", "low", "high", "kind")}


def share_change_from_json(data: Any) -> ShareChange:
    """The same, read back."""
    return ShareChange(**{name: data[name] for name in ("reference", "share", "low", "high", "kind")})
