"""Trace: some runs of an ensemble played again, with what they looked like after every week.

Read aloud
    The runs are the ensemble's own, to the bit. Every few weeks it is looked up what agreements would be worth at the
    end of that week, as the ensemble does at week 0: whether some package of the menu leaves everybody whose consent it
    needs better off than none, and for each of the two sides what it needs and what it could get. A side needs its
    walk-away value. It could get the worth of the best package that the other side prefers to its own walk-away value;
    where the other side prefers none, there is nothing to get, which is written as minus infinity. Third parties are
    left out of this pair of numbers and counted in the zone, so both shares are kept. Looking moves nothing.
"""

from dataclasses import dataclass, fields
from typing import Any

import numpy as np
from numpy.typing import NDArray

from sim.ensemble.arrays import Arrays
from sim.ensemble.block import CHUNK, after_run_up
from sim.play import runup
from sim.play.state import Array
from sim.rules.week import VALUES
from sim.spec.scenario import Scenario

EVERY = 4
"""Weeks between two looks at what agreements would be worth."""

WORLD = ("outcome", "balance", "stage", "process", "draft", "settled", "mediated", "truce_left", "ended")
SIDE = ("resilience", "aid", "hardening")
LEVER = ("threat_left", "executed", "bite")
"""Variables that are kept, by space."""

Table = dict[str, Array]
"""Arrays (weeks, runs) by name."""


@dataclass(frozen=True)
class Trace:
    """Runs week by week; every array has a row for each week and a column for each run."""

    runs: NDArray[np.int64]
    """Numbers of the runs, those that match the reported run-up."""
    weeks: NDArray[np.int64]
    """Week 0, which is the last of the run-up, to the horizon; without a run-up, week 0 is how runs open."""
    world: Table
    """Outcome number (-1 before a first week is played), balance, stage of the process and other state of the world."""
    actors: dict[str, Table]
    """By actor: walk-away value of parties; staying power, aid and hardening of the two sides."""
    beliefs: Table
    """Chance held, by belief in the order of the scenario."""
    levers: dict[str, Table]
    """By lever: weeks left of a threat, executed or not, and share of the effect in force."""
    looks: NDArray[np.int64]
    """Weeks at which agreements were looked for; week 0 and the horizon are among them."""
    zone: Table
    """By look: `menu`, 1 where a package leaves everybody whose consent it needs better off; `sides`, the same for the
    two sides alone."""
    needs: Table
    """By side and look: its walk-away value."""
    gets: Table
    """By side and look: worth of the best package that the other side prefers to no agreement; minus infinity if it
    prefers none."""


def trace(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> Trace:
    """Play these runs again, week by week; those that do not match the reported run-up are left out."""
    parts = [_trace(scenario, seed, runs[at : at + CHUNK], horizon) for at in range(0, runs.size, CHUNK)]
    if not parts:
        raise ValueError("there are no runs to trace")
    kept = {field.name: _side_by_side([getattr(part, field.name) for part in parts]) for field in fields(Trace)}
    return Trace(**kept | {"weeks": parts[0].weeks, "looks": parts[0].looks})


def _side_by_side(parts: list[Any]) -> Any:
    """Arrays, or tables of arrays, with the runs of all parts."""
    if isinstance(parts[0], dict):
        return {name: _side_by_side([part[name] for part in parts]) for name in parts[0]}
    return np.concatenate(parts, axis=-1)


def _trace(scenario: Scenario, seed: int, runs: NDArray[np.int64], horizon: int) -> Trace:
    position = after_run_up(scenario, seed, runs)
    watcher = _Watcher(Arrays(position), Arrays(position, VALUES), horizon)
    watcher.record(0)
    for week in range(1, horizon + 1):
        watcher.play(week)
        watcher.record(week)
    return watcher.found


class _Watcher:
    """Plays runs on, and keeps what they look like."""

    def __init__(self, arrays: Arrays, values: Arrays, horizon: int) -> None:
        self.arrays, self.values, self.horizon = arrays, values, horizon
        board = arrays.board
        actors = board.spaces["actor"]
        self.sides = {actors.keys[row]: int(row) for row in actors.groups["belligerent"]}
        self.parties = {actors.keys[row]: int(row) for row in actors.groups["party"]}
        self.looks = sorted({*range(0, horizon + 1, EVERY), horizon})
        weeks, looks = (np.zeros((size, arrays.runs.size)) for size in (horizon + 1, len(self.looks)))
        self.found = Trace(
            runs=arrays.runs,
            weeks=np.arange(horizon + 1),
            world={name: weeks.copy() for name in WORLD},
            actors={
                key: {name: weeks.copy() for name in ("walk_away", *(SIDE if key in self.sides else ()))}
                for key in self.parties
            },
            beliefs={key: weeks.copy() for key in board.spaces["dyad"].keys},
            levers={key: {name: weeks.copy() for name in LEVER} for key in board.spaces["lever"].keys},
            looks=np.array(self.looks),
            zone={name: looks.copy() for name in ("menu", "sides")},
            needs={key: looks.copy() for key in self.sides},
            gets={key: looks.copy() for key in self.sides},
        )

    def play(self, week: int) -> None:
        """Play one week as the ensemble plays it."""

        def put(space: str, name: str, row: int, value: float) -> None:
            self.arrays.state[space][name][row] = value

        runup.before(self.arrays.board, week, put)
        self.arrays.play(week)

    def record(self, week: int) -> None:
        """Keep the state at the end of a week, then look for agreements if it is time."""
        state, found = self.arrays.state, self.found
        for name in WORLD:
            found.world[name][week] = state["world"][name][0]
        for key, table in found.actors.items():
            for name in table:
                table[name][week] = state["actor"][name][self.parties[key]]
        for row, key in enumerate(found.beliefs):
            found.beliefs[key][week] = state["dyad"]["chance"][row]
        for row, key in enumerate(found.levers):
            for name in LEVER:
                found.levers[key][name][week] = state["lever"][name][row]
        if week in self.looks:
            self._look(self.looks.index(week))

    def _look(self, at: int) -> None:
        """What agreements would be worth now. The values looked up here are made anew by every week that is played."""
        for step in self.values.steps:
            step()
        state, spaces = self.values.state, self.values.board.spaces
        surplus, needed = state["stake"]["surplus"], state["stake"]["needed"]
        asked = state["actor"]["institution"][spaces["stake"].links["party"].index] == 0.0
        fine = (surplus[:-1] > 0.0) | (needed[:-1] == 0.0) | ~asked[:, np.newaxis]
        stakes = dict(zip(self.sides, spaces["offer"].links["mine"].index.tolist(), strict=True))
        first, second = stakes.values()
        self.found.zone["menu"][at] = fine.all(axis=0).any(axis=0)
        self.found.zone["sides"][at] = (fine[first] & fine[second]).any(axis=0)
        for side, other in zip(self.sides, (second, first), strict=True):
            walk_away = state["actor"]["walk_away"][self.sides[side]]
            self.found.needs[side][at] = walk_away
            self.found.gets[side][at] = walk_away + np.where(fine[other], surplus[stakes[side]], -np.inf).max(axis=0)
