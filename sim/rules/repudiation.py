"""Repudiation: does a side take back its signature before the agreement is in force?

Read aloud
    Every week each side asks whether it would sign again, with the luck of its signature and with bargaining on as it
    counted then: neither asking again nor whose turn it is to propose changes a mind, only what the agreement is worth
    beside fighting on, its lines crossed already. That has come nearer by the weeks gone by; if it shrinks, what
    bargaining on would bring shrinks in proportion, and never by more. What was threatened for a refusal would be
    again, and who was leant on is held to its word. A side that would still have signed last week and would not now
    takes its signature back: it refuses what the other had accepted, and the plan made with it has come to nothing.

Symbols
    held_by, forgone, signed_worth   at the signature: worth pressure added, of bargaining on, of the agreement
    kept_worth  what the agreement is worth to who has paid for its lines (waiting_agreement.py)
    stands_by, stood_by  1 if the side would sign again, this week and last    deal_weeks  weeks since the signature

Sources
    Voluntary defection from what was signed: Putnam (1988), Diplomacy and domestic politics; Fearon (1998). What
    bargaining on brings is a part of what there is to share: Rubinstein (1982).
"""

from sim.rules.numerics import SMALLEST, Number, at_least, at_most, flag, logistic, power, where
from sim.rules.stages import SIGNED


def pressed_worth(threatened_harm: Number, leaning: Number, refuses: Number, yields_to_leaning: Number) -> Number:
    """Worth that ultimatums and leaning add to a signature."""
    return threatened_harm + leaning * refuses * yields_to_leaning


def at_signature(now: Number, kept: Number, signed_now: Number) -> Number:
    """What something was worth when the signature was given."""
    return where(signed_now > 0.0, now, kept)


def standing_approval(
    kept_worth: Number,
    weekly_discount: Number,
    deal_weeks: Number,
    forgone: Number,
    signed_worth: Number,
    threatened_harm: Number,
    held_by: Number,
    precision: Number,
    second_key: Number,
) -> Number:
    """Chance that one key would turn if the signature were given now."""
    nearer = at_least(kept_worth, kept_worth / power(weekly_discount, deal_weeks))
    shrunk = at_least(signed_worth - at_least(nearer, 0.0), 0.0)
    lost = shrunk * at_most(forgone / at_least(signed_worth, SMALLEST), 1.0)
    return logistic(precision * second_key * (nearer + at_least(threatened_harm, held_by) - (forgone - lost)))


def repudiates(stage: Number, signed_now: Number, stood_by: Number, stands_by: Number) -> Number:
    """1 if the side takes back its signature this week."""
    return flag((stage == SIGNED) & (signed_now == 0.0)) * stood_by * (1.0 - stands_by)


def backs_out(refused: Number, seat_lapsed: Number, repudiated: Number) -> tuple[Number, Number]:
    """1 if the side refused what the other had accepted; 1 if a plan made with it came to nothing."""
    return refused + repudiated, seat_lapsed + repudiated
