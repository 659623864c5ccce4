"""Scheduled events: what does the scenario date, whatever the actors would choose?

Read aloud
    What is dated happens in its week: a lever is executed, a summit held with its guest unless a plan is on the table
    already, a plan tabled, confirmed if the scenario says so, or the mediator leaves. What others then do is theirs.

Symbols
    week  number of the week    *_week  dated week, far in the past if none    guest  1 for the side invited

Sources
    Scenario files; a dated fact is the file's, not the model's.
"""

from sim.rules.numerics import Number, at_least, flag, where
from sim.rules.stages import PLAN, SIGNED, SUMMIT_DUE


def scheduled_execution(
    executing_now: Number, vetoed: Number, scheduled_week: Number, week: Number
) -> tuple[Number, Number]:
    """1 if the lever is executed by choice or date, and if it is vetoed, which a dated one is not."""
    dated = flag(scheduled_week == week)
    return at_least(executing_now, dated), vetoed * (1.0 - dated)


def scheduled_departure(left_now: Number, leaving_week: Number, week: Number, mediated: Number) -> Number:
    """1 if the mediator leaves this week by choice or by date."""
    return at_least(left_now, flag(leaving_week == week) * mediated)


def scheduled_stage(
    stage: Number, talks: Number, mediated: Number, summit_week: Number, plan_week: Number, week: Number
) -> tuple[Number, Number, Number, Number]:
    """Stage and number of the talks, and 1 if a dated summit or a dated plan is due now."""
    summit = flag(summit_week == week) * flag(stage < PLAN) * mediated
    plan = flag(plan_week == week) * flag(stage < SIGNED) * mediated
    return where(plan > 0.0, PLAN, where(summit > 0.0, SUMMIT_DUE, stage)), talks + at_least(summit, plan), summit, plan


def seat_scheduled_side(
    at_table: Number, engaged: Number, summit_due: Number, plan_due: Number, summit_guest: Number, plan_guest: Number
) -> tuple[Number, Number]:
    """Who sits at the table and is met, when something dated is due."""
    seated = where(plan_due > 0.0, plan_guest, where(summit_due > 0.0, summit_guest, at_table))
    return seated, where(summit_due > 0.0, summit_guest, engaged)


def scheduled_draft(draft: Number, plan_due: Number, plan_number: Number) -> Number:
    """Number of the package on the table."""
    return where(plan_due > 0.0, plan_number, draft)


def scheduled_confirmation(confirmed: Number, plan_due: Number, plan_confirmed: Number) -> Number:
    """1 if the plan is confirmed, by the principal or by the scenario."""
    return at_least(confirmed, plan_due * plan_confirmed)


def scheduled_go_first(tabled_now: Number, summit_due: Number, plan_due: Number) -> Number:
    """1 if something tabled this week leads on; what is dated is heard first."""
    return tabled_now * (1.0 - at_least(summit_due, plan_due))
