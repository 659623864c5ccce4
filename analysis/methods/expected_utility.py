"""Expected utility: who expects to gain by challenging whom, and how boldly does each actor act?

Read aloud
    Every pair of positions is a contest in which all others side with the nearer one, by capability, salience and
    nearness. The challenger wins it with the share of support it has. Where the challenged does not mind the issue, it
    gives way without a contest. Expected utility is what challenging is worth over leaving things as they are. Who is
    challenged with gain by many has given up safety, and so takes more risk; the curvature of its utility follows.
    The first round only: chances that the status quo changes are left out (Q = 1), as in Masad's tables. Paths of many
    rounds are not reckoned, as published ones do not replicate.

Symbols
    x position from 0 to 1    c capability    s salience    P chance to win    r exponent of utility, 1 being neutral

Sources
    Bueno de Mesquita (1994), Political forecasting: an expected utility method. Scholz, Calbert and Smith (2011),
    Unravelling Bueno de Mesquita's group decision model. Masad (2016), Agents in Conflict.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class ExpectedUtility:
    """The first round of the model on one issue."""

    probability: Array
    """Chance that the position of the row beats that of the column: (actors, actors)."""
    risk: Array
    """Exponent of every actor's utility, from 1/2 to 2: (actors,)."""
    utility: Array
    """What challenging the actor of the column is worth to the actor of the row: (actors, actors)."""
    winner: int
    """The actor whose position is beaten by no other one, that of most support among equals."""


def expect_utility(scaled: Array, salience: Array, capability: Array) -> ExpectedUtility:
    """The first round on one issue.

    Args:
        scaled: Position of every actor, from 0 to 1: (actors,).
        salience: How much the issue matters to it, from 0 to 1: (actors,).
        capability: Its capability: (actors,).

    Returns:
        Chances, attitudes to risk and expected utilities of all pairs.
    """
    distance = np.abs(scaled[:, np.newaxis] - scaled[np.newaxis])
    votes = (capability * salience)[:, np.newaxis, np.newaxis] * (
        distance[:, np.newaxis, :] - distance[:, :, np.newaxis]
    )
    support, total = np.maximum(votes, 0.0).sum(axis=0), np.abs(votes).sum(axis=0)
    probability = np.divide(support, total, out=np.full_like(support, 0.5), where=total > 1e-15)
    neutral = _expect(distance, salience, probability, np.ones(scaled.size))
    risk = _find_risk(neutral)
    utility = _expect(distance, salience, probability, risk)
    wins = (probability >= 0.5 - 1e-12).sum(axis=1) + probability.sum(axis=1) / (scaled.size + 1)
    return ExpectedUtility(probability, risk, utility, int(wins.argmax()))


def _expect(distance: Array, salience: Array, probability: Array, risk: Array) -> Array:
    """Expected utility of challenging, for given exponents: (actors, actors)."""
    exponent = risk[:, np.newaxis]
    success = 2.0 - 4.0 * (0.5 - 0.5 * distance) ** exponent
    failure = 2.0 - 4.0 * (0.5 + 0.5 * distance) ** exponent
    status_quo = 2.0 - 4.0 * 0.5**exponent
    contest = probability * success + (1.0 - probability) * failure
    return np.asarray(salience * contest + (1.0 - salience) * success - status_quo)


def _find_risk(utility: Array) -> Array:
    """Exponents from how much others expect to gain by challenging each actor: (actors,)."""
    against = utility.sum(axis=0) - utility.diagonal()
    spread = against.max() - against.min()
    level = (2.0 * against - against.max() - against.min()) / spread if spread > 1e-12 else np.zeros(against.size)
    return np.asarray((1.0 - level / 3.0) / (1.0 + level / 3.0))
