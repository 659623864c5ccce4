"""Position exchange: which pairs of actors gain by trading positions on two issues, and where do decisions then lie?

Read aloud
    A decision is expected at the mean of positions, weighted by power times salience. Two actors on opposite sides of
    the expected decision on two issues can trade: each moves to the other on the issue that matters less to it. The
    move of one goes as far as it can, the move of the other so far that both gain alike. The best trade is made first;
    whoever has moved on an issue does not move there again, nor does whoever was given something for it.

Sources
    Stokman and Van Oosten (1994), The exchange of voting positions: an object-oriented model of policy networks.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Array = NDArray[np.float64]


@dataclass(frozen=True)
class Exchange:
    """One trade of positions."""

    actors: tuple[int, int]
    """Who trades: the first moves on the second issue, the second on the first issue."""
    issues: tuple[int, int]
    """The issue on which the first wins, and that on which the second wins."""
    moves: tuple[float, float]
    """Change of the second actor's position on the first issue, and of the first's on the second, on a scale of 1."""
    gain: float
    """What both gain alike: salience times the shift of the expected decision."""


@dataclass(frozen=True)
class ExchangeResult:
    """All trades that were made, and what is decided then."""

    exchanges: tuple[Exchange, ...]
    """Trades in the order in which they were made."""
    positions: Array
    """Positions after them, on a scale from 0 to 1: (actors, issues)."""
    decisions: Array
    """Expected decisions after them, on a scale from 0 to 1: (issues,)."""


def exchange_positions(scaled: Array, salience: Array, power: Array) -> ExchangeResult:
    """Make the trades that pairs of actors gain by, the best first.

    Args:
        scaled: Position of every actor on every issue, from 0 to 1, none missing: (actors, issues).
        salience: How much every issue matters to it, from 0 to 1: (actors, issues).
        power: Its power on every issue: (actors, issues).

    Returns:
        The trades, positions and expected decisions after them.
    """
    weight = salience * power
    share = weight / np.where(weight.sum(axis=0) > 0.0, weight.sum(axis=0), 1.0)
    expected = (share * scaled).sum(axis=0)
    offers = sorted(
        _list_offers(scaled, salience, share, expected), key=lambda one: (-one.gain, one.actors, one.issues)
    )
    positions, used, made = scaled.copy(), set[tuple[int, int]](), list[Exchange]()
    for offer in offers:
        places = {(actor, issue) for actor in offer.actors for issue in offer.issues}
        if used & places:
            continue
        used |= places
        made.append(offer)
        positions[offer.actors[1], offer.issues[0]] += offer.moves[0]
        positions[offer.actors[0], offer.issues[1]] += offer.moves[1]
    return ExchangeResult(tuple(made), positions, (share * positions).sum(axis=0))


def _list_offers(scaled: Array, salience: Array, share: Array, expected: Array) -> list[Exchange]:
    """Every trade by which two actors gain."""
    side, count = np.sign(scaled - expected), scaled.shape[1]
    found = []
    for first in range(count):
        for second in range(count):
            opposed = (side[:, np.newaxis, first] * side[np.newaxis, :, first] < 0.0) & (
                side[:, np.newaxis, second] * side[np.newaxis, :, second] < 0.0
            )
            cares = np.multiply.outer(salience[:, first], salience[:, second])
            opposed &= cares > cares.T * (1.0 + 1e-12)
            if first != second:
                pairs = [(int(one), int(other)) for one, other in np.argwhere(opposed)]
                found += [_offer(pair, (first, second), scaled, salience, share) for pair in pairs]
    return [one for one in found if one.gain > 1e-12]


def _offer(pair: tuple[int, int], issues: tuple[int, int], scaled: Array, salience: Array, share: Array) -> Exchange:
    """The trade of a pair on two issues by which both gain alike."""
    (one, other), (first, second) = pair, issues
    gaps = scaled[one, first] - scaled[other, first], scaled[other, second] - scaled[one, second]
    most = abs(gaps[0]) * share[other, first], abs(gaps[1]) * share[one, second]
    minds = salience[one, first] + salience[other, first], salience[one, second] + salience[other, second]
    size = min(most[0] * minds[0], most[1] * minds[1])
    shifts = size / minds[0], size / minds[1]
    moves = (
        float(np.sign(gaps[0]) * shifts[0] / share[other, first]) if shifts[0] else 0.0,
        float(np.sign(gaps[1]) * shifts[1] / share[one, second]) if shifts[1] else 0.0,
    )
    return Exchange(pair, issues, moves, float(salience[one, first] * shifts[0] - salience[one, second] * shifts[1]))
