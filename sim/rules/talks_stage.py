"""Talks stage: at which stage are the talks after this week?

Read aloud
    Nothing, a call, ministers, a summit due, a plan, signed, in force: at most one step a week.
    What is tabled leads straight to a summit, or to a plan where nobody mediates; it does not put off a summit that is
    held. An unused stage lapses.

Symbols
    stage  idle, contact, ministers, summit due, plan, signed, in force (stages.py)    stage_life  weeks
    met  1 if the mediator met the seated side    passed  1 if a plan passed consultation

Sources
    Stages of mediation: Touval and Zartman (1985), International Mediation in Theory and Practice.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import CONTACT, IDLE, MINISTERS, PLAN, SIGNED, SUMMIT_DUE


def next_stage(
    stage: Number,
    idle_weeks: Number,
    stage_life: Number,
    opened: Number,
    met: Number,
    tabled_now: Number,
    summit: Number,
    seat_signed: Number,
    passed: Number,
    mediated: Number,
    left_now: Number,
) -> Number:
    """Stage after this week's step, for stages before an agreement is signed."""
    tabled = where(mediated > 0.0, SUMMIT_DUE, PLAN)
    unused = idle_weeks + 1.0 >= stage_life
    calls = where(met > 0.0, MINISTERS, where(unused, IDLE, CONTACT))
    due = where(summit > 0.0, where(seat_signed > 0.0, PLAN, IDLE), where(unused, IDLE, SUMMIT_DUE))
    later = where(stage == MINISTERS, SUMMIT_DUE, where(stage == SUMMIT_DUE, due, SIGNED * passed))
    step = where(stage == CONTACT, calls, later)
    begins = where(tabled_now > 0.0, tabled, CONTACT) * opened
    moved = where(stage == IDLE, begins, where((tabled_now > 0.0) & (summit == 0.0), tabled, step))
    moved = where((left_now > 0.0) & (stage < PLAN), IDLE, moved)
    return where(stage < SIGNED, moved, stage)


def count_idle_weeks(stage: Number, stage_before: Number, idle_weeks: Number) -> Number:
    """Weeks for which the stage has not moved."""
    return where(stage == stage_before, idle_weeks + 1.0, 0.0)


def clear_table(stage: Number, at_table: Number, tabled: Number) -> tuple[Number, Number]:
    """The seat and the table are cleared when nothing runs any more."""
    runs = flag(stage > IDLE)
    return at_table * runs, tabled * runs
