"""Talks events: what happened to the talks this week?

Read aloud
    A summit without a signature has failed; one that was due and not held is cancelled. A plan that does not pass has
    lapsed, unless a counter-offer has taken its place. A plan that the scenario dates has been made that week.

Symbols
    stage, stage_before  stages after and before this week's step    tabled_now  1 if something was tabled

Sources
    Stages of mediation: Touval and Zartman (1985), International Mediation in Theory and Practice.
"""

from sim.rules.numerics import Number, at_least, flag
from sim.rules.stages import IDLE, PLAN, SIGNED, SUMMIT_DUE


def talks_events(
    stage_before: Number, stage: Number, summit: Number, seat_signed: Number, tabled_now: Number, plan_due: Number
) -> tuple[Number, Number, Number, Number, Number]:
    """1 for a failed summit, a cancelled summit, a plan that lapsed, one that was signed, one that was made."""
    failed = summit * (1.0 - seat_signed)
    gone = flag(stage == IDLE)
    cancelled = flag(stage_before == SUMMIT_DUE) * gone * (1.0 - summit)
    lapsed = flag(stage_before == PLAN) * flag(stage < SIGNED) * (1.0 - tabled_now)
    signed = flag((stage_before == PLAN) & (stage == SIGNED))
    made = at_least(flag((stage_before < PLAN) & (stage == PLAN)), plan_due)
    return failed, cancelled, lapsed, signed, made
