"""Strike: what is a mass strike worth to a side?

Read aloud
    A strike has its gain. It raises the punishment that could still come, and spoils the prestige of a seat at the
    table.

Symbols
    strike_backlash (zeta)   pending_harm  expected harm of all levers that could still be used    prestige

Sources
    Punishment and denial: Pape (1996), Bombing to Win. Fighting while talking: Min (2020).
"""

from sim.rules.numerics import Number, flag


def worth(
    actor_strike_gain: Number,
    actor_strike_backlash: Number,
    actor_pending_harm: Number,
    actor_prestige: Number,
    actor_at_table: Number,
) -> Number:
    """Worth of a mass strike this week."""
    return actor_strike_gain - actor_strike_backlash * actor_pending_harm - actor_prestige * actor_at_table


def is_open(fighting: Number, truce_left: Number) -> Number:
    """Open while there is fighting and no partial truce."""
    return flag((fighting > 0.0) & (truce_left == 0.0))
