"""Beliefs: what do actors think of one another, week by week, under one source's assumptions?

Read aloud
    A belief is the chance its holder gives that the other is ready, executes its threats, means its promises, stands
    by a plan, keeps a truce or honours its guarantee. Experience moves it. Shown are the median and the middle four
    fifths of runs, all of them, also after an agreement.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from analysis.methods.percentile_bands import Band, compute_band
from sim.experiments.weekly_series import WeeklySeries
from sim.schema.belief import BeliefKind
from sim.schema.scenario import Scenario


@dataclass(frozen=True)
class BeliefBand:
    """One actor's belief about another."""

    holder: str
    """Who believes, for readers."""
    about: str
    """Of whom, for readers."""
    chance: Band
    """The chance held."""


@dataclass(frozen=True)
class Beliefs:
    """All beliefs under one source's assumptions."""

    view_label: str
    """Name of the source view for readers."""
    runs: int
    """Runs looked at."""
    weeks: NDArray[np.int64]
    """Week 0 to the horizon."""
    kinds: dict[BeliefKind, tuple[BeliefBand, ...]]
    """Beliefs by kind of belief, in the order of the scenario."""


def compute_beliefs(series: WeeklySeries, scenario: Scenario, view_label: str) -> Beliefs:
    """The beliefs of traced runs; `view` names the source view for readers."""
    kinds: dict[BeliefKind, tuple[BeliefBand, ...]] = {}
    for belief, chance in zip(scenario.beliefs.values(), series.beliefs.values(), strict=True):
        holder, about = scenario.actors[belief.holder].label, scenario.actors[belief.about].label
        kinds[belief.kind] = (*kinds.get(belief.kind, ()), BeliefBand(holder, about, compute_band(chance)))
    return Beliefs(view_label, series.runs.size, series.weeks, kinds)
