"""Ministerial signal: what do ministers learn about their counterpart?

Read aloud
    Ministers meet before a summit. With some chance they learn whether the side at the table would gain from what the
    mediator has in mind; good news raises hope, bad news lowers it.

Symbols
    ministers_reveal (tau_m)  chance    ministers_good, ministers_bad  factors on the odds of hope

Sources
    Agents who learn for principals: Kydd (2003), Which side are you on?
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import MINISTERS


def signal(
    stage: Number,
    at_table: Number,
    favourite_surplus: Number,
    ministers_reveal: Number,
    ministers_good: Number,
    ministers_bad: Number,
    luck_ministers: Number,
) -> Number:
    """Factor on the odds of hope after ministers have met."""
    learned = where(favourite_surplus > 0.0, ministers_good, ministers_bad)
    met = flag((stage == MINISTERS) & (luck_ministers < ministers_reveal)) * at_table
    return where(met > 0.0, learned, 1.0)
