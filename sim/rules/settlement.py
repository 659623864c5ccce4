"""Settlement: on which package could both sides settle?

Read aloud
    On the package with the largest product of gains over no agreement, in which the gain of the more patient side
    counts for more, as far as all others would let it pass. Who has an outside option instead of a contest measures
    its gain from nothing, and takes the option only if it is better.

Symbols
    surplus (S)  worth over no agreement    bargaining_power (alpha)  ln delta_other / (ln delta_own + ln delta_other)
    delivers  1 if the package holds terms that only the mediator can deliver, gone or not

Sources
    Nash (1950), The bargaining problem. The asymmetric product as the limit of alternating offers, inside and outside
    options: Binmore, Rubinstein and Wolinsky (1986), The Nash bargaining solution in economic modelling.
"""

from sim.rules.numerics import Number, at_least, power, where


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
) -> tuple[Number, Number]:
    """Chance that all but the two sides let the package pass, and the product of gains times that chance."""
    mediator = where((mediated > 0.0) | (mediator_delivers > 0.0), mediator_willing, 1.0)
    passes = outside_parties_accept * mediator
    return passes, own_weighted_gain * opponent_weighted_gain * passes
