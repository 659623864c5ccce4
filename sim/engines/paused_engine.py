"""Paused engine: one week in parts, so that somebody outside the model can decide in the middle of it.

Read aloud
    The steps of a week are the same as in every engine, in the same order and with the same luck. Between two of them
    the week can stand still: what an actor has chosen is looked at, and overwritten or left. A week in which nothing is
    overwritten has the bits of a week that was played at once.
"""

import numpy as np
from numpy.typing import NDArray

from sim.engines.numpy_engine import NumpyEngine
from sim.model.simulation import take_snapshot


class PausedEngine(NumpyEngine):
    """A NumPy engine whose weeks can stand still between two steps."""

    _reached = 0

    def begin_week(self, week: int) -> None:
        """Begin a week; no step of it is played yet.

        Args:
            week: Number of the week.
        """
        self.state["world"]["week"][0] = float(week)
        self._reached = 0

    def play_to(self, step: int) -> None:
        """Play the week on, up to a step.

        Args:
            step: How many steps of the week have been played afterwards, counted from its beginning.
        """
        for function in self.step_functions[self._reached : step]:
            function()
        self._reached = max(step, self._reached)

    def finish_week(self) -> None:
        """Play the rest of the week."""
        self.play_to(len(self.step_functions))

    def select_runs(self, places: NDArray[np.int64]) -> "PausedEngine":
        """Some of the runs, as they stand now."""
        return PausedEngine(take_snapshot(self, places))

    def copy(self) -> "PausedEngine":
        """The same runs, standing still at the same step."""
        found = self.select_runs(np.arange(self.runs.size))
        found._reached = self._reached
        return found

    def repeat(self, step: int) -> None:
        """Play one step again, such as a sum whose parts were overwritten.

        Args:
            step: Place of the step in the week.
        """
        self.step_functions[step]()
