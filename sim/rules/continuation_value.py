"""Continuation value: what is bargaining on worth to a side that refuses a package?

Read aloud
    A side that refuses does not only fight on: it expects to be offered better, or to offer better itself. What both
    sides could settle on is the package with the largest product of gains over no agreement, in which the gain of the
    more patient side counts for more. A side expects that package as far as it believes that everybody would take it,
    half a round later. It signs nothing that is worth less.

Symbols
    gain  over no agreement; who has an outside option instead of a contest takes it only if it is better
    bargaining_power (alpha)  ln delta_other / (ln delta_own + ln delta_other)    half_round  delta^(1/2)
    settlement_chance  believed chance that everybody takes that package, learned week by week

Sources
    Alternating offers: Rubinstein (1982). The asymmetric product as their limit, inside and outside options: Binmore,
    Rubinstein and Wolinsky (1986), The Nash bargaining solution in economic modelling.
"""

from sim.rules.numerics import Number, at_least, flag, power, where

LEARNED = 0.1
"""Weight of this week's chance beside what was expected; the fixed point does not depend on it."""


def weighted_gain(surplus: Number, reservation: Number, bears_contest: Number, bargaining_power: Number) -> Number:
    """Gain of a side over no agreement, to the power of its bargaining power; 0 where it would not sign."""
    gain = at_least(where(bears_contest > 0.0, surplus, surplus + reservation), 0.0)
    return where(surplus > 0.0, power(gain, bargaining_power), 0.0)


def settlement_score(
    own_weighted_gain: Number,
    opponent_weighted_gain: Number,
    outside_parties_accept: Number,
    mediated: Number,
    mediator_delivers: Number,
    mediator_willing: Number,
) -> Number:
    """Product of gains, as far as the others would let the package pass."""
    mediator = where((mediated > 0.0) | (mediator_delivers > 0.0), mediator_willing, 1.0)
    return own_weighted_gain * opponent_weighted_gain * outside_parties_accept * mediator


def continuation_value(
    settlement_worth: Number, settlement_surplus: Number, settlement_chance: Number, half_round: Number
) -> Number:
    """What bargaining on is worth over no agreement; 0 where there is nothing to settle on."""
    return half_round * settlement_chance * settlement_surplus * flag(settlement_worth > 0.0)


def expected_chance(settlement_chance: Number, settlement_signs: Number, settlement_others: Number) -> Number:
    """Chance that everybody takes the settlement, as the side has come to expect."""
    return settlement_chance + LEARNED * (settlement_signs * settlement_others - settlement_chance)
