"""View comparison: how far do shares differ between source views, on the same draws, and when do outcomes come about?

Read aloud
    Every view is played on the same draws, so luck that two of them share cancels in their difference; the error it
    would have without that stands beside it. Where few draws differ, the interval is a bound and may be the wider one.
    Draws that match the reported run-up under both views are the jointly matching ones. Where they are too few, the
    interval is wide, and so many more would be needed as its width over the width asked for, squared.

Sources
    Common random numbers: Law (2015), Simulation Modeling and Analysis. Variance of a ratio: Cochran (1977).
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from math import ceil, sqrt
from typing import Any

import numpy as np
from scipy.special import ndtri

from analysis.methods.paired_change import PartOfChange, SplitChange, read_draws, split_draws
from analysis.methods.shares import ANY_AGREEMENT
from sim.ensemble.results import Results


@dataclass(frozen=True)
class NamedPair:
    """Two source views on the same draws in one outcome, with the names of all it speaks of."""

    first: str
    """Name of the first view for readers."""
    second: str
    """Name of the second one."""
    outcome: str
    """The outcome that is compared."""
    weeks: int
    """Weeks played."""
    draws: int
    """Draws played under both."""
    n_both: int
    """Those that match under both."""
    change: SplitChange
    """Both shares, on these draws, and their difference."""
    half_widths: tuple[float, float]
    """Half-widths of the paired and of the unpaired interval."""

    @property
    def is_clear(self) -> bool:
        """True if the interval of the difference leaves out 0."""
        return self.change.difference.is_clear


@dataclass(frozen=True)
class PairDifference:
    """Two source views on the same draws."""

    first: str
    """Name of the first view."""
    second: str
    """Name of the second one."""
    draws: int
    """Draws played under both."""
    n_first: int
    """Those of them that match the reported run-up under the first view."""
    n_second: int
    """Those that match under the second one."""
    n_both: int
    """Those that match under both."""
    changes: Mapping[str, SplitChange]
    """Second minus first for any agreement in force, then for each outcome."""
    unpaired: Mapping[str, float]
    """Half-width that the 95% interval would have if the views shared no luck."""

    @property
    def is_same(self) -> bool:
        """True if it is one view, set beside itself."""
        return self.first == self.second

    def find_reach(self, key: str = ANY_AGREEMENT) -> float:
        """Half-width of the paired interval of a difference."""
        part = self.changes[key].difference
        return max(part.high - part.value, part.value - part.low)

    def name_outcome(self, labels: tuple[str, str], outcome: str, weeks: int, key: str = ANY_AGREEMENT) -> NamedPair:
        """The difference in one outcome, with names for readers.

        Args:
            labels: Names of both views.
            outcome: Name of the outcome.
            weeks: Weeks played.
            key: Key of the outcome; any agreement in force if left out.
        """
        halves = self.find_reach(key), self.unpaired[key]
        return NamedPair(*labels, outcome, weeks, self.draws, self.n_both, self.changes[key], halves)

    def count_needed(self, precision: float, asked: int) -> int:
        """Matching runs to ask for, so that the precision is reached; 0 if those asked for are enough."""
        reach = self.find_reach()
        return 0 if self.is_same or reach <= precision else ceil(asked * (reach / precision) ** 2)

    def as_json(self) -> dict[str, Any]:
        """The pair as plain mappings; differences from -1 to 1."""
        return {
            "first": self.first,
            "second": self.second,
            "drawn": self.draws,
            "matching": [self.n_first, self.n_second],
            "jointly_matching": self.n_both,
            "differences": {
                key: {
                    "first": change.unchanged,
                    "second": change.changed,
                    **dict(vars(change.difference)),
                    "paired_half_width": self.find_reach(key),
                    "unpaired_half_width": self.unpaired[key],
                }
                for key, change in self.changes.items()
            },
        }


@dataclass(frozen=True)
class TimeToOutcome:
    """When an outcome comes about, in the runs that end in it."""

    runs: int
    """Runs that end in it."""
    low: float
    """10th percentile of the week in which its final state was reached."""
    median: float
    """Median."""
    high: float
    """90th percentile."""


def compare_pairs(results: Results, names: Sequence[str]) -> tuple[PairDifference, ...]:
    """Every pair of source views; a view that is named twice is set beside itself.

    Args:
        results: Runs of all views, each with at least one that matches.
        names: Names of views in order.
    """
    return tuple(_compare(results, first, second) for first, second in combinations(names, 2))


def _compare(results: Results, first: str, second: str) -> PairDifference:
    draws = min(results.views[name].n_drawn for name in (first, second))
    one, two = (read_draws(results, name, draws) for name in (first, second))
    asked = {ANY_AGREEMENT: results.manifest.agreements, **{key: (key,) for key in results.outcomes}}
    changes = {key: split_draws(one, two, keys) for key, keys in asked.items()}
    sizes = int(one.matching.sum()), int(two.matching.sum())
    if first == second:
        nothing = {key: _make_nothing(change) for key, change in changes.items()}
        return PairDifference(first, second, draws, *sizes, sizes[0], nothing, dict.fromkeys(nothing, 0.0))
    unpaired = {key: _find_unpaired(change, *sizes) for key, change in changes.items()}
    both = int((one.matching * two.matching).sum())
    return PairDifference(first, second, draws, *sizes, both, changes, unpaired)


def _make_nothing(change: SplitChange) -> SplitChange:
    """A difference that is exactly 0, whatever the runs."""
    part = PartOfChange(0.0, 0.0, 0.0, "paired")
    return SplitChange(change.unchanged, change.changed, part, part, part)


def _find_unpaired(change: SplitChange, n_first: int, n_second: int) -> float:
    a, b = change.unchanged, change.changed
    return float(ndtri(0.975)) * sqrt(a * (1 - a) / n_first + b * (1 - b) / n_second)


def find_times(results: Results, view: str) -> dict[str, TimeToOutcome]:
    """When outcomes come about under one view; those in which no run ends are left out."""
    columns, found = results.views[view].columns, {}
    for number, key in enumerate(results.outcomes):
        weeks = columns["week"][columns["outcome"] == number]
        if weeks.size:
            low, median, high = np.quantile(weeks, (0.1, 0.5, 0.9)).tolist()
            found[key] = TimeToOutcome(int(weeks.size), low, median, high)
    return found
