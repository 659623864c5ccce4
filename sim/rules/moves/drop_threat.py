"""Drop threat: what is it worth to withdraw an ultimatum once its target talks?

Read aloud
    An ultimatum that hangs over running talks, or over a signature, puts them at risk, as far as it is believed. Who
    withdraws it because the target has come to the table pays half of the audience; who lets it stand pays all of it,
    unless it is followed up. Withdrawing takes a word, which has its price. Without talks the move is closed.

Symbols
    credibility (q)   resolve  chance that the holder follows up, as it sees itself   audience_cost (a)
    talks_at_risk  worth of talks or of a signature    execution_disturbs  share of it that an execution puts at risk

Sources
    New information excuses backing down: Levendusky and Horowitz (2012), When backing down is the right decision.
    Audience costs: Fearon (1997), Signaling foreign policy interests.
"""

from sim.rules.numerics import Number, flag
from sim.rules.stages import IN_FORCE

EXCUSED = 0.5
"""Share of the audience cost that talks excuse: a word withdrawn is half a word broken, in beliefs as well."""


def worth(
    actor_mediates: Number,
    target_talks_at_risk: Number,
    actor_execution_disturbs: Number,
    actor_audience_cost: Number,
    actor_word_price: Number,
    credibility_chance: Number,
    lever_resolve: Number,
) -> Number:
    """Worth of withdrawing the ultimatum with this lever."""
    relieved = actor_mediates * credibility_chance * actor_execution_disturbs * target_talks_at_risk
    spared = actor_audience_cost * (1.0 - lever_resolve) - actor_audience_cost * (1.0 - EXCUSED)
    return relieved + spared - actor_word_price


def is_open(lever_threat_left: Number, target_at_table: Number, actor_can_act: Number, stage: Number) -> Number:
    """Open while the ultimatum stands, its target is at the table and no agreement is in force."""
    stands = (lever_threat_left > 0.0) & (target_at_table > 0.0)
    return flag(stands & (actor_can_act > 0.0) & (stage < IN_FORCE))
