"""Call: what is a friendly call to the mediator worth to a side?

Read aloud
    Friendly words avert part of the punishment that stands, as far as they are believed. A call is worth its
    prestige to whoever does not sit at the table already, and for a side that wants an agreement it brings one
    nearer. Said again, the same words do none of that, as far as the last call is still in memory: they avert nothing
    more of an ultimatum that they have answered, and bring neither prestige nor an agreement nearer. A call has a small
    price. It can be made until an agreement is in force; talks that run stay where they are.

Symbols
    words_credibility (eta)   sincerity (rho)  the mediator's belief that promises are real   threatened_harm (X)
    commitment (m)  belief that the mediator stands by a plan    at_table  1 while the side has the seat
    call_memory, answered  how far the last call is still in memory, and has answered the ultimatum (call_memory.py)

Sources
    Cheap talk: Farrell and Rabin (1996). Insincere negotiation: Min (2020), Talking while fighting.
"""

from sim.rules.numerics import Number, at_least, flag
from sim.rules.stages import IN_FORCE


def worth(
    actor_words_credibility: Number,
    sincerity_chance: Number,
    actor_threatened_harm: Number,
    actor_prestige: Number,
    actor_at_table: Number,
    actor_call_advances: Number,
    commitment_chance: Number,
    actor_success: Number,
    reopening: Number,
    actor_favourite_surplus: Number,
    actor_call_price: Number,
    actor_answered: Number,
    actor_call_memory: Number,
) -> Number:
    """Worth of calling the mediator."""
    averted = (1.0 - actor_answered) * actor_words_credibility * sincerity_chance * actor_threatened_harm
    nearer = (
        actor_call_advances * commitment_chance * actor_success * reopening * at_least(actor_favourite_surplus, 0.0)
    )
    opened = (1.0 - actor_call_memory) * (actor_prestige * (1.0 - actor_at_table) + nearer)
    return averted + opened - actor_call_price


def is_open(mediated: Number, stage: Number) -> Number:
    """Open while somebody mediates and no agreement is in force."""
    return flag((mediated > 0.0) & (stage < IN_FORCE))
