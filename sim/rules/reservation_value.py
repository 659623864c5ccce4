"""Reservation value: what is no agreement worth to an actor?

Read aloud
    Fighting on is a costly lottery with three ends: one side prevails, stalemate, the other side prevails.
    Each end is worth what it contains; the cost of the coming weeks is taken off. Hardening makes it worth more.
    An actor that does not bear the contest has a fixed value instead.

Symbols
    balance (b), optimism_lean (o, signed), stalemate_margin (kappa)  logits
    if_first, if_stalemate, if_second  worth of the three ends
    flow_cost (c)  worth/week      annuity (A)  discounted weeks counted, (1 - delta^tau)/(1 - delta)

Sources
    Costly lottery: Fearon (1995), Rationalist explanations for war. With margin 0 there is no stalemate and the
    lottery is his. BATNA: Fisher, Ury and Patton (1991), Getting to Yes.
"""

from sim.rules.numerics import Number, logistic, where


def reservation_value(
    balance: Number,
    optimism_lean: Number,
    stalemate_margin: Number,
    if_first: Number,
    if_stalemate: Number,
    if_second: Number,
    flow_cost: Number,
    annuity: Number,
    hardening: Number,
    bears_contest: Number,
    no_deal: Number,
) -> Number:
    """Reservation value r on the actor's own scale."""
    seen = balance + optimism_lean
    first = logistic(seen - stalemate_margin)
    second = logistic(-seen - stalemate_margin)
    ends = (first * if_first + second * if_second) + (1.0 - (first + second)) * if_stalemate
    return where(bears_contest > 0.0, ends - flow_cost * annuity, no_deal) + hardening


def balance_ahead(balance: Number, drift: Number, weeks: Number) -> Number:
    """Balance expected when the guns fall silent by this sequence."""
    return balance + drift * weeks


def balance_after_breakdown(balance: Number, drift: Number, weeks: Number, shift: Number) -> Number:
    """Balance expected if the agreement then breaks."""
    return balance + drift * weeks + shift
