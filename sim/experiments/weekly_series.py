"""Weekly series: some runs of an ensemble played again, with what they looked like after every week.

Read aloud
    The runs are the ensemble's own, to the bit. Every few weeks it is looked up what agreements would be worth at the
    end of that week, as the ensemble does at week 0: whether some package of the menu leaves everybody whose consent
    it needs better off than none, and for each of the two sides what it needs and what it could get. A side needs its
    reservation value. It could get the worth of the best package that the other side prefers to its own; where the
    other side prefers none, there is nothing to get, which is written as minus infinity. Third parties are left out
    of this pair of numbers and counted in the zone, so both shares are kept. Looking moves nothing.
"""

from collections.abc import Iterable
from dataclasses import dataclass, fields
from itertools import pairwise
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.ensemble.block import CHUNK, simulate_to_week_zero
from sim.model.simulation import Engine, Recorded, Simulation, take_snapshot
from sim.model.state import Array, Snapshot
from sim.rules.week import VALUES
from sim.schema.scenario import Scenario

ZONE_INTERVAL = 4
"""Weeks between two looks at what agreements would be worth."""

WORLD = ("outcome", "balance", "stage", "talks", "draft", "settled", "mediated", "truce_left", "ended")
SIDE = ("resilience", "aid", "hardening")
LEVER = ("threat_left", "executed", "effect_share")
"""Variables that are kept, by space."""

WeeklyArrays = dict[str, Array]
"""Arrays (weeks, runs) by name."""


@dataclass(frozen=True)
class WeeklySeries:
    """Runs week by week; every array has a row for each week and a column for each run."""

    runs: NDArray[np.int64]
    """Numbers of the runs, those that match the reported run-up."""
    weeks: NDArray[np.int64]
    """Week 0, which is the last of the run-up, to the horizon; without a run-up, week 0 is how runs open."""
    world: WeeklyArrays
    """Outcome number (-1 before a first week is played), balance, stage of the process and other state of the world."""
    actors: dict[str, WeeklyArrays]
    """By actor: reservation value of parties; staying power, aid and hardening of the two sides."""
    beliefs: WeeklyArrays
    """Chance held, by belief in the order of the scenario."""
    levers: dict[str, WeeklyArrays]
    """By lever: weeks left of a threat, executed or not, and share of the effect in force."""
    zone_weeks: NDArray[np.int64]
    """Weeks at which agreements were looked for; week 0 and the horizon are among them."""
    zone: WeeklyArrays
    """By look: `menu`, 1 where a package leaves everybody whose consent it needs better off; `sides`, the same for the
    two sides alone."""
    needs: WeeklyArrays
    """By side and look: its reservation value."""
    gets: WeeklyArrays
    """By side and look: worth of the best package that the other side prefers to no agreement; minus infinity if it
    prefers none."""


def compute_weekly_series(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> WeeklySeries:
    """Play these runs again, week by week; those that do not match the reported run-up are left out."""
    parts = [_record_chunk(scenario, seed, runs[at : at + CHUNK], horizon) for at in range(0, runs.size, CHUNK)]
    if not parts:
        raise ValueError("there are no runs to trace")
    kept = {
        field.name: _concatenate_runs([getattr(part, field.name) for part in parts]) for field in fields(WeeklySeries)
    }
    return WeeklySeries(**kept | {"weeks": parts[0].weeks, "zone_weeks": parts[0].zone_weeks})


def _concatenate_runs(parts: list[Any]) -> Any:
    """Arrays, or tables of arrays, with the runs of all parts."""
    if isinstance(parts[0], dict):
        return {name: _concatenate_runs([part[name] for part in parts]) for name in parts[0]}
    return np.concatenate(parts, axis=-1)


def _record_chunk(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> WeeklySeries:
    simulation = Simulation(make_engine(simulate_to_week_zero(scenario, seed, runs)))
    recorder = _WeekRecorder(simulation.engine, horizon)
    recorder.keep(0, np.array([[simulation.engine.read(*place) for place in recorder.columns]]))
    recorder.evaluate_agreements(0, take_snapshot(simulation.engine))
    for before, week in pairwise(recorder.zone_weeks):
        recorder.keep(before + 1, simulation.advance(week, tuple(recorder.columns)))
        recorder.evaluate_agreements(week, take_snapshot(simulation.engine))
    return recorder.found


class _WeekRecorder:
    """Keeps what runs look like week by week."""

    def __init__(self, engine: Engine, horizon: int) -> None:
        actors = engine.layout.spaces["actor"]
        self.sides = {actors.keys[row]: int(row) for row in actors.groups["disputant"]}
        self.zone_weeks = sorted({*range(0, horizon + 1, ZONE_INTERVAL), horizon})
        weeks, looks = (np.zeros((size, engine.runs.size)) for size in (horizon + 1, len(self.zone_weeks)))
        self.columns: dict[Recorded, Array] = {}
        """Where a variable of an entity is kept: (weeks, runs)."""

        def keep(space: str, row: int, names: Iterable[str]) -> WeeklyArrays:
            made = {name: weeks.copy() for name in names}
            self.columns |= {(space, name, row): array for name, array in made.items()}
            return made

        def keep_party(row: int) -> WeeklyArrays:
            return keep("actor", row, ("reservation", *(SIDE if row in self.sides.values() else ())))

        self.found = WeeklySeries(
            runs=engine.runs,
            weeks=np.arange(horizon + 1),
            world=keep("world", 0, WORLD),
            actors={actors.keys[row]: keep_party(int(row)) for row in actors.groups["party"]},
            beliefs={
                key: keep("belief", row, ("chance",))["chance"]
                for row, key in enumerate(engine.layout.spaces["belief"].keys)
            },
            levers={key: keep("lever", row, LEVER) for row, key in enumerate(engine.layout.spaces["lever"].keys)},
            zone_weeks=np.array(self.zone_weeks),
            zone={name: looks.copy() for name in ("menu", "sides")},
            needs={key: looks.copy() for key in self.sides},
            gets={key: looks.copy() for key in self.sides},
        )

    def keep(self, first: int, values: Array) -> None:
        """Keep the state at the end of weeks from the first on: (weeks, columns, runs)."""
        for column, array in enumerate(self.columns.values()):
            array[first : first + len(values)] = values[:, column]

    def evaluate_agreements(self, week: int, snapshot: Snapshot) -> None:
        """What agreements would be worth at the end of a week."""
        evaluator, index = make_engine(snapshot, steps=VALUES), self.zone_weeks.index(week)
        evaluator.play_weeks(week, week)
        look, spaces = evaluator.read_variable, evaluator.layout.spaces
        surplus, needed = look("party_package", "surplus"), look("party_package", "needed")
        asked = look("actor", "institution")[spaces["party_package"].relations["party"].index] == 0.0
        fine = (surplus[:-1] > 0.0) | (needed[:-1] == 0.0) | ~asked[:, np.newaxis]
        stakes = dict(zip(self.sides, spaces["side_package"].relations["own"].index.tolist(), strict=True))
        first, second = stakes.values()
        self.found.zone["menu"][index] = fine.all(axis=0).any(axis=0)
        self.found.zone["sides"][index] = (fine[first] & fine[second]).any(axis=0)
        for side, other in zip(self.sides, (second, first), strict=True):
            reservation = evaluator.read("actor", "reservation", self.sides[side])
            gain = np.where(fine[other], surplus[stakes[side]], -np.inf).max(axis=0)
            self.found.needs[side][index] = reservation
            self.found.gets[side][index] = reservation + gain
