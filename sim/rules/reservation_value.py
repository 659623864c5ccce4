"""Reservation value: what is no agreement worth to an actor?

Read aloud
    Fighting on is a costly lottery with three ends: one side prevails, stalemate, the other side prevails.
    Each end is worth what it contains, and comes only when the contest is decided, at the balance expected for then;
    until then every week costs.
    Who is patient counts late ends for more, and late costs, too. A side can always give in: fighting on is never
    worth less. Hardening, and what the side awaits, make it worth more. An actor that does not bear the contest has a
    fixed value instead.

Symbols
    balance (b), optimism_lean (o, signed), stalemate_margin (kappa)  logits    drift etc.: expected_balance.py
    if_first, if_stalemate, if_second  worth of the three ends
    flow_cost (c)  worth/week      annuity (A)  discounted weeks of fighting, 1/(1 - delta (1 - 1/T))
    prize_weight (A/T)  what the end still counts      duration (T)  expected weeks until the contest is decided
    giving_in  worth of the other side's end      waiting  what is awaited (awaited_change.py)

Sources
    Costly lottery: Fearon (1995), Rationalist explanations for war; his with margin 0 and T = 1. A contest of
    uncertain length: Powell (2004), Bargaining and learning while fighting. BATNA: Fisher, Ury and Patton (1991).
"""

from sim.rules.expected_balance import balance_when_decided
from sim.rules.numerics import Number, at_least, logistic, where


def chance_to_prevail(favour: Number, stalemate_margin: Number) -> Number:
    """Chance that a side prevails, at a balance that favours it by so much."""
    return logistic(favour - stalemate_margin)


def reservation_value(
    balance: Number,
    drift: Number,
    reversion: Number,
    resting_point: Number,
    optimism_lean: Number,
    stalemate_margin: Number,
    if_first: Number,
    if_stalemate: Number,
    if_second: Number,
    flow_cost: Number,
    annuity: Number,
    prize_weight: Number,
    giving_in: Number,
    waiting: Number,
    hardening: Number,
    bears_contest: Number,
    no_deal: Number,
) -> Number:
    """Reservation value r on the actor's own scale."""
    seen = balance_when_decided(balance, drift, reversion, resting_point, annuity) + optimism_lean
    first = chance_to_prevail(seen, stalemate_margin)
    second = chance_to_prevail(-seen, stalemate_margin)
    ends = (first * if_first + second * if_second) + (1.0 - (first + second)) * if_stalemate
    fighting_on = at_least(prize_weight * ends - flow_cost * annuity, giving_in)
    return where(bears_contest > 0.0, fighting_on, no_deal) + waiting + hardening
