"""Paths: how far do talks get, and where do runs end that got that far?

Read aloud
    Steps on the way from the first week to the outcome: a contact or a proposal, a summit, a plan that the two at the
    table agree on, a signature. A step is taken if it was taken in some week after the run-up, by choice or by date.
    Of the runs that took it, the outcomes are counted. Steps are not chained: a plan may come without a summit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.questions.intervals import Interval, share_of
from sim.ensemble.results import LensRuns, Results

StepName = Literal["all", "contact", "summit", "plan", "signed"]

STEPS: Mapping[StepName, tuple[str, ...]] = {
    "all": (),
    "contact": ("calls", "meetings", "concessions", "offers"),
    "summit": ("summits",),
    "plan": ("plans", "agreements"),
    "signed": ("agreements",),
}
"""Steps in order, and the tallies any of which tells that the step was taken; a signed agreement was a plan."""


@dataclass(frozen=True)
class Step:
    """One step on the way."""

    name: StepName
    """Its name."""
    runs: int
    """Runs that took it."""
    share: Interval
    """Their share of all matching runs."""
    outcomes: Mapping[str, float]
    """Where they end: share of all matching runs that took the step and end in the outcome; adds up to `share`."""


@dataclass(frozen=True)
class Paths:
    """Steps and ends under one source's assumptions."""

    view: str
    """Name of the source view for readers."""
    kept: int
    """Matching runs."""
    outcomes: Mapping[str, str]
    """Keys and labels of the codebook, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    horizon_weeks: int
    """Weeks played."""
    steps: tuple[Step, ...]
    """From all runs to those that signed."""


def paths(results: Results) -> dict[str, Paths]:
    """Steps and ends of every source view that has matching runs."""
    return {name: _paths(results, lens) for name, lens in results.lenses.items() if lens.kept}


def _paths(results: Results, lens: LensRuns) -> Paths:
    """Steps and ends of one source view."""
    return Paths(
        view=results.manifest.labels.get(lens.lens, lens.lens),
        kept=lens.kept,
        outcomes=results.outcomes,
        agreements=results.manifest.agreements,
        horizon_weeks=results.manifest.horizon_weeks,
        steps=tuple(_step(results, lens, name, tallies) for name, tallies in STEPS.items()),
    )


def _step(results: Results, lens: LensRuns, name: StepName, tallies: tuple[str, ...]) -> Step:
    """Those that took one step, and where they end; a tally that older results lack counts as none."""
    taken = np.full(lens.kept, not tallies)
    for tally in tallies:
        taken = taken | (lens.columns.get(tally, np.zeros(lens.kept)) > 0.0)
    ends = lens.columns["outcome"][taken]
    outcomes = {key: np.count_nonzero(ends == n) / lens.kept for n, key in enumerate(results.outcomes)}
    return Step(name, int(taken.sum()), share_of(int(taken.sum()), lens.kept), outcomes)
