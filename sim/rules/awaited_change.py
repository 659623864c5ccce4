"""Awaited change: what is waiting worth to a side that expects things to turn in its favour at some date?

Read aloud
    A term of office ends, an election is held, an ally's promise runs out: a side that expects to gain by it has a
    reason to wait. Until then the gain makes no agreement look better, the more so the nearer the date; afterwards the
    reason is gone.

Symbols
    awaited_gain  worth    awaited_week  number of the week of the change    weekly_discount (delta)

Sources
    Deadlines and terms of office in bargaining: Simsek and Yildiz (2016), Durability, deadline, and election effects
    in bargaining. Shifting power: Powell (2006), War as a commitment problem.
"""

from sim.rules.numerics import Number, at_least, power, where


def waiting_gain(awaited_gain: Number, awaited_week: Number, week: Number, weekly_discount: Number) -> Number:
    """Worth that waiting adds to no agreement this week."""
    left = at_least(awaited_week - week, 0.0)
    return where(week < awaited_week, awaited_gain * power(weekly_discount, left), 0.0)
