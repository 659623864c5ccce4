"""Peace: what becomes of an agreement once it is signed?

Read aloud
    Before it is in force it may unravel. Where the guns fall silent only with the full settlement, the settlement may
    fail, and then there is none. In force, it may break: on paper soon, otherwise ever less likely; imposed
    agreements more, trusted guarantees less. In time the open issues may be settled.

Symbols
    deal_weeks  weeks since the last step    hazard  chance per week    settles (phi)
    slow hazard  Weibull with scale H0 and shape k: H0 ((t+1)^k - t^k)

Sources
    Breakdown: Fortna (2004), Peace Time; imposed truces: Werner and Yuen (2005), Making and keeping peace.
"""

from sim.rules.numerics import Number, flag, where


def stage_of_agreement(
    stage: Number,
    signed_now: Number,
    deal_weeks: Number,
    draft_weeks: Number,
    draft_fights_on: Number,
    draft_settles: Number,
    unravels: Number,
    hazard: Number,
    luck_unravelling: Number,
    luck_settlement: Number,
    luck_breakdown: Number,
) -> tuple[Number, Number]:
    """Stage after this week for agreements that are signed or in force, and 1 if one in force broke."""
    fails = (draft_fights_on > 0.0) & (luck_settlement >= draft_settles)
    due = where(deal_weeks + 1.0 >= draft_weeks, where(fails, 0.0, 6.0), 5.0)
    signed = where(signed_now > 0.0, 5.0, where(luck_unravelling < unravels, 0.0, due))
    broke = flag((stage == 6.0) & (luck_breakdown < hazard))
    kept = where(broke > 0.0, 0.0, stage)
    return where(stage == 5.0, signed, kept), broke


def settlement(
    stage: Number,
    settled: Number,
    draft_fights_on: Number,
    draft_settling_chance: Number,
    luck_completion: Number,
) -> Number:
    """1 if every issue of the agreement in force is settled."""
    full = (settled > 0.0) | (draft_fights_on > 0.0) | (luck_completion < draft_settling_chance)
    return flag((stage == 6.0) & full)


def weeks_of_deal(stage: Number, stage_before: Number, deal_weeks: Number) -> Number:
    """Weeks since the agreement was signed, or since it is in force."""
    return where((stage == stage_before) & (stage >= 5.0), deal_weeks + 1.0, 0.0)


def completes(settled: Number, settled_now: Number) -> tuple[Number, Number]:
    """1 if the last open issue was settled this week; 1 while everything is settled."""
    return settled_now * (1.0 - settled), settled_now
