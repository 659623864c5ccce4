"""Moved: how far does one share move, between two ensembles that were played with the same luck?

Read aloud
    Only draws that both have played count. The 95% interval of the difference is paired: luck that both share cancels.
    Where no draw differs, the interval reaches as far as a count of zero allows.
"""

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtri

from analysis.questions.intervals import Kind, bound
from analysis.questions.paired import paired_difference
from sim.ensemble.results import LensRuns, Results

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Moved:
    """A share in two scenarios, and how far it moves; from 0 to 1."""

    reference: float
    """Share in the reference."""
    share: float
    """Share in the scenario."""
    low: float
    """Lower end of the difference's 95% interval."""
    high: float
    """Upper end."""
    kind: Kind
    """How the ends were found: paired, or conservative where no draw differs."""

    @property
    def difference(self) -> float:
        """Scenario minus reference."""
        return self.share - self.reference

    @property
    def numbers(self) -> tuple[float, ...]:
        """All of it, in the order of COLUMNS."""
        return self.reference, self.share, self.difference, self.low, self.high


def ends_among(results: Results, lens: LensRuns, draws: int) -> tuple[Numbers, NDArray[np.str_]]:
    """Matching runs among the first draws, and the names of the outcomes in which they end."""
    common = lens.columns["run"] < draws
    names = np.array(list(results.outcomes))
    return lens.columns["run"][common], names[lens.columns["outcome"][common].astype(np.int64)]


def moved_by(draws: int, runs_a: Numbers, hits_a: Any, runs_b: Numbers, hits_b: Any) -> Moved:
    """How far a share moves from A to B, with its interval; neither may be without runs."""
    ones_a, ones_b = np.ones(runs_a.size), np.ones(runs_b.size)
    found = paired_difference(draws, runs_a, hits_a.astype(float), runs_b, hits_b.astype(float), ones_a, ones_b)
    kind: Kind = "paired" if found.error > 0 else "conservative"
    reach = float(ndtri(0.975)) * found.error if found.error > 0 else bound(False, min(runs_a.size, runs_b.size)).high
    return Moved(found.a, found.b, max(-1.0, found.difference - reach), min(1.0, found.difference + reach), kind)


def moved_as_json(moved: Moved) -> dict[str, Any]:
    """The share in both, and how far it moves, for machines."""
    return {name: getattr(moved, name) for name in ("share", "reference", "difference", "low", "high", "kind")}


def moved_from_json(data: Any) -> Moved:
    """The same, read back."""
    return Moved(**{name: data[name] for name in ("reference", "share", "low", "high", "kind")})
