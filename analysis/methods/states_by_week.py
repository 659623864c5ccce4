"""States by week: in which state are runs after each week, under one source's assumptions?

Read aloud
    After every week each run is in the state of one outcome: the one it would have if that week were the last. The
    share of a state is the number of matching runs in it over all matching runs, so the shares of a week add up to
    one. All agreements in force count as one state; states that no week fills to a thirtieth are drawn together.
    What is signed and not in force is a state of its own if the scenario has an outcome for it; a plan counts with the
    state that goes on meanwhile.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.results import Results, ViewRuns

FloatArray = NDArray[np.float64]

LEAST = 0.03
"""States whose share is below this in every week are drawn together."""

StateKind = Literal["agreement", "outcome", "rare"]


@dataclass(frozen=True)
class WeeklyState:
    """A state, and how many runs are in it."""

    kind: StateKind
    """All agreements in force, an outcome of the scenario, or those that are rare in every week."""
    label: str
    """Name for readers; empty where it is not one outcome."""
    count: int
    """Outcomes that are drawn together."""
    shares: FloatArray
    """Share of matching runs after each week."""


@dataclass(frozen=True)
class StatesByWeek:
    """How the runs of one source view move through the states."""

    view_label: str
    """Name of the source view for readers."""
    n_matching: int
    """Matching runs."""
    weeks: NDArray[np.int64]
    """Weeks 1 to the horizon."""
    order: tuple[str, ...]
    """Keys of all states that a view of these results may have, from the bottom; they decide how a state is filled."""
    states: Mapping[str, WeeklyState]
    """States by key, from the bottom: agreements, outcomes in the order of the scenario, rare ones."""


def compute_states_by_week(results: Results) -> dict[str, StatesByWeek]:
    """The states of every source view that has matching runs."""
    return {name: _compute_states(results, view) for name, view in results.views.items() if view.n_matching}


def _compute_states(results: Results, view: ViewRuns) -> StatesByWeek:
    """The states of one source view."""
    shares = {key: view.by_week[:, number] / view.n_matching for number, key in enumerate(results.outcomes)}
    agreed = [shares.pop(key) for key in results.manifest.agreements]
    rare = [key for key, found in shares.items() if found.max() < LEAST]
    label = results.manifest.labels.get(view.name, view.name)
    states = {"agreement": WeeklyState("agreement", "", len(agreed), np.sum(agreed, axis=0))} if agreed else {}
    for key, found in shares.items():
        if key not in rare:
            states[key] = WeeklyState("outcome", results.outcomes[key], 1, found)
    if rare:
        states["rare"] = WeeklyState("rare", "", len(rare), np.sum([shares[key] for key in rare], axis=0))
    weeks = np.arange(1, view.by_week.shape[0] + 1)
    return StatesByWeek(label, view.n_matching, weeks, ("agreement", *shares, "rare"), states)
