"""Bookkeeping: what small notes keep the week in order?

Read aloud
    Last week's values are kept under another name, choices are wiped clean, and the talks' events are booked.

Symbols
    now  1 if it happened this week    mediated  1 while somebody mediates

Sources
    Bookkeeping of our own.
"""

from sim.rules.numerics import Number, flag


def words_spoken(called: Number, symbolic: Number, offered: Number, conceded: Number) -> tuple[Number, Number]:
    """Friendly words of a side to the mediator; to the other side, to which a proposal says only what it contains."""
    return called + symbolic + offered + conceded, symbolic


def lapse_reason(lapsed_plan_now: Number, refusals: Number, confirmed: Number) -> tuple[Number, Number, Number]:
    """1 for a plan that lapsed by refusal alone, without confirmation alone, or by both."""
    refused = lapsed_plan_now * flag(refusals > 0.0)
    unconfirmed = lapsed_plan_now * (1.0 - confirmed)
    return refused * (1.0 - unconfirmed), unconfirmed * (1.0 - refused), refused * unconfirmed


def refused_plan(lapsed_plan_now: Number, refuses: Number) -> Number:
    """1 if a plan lapsed and this side had refused it."""
    return lapsed_plan_now * refuses


def credit_to_seated_side(at_table: Number, now: Number) -> Number:
    """What happened to the talks, booked to the side at the table."""
    return at_table * now


def reset_choices() -> Number:
    """At the start of the week nobody has chosen."""
    return 0.0


def keep_previous(value: Number) -> Number:
    """Keeps last week's value under another name."""
    return value


def mediator_can_act(mediated: Number) -> Number:
    """1 while the mediator can still act."""
    return mediated


def still_mediated(mediated: Number, left_now: Number) -> Number:
    """1 while somebody mediates."""
    return mediated * (1.0 - flag(left_now > 0.0))


def pressure_succeeded(signed_now: Number, leaning: Number) -> Number:
    """1 if leaning brought the agreement about."""
    return signed_now * leaning
