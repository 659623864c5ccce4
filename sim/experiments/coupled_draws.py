"""Coupled draws: runs that have the draws of one source view in some themes, and those of another in all others.

Both views have the same luck at the same places, so the draws of such a run are those of one view or the other, place
by place, and no scenario is loaded for it. Only the account of the run-up is no draw; a scenario with either is at
hand. Runs of different sets of themes stand side by side in a chunk, as every run has draws of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK
from sim.ensemble.worker import get_worker_views
from sim.experiments.theme_differences import ACCOUNT, ThemeDifference
from sim.model.build_layout import build_layout
from sim.model.parameters import Array, Draws, sample_parameters
from sim.model.simulation import Simulation
from sim.schema.scenario import Scenario

FIRST, SECOND, OTHER_ACCOUNT = "first", "second", "first with the second's account of the run-up"
"""Names of the scenarios that every process holds."""

NOT_MATCHED = 255
"""Stands for the outcome of a run that does not match the reported run-up."""

Numbers = NDArray[np.int64]
DrawOutcomes = NDArray[np.uint8]


@dataclass(frozen=True)
class Task:
    """Some draws of some sets of themes that give the same account of the run-up."""

    themes: tuple[ThemeDifference, ...]
    """Themes in which the views differ; theme n is in set s if bit n of s is set."""
    sets: tuple[int, ...]
    """The sets."""
    draws: tuple[int, int]
    """First draw, and the one after the last."""
    seed: int
    """Seed of all luck."""
    horizon: int
    """Weeks played."""

    @property
    def view(self) -> str:
        """Name of the scenario on which the sets are played."""
        account = [n for n, theme in enumerate(self.themes) if theme.theme == ACCOUNT]
        return OTHER_ACCOUNT if any(self.sets[0] >> n & 1 for n in account) else FIRST


def simulate_task(task: Task) -> DrawOutcomes:
    """How the draws of a task end: number of the outcome, or NOT_MATCHED; (sets, draws). For a process of the pool."""
    views, runs, sets = get_worker_views(), np.arange(*task.draws), np.array(task.sets, dtype=np.int64)
    table = _set_up_task(views[task.view], views[SECOND], task, runs)
    ends = np.full(sets.size * runs.size, NOT_MATCHED, dtype=np.uint8)
    for places in np.array_split(np.arange(ends.size), -(-ends.size // CHUNK)):
        matching, outcomes = table.simulate(sets[places // runs.size], places % runs.size)
        ends[places[matching]] = outcomes
    return ends.reshape(sets.size, runs.size)


@dataclass(frozen=True)
class CoupledDraws:
    """Draws of both views."""

    first: Draws
    """Draws of the first view."""
    second: Draws
    """Those of the second one."""
    themes: tuple[ThemeDifference, ...]
    """Themes in which they differ."""

    def select(self, sets: Numbers, runs: Numbers) -> Draws:
        """Draws of runs that each belong to a set."""
        found = {place: values[runs] for place, values in self.first.items()}
        for number, theme in enumerate(self.themes):
            taken = (sets >> number & 1).astype(np.bool_)
            for place in theme.draws:
                if place in found:
                    found[place] = np.where(taken, self.second[place][runs], found[place])
        return found


def couple_draws(
    first: Scenario, second: Scenario, themes: tuple[ThemeDifference, ...], seed: int, runs: Numbers
) -> CoupledDraws:
    """Draws of both views for some run numbers."""
    one, other = (sample_parameters(build_layout(scenario).sampling_plan, seed, runs) for scenario in (first, second))
    return CoupledDraws(one, other, themes)


def _set_up_task(base: Scenario, second: Scenario, task: Task, runs: Numbers) -> "_TaskSetup":
    after = couple_draws(base, second, task.themes, task.seed, runs)
    same = base.in_run_up is base
    before = after if same else couple_draws(base.in_run_up, second.in_run_up, task.themes, task.seed, runs)
    return _TaskSetup(base, before, after, task)


@dataclass(frozen=True)
class _TaskSetup:
    """What the runs of a task share."""

    scenario: Scenario
    run_up_draws: CoupledDraws
    draws: CoupledDraws
    task: Task

    def simulate(self, sets: Numbers, places: Numbers) -> tuple[Numbers, Array]:
        """Which of the runs match the reported run-up, and their outcomes."""
        before, runs = self.scenario.in_run_up, places + self.task.draws[0]
        draws = self.run_up_draws.select(sets, places)
        simulation = Simulation.begin(before, self.task.seed, runs, make_engine, draws)
        matching = simulation.simulate_run_up()
        if not matching.size:
            return matching, np.zeros(0)
        if before is not self.scenario:
            draws = self.draws.select(sets[matching], places[matching])
            simulation = simulation.transfer(self.scenario, make_engine, draws)
        simulation.advance(self.task.horizon)
        return matching, simulation.engine.read("world", "outcome", 0)
