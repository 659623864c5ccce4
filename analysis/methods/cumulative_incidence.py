"""Cumulative incidence: by which week is each outcome entered for good, and in which state are runs after each week?

Read aloud
    Outcomes are competing risks: a run that ends in one cannot end in another. The cumulative incidence of
    an outcome at a week is the share of all matching runs that end in it and have reached it for good by
    then; over the outcomes it adds up to at most one, and to one at the horizon.

Sources
    Kalbfleisch and Prentice (1980), The statistical analysis of failure time data (cumulative incidence).
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.results import Results, ViewRuns

FloatArray = NDArray[np.float64]


@dataclass(frozen=True)
class OutcomeCurves:
    """How the runs of one source view move through the outcomes."""

    view: str
    """Name of the source view."""
    label: str
    """Name for readers."""
    n_matching: int
    """Matching runs."""
    outcomes: Mapping[str, str]
    """Keys and labels of the outcomes, in order."""
    weeks: NDArray[np.int64]
    """Weeks 1 to the horizon."""
    for_good: Mapping[str, FloatArray]
    """Share of runs that have entered each outcome for good, by week."""
    state: Mapping[str, FloatArray]
    """Share of runs in each outcome's state after each week."""


def compute_outcome_curves(results: Results) -> dict[str, OutcomeCurves]:
    """The course of every source view that has matching runs."""
    return {name: _compute_curves(results, view) for name, view in results.views.items() if view.n_matching}


def _compute_curves(results: Results, view: ViewRuns) -> OutcomeCurves:
    """The course of one source view."""
    weeks = np.arange(1, view.by_week.shape[0] + 1)
    outcome, week = view.columns["outcome"], view.columns["week"]
    for_good, state = {}, {}
    for number, key in enumerate(results.outcomes):
        entered = np.sort(week[outcome == number])
        for_good[key] = np.searchsorted(entered, weeks, side="right") / view.n_matching
        state[key] = view.by_week[:, number] / view.n_matching
    label = results.manifest.labels.get(view.name, view.name)
    return OutcomeCurves(view.name, label, view.n_matching, results.outcomes, weeks, for_good, state)
