"""Alternating offers: what is proposed where parties take turns in proposing until all accept, and waiting costs?

Read aloud
    Whoever proposes asks as much as it can, and leaves the other party what that party would get by waiting for its
    own turn. Proposals that no longer change from round to round are stationary: with x proposed by the first and y by
    the second party, x leaves the second d2 of what it asks in y, y leaves the first d1 of what it asks in x, and both
    lie on the frontier. On a pie of 1 the first asks (1 - d2) / (1 - d1 d2). As rounds grow short both approach one
    point, whoever begins: the Nash solution with weights 1 / -log d. Among three parties and more this limit is taken,
    as no scenario says in which order they would take turns.
    A menu has single packages, and no frontier that can be cut anywhere. So the proposal is taken on the frontier of
    all that lies between packages (their convex hull, and whatever is worse for everybody), and the package is named
    that is nearest to it: the one in which no party gets much more or less than proposed, in shares of the best that
    the party could get. How far that is is said beside it. Backward induction among single packages would take an end
    of the menu, the other one with the parties in the other order, where waiting costs less than a step of the menu.

Sources
    Rubinstein (1982), Perfect equilibrium in a bargaining model. Binmore, Rubinstein and Wolinsky (1986), The Nash
    bargaining solution in economic modelling. Three parties and more, all of whom must accept: Krishna and Serrano
    (1996), Multilateral bargaining; Britz, Herings and Predtetchinski (2010), Non-cooperative support for the
    asymmetric Nash bargaining solution. The limit is found from its dual: Eisenberg and Gale (1959).
"""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]

MOST_PATIENT = 1.0 - 1e-7
"""Largest factor that is reckoned with: who loses nothing by waiting is taken as one who loses hardly anything."""

MOST_HASTY = 1e-12
"""Smallest factor that is reckoned with in the limit."""

LEAST_WEIGHT = 1e-6
"""Smallest weight of a party in the limit, as a share of all weights."""

HALVINGS = 60
"""Halvings of a range, or of a step, at most."""

EXACT = 1e-9
"""What a package may cost more than 1, and what a step of Newton's method may still gain."""

JOINING = 16
"""Packages that join those looked at, at most, at a time."""

BARRIERS = tuple(0.1**power for power in range(1, 13))
"""Weights of the barrier that keeps prices from what they may not reach, one after the other."""

NEWTON_STEPS = 60
"""Steps at each of them, at most."""


def find_proposal(surpluses: Array, discounts: Sequence[float]) -> Array:
    """What the first party proposes; among three parties and more, what proposals approach as rounds grow short.

    Args:
        surpluses: Surplus of every party from each package, none below 0, somewhere above 0 for each:
            (packages, parties).
        discounts: What a surplus is still worth to each party one round later, as a factor from 0 to 1.

    Returns:
        Surplus of every party: (parties,).
    """
    best, factors = surpluses.max(axis=0), np.clip(discounts, 0.0, MOST_PATIENT)
    points = surpluses / best
    found = _find_stationary(points, factors) if len(best) == 2 else _find_limit(points, factors)
    return np.asarray(found * best)


def _find_stationary(points: Array, factors: Array) -> Array:
    """The proposal of the first of two parties.

    The more the first asks, the less the frontier leaves the second, and the less that is against what the second would
    get in its own turn. So what is asked lies where both are equal, or is the best there is.
    """
    ends, heights = _find_upper_hull(points)
    low, high = 0.0, float(ends[-1])
    for _ in range(HALVINGS):
        middle = 0.5 * (low + high)
        left = np.interp(middle, ends, heights)
        low, high = (middle, high) if left >= _leave_second(middle, ends, heights, factors) else (low, middle)
    return np.array([high, _leave_second(high, ends, heights, factors)])


def _leave_second(asked: float, ends: Array, heights: Array, factors: Array) -> float:
    """What the second party would get by waiting, if the first asks so much at its turns."""
    return float(factors[1] * np.interp(factors[0] * asked, ends, heights))


def _find_upper_hull(points: Array) -> tuple[Array, Array]:
    """Corners of the frontier between packages, by what they are worth to the first party, and to the second."""
    corners: list[tuple[float, float]] = []
    for x, y in sorted(map(tuple, points.tolist())):
        while corners and (corners[-1][1] <= y or (len(corners) > 1 and _is_below(corners[-2], corners[-1], (x, y)))):
            corners.pop()
        corners.append((x, y))
    ends, heights = np.array(corners).T
    return ends, heights


def _is_below(left: tuple[float, float], middle: tuple[float, float], right: tuple[float, float]) -> bool:
    """Whether the middle one of three points, in order, does not lie above the line between the others."""
    rise, run = right[1] - left[1], right[0] - left[0]
    return (middle[1] - left[1]) * run <= rise * (middle[0] - left[0])


def _find_limit(points: Array, factors: Array) -> Array:
    """What proposals approach as rounds grow short: the largest weighted product on the frontier between packages.

    It is found by prices of the parties' surpluses at which no package costs more than 1 and the weighted sum of
    logarithms is largest; every party then gets its weight over its price. The packages that cost too much at the
    prices found so far join those that are looked at.
    """
    weights = 1.0 / -np.log(np.maximum(factors, MOST_HASTY))
    weights = np.maximum(weights / weights.sum(), LEAST_WEIGHT)
    looked_at = points.argmax(axis=0)
    while True:
        price = _find_prices(points[looked_at], weights)
        costs = points @ price
        dearest = np.argsort(-costs, kind="stable")[:JOINING]
        joining = np.setdiff1d(dearest[costs[dearest] > 1.0 + EXACT], looked_at)
        if not joining.size:
            return np.asarray(weights / price)
        looked_at = np.concatenate([looked_at, joining])


def _find_prices(points: Array, weights: Array) -> Array:
    """Prices with the largest weighted sum of logarithms at which no package costs more than 1.

    Newton's method, with a barrier that keeps packages from costing 1 and grows thinner.
    """
    price = np.full(len(weights), 0.5 / points.sum(axis=1).max())
    for barrier in BARRIERS:
        for _ in range(NEWTON_STEPS):
            scaled = points / (1.0 - points @ price)[:, np.newaxis]
            slope = weights / price - barrier * scaled.sum(axis=0)
            bend = np.diag(weights / price**2) + barrier * scaled.T @ scaled
            step = np.linalg.solve(bend, slope)
            price = _search_line(points, weights, barrier, price, step)
            if float(slope @ step) <= EXACT * barrier:
                break
    return price


def _search_line(points: Array, weights: Array, barrier: float, price: Array, step: Array) -> Array:
    """The first of the whole step, half of it and so on that does not worsen what is looked for."""

    def judge(at: Array) -> float:
        left = 1.0 - points @ at
        if at.min() <= 0.0 or left.min() <= 0.0:
            return -np.inf
        return float(weights @ np.log(at) + barrier * np.log(left).sum())

    before = judge(price)
    lengths = 0.5 ** np.arange(HALVINGS)
    return next((price + length * step for length in lengths if judge(price + length * step) >= before), price)


def rank_nearness(surpluses: Array, proposal: Array) -> list[Array]:
    """How near every package is to a proposal, as keys of which the larger is the nearer.

    Args:
        surpluses: Surplus of every party from each package: (packages, parties).
        proposal: Surplus of every party: (parties,).

    Returns:
        The largest difference of a party, in shares of the best that it could get, then the next largest, and so on,
        each with its sign turned: (packages,).
    """
    away = np.abs(surpluses - proposal) / surpluses.max(axis=0)
    return list(-np.sort(away, axis=1)[:, ::-1].T)


def rubinstein_shares(discounts: Sequence[float]) -> tuple[float, ...]:
    """Shares of a pie that can be cut anywhere, where the parties take turns in proposing until all accept.

    Args:
        discounts: What a share is still worth to each party one round later, as a factor below 1; first proposer first.

    Returns:
        Shares of the first proposal, which is accepted; they add up to 1. For two parties the first has
        (1 - d2) / (1 - d1 d2).
    """
    count = len(discounts)
    equations, sums = np.zeros((count, count, count, count)), np.zeros((count, count))
    for turn in range(count):
        for party, factor in enumerate(discounts):
            if party != turn:
                equations[turn, party, turn, party] = 1.0
                equations[turn, party, (turn + 1) % count, party] = -factor
            else:
                equations[turn, party, turn] = 1.0
                sums[turn, party] = 1.0
    found = np.linalg.solve(equations.reshape(count * count, -1), sums.reshape(-1))
    return tuple(float(share) for share in found[:count])
