"""Objections: where nobody can agree, who would refuse which packages, and what comes closest?

Read aloud
    A party whose consent a package needs refuses it if it loses by it, compared with having no agreement. It stands in
    the way alone where nobody else refuses. Closest comes the package that the fewest refuse; of these the one by which
    the largest loss of anybody who refuses is smallest.

Sources
    Tsebelis (2002), Veto Players (the winset of the status quo).
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Objections:
    """Who would refuse packages none of which is acceptable to all."""

    refused: tuple[int, ...]
    """For every party: packages that it would refuse."""
    alone: tuple[int, ...]
    """For every party: packages that nobody else would refuse."""
    closest: int | None
    """The package that comes closest; none where nobody refuses, but nobody gains either."""
    losses: tuple[float, ...]
    """For every party: what it would lose by that package, 0 if it does not refuse it."""


def find_objections(surpluses: Array, losing: NDArray[np.bool_]) -> Objections:
    """Who would refuse what.

    Args:
        surpluses: Worth over having no agreement: (packages, parties).
        losing: Whether the consent of a party is needed and it loses: (packages, parties).
    """
    refusers, losses = losing.sum(axis=1), np.where(losing, -surpluses, 0.0)
    closest = int(np.lexsort([losses.max(axis=1), refusers])[0]) if refusers.all() else None
    return Objections(
        refused=tuple(losing.sum(axis=0).tolist()),
        alone=tuple((losing & (refusers == 1)[:, np.newaxis]).sum(axis=0).tolist()),
        closest=closest,
        losses=tuple(losses[closest].tolist()) if closest is not None else (0.0,) * losing.shape[1],
    )
