"""Mediator pressure: does the mediator press those who refuse a plan, and do they give in?

Read aloud
    If somebody refuses and the mediator stands by the plan, it may lean on those who refuse. Leaning adds to what
    signing is worth to them. It has its price. What is signed that way is marked as imposed until something else is.

Symbols
    yields_to_leaning (lev)  worth that leaning adds    lean_price (k_lean)
    chance_under_pressure  chance of giving in    all_yield  chance that all who refuse give in

Sources
    Pressure on clients: Beardsley (2008), Agreement without peace?
"""

from sim.rules.numerics import Number, flag, logistic, where


def approval_under_pressure(
    draft_surplus: Number,
    continuation: Number,
    threatened_harm: Number,
    yields_to_leaning: Number,
    precision: Number,
    second_key: Number,
    institution: Number,
    consents: Number,
) -> Number:
    """Chance that one key turns when the mediator leans on the party."""
    approval = logistic(precision * second_key * (draft_surplus + threatened_harm - continuation + yields_to_leaning))
    return where(institution > 0.0, consents, approval)


def gives_in(refuses: Number, signature_under_pressure: Number, chance_under_pressure: Number) -> tuple[Number, Number]:
    """1 if the party still refuses when leaned on; chance that it does not stand in the way."""
    return refuses * (1.0 - signature_under_pressure), where(refuses > 0.0, chance_under_pressure, 1.0)


def applies_pressure(
    refusals: Number,
    confirmed: Number,
    mediated: Number,
    precision: Number,
    all_yield: Number,
    mediator_draft_surplus: Number,
    mediator_lean_price: Number,
    luck_leaning: Number,
) -> Number:
    """1 if the mediator leans on those who refuse."""
    wish = logistic(precision * (all_yield * mediator_draft_surplus - mediator_lean_price))
    return flag((refusals > 0.0) & (confirmed > 0.0) & (mediated > 0.0) & (luck_leaning < wish))


def is_imposed(signed_now: Number, leaning: Number, imposed: Number) -> Number:
    """1 if the last agreement was accepted under pressure of the mediator."""
    return where(signed_now > 0.0, leaning, imposed)
