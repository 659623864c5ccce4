"""Condorcet election: how likely is it that each actor's position wins, where every pair of positions is voted on?

Read aloud
    A position is worth more to an actor the nearer it lies to its own, issues weighted by salience. Who prefers one of
    two positions backs it with its power times how much more it is worth to it. The share of the backing is the chance
    to win that contest, and the chance to win all of them gives the chance of the position. Whose position is likely
    to win avoids risk, whose is unlikely seeks it, so worths are bent once by the chances before the last count.

Sources
    Wise, Lester and Efird (2015), Multidimensional bargaining using KTAB: the probabilistic Condorcet election.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_CAUTIOUS, MOST_BOLD = -0.5, 1.0
"""Attitude to risk of the position that is least and of the one that is most likely to win."""


@dataclass(frozen=True)
class CondorcetElection:
    """Chances of the positions of all actors."""

    risk: Array
    """Attitude to risk of every actor: (actors,)."""
    probability: Array
    """Chance that the position of each actor wins: (actors,)."""


def hold_election(scaled: Array, salience: Array, power: Array) -> CondorcetElection:
    """Chances to win of the positions that actors hold.

    Args:
        scaled: Position of every actor on every issue, from 0 to 1: (actors, issues).
        salience: How much every issue matters to it: (actors, issues).
        power: Power of every actor: (actors,).

    Returns:
        Chances, and the attitude to risk that they rest on.
    """
    distance = np.sqrt(((salience[:, np.newaxis] * (scaled[:, np.newaxis] - scaled[np.newaxis])) ** 2).sum(axis=2))
    length = np.sqrt((salience**2).sum(axis=1))[:, np.newaxis]
    value = 1.0 - np.divide(distance, length, out=np.zeros_like(distance), where=length > 0.0)
    first = _count_votes(value, power)
    spread = first.max() - first.min()
    level = (first - first.min()) / spread if spread > 1e-12 else np.full(first.shape, 1.0 / 3.0)
    risk = MOST_CAUTIOUS + (MOST_BOLD - MOST_CAUTIOUS) * level
    bent = value + risk[:, np.newaxis] * value * (1.0 - value)
    return CondorcetElection(risk, _count_votes(bent, power))


def _count_votes(worth: Array, power: Array) -> Array:
    """Chance of every position, given what it is worth to every actor: (actors,)."""
    gains = np.maximum(worth[:, :, np.newaxis] - worth[:, np.newaxis, :], 0.0)
    backing = np.einsum("k,kij->ij", power, gains)
    total = backing + backing.T
    wins = np.divide(backing, total, out=np.full_like(backing, 0.5), where=total > 0.0)
    chance = wins.prod(axis=1)
    if chance.sum() <= 0.0:
        return np.full(chance.shape, 1.0 / chance.size)
    return np.asarray(chance / chance.sum())
