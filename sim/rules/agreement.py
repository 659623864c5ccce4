"""Agreement: what becomes of an agreement once it is signed?

Read aloud
    Before it is in force a side may repudiate it, and it may unravel: one chance for each signature, spread over the
    weeks until then. Where the guns fall silent only with the full settlement, the settlement may fail, and then there
    is none. In force, it may break: on paper soon, otherwise ever less likely; imposed agreements more, trusted
    guarantees and settled issues less. In time the open issues may be settled.

Symbols
    deal_weeks  weeks since the last step    hazard  chance per week (breakdown.py)    settles (phi)
    draft_unravelling_chance  chance per week w of the wait: 1 - (1 - unravels)^(1/n) for n whole weeks

Sources
    Breakdown: Fortna (2004), Peace Time; imposed truces: Werner and Yuen (2005), Making and keeping peace.
"""

from sim.rules.numerics import Number, flag, where
from sim.rules.stages import IDLE, IN_FORCE, SIGNED


def stage_of_agreement(
    stage: Number,
    signed_now: Number,
    deal_weeks: Number,
    draft_weeks: Number,
    draft_fights_on: Number,
    draft_settles: Number,
    draft_unravelling_chance: Number,
    hazard: Number,
    luck_unravelling: Number,
    luck_settlement: Number,
    luck_breakdown: Number,
    repudiations: Number,
) -> tuple[Number, Number]:
    """Stage after this week for agreements that are signed or in force, and 1 if one in force broke."""
    fails = (draft_fights_on > 0.0) & (luck_settlement >= draft_settles)
    due = where(deal_weeks + 1.0 >= draft_weeks, where(fails, IDLE, IN_FORCE), SIGNED)
    gone = (luck_unravelling < draft_unravelling_chance) | (repudiations > 0.0)
    signed = where(signed_now > 0.0, SIGNED, where(gone, IDLE, due))
    broke = flag((stage == IN_FORCE) & (luck_breakdown < hazard))
    kept = where(broke > 0.0, IDLE, stage)
    return where(stage == SIGNED, signed, kept), broke


def settlement(
    stage: Number, settled: Number, draft_fights_on: Number, draft_settling_chance: Number, luck_completion: Number
) -> Number:
    """1 if every issue of the agreement in force is settled."""
    full = (settled > 0.0) | (draft_fights_on > 0.0) | (luck_completion < draft_settling_chance)
    return flag((stage == IN_FORCE) & full)


def weeks_of_deal(stage: Number, stage_before: Number, deal_weeks: Number) -> Number:
    """Weeks since the agreement was signed, or since it is in force."""
    return where((stage == stage_before) & (stage >= SIGNED), deal_weeks + 1.0, 0.0)


def completes(settled: Number, settled_now: Number) -> tuple[Number, Number]:
    """1 if the last open issue was settled this week; 1 while everything is settled."""
    return settled_now * (1.0 - settled), settled_now
