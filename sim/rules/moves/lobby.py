"""Lobby: when does a third party go and see the mediator?

Read aloud
    It lobbies when a bad agreement is in the offing, the more so the likelier it looks, and when it wants more
    pressure on a side that it does not believe to be ready.

Symbols
    minds_bad_deals (psi_1)   wants_pressure (psi_2)   success (pi)   hope (h)
    favourite_party_package  its surplus from the mediator's favourite

Sources
    Lobbying of mediators by allies: Crawford (2003), Pivotal Deterrence.
"""

from sim.rules.numerics import Number, at_least, flag
from sim.rules.stages import IN_FORCE


def worth(
    actor_minds_bad_deals: Number,
    favourite_party_package: Number,
    target_success: Number,
    reopening: Number,
    actor_wants_pressure: Number,
    hope_chance: Number,
    actor_lobby_price: Number,
) -> Number:
    """Worth of a round of lobbying against the target."""
    feared_loss = at_least(-favourite_party_package, 0.0) * target_success * reopening
    return actor_minds_bad_deals * feared_loss + actor_wants_pressure * (1.0 - hope_chance) - actor_lobby_price


def is_open(mediated: Number, stage: Number) -> Number:
    """Open while somebody mediates and no agreement is in force."""
    return flag((mediated > 0.0) & (stage < IN_FORCE))


def lobbying_pressure(chosen: Number, actor_lobby_push: Number) -> Number:
    """Push given to the mediator's pressure."""
    return chosen * actor_lobby_push
