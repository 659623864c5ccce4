"""Truce: how long does a partial truce hold?

Read aloud
    A symbolic step begins a truce of some weeks. Each week it may be violated; if not, it is kept to its end.

Symbols
    truce_weeks  length    truce_breaks  chance per week of a violation    symbolic  steps taken this week

Sources
    Limited ceasefires: Clayton and others (2022), Introducing the Civil Conflict Ceasefire dataset.
"""

from sim.rules.numerics import Number, flag, where


def truce(
    truce_left: Number, symbolic: Number, truce_weeks: Number, luck_truce: Number, truce_breaks: Number
) -> tuple[Number, Number, Number]:
    """Weeks of partial truce left; 1 if it was violated; 1 if it was kept to its end."""
    holds = truce_left > 0.0
    violated = flag(holds & (luck_truce < truce_breaks))
    left = where(symbolic > 0.0, truce_weeks, where(holds, truce_left - 1.0, 0.0)) * (1.0 - violated)
    left = where(left > 0.0, left, 0.0)
    return left, violated, flag(holds & (left == 0.0)) * (1.0 - violated)
