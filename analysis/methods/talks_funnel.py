"""Talks funnel: how far do talks get under each source's assumptions?

Read aloud
    Steps on the way from the first week to an agreement: a contact or a proposal, a summit, a plan that the two at the
    table agree on, a signature, an agreement in force at the horizon. A step is taken if it was taken in some week
    after the run-up, by choice or by date. Steps are not chained: a plan may come without a summit, and an agreement
    that was signed in the run-up may be in force.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from analysis.methods.intervals import Interval, estimate_share
from sim.ensemble.results import Results, ViewRuns

StepName = Literal["all", "contact", "summit", "plan", "signed", "in-force"]

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


@dataclass(frozen=True)
class TalksFunnel:
    """Steps under one source's assumptions."""

    view_label: str
    """Name of the source view for readers."""
    n_matching: int
    """Matching runs."""
    horizon_weeks: int
    """Weeks played."""
    signed_in_force: float | None
    """Share of the runs that signed in which an agreement is in force at the horizon; none if none signed."""
    steps: tuple[FunnelStep, ...]
    """From all runs to those with an agreement in force at the horizon."""


def compute_talks_funnels(results: Results) -> dict[str, TalksFunnel]:
    """Steps of every source view that has matching runs."""
    return {name: _compute_funnel(results, view) for name, view in results.views.items() if view.n_matching}


def _compute_funnel(results: Results, view: ViewRuns) -> TalksFunnel:
    """Steps of one source view."""
    agreed = [number for number, key in enumerate(results.outcomes) if key in results.manifest.agreements]
    in_force = np.isin(view.columns["outcome"], agreed)
    signed = _select_runs(view, STEPS["signed"])
    many = int(in_force.sum())
    return TalksFunnel(
        view_label=results.manifest.labels.get(view.name, view.name),
        n_matching=view.n_matching,
        horizon_weeks=results.manifest.horizon_weeks,
        signed_in_force=float(in_force[signed].mean()) if signed.any() else None,
        steps=(
            *(_compute_step(view, name, counts) for name, counts in STEPS.items()),
            FunnelStep("in-force", many, estimate_share(many, view.n_matching)),
        ),
    )


def _compute_step(view: ViewRuns, name: StepName, counts: tuple[str, ...]) -> FunnelStep:
    """Those that took one step."""
    many = int(_select_runs(view, counts).sum())
    return FunnelStep(name, many, estimate_share(many, view.n_matching))


def _select_runs(view: ViewRuns, counts: tuple[str, ...]) -> NDArray[np.bool_]:
    """Runs that took a step; a tally that older results lack counts as none."""
    chosen = np.full(view.n_matching, not counts)
    for tally in counts:
        chosen = chosen | (view.columns.get(tally, np.zeros(view.n_matching)) > 0.0)
    return chosen
