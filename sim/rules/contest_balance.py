"""Contest balance: where does the contest move this week?

Read aloud
    The balance drifts, is drawn back towards its resting point, follows aid and executed levers, and has its luck.
    When the guns are silent it stands still.

Symbols
    balance (b)  logits, positive for the first side     drift (mu), noise (sigma)  per week
    reversion    share of the distance to the resting point lost per week
    pushed       push of executed levers against a side   shock  luck of a side, mean 0, s.d. 1

Sources
    Ordered contest with a noisy balance: Slantchev (2003); Powell (2004), Bargaining and learning while fighting.
"""

from sim.rules.numerics import Number

INVERSE_SQRT_2 = 0.7071067811865476
"""Two independent shocks of s.d. 1 make a difference of s.d. 1."""


def next_balance(
    balance: Number,
    fighting: Number,
    drift: Number,
    reversion: Number,
    resting_point: Number,
    aid_moves: Number,
    noise: Number,
    first_aid: Number,
    first_aid_start: Number,
    first_pushed: Number,
    first_shock_front: Number,
    second_aid: Number,
    second_aid_start: Number,
    second_pushed: Number,
    second_shock_front: Number,
) -> Number:
    """Balance after this week."""
    missing_aid = (second_aid_start - second_aid) - (first_aid_start - first_aid)
    luck = (first_shock_front - second_shock_front) * INVERSE_SQRT_2
    pushes = second_pushed - first_pushed
    moves = drift + reversion * (resting_point - balance) + aid_moves * missing_aid + pushes + noise * luck
    return balance + fighting * moves


def fighting_weeks(conflict_weeks: Number, fighting: Number) -> Number:
    """Weeks of fighting so far."""
    return conflict_weeks + fighting
