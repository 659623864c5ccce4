"""Offer: what is a proposal, or a counter-offer to a plan of others, worth to a side?

Read aloud
    An offer is worth the best mix of what a package brings the side and the chance that all others take it,
    as far as the mediator's word can be relied on, minus its price. Where a plan is on the table already, the offer
    takes its place: what the plan would have brought the side is lost. Who has been answered with counter-offers k
    times hopes 1/(1 + k) times as much. An offer is friendly words too: as far as they are believed, they avert part of
    the punishment that stands, as a call does, and nothing else has to change meanwhile.

Symbols
    draft_surplus (S)  worth of the plan on the table    stage 4: a plan is being consulted on
    words_credibility (eta), sincerity (rho), threatened_harm (X)  as in a call
    counter_gain  chance of acceptance times surplus of the best package    commitment (m), 1 where nobody mediates

Sources
    Offers and counter-offers: Rubinstein (1982), Perfect equilibrium in a bargaining model.
    Learning from refusals: rule of succession, Laplace (1814), with one refusal imagined.
    Offers that buy time: Min (2020), Talking while fighting.
"""

from sim.rules.numerics import Number, at_least, where
from sim.rules.stages import PLAN


def worth(
    actor_counter_gain: Number,
    commitment_chance: Number,
    mediated: Number,
    actor_offer_price: Number,
    stage: Number,
    actor_draft_surplus: Number,
    actor_rebuffs: Number,
    actor_words_credibility: Number,
    sincerity_chance: Number,
    actor_threatened_harm: Number,
) -> Number:
    """Worth of tabling the offer."""
    plan_lost = where(stage == PLAN, at_least(actor_draft_surplus, 0.0), 0.0)
    hoped = where(mediated > 0.0, commitment_chance, 1.0) * actor_counter_gain / (1.0 + actor_rebuffs)
    averted = actor_words_credibility * sincerity_chance * actor_threatened_harm
    return hoped + averted - actor_offer_price - plan_lost


def is_open(actor_may_table: Number) -> Number:
    """Open when the side may table something."""
    return actor_may_table
