"""Branches: how do runs end that go on from one and the same state, each with luck of its own?

Read aloud
    A run is stopped after a week and copied. Every copy keeps all that has happened and all numbers of the run, gets
    another run number, and with it other luck from the next week on; the model plays everybody. Copies with the same
    number have the same luck after whatever week they begin, so that branches from two states can be compared pairwise.
    What is drawn once for talks and a plan is drawn anew, as it depends on the number of the run.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from sim.engines.base import make_engine
from sim.model.simulation import Simulation
from sim.model.state import Snapshot
from sim.rules.stages import SIGNED

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


@dataclass(frozen=True)
class BranchEnds:
    """How copies of a run end."""

    outcomes: NDArray[np.int64]
    """Number of the outcome of every copy: (copies,)."""
    drafts: NDArray[np.int64]
    """Number of the package last on the table of every copy; where an agreement is in force, the one agreed."""
    signed: NDArray[np.int64]
    """Week in which the agreement was signed that holds at the end; the first week played where it held before."""


def play_branches(snapshot: Snapshot, week: int, horizon: int, count: int) -> BranchEnds:
    """How copies of a run end.

    Args:
        snapshot: The run, at the end of a week.
        week: That week; 0 is the end of the run-up.
        horizon: The last week to be played.
        count: How many copies.

    Returns:
        Outcome, package and week of signature of every copy.
    """
    simulation = Simulation(make_engine(copy_run(snapshot, count)), week)
    stages = simulation.advance(horizon, [("world", "stage", 0)])[:, 0] if horizon > week else np.zeros((0, count))
    is_unsigned = np.concatenate([np.ones((1, count), dtype=bool), stages < SIGNED])
    last_unsigned = len(stages) - np.argmax(is_unsigned[::-1], axis=0)
    outcomes, drafts = (simulation.engine.read("world", name, 0).astype(np.int64) for name in ("outcome", "draft"))
    return BranchEnds(outcomes, drafts, week + last_unsigned + 1)
