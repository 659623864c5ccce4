"""Mixed: runs that have the draws of one source view in some themes, and those of another in all others.

Both views throw the same luck at the same places, so the draws of such a run are those of one view or the other, place
by place, and no scenario is loaded for it. Only the account of the run-up is no draw; a scenario with either is at
hand. Runs of different sets of themes stand side by side in a chunk, as every run has draws of its own.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.block import CHUNK
from sim.ensemble.differing import ACCOUNT, Differing
from sim.ensemble.pool import held
from sim.ensemble.readers import as_position, play_on, reader_of
from sim.play import runup
from sim.play.draws import Array, Draws, drawn_from
from sim.play.handover import handed_over
from sim.play.opening import Opening
from sim.play.spaces import board_of
from sim.spec.scenario import Scenario

FIRST, SECOND, OTHER_ACCOUNT = "first", "second", "first with the second's account of the run-up"
"""Names of the scenarios that every process holds."""

NOT_MATCHED = 255
"""Stands for the outcome of a run that does not match the reported run-up."""

Numbers = NDArray[np.int64]
Ends = NDArray[np.uint8]


@dataclass(frozen=True)
class Task:
    """Some draws of some sets of themes that give the same account of the run-up."""

    themes: tuple[Differing, ...]
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


def ends_of(task: Task) -> Ends:
    """How the draws of a task end: number of the outcome, or NOT_MATCHED; (sets, draws). For a process of the pool."""
    views, runs, sets = held(), np.arange(*task.draws), np.array(task.sets, dtype=np.int64)
    table = _table(views[task.view], views[SECOND], task, runs)
    ends = np.full(sets.size * runs.size, NOT_MATCHED, dtype=np.uint8)
    for places in np.array_split(np.arange(ends.size), -(-ends.size // CHUNK)):
        matching, outcomes = table.play(sets[places // runs.size], places % runs.size)
        ends[places[matching]] = outcomes
    return ends.reshape(sets.size, runs.size)


@dataclass(frozen=True)
class Mixed:
    """Draws of both views."""

    first: Draws
    """Draws of the first view."""
    second: Draws
    """Those of the second one."""
    themes: tuple[Differing, ...]
    """Themes in which they differ."""

    def of(self, sets: Numbers, runs: Numbers) -> Draws:
        """Draws of runs that each belong to a set."""
        found = {place: values[runs] for place, values in self.first.items()}
        for number, theme in enumerate(self.themes):
            taken = (sets >> number & 1).astype(np.bool_)
            for place in theme.draws:
                if place in found:
                    found[place] = np.where(taken, self.second[place][runs], found[place])
        return found


def mixed(first: Scenario, second: Scenario, themes: tuple[Differing, ...], seed: int, runs: Numbers) -> Mixed:
    """Draws of both views for some run numbers."""
    one, other = (drawn_from(board_of(scenario).sheet, seed, runs) for scenario in (first, second))
    return Mixed(one, other, themes)


def _table(base: Scenario, second: Scenario, task: Task, runs: Numbers) -> "_Table":
    after = mixed(base, second, task.themes, task.seed, runs)
    same = base.in_run_up is base
    before = after if same else mixed(base.in_run_up, second.in_run_up, task.themes, task.seed, runs)
    return _Table(base, before, after, task)


@dataclass(frozen=True)
class _Table:
    """What the runs of a task share."""

    scenario: Scenario
    before: Mixed
    after: Mixed
    task: Task

    def play(self, sets: Numbers, places: Numbers) -> tuple[Numbers, Array]:
        """Which of the runs match the reported run-up, and their outcomes."""
        before, runs = self.scenario.in_run_up, places + self.task.draws[0]
        reader = reader_of(Opening(board_of(before), self.task.seed, runs, self.before.of(sets, places)))
        play_on(reader, 1 - before.run_up.weeks, 0)
        matching = np.flatnonzero(runup.matches(reader.board, reader.look) > 0.0)
        if not matching.size:
            return matching, np.zeros(0)
        reader = reader.only(matching)
        if before is not self.scenario:
            drawn = self.after.of(sets[matching], places[matching])
            reader = reader_of(handed_over(as_position(reader), board_of(self.scenario), drawn))
        play_on(reader, 1, self.task.horizon)
        return matching, reader.look("world", "outcome", 0)
