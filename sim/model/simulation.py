"""Simulation: the one clock of a run - run-up, condition, state transfer, and the weeks that follow.

Weeks of the run-up are numbered up to 0, those of the scenario from 1. The run-up is simulated on the layout of the
scenario as it was before its own changes. Runs that match what is reported of the run-up go on; at week 1 their state
is taken over by the layout of the scenario itself.
"""

from collections.abc import Callable, Sequence
from typing import Generic, Protocol, Self, TypeVar

import numpy as np
from numpy.typing import NDArray

from sim.model import run_up
from sim.model.build_layout import build_layout
from sim.model.initial_state import InitialState
from sim.model.layout import Layout
from sim.model.parameters import Draws, Runs
from sim.model.state import Array, RunState, Snapshot, State
from sim.model.state_transfer import transfer_state
from sim.schema.scenario import Scenario

Recorded = tuple[str, str, int]
"""Space, name and row of a variable to be recorded after each week."""

RunIndices = NDArray[np.int64]
"""Which of the runs at hand, counted from 0."""


STRETCH = 10
"""Weeks of the run-up after which it is looked how many runs still match."""

KEPT = 0.75
"""Share of the runs at hand below which those that do not match are dropped: moving the others takes time, too."""


class Engine(Protocol):
    """Many runs of one layout, and something that simulates their weeks."""

    layout: Layout
    seed: int
    runs: Runs

    def play_weeks(self, first: int, last: int, recorded: Sequence[Recorded] = ()) -> Array:
        """Simulate weeks, the last one included; what is recorded after each: (weeks, recorded, runs)."""

    def write(self, space: str, name: str, row: int, value: float) -> None:
        """Set a variable of one entity in all runs."""

    def read(self, space: str, name: str, row: int) -> Array:
        """Values of a variable for one entity, over runs."""

    def read_variable(self, space: str, name: str) -> Array:
        """A variable of all runs."""

    def read_state(self, places: RunIndices) -> State:
        """All variables of some of the runs."""

    def select_runs(self, places: RunIndices) -> Self:
        """Some of the runs, as they stand now."""


AnyEngine = TypeVar("AnyEngine", bound=Engine)
EngineMaker = Callable[[RunState], AnyEngine]
"""Makes an engine for runs at some week."""


def take_snapshot(engine: Engine, places: RunIndices | None = None) -> Snapshot:
    """The runs, or some of them, as they stand now, for another engine or another layout."""
    every = np.arange(engine.runs.size) if places is None else places
    return Snapshot(engine.layout, engine.seed, engine.runs[every], engine.read_state(every))


class Simulation(Generic[AnyEngine]):
    """Runs of a scenario in an engine, and the number of the last week simulated.

    `matches_history` is true for runs that match what is reported of the run-up so far: it is asked after every week of
    the run-up, and what has happened once is not undone by what comes after it.
    """

    def __init__(self, engine: AnyEngine, week: int = 0) -> None:
        self.engine = engine
        self.week = week
        self.matches_history = np.ones(engine.runs.size, dtype=np.bool_)
        self._snapshot: Snapshot | None = None

    @classmethod
    def begin(
        cls,
        scenario: Scenario,
        seed: int,
        runs: Runs,
        make_engine: EngineMaker[AnyEngine],
        draws: Draws | None = None,
    ) -> "Simulation[AnyEngine]":
        """Runs before their first week, which is the first of the run-up.

        Args:
            scenario: The scenario; what is simulated first is the scenario as its run-up has it.
            seed: Seed of all random streams.
            runs: Run numbers.
            make_engine: Makes the engine that simulates the weeks.
            draws: Parameters of every run; sampled from the scenario unless given.
        """
        before = scenario.in_run_up
        return cls(make_engine(InitialState(build_layout(before), seed, runs, draws)), -before.run_up.weeks)

    def simulate_run_up(self) -> RunIndices:
        """Simulate the run-up and go on with the runs that match what is reported of it; which of them these are.

        Runs that no longer match are dropped on the way, as soon as they are many.
        """
        left = np.arange(self.engine.runs.size)
        for week in (*range(self.week + STRETCH, 0, STRETCH), 0):
            self.advance(week)
            if self.matches_history.sum() < KEPT * self.engine.runs.size:
                left = left[self._keep_matching()]
        self.matches_history &= np.asarray(run_up.matches_history(self.engine.layout, self.engine.read) > 0.0)
        return left[self._keep_matching()]

    def _keep_matching(self) -> RunIndices:
        """Go on with the runs that match so far; which of those at hand these are."""
        matching = np.flatnonzero(self.matches_history)
        self.engine, self._snapshot = self.engine.select_runs(matching), None
        self.matches_history = self.matches_history[matching]
        return matching

    def transfer(
        self, scenario: Scenario, make_engine: EngineMaker[AnyEngine], draws: Draws | None = None
    ) -> "Simulation[AnyEngine]":
        """The same runs at the end of the same week, to go on as runs of a scenario that shares this run-up."""
        return Simulation(make_engine(self.take_snapshot(scenario, draws)), self.week)

    def take_snapshot(self, scenario: Scenario, draws: Draws | None = None) -> Snapshot:
        """The runs as they stand now, on the layout of a scenario that shares this run-up, in arrays of their own."""
        if scenario is self.engine.layout.scenario:
            return take_snapshot(self.engine)
        if self._snapshot is None:
            self._snapshot = take_snapshot(self.engine)
        return transfer_state(self._snapshot, build_layout(scenario), draws)

    def advance(self, week: int, record: Sequence[Recorded] = ()) -> Array:
        """Simulate up to a week, this one included, with what happens to the state before each of them.

        Args:
            week: The last week to be simulated.
            record: Variables that are recorded after each week.

        Returns:
            What was recorded: (weeks, recorded, runs). Weeks are simulated in as few stretches as their events allow.
        """
        begin, found = self.week + 1, []
        for number in range(begin, week + 1):
            changes = run_up.list_changes(self.engine.layout, number)
            if changes and number > begin:
                found.append(self._play_stretch(begin, number - 1, record))
                begin = number
            for change in changes:
                self.engine.write(*change)
        found.append(self._play_stretch(begin, week, record))
        self.week, self._snapshot = max(week, self.week), None
        return np.concatenate(found)

    def _play_stretch(self, first: int, last: int, record: Sequence[Recorded]) -> Array:
        """Simulate weeks in one go; those of the run-up tell which runs match no longer."""
        places = run_up.list_asked(self.engine.layout) if last <= 0 else ()
        found = self.engine.play_weeks(first, last, (*record, *places))
        if places:
            values = dict(zip(places, found.swapaxes(0, 1)[len(record) :], strict=True))
            match = run_up.matches_history(self.engine.layout, lambda *place: values[place])
            self.matches_history &= np.all(np.asarray(match) > 0.0, axis=0)
        return found[:, : len(record)]
