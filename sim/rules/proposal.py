"""Proposal: what would a side put on the table itself, as a concession or as an offer of its own?

Read aloud
    An offer is the package with the best mix of what it brings the side and the chance that all others take it.
    A real concession is the best package among those the others would more likely take than not.
    Each side has its own hope that the other is ready.

Symbols
    others   chance that everybody else signs    mine_surplus (S)  worth of the package to the side itself
    rival_hope_chance  belief that the other side is ready    mediated  1 while a mediator takes part

Sources
    Offers weighted by acceptance: Baron and Ferejohn (1989). Concession: Pruitt (1981), Negotiation Behavior.
"""

from sim.rules.words import Number, where

LIKELIER_THAN_NOT = 0.5


def everybody_else(
    rival_hope_chance: Number,
    rival_ready_signs: Number,
    across_signs: Number,
    chorus: Number,
    mediated: Number,
    broker_willing: Number,
) -> Number:
    """Chance that everybody but the side itself signs."""
    rival = rival_hope_chance * rival_ready_signs + (1.0 - rival_hope_chance) * across_signs
    return rival * chorus * where(mediated > 0.0, broker_willing, 1.0)


def offer_rank(others: Number, mine_surplus: Number) -> Number:
    """Expected worth of tabling the package as an offer."""
    return others * mine_surplus


def concession_rank(others: Number, mine_surplus: Number) -> Number:
    """Rank as a concession: packages the others would take come first, by worth; the rest by their chance."""
    return where(others >= LIKELIER_THAN_NOT, mine_surplus, others - 2.0)
