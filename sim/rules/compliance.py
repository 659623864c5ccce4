"""Compliance: do third parties go along with a lever, and do members let it pass?

Read aloud
    A complier weighs the price of not complying, as far as it believes in the execution, against its tie to the target.
    A member of a body that decides unanimously vetoes when its tie outweighs the pressure on it.
    Each has one luck for each lever and run, so that asking weekly does not wear it down.

Symbols
    fear, tie  worth    credibility (q)  belief that a threat is executed    luck  draw in [0, 1)

Sources
    Sanctions busting: Early (2015), Busted Sanctions. Unanimity: Tsebelis (2002), Veto Players.
"""

from sim.rules.numerics import Number, flag, logistic, where


def compliance_probability(precision: Number, complier_fear: Number, complier_tie: Number) -> Number:
    """Chance of compliance once the lever is executed."""
    return logistic(precision * (complier_fear - complier_tie))


def complies(
    precision: Number,
    complier_fear: Number,
    complier_tie: Number,
    lever_executed: Number,
    lever_threat_left: Number,
    credibility_chance: Number,
    luck_compliance: Number,
) -> Number:
    """1 if the third party complies this week."""
    believed = where(lever_executed > 0.0, 1.0, where(lever_threat_left > 0.0, credibility_chance, 0.0))
    return flag(luck_compliance < logistic(precision * (complier_fear * believed - complier_tie)))


def reach_contribution(share: Number, complies: Number, would_comply: Number) -> tuple[Number, Number]:
    """What this complier adds to the lever's reach now, and would add once it is executed."""
    return share * complies, share * would_comply


def reach(share_without_compliers: Number, complying: Number, would: Number) -> tuple[Number, Number]:
    """Share of the lever's effect that gets through now, and the share expected after execution."""
    return share_without_compliers + (1.0 - share_without_compliers) * complying, share_without_compliers + (
        1.0 - share_without_compliers
    ) * would


def vetoes(precision: Number, member_fear: Number, member_tie: Number, luck_veto: Number) -> Number:
    """1 if the member vetoes the execution."""
    return flag(luck_veto < logistic(precision * (member_tie - member_fear)))
