"""Own proposal: what would a side put on the table itself, as a concession or as an offer of its own?

Read aloud
    An offer is the package with the best mix of what it brings the side and the chance that all others take it.
    A real concession is the best package among those the others would more likely take than not.
    Each side has its own hope that the other is ready.

Symbols
    all_others_accept   chance that everybody else signs    own_surplus (S)  worth of the package to the side itself
    rival_hope_chance  belief that the other side is ready    mediated  1 while a mediator takes part
    delivers  1 if the package holds terms that only the mediator can deliver, gone or not

Sources
    Offers weighted by acceptance: Baron and Ferejohn (1989). Concession: Pruitt (1981), Negotiation Behavior.
"""

from sim.rules.numerics import Number, where

LIKELIER_THAN_NOT = 0.5


def all_others_accept(
    rival_hope_chance: Number,
    rival_ready_signs: Number,
    opponent_signs: Number,
    outside_parties_accept: Number,
    mediated: Number,
    mediator_delivers: Number,
    mediator_willing: Number,
) -> Number:
    """Chance that everybody but the side itself signs."""
    rival = rival_hope_chance * rival_ready_signs + (1.0 - rival_hope_chance) * opponent_signs
    return rival * outside_parties_accept * where((mediated > 0.0) | (mediator_delivers > 0.0), mediator_willing, 1.0)


def offer_value(all_others_accept: Number, own_surplus: Number) -> Number:
    """Expected worth of tabling the package as an offer."""
    return all_others_accept * own_surplus


def concession_score(all_others_accept: Number, own_surplus: Number) -> Number:
    """Rank as a concession: packages the others would take come first, by worth; the rest by their chance."""
    return where(all_others_accept >= LIKELIER_THAN_NOT, own_surplus, all_others_accept - 2.0)
