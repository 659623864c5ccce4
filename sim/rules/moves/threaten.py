"""Threaten: what is an ultimatum worth?

Read aloud
    A credible threat is believed to change minds, so it raises the mediator's prospect. It costs a little to say,
    and backing down later costs the audience, unless one follows it up; how likely that is, the holder knows best.
    Others who press for it add their push. An ultimatum commits who sets it, and so is more than words: two keys must
    turn.

Symbols
    resolve  chance of following up, as the holder sees itself   audience_cost (a)   lobbied  push of third parties
    prospect_threat - prospect  (J(h + (1-h) nu_T q) - J(h))     open until an agreement is in force

Sources
    Audience costs: Fearon (1997), Signaling foreign policy interests. Empty threats: Peterson (2013). A threat as
    a commitment: Schelling (1960), The Strategy of Conflict.
"""

from sim.rules.numerics import Number, flag
from sim.rules.stages import IN_FORCE


def worth(
    actor_mediates: Number,
    target_prospect_threat: Number,
    target_prospect: Number,
    target_lobbied: Number,
    actor_word_price: Number,
    actor_audience_cost: Number,
    lever_resolve: Number,
    actor_wants_pressure: Number,
    hope_chance: Number,
) -> Number:
    """Worth of issuing an ultimatum with this lever."""
    gain = actor_mediates * (target_prospect_threat - target_prospect + target_lobbied)
    wish = actor_wants_pressure * (1.0 - hope_chance)
    return gain + wish - actor_word_price - actor_audience_cost * (1.0 - lever_resolve)


def is_open(
    lever_threatens: Number,
    lever_executed: Number,
    actor_ultimatums: Number,
    actor_can_act: Number,
    stage: Number,
) -> Number:
    """Open if the lever is unused, the holder has no other ultimatum running and no agreement is in force."""
    unused = (lever_threatens > 0.0) & (lever_executed == 0.0) & (actor_ultimatums == 0.0)
    return flag(unused & (actor_can_act > 0.0) & (stage < IN_FORCE))
