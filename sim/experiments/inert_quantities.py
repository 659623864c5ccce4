"""Inert quantities: which numbers of a scenario change nothing that happens, from one end of their spread to the other?

Read aloud
    Every quantity is set to the low end of its spread in all runs, and then to the high end, with the same luck and
    the same draws of everything else. It matters in a run if another week has another outcome, if anything that is
    counted happens more or less often, or if the run matches the reported run-up at one end only. A level that a
    quantity sets, such as aid, does not count by itself. A number without a spread is halved and made half as large
    again; so is a share of weights, beside which all others make room.

Sources
    One-at-a-time designs and common random numbers: Saltelli and others (2008), Global Sensitivity Analysis, chapter 2.
"""

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import SIDE_STATE, Block, simulate_weeks
from sim.model.build_layout import build_layout
from sim.model.parameters import Array, Draws, compute_quantiles, sample_parameters
from sim.model.simulation import RunIndices, Simulation
from sim.schema.quantity import Quantity, Weights, find_quantities
from sim.schema.scenario import Scenario

Flags = NDArray[np.bool_]
"""One answer per run."""

LOW_END, HIGH_END = 0.02, 0.98
"""Shares of a spread below which its two ends lie."""

LOW_FACTOR, HIGH_FACTOR = 0.5, 1.5
"""Factors on a number without a spread, and on a share of weights."""

AT_MOST_ONE = ("chance", "share")
"""Units of numbers that end at 1."""

LEVELS = frozenset({"balance", *(f"{side}_{name}" for side in ("first", "second") for name in SIDE_STATE[:6])})
"""Columns that are levels, not events: whatever sets them moves them."""


@dataclass(frozen=True)
class QuantityEffect:
    """What changes when one quantity goes from its low to its high end."""

    place: str
    """Where it stands in the scenario; a share of weights has a place of its own."""
    runs: int
    """Runs played at each end."""
    changed: int
    """Runs in which something else happens."""
    other_outcome: int
    """Runs with another outcome at the horizon, or that match the run-up at one end only."""

    @property
    def is_inert(self) -> bool:
        """True if nothing else happens in any run."""
        return self.changed == 0


def vary_quantities(
    scenario: Scenario, seed: int, draws: int, horizon: int, places: Collection[str] | None = None
) -> tuple[QuantityEffect, ...]:
    """The effect of every quantity and every share of weights of a scenario, in file order.

    Args:
        scenario: The scenario through one source view.
        seed: Seed of all luck.
        draws: Draws at each end.
        horizon: Weeks to play after the run-up.
        places: Places to vary; all if left out.

    Returns:
        What changes, by quantity. A number without a spread that is 0 has no ends and is left out.
    """
    runs = np.tile(np.arange(draws), 2)
    before = sample_parameters(build_layout(scenario.in_run_up).sampling_plan, seed, runs)
    after = sample_parameters(build_layout(scenario).sampling_plan, seed, runs)
    ends = _Ends(scenario, seed, runs, horizon)
    return tuple(
        ends.compare(place, *(_replace(drawn, place, whole, numbers) for drawn in (before, after)))
        for place, whole, numbers in _list_ends(scenario, after, draws)
        if places is None or place in places
    )


def find_inert_quantities(views: Mapping[str, Scenario], seed: int, draws: int, horizon: int) -> tuple[str, ...]:
    """Quantities that change nothing in any run of any source view; a view is asked only about those left over.

    Args:
        views: The scenario through each source view, by name.
        seed: Seed of all luck.
        draws: Draws at each end, in each view.
        horizon: Weeks to play after the run-up.

    Returns:
        Their places, in file order.
    """
    left: tuple[str, ...] | None = None
    for scenario in views.values():
        left = tuple(one.place for one in vary_quantities(scenario, seed, draws, horizon, left) if one.is_inert)
    return left or ()


def _list_ends(scenario: Scenario, drawn: Draws, draws: int) -> Iterator[tuple[str, tuple[str, ...], Array]]:
    """Place, the shares that make up its whole, and its values at both ends, one after the other."""
    for place, known in find_quantities(scenario):
        if isinstance(known, Weights):
            whole = tuple(f"{place}.{key}" for key in known.shares)
            for share in whole if len(whole) > 1 else ():
                factors = np.repeat([LOW_FACTOR, HIGH_FACTOR], draws)
                yield share, whole, np.minimum(drawn[share] * factors, 1.0)
        elif place in drawn and any(known.numbers):
            yield place, (), np.repeat(_find_ends(known), draws)


def _find_ends(quantity: Quantity) -> Array:
    """The low and the high end of a quantity."""
    if quantity.form == "value":
        ends = quantity.numbers[0] * np.array([LOW_FACTOR, HIGH_FACTOR])
        return np.minimum(ends, 1.0) if quantity.unit in AT_MOST_ONE else ends
    return compute_quantiles(quantity.form, np.array([quantity.numbers]), np.array([[LOW_END, HIGH_END]])).reshape(2)


def _replace(drawn: Draws, place: str, whole: tuple[str, ...], ends: Array) -> Draws:
    """The draws with one place at its ends; other shares of the same whole make room."""
    if place not in drawn:
        return drawn
    rest = 1.0 - drawn[place]
    shrink = np.where(rest > 0.0, (1.0 - ends) / np.where(rest > 0.0, rest, 1.0), 1.0)
    return {**drawn, **{share: drawn[share] * shrink for share in whole}, place: ends}


@dataclass(frozen=True)
class _Ends:
    """Runs at the low end, and the same runs at the high end behind them."""

    scenario: Scenario
    seed: int
    runs: RunIndices
    horizon: int

    def compare(self, place: str, before: Draws, after: Draws) -> QuantityEffect:
        """Both ends played side by side and compared run by run."""
        simulation = Simulation.begin(self.scenario, self.seed, self.runs, make_engine, before)
        matching, draws = simulation.simulate_run_up(), self.runs.size // 2
        low, high = (np.isin(np.arange(draws) + shift, matching) for shift in (0, draws))
        changed = other_outcome = low != high
        if (low & high).any():
            if self.scenario.in_run_up is not self.scenario:
                drawn = {name: values[matching] for name, values in after.items()}
                simulation = simulation.transfer(self.scenario, make_engine, drawn)
            events, outcomes = _compare_runs(simulate_weeks(simulation, self.horizon), matching, low & high)
            changed, other_outcome = changed | events, other_outcome | outcomes
        return QuantityEffect(place, draws, int(changed.sum()), int(other_outcome.sum()))


def _compare_runs(block: Block, matching: RunIndices, both: Flags) -> tuple[Flags, Flags]:
    """In which of the runs that match at both ends something else happens, and which have another outcome."""
    draws = both.size
    low, high = (np.searchsorted(matching, np.flatnonzero(both) + shift) for shift in (0, draws))
    events = (block.states[:, low] != block.states[:, high]).any(axis=0)
    for name, column in block.columns.items():
        if name not in LEVELS:
            events |= column[low] != column[high]
    changed, other = np.zeros(draws, dtype=np.bool_), np.zeros(draws, dtype=np.bool_)
    changed[both] = events
    other[both] = block.columns["outcome"][low] != block.columns["outcome"][high]
    return changed, other
