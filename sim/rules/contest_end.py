"""Contest end: how has the contest ended, if it has?

Read aloud
    If a side collapses, the other side prevails; if both would in one week, luck decides who is first. Rarely a
    direct clash with outside powers begins; some levers make it likelier.

Symbols
    collapsed  1 if the side breaks this week (collapse.py)    clash_risk  added by levers that take effect
    ended      0 no, 1 first prevails, 2 second prevails, 3 clash

Sources
    Hazard of war ending: Bennett and Stam (1996), The duration of interstate wars.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import IN_FORCE

FIRST_PREVAILS, SECOND_PREVAILS, CLASH = 1.0, 2.0, 3.0


def contest_outcome(
    ended: Number,
    fighting: Number,
    first_collapsed: Number,
    first_luck_collapse: Number,
    second_collapsed: Number,
    second_luck_collapse: Number,
    clash_hazard: Number,
    clash_risk: Number,
    luck_clash: Number,
) -> Number:
    """How the contest has ended, if it has."""
    first_falls = (first_collapsed > 0.0) & ((second_collapsed == 0.0) | (first_luck_collapse < second_luck_collapse))
    second_falls = (second_collapsed > 0.0) & ((first_collapsed == 0.0) | (second_luck_collapse < first_luck_collapse))
    by_collapse = where(first_falls, SECOND_PREVAILS, where(second_falls, FIRST_PREVAILS, 0.0))
    clash = (luck_clash < clash_hazard * (1.0 + clash_risk)) & (fighting > 0.0)
    now = where(clash, CLASH, by_collapse)
    return where(ended > 0.0, ended, now)


def still_fighting(stage: Number, ended: Number) -> Number:
    """1 while guns are not silent and the contest has not ended."""
    return flag((stage < IN_FORCE) & (ended == 0.0))
