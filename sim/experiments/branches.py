"""Branches: how do runs end that go on from one and the same state, each with luck of its own?

Read aloud
    A run is stopped after a week and copied. Every copy keeps all that has happened and all numbers of the run, gets
    another run number, and with it other luck from the next week on; the model plays everybody. Copies with the same
    number have the same luck after whatever week they begin, so that branches from two states can be compared pairwise.
    What is drawn once for talks and a plan is drawn anew, as it depends on the number of the run.
"""

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.model.simulation import Simulation
from sim.model.state import Snapshot

FIRST_BRANCH = 2**40
"""Number of the first copy; no ensemble has runs of such numbers."""


def copy_run(snapshot: Snapshot, count: int) -> Snapshot:
    """Copies of a single run, each with a number of its own.

    Args:
        snapshot: The run, at the end of some week.
        count: How many copies.
    """
    state = {
        space: {name: np.repeat(array, count, axis=-1) for name, array in table.items()}
        for space, table in snapshot.state.items()
    }
    return Snapshot(snapshot.layout, snapshot.seed, FIRST_BRANCH + np.arange(count), state)


def play_branches(snapshot: Snapshot, week: int, horizon: int, count: int) -> NDArray[np.int64]:
    """How copies of a run end.

    Args:
        snapshot: The run, at the end of a week.
        week: That week; 0 is the end of the run-up.
        horizon: The last week to be played.
        count: How many copies.

    Returns:
        Number of the outcome of every copy: (copies,).
    """
    simulation = Simulation(make_engine(copy_run(snapshot, count)), week)
    if horizon > week:
        simulation.advance(horizon)
    return np.asarray(simulation.engine.read("world", "outcome", 0), dtype=np.int64)
