"""Position table: who stands where on which issue, how much it matters to them, and how much they weigh.

Sources
    Bueno de Mesquita (1994), Political forecasting. Stokman and Van Oosten (1994), The exchange of voting positions.
"""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class PositionTable:
    """Positions, salience and power of actors on one or several issues; what is missing is NaN."""

    name: str
    """Name of the file, or of the scenario."""
    format: str
    """Form in which the file was written, such as `ktab`."""
    actors: tuple[str, ...]
    """Names of the actors."""
    issues: tuple[str, ...]
    """Names of the issues."""
    positions: Array
    """Position of every actor on every issue: (actors, issues)."""
    salience: Array
    """How much every issue matters to every actor, from 0 to 1: (actors, issues)."""
    power: Array
    """Capability or influence of every actor on every issue: (actors, issues)."""
    low: Array
    """Lower end of every issue's scale: (issues,)."""
    high: Array
    """Upper end of every issue's scale: (issues,)."""
    separate: bool = False
    """True if issues are decisions of their own, each with those actors that take part in it."""
    outcomes: Array | None = None
    """What was decided on every issue, where the table says so: (issues,)."""
    status_quo: Array | None = None
    """What held on every issue before, where the table says so: (issues,)."""
    notes: tuple[str, ...] = field(default=())
    """What was recognised, assumed or left out in reading it, each as a sentence."""

    def find_complete(self, issues: list[int]) -> NDArray[np.int64]:
        """Actors that have a position, a salience and a power on all of some issues."""
        parts = (self.positions, self.salience, self.power)
        known = [np.isfinite(part[:, issues]).all(axis=1) for part in parts]
        return np.flatnonzero(np.logical_and.reduce(known))

    def scale(self) -> Array:
        """Positions from 0 to 1 on the scale of each issue: (actors, issues)."""
        span = self.high - self.low
        return np.asarray((self.positions - self.low) / np.where(span > 0.0, span, 1.0))
