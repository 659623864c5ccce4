"""Execute: what is executing a lever worth to its holder?

Read aloud
    An execution is believed to change minds more surely than words. It has its price, which deterrence raises; it
    puts at risk the talks that run, or what is signed; it spares the audience cost of an ultimatum that would lapse. A
    holder who bears the contest gains what the push is worth; one who wants pressure gains that; deterrence averts a
    feared harm. By the same sum a holder sees how likely it would be to follow up an ultimatum: its resolve.

Symbols
    prospect_execution - prospect  (J(h + (1-h) nu_X) - J(h))   price (k)   audience_cost (a)
    execution_disturbs  share of what is at risk

Sources
    Words and deeds: Schelling (1966), Arms and Influence; Peterson (2013), Sanctions threats and credibility.
"""

from sim.rules.numerics import Number, flag, logistic, where
from sim.rules.stages import IN_FORCE


def worth(
    actor_mediates: Number,
    target_prospect_execution: Number,
    target_prospect: Number,
    target_lobbied: Number,
    target_talks_at_risk: Number,
    actor_execution_disturbs: Number,
    actor_audience_cost: Number,
    actor_wants_pressure: Number,
    hope_chance: Number,
    lever_threat_left: Number,
    lever_price: Number,
    lever_raised_price: Number,
    lever_holder_gain: Number,
    lever_harm_averted: Number,
) -> Number:
    """Worth of executing this lever."""
    hope = target_prospect_execution - target_prospect - actor_execution_disturbs * target_talks_at_risk
    spared = actor_audience_cost * flag(lever_threat_left > 0.0)
    wish = actor_wants_pressure * (1.0 - hope_chance)
    gains = actor_mediates * (hope + target_lobbied) + spared + wish + lever_holder_gain + lever_harm_averted
    return gains - lever_price - lever_raised_price


def is_open(lever_executes: Number, lever_executed: Number, actor_can_act: Number, stage: Number) -> Number:
    """Open if the lever can be and is not executed, and no agreement is in force."""
    return flag((lever_executes > 0.0) & (lever_executed == 0.0) & (actor_can_act > 0.0) & (stage < IN_FORCE))


def resolve(
    executes: Number,
    threat_left: Number,
    execution_worth: Number,
    holder_audience_cost: Number,
    precision: Number,
    second_key: Number,
) -> Number:
    """Chance that the holder would rather execute the lever than let an ultimatum lapse, as it sees itself."""
    at_stake = execution_worth + where(threat_left > 0.0, 0.0, holder_audience_cost)
    return where(executes > 0.0, logistic(precision * second_key * at_stake), 0.0)
