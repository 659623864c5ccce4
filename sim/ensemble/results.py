"""Results: what an ensemble leaves behind - one row per matching run, counts by week, and how it was made.

Saving is atomic and lossless (sim/storage/results_folder.py); the manifest (manifest.py) says how to do it again.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.columns import Column
from sim.ensemble.manifest import Manifest


@dataclass(frozen=True)
class ViewRuns:
    """Runs of one source view that match the reported run-up."""

    name: str
    """Name of the source view."""
    n_drawn: int
    """How many draws were played, numbered from 0 to `n_drawn` - 1; those that are not in `columns` did not match."""
    columns: Mapping[str, Column]
    """One value per matching run, by column; `run`, `outcome` (its place in the scenario) and `week` (week in which the
    final state was reached) come first, then counts of events and the end state."""
    by_week: NDArray[np.int64]
    """Matching runs in each outcome's state after each week: (weeks, outcomes)."""
    opening: dict[str, tuple[float, float, float]]
    """10th, 50th and 90th percentile of beliefs and state at week 0, after the condition."""

    @property
    def n_matching(self) -> int:
        """Number of matching runs."""
        return int(self.columns["run"].size)

    def count(self, outcome: int) -> int:
        """Matching runs that end in the outcome."""
        return int(np.count_nonzero(self.columns["outcome"] == outcome))


@dataclass(frozen=True)
class Results:
    """All source views of one scenario, played with the same luck."""

    manifest: Manifest
    """How it was made."""
    views: dict[str, ViewRuns]
    """Runs by source view, in the order asked for."""

    @property
    def outcomes(self) -> dict[str, str]:
        """Keys and labels of the outcomes, in order."""
        return self.manifest.outcomes

    @property
    def views_with_author(self) -> tuple[str, ...]:
        """Source views with equal weight in the range over sources: those that read an author's texts."""
        return tuple(name for name, author in self.manifest.authors.items() if author and name in self.views)
