"""Talks funnel: how far do talks get, and where do runs end that got that far?

Read aloud
    Steps on the way from the first week to the outcome: a contact or a proposal, a summit, a plan that the two at the
    table agree on, a signature. A step is taken if it was taken in some week after the run-up, by choice or by date.
    Of the runs that took it, the outcomes are counted. Steps are not chained: a plan may come without a summit.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns

StepName = Literal["all", "contact", "summit", "plan", "signed"]

STEPS: Mapping[StepName, tuple[str, ...]] = {
    "all": (),
    "contact": ("calls", "meetings", "concessions", "offers"),
    "summit": ("summits",),
    "plan": ("plans", "agreements"),
    "signed": ("agreements",),
}
"""Steps in order, and the counts any of which says that the step was taken; a signed agreement was a plan."""


@dataclass(frozen=True)
class FunnelStep:
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
class TalksFunnel:
    """Steps and ends under one source's assumptions."""

    view_label: str
    """Name of the source view for readers."""
    n_matching: int
    """Matching runs."""
    outcomes: Mapping[str, str]
    """Keys and labels of the outcomes, in order."""
    agreements: tuple[str, ...]
    """Outcomes in which an agreement is in force."""
    horizon_weeks: int
    """Weeks played."""
    steps: tuple[FunnelStep, ...]
    """From all runs to those that signed."""


def compute_talks_funnels(results: Results) -> dict[str, TalksFunnel]:
    """Steps and ends of every source view that has matching runs."""
    return {name: _compute_funnel(results, view) for name, view in results.views.items() if view.n_matching}


def _compute_funnel(results: Results, view: ViewRuns) -> TalksFunnel:
    """Steps and ends of one source view."""
    return TalksFunnel(
        view_label=results.manifest.labels.get(view.name, view.name),
        n_matching=view.n_matching,
        outcomes=results.outcomes,
        agreements=results.manifest.agreements,
        horizon_weeks=results.manifest.horizon_weeks,
        steps=tuple(_compute_step(results, view, name, tallies) for name, tallies in STEPS.items()),
    )


def _compute_step(results: Results, view: ViewRuns, name: StepName, counts: tuple[str, ...]) -> FunnelStep:
    """Those that took one step, and where they end; a tally that older results lack counts as none."""
    taken = np.full(view.n_matching, not counts)
    for tally in counts:
        taken = taken | (view.columns.get(tally, np.zeros(view.n_matching)) > 0.0)
    ends = view.columns["outcome"][taken]
    outcomes = {key: np.count_nonzero(ends == n) / view.n_matching for n, key in enumerate(results.outcomes)}
    return FunnelStep(name, int(taken.sum()), estimate_share(int(taken.sum()), view.n_matching), outcomes)
