"""Offer meeting: what is it worth to the mediator to meet a side?

Read aloud
    A meeting promises what the best package promises. If it fails there is a price, and the price grows with every
    failure before.

Symbols
    prospect (J)  best promise    success (pi)  its chance    failed_summit_price (F), failed_summit_growth (F_k)

Sources
    Audience and prestige at summits: Fearon (1994), Domestic political audiences.
"""

from sim.rules.numerics import Number, flag
from sim.rules.stages import CONTACT, IDLE, SUMMIT_DUE


def worth(
    target_prospect: Number,
    target_success: Number,
    actor_failed_summit_price: Number,
    actor_failed_summit_growth: Number,
    failures: Number,
    actor_engage_price: Number,
) -> Number:
    """Worth of offering or holding the next meeting with the target."""
    price = actor_failed_summit_price * (1.0 + actor_failed_summit_growth * failures)
    return target_prospect - (1.0 - target_success) * price - actor_engage_price


def is_open(mediated: Number, stage: Number, target_at_table: Number) -> Number:
    """Open with anybody when nothing runs, else with the side at the table."""
    runs = ((stage == CONTACT) | (stage == SUMMIT_DUE)) & (target_at_table > 0.0)
    return flag((mediated > 0.0) & ((stage == IDLE) | runs))
