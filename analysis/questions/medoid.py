"""Medoid: which run is typical of those that end alike?

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

from analysis.questions.intervals import Interval, share_of
from sim.ensemble.results import LensRuns, Results

LEAST = 0.05
"""Share of runs from which an outcome of a source view is frequent."""
MOST = 6
"""Outcomes that are told at most."""

NAMES = frozenset("run outcome stage draft process ended first_prefers second_prefers zone_on_menu shadow".split())
"""Columns that only name something, or that were looked up for a part of the runs."""

Numbers = NDArray[np.float64]


@dataclass(frozen=True)
class Typical:
    """The run that stands for an outcome."""

    outcome: str
    """Key of the outcome."""
    outcome_label: str
    """The outcome in words."""
    lens: str
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

    told: tuple[Typical, ...]
    """In the order of the codebook."""
    left_out: tuple[str, ...]
    """Labels of frequent outcomes for which there was no room."""


def typical_runs(results: Results, most: int = MOST, least: float = LEAST) -> TypicalRuns:
    """A typical run of every frequent outcome, each under the source view in which it is most frequent."""
    best = [_most_frequent(results, number) for number in range(len(results.outcomes))]
    frequent = [(found, number) for number, found in enumerate(best) if found is not None and found[1].share >= least]
    kept = sorted(number for _, number in sorted(frequent, key=lambda one: -one[0][1].share)[:most])
    keys = list(results.outcomes)
    left_out = tuple(results.outcomes[keys[number]] for _, number in frequent if number not in kept)
    told = tuple(_typical(results, found[0], found[1], number) for found, number in frequent if number in kept)
    return TypicalRuns(told, left_out)


def _most_frequent(results: Results, number: int) -> tuple[LensRuns, Interval] | None:
    """The source view under which most runs end in this outcome."""
    found = [(lens, share_of(lens.count(number), lens.kept)) for lens in results.lenses.values() if lens.kept]
    return max(found, key=lambda one: one[1].share, default=None)


def _typical(results: Results, lens: LensRuns, share: Interval, number: int) -> Typical:
    rows = np.flatnonzero(lens.columns["outcome"] == number)
    row = rows[medoid({name: column[rows] for name, column in lens.columns.items() if name not in NAMES})]
    key = list(results.outcomes)[number]
    return Typical(
        outcome=key,
        outcome_label=results.outcomes[key],
        lens=lens.lens,
        label=results.manifest.labels.get(lens.lens, lens.lens),
        run=int(lens.columns["run"][row]),
        runs=int(rows.size),
        share=share,
    )


def medoid(columns: Mapping[str, Numbers]) -> int:
    """Row of the run with the smallest sum of distances to all others; the first of several."""
    sums = [_distances(column / spread) for column in columns.values() if (spread := _spread(column)) > 0.0]
    return int(np.argmin(np.round(np.sum(sums, axis=0), 9))) if sums else 0


def _spread(column: Numbers) -> float:
    """Mean absolute deviation from the mean."""
    return float(np.mean(np.abs(column - np.mean(column))))


def _distances(column: Numbers) -> Numbers:
    """Sum of the distances of each value to all others; sorting saves looking at every pair."""
    order = np.argsort(column, kind="stable")
    values, many = column[order], column.size
    before = np.arange(many)
    below = np.concatenate(([0.0], np.cumsum(values)[:-1]))
    above = np.sum(values) - below
    found = np.empty(many)
    found[order] = before * values - below + above - (many - before) * values
    return found
