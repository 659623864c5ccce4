"""Typical runs: which run is typical of those that end alike?

Read aloud
    The runs of one source view that end in one outcome are compared column by column. The distance of two runs is the
    sum of the differences in their columns, each in mean absolute deviations of that column (city block). The medoid is
    the run with the smallest sum of distances to all others: a run that was played, never an average.
    Columns that only name something, and columns that were looked up for a part of the runs, do not count.

Sources
    Kaufman and Rousseeuw (1990), Finding groups in data (medoid; mean absolute deviation as the measure of a column).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns

LEAST = 0.05
"""Share of runs from which an outcome of a source view is frequent."""
MOST = 6
"""Outcomes that are narrated at most."""

NAMES = frozenset(
    "run outcome stage draft talks ended first_prefers second_prefers zone_on_menu zone_off_menu_only week_signed "
    "week_in_force".split()
)
"""Columns that only name something, or that mean nothing in a part of the runs."""

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class TypicalRun:
    """The run that stands for an outcome."""

    outcome: str
    """Key of the outcome."""
    outcome_label: str
    """The outcome in words."""
    view: str
    """Source view under which the outcome is most frequent."""
    label: str
    """Its name for readers."""
    run: int
    """Number of the run."""
    runs: int
    """Runs of the view that end so."""
    share: Interval
    """Share of the view's runs that end so."""


@dataclass(frozen=True)
class TypicalRuns:
    """One run for each frequent outcome."""

    runs: tuple[TypicalRun, ...]
    """In the order of the scenario."""
    omitted_outcomes: tuple[str, ...]
    """Labels of frequent outcomes for which there was no room."""


def find_typical_runs(results: Results, most: int = MOST, least: float = LEAST) -> TypicalRuns:
    """A typical run of every frequent outcome, each under the source view in which it is most frequent."""
    best = [_find_most_frequent(results, number) for number in range(len(results.outcomes))]
    frequent = [(found, number) for number, found in enumerate(best) if found is not None and found[1].share >= least]
    shown = sorted(number for _, number in sorted(frequent, key=lambda one: -one[0][1].share)[:most])
    keys = list(results.outcomes)
    left_out = tuple(results.outcomes[keys[number]] for _, number in frequent if number not in shown)
    runs = tuple(
        _make_typical_run(results, found[0], found[1], number) for found, number in frequent if number in shown
    )
    return TypicalRuns(runs, left_out)


def _find_most_frequent(results: Results, number: int) -> tuple[ViewRuns, Interval] | None:
    """The source view under which most runs end in this outcome."""
    found = [
        (view, estimate_share(view.count(number), view.n_matching))
        for view in results.views.values()
        if view.n_matching
    ]
    return max(found, key=lambda one: one[1].share, default=None)


def _make_typical_run(results: Results, view: ViewRuns, share: Interval, number: int) -> TypicalRun:
    rows = np.flatnonzero(view.columns["outcome"] == number)
    row = rows[find_medoid({name: column[rows] for name, column in view.columns.items() if name not in NAMES})]
    key = list(results.outcomes)[number]
    return TypicalRun(
        outcome=key,
        outcome_label=results.outcomes[key],
        view=view.name,
        label=results.manifest.labels.get(view.name, view.name),
        run=int(view.columns["run"][row]),
        runs=int(rows.size),
        share=share,
    )


def find_medoid(columns: Mapping[str, FloatArray]) -> int:
    """Row of the run with the smallest sum of distances to all others; the first of several."""
    sums = [_sum_distances(column / spread) for column in columns.values() if (spread := _compute_spread(column)) > 0.0]
    return int(np.argmin(np.round(np.sum(sums, axis=0), 9))) if sums else 0


def _compute_spread(column: FloatArray) -> float:
    """Mean absolute deviation from the mean."""
    return float(np.mean(np.abs(column - np.mean(column))))


def _sum_distances(column: FloatArray) -> FloatArray:
    """Sum of the distances of each value to all others; sorting saves looking at every pair."""
    order = np.argsort(column, kind="stable")
    values, many = column[order], column.size
    before = np.arange(many)
    below = np.concatenate(([0.0], np.cumsum(values)[:-1]))
    above = np.sum(values) - below
    found = np.empty(many)
    found[order] = before * values - below + above - (many - before) * values
    return found
