"""Negotiating seat: who sits at the table, and whose proposal lies on it?

Read aloud
    A call, a meeting, a concession or an offer opens talks. If both sides claim the free seat, luck decides.
    A counter-offer takes the seat over; if both make one, luck decides again. What was tabled stays on the table
    while its author keeps the seat.

Symbols
    stage  how far the talks have come (stages.py)
    at_table  1 for the side at the table     tabled  number of the tabled package plus 1, 0 for none

Sources
    Who moves first and with whom: Baron and Ferejohn (1989), Bargaining in legislatures.
"""

from sim.rules.numerics import Number, at_least, flag, where
from sim.rules.stages import IDLE, SIGNED


def claims_seat(called: Number, engaged: Number, conceded: Number, offered: Number) -> Number:
    """1 if the side claims the seat this week."""
    return flag(called + engaged + conceded + offered > 0.0)


def takes_seat(
    stage: Number,
    at_table: Number,
    claim: Number,
    other_claim: Number,
    offered: Number,
    other_offered: Number,
    luck_seat: Number,
    other_luck_seat: Number,
) -> Number:
    """1 if the side sits at the table after this week's moves."""
    free = flag((claim > 0.0) & ((other_claim == 0.0) | (luck_seat > other_luck_seat)))
    both = (offered > 0.0) & (other_offered > 0.0)
    taken = where(both, flag(luck_seat > other_luck_seat), at_least(offered, at_table))
    contested = where(other_offered > offered, 0.0, taken)
    return where(stage == IDLE, free, where(stage < SIGNED, contested, at_table))


def opens_talks(stage: Number, first_at_table: Number, second_at_table: Number, talks: Number) -> tuple[Number, Number]:
    """1 if talks open this week, and the number of talks so far."""
    opened = flag((stage == IDLE) & (first_at_table + second_at_table > 0.0))
    return opened, talks + opened
